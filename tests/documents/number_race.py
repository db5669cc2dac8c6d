"""Eight processes that number documents at the same time, and some that are killed at it; on any database.

    python -m tests.documents.number_race DOCUMENTS KILLED [PROCESSES]

Half of the documents are approved drafts that are issued, half are incoming ones; of each kind every process has
its share. Meanwhile KILLED processes, one after another, number without end until they are killed. Prints what
happened as JSON; whoever started it judges. Models are imported inside functions, because they can be only once
Django has started.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
from django.db import connections

PROCESSES = 8


def _forked(work: Callable[[], Any]) -> tuple[int, int]:
    """A child that does the work: its process id, and the end of a pipe from which what it found is read."""
    # A connection must not be shared between processes.
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    try:
        told = work()
    except BaseException:
        told = {"failed": traceback.format_exc()}
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        json.dump(told, pipe)
    os._exit(0)


def _told(child: tuple[int, int]) -> Any:
    pid, reading = child
    with os.fdopen(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(text)


def _prepared(drafts: int) -> tuple[dict[str, int], list[int]]:
    """An office with its books and so many approved drafts; keys, because children have connections of their own."""
    from khuevan.core.recording import unaudited
    from khuevan.documents.choices import DraftState
    from khuevan.documents.models import Draft
    from tests.factories.documents import plan_content, registry, type_named

    office = registry()
    types = [type_named("Kế hoạch"), type_named("Báo cáo")]
    with unaudited("drafts of a race"):
        made = Draft.objects.bulk_create(
            Draft(
                type=types[place % 2],
                book=office.outgoing,
                title=f"Bản thảo số {place}",
                unit=office.division,
                drafter=office.division_officer,
                content=plan_content(),
                state=DraftState.APPROVED,
                approved_version=1,
            )
            for place in range(drafts)
        )
    keys = {"clerk": office.clerk.pk, "incoming": office.incoming.pk}
    return keys, [draft.pk for draft in made]


def _deeds(keys: dict[str, int], drafts: list[int], incoming: int, mark: str) -> Iterator[Callable[[], Any]]:
    """An incoming document and a draft in turn, each with its own file or its own words."""
    from khuevan.core import clock
    from khuevan.documents.actions import issue_document, register_incoming
    from khuevan.documents.details import DocumentDetails
    from khuevan.documents.models import Draft, NumberBook
    from khuevan.people.models import User
    from tests.factories.documents import text_file

    clerk = User.objects.get(pk=keys["clerk"])
    book = NumberBook.objects.get(pk=keys["incoming"])
    for place in range(max(incoming, len(drafts))):
        if place < incoming:
            name = f"{mark}-{place}"
            details = DocumentDetails(
                title=f"Công văn của {name}", symbol=f"{place + 1}/UBND-{mark}", issuer_name=f"Cơ quan {mark}"
            )
            file = text_file(f"{name}.txt", f"Công văn {name}")
            yield lambda details=details, file=file: register_incoming(  # type: ignore[misc]
                by=clerk, book=book, received_date=clock.today(), details=details, files=[file]
            )
        if place < len(drafts):
            draft = Draft(pk=drafts[place])
            yield lambda draft=draft: issue_document(by=clerk, draft=draft)  # type: ignore[misc]


def _share(keys: dict[str, int], drafts: list[int], incoming: int, mark: str) -> dict[str, Any]:
    """One process's part: how long its longest deed took, the waiting for others included."""
    longest, done = 0.0, 0
    for deed in _deeds(keys, drafts, incoming, mark):
        began = time.perf_counter()
        deed()
        longest = max(longest, time.perf_counter() - began)
        done += 1
    return {"longest": longest, "done": done}


def _until_killed(keys: dict[str, int], mark: str) -> None:
    for deed in _deeds(keys, [], 1_000_000, mark):
        deed()


def race(documents: int, killed: int, processes: int) -> dict[str, Any]:
    """What happened: seconds, the longest wait, what failed, what is there afterwards."""
    keys, drafts = _prepared(documents // 2)
    incoming = documents - len(drafts)
    began = time.perf_counter()
    children = [
        _forked(
            lambda place=place: _share(  # type: ignore[misc]
                keys,
                drafts[place::processes],
                incoming // processes + (place < incoming % processes),
                f"P{place}",
            )
        )
        for place in range(processes)
    ]
    chance = random.Random(30)
    for place in range(killed):
        pid, pipe = _forked(lambda place=place: _until_killed(keys, f"K{place}"))  # type: ignore[misc]
        time.sleep(0.3 + chance.random())
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(pipe)
    told = [_told(child) for child in children]
    seconds = time.perf_counter() - began
    return {
        "seconds": round(seconds, 2),
        "longest": round(max(item.get("longest", 0.0) for item in told), 3),
        "done": sum(item.get("done", 0) for item in told),
        "failures": [item["failed"] for item in told if "failed" in item],
        **_left(),
    }


def _left() -> dict[str, Any]:
    """What the database holds afterwards: the numbers of each series in order, and what does not fit together."""
    from khuevan.documents.models import Document, DocumentFile, IssuedNumber, NumberCounter

    series: dict[str, list[int]] = {}
    rows = IssuedNumber.objects.order_by("number", "pk").values_list("book__name", "series", "number")
    for book, name, number in rows:
        series.setdefault(f"{book} {name}".strip(), []).append(number)
    counters = {
        f"{counter.book.name} {counter.series}".strip(): counter.last
        for counter in NumberCounter.objects.select_related("book")
    }
    outgoing = Document.objects.outgoing().values_list("number", "issued_number__number")
    return {
        "series": series,
        "counters": counters,
        "documents": Document.objects.count(),
        "without_number": Document.objects.filter(issued_number__isnull=True).count(),
        "other_number_printed": sum(printed != given for printed, given in outgoing),
        "files": DocumentFile.objects.count(),
    }


def main() -> None:
    """Runs the race in this process's installation."""
    documents, killed = int(sys.argv[1]), int(sys.argv[2])
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else PROCESSES
    django.setup()
    # Children inherit what is loaded; loading it eight times would be most of a short race.
    import khuevan.urls  # noqa: F401

    sys.stdout.write(json.dumps(race(documents, killed, processes)))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
