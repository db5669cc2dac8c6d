"""What is said of an item beside it: who leads, who supports, by when, what comes out.

It stands in lines below the item ("Đơn vị chủ trì: …"), in one line ("Chủ trì: …; thời gian: …"), in
the item's last sentences, or in a bracket at its end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.phrases.body_lists import starts_body

from .labels import label_of

_CUE = re.compile(
    r"(?P<actor>(?:cac )?(?:co quan|don vi|bo phan|phong|nguoi|dau moi)\s+)?"
    r"(?P<what>chu tri, phoi hop|chu tri(?(actor)(?: \w+){0,6}|(?: thuc hien| tham muu)?)|"
    r"(?:to chuc )?thuc hien|phoi hop(?: thuc hien)?|"
    r"phu trach|tham muu|trien khai|chiu trach nhiem|"
    r"thoi gian(?: (?:du kien|thuc hien|hoan thanh|trien khai|to chuc|bao cao))?|"
    r"thoi han(?: (?:thuc hien|hoan thanh))?|thoi diem(?: \w+ \w+)?|"
    r"tien do(?: (?:thuc hien|hoan thanh))?|hoan thanh|"
    r"(?P<other>san pham(?: [^:.;]{0,30})?|ket qua(?: [^:.;]{0,30})?|kinh phi(?: [^:.;]{0,20})?|"
    r"nguon (?:kinh phi|luc)(?: [^:.;]{0,20})?|dia diem(?: \w+ \w+)?|ghi chu))"
    r"\s*:\s*"
)
_NEXT = re.compile(rf"(?:^|[.;]\s+|\(\s*|;)\W*(?={_CUE.pattern})")
_WORDS = ("chu tri", "thuc hien", "phoi hop", "thoi ", "tien do", "hoan thanh")
_CHAIRS = re.compile(
    r"^(?P<lead>[^()]{3,160}?)\s+(?:làm\s+)?chủ trì(?:\s*[,;]?\s*(?:phối hợp)(?: chặt chẽ)?(?: với| cùng)?\s+"
    r"(?P<with>.+)|(?P<end>\s*$)|[;,]\s*(?P<others>.+?)\s+phối hợp$)",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKET = re.compile(r"\((?P<inner>[^()]*(?:chủ trì|thực hiện|phối hợp|[Tt]hời gian)[^()]*)\)[\s.;]*$")
_TIME = re.compile(
    r"^(thuong xuyen|lien tuc|quy |thang |nam 20|trong |truoc |tu ngay|tu thang|hang |moi |dinh ky|ca nam|\d{1,2}/)"
)
_LONGEST = 240


@dataclass(slots=True)
class Attribute:
    """One thing said of an item: `what` is LEAD, SUPPORT, DUE, PRODUCT or OTHER.

    `strict` where the words can mean nothing else ("Đơn vị chủ trì:"), unlike "Thời gian:".
    """

    what: str
    value: str
    strict: bool = False


def attribute_of(text: str) -> Attribute | None:
    """The first attribute that a line such as "Thời gian hoàn thành: tháng 5" states, None for other lines."""
    found = attributes_of(text)
    return found[0] if found else None


def attributes_of(text: str) -> tuple[Attribute, ...]:
    """The attributes that a line states, one or several parted by ";"; none for any other line."""
    if ":" not in text[:66]:
        return ()
    label = label_of(text)
    body = label.rest if label is not None and label.kind in ("dash", "plus", "letter") else text
    folded = fold(body)
    if len(folded) != len(body):
        return ()
    opening = re.match(r"\W*", folded)
    assert opening is not None
    if _CUE.match(folded, opening.end()) is None:
        return ()
    return _read(body, folded, opening.end())


def attributes_at_end(text: str) -> tuple[str, tuple[Attribute, ...]]:
    """The text without last sentences such as "Thời gian hoàn thành: tháng 5.", and what these said.

    What stands in a bracket at the end is read too; the bracket remains, for it is the item's own words.
    """
    bracket = _IN_BRACKET.search(text) if text.rstrip(" .;").endswith(")") else None
    if bracket is not None:
        inner = bracket["inner"].strip()
        return text, attributes_of(inner) or tuple(_chairs(inner))
    if ":" not in text:
        return text, ()
    folded = fold(text)
    if len(folded) != len(text) or not any(word in folded for word in _WORDS):
        return text, ()
    for match in _NEXT.finditer(folded):
        if match.start() == 0:
            continue
        found = _read(text, folded, match.end())
        if found and found[0].what in ("LEAD", "SUPPORT", "DUE"):
            return text[: match.start() + 1].rstrip(" ;"), found
        return text, ()
    return text, ()


def _read(text: str, folded: str, start: int) -> tuple[Attribute, ...]:
    """The attributes from `start` on; nothing where one of them is too long to be one."""
    found: list[Attribute] = []
    position: int | None = start
    while position is not None:
        cue = _CUE.match(folded, position)
        assert cue is not None
        following = _NEXT.search(folded, cue.end())
        end = following.start() if following is not None and following.start() > cue.end() else len(text)
        value = text[cue.end() : end].strip(" .;")
        if len(value) > _LONGEST and found:
            break
        read = _attribute(cue["what"], bool(cue["actor"]), bool(cue["other"]), value)
        if not read:
            break
        found += read
        position = following.end() if following is not None and end < len(text) else None
    return tuple(found)


def _attribute(what: str, actor: bool, other: bool, value: str) -> list[Attribute]:
    if other:
        return [Attribute("PRODUCT" if what.startswith("san pham") else "OTHER", value)]
    if what.startswith(("thoi", "tien do", "hoan thanh")):
        return [Attribute("DUE", value, what.endswith(("thuc hien", "hoan thanh", "trien khai")))]
    if what.startswith("phoi hop"):
        return [Attribute("SUPPORT", value, True)] if actor or len(value) < 200 else []
    if not what.startswith("chu tri") and not actor:
        if _TIME.match(fold(value)):
            return [Attribute("DUE", value)]
        return [Attribute("LEAD", value)] if len(value) < 160 and starts_body(value, 0, proper=True) else []
    return list(_chairs(value)) or [Attribute("LEAD", value, True)]


def _chairs(value: str) -> list[Attribute]:
    """ "Sở Tư pháp chủ trì, phối hợp với các sở" as what it says of the one and the others."""
    match = _CHAIRS.match(value)
    if match is None:
        return []
    found = [Attribute("LEAD", match["lead"], True)]
    support = match["with"] or match["others"]
    return [*found, Attribute("SUPPORT", support.strip(" .;"), True)] if support else found


def lead_and_support(cell: str) -> tuple[str, str]:
    """Who leads and who supports by a table cell that may say both: "Sở X chủ trì, phối hợp với Sở Y"."""
    said = _chairs(cell)
    if not said:
        return cell, ""
    return said[0].value, said[1].value if len(said) > 1 else ""
