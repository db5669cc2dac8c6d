"""Eight processes that write entries and tie them in at the same time; for a database of any kind.

Run as a program it is one of the eight: `python -m tests.core.chain_race NAME`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 8
ROUNDS = 12


def environment_of(**values: str) -> dict[str, str]:
    """The environment of a command of the installation that the values describe."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DJANGO_SETTINGS_MODULE": "khuevan.settings.development", "PYTHONUTF8": "1"} | values


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def race(environment: dict[str, str]) -> None:
    """Lets the eight run, and then holds the chain to what eight times twelve renamings must have left."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.core.chain_race", f"P{number}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    ended = [(process.communicate(timeout=300)[0], process.returncode) for process in running]
    assert [code for _output, code in ended] == [0] * PROCESSES, ended

    # One entry for the unit of each process, one for each renaming.
    entries = PROCESSES * (1 + ROUNDS)
    verified = run(environment, "-m", "khuevan", "audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    # Positions without a gap from 1 to the number of entries, each entry once: one chain.
    assert f"The chain of this installation is sound: {entries} entries, last digest" in verified.stdout
    assert "Not tied in yet" not in verified.stdout


def main(name: str) -> None:
    """Renames a unit of its own again and again, and ties in whatever is there after each time."""
    # Django's modules can be imported only once it has started.
    import django

    django.setup()
    from khuevan.core.actions import action
    from khuevan.core.audit_chain import link_entries
    from khuevan.people.choices import UnitKind
    from khuevan.people.models import Unit, User
    from khuevan.people.queries import system_person

    @action
    def write(*, by: User, unit: Unit, name: str) -> None:
        unit.name = name
        unit.save()

    person, unit = system_person(), Unit(kind=UnitKind.DIVISION)
    write(by=person, unit=unit, name=name)
    for number in range(ROUNDS):
        write(by=person, unit=unit, name=f"{name} {number}")
        link_entries()


if __name__ == "__main__":
    main(sys.argv[1])
