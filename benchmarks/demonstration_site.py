"""The demonstration site in a folder of its own, served as in production: what benchmarks of the public site ask."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[1]


def set_up(data: Path) -> None:
    """The demonstration site in the folder."""
    data.mkdir()
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ["-m", "khuevan", "setup-demo"],
        # The sizes of all pictures, which a worker makes beside the site.
        ["-m", "khuevan", "worker", "--until-idle"],
    ):
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(data),
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def environment(data: Path, port: int = 0) -> dict[str, str]:
    """The variables of a demonstration installation in the folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "khuevan.settings.development",
        "KHUEVAN_DATA_DIR": str(data),
        "PORT": str(port or 8000),
    }


@contextmanager
def served(data: Path, processes: int = 1) -> Iterator[str]:
    """The address of the installation, served as in production, without background work beside it."""
    port = free_port()
    command = [sys.executable, "-m", "khuevan", "serve", "--no-worker", "--workers", str(processes)]
    with running(command, f"http://127.0.0.1:{port}/en/", environment(data, port)):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: list[str], url: str, variables: dict[str, str]) -> Iterator[None]:
    """The command while it answers at the address; ended afterwards."""
    process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                read(url)
                break
            except (URLError, ConnectionError, TimeoutError):
                if process.poll() is not None:
                    raise RuntimeError(f"{command[0]} did not start") from None
                time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read(url: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    """The body of an answer, and its headers by their names in lower case."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=120) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}
