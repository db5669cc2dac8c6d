"""The report in sentences: chapters of paragraphs, in which every figure is a run with its indicator's code.

Pages make links of those runs, the official document prints them. What is missing is said: a comparison that no
figure has once for the whole report, one that only some lack at each of these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from khuevan.plain.calendar.reporting_periods import cut_offs
from khuevan.plain.reporting.figure_sentences import (
    MOST_NAMED,
    Against,
    Run,
    figure_runs,
    in_sentence,
    same_period,
)
from khuevan.plain.reporting.report import Figure, Part, Report, Words
from khuevan.plain.reporting.unit_words import ended, is_shortened, named, one_line, paragraphs_of

__all__ = ["Annexes", "Chapter", "Paragraph", "Run", "Said", "annexes_of", "narrative"]

# A little less than the cells that a draft may hold (`khuevan.documents.draft_content.DRAFT_LIMITS`).
MOST_CELLS: Final = 19_800
DECREE: Final = "Nghị định số 09/2019/NĐ-CP"
Kind = Literal["OPENING", "GENERAL", "PART", "DIFFICULTIES", "PROPOSALS", "ASSESSMENT", "NEXT", "CLOSING"]
HEADINGS: Final[dict[Kind, str]] = {
    "OPENING": "",
    "GENERAL": "Tình hình chung",
    "DIFFICULTIES": "Khó khăn, vướng mắc",
    "PROPOSALS": "Đề xuất, kiến nghị",
    "ASSESSMENT": "Đánh giá chung",
    "NEXT": "Nhiệm vụ trọng tâm kỳ tiếp theo",
    "CLOSING": "",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `is_point` where it is a point of a list (a dash in the document)."""

    runs: tuple[Run, ...]
    is_point: bool = False

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Said:
    """What units say to one question; each unit's words begin with a point that names it."""

    question: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What stands under one heading (empty for none). `part` is the place of the part in `report.parts`.

    `paragraphs` come before the part's table and chart, `said` behind them.
    """

    kind: Kind
    heading: str
    paragraphs: tuple[Paragraph, ...]
    part: int | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Annexes:
    """The labels of the annexes, empty where there is none: figures by unit, and lists of units without figures.

    `too_large` where the figures by unit are more than one document holds.
    """

    by_unit: str = ""
    units: str = ""
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who speaks, and of what."""

    report: Report
    issuer: str
    addressees: tuple[str, ...]
    annexes: Annexes
    against: Against = field(default_factory=Against)


def annexes_of(report: Report) -> Annexes:
    """The annexes that the report needs: Phụ lục where there is one, Phụ lục I and II where there are two."""
    cells = sum(map(_cells, report.parts)) + 2 * len(report.missing_units)
    by_unit = any(part.by_unit for part in report.parts) and cells <= MOST_CELLS
    units = is_shortened(report.missing_units) or any(
        is_shortened(one.missing, MOST_NAMED) for one in _figures(report)
    )
    return Annexes(
        ("Phụ lục I" if units else "Phụ lục") if by_unit else "",
        ("Phụ lục II" if by_unit else "Phụ lục") if units else "",
        any(part.by_unit for part in report.parts) and not by_unit,
    )


def _cells(part: Part) -> int:
    """How many cells the part's tables have at most, those by unit with ordinal and name again in each table."""
    figures = len(part.figures)
    return 11 * (figures + 1) + (len(part.by_unit) + 2) * (figures + 2 * -(-figures // 5))


def narrative(report: Report, issuer: str = "", addressees: tuple[str, ...] = ()) -> tuple[Chapter, ...]:
    """All chapters in the order of the report.

    `issuer` is who reports, as running text names it (Sở Văn hóa và Thể thao), and `addressees` to whom; without
    them the sentences do without.
    """
    annexes = annexes_of(report)
    voice = _Voice(report, issuer, addressees, annexes, _against(report, annexes))
    chapters = [_opening(voice), _general(voice)]
    chapters += [_part(voice, place, part) for place, part in enumerate(report.parts)]
    chapters.append(_difficulties(report))
    if said := _said_by(report.proposals):
        chapters.append(Chapter("PROPOSALS", HEADINGS["PROPOSALS"], said))
    chapters += _own_words("ASSESSMENT", report.assessment) + _own_words("NEXT", report.next_steps)
    return (*chapters, _closing(voice))


def subject_of(title: str) -> str:
    """What the report is about, without the words that its type says: công tác thông tin đối ngoại quý II."""
    words = one_line(title)
    return words[8:] if words.casefold().startswith("báo cáo ") else words


def _in_running_text(subject: str) -> str:
    """The subject within a sentence: kết quả công tác …, but Hà Nội …, whose second word is a name's too."""
    first, _space, rest = subject.partition(" ")
    is_name = first[1:] != first[1:].lower() or rest[:1] != rest[:1].lower()
    return subject if is_name else first.lower() + subject[len(first) :]


def _figures(report: Report) -> list[Figure]:
    return [figure for part in report.parts for figure in part.figures]


def _against(report: Report, annexes: Annexes) -> Against:
    """What each figure is held against: what no figure of the report knows is said once, not at each."""
    figures = _figures(report)
    known = [figure.comparison for figure in figures]
    before = in_sentence(report.period_before)
    last_year = same_period(report)
    sums = [figure.year_sum is not None for figure in figures if figure.type != "PERCENT"]
    return Against(
        # A report without a period has names only where somebody gave figures all the same.
        (before or "kỳ trước") if any(one.before is not None for one in known) else "",
        (last_year or "cùng kỳ năm trước")
        if any(one.last_year is not None for one in known) and report.period_last_year != report.period_before
        else "",
        any(sums) and not all(sums),
        annexes.units,
    )


def _plain(text: str, *, is_point: bool = False) -> Paragraph:
    return Paragraph((Run(text),), is_point)


def _opening(voice: _Voice) -> Chapter:
    """Which version is corrected, and what is reported."""
    report = voice.report
    said = []
    if report.corrects:
        said.append(f"Báo cáo này đính chính và thay thế {one_line(report.corrects)}.")
        if reason := one_line(report.correction_reason):
            said.append(f"Lý do đính chính: {ended(reason)}")
    who = f"{voice.issuer} báo cáo" if voice.issuer else "đơn vị báo cáo"
    about = f"{who} {_in_running_text(subject_of(report.title))} như sau:"
    plan = one_line(report.plan_title)
    said.append(f"Thực hiện {plan}, {about}" if plan else about[:1].upper() + about[1:])
    return Chapter("OPENING", "", tuple(_plain(each) for each in said))


def _general(voice: _Voice) -> Chapter:
    """The department's own words, then where the figures come from and what nobody knows."""
    words = [ended(each) for each in paragraphs_of(voice.report.opening)]
    found = [*words, _data(voice), *_not_sent(voice), *_said_once(voice)]
    if voice.annexes.by_unit:
        found.append(f"Số liệu của từng đơn vị nêu tại {voice.annexes.by_unit}.")
    if voice.annexes.too_large:
        # No file goes with the document by itself, so none is promised.
        found.append(
            "Số liệu của từng đơn vị nhiều hơn một phụ lục chứa được nên không kèm theo báo cáo này."
        )
    return Chapter("GENERAL", HEADINGS["GENERAL"], tuple(_plain(each) for each in found))


def _data(voice: _Voice) -> str:
    report = voice.report
    first, last = report.first, report.last
    days = (first.day, last.day)
    decreed = bool(report.period) and any(
        (one.from_day, one.to_day) == days and one.valid_from <= last for one in cut_offs()
    )
    by_decree = f" theo {DECREE}" if decreed else ""
    span = f"từ ngày {first.day}/{first.month}/{first.year} đến hết ngày {last.day}/{last.month}/{last.year}"
    sent = max(0, report.unit_count - len(report.missing_units))
    return f"Số liệu tính {span}{by_decree}; {sent}/{report.unit_count} đơn vị đã gửi báo cáo."


def _not_sent(voice: _Voice) -> list[str]:
    missing = voice.report.missing_units
    if not missing:
        return []
    names = named(missing, voice.annexes.units)
    return [f"Còn {len(missing)} đơn vị chưa gửi báo cáo, chưa có trong số liệu tổng hợp: {names}."]


def _said_once(voice: _Voice) -> list[str]:
    """What no figure is held against because nobody knows it."""
    report, against = voice.report, voice.against
    if not _figures(report) or not report.period:
        return []
    unknown = []
    if report.period_before and not against.before:
        unknown.append(in_sentence(report.period_before))
    if same_period(report) and not against.last_year:
        unknown.append(same_period(report))
    found = [f"Chưa có số liệu của {' và '.join(unknown)} để so sánh."] if unknown else []
    sums = [figure.year_sum for figure in _figures(report) if figure.type != "PERCENT"]
    if sums and all(one is None for one in sums):
        found.append("Chưa tính được số lũy kế từ đầu năm vì số liệu của các kỳ trong năm chưa đủ.")
    return found


def _part(voice: _Voice, place: int, part: Part) -> Chapter:
    points = tuple(Paragraph(figure_runs(figure, voice.against), is_point=True) for figure in part.figures)
    words = "Kết quả trong kỳ theo các chỉ tiêu:" if points else ""
    if ref := one_line(part.plan_ref):
        words = f"Nội dung này ứng với {_place_in_plan(ref)} của kế hoạch. {words}".strip()
    if not points and not part.answered:
        words = f"{words} Các đơn vị chưa gửi nội dung của phần này.".strip()
    said = tuple(Said(one_line(one.question), _said_by(one.words)) for one in part.answered if one.words)
    return Chapter(
        "PART", one_line(part.heading), (*((_plain(words),) if words else ()), *points), place, said
    )


def _place_in_plan(ref: str) -> str:
    """How officers name a section: mục II.2; for the third dash below it, gạch đầu dòng thứ 3 mục II.2."""
    section, dash, number = ref.partition(".-")
    return f"gạch đầu dòng thứ {number} mục {section}" if dash and number.isdigit() else f"mục {ref}"


def _said_by(words: tuple[Words, ...]) -> tuple[Paragraph, ...]:
    """Each unit's words, the unit named first; what goes on in further paragraphs stands below it."""
    found = []
    for one in words:
        paragraphs = [ended(each) for each in paragraphs_of(one.text)]
        if paragraphs:
            found.append(_plain(f"{one_line(one.unit)}: {paragraphs[0]}", is_point=True))
            found.extend(_plain(each) for each in paragraphs[1:])
    return tuple(found)


def _own_words(kind: Kind, text: str) -> list[Chapter]:
    """The department's words as a chapter; none where it wrote nothing. Several tasks are a list."""
    lines = paragraphs_of(text)
    is_list = kind == "NEXT" and len(lines) > 1
    words = tuple(_plain(ended(each), is_point=is_list) for each in lines)
    return [Chapter(kind, HEADINGS[kind], words)] if words else []


def _difficulties(report: Report) -> Chapter:
    said = _said_by(report.difficulties)
    none = _plain("Các đơn vị đã gửi báo cáo không nêu khó khăn, vướng mắc.")
    return Chapter("DIFFICULTIES", HEADINGS["DIFFICULTIES"], said or (none,))


def _closing(voice: _Voice) -> Chapter:
    """Trên đây là báo cáo …, Sở Văn hóa và Thể thao kính báo cáo Ủy ban nhân dân Thành phố./."""
    words = f"Trên đây là báo cáo {_in_running_text(subject_of(voice.report.title))}"
    if voice.issuer and voice.addressees:
        words += f", {voice.issuer} kính báo cáo {', '.join(voice.addressees)}"
    return Chapter("CLOSING", "", (_plain(f"{words}./."),))
