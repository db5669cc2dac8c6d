"""One migrated SQLite file, made once for each set of migrations, and restored for each run.

Running all migrations takes longer than all tests together, and `--no-migrations` loses what Wagtail's
migrations insert (root page, site, locale). On PostgreSQL pytest-django's own way is used.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
import uuid
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections


def migrations_fingerprint() -> str:
    """A name for the present set of migrations; changes when one is added or edited."""
    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            state = path.stat()
            digest.update(f"{path}{state.st_mtime_ns}{state.st_size}".encode())
    return digest.hexdigest()[:16]


def copy_database(source: Path, target: Path) -> None:
    """Copies a SQLite file page by page, whatever its journal holds."""
    with closing(sqlite3.connect(source)) as from_file, closing(sqlite3.connect(target)) as to_file:
        from_file.backup(to_file)


@pytest.fixture(scope="session")
def template_database(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Path:
    """A migrated SQLite file that tests copy and never change."""
    template = request.config.cache.mkdir("khuevan") / f"template-{migrations_fingerprint()}.sqlite3"
    # Of several processes one makes it, and the others wait: it takes half a minute.
    with template.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _make_template(template, django_db_blocker)
    return template


def _make_template(template: Path, django_db_blocker: Any) -> None:
    for outdated in template.parent.glob("template-*"):
        outdated.unlink()
    # Under a name of its own until it is whole, so that whoever is killed here leaves no half file.
    half = template.with_name(f"half-{uuid.uuid4().hex}.sqlite3")
    connection = connections["default"]
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(half)
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
        connection.close()
    connection.settings_dict["NAME"] = former
    half.replace(template)


def _is_postgresql() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


if not _is_postgresql():

    @pytest.fixture(scope="session")
    def django_db_setup(
        template_database: Path, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[None]:
        """The tests' database: a copy of the template in a file of this run."""
        database = tmp_path_factory.mktemp("database") / "test.sqlite3"
        copy_database(template_database, database)
        connection = connections["default"]
        former = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = str(database)
        _state.template, _state.database = template_database, database
        yield
        with django_db_blocker.unblock():
            connection.close()
        connection.settings_dict["NAME"] = former


class _State:
    """Where the run's database and its template lie, once a test has asked for them."""

    template: Path | None = None
    database: Path | None = None


_state = _State()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Restores the template after a test that committed, because Django then empties every table."""
    yield
    names = getattr(item, "fixturenames", ())
    marker = item.get_closest_marker("django_db")
    committed = "transactional_db" in names or (
        marker is not None and marker.kwargs.get("transaction", False)
    )
    if committed and _state.template is not None and _state.database is not None:
        connections["default"].close()
        copy_database(_state.template, _state.database)
        from django.contrib.contenttypes.models import ContentType
        from wagtail.models import Site

        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
