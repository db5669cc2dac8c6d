"""Real processes that queue and send mails, quick to start: one that has set Django up forks the others.

    with processes(database_url, server.url) as fork:
        fork.run("queue", count=60)                 # waits, and gives what the process returned
        sender = fork.start("send")                 # its process id, to be killed
        fork.wait(sender)                           # None for one that did not end by itself

The file is both ends: the tests import it, and it is the program that is run.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class ForkServer:
    """The process that forks: it is told what to start, line by line."""

    asked: IO[str]
    answers: IO[str]

    def start(self, name: str, **arguments: Any) -> int:
        """The process id of a new process that carries out one of the deeds below."""
        return int(self._ask(do=name, arguments=arguments))

    def wait(self, pid: int) -> Any:
        """What the process returned; None where it was killed."""
        return self._ask(wait=pid)

    def run(self, name: str, **arguments: Any) -> Any:
        """What a new process returned, once it has."""
        return self.wait(self.start(name, **arguments))

    def _ask(self, **question: Any) -> Any:
        self.asked.write(json.dumps(question) + "\n")
        self.asked.flush()
        return json.loads(self.answers.readline())


@contextmanager
def processes(
    database_url: str, email_url: str, data_dir: Path, *, program: str = "tests.outbox.processes"
) -> Iterator[ForkServer]:
    """A fork server for an installation with this database and this mail server.

    `program` is a module that calls `main` with deeds of its own.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
        "DATABASE_URL": database_url,
        "EMAIL_URL": email_url,
        "KHUEVAN_DATA_DIR": str(data_dir),
        "KHUEVAN_LOG_LEVEL": "ERROR",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", program],
        cwd=data_dir,
        env={**kept, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield ForkServer(process.stdin, process.stdout)
    finally:
        # Without more to read it ends.
        process.stdin.close()
        process.stdout.close()
        process.wait(20)


# What follows runs in the forked processes.


def empty() -> None:
    """Takes all mails away, which the installation itself never does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_mailattachment")
        cursor.execute("DELETE FROM outbox_outgoingmail")


def queue(count: int) -> None:
    """Queues so many mails."""
    from tests.factories.outbox import queued_mail

    for number in range(count):
        queued_mail(key=f"process:{number}", subject=f"Thư {number}")


def queue_with_file(count: int) -> None:
    """Queues so many mails that carry one file of 200 KB."""
    from khuevan.outbox.attachments import Attached
    from tests.factories.outbox import queued_mail

    file = Attached("Kế hoạch.pdf", "application/pdf", b"%PDF-1.7\n" + bytes(range(256)) * 800)
    for number in range(count):
        queued_mail(key=f"process:{number}", subject=f"Thư {number}", attachments=[file])


def queue_key(key: str, at: float) -> list[Any]:
    """Queues one mail at a moment, and gives its primary key and its subject."""
    from tests.factories.outbox import queued_mail

    time.sleep(max(0, at - time.time()))
    mail = queued_mail(key=key, subject=f"Thư của {os.getpid()}")
    return [mail.pk, mail.subject]


def send(claim_lasts: float = 600, limit: int = 200) -> dict[str, Any]:
    """Sends what waits; claims are taken for dead after so many seconds."""
    from dataclasses import asdict

    from khuevan.outbox.sending import send_waiting

    return asdict(send_waiting(limit, claim_lasts=timedelta(seconds=claim_lasts)))


def course() -> list[list[Any]]:
    """Each mail's Message-ID, state, trouble and attempts, in order of creation."""
    from khuevan.outbox.models import OutgoingMail

    rows = OutgoingMail.objects.order_by("id").values_list("message_id", "state", "trouble", "attempts")
    return [list(row) for row in rows]


DEEDS = {deed.__name__: deed for deed in (empty, queue, queue_with_file, queue_key, send, course)}


# What the deeds import. Read once before the forks: a process that is killed in a fifth of a second would come to
# nothing else on a busy machine.
MODULES = ("khuevan.outbox.sending", "tests.factories.outbox")


def main(deeds: Mapping[str, Callable[..., Any]] = DEEDS, modules: Iterable[str] = MODULES) -> None:
    """Forks a process for each deed that is asked for, and says what became of it."""
    import django

    django.setup()
    for module in modules:
        importlib.import_module(module)
    folder = Path(os.environ["KHUEVAN_DATA_DIR"])
    for line in sys.stdin:
        question = json.loads(line)
        if pid := question.get("wait"):
            _pid, status = os.waitpid(pid, 0)
            result = folder / f"{pid}.json"
            if status and not os.WIFSIGNALED(status):
                sys.exit(f"the process failed: {question}")
            _say(result.read_text(encoding="utf-8") if result.exists() else "null")
            continue
        pid = os.fork()
        if pid:
            _say(str(pid))
            continue
        value = deeds[question["do"]](**question["arguments"])
        half = folder / f"{os.getpid()}.half"
        half.write_text(json.dumps(value), encoding="utf-8")
        half.rename(folder / f"{os.getpid()}.json")
        os._exit(0)


def _say(answer: str) -> None:
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
