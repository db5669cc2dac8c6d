"""When an obligation is due: a day, a recurrence, or words that yield neither.

"trước ngày 15/11/2025" yields 2025-11-15: offices count a deadline by the day that it names, and
the plan's own words stay beside it. A rule that yields days without end ("trước ngày 15 của tháng
cuối quý") has a recurrence and no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from khuevan.plain.official_documents.document import Due, Period, Recurrence
from khuevan.plain.official_documents.phrases.dates import end_of_month, make_day
from khuevan.plain.official_documents.phrases.references import find_references

_Q = r"(?:quý|quí)"
_EVERY = r"(?:hằng|hàng|mỗi|từng)"
_STEP = (
    rf"(?:(?:{_EVERY}\s+)?(?:0?1\s+|một\s+)?(?:tuần|tháng|{_Q}|năm)(?!\s+(?:\d(?!\d?\s+lần)|[IV]+\b|học|trước|sau|đầu"
    rf"|cuối|nay|tiếp|thực))"
    r"|(?:0?3|0?6|0?9|ba|sáu|chín)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?(?:\s*/\s*(?:0?1\s+)?lần|\s+(?:một"
    r"|0?1)\s+lần)?|nửa\s+năm|(?:cả|tổng\s+kết)\s+năm)"
)
_STEPS = rf"{_STEP}(?:\s*(?:,\s*và|,|;|/|và|hoặc)\s*{_STEP})*(?!\w)"
_MONTH_DAY = (
    r"\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?\d{4})?|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
)
_BEFORE = (
    r"(?:trước|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến|trước))?|không\s+(?:muộn|chậm)\s+hơn"
    r"|(?:cho\s+)?đến\s+hết|đến|hết|vào|trong)"
)
_OF_PERIOD = (
    rf"(?:(?:của\s+)?tháng\s+cuối(?:\s+(?:cùng|của|mỗi|hằng|hàng))*\s+(?:{_Q}|kỳ(?:\s+báo\s+cáo)?)"
    rf"|(?:của\s+)?{_EVERY}\s+(?:tuần|tháng|{_Q}|năm))"
)
_DAY_RULE = (
    rf"(?:{_BEFORE}\s+)?(?:ngày\s+)?(?<!\d)(?:{_MONTH_DAY}|\d{{1,2}})(?:\s*(?:,"
    rf"|và)\s*(?:trước\s+)?ngày\s+(?:{_MONTH_DAY}))?\s*,?\s+{_OF_PERIOD}"
    rf"|(?:(?:{_BEFORE}\s+)?(?:\d{{1,2}}\s*(?:giờ|h)(?:\s*\d\d)?\s*,?\s+)?(?:(?:ngày|sáng|chiều|tối)\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)\s+{_EVERY}\s+tuần)"
)
_DAY_IN_BRACKET = (
    rf"(?:\s*[,(]\s*|\s+)(?:{_BEFORE}\s+)(?:ngày\s+)?(?:{_MONTH_DAY}"
    rf"|\d{{1,2}})(?:\s+{_OF_PERIOD})?(?:\s+(?:{_EVERY}\s+năm))?\)?"
)

_RULES = re.compile(
    rf"(?<!\w)(?:định\s+kỳ\s*:?\s*)?(?:{_DAY_RULE}|(?={_EVERY}\s){_STEPS}(?:\s+(?:một"
    rf"|\d{{1,2}})\s+lần)?(?:{_DAY_IN_BRACKET})?)"
    rf"|(?<!\w)định\s+kỳ\s*,?\s*:?\s*\(?{_STEPS}(?:\s+(?:một|\d{{1,2}})\s+lần)?(?:{_DAY_IN_BRACKET})?"
    rf"|(?<!\w)mỗi\s+năm(?=\s+\d{{1,2}}\s+[^\W\d_])"
    rf"|(?<!\w)\d+\s+lần\s*/\s*(?:tuần|tháng|{_Q}|năm)(?!\w)",
    re.IGNORECASE,
)
_DAYS = re.compile(
    rf"(?<!\w)(?P<cue>{_BEFORE}\s+(?:ngày\s+)?|từ\s+(?:ngày\s+)?(?:{_MONTH_DAY}"
    rf"|\d{{1,2}})\s*(?:đến(?:\s+hết)?|[-–])\s*(?:ngày\s+)?)"
    rf"(?P<day>{_MONTH_DAY})(?![\d/]|\s+(?:là|đã|thì|như)(?!\w))",
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(r"hoàn\s+thành|nhất|xong|gửi|báo\s+cáo|trình|không\s+(?:muộn|chậm)", re.IGNORECASE)
_MONTHS = re.compile(
    rf"(?<!\w)(?P<cue>(?:{_BEFORE}\s+)(?:đầu\s+|cuối\s+)?|từ\s+tháng\s+\d{{1,2}}(?:\s?/\s?\d{{4}}"
    rf"|\s+năm\s+\d{{4}})?\s*(?:đến(?:\s+hết)?|[-–])\s*)"
    r"tháng\s+(?P<month>\d{1,2})(?!\d|\s+tháng)(?:\s?[/-]\s?(?P<year>\d{4})|\s+năm\s+(?P<year2>\d{4}))?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER_NAME = r"(?:IV|I{1,3}|[1-4])(?!\w)"
_QUARTERS = re.compile(
    rf"(?<!\w)(?P<cue>(?:{_BEFORE}\s+)?(?:đầu\s+|cuối\s+)?(?:từ\s+)?)"
    rf"{_Q}\s+(?P<first>{_QUARTER_NAME})(?:\s*(?:,|-|–|và"
    rf"|đến)\s*(?:(?:hết\s+)?{_Q}\s+)?(?P<last>{_QUARTER_NAME}))*"
    r"(?:\s?[/-]\s?(?P<year>\d{4})|\s+(?:của\s+)?năm\s+(?P<year2>\d{4}))?",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?<!\w)(?:(?:từ\s+nay\s+)?(?:cho\s+)?đến\s+(?:hết|cuối)\s+năm|từ\s+nay\s+đến\s+năm"
    r"|(?<=thành\s)(?:trong|trước|vào|đến)\s+(?:hết\s+|cuối\s+)?năm|(?<=xong\s)(?:trong|trước)\s+năm|trong\s+năm(?=\s+20\d\d\s*(?:[.;)]|$))|hoàn\s+thành\s+năm(?=\s+20)"
    r"|(?:trong|trước|vào)\s+(?:6|06|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm|(?:trong|trước"
    r"|vào)\s+(?:hết\s+|cuối\s+)năm)"
    r"(?:\s+(?P<year>20\d\d))?(?!\d)",
    re.IGNORECASE,
)
_AFTER_RECEIPT = re.compile(
    r"(?<!\w)(?:(?:trong\s+(?:thời\s+hạn|thời\s+gian|vòng)|(?:chậm|muộn)\s+nhất(?:\s+là)?(?:\s+sau)?"
    r"|sau)\s+)(?:không\s+quá\s+)?\d{1,3}\s+(?:\([^)]{1,20}\)\s+)?(?:ngày|tháng|giờ)(?:\s+làm\s+việc)?"
    r"\s*,?\s*(?:kể\s+từ|tính\s+từ|từ|sau)\s+(?:ngày|khi|thời\s+điểm)[^,.;()]{1,60}",
    re.IGNORECASE,
)
_AT_AN_EVENT = re.compile(r"(?<!\w)khi\s+(?:tổng\s+kết|kết\s+thúc|sơ\s+kết)\s[^,.;()]{1,60}", re.IGNORECASE)
_CONTINUOUS = re.compile(
    r"(?<!chi )(?<!phí )(?<!sách )(?<!vụ )(?<!đạo )(?<!chế độ )(?<!không )(?<!động )(?<!tư )(?<!nguồn"
    r" )(?<!trú )(?<!trợ )(?<!cáo )(?<!\w)"
    r"thường\s+xuyên(?:\s*,\s*liên\s+tục)?(?!\s+của|\s+và\s+(?:đầu\s+tư|không)|-|\w)",
    re.IGNORECASE,
)
_PERIODIC = re.compile(
    r"(?<!\w)định\s+kỳ(?:\s+\d{1,2}\s+(?:năm|tháng|tuần|quý)\s*/\s*(?:0?1\s+)?lần)?(?:\s*(?:,|và|hoặc|/)\s*(?:báo\s+cáo\s+)?đột\s+xuất)?(?!\w)"
    r"|(?<!\w)đột\s+xuất\s*(?:,|và|hoặc)\s*định\s+kỳ(?!\w)",
    re.IGNORECASE,
)
# "Kiểm tra công tác gia đình tại 06 xã (tháng 8 - 10/2025)": the time alone in a bracket at the end.
_LAST_BRACKET = re.compile(
    r"\((?P<words>(?:dự\s+kiến\s+)?(?:trong\s+)?(?:(?:quý|quí)\s+[IV1-4]|tháng\s+\d|ngày\s+\d{1,2}\s?[/-]|\d{1,2}/\d{1,2}/20)"
    r"[^()]{0,60})\)[.;]?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”“]{0,600}”|\"[^\"]{0,600}\"|«[^»«]{0,600}»")
# "dự toán hằng năm" is a kind of estimate, "đánh giá cán bộ hằng năm" a kind of rating.
_OF_A_NOUN = re.compile(
    r"(?:dự\s+toán|kế\s+hoạch|chỉ\s+tiêu|cán\s+bộ|chương\s+trình|nhiệm\s+vụ|xếp\s+loại|viên\s+chức"
    r"|lao\s+động|hợp\s+đồng|phát\s+triển|công\s+tác)(?:\s+[^\s,;.()]+){0,8}\s+$",
    re.IGNORECASE,
)
# "…, 6 tháng (trước ngày 16/6), tổng kết năm (trước ngày 20/11 hằng năm)" goes on after the first bracket.
_MORE_STEPS = re.compile(
    rf"(?:\s*(?:,\s*và|,|;|và)\s*{_STEP}(?!\w)(?:\s*\([^()]{{0,60}}\))?)+", re.IGNORECASE
)
_BARE_INTERVAL = re.compile(rf"{_EVERY}\s", re.IGNORECASE)
_AND_STAGES = re.compile(
    r"\s*(?:,|và|hoặc)\s*(?:từng\s+|theo\s+)?(?:giai\s+đoạn|0?5\s+năm|trung\s+hạn|nhiệm\s+kỳ)", re.IGNORECASE
)

# Most sentences set no deadline. A look for the words without which a pattern cannot match costs a
# hundredth of trying it at every place of the sentence.
_DIGIT = re.compile(r"\d")
_WORDS_OF_TIME = ("ngày", "tháng", "năm", "quý", "quí", "tuần", "kỳ", "thường", "khi ", "lần", "đột")
_CUES_OF_RULES = ("hằng", "hàng", "mỗi", "từng", "định kỳ", "lần", "cuối")
_CUES_OF_YEARS = tuple(
    f"{word} năm" for word in ("hết", "cuối", "trong", "trước", "vào", "đến", "đầu", "thành")
)


def find_due(text: str, *, period: Period | None, signed: date | None) -> Due | None:
    """The deadline that running text sets for what it orders; None where it sets none.

    Days of cited documents and years in names are no deadlines. A named day or interval is taken
    before "thường xuyên", that before a bare "định kỳ"; of two of a kind the first.
    """
    lowered = text.lower()
    if _DIGIT.search(text) is None and not any(word in lowered for word in _WORDS_OF_TIME):
        return None
    masked = _without_citations(text)
    lowered = masked.lower()
    named: list[_Named] = []
    if any(word in lowered for word in _CUES_OF_RULES):
        named += _rules(masked)
    named += _dated(masked, lowered, period, signed)
    if named:
        start, end, day, recurrence = min(named, key=lambda item: (item[0], -item[1]))
        return Due(text[start:end].strip(" ,("), day, recurrence)
    bracket = _LAST_BRACKET.search(masked) if masked.endswith((")", ").", ");")) else None
    if bracket is not None:
        return parse_due(bracket["words"], period=period, signed=signed)
    for pattern, cues in ((_AFTER_RECEIPT, (" từ ", " sau ")), (_AT_AN_EVENT, ("khi ",))):
        match = pattern.search(masked) if any(cue in lowered for cue in cues) else None
        if match is not None:
            return Due(text[match.start() : match.end()].strip(), None, None)
    continuous = _CONTINUOUS.search(masked) if "thường" in lowered else None
    if continuous is not None:
        return Due(text[continuous.start() : continuous.end()], None, "continuous")
    periodic = _PERIODIC.search(masked)
    return None if periodic is None else Due(text[periodic.start() : periodic.end()], None, None)


def parse_due(text: str, *, period: Period | None, signed: date | None) -> Due | None:
    """The deadline that a line "Thời gian thực hiện: …" or a table cell gives; None where it is blank."""
    words = text.strip(" .;,:")
    if not any(letter.isalnum() for letter in words):
        return None
    recurrence = _first_recurrence(words)
    if recurrence is not None or _PERIODIC.search(words):
        return Due(words, None, recurrence)
    return Due(words, _last_day(words, period, signed), None)


def _without_citations(text: str) -> str:
    """`text`, same length, with the documents it cites and what it quotes blanked out."""
    masked = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    pieces, position = [], 0
    for reference in find_references(text):
        pieces += [masked[position : reference.start], "\x00" * (reference.end - reference.start)]
        position = reference.end
    return "".join([*pieces, masked[position:]])


_Named = tuple[int, int, date | None, Recurrence | None]


def _rules(text: str) -> Iterator[_Named]:
    for match in _RULES.finditer(text):
        before = text[max(0, match.start() - 90) : match.start()]
        bare = _BARE_INTERVAL.match(match[0])
        if _AND_STAGES.match(text, match.end()) or (bare and _OF_A_NOUN.search(before)):
            continue
        end = match.end()
        if text[match.start() : end].count("(") > text[match.start() : end].count(")"):
            close = text.find(")", end, end + 60)
            end = close + 1 if close >= 0 else end
        more = _MORE_STEPS.match(text, end)
        yield match.start(), end if more is None else more.end(), None, recurrence_of(match[0])


def _dated(text: str, lowered: str, period: Period | None, signed: date | None) -> Iterator[_Named]:
    has_digit = _DIGIT.search(text) is not None
    for match in _DAYS.finditer(text) if has_digit else ():
        day = _day(match["day"], period, signed)
        # "trước 01/01/2025" in a plan of November 2025 tells of the past, unless it says what is to be done.
        if (
            day is None
            or signed is None
            or day >= signed
            or _TO_BE_DONE.search(text, max(0, match.start() - 80), match.end("cue"))
        ):
            yield match.start(), match.end(), day, None
    for match in _MONTHS.finditer(text) if has_digit and "tháng " in lowered else ():
        yield match.start(), match.end(), _end_of_month(match, period, signed), None
    for match in _QUARTERS.finditer(text) if "quý" in lowered or "quí" in lowered else ():
        if match["year"] or match["year2"] or match["cue"]:
            yield match.start(), match.end(), _end_of_quarter(match, period, signed), None
    for match in _YEARS.finditer(text) if any(word in lowered for word in _CUES_OF_YEARS) else ():
        year = _year(match["year"], period, signed)
        day = None if year is None else _end_of_year(year, match["half"], match[0])
        if _is_the_plans_own(match, year, period) and not text[: match.start()].lower().endswith("thành "):
            continue
        yield match.start(), match.end(), day, None


def _is_the_plans_own(match: re.Match[str], year: int | None, period: Period | None) -> bool:
    """Whether "trong năm 2025" stands in the plan for 2025, where it sets nothing."""
    return (
        match[0].lower().startswith("trong năm")
        and period is not None
        and period.first.year == period.last.year == year
    )


_RECURRENCES: tuple[tuple[re.Pattern[str], Recurrence], ...] = (
    (re.compile(r"(?:0?6|sáu)\s+tháng|nửa\s+năm", re.IGNORECASE), "half-yearly"),
    (
        re.compile(
            rf"tháng\s+cuối(?:\s+\w+){{0,2}}\s+{_Q}|(?:0?3|ba)\s+tháng|(?<!\w){_Q}(?!\w)", re.IGNORECASE
        ),
        "quarterly",
    ),
    (re.compile(r"(?<!\w)tuần(?!\w)", re.IGNORECASE), "weekly"),
    (re.compile(r"(?<!\d\s)(?<!0\d\s)(?<!\w)tháng(?!\s+\d(?!\d?\s+lần)|\w)", re.IGNORECASE), "monthly"),
    (re.compile(r"(?<!thứ\s)(?<!\w)năm(?!\s+\d(?!\d?\s+lần)|\w)", re.IGNORECASE), "yearly"),
)


def recurrence_of(words: str) -> Recurrence | None:
    """The interval that words like "định kỳ 6 tháng, hằng năm" name first; None where they name none."""
    found = [
        (match.start(), -len(match[0]), recurrence)
        for pattern, recurrence in _RECURRENCES
        if (match := pattern.search(words)) is not None
    ]
    return min(found)[2] if found else None


def _first_recurrence(words: str) -> Recurrence | None:
    found: list[tuple[int, Recurrence]] = []
    rule = _RULES.search(words)
    if rule is not None and (recurrence := recurrence_of(rule[0])) is not None:
        found.append((rule.start(), recurrence))
    continuous = re.search(r"thường\s+xuyên|liên\s+tục", words, re.IGNORECASE)
    if continuous is not None:
        found.append((continuous.start(), "continuous"))
    return min(found)[1] if found else None


# "Từ tháng 11/2025 đến khi kết thúc Tổng kiểm kê": the first day is named, and the last is not known.
_TO_AN_EVENT = re.compile(
    rf"^từ\s+(?:ngày\s+)?(?:{_MONTH_DAY})$|đến\s+(?:khi|lúc|hết\s+đợt)(?!\w)", re.IGNORECASE
)
_YEAR_ALONE = re.compile(r"(?<![\d/])(20\d\d)(?!\d)")
_MONTH_AND_YEAR = re.compile(r"(?<![\d/])(\d{1,2})\s?[/-]\s?(20\d\d)(?!\d)")
_MONTH_ALONE = re.compile(
    r"(?:tháng|T)\s*(?:\d{1,2}\s*(?:-|–|,|và|đến)\s*)?(\d{1,2})(?!\d|\s+tháng)(?:\s?[/-]\s?(20\d\d)"
    r"|\s+năm\s+(20\d\d))?",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(rf"(?<![\d/.])(?<!tuần\s)(?:{_MONTH_DAY})(?![\d/])", re.IGNORECASE)
_HALF = re.compile(r"6\s+tháng\s+(đầu|cuối)\s+năm|(đầu|cuối)\s+năm", re.IGNORECASE)


def _last_day(words: str, period: Period | None, signed: date | None) -> date | None:
    """The latest day that the value names, by the finest thing it names: day, month, quarter, half, year."""
    if _TO_AN_EVENT.search(words):
        return None
    days: list[date | None] = []
    days += [
        _day(match[0], period, signed)
        for match in _DAY_ALONE.finditer(words)
        if not _MONTH_AND_YEAR.fullmatch(match[0])
    ]
    years = [int(year) for year in _YEAR_ALONE.findall(words)]
    if not any(days):
        for match in _MONTH_ALONE.finditer(words):
            year = match[2] or match[3] or (str(years[-1]) if years else None)
            days.append(_month_end(int(match[1]), _year(year, period, signed)))
        days += [_month_end(int(match[1]), int(match[2])) for match in _MONTH_AND_YEAR.finditer(words)]
        only = years[-1] if years else None
        days += [_end_of_quarter(match, period, signed, only) for match in _QUARTERS.finditer(words)]
    if not any(days):
        half = _HALF.search(words)
        if half is not None:
            year_number = _year(str(years[-1]) if years else None, period, signed)
            if year_number is not None:
                days.append(date(year_number, 6, 30) if half[1] == "đầu" else date(year_number, 12, 31))
        elif years and not re.search(r"tiếp\s+theo", words, re.IGNORECASE):
            before = re.match(r"trước\s+năm", words, re.IGNORECASE)
            days.append(date(max(years) - (1 if before else 0), 12, 31))
        elif re.search(r"(?:trong|cả|hết)\s+năm", words, re.IGNORECASE) and (
            only := _year(None, period, signed)
        ):
            days.append(date(only, 12, 31))
    known = [day for day in days if day is not None]
    return max(known) if known else None


def _day(words: str, period: Period | None, signed: date | None) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if len(numbers) == 3:
        return make_day(numbers[2], numbers[1], numbers[0])
    year = _year(None, period, signed)
    if year is None or len(numbers) != 2:
        return None
    day = make_day(year, numbers[1], numbers[0])
    if day is not None and signed is not None and day < signed and not _one_year(period):
        return make_day(year + 1, numbers[1], numbers[0])
    return day


def _one_year(period: Period | None) -> bool:
    return period is not None and period.first.year == period.last.year


def _year(written: str | None, period: Period | None, signed: date | None) -> int | None:
    """The year written, else the plan's own, else the year of signing."""
    if written:
        return int(written)
    if period is not None and (_one_year(period) or signed is None):
        return period.first.year
    if signed is not None:
        return signed.year
    return None


def _month_end(month: int, year: int | None) -> date | None:
    return end_of_month(year, month) if year is not None and 1 <= month <= 12 and 1 <= year <= 9999 else None


def _end_of_month(match: re.Match[str], period: Period | None, signed: date | None) -> date | None:
    year = _year(match["year"] or match["year2"], period, signed)
    month = int(match["month"])
    if "trước" in match["cue"].lower() and year is not None:
        month -= 1
        if month == 0:
            month, year = 12, year - 1
    return _month_end(month, year)


def _end_of_quarter(
    match: re.Match[str], period: Period | None, signed: date | None, fallback: int | None = None
) -> date | None:
    written = match["year"] or match["year2"] or (str(fallback) if fallback else None)
    year = _year(written, period, signed)
    quarter = _ROMAN[(match["last"] or match["first"]).lower()]
    if "trước" in match["cue"].lower() and year is not None:
        quarter -= 1
        if quarter == 0:
            quarter, year = 4, year - 1
    return _month_end(quarter * 3, year)


def _end_of_year(year: int, half: str | None, words: str) -> date | None:
    if half == "đầu":
        return date(year, 6, 30)
    if re.search(r"trước\s+năm", words, re.IGNORECASE):
        return make_day(year - 1, 12, 31)
    return make_day(year, 12, 31)
