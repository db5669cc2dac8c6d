"""How long does an officer of a large city wait? Every page of the work: 5,000 tasks, 300 units, 20,000 replies.

The question: does each page keep below 500 ms and 20 queries on SQLite? Each is asked for through Django's test
client, middleware and templates included, network left out, by the person who opens it in the morning. The peer is
the page that an officer would get without us: Wagtail's own listing of the units, 100 to a page, in the same run.
The morning's mails are timed once, because nobody waits for them.

    .venv/bin/python -m benchmarks.work_pages [tasks a plan] [units] [replies]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROUNDS = 9
LIMIT_MS, LIMIT_QUERIES = 500, 19
TODAY = date(2025, 11, 14)


def main(tasks: int, units: int, replies: int) -> int:
    """How it ended: 0 where every page keeps to the limits."""
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as directory:
        os.environ["KHUEVAN_DATA_DIR"] = directory
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(directory) / 'benchmark.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
        import django

        django.setup()
        return measure(tasks, units, replies)


def measure(tasks: int, units: int, replies: int) -> int:
    """Fills a database and prints a line a page."""
    # Models can be imported only once Django has started.
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from django.urls import reverse

    from khuevan.core import clock
    from khuevan.people.choices import Role
    from khuevan.people.models import User
    from khuevan.programme.actions.reminding import remind_everyone
    from khuevan.programme.models import Instalment, Plan, Task
    from tests.factories.large_work import large_work
    from tests.factories.people import UserFactory
    from tests.factories.work import at

    call_command("migrate", verbosity=0)
    setup_test_environment()
    started = time.perf_counter()
    large_work(UserFactory(), plans=10, tasks=tasks, units=units, replies=replies, today=TODAY)
    print(
        f"{Task.objects.count()} tasks, {Instalment.objects.count()} instalments, {replies} replies, "
        f"filled in {time.perf_counter() - started:.1f} s"
    )

    def holder(role: Role) -> User:
        # The division that leads most: its head and officer have the fullest desks.
        return User.objects.filter(posts__role=role).order_by("posts__unit__path", "pk")[0]

    plan = Plan.objects.order_by("pk")[0]
    task = Task.objects.filter(plan=plan, steps__isnull=False).order_by("order")[0]
    instalment = Instalment.objects.filter(replies__isnull=False, state="DONE").order_by("-pk")[0]

    def of_programme(name: str, *arguments: int) -> str:
        return reverse(f"programme:{name}", args=arguments)

    planner, director, head = holder(Role.PLANNING_OFFICER), holder(Role.DIRECTOR), holder(Role.UNIT_HEAD)
    officer, auditor = holder(Role.UNIT_OFFICER), holder(Role.AUDITOR)
    pages: dict[str, tuple[User, str]] = {
        "units (peer)": (planner, reverse("units:index")),
        "desk, officer": (officer, of_programme("desk")),
        "desk, planner": (planner, of_programme("desk")),
        "desk, director": (director, of_programme("desk")),
        "director's desk": (director, of_programme("directors_desk")),
        "unit's desk": (head, of_programme("unit_desk")),
        "calendar, all": (planner, f"{of_programme('calendar')}?scope=all"),
        "calendar, own": (officer, of_programme("calendar")),
        "board, all": (planner, f"{of_programme('board')}?scope=all"),
        "board, own": (officer, of_programme("board")),
        "gantt": (planner, of_programme("timeline", plan.pk)),
        "overview": (planner, of_programme("overview", plan.pk)),
        "list": (planner, of_programme("tasks", plan.pk)),
        "task": (planner, of_programme("task", task.pk)),
        "instalment": (planner, of_programme("instalment", instalment.pk)),
        "to accept": (planner, of_programme("to_judge")),
        "difficulties": (planner, of_programme("difficulties")),
        "reminders": (planner, of_programme("reminders")),
        "audit trail": (auditor, reverse("audit:index")),
        "outgoing mail": (planner, reverse("outbox:index")),
        "background": (planner, reverse("background:index")),
    }
    failed = False
    with clock.stopped_at(at(TODAY, 7, 30)):
        started = time.perf_counter()
        report = remind_everyone()
        print(f"the morning's mails: {report.mails} in {time.perf_counter() - started:.1f} s")
    print(f"{'page':<18}{'median':>9}{'worst':>9}{'queries':>9}{'KB':>7}")
    with clock.stopped_at(at(TODAY)):
        for name, (person, url) in pages.items():
            client = Client()
            client.force_login(person)
            times = []
            for _ in range(ROUNDS + 1):
                started = time.perf_counter()
                response = client.get(url)
                times.append((time.perf_counter() - started) * 1000)
                assert response.status_code == 200, (url, response.status_code)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            # The first answer compiles templates and reads content types, once a process.
            median, worst = statistics.median(times[1:]), max(times[1:])
            failed |= median >= LIMIT_MS or len(queries) > LIMIT_QUERIES
            size = len(response.content) // 1024
            print(f"{name:<18}{median:>7.0f}ms{worst:>7.0f}ms{len(queries):>9}{size:>7}")
    return int(failed)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:4]]
    sys.exit(main(*(given + [500, 300, 20_000][len(given) :])))
