"""The numbered documents that a text names: type, symbol, date and issuer of each.

Symbols are those of Decree 30/2020/NĐ-CP (48/KH-UBND, 3679/STC-QLGCS), of legal normative documents
(16/2020/QĐ-UBND, 163/2024/QH15) and of Party bodies (57-KL/TW, 37-HD/BTGDVTW).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from khuevan.plain.official_documents.phrases.bodies import end_of_issuer
from khuevan.plain.official_documents.phrases.dates import DAY, read_day
from khuevan.plain.official_documents.phrases.letters import LOWER, UPPER


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A document as the text names it; `text[start:end]` of the searched text is `text`.

    `symbol` has no inner spaces; the number keeps its leading zeros. `type` is in sentence case.
    """

    text: str
    type: str | None
    symbol: str | None
    date: date | None
    issuer: str | None
    start: int
    end: int


# Each type of document, longest first where one name begins another, with the codes of its symbol.
_TYPES: tuple[tuple[str, str], ...] = (
    ("Văn bản hợp nhất", "VBHN"),
    ("Bộ luật", "QH"),
    ("Luật", "QH L"),
    ("Pháp lệnh", "UBTVQH PL"),
    ("Sắc lệnh", "SL"),
    ("Nghị quyết liên tịch", "NQLT"),
    ("Nghị quyết", "NQ QH UBTVQH"),
    ("Nghị định", "NĐ"),
    ("Quyết định", "QĐ"),
    ("Chỉ thị", "CT"),
    ("Thông tư liên tịch", "TTLT"),
    ("Thông tư", "TT TTLT"),
    ("Thông tri", "TT"),
    ("Thông cáo", "TC"),
    ("Thông báo kết luận", "TB"),
    ("Thông báo", "TB"),
    ("Quy chế phối hợp", "QC QCPH"),
    ("Quy chế", "QC"),
    ("Quy định", "QĐ QyĐ"),
    ("Hướng dẫn liên ngành", "HD HDLN"),
    ("Hướng dẫn", "HD"),
    ("Chương trình hành động", "CTr CTrHĐ CTHĐ"),
    ("Chương trình phối hợp", "CTr CTPH CTrPH"),
    ("Chương trình", "CTr"),
    ("Kế hoạch liên ngành", "KH KHLN"),
    ("Kế hoạch liên tịch", "KH KHLT"),
    ("Kế hoạch phối hợp", "KH KHPH"),
    ("Kế hoạch", "KH"),
    ("Phương án", "PA"),
    ("Đề án", "ĐA"),
    ("Dự án", "DA"),
    ("Báo cáo", "BC"),
    ("Biên bản", "BB"),
    ("Tờ trình", "TTr"),
    ("Hợp đồng", "HĐ"),
    ("Công văn", "CV"),
    ("Công điện", "CĐ"),
    ("Điện mật", ""),
    ("Văn bản", "CV"),
    ("Kết luận", "KL"),
    ("Bản ghi nhớ", "BGN"),
    ("Bản thỏa thuận", "BTT"),
    ("Giấy ủy quyền", "GUQ"),
    ("Giấy mời", "GM"),
    ("Giấy giới thiệu", "GGT"),
    ("Phiếu gửi", "PG"),
    ("Phiếu chuyển", "PC"),
    ("Phiếu trình", "PTr"),
    ("Phiếu báo", "PB"),
    ("Điều lệ", "ĐL"),
    ("Lệnh", "L"),
)
_CODES_OF = {name.lower(): frozenset(codes.split()) for name, codes in _TYPES}
_TYPE_NAMES = {name.lower(): name for name, _ in _TYPES}
_TYPE = "(?:" + "|".join(name.replace(" ", r"\s+") for name, _ in _TYPES) + ")"
_KNOWN_CODES = frozenset(code for _, codes in _TYPES for code in codes.split()) - {"L"}
_DASHED_CODES = "|".join(
    sorted((code for code in _KNOWN_CODES if not code.startswith("QH")), key=len, reverse=True)
)

_CAPITAL = "A-ZĐÂĂÊÔƠƯÁÀÍÓÚÝ"
_PART = rf"[{_CAPITAL}](?:[{_CAPITAL}0-9&.]|[a-zđ]{{1,2}}(?![{LOWER}])|,(?=[{_CAPITAL}]{{1,4}}&))*"
_LONG_PART = (
    rf"[{_CAPITAL}](?=[A-ZĐÂĂÊÔƠƯa-z0-9][A-ZĐÂĂÊÔƠƯa-z0-9&,.]*)(?:[{_CAPITAL}0-9&.]"
    rf"|[a-zđ]{{1,2}}(?![{LOWER}])|,(?=[{_CAPITAL}]{{1,4}}&))+"
)
# Two or more capitals, so that " - Sở Y tế" after a symbol is not taken into it.
_SPACED_PART = (
    rf"[{_CAPITAL}](?:[{_CAPITAL}0-9&.]+|[a-z]{{1,2}}[{_CAPITAL}])(?:[{_CAPITAL}0-9&.]"
    rf"|[a-z]{{1,2}}(?![{LOWER}]))*(?!\w)"
)
_SYMBOL = re.compile(
    r"(?<![\w/.–-])"
    r"(?P<number>\d{1,5}[a-zA-ZđĐ]?)"
    r"(?:"
    rf"\s?/\s?(?P<year>(?:19|20)\d\d)\s?[/-]\s?(?P<dated>{_LONG_PART})"
    rf"|\s?-\s?(?P<party>{_DASHED_CODES})(?=\s?[/-]|\W|$)(?P<partybody>\s?/\s?{_LONG_PART})?"
    rf"|\s?/\s?(?P<plain>(?:{_DASHED_CODES})(?=\s?[-/–]\s?[{_CAPITAL}]|\W|$)|{_LONG_PART}|[{_CAPITAL}](?=-))"
    r")"
    rf"(?P<tail>(?:[-/–](?:{_PART})|\s?[-/–]\s{{0,2}}(?:{_SPACED_PART}))*)"
)
# What every symbol holds; most paragraphs do not, and are spared the long pattern.
_MAY_HOLD_SYMBOL = re.compile(r"\d[a-zA-ZđĐ]?\s?[/-]")
_SPACES = re.compile(r"\s+")
_LEFT = 170
_TYPE_DIRECTLY = re.compile(
    rf"(?<!\w)(?P<type>{_TYPE})(?:\s+(?:hỏa\s+tốc|hoả\s+tốc|khẩn))?\s*:?\s*(?:số\s*(?:hiệu\s*)?:?\s*)?$",
    re.IGNORECASE,
)
_TYPE_BEFORE_NAME = re.compile(rf"(?<!\w)(?P<type>{_TYPE})(?!\w)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?<!\w)số\s*:?\s*$", re.IGNORECASE)
_NO_NAME = re.compile(r"[;:.()“”\"\[\]…]|\d")
_ONLY_A_JOIN = re.compile(r"\s*(?:[,;]\s*)?(?:(?:và|hoặc)\s+)?(?:(?:các\s+)?số\s*:?\s*)?$", re.IGNORECASE)
_DATE_AFTER = re.compile(
    rf"\s*[,(]?\s*(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?ngày\s+(?P<day>{DAY})", re.IGNORECASE
)
_ISSUER_AFTER = re.compile(r"\s*,?\s*(?:do|của)\s+", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?]\s")


def find_references(text: str) -> tuple[FoundReference, ...]:
    """Every numbered document named in `text`, in order, all mentions."""
    if _MAY_HOLD_SYMBOL.search(text) is None:
        return ()
    found: list[FoundReference] = []
    previous_end = 0
    position = 0
    while (match := _SYMBOL.search(text, position)) is not None:
        position = match.end()
        reference = _reference_at(text, match, previous_end, found[-1] if found else None)
        if reference is not None:
            found.append(reference)
            previous_end = position = max(reference.end, match.end())
    return tuple(found)


def _reference_at(
    text: str, match: re.Match[str], previous_end: int, previous: FoundReference | None
) -> FoundReference | None:
    left_start = max(previous_end, match.start() - _LEFT)
    left = text[left_start : match.start()]
    symbol = _symbol(match)
    code = _code(symbol)
    start, kind, issuer = _left_of(left, code, whole=left_start == previous_end, previous=previous)
    if kind is None and not _can_stand_alone(match, left):
        return None
    start += left_start
    end = match.end()
    day, end = _day_after(text, end)
    if issuer is None:
        issuer, after = _issuer_after(text, end)
        end = end if issuer is None else after
        if day is None and issuer is not None:
            day, end = _day_after(text, end)
    return FoundReference(text[start:end], kind, symbol, day, issuer, start, end)


def _symbol(match: re.Match[str]) -> str:
    """The symbol without inner spaces; a dash after the year (a slip) becomes the stroke that belongs."""
    if match["year"]:
        rest = match["dated"]
        symbol = f"{match['number']}/{match['year']}/{rest}{match['tail']}"
    else:
        symbol = match[0]
    return _SPACES.sub("", symbol).replace("–", "-").rstrip(".")


def _code(symbol: str) -> str | None:
    """The code of the document's type in its symbol: QĐ of 16/2020/QĐ-UBND, QH of 33/2024/QH15."""
    for part in re.split(r"[/-]", symbol)[1:]:
        bare = part.rstrip("0123456789.")
        if bare in _KNOWN_CODES:
            return bare
        if bare:
            break
    return None


def _can_stand_alone(match: re.Match[str], left: str) -> bool:
    """Whether what looks like a symbol is one without a type before it: "số 48/KH-UBND", "47/NQ-CP"."""
    if left.endswith(":"):
        return bool(_NUMBER_WORD.search(left))
    if left.endswith(",") and left[-2:-1].isdigit():
        return False
    code = _code(_symbol(match))
    if _NUMBER_WORD.search(left):
        return code is not None or bool(match["tail"]) or bool(match["party"])
    if code is None:
        return False
    return bool(match["year"] or match["partybody"] or (match["plain"] and match["tail"]))


def _left_of(
    left: str, code: str | None, *, whole: bool, previous: FoundReference | None
) -> tuple[int, str | None, str | None]:
    """Where the naming of the document begins in `left`, its type, and an issuer named before the number."""
    directly = _TYPE_DIRECTLY.search(left)
    if directly is not None:
        return directly.start(), _sentence_case(directly["type"]), None
    if whole and previous is not None and previous.type and _same_kind(previous, code):
        join = _ONLY_A_JOIN.match(left)
        number = _NUMBER_WORD.search(left)
        if join is not None or (number is not None and not _SENTENCE_ENDS.search(left)):
            start = number.start() if number is not None else len(left)
            return start, previous.type, None
    number = _NUMBER_WORD.search(left)
    if number is None:
        return len(left), None, None
    named = [
        match
        for match in _TYPE_BEFORE_NAME.finditer(left)
        if match.end() < number.start() and _is_name(match["type"], left[match.end() : number.start()])
    ]
    fitting = [match for match in named if code in _CODES_OF[_key(match["type"])]] or named
    if not fitting:
        return number.start(), None, None
    chosen = fitting[-1]
    between = left[chosen.end() : number.start()]
    issuer = None
    of = _ISSUER_AFTER.match(between)
    if of is not None:
        end = end_of_issuer(between, of.end())
        if not between[end:].strip(" :") and end > of.end():
            issuer = between[of.end() : end]
    return chosen.start(), _sentence_case(chosen["type"]), issuer


def _is_name(kind: str, between: str) -> bool:
    """Whether `between` can be the rest of the document's name before "số": no mark, no figure."""
    if _NO_NAME.search(between.rstrip(" :")):
        return False
    if _key(kind) in {"luật", "bộ luật", "pháp lệnh"}:
        return True
    return "," not in between and len(between) < 80


def _same_kind(previous: FoundReference, code: str | None) -> bool:
    return code is not None and previous.symbol is not None and _code(previous.symbol) == code


def _day_after(text: str, end: int) -> tuple[date | None, int]:
    match = _DATE_AFTER.match(text, end)
    if match is None:
        return None, end
    return read_day(match["day"]), match.end()


def _issuer_after(text: str, end: int) -> tuple[str | None, int]:
    of = _ISSUER_AFTER.match(text, end)
    if of is None:
        return None, end
    issuer_end = end_of_issuer(text, of.end())
    if issuer_end <= of.end():
        return None, end
    return text[of.end() : issuer_end], issuer_end


def _key(kind: str) -> str:
    return _SPACES.sub(" ", kind).lower()


def _sentence_case(kind: str) -> str:
    return _TYPE_NAMES[_key(kind)]


_LEADER = (
    r"(?:Căn\s+cứ(?:\s+vào)?|(?:Tiếp\s+tục\s+)?[Tt]hực\s+hiện|Triển\s+khai(?:\s+thực\s+hiện)?|Tiếp\s+theo"
    r"|Theo|Xét|Theo\s+tinh\s+thần)"
)
_PROPOSAL = re.compile(
    r"(?:Theo|Xét|Trên\s+cơ\s+sở)\s+(?:đề\s+nghị|đề\s+xuất|tham\s+mưu|ý\s+kiến|Tờ\s+trình\s+của"
    r"|báo\s+cáo\s+của)",
    re.IGNORECASE,
)
_CLAUSE_OPENS = re.compile(rf"\s*(?:[-–+*•]\s*)?(?P<leader>{_LEADER})\s+(?:các\s+|những\s+)?", re.IGNORECASE)
_JOIN_BEFORE = re.compile(
    rf"(?P<mark>[;.,)”\"]|(?<!\w)và)\s+(?:và\s+)?(?P<leader>{_LEADER}\s+)?(?:(?:các|những)\s+)?$",
    re.IGNORECASE,
)
_BRACKET_CLOSES = re.compile(r"\)\s*,?\s*(?:và\s+)?(?:các\s+|những\s+)?$")
_LAW = re.compile(rf"(?<!\w)(?P<type>Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+(?=[{UPPER}]|sửa\s+đổi|nước)")
_LAW_ENDS = re.compile(
    r"[;.:()]|\s+và\s+(?=Luật|Bộ\s+luật|Pháp\s+lệnh|Nghị)|,\s*(?=Luật|Bộ\s+luật|Pháp\s+lệnh|Nghị|ngày)"
    r"|\s+ngày\s|\s+số\s"
)
_BODY = (
    r"(?:Ủy\s+ban|Uỷ\s+ban|UBND|HĐND|Hội\s+đồng|Sở|Bộ|Ban|Thành\s+[uủ][ỷy]|Tỉnh\s+[uủ][ỷy]|Chủ\s+tịch"
    r"|Thủ\s+tướng|Cục|Tổng\s+cục|Chi\s+cục"
    r"|Trung\s+tâm|Văn\s+phòng|Đảng\s+[uủ][ỷy]|Công\s+an|Chính\s+phủ|Liên\s+đoàn|Bảo\s+hiểm|Viện|Trường"
    r"|Phòng|Quận|Huyện|Thanh\s+tra)"
)
_ISSUES = re.compile(
    rf"(?P<mark>[;.,)”])\s+(?={_BODY}\b[^;:.]{{0,200}}?\s(?:ban\s+hành|xây\s+dựng|phát\s+động"
    rf"|triển\s+khai|tổ\s+chức|yêu\s+cầu|đề\s+nghị|báo\s+cáo"
    r"|thông\s+báo|hướng\s+dẫn|quyết\s+định|chỉ\s+thị|kế\s+hoạch|trình|lập|phối\s+hợp)(?!\w))"
)
_ALSO = re.compile(r",\s+(?:trên\s+cơ\s+sở|nhằm|để|nay)\s", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(rf"(?<=[{LOWER}]{{2}})\.\s+(?=[{UPPER}])|(?<=\d{{4}})\.\s+(?=[{UPPER}])")
_FINAL_MARKS = " .,;:…/"


def split_legal_bases(clause: str) -> tuple[FoundReference, ...]:
    """The documents that an opening clause gives as bases, in order; `text` is each one's part of the clause.

    Heads only: a document named in what another is about ("sửa đổi … của Thông tư số 55/2023/TT-BTC",
    "thực hiện Nghị quyết số 163/2024/QH15") is none. Laws need no number. The words with which
    the issuer goes on ("; Ủy ban nhân dân tỉnh ban hành Kế hoạch …") are left out. A clause that
    opens like a basis but names no document (Theo đề nghị của Giám đốc Sở …) is one entry with
    its text alone. A clause that neither opens like one nor names a document gives nothing.
    """
    opening = _CLAUSE_OPENS.match(clause)
    end = _end_of_bases(clause)
    heads: list[tuple[int, FoundReference]] = []
    nested = False
    for named in _named_documents(clause, end):
        before = clause[max(0, named.start - 60) : named.start]
        if opening is not None and named.start == opening.end():
            heads.append((named.start, named))
            continue
        join = _JOIN_BEFORE.search(before)
        if opening is None and not heads:
            if named.start == len(clause) - len(clause.lstrip()) or (join is not None and join["leader"]):
                heads.append((named.start, named))
            continue
        if not heads:
            # "Theo đề nghị của Sở Tài chính tại Công văn số …": the letter is the base, the Sở its issuer.
            heads.append((named.start, named))
            continue
        if join is None:
            nested = True
        elif join["mark"] in ";." or join["leader"] or not nested or _BRACKET_CLOSES.search(before):
            heads.append((named.start, named))
            nested = False
    if not heads:
        if opening is None:
            return ()
        start = _start_without_leader(clause, opening)
        text = _until_mark(clause, start, end)
        return (FoundReference(text, None, None, None, None, start, start + len(text)),) if text else ()
    if opening is not None and _PROPOSAL.match(clause, opening.start("leader")):
        heads = [(start, _with_proposer(clause, opening, named)) for start, named in heads]
    bounds = [start for start, _ in heads[1:]] + [end]
    return tuple(
        _base(clause, start, bound, named) for (start, named), bound in zip(heads, bounds, strict=True)
    )


def _end_of_bases(clause: str) -> int:
    """Where the issuer's own words begin ("…; Ủy ban nhân dân tỉnh ban hành Kế hoạch …")."""
    issues = _ISSUES.search(clause)
    if issues is None:
        return len(clause)
    return issues.end() if issues["mark"] in ")”" else issues.start()


def _named_documents(clause: str, end: int) -> list[FoundReference]:
    """Numbered documents and laws by name alone, before `end`, in order."""
    numbered = [found for found in find_references(clause) if found.start < end]
    named = list(numbered)
    position = 0
    while (match := _LAW.search(clause, position, end)) is not None:
        position = match.end()
        if any(found.start <= match.start() < found.end for found in numbered):
            continue
        name_end = _LAW_ENDS.search(clause, match.end(), end)
        stop = name_end.start() if name_end is not None else end
        day, stop = _day_after(clause, stop)
        issuer, after = _issuer_after(clause, stop)
        stop = stop if issuer is None else after
        named.append(
            FoundReference(
                clause[match.start() : stop],
                _sentence_case_law(match["type"]),
                None,
                day,
                issuer,
                match.start(),
                stop,
            )
        )
    return sorted(named, key=lambda found: found.start)


def _sentence_case_law(kind: str) -> str:
    return _SPACES.sub(" ", kind).capitalize()


def _start_without_leader(clause: str, opening: re.Match[str]) -> int:
    """Where the basis begins: after "Căn cứ", but with the words "Theo đề nghị", which say what it is."""
    if _PROPOSAL.match(clause, opening.start("leader")):
        return opening.start("leader")
    return opening.end()


def _with_proposer(clause: str, opening: re.Match[str], named: FoundReference) -> FoundReference:
    """The document with the body that proposes as its issuer, where it names none itself."""
    if named.issuer is not None:
        return named
    of = clause.find(" của ", opening.start("leader"), named.start)
    if of < 0:
        return named
    start = of + len(" của ")
    end = end_of_issuer(clause, start)
    issuer = clause[start:end] if start < end <= named.start else None
    return FoundReference(named.text, named.type, named.symbol, named.date, issuer, named.start, named.end)


def _base(clause: str, start: int, bound: int, named: FoundReference) -> FoundReference:
    after = max(named.end, start)
    for cut in (_NEXT_SENTENCE.search(clause, after, bound), _ALSO.search(clause, after, bound)):
        if cut is not None:
            bound = min(bound, cut.start())
    text = _without_join(clause[start : max(bound, after)])
    return FoundReference(text, named.type, named.symbol, named.date, named.issuer, start, start + len(text))


_JOIN_AT_END = re.compile(
    rf"(?:[;,.]\s*|(?<!\s)\s+)(?:và\s*)?(?:{_LEADER}\s*)?(?:các\s*|những\s*)?$", re.IGNORECASE
)


def _without_join(text: str) -> str:
    text = text.rstrip()
    join = _JOIN_AT_END.search(text, max(0, len(text) - 60))
    return (text if join is None else text[: join.start()]).rstrip(_FINAL_MARKS)


def _until_mark(clause: str, start: int, end: int) -> str:
    sentence = _NEXT_SENTENCE.search(clause, start, end)
    return clause[start : end if sentence is None else sentence.start()].strip().rstrip(_FINAL_MARKS)
