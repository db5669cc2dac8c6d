"""How long does a page of a large plan take? Every page of the programme, 500 tasks and 60 units.

The question: does an officer wait? Each page is asked for through Django's test client, middleware and
templates included, network left out, on a SQLite file of its own. The limit of issue 2 is 300 ms and
fewer than 15 queries. The peer is the page that an officer would get without us: Wagtail's own listing
of the same tasks, 50 to a page (it shows no units, no sections and no deadline in words).

    .venv/bin/python -m benchmarks.programme_pages [tasks] [units]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
LIMIT_MS, LIMIT_QUERIES = 300, 14


def main(tasks: int, units: int) -> int:
    """How it ended: 0 where every page keeps to the limits."""
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as directory:
        os.environ["KHUEVAN_DATA_DIR"] = directory
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(directory) / 'benchmark.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
        import django

        django.setup()
        return measure(tasks, units)


def measure(tasks: int, units: int) -> int:
    """Fills a database and prints a line a page."""
    # Models can be imported only once Django has started.
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from django.urls import reverse

    from khuevan.people.choices import Role
    from khuevan.programme.models import Assignment, Task
    from tests.factories.large_programme import large_programme
    from tests.factories.people import person_with_role

    call_command("migrate", verbosity=0)
    setup_test_environment()
    person = person_with_role(Role.PLANNING_OFFICER)
    started = time.perf_counter()
    plan = large_programme(person, tasks, units)
    print(f"{tasks} tasks, {units} units, filled in {time.perf_counter() - started:.1f} s")
    client = Client()
    client.force_login(person)
    task = Task.objects.filter(plan=plan).order_by("order")[tasks // 2]
    unit = Assignment.objects.filter(task=task).order_by("pk")[0].unit_id
    pages = {name: reverse(f"programme:{name}", args=[plan.pk]) for name in ("overview", "units", "timeline")}
    listed = reverse("programme:tasks", args=[plan.pk])
    pages |= {
        "unit": reverse("programme:unit", args=[plan.pk, unit]),
        "task": task.get_absolute_url(),
        "list": listed,
        "list, filtered": f"{listed}?q=le+hoi&deadline=with&sort=lead",
        "csv, all": reverse("programme:tasks_csv", args=[plan.pk]),
        "xlsx, all": reverse("programme:tasks_xlsx", args=[plan.pk]),
    }
    print(f"{'page':<16}{'median':>9}{'worst':>9}{'queries':>9}{'KB':>7}")
    failed = False
    for name, url in pages.items():
        times = []
        for _ in range(ROUNDS + 1):
            started = time.perf_counter()
            response = client.get(url)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            times.append((time.perf_counter() - started) * 1000)
            assert response.status_code == 200, (url, response.status_code)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
            if response.streaming:
                b"".join(response.streaming_content)
        # The first answer compiles templates and reads content types, once a process.
        times = times[1:]
        median = statistics.median(times)
        # A workbook is a file to take along; the limits are those of a page.
        failed |= name != "xlsx, all" and (median >= LIMIT_MS or len(queries) > LIMIT_QUERIES)
        print(f"{name:<16}{median:>7.0f}ms{max(times):>7.0f}ms{len(queries):>9}{len(body) // 1024:>7}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in (*sys.argv[1:], *("500", "60")[len(sys.argv) - 1 :]))))
