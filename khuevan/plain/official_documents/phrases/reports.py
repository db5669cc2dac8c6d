"""Orders to report: how often, and to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khuevan.plain.official_documents.document import Frequency
from khuevan.plain.official_documents.phrases.body_lists import body_list_end, split_list, starts_body


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """A report that the obliged unit has to make: how often, in order of mention, and to whom."""

    frequencies: tuple[Frequency, ...]
    to: tuple[str, ...]


_REPORT = re.compile(r"(?<!\w)báo\s+cáo(?!\w|\s+(?:viên|chí))", re.IGNORECASE)
# "các báo cáo", "biểu mẫu báo cáo", "nghe báo cáo": the thing, and nobody is told to make it.
_THE_THING = re.compile(
    r"(?:các|những|biểu|mẫu|mẫu\s+biểu|nghe|hội\s+nghị|của|theo|số\s+liệu|nội\s+dung|dự\s+thảo|từ|qua"
    r"|trong|bản|file|cuộc|phiên|tình\s+hình\s+thực\s+hiện\s+chế\s+độ|chấp\s+hành\s+chế\s+độ)\s+$",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"(?:(?:thực\s+hiện|chấp\s+hành|duy\s+trì|bảo\s+đảm|đảm\s+bảo)(?:\s+\w+){0,2}\s+(?:chế\s+độ|việc"
    r"|công\s+tác)\s+(?:\w+\s*,?\s+){0,4}?"
    r"|(?:tổng\s+hợp|lập|xây\s+dựng|gửi|nộp|hoàn\s+thiện|hoàn\s+thành|viết|tham\s+mưu|trình|tổng\s+kết"
    r"|đánh\s+giá|thống\s+kê)\s*(?:,|và)?\s+"
    r"|(?:thực\s+hiện|xây\s+dựng|lập)\s+các\s+|định\s+kỳ\s+(?:[\w,()/]+\s+){0,10}?)$",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"(?:tình\s+hình|việc|kết\s+quả)\s+thực\s+hiện\s+(?:chế\s+độ|công\s+tác)[\w\s,]{0,24}$"
    r"|(?:đơn\s+vị|cơ\s+quan)\s+(?:chịu\s+trách\s+nhiệm|đầu\s+mối)\s+tổng\s+hợp\s*,?\s+$",
    re.IGNORECASE,
)
_SO_THAT = re.compile(
    r"gửi\s[^.;]{1,50}?\stổng\s+hợp\s*,?\s+$|(?:để|nhằm|phục\s+vụ)\s+(?:[\w]+\s*,?\s+){0,6}$", re.IGNORECASE
)
_CLAUSE_STARTS = re.compile(
    r"(?:^|[.;,:–]\s+|(?:và|hoặc|đồng\s+thời|định\s+kỳ|kịp\s+thời|đột\s+xuất)\s+|\)\s+|^[-+*]\s*)$",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\s+(?:kết\s+quả|tình\s+hình|tiến\s+độ|định\s+kỳ|đột\s+xuất|công\s+tác|về|theo|số\s+liệu"
    r"|bằng\s+văn\s+bản|tổng\s+kết|sơ\s+kết|tháng|quý|năm|hằng|hàng|kịp\s+thời|và\s+đề\s+xuất|việc|khi"
    r"|trước|6\s+tháng|với|lên|cho)(?!\w)",
    re.IGNORECASE,
)
_BY_RULE = re.compile(
    r"\s+(?:theo\s+(?:quy\s+định|yêu\s+cầu|chế\s+độ)|định\s+kỳ|đột\s+xuất|hằng|hàng|6\s+tháng)(?!\w)",
    re.IGNORECASE,
)
_RIGHT_AWAY = re.compile(
    r"\s*:?\s+(?:(?:kịp\s+thời|định\s+kỳ|ngay|trực\s+tiếp|bằng\s+văn\s+bản|cho|về|với|lên|tới|đến|gửi"
    r"|trình|kết\s+quả|tình\s+hình|cấp\s+(?:có\s+)?thẩm\s+quyền\s*\("
    r"|cơ\s+quan\s+có\s+thẩm\s+quyền\s*\()\s*)*"
)
# "báo cáo cấp có thẩm quyền xem xét, quyết định" lays a matter before somebody and is no report on the work.
_SUBMITTED = re.compile(
    r"\s*,?\s*(?:để\s+)?(?:được\s+)?(?:xem\s+xét|quyết\s+định|phê\s+duyệt|cho\s+phép|cho\s+ý\s+kiến"
    r"|cho\s+chủ\s+trương|ban\s+hành|kiện\s+toàn)(?!\w)",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"(?:các\s+)?cấp\s+(?:có\s+)?thẩm\s+quyền(?!\w|\s*\()", re.IGNORECASE)
_SENDS = re.compile(
    r"(?<!\w)(?:gửi(?:\s+về|\s+cho|\s+đến|\s+tới)?|về|với|cho|lên|trình|tới)\s+(?=\S)", re.IGNORECASE
)
_SOME_OFFICE = re.compile(r"(?:cơ\s+quan|đơn\s+vị|các\s+cơ\s+quan)(?!\w)")
# Told by nothing but what they do next ("báo cáo cơ quan chịu trách nhiệm tổng hợp"): no addressee to name.
_NO_NAME = ("cơ quan", "đơn vị", "các cơ quan", "các đơn vị")
_SENTENCE_ENDS = re.compile(r"[.;]\s|$")
_SENDS_ON = re.compile(
    r"(?<!\w)gửi(?:\s+về|\s+cho|\s+đến|\s+tới)?\s+(?=\S)|(?<!\w)về\s+(?=\S)", re.IGNORECASE
)
_NOT_SENT = re.compile(r"(?:qua|hợp|cùng)\s+$", re.IGNORECASE)
# How far a clause is followed: longer ones occur only where the marks between sentences were lost.
_FAR = 700


def report_order(text: str) -> ReportOrder | None:
    """The report that `text` orders to be made; None where it orders none, even if it speaks of reports."""
    if "báo" not in text and "Báo" not in text and "BÁO" not in text:
        return None
    ordered = False
    addressees: list[str] = []
    sentences: list[tuple[int, int]] = []
    for match in _REPORT.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        named, named_end = _addressed(text, match.end())
        if named and _SUBMITTED.match(text, named_end):
            continue
        if not _is_order(text, match, before, to_body=bool(named)):
            continue
        receivers: tuple[str, ...] = ()
        if _SO_THAT.search(before):
            # "gửi Sở Tài chính để tổng hợp, báo cáo UBND tỉnh": the second report is the receiver's.
            start = max(
                text.rfind(mark, max(0, match.start() - _FAR), match.start()) for mark in (". ", "; ")
            )
            receivers = _sent_to(text, max(start, match.start() - _FAR, 0), match.start(), _SENDS_ON)
        clause_end = _SENTENCE_ENDS.search(text, match.end(), match.end() + _FAR)
        end = min(len(text), match.end() + _FAR) if clause_end is None else clause_end.start()
        sent = receivers or (*named, *_sent_to(text, max(named_end, match.end()), end, _SENDS))
        ordered = True
        addressees.extend(name for name in sent if name not in _NO_NAME)
        _add_sentence(sentences, text, match)
    if not ordered:
        return None
    frequencies = dict.fromkeys(item for start, end in sentences for item in _frequencies(text[start:end]))
    return ReportOrder(tuple(frequencies), tuple(dict.fromkeys(addressees)))


def _add_sentence(sentences: list[tuple[int, int]], text: str, report: re.Match[str]) -> None:
    """Adds the sentence about `report`, joined to the last one where the two overlap."""
    begins = text.rfind(". ", max(0, report.start() - _FAR), report.start()) + 1
    start = begins or max(0, report.start() - _FAR)
    stop = text.find(". ", report.end(), report.end() + _FAR)
    end = min(len(text), report.end() + _FAR) if stop < 0 else stop
    if sentences and start <= sentences[-1][1]:
        sentences[-1] = (sentences[-1][0], max(end, sentences[-1][1]))
    else:
        sentences.append((start, end))


def _is_order(text: str, report: re.Match[str], before: str, *, to_body: bool) -> bool:
    if _BY_OTHERS.search(before):
        return False
    makes = _MAKES.search(before) is not None
    if _THE_THING.search(before) and not makes:
        return False
    if to_body:
        return True
    if _SO_THAT.search(before):
        return False
    if makes:
        return not text.startswith((" viên", " chí"), report.end())
    if _BY_RULE.match(text, report.end()):
        return True
    return bool(_CLAUSE_STARTS.search(before) and _ON.match(text, report.end()))


def _addressed(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """The bodies that stand right after "báo cáo", and where they end."""
    right_away = _RIGHT_AWAY.match(text, end)
    if right_away is None or right_away.end() == end:
        return (), end
    start = right_away.end()
    authority = _AUTHORITY.match(text, start)
    if authority is not None:
        return (authority[0],), authority.end()
    if not starts_body(text, start, proper=not _SOME_OFFICE.match(text, start)):
        return (), end
    list_end = body_list_end(text, start)
    return split_list(text[start:list_end]), list_end


def _sent_to(text: str, start: int, end: int, sends: re.Pattern[str]) -> tuple[str, ...]:
    """The bodies to which the words from `start` to `end` send the report ("gửi Bộ …", "về Sở …")."""
    found: list[str] = []
    position = start
    while (match := sends.search(text, position, end)) is not None:
        position = match.end()
        if _NOT_SENT.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if starts_body(text, position, proper=not _SOME_OFFICE.match(text, position)):
            list_end = body_list_end(text, position)
            found.extend(split_list(text[position:list_end]))
            position = max(position, list_end)
    return tuple(found)


_EVERY = r"(?:hằng|hàng|mỗi|từng|định\s+kỳ\s*:?\s*\(?|,|và|/|báo\s+cáo|1|01|một)\s*"
_FREQUENCIES: tuple[tuple[re.Pattern[str], Frequency], ...] = (
    (
        re.compile(
            rf"(?<!\w){_EVERY}tháng(?!\w|\s+\d)|tháng\s*,\s*(?:quý|quí)|lần\s*/\s*tháng", re.IGNORECASE
        ),
        "monthly",
    ),
    (
        re.compile(
            rf"(?<!\w){_EVERY}(?:quý|quí)(?!\w|\s+(?:[IV]+|\d)\b)|tháng\s+cuối(?:\s+\w+){{0,2}}\s+(?:quý"
            rf"|quí)|lần\s*/\s*(?:quý|quí)",
            re.IGNORECASE,
        ),
        "quarterly",
    ),
    (re.compile(r"(?<!\d)(?:0?6|sáu)\s+tháng(?!\s+cuối)|nửa\s+năm", re.IGNORECASE), "half-yearly"),
    (re.compile(r"(?<!\d)(?:0?9|chín)\s+tháng", re.IGNORECASE), "nine-monthly"),
    (
        re.compile(
            rf"(?<!\w){_EVERY}(?:cả\s+|tổng\s+kết\s+)?năm(?!\w|\s+(?:\d|học|sau|trước|tiếp))|lần\s*/\s*năm",
            re.IGNORECASE,
        ),
        "yearly",
    ),
    (
        re.compile(
            r"(?<!kiểm tra )(?<!\w)định\s+kỳ(?!\s*:?\s*\(?\s*(?:hằng|hàng|mỗi|tháng|quý|quí|năm|0?6|0?9"
            r"|sáu|chín|01|1\s)|\w)",
            re.IGNORECASE,
        ),
        "periodic",
    ),
    (
        re.compile(
            r"(?<!kiểm tra )(?<!\w)đột\s+xuất(?!\w)|(?:hoặc|và|,)\s+(?:khi\s+có|theo)\s+(?:yêu\s+cầu"
            r"|đề\s+nghị)(?!\w)",
            re.IGNORECASE,
        ),
        "ad-hoc",
    ),
    (
        re.compile(
            r"(?:trước|chậm\s+nhất(?:\s+(?:là|vào))?|đến\s+hết"
            r"|muộn\s+nhất(?:\s+là)?)\s+(?:ngày\s+)?\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}"
            r"|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|/\d{1,2}(?!\s*hằng|\s*hàng|[\d/]))|(?:trong|trước"
            r"|hết)\s+tháng\s+\d{1,2}\s*(?:/|năm)\s*\d{4}",
            re.IGNORECASE,
        ),
        "by-date",
    ),
)
_INTERVALS: frozenset[Frequency] = frozenset(
    {"monthly", "quarterly", "half-yearly", "nine-monthly", "yearly"}
)
_DAY_AHEAD = re.compile(r"\s*\(")
_OF_A_NOUN = re.compile(
    r"(?:dự\s+toán|kế\s+hoạch|chỉ\s+tiêu|chương\s+trình|nhiệm\s+vụ)(?:\s+[^\s,;.()]+){0,3}\s+$", re.IGNORECASE
)


def _frequencies(sentence: str) -> tuple[Frequency, ...]:
    """How often, in order of mention, each once; beside an interval "định kỳ" adds nothing in its clause."""
    names: dict[Frequency, None] = {}
    for clause in sentence.split(";"):
        found: list[tuple[int, Frequency]] = []
        for pattern, frequency in _FREQUENCIES:
            for match in pattern.finditer(clause):
                before = clause[max(0, match.start() - 50) : match.start()]
                if (
                    frequency == "yearly"
                    and _OF_A_NOUN.search(before)
                    and not _DAY_AHEAD.match(clause, match.end())
                ):
                    continue
                found.append((match.start(), frequency))
                break
        said = [frequency for _, frequency in sorted(found)]
        if not _INTERVALS.isdisjoint(said):
            said = [frequency for frequency in said if frequency not in ("by-date", "periodic")]
        names.update(dict.fromkeys(said))
    return tuple(names)
