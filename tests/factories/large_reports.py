"""A cycle of a whole city, written straight into the tables: units that sent a year's figures with their records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from khuevan.core.recording import unaudited
from khuevan.documents.choices import Direction, DraftState
from khuevan.documents.models import Document
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.reports.choices import (
    CycleState,
    FigureSource,
    FigureType,
    Frequency,
    ReportState,
    UnitReportState,
)
from khuevan.reports.models import (
    ComposedReport,
    Cycle,
    FormSection,
    Indicator,
    Question,
    ReportFigure,
    ReportingRule,
    RuleRecipient,
    Target,
    UnitAnswer,
    UnitDifficulty,
    UnitFigure,
    UnitReport,
)
from tests.factories.documents import DraftFactory, NumberBookFactory, type_named
from tests.factories.people import PostFactory, UnitFactory, UserFactory
from tests.factories.reports import RuleFactory

SECTIONS = (
    "Thông tin chính thức về Thủ đô", "Quảng bá hình ảnh Hà Nội", "Hợp tác với báo chí nước ngoài",
    "Truyền thông trên nền tảng số", "Cổ động trực quan, sự kiện", "Bồi dưỡng nghiệp vụ",
)  # fmt: skip
NAMES = (
    "Tin, bài bằng tiếng nước ngoài", "Sản phẩm truyền thông", "Phim, phóng sự phát sóng",
    "Đoàn phóng viên được hỗ trợ", "Nhiệm vụ hoàn thành", "Nhiệm vụ đến hạn", "Tỷ lệ hoàn thành",
    "Kinh phí đã sử dụng", "Lượt cán bộ được bồi dưỡng", "Ấn phẩm phát hành",
)  # fmt: skip
CODE = "bc-nam"
COUNTED_PLACES = frozenset({4, 5})
RATE_PLACE, MONEY_PLACE = 6, 7


@dataclass(frozen=True)
class LargeCycle:
    """The cycle of 2025 with who gathers it; `sent` are the units that sent, in the tree's order."""

    cycle: Cycle
    planner: User
    division: Unit
    department: Unit
    sent: tuple[Unit, ...]


def large_cycle(units: int = 170, indicators: int = 60, records: int = 12, *, code: str = CODE) -> LargeCycle:
    """A year of so many units and indicators, held against 2024; every 21st unit has not sent.

    Indicators stand in six sections, by turns: entered, two of ten counted (each unit's figure with `records`
    records), one computed from those, one money. Every 13th entered figure is open. Every third unit answers the
    question of each section, every fifth names a difficulty.
    """
    department = UnitFactory(
        name="Sở Văn hóa và Thể thao thành phố Hà Nội", kind=UnitKind.DEPARTMENT, short_name="SVHTT"
    )
    division = UnitFactory(name="Phòng Kế hoạch – Tài chính", parent=department, short_name="KHTC")
    planner = UserFactory()
    PostFactory(person=planner, unit=division, role=Role.PLANNING_OFFICER)
    bodies = [
        UnitFactory(name=f"Ủy ban nhân dân phường số {place}", kind=UnitKind.WARD) for place in range(units)
    ]
    rule = RuleFactory(
        gatherer=division,
        code=code,
        name="Báo cáo công tác thông tin đối ngoại",
        english_name="External information of Hanoi",
        frequency=Frequency.YEAR,
        plan_title="Kế hoạch thông tin đối ngoại năm 2025",
        reporter_kinds=[UnitKind.WARD],
    )
    with unaudited("a test's own large cycle"):
        RuleRecipient.objects.create(rule=rule, name="UBND Thành phố", purpose="để b/c", is_addressed=True)
        form = _form(rule, indicators)
        cycle = _cycle(rule, planner, 2025)
        _last_year(rule, planner, department, form)
        reports = _reports(cycle, planner, bodies)
        sent = [one for one in reports if one.state == UnitReportState.SENT]
        _figures(sent, form, records)
        _words(rule, sent)
    by_id = {unit.pk: unit for unit in bodies}
    return LargeCycle(cycle, planner, division, department, tuple(by_id[one.unit_id] for one in sent))


def value_at(unit: int, place: int, records: int) -> Decimal | None:
    """What the unit (counted from 0 among those that sent) says for the indicator at the place."""
    kind = place % len(NAMES)
    if kind in COUNTED_PLACES:
        return Decimal(records)
    if kind == RATE_PLACE:
        return Decimal(100) if records else None
    if (unit + place) % 13 == 0:
        return None
    if kind == MONEY_PLACE:
        return Decimal((unit + 1) * 1_250_500)
    return Decimal((unit * 7 + place * 3) % 40)


def _form(rule: ReportingRule, count: int) -> list[Indicator]:
    sections = [
        FormSection.objects.create(rule=rule, heading=heading, plan_ref=f"II.{order}", order=order)
        for order, heading in enumerate(SECTIONS, 1)
    ]
    for section in sections:
        Question.objects.create(section=section, text="Kết quả nổi bật trong kỳ")
    each = -(-count // len(sections))
    made = []
    for place in range(count):
        kind = place % len(NAMES)
        computed, counted = kind == RATE_PLACE, kind in COUNTED_PLACES
        money = kind == MONEY_PLACE
        made.append(
            Indicator(
                section=sections[place // each],
                code=f"chi_tieu_{place}",
                name=NAMES[kind],
                english_name=f"Figure {place}",
                unit_of_measure="%" if computed else "đồng" if money else ("tin, bài", "lượt")[kind % 2],
                type=FigureType.PERCENT if computed else FigureType.MONEY if money else FigureType.COUNT,
                source=FigureSource.COMPUTED
                if computed
                else FigureSource.COUNTED
                if counted
                else FigureSource.ENTERED,
                source_key="programme.done" if counted else "",
                formula=f"100 * chi_tieu_{place - 2} / chi_tieu_{place - 1}" if computed else "",
                in_chart=kind < 4,
                order=place,
            )
        )
    Indicator.objects.bulk_create(made)
    return made


def _cycle(rule: ReportingRule, by: User, year: int) -> Cycle:
    made: Cycle = Cycle.objects.create(
        rule=rule,
        rule_code=rule.code,
        name=f"{rule.name} năm {year}",
        year=year,
        number=1,
        first_date=date(year - 1, 12, 15),
        last_date=date(year, 12, 14),
        due_date=date(year, 12, 16),
        closes_date=date(year, 12, 31),
        state=CycleState.OPEN,
        opened_at=_moment(year, 5),
        opened_by=by,
    )
    return made


def _moment(year: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, 12, day, 9))


def _last_year(rule: ReportingRule, by: User, department: Unit, form: list[Indicator]) -> None:
    """The issued report of 2024, whose figures are 100 and their places."""
    book = NumberBookFactory(unit=department)
    document = Document.objects.create(
        book=book, direction=Direction.OUT, title=rule.name, type=type_named("Báo cáo"),
        issued_date=date(2024, 12, 18), registered_at=_moment(2024, 18), registered_by=by,
    )  # fmt: skip
    report = ComposedReport.objects.create(
        cycle=_cycle(rule, by, 2024),
        state=ReportState.FROZEN,
        composed_at=_moment(2024, 17),
        composed_by=by,
        frozen_at=_moment(2024, 18),
        frozen_by=by,
        title=f"{rule.name} năm 2024",
        draft=DraftFactory(
            book=book,
            unit=department,
            drafter=by,
            document=document,
            state=DraftState.ISSUED,
            approved_version=1,
        ),
    )
    ReportFigure.objects.bulk_create(
        ReportFigure(
            report=report, section=one.section, code=one.code, name=one.name, type=one.type,
            value=Decimal(100 + place), order=place,
        )
        for place, one in enumerate(form)
    )  # fmt: skip
    Target.objects.bulk_create(
        Target(rule_code=rule.code, indicator_code=one.code, year=2025, value=Decimal(5_000))
        for one in form
        if one.type == FigureType.COUNT
    )


def _reports(cycle: Cycle, by: User, units: list[Unit]) -> list[UnitReport]:
    rows = [
        UnitReport(cycle=cycle, unit=unit)
        if place % 21 == 20
        else UnitReport(
            cycle=cycle, unit=unit, state=UnitReportState.SENT, sent_at=_moment(2025, 15), sent_by=by
        )
        for place, unit in enumerate(units)
    ]
    return list(UnitReport.objects.bulk_create(rows))


def _figures(reports: list[UnitReport], form: list[Indicator], records: int) -> None:
    days = [date(2025, 1, 2) + timedelta(days=27 * number % 340) for number in range(records)]

    def listed(unit: int) -> list[list[object]]:
        return [
            [
                "programme.instalment", unit * 1_000 + number,
                f"Tổ chức chương trình số {number} giới thiệu di sản với bạn bè quốc tế", day.isoformat(), "1",
            ]
            for number, day in enumerate(days)
        ]  # fmt: skip

    rows = []
    for unit, report in enumerate(reports):
        for place, indicator in enumerate(form):
            counted = place % len(NAMES) in COUNTED_PLACES
            value = value_at(unit, place, records)
            rows.append(
                UnitFigure(
                    report=report, indicator=indicator, value=value, known=value if counted else None,
                    records=listed(unit) if counted else [],
                )
            )  # fmt: skip
    UnitFigure.objects.bulk_create(rows, batch_size=500)


def _words(rule: ReportingRule, reports: list[UnitReport]) -> None:
    words = "Đã phối hợp với các cơ quan báo chí giới thiệu di sản, làng nghề và ẩm thực của địa phương."
    UnitAnswer.objects.bulk_create(
        UnitAnswer(report=report, question=question, text=words)
        for question in Question.objects.filter(section__rule=rule)
        for report in reports[::3]
    )
    UnitDifficulty.objects.bulk_create(
        UnitDifficulty(report=report, text="Thiếu người biên dịch.", asks_for="Tập huấn thêm")
        for report in reports[::5]
    )
