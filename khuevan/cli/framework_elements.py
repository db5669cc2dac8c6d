"""`khuevan framework-elements`: the national framework's elements, entered from the office's own list."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import click

from khuevan.cli.start import start_django

_MOST_BYTES = 1_000_000


@click.command("framework-elements")
@click.argument("file", type=click.Path(path_type=Path))
def framework_elements(file: Path) -> None:
    """Enter the elements of the national framework from a TOML file.

    None are shipped: the office enters them from the decision's own text. Elements that the file no longer names
    are ended; pieces that bear them keep them. The same file again changes nothing.

    \b
    Example:
      khuevan framework-elements elements.toml

    \b
    Exit codes:
      0  the elements are entered
      2  the file cannot be read, or an element lacks its number, name or source; one sentence says why
    """
    start_django()
    # Models can be imported only once Django has started.
    from django.core.exceptions import ValidationError

    from khuevan.newsroom.actions.vocabulary import Element, load_framework_elements
    from khuevan.people.queries import system_person

    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ValueError(file.name)
        rows = tomllib.loads(file.read_text(encoding="utf-8"))
        elements = [
            Element(int(row["number"]), str(row["name"]), str(row.get("english_name", "")))
            for row in rows["element"]
        ]
        source = str(rows.get("source", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        click.echo(f"{file} is no list of elements: see docs/howto/translate-a-piece.md.", err=True)
        sys.exit(2)
    try:
        changed = load_framework_elements(by=system_person(), elements=elements, source=source)
    except ValidationError as error:
        click.echo(" ".join(error.messages), err=True)
        sys.exit(2)
    click.echo(f"{len(elements)} elements in the list, {changed} changed.")
