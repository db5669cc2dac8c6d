"""Numbers of documents: one after another in each series of a year, none twice, none left out.

Source: Decree 30/2020/ND-CP, article 15: numbers run from 01 on 1 January to 31 December of each year.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from khuevan.core import clock
from khuevan.documents.models import Document, DocumentType, IssuedNumber, NumberBook, NumberCounter
from khuevan.people.models import User

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def in_turn(deed: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The same deed; on SQLite those who number documents at once wait for each other in a queue.

    SQLite lets waiting writers sleep and try again: eight busy clerks could keep a ninth out until the wait ends
    with “database is locked”. The lock of a file beside the database wakes whoever waits, and dies with its process.
    Stands above `action`, because the queue is before the transaction.
    """

    @wraps(deed)
    def waited_for(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        database = str(connection.settings_dict["NAME"])
        # Within a transaction SQLite's own lock is held already; a database in memory has one process.
        if connection.vendor != "sqlite" or connection.in_atomic_block or ":memory:" in database:
            return deed(*args, **kwargs)
        with Path(f"{database}-numbers").open("ab") as queue:
            fcntl.flock(queue, fcntl.LOCK_EX)
            return deed(*args, **kwargs)

    return waited_for


def next_number(book: NumberBook, document_type: DocumentType | None, day: date) -> int:
    """The next number of the series, taken: the counter stays locked until the transaction ends.

    If that is rolled back, the number is the next one's again: no gap. Must run inside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside a transaction.")
    key: dict[str, Any] = {"book": book, "year": day.year, "series": book.series_of(document_type)}
    # Made first and locked then: two who begin a year together wait for each other at the one row.
    NumberCounter.objects.get_or_create(**key)
    counter = NumberCounter.objects.select_for_update().get(**key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def record_number(*, document: Document, book: NumberBook, number: int, day: date, by: User) -> IssuedNumber:
    """The row that keeps the number given to the document, for ever."""
    return IssuedNumber.objects.create(
        book=book,
        year=day.year,
        series=book.series_of(document.type),
        number=number,
        document=document,
        issued_at=clock.now(),
        issued_by=by,
    )
