"""`khuevan read`: what a document says, as JSON or as a tree."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON in the published contract's form.")
def read(file: Path, as_json: bool) -> None:
    """Print what an official document says.

    FILE may be text, Word (.docx, and .doc where LibreOffice is installed), PDF, or a scan where
    Tesseract with Vietnamese is installed; `khuevan doctor` says which of these are here. Nothing is
    stored and nothing leaves the machine.

    \b
    Examples:
      khuevan read samples/ke-hoach-thong-tin-doi-ngoai-2025.txt
      khuevan read plan.docx --json > plan.json

    \b
    Exit codes:
      0  the document was read; doubts are listed as warnings
      2  the file cannot be read, or bears a state-secret marking; one sentence on stderr says why
    """
    # Word and PDF libraries take time to load, which `khuevan --help` need not pay.
    from khuevan.plain.official_documents import UnreadableDocument, as_contract, read_file

    try:
        document = read_file(file)
    except UnreadableDocument as error:
        # The JSON of a script and its errors stay in one language; a person reads Vietnamese.
        from khuevan.cli.vietnamese import in_vietnamese

        click.echo(str(error) if as_json else in_vietnamese(str(error)), err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(as_contract(document), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from khuevan.cli.document_tree import print_document

    print_document(document, Console(soft_wrap=False, highlight=False))
