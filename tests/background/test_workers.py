"""Real worker processes, killed at random moments: no job is lost, none is queued twice. SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.background.processes import environment, run_python, scenario
from tests.database import copy_database
from tests.postgres import postgresql_url

# The two apps alone, in one start of Django.
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
for app in ("background", "django_tasks_database"):
    call_command("migrate", app, verbosity=0)
"""


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database with the tables of background work."""
    with postgresql_url(migrated=False) as url:
        run_python("-c", MIGRATE, env=environment(url, tmp_path_factory.mktemp("migrating")))
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, template_database: Path, tmp_path: Path) -> str:
    """The address of a database with nothing in it but what migrations leave."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql")
    copy_database(template_database, tmp_path / "khuevan.sqlite3")
    return f"sqlite:///{tmp_path}/khuevan.sqlite3"


def test_no_job_is_lost_when_workers_are_killed_at_random_moments(database, tmp_path):
    found = scenario("killed_at_random", database, tmp_path, TRIAL_ATTEMPTS="50")
    assert found == {"kills": 12, "done": list(range(200)), "states": {"SUCCESSFUL": 200}}


def test_three_workers_queue_each_run_of_the_schedule_once(database, tmp_path):
    # A long lease, because a machine with much to do must not look like a death here.
    found = scenario("scheduled_by_three", database, tmp_path, TRIAL_LEASE="30")
    assert found.pop("moments") >= 20
    assert found == {"queued more than once": [], "overlapping": []}


def test_job_that_kills_its_workers_ends_as_failed_and_the_next_is_done(database, tmp_path):
    assert scenario("poisoned", database, tmp_path) == {
        "attempts": 5,
        "status": "FAILED",
        "kind": "khuevan.background.reaping.WorkerDied",
        "marks": ["1.done"],
    }
