"""Compiles every template of ours, so that a wrong tag is found before a visitor finds it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[1]
# Nothing inline: the public policy forbids it, and staff pages keep to the same rule. The one script element without
# a source that may stand is JSON-LD, written in exactly this way: a browser neither runs a data block nor asks the
# policy about it (HTML, 4.12.1.1: "prepare the script element" ends before the policy is asked).
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?!\ type="application/ld\+json">)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"""",
    re.IGNORECASE,
)


def main() -> int:
    """How the check ended: 0 where every template compiles and holds nothing inline."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
    django.setup()
    problems: list[str] = []
    paths = sorted((ROOT / "khuevan").glob("*/templates/**/*.html"))
    for path in paths:
        name = path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            problems.append(f"{path.relative_to(ROOT)}: {error}")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if INLINE.search(line):
                problems.append(f"{path.relative_to(ROOT)}:{number}: inline script or style")
    print("\n".join(problems) or f"{len(paths)} templates compile and hold nothing inline")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
