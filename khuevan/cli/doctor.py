"""`khuevan doctor`: which optional programs are here."""

from __future__ import annotations

import platform
import sqlite3
import sys

import click


@click.command()
def doctor() -> None:
    """Say which optional programs are installed and what each is for.

    The reader needs none of them for text, Word (.docx) and PDF with a text layer. Old Word files (.doc)
    need LibreOffice; scans need Tesseract with Vietnamese. Starts no database and reads no settings.

    \b
    Exit codes:
      0  everything that is always needed is here (optional programs may be missing)
      1  this Python or its SQLite is too old, and the line says which
    """
    from khuevan.plain.official_documents.extraction.programs import optional_programs

    sound = True
    python_is_right = (3, 11) <= sys.version_info[:2] < (3, 14)
    sound &= _line(python_is_right, f"Python {platform.python_version()}", "runs everything; 3.11 to 3.13")
    has_fts5 = _sqlite_has_fts5()
    sound &= _line(has_fts5, f"SQLite {sqlite3.sqlite_version}", "database and search; needs FTS5")
    for program in optional_programs():
        name = f"{program.name} {program.version or ''}".strip()
        _line(program.found, name, program.purpose)
        if not program.found:
            click.echo(f"             to have it: install the package {program.package}")
    sys.exit(0 if sound else 1)


def _line(found: bool, name: str, purpose: str) -> bool:
    mark = click.style("here   ", fg="green") if found else click.style("missing", fg="yellow")
    click.echo(f"  {mark}  {name}: {purpose}")
    return found


def _sqlite_has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
