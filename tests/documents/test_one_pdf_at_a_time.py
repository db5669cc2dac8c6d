"""PDFium knows no threads: whoever opens a PDF waits until the one before is done."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from khuevan.documents import draft_printing, received_files
from khuevan.documents.actions import filing
from khuevan.plain.official_documents.extraction.pdf_pages import PDFIUM
from tests.documents.signatures.papers import blank

OPENERS: dict[str, Callable[[bytes], object]] = {
    "pages of a draft": draft_printing.page_count,
    "picture of a draft's page": lambda pdf: (draft_printing.page_picture(pdf, 1) or b"")[1:4],
    "pages of an issued document": filing.page_count,
    "pages of a received file": received_files._pages,
}


@pytest.mark.parametrize("name", OPENERS)
def test_pdf_is_opened_only_when_nobody_else_has_one_open(name: str) -> None:
    pdf = blank(pages=2)
    expected = OPENERS[name](pdf)
    found: list[object] = []
    opener = threading.Thread(target=lambda: found.append(OPENERS[name](pdf)))
    with PDFIUM:
        opener.start()
        # Long enough for whoever does not wait; whoever waits never ends here.
        opener.join(1)
        assert found == []
    opener.join()
    assert found == [expected] == [b"PNG" if "picture" in name else 2]
