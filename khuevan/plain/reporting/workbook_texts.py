"""Every text that an XLSX file holds, wherever a person may have written it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

# A cell or comment whole (it may be written in several fonts), a paragraph of a text box, what a formula says, what
# stands at the head or foot of the printed page.
_WHOLE: Final = frozenset(
    (
        *("si", "is", "text", "p", "v", "f", "formula1", "formula2"),
        *(f"{which}{where}" for which in ("odd", "even", "first") for where in ("Header", "Footer")),
    )
)
_PROPERTIES: Final = "docProps/"
# In heads and feet: left, middle, right; font, colour, size, date, page.
_CODES: Final = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')


def texts_of_workbook(data: bytes) -> Iterator[str]:
    """The texts, in no order; the file was found to hold no bomb, no entities. A damaged one may raise anything."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.lower().endswith((".xml", ".vml")):
                continue
            yield from _texts(archive.read(entry), in_properties=entry.filename.startswith(_PROPERTIES))


def _texts(part: bytes, *, in_properties: bool) -> Iterator[str]:
    for _event, element in ET.iterparse(io.BytesIO(part)):  # noqa: S314
        name = element.tag.rpartition("}")[2]
        if in_properties or name in _WHOLE:
            text = "".join(element.itertext())
            yield text
            if "&" in text:
                yield from _CODES.sub("\n", text).split("\n")
        elif name == "sheet":
            yield element.get("name", "")
