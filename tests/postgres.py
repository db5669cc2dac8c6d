"""A throw-away PostgreSQL server for tests: its own directory, a socket and loopback, gone afterwards.

    with postgresql_url() as url:                # a database of its own, migrated
    with postgresql_url(migrated=False) as url:  # an empty one

One server is started in each process of the tests when first asked for, and all migrations run once there:
each database is a copy of that one. TEST_POSTGRES_URL names an empty database of another server to use
instead. Where neither that nor PostgreSQL's programs are here, tests skip with a plain line.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOW_TO_HAVE_IT = "no PostgreSQL here: install the package “postgresql”, or set TEST_POSTGRES_URL"
_TEMPLATE = "khuevan_template"
_numbers = itertools.count(1)


def server_programs() -> Path | None:
    """The directory of `initdb` and `pg_ctl`, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def postgresql_url(*, migrated: bool = True) -> Iterator[str]:
    """The address of a database of its own; skips where there is no server to be had."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        if migrated:
            migrate(given)
        yield given
        return
    programs = server_programs()
    if programs is None or (os.geteuid() == 0 and shutil.which("runuser") is None):
        pytest.skip(HOW_TO_HAVE_IT)
    server = _server(programs)
    # Named as the test database of a name, so that a run of pytest in a process of its own may take it over.
    name = f"khuevan_{os.getpid()}_{next(_numbers)}"
    _execute(
        server, f'CREATE DATABASE "test_{name}"' + (f" TEMPLATE {_template(server)}" if migrated else "")
    )
    yield f"{server}/test_{name}"
    _execute(server, f'DROP DATABASE "test_{name}" WITH (FORCE)')


def migrate(url: str) -> None:
    """Runs all migrations on the database."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "khuevan.settings.development", "PYTHONUTF8": "1"}
    with tempfile.TemporaryDirectory() as data_dir:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=kept | settings | {"DATABASE_URL": url, "KHUEVAN_DATA_DIR": data_dir},
            check=True,
            timeout=600,
        )


def run_tests_on(url: str, *paths: str) -> subprocess.CompletedProcess[str]:
    """Runs tests in a process of its own on a migrated database from `postgresql_url`.

    For tests of what is decided when modules are imported, such as Wagtail's search.
    """
    address, _, name = url.rpartition("/")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--reuse-db", *paths],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"{address}/{name.removeprefix('test_')}"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@cache
def _server(programs: Path) -> str:
    """The address of a server started now, which ends with this process; without a database's name."""
    folder = Path(tempfile.mkdtemp(prefix="khuevan-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    # No promise outlives this server, so that it need not wait for the disk.
    careless = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {careless}"

    def run(*command: str) -> None:
        as_somebody = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_somebody, *command], cwd="/", check=True, capture_output=True, timeout=120)

    def stop() -> None:
        try:
            run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    run(str(programs / "initdb"), "-D", data, "-U", "khuevan", "-A", "trust", "-E", "UTF8", "--locale=C")
    run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    atexit.register(stop)
    return f"postgresql://khuevan@127.0.0.1:{port}"


@cache
def _template(server: str) -> str:
    """The name of the database with all migrations, made when first asked for."""
    _execute(server, f"CREATE DATABASE {_TEMPLATE}")
    migrate(f"{server}/{_TEMPLATE}")
    return _TEMPLATE


def _execute(server: str, statement: str) -> None:
    # Not at the top: without the driver these tests skip or are not run, the others go on.
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
