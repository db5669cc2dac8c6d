"""Lines below an item that say one thing of it: who leads, who supports, by when, what comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khuevan.plain.folding import fold

from .labels import label_of

_ATTRIBUTE = re.compile(
    r"^(?:\W*)(?:(?:co quan|don vi|bo phan|phong|nguoi)\s+)?"
    r"(?P<what>chu tri[^:,]{0,40}|thuc hien|phoi hop[^:,]{0,30}|phu trach|tham muu|chu tri, phoi hop|"
    r"thoi gian(?: (?:thuc hien|hoan thanh|trien khai|to chuc|bao cao))?|thoi han(?: (?:thuc hien|"
    r"hoan thanh))?|thoi diem(?: \w+ \w+)?|tien do(?: (?:thuc hien|hoan thanh))?|"
    r"hoan thanh|san pham(?: [^:]{0,30})?|ket qua(?: [^:]{0,30})?|kinh phi(?: [^:]{0,20})?|"
    r"nguon (?:kinh phi|luc)(?: [^:]{0,20})?|dia diem(?: \w+ \w+)?|ghi chu)"
    r"\s*:\s*(?P<value>.*)$"
)
_ACTOR = re.compile(r"^\W*(?:co quan|don vi|bo phan|phong|nguoi)\s")


@dataclass(slots=True)
class Attribute:
    """A line below an item that says one thing of it: `what` is LEAD, SUPPORT, DUE, PRODUCT or OTHER."""

    what: str
    value: str


def attribute_of(text: str) -> Attribute | None:
    """The attribute that a line such as "Thời gian hoàn thành: tháng 5" states, None for any other line."""
    label = label_of(text)
    body = label.rest if label is not None and label.kind in ("dash", "plus") else text
    if ":" not in body[:60]:
        return None
    folded = fold(body)
    match = _ATTRIBUTE.match(folded)
    if match is None or len(folded) != len(body):
        return None
    what, actor = match["what"], bool(_ACTOR.match(folded))
    value = body[match.start("value") :].strip(" .;")
    if what.startswith("chu tri"):
        return Attribute("LEAD", value)
    if what.startswith("phoi hop"):
        return Attribute("SUPPORT", value) if actor or len(value) < 200 else None
    if what in ("thuc hien", "phu trach", "tham muu"):
        return Attribute("LEAD", value) if actor else None
    if what.startswith(("thoi", "tien do", "hoan thanh")):
        return Attribute("DUE", value)
    if what.startswith("san pham"):
        return Attribute("PRODUCT", value)
    return Attribute("OTHER", value)
