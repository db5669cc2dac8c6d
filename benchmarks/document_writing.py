"""What does an official document cost as PDF and as Word, beside the usual way?

The usual way is a Word template filled by docxtpl (LGPL, used here only) and turned into PDF by LibreOffice,
started for each document as scripts do it, without a listener that stays. Asked: ten pages as PDF in under
100 ms in a process that is warm, and memory that does not grow with the number of documents.

    .venv/bin/python benchmarks/document_writing.py

The document is the plan of 2025, then the same one as long again and again until it has ten pages; each
run has other words, so that nothing is remembered from the run before. Figures are processor time, that of
LibreOffice included, of the best of several runs; trust the ratios.
"""

from __future__ import annotations

import dataclasses
import io
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import docxtpl
import pypdfium2

from khuevan.plain.official_documents import read_file
from khuevan.plain.official_documents.writing.arrangement import (
    MOTTO,
    NATIONAL_TITLE,
    legal_basis_lines,
    number_line,
    place_and_date,
    recipient_lines,
    signing_lines,
)
from khuevan.plain.official_documents.writing.composition import Composition, Paragraph, Run, Section
from khuevan.plain.official_documents.writing.from_reading import from_reading
from khuevan.plain.official_documents.writing.layout_rules import all_rules
from khuevan.plain.official_documents.writing.pdf import write_pdf
from khuevan.plain.official_documents.writing.printed_body import (
    PrintedHeading,
    PrintedParagraph,
    printed_body,
)
from khuevan.plain.official_documents.writing.word import write_word

PLAN = Path(__file__).resolve().parents[1] / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
RULES = all_rules()[-1]
DAY = datetime(2025, 3, 5, tzinfo=UTC)
RUNS = 7
SLOW_RUNS = 3


def composition(times: int, mark: str) -> Composition:
    """The plan of 2025, its body `times` over, each paragraph with `mark`."""
    plan = from_reading(read_file(PLAN))

    def marked(section: Section) -> Section:
        blocks = tuple(
            Paragraph((Run(f"{block.text} ({mark})"),))
            for block in section.blocks
            if isinstance(block, Paragraph)
        )
        return dataclasses.replace(
            section, blocks=blocks, children=tuple(marked(child) for child in section.children)
        )

    return dataclasses.replace(
        plan,
        number=7,
        notation="KH-SVHTT",
        parent_body="UBND thành phố Hà Nội",
        issuer="Sở Văn hóa và Thể thao",
        place="Hà Nội",
        date=DAY.date(),
        sections=tuple(marked(section) for _ in range(times) for section in plan.sections),
    )


def template() -> bytes:
    """A Word template as an office would draw it: head and foot in tables, a loop over the body."""
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "{{ parent }}\n{{ issuer }}\n{{ number }}"
    head.cell(0, 1).text = f"{NATIONAL_TITLE}\n{MOTTO}\n{{{{ place_and_date }}}}"
    document.add_paragraph("{{ type }}")
    document.add_paragraph("{{ title }}")
    for loop in ("bases", "body"):
        document.add_paragraph(f"{{%p for words in {loop} %}}")
        document.add_paragraph("{{ words }}")
        document.add_paragraph("{%p endfor %}")
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n{{ recipients }}"
    foot.cell(0, 1).text = "{{ signing }}\n\n\n{{ signer }}"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def by_docxtpl(filled: bytes, given: Composition) -> bytes:
    """The document as the template makes it."""
    words = [
        f"{block.lead} {block.text}"
        if isinstance(block, PrintedHeading)
        else f"{block.lead} {''.join(run.text for run in block.runs)}"
        for block in printed_body(given.sections)
        if isinstance(block, PrintedHeading | PrintedParagraph)
    ]
    made = docxtpl.DocxTemplate(io.BytesIO(filled))
    made.render(
        {
            "parent": given.parent_body.upper(),
            "issuer": given.issuer.upper(),
            "number": number_line(given),
            "place_and_date": place_and_date(given),
            "type": given.type.upper(),
            "title": given.title,
            "bases": legal_basis_lines(given),
            "body": words,
            "recipients": "\n".join(recipient_lines(given)),
            "signing": "\n".join(signing_lines(given)),
            "signer": given.signatory.name if given.signatory else "",
        },
        autoescape=True,
    )
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def by_libreoffice(data: bytes, profile: Path) -> bytes:
    """The Word file as the PDF that LibreOffice makes of it, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf",
                "--outdir", folder, str(source),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        return source.with_suffix(".pdf").read_bytes()


def best(action: Callable[[Composition], object], times: int, runs: int) -> float:
    """The seconds of processor time, started programs included, of the cheapest run; the first does not count."""
    fastest = float("inf")
    for run in range(runs + 1):
        given = composition(times, f"{action!r}{run}"[-12:])
        start = _processor_seconds()
        action(given)
        if run:
            fastest = min(fastest, _processor_seconds() - start)
    return fastest


def _processor_seconds() -> float:
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + programs.ru_utime + programs.ru_stime


def pages_of(data: bytes) -> int:
    """How many pages the PDF has."""
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def main() -> None:
    """Measure both lengths in all four ways, then the memory."""
    filled = template()
    with tempfile.TemporaryDirectory() as profile:

        def usual(given: Composition) -> bytes:
            return by_libreoffice(by_docxtpl(filled, given), Path(profile))

        for times in (1, 2):
            pages = pages_of(write_pdf(composition(times, "0"), rules=RULES, created=DAY))
            print(f"\nThe plan of 2025, {times} time(s): {pages} pages")
            ways: tuple[tuple[str, Callable[[Composition], object], int], ...] = (
                ("ours: PDF", lambda given: write_pdf(given, rules=RULES, created=DAY), RUNS),
                ("docxtpl and LibreOffice: PDF", usual, SLOW_RUNS),
                ("ours: Word", lambda given: write_word(given, rules=RULES, created=DAY), RUNS),
                ("docxtpl: Word", lambda given: by_docxtpl(filled, given), RUNS),
            )
            seconds = {name: best(action, times, runs) for name, action, runs in ways}
            for name, peer in (
                ("ours: PDF", "docxtpl and LibreOffice: PDF"),
                ("docxtpl and LibreOffice: PDF", "docxtpl and LibreOffice: PDF"),
                ("ours: Word", "docxtpl: Word"),
                ("docxtpl: Word", "docxtpl: Word"),
            ):
                ratio = seconds[name] / seconds[peer]
                print(f"{name:32}{seconds[name] * 1000:10.1f} ms{ratio:9.3f} x peer")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for run in range(200):
        write_pdf(composition(2, str(run)), rules=RULES, created=DAY)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\npeak memory before and after 200 more documents: {before // 1024} MB, {after // 1024} MB")


if __name__ == "__main__":
    main()
