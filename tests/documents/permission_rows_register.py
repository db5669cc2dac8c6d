"""Rows of the view × role table for the register: its lists, documents, files, books, and what is set up once.

The people of the table hold posts in units that have no document; those of the unit that has one are tried in
`test_register_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.core import clock
from khuevan.documents.actions import keep_incoming_file
from khuevan.documents.models import Document
from khuevan.documents.received_files import ReceivedFile
from khuevan.people.choices import DIRECTORS, SEES_EVERYTHING, Role
from tests.factories.documents import (
    DAY,
    CorrespondentFactory,
    NumberBookFactory,
    came_in,
    registry,
    text_file,
    type_named,
)
from tests.factories.work import at
from tests.permission_rows import NOBODY, STAFF, Row

CLERKS = frozenset({Role.CLERK})
READERS = SEES_EVERYTHING | CLERKS
SETS_UP = frozenset({Role.CLERK, Role.ADMINISTRATOR})
PDF = ReceivedFile("ban-quet.pdf", b"%PDF-1.7\n%%EOF\n", f"{7:064d}", "application/pdf")


def _document() -> Document:
    with clock.stopped_at(at(DAY)):
        return came_in(registry(), files=[PDF])


def rows() -> list[Row]:
    """Everybody on the staff opens the lists, which show what is theirs; clerks write; directors hand out."""

    def of_document(name: str) -> Callable[[], str]:
        def url() -> str:
            document = _document()
            if name == "text":
                Document.objects.filter(pk=document.pk)._update_unseen({"reading": _reading()})
            return reverse(f"documents:{name}", args=[document.pk])

        return url

    def of_file(name: str) -> Callable[[], str]:
        return lambda: reverse(f"documents:{name}", args=[_document().files.get().pk])

    def of_waiting(name: str) -> Callable[[], str]:
        def url() -> str:
            office = registry()
            with clock.stopped_at(at(DAY)):
                waiting, _is_new = keep_incoming_file(by=office.clerk, file=text_file())
            return reverse(f"documents:{name}", args=[waiting.pk])

        return url

    def plain(name: str) -> Callable[[], str]:
        return lambda: reverse(f"documents:{name}")

    lists = ("outgoing", "incoming", "all_documents", "register_csv", "register_xlsx", "book_page")
    entering = ("incoming_upload", "incoming_new", "paper_new")
    clerks_deeds = ("correct", "revoke", "replace", "add_files")
    return [
        *(Row(f"documents:{name}", plain(name), STAFF) for name in lists),
        *(Row(f"documents:{name}", plain(name), CLERKS) for name in entering),
        *(
            Row(f"documents:{name}", of_waiting(name), CLERKS)
            for name in ("incoming_file", "incoming_discard")
        ),
        *(Row(f"documents:{name}", of_document(name), CLERKS) for name in clerks_deeds),
        *(Row(f"documents:{name}", of_document(name), CLERKS | DIRECTORS) for name in ("give", "handled")),
        *(
            Row(f"documents:{name}", of_document(name), READERS)
            for name in ("document", "metadata_xml", "metadata_json", "text")
        ),
        *(
            Row(f"documents:{name}", of_file(name), READERS)
            for name in ("file", "file_inline", "file_signatures")
        ),
        *_set_up("document_types", lambda: type_named("Kế hoạch").pk),
        *_set_up("number_books", lambda: NumberBookFactory().pk),
        *_set_up("correspondents", lambda: CorrespondentFactory().pk),
    ]


def _set_up(namespace: str, key: Callable[[], int]) -> list[Row]:
    def of(view: str) -> Callable[[], str]:
        return lambda: reverse(f"{namespace}:{view}", args=[key()])

    def plain(view: str) -> Callable[[], str]:
        return lambda: reverse(f"{namespace}:{view}")

    return [
        *(Row(f"{namespace}:{view}", plain(view), SETS_UP) for view in ("index", "index_results", "add")),
        *(
            Row(f"{namespace}:{view}", of(view), SETS_UP)
            for view in ("edit", "history", "history_results", "usage")
        ),
        Row(f"{namespace}:delete", of("delete"), NOBODY),
    ]


def _reading() -> dict[str, object]:
    from io import BytesIO

    from khuevan.documents.received_files import read_received

    reading = read_received("a.txt", BytesIO("CÔNG VĂN\n\nNội dung.\n".encode())).reading
    assert reading is not None
    return reading
