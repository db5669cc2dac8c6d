"""Compiles our message catalogues; with --check, says which are stale or hold untranslated messages.

The compiled files are kept in the repository, so that running needs neither gettext nor polib.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def compiled(catalogue: polib.POFile) -> bytes:
    """The catalogue in binary form; the same input gives the same bytes."""
    return bytes(catalogue.to_binary())


def main() -> int:
    """How it ended: 0 where all is compiled and translated."""
    checking = "--check" in sys.argv
    problems: list[str] = []
    paths = sorted((ROOT / "khuevan").glob("**/locale/*/LC_MESSAGES/*.po"))
    for path in paths:
        name = path.relative_to(ROOT)
        # Duplicate messages would silently hide one translation.
        catalogue = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
        for entry in (*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()):
            problems.append(f"{name}:{entry.linenum}: no translation of {entry.msgid!r}")
        binary = compiled(catalogue)
        target = path.with_suffix(".mo")
        if checking:
            if not target.exists() or target.read_bytes() != binary:
                problems.append(f"{name}: compiled file is stale; run `make messages`")
        else:
            target.write_bytes(binary)
    print("\n".join(problems) or f"{len(paths)} catalogues complete and compiled")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
