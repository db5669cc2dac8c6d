"""What does reading cost beside getting the text out with the library alone?

Asked: structure costs no more than the extraction of the text by python-docx or pypdfium2, at least
500 pages of TXT a second on one core, and memory that does not grow with the number of documents.

    .venv/bin/python benchmarks/reader.py [FILE.txt ...]

Uses the plan of 2025 unless files are named. A page is 2,500 characters of text. All figures are the
best of several runs of one process; trust the ratios.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import typst

from khuevan.plain.official_documents import read_bytes, read_file
from khuevan.plain.official_documents.extraction import extract
from khuevan.plain.official_documents.structure import read_source

PLAN = Path(__file__).resolve().parents[1] / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
CHARACTERS_A_PAGE = 2_500
RUNS = 9


def best(action: Callable[[], object]) -> float:
    """The seconds of processor time of the fastest of `RUNS` runs."""
    fastest = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        action()
        fastest = min(fastest, time.process_time() - start)
    return fastest


def as_docx(paragraphs: tuple[str, ...]) -> bytes:
    """The paragraphs as a Word file."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(paragraphs: tuple[str, ...]) -> bytes:
    """The paragraphs as a PDF with a text layer."""
    body = "\n\n".join(f"#{typst_string(paragraph)}" for paragraph in paragraphs)
    settings = '#set page(paper: "a4")\n#set text(size: 14pt, lang: "vi")\n#set par(justify: true)\n'
    return typst.compile((settings + body).encode())


def typst_string(text: str) -> str:
    """The text as a Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def docx_text(data: bytes) -> list[str]:
    """The text as python-docx alone gives it."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def pdf_text(data: bytes) -> list[str]:
    """The text as pypdfium2 alone gives it."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def report(name: str, seconds: float, peer: float, pages: float) -> None:
    """One line: milliseconds, pages a second, ratio to the peer."""
    print(f"{name:34}{seconds * 1000:9.1f} ms{pages / seconds:9.0f} pages/s{seconds / peer:8.2f} x peer")


def main(names: list[str]) -> None:
    """Measure each file in the three forms."""
    for path in [Path(name) for name in names] or [PLAN]:
        document = read_file(path)
        data = path.read_bytes()
        pages = sum(len(paragraph) for paragraph in document.paragraphs) / CHARACTERS_A_PAGE
        print(f"\n{path.name}: {pages:.1f} pages, {len(document.tasks)} tasks, {len(document.duties)} duties")
        for kind, foreign, peer in (
            ("txt", data, lambda data: data.decode().split("\n")),
            ("docx", as_docx(document.paragraphs), docx_text),
            ("pdf", as_pdf(document.paragraphs), pdf_text),
        ):
            source = extract(foreign, f"a.{kind}")
            alone = best(lambda peer=peer, foreign=foreign: peer(foreign))
            print(f"{kind + ': library alone':34}{alone * 1000:9.1f} ms")
            report(
                f"{kind}: our extraction", best(lambda f=foreign, k=kind: extract(f, f"a.{k}")), alone, pages
            )
            report(f"{kind}: structure", best(lambda source=source: read_source(source)), alone, pages)
            report(f"{kind}: whole", best(lambda f=foreign, k=kind: read_bytes(f, f"a.{k}")), alone, pages)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(300):
        read_bytes(PLAN.read_bytes(), PLAN.name)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\npeak memory before and after 300 more documents: {before // 1024} MB, {after // 1024} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
