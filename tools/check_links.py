"""Finds links in our Markdown files that lead to no file or no heading. Looks at no network."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
ABSOLUTE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def anchor(heading: str) -> str:
    """The anchor that a forge gives a heading."""
    text = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = unicodedata.normalize("NFC", text).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def dead_links(path: Path) -> list[str]:
    """The links of one file that lead nowhere, as "file: target"."""
    dead: list[str] = []
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if ABSOLUTE.match(target):
            continue
        place, _, fragment = target.partition("#")
        goal = (path.parent / place).resolve() if place else path
        found = goal.exists()
        if found and fragment and goal.suffix == ".md":
            headings = HEADING.findall(FENCE.sub("", goal.read_text(encoding="utf-8")))
            found = fragment in {anchor(heading) for heading in headings}
        if not found:
            dead.append(f"{path.relative_to(ROOT)}: {target}")
    return dead


def main() -> int:
    """How the check ended: 0 where every link leads somewhere."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    dead = [line for path in paths for line in dead_links(path)]
    print("\n".join(dead) or f"{len(paths)} documents, no dead link")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
