"""How long does a page of a large register take? 20,000 documents of three years, in the search index.

The question: does a clerk wait? Each page is asked for through Django's test client, middleware and templates
included, network left out, on a SQLite file of its own. The limit of issue 4 is 500 ms and fewer than 20 queries.

    .venv/bin/python -m benchmarks.document_pages [documents]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7
LIMIT_MS, LIMIT_QUERIES = 500, 19


def main(documents: int) -> int:
    """How it ended: 0 where every page keeps to the limits."""
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as directory:
        os.environ["KHUEVAN_DATA_DIR"] = directory
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(directory) / 'benchmark.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
        import django

        django.setup()
        return measure(documents)


def measure(documents: int) -> int:
    """Fills a database and prints a line a page."""
    # Models can be imported only once Django has started.
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from django.urls import reverse

    # Filling takes minutes: what cannot be imported shall be known before.
    import khuevan.urls  # noqa: F401
    from khuevan.documents.models import Document
    from tests.factories.documents import registry
    from tests.factories.large_register import large_register

    call_command("migrate", verbosity=0)
    setup_test_environment()
    office = registry()
    started = time.perf_counter()
    keys = large_register(office, documents)
    with connection.cursor() as cursor:
        # What a server does by itself in time.
        cursor.execute("ANALYZE")
    print(f"{documents} documents, filled in {time.perf_counter() - started:.1f} s")
    client, officer = Client(), Client()
    client.force_login(office.clerk)
    officer.force_login(office.division_officer)
    incoming, every = reverse("documents:incoming"), reverse("documents:all_documents")
    middle = Document.objects.get(pk=keys[documents // 2])
    pages = {
        "outgoing": (client, reverse("documents:outgoing")),
        "incoming": (client, incoming),
        "incoming, last page": (client, f"{incoming}?page=200"),
        "incoming, officer": (officer, incoming),
        "search, two words": (client, f"{incoming}?q=duong+phong+vien"),
        "search, a symbol": (client, f"{every}?q={middle.symbol.replace('/', '%2F')}"),
        "search, in the text": (client, f"{every}?q=ngay+lam+viec+cuoi+cung"),
        "filters": (client, f"{incoming}?year=2024&state=OVERDUE&unit={office.division.pk}"),
        "document": (client, middle.get_absolute_url()),
        "entering": (client, reverse("documents:incoming_new")),
        "book of a quarter": (
            client,
            f"{reverse('documents:book_page')}?direction=IN&first=2024-01-01&last=2024-01-31",
        ),
        "csv of a search": (
            client,
            f"{reverse('documents:register_csv')}?direction=IN&q=phong+vien&year=2024",
        ),
    }
    print(f"{'page':<22}{'median':>9}{'worst':>9}{'queries':>9}{'KB':>7}{'processor':>12}")
    failed = False
    for name, (asking, url) in pages.items():
        times, cost = [], 0.0
        for _ in range(ROUNDS + 1):
            started, used = time.perf_counter(), time.process_time()
            response = asking.get(url)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            times.append((time.perf_counter() - started) * 1000)
            cost = (time.process_time() - used) * 1000
            assert response.status_code == 200, (url, response.status_code)
        with CaptureQueriesContext(connection) as queries:
            response = asking.get(url)
            if response.streaming:
                b"".join(response.streaming_content)
        # The first answer compiles templates and reads content types, once a process.
        times = times[1:]
        median = statistics.median(times)
        # A file to take along may take longer than a page.
        failed |= not name.startswith("csv") and (median >= LIMIT_MS or len(queries) > LIMIT_QUERIES)
        print(
            f"{name:<22}{median:>7.0f}ms{max(times):>7.0f}ms{len(queries):>9}{len(body) // 1024:>7}{cost:>10.0f}ms"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
