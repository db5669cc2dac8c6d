"""Who leads and who works with whom, as far as the sentence itself names them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khuevan.plain.official_documents.phrases.body_lists import (
    body_list_end,
    split_list,
    starts_body,
)
from khuevan.plain.official_documents.phrases.verbs import VERB


@dataclass(frozen=True)
class Partners:
    """Bodies named as leading and as partners, each as written.

    `leads`: chủ trì is said of the obligation's own unit; `supports`: phối hợp is, and chủ trì is not.
    """

    lead: tuple[str, ...]
    partners: tuple[str, ...]
    leads: bool
    supports: bool


_WITH = re.compile(
    r"(?<!\w)(?P<word>phối(?:\s*,\s*kết)?\s+hợp)"
    r"(?:\s*,?\s*(?:chặt\s+chẽ|đồng\s+bộ|thường\s+xuyên|hiệu\s+quả|có\s+hiệu\s+quả|kịp\s+thời"
    r"|nhịp\s+nhàng|tốt|tích\s+cực|toàn\s+diện|và|thực\s+hiện)(?=\s|,))*"
    r"\s+(?:cùng\s+với\s+|với\s+|cùng\s+)?",
    re.IGNORECASE,
)
_WORKS_WITH = re.compile(r"(?<!\w)phối(?:\s*,\s*kết)?\s+hợp(?!\w|\s*:)", re.IGNORECASE)
# The word as part of a noun: a council, rules, a kind of work. Nobody is asked to work with anybody.
_NOUN_BEFORE = re.compile(
    r"(?:hội\s+đồng|quy\s+chế|qui\s+chế|chương\s+trình|kế\s+hoạch|cơ\s+chế|sự|tinh\s+thần|quan\s+hệ"
    r"|hiệu\s+quả|quy\s+trình|mối|điều\s+phối\s*,|trách\s+nhiệm|cơ\s+quan|đơn\s+vị)\s+$",
    re.IGNORECASE,
)
_NOT_AN_ORDER = re.compile(
    r"(?:hội\s+đồng|quy\s+chế|qui\s+chế|chương\s+trình|cơ\s+chế|sự|tinh\s+thần|quan\s+hệ|quy\s+trình|mối"
    r"|điều\s+phối\s*,|văn\s+bản|để|cơ\s+quan|đơn\s+vị)\s+$",
    re.IGNORECASE,
)
_CHAIR = re.compile(r"(?<!\w)chủ\s+trì(?!\w)", re.IGNORECASE)
_BODY_CHAIRS = re.compile(
    r"(?<!\w)(?<!được )(?P<cue>giao|do|đề\s+nghị|yêu\s+cầu|phân\s+công)\s+(?:cho\s+)?(?=\S)", re.IGNORECASE
)
_LABELLED = re.compile(
    r"(?<!\w)(?:(?:đơn\s+vị|cơ\s+quan|bộ\s+phận)\s+(?:chủ\s+trì|thực\s+hiện|đầu\s+mối"
    r"|chịu\s+trách\s+nhiệm|tham\s+mưu)(?:\s+thực\s+hiện)?|chủ\s+trì(?:\s+thực\s+hiện)?"
    r"|phân\s+công\s+thực\s+hiện)\s*:\s*",
    re.IGNORECASE,
)
_LABELLED_PARTNERS = re.compile(
    r"(?<!\w)(?:(?:các\s+)?(?:đơn\s+vị|cơ\s+quan)\s+(?:phối\s+hợp|tham\s+gia"
    r"|liên\s+quan)(?:\s+thực\s+hiện)?|phối\s+hợp(?:\s+thực\s+hiện)?)\s*:\s*",
    re.IGNORECASE,
)
_IS_CHAIR = re.compile(r"(?<!\w)là\s+(?:đơn\s+vị|cơ\s+quan)\s+(?:đầu\s+mối\s*,?\s*)?$", re.IGNORECASE)
# "Bộ, ngành chủ trì", "đơn vị chủ trì chương trình": said of others, in passing.
_OTHERS_CHAIR = re.compile(
    r"(?:cơ\s+quan|đơn\s+vị|ngành|chủ\s+quản|vai\s+trò|được\s+giao|do\s+mình|đang|bộ\s+phận|người)\s*,?\s*$",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\s*,?\s*(?:(?:tiếp\s+tục|chủ\s+động|khẩn\s+trương|tích\s+cực|kịp\s+thời|thường\s+xuyên|sẽ|phải|cần"
    r"|có\s+trách\s+nhiệm|làm\s+đầu\s+mối|là\s+(?:cơ\s+quan|đơn\s+vị))\s*,?\s+)*"
)
_CLAUSE = re.compile(r"[.;,:(]\s*|\s(?:theo|của|do|với)\s")
_SENTENCE = re.compile(r"(?:^|[.;]\s+)(?:[-–+*•]\s*)?(?:(?:Giao|Đề\s+nghị|Yêu\s+cầu)\s+)?", re.IGNORECASE)


def find_partners(text: str) -> Partners:
    """The bodies that a sentence names as leading and as partners, and what it says of its own unit."""
    lead: dict[str, None] = {}
    partners: dict[str, None] = {}
    own_chair = False
    # A look for the words costs a hundredth of trying a pattern at every place of a sentence without them.
    lowered = text.lower()
    labelled = ":" in text
    chairs = "chủ" in lowered
    works = "phối" in lowered
    for match in _LABELLED.finditer(text) if labelled else ():
        _add(lead, split_bodies(_value(text, match.end())))
    for match in _LABELLED_PARTNERS.finditer(text) if labelled else ():
        _add(partners, split_bodies(_value(text, match.end())))
    for match in _CHAIR.finditer(text) if chairs else ():
        if text[match.end() : match.end() + 2].lstrip().startswith(":"):
            continue
        named, own = _who_chairs(text, match.start())
        _add(lead, named)
        own_chair = own_chair or own
    _add(lead, _assigned(text))
    works_with = any(
        not _NOT_AN_ORDER.search(text[max(0, match.start() - 24) : match.start()])
        for match in (_WORKS_WITH.finditer(text) if works else ())
    )
    read_to = 0
    for match in _WITH.finditer(text) if works else ():
        if match.start() < read_to:
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        if not _NOUN_BEFORE.search(before) and starts_body(text, match.end()):
            read_to = body_list_end(text, match.end())
            _add(partners, split_list(text[match.end() : read_to]))
    kept = tuple(name for name in partners if name not in lead)
    return Partners(tuple(lead), kept, own_chair, works_with and not own_chair)


# A dash parts bodies where a body follows it; inside "chính trị - xã hội" it does not.
_PARTS = re.compile(
    r"[;\n•]|(?:^|(?<=\s))[-–+]\s*(?=(?:[Cc]ác\s|Sở\s|Bộ\s|Công\s+an|UBND|Ủy\s+ban|Ban\s|Phòng\s"
    r"|Văn\s+phòng|Trung\s+tâm|Hội\s|Báo\s(?!ch[íi])|Đài\s))"
)


def split_bodies(text: str) -> tuple[str, ...]:
    """The bodies that the value of an attribute line or a table cell lists, each as written."""
    found: dict[str, None] = {}
    for part in _PARTS.split(text):
        words = part.strip(" .,;:-–+")
        if words:
            _add(found, split_list(words))
    return tuple(found)


def _add(names: dict[str, None], more: tuple[str, ...]) -> None:
    """Adds names in order, each once."""
    names.update(dict.fromkeys(more))


_VALUE_ENDS = re.compile(r"[.;]\s|[.;]?$")


_LONGEST_VALUE = 600


def _value(text: str, start: int) -> str:
    end = _VALUE_ENDS.search(text, start, start + _LONGEST_VALUE)
    return text[start : end.start() if end is not None else start + _LONGEST_VALUE]


def _who_chairs(text: str, chair: int) -> tuple[tuple[str, ...], bool]:
    """The bodies of which the chủ trì at `chair` is said, and whether the obligation's own unit is meant."""
    before = text[max(0, chair - 200) : chair]
    offset = chair - len(before)
    for cue in list(_BODY_CHAIRS.finditer(before))[-1:-4:-1]:
        named = offset + cue.end()
        end = body_list_end(text, named)
        if named < end <= chair and _DOES.fullmatch(text[end:chair]):
            return split_list(text[named:end]), cue["cue"].lower() != "do"
    sentences = [match.end() for match in _SENTENCE.finditer(before) if offset == 0 or match.start() > 0]
    if sentences:
        start = offset + sentences[-1]
        if starts_body(text, start):
            end = body_list_end(text, start)
            if start < end <= chair and _DOES.fullmatch(text[end:chair]):
                return split_list(text[start:end]), True
    if _IS_CHAIR.search(before):
        return (), True
    clause = _CLAUSE.split(before)[-1]
    return (), not (_OTHERS_CHAIR.search(before) or (clause.strip() and starts_body(clause, 0)))


_ASSIGNS = re.compile(
    r"(?:^|[.;,]\s+)(?P<cue>Giao|Đề\s+nghị|Yêu\s+cầu)\s+(?:cho\s+)?(?=[^\W\d_])", re.IGNORECASE
)


def _assigned(text: str) -> tuple[str, ...]:
    """The bodies that get the work without the words chủ trì: "Giao Sở X …", "Sở X tổng hợp …"."""
    opens = _ASSIGNS.match(text)
    start = opens.end() if opens is not None else 0
    if not starts_body(text, start, proper=opens is None):
        return ()
    end = body_list_end(text, start)
    return split_list(text[start:end]) if end > start and _does_something(text, end) else ()


def _does_something(text: str, end: int) -> bool:
    does = _DOES.match(text, end)
    return (
        does is not None
        and does.end() > end
        and ((verb := VERB.match(text, does.end())) is not None and not verb[0].startswith("phối"))
    )
