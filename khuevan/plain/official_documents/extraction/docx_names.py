"""The names of WordprocessingML that the DOCX modules share."""

from __future__ import annotations

from typing import Final

from lxml import etree

MAIN: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VML_TEXT_PATH: Final = "{urn:schemas-microsoft-com:vml}textpath"
PACKAGE_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"

VALUE: Final = MAIN + "val"


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """The `w:val` of the child `w:name` of `parent`, None where there is no such child or value."""
    if parent is None:
        return None
    child = parent.find(MAIN + name)
    return None if child is None else child.get(VALUE)


def number_of(text: str | None, default: int = 0) -> int:
    """The whole number in `text`, `default` where there is none or one beyond reason."""
    try:
        number = int(text) if text is not None else default
    except ValueError:
        return default
    return number if abs(number) <= 1_000_000 else default


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """What the on/off property `w:name` of `parent` says: on, off, or None where it is not set."""
    if parent is None:
        return None
    child = parent.find(MAIN + name)
    if child is None:
        return None
    return child.get(VALUE, "true") not in ("0", "false", "off", "none")
