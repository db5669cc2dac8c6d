"""`khuevan write`: an official document as PDF, Word or HTML, from its JSON."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from khuevan.plain.official_documents.writing.composition import Composition

MOST_BYTES: Final = 60_000_000
_THERE: Final = "{output} is there already: choose another name, or --force to write over it."
ENDINGS: Final = (".pdf", ".docx", ".html")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write: .pdf, .docx or .html.",
)
@click.option("--number", type=click.IntRange(min=1), default=None, help="The number to issue it under.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The day of issue: 2026-01-31."
)
@click.option("--symbol", default=None, help="What stands behind the number and its stroke, as KH-SVHTT.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def write(
    file: Path, output: Path, number: int | None, day: datetime | None, symbol: str | None, force: bool
) -> None:
    """Write an official document, laid out by the decree in force on its day.

    FILE holds the document as JSON: in the form of docs/examples, or what `khuevan read --json` printed.
    A document without number or day gets room to write them in. The ending of OUTPUT says what is
    written. Nothing else is stored and nothing leaves the machine.

    \b
    Examples:
      khuevan write docs/examples/bao-cao.json -o bao-cao.pdf
      khuevan read plan.docx --json > plan.json
      khuevan write plan.json -o plan.pdf --number 48 --date 2026-02-19

    \b
    Exit codes:
      0  the document was written
      2  it cannot be read or written, bears a state-secret marking, or OUTPUT is there already;
         one sentence on stderr says why
    """
    ending = output.suffix.lower()
    if ending not in ENDINGS:
        _refuse(f"{output.name} ends in none of {', '.join(ENDINGS)}: the ending says what is written.")
    if output.exists() and not force:
        _refuse(_THERE.format(output=output))
    composition = _composition(file)
    if number is not None:
        composition = dataclasses.replace(composition, number=number)
    if day is not None:
        composition = dataclasses.replace(composition, date=day.date())
    if symbol is not None:
        composition = dataclasses.replace(composition, notation=symbol.strip().lstrip("/"))
    _put(output, _written(composition, ending), over=force)


def _composition(file: Path) -> Composition:
    """The document that the file holds, in either of the two forms; ends the program where it holds none."""
    # Each command pays only for what it uses.
    from khuevan.plain.official_documents.contract import UnreadableContract, from_contract
    from khuevan.plain.official_documents.errors import StateSecretDocument
    from khuevan.plain.official_documents.writing.composition_form import UnreadableComposition, from_plain
    from khuevan.plain.official_documents.writing.from_reading import from_reading
    from khuevan.plain.official_documents.writing.secret_marks import refuse_secret_composition

    values = _json(file)
    try:
        if isinstance(values, dict) and "form" in values:
            composition = from_plain(values)
        else:
            composition = from_reading(from_contract(values))
        refuse_secret_composition(composition)
    except (UnreadableComposition, UnreadableContract) as error:
        _refuse(f"{file.name} holds no document: {error}")
    except StateSecretDocument as error:
        # The one sentence that is known in Vietnamese, from the reader.
        from khuevan.cli.vietnamese import in_vietnamese

        _refuse(in_vietnamese(str(error)))
    return composition


def _json(file: Path) -> Any:
    """The JSON values of the file; ends the program where it has none."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        _refuse(f"{file} cannot be read: {error.strerror or error}.")
    if len(data) > MOST_BYTES:
        _refuse(f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB: take pictures out of it.")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(f"{file.name} is no JSON: it holds bytes that are no UTF-8 text.")
    except json.JSONDecodeError as error:
        _refuse(f"{file.name} is no JSON: line {error.lineno}, column {error.colno}: {error.msg}.")
    except RecursionError:
        _refuse(f"{file.name} is no document: its values stand in one another too deep.")


def _written(composition: Composition, ending: str) -> bytes:
    """The document in the form that the ending names; ends the program where it cannot be written."""
    # Typst and python-docx take time to load, which the other endings need not pay.
    from khuevan.plain.official_documents.writing.errors import UnwritableDocument
    from khuevan.plain.official_documents.writing.layout_rules import rules_on

    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    # Of a dated document the same bytes on every day.
    created = (
        now
        if composition.date is None
        else datetime.combine(composition.date, datetime.min.time(), now.tzinfo)
    )
    rules = rules_on(created.date())
    try:
        if ending == ".pdf":
            from khuevan.plain.official_documents.writing.pdf import write_pdf

            return write_pdf(composition, rules=rules, created=created)
        if ending == ".docx":
            from khuevan.plain.official_documents.writing.word import write_word

            return write_word(composition, rules=rules, created=created)
        from khuevan.plain.official_documents.writing.web import html_page

        return html_page(composition, rules=rules, stylesheet=_style()).encode()
    except UnwritableDocument as error:
        _refuse(str(error))


def _style() -> str:
    """The looks of a document on the web as an address that holds them, so that the page is one file."""
    sheet = Path(__file__).parents[1] / "documents" / "static" / "documents" / "document.css"
    return f"data:text/css;base64,{base64.b64encode(sheet.read_bytes()).decode('ascii')}"


def _put(output: Path, data: bytes, *, over: bool) -> None:
    """The data into the file, whole or not at all; over another file only where that is wished."""
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            # A temporary file is its owner's alone; the document is to be like any other new file.
            mask = os.umask(0)
            os.umask(mask)
            beside.chmod(0o666 & ~mask)
            if over:
                beside.replace(output)
            else:
                # Unlike a renaming it fails where somebody else has made the file meanwhile.
                output.hardlink_to(beside)
        finally:
            beside.unlink(missing_ok=True)
    except FileExistsError:
        _refuse(_THERE.format(output=output))
    except OSError as error:
        _refuse(f"{output} cannot be written: {error.strerror or error}.")


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
