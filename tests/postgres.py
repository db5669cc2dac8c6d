"""A throw-away PostgreSQL server for tests: its own directory, a socket and loopback, gone afterwards.

TEST_POSTGRES_URL names a server to use instead. Where neither that nor PostgreSQL's programs are here, tests
skip with a plain line.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOW_TO_HAVE_IT = "no PostgreSQL here: install the package “postgresql”, or set TEST_POSTGRES_URL"


def server_programs() -> Path | None:
    """The directory of `initdb` and `pg_ctl`, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_somebody(command: list[str]) -> list[str]:
    """The command, run by `postgres` where we are root, because the server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def postgresql_url() -> Iterator[str]:
    """The address of an empty database; skips where there is no server to be had."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    programs = server_programs()
    if programs is None or (os.geteuid() == 0 and shutil.which("runuser") is None):
        pytest.skip(HOW_TO_HAVE_IT)
    folder = Path(tempfile.mkdtemp(prefix="khuevan-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"

    def run(*command: str) -> None:
        subprocess.run(_as_somebody(list(command)), cwd="/", check=True, capture_output=True, timeout=60)

    try:
        run(str(programs / "initdb"), "-D", data, "-U", "khuevan", "-A", "trust", "-E", "UTF8", "--locale=C")
        run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://khuevan@127.0.0.1:{port}/postgres"
        finally:
            run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
