"""The style of a drawing: declarations and style sheets, of which only what loads nothing stays.

Source: CSS Syntax 3, of which a small part is understood: rules of selectors and declarations. At-rules,
escapes, and every url() but one to a part of the drawing itself are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from khuevan.plain.media.svg_vocabulary import PROPERTIES

_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_LOCAL_URL: Final = re.compile(r"""url\(\s*(["']?)#([^\s"'()<>\\]{1,200})\1\s*\)""", re.IGNORECASE)
# What calls for something from elsewhere, runs, or hides one of these in an escape.
_LOADING: Final = re.compile(
    r"url\s*\(|src\s*\(|image\s*\(|image-set|cross-fade|element\s*\(|@|\\|expression|javascript:|-moz-binding"
    r"|behavior|[<>]",
    re.IGNORECASE,
)
_SELECTOR: Final = re.compile(r"[\w\s.,#*:>+~()\[\]=\"'-]{1,2000}")
_BRACE: Final = re.compile(r"[{}]")
_STRINGS: Final = re.compile(r"\"[^\"\\\n]*\"|'[^'\\\n]*'")


def is_harmless(value: str) -> bool:
    """Whether a value loads nothing: its only url() are to parts of the drawing itself."""
    return _LOADING.search(_LOCAL_URL.sub("", value)) is None


def local_references(value: str) -> Iterator[str]:
    """The identifiers of the parts of the drawing that a value refers to."""
    for found in _LOCAL_URL.finditer(value):
        yield found[2]


def clean_declarations(text: str) -> str:
    """The declarations of a `style` that are known and harmless, in their order."""
    kept = []
    for declaration in _split(_COMMENT.sub(" ", text), ";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), " ".join(value.split())
        if colon and value and name in PROPERTIES and is_harmless(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def clean_sheet(text: str) -> str:
    """The rules of a style sheet whose selectors are plain, with their harmless declarations."""
    rules, rest = [], _COMMENT.sub(" ", text.replace("<!--", "").replace("-->", ""))
    at = 0
    while (brace := rest.find("{", at)) != -1:
        selector = rest[at:brace].strip()
        # A statement such as @import ends before the rule begins.
        selector = selector.rpartition(";")[2].strip()
        end = _closing(rest, brace)
        declarations = "" if "{" in rest[brace + 1 : end] else clean_declarations(rest[brace + 1 : end])
        if declarations and _SELECTOR.fullmatch(selector):
            rules.append(f"{' '.join(selector.split())}{{{declarations}}}")
        at = end + 1
    return "\n".join(rules)


def _closing(text: str, at: int) -> int:
    """Where the block that opens at `at` is closed; the end of the text where it is not."""
    depth = 0
    for found in _BRACE.finditer(text, at):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(text)


def _split(text: str, sign: str) -> list[str]:
    """The text divided at a sign that stands outside quotation marks."""
    held = _STRINGS.findall(text)
    if not any(sign in each for each in held):
        return text.split(sign)
    blank = _STRINGS.sub(lambda found: found[0].replace(sign, "\0"), text)
    return [part.replace("\0", sign) for part in blank.split(sign)]
