"""A rule that is being written: with a form of one section, ready to come into force."""

from __future__ import annotations

from typing import Any

from khuevan.core.recording import unaudited
from khuevan.people.models import Unit
from khuevan.reports.choices import FigureSource, Frequency, ReportKind, RuleState
from khuevan.reports.models import (
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    RuleRecipient,
    RuleReporter,
)

CODE = "bc-thang"


def indicator(section: FormSection, code: str, name: str = "", **fields: Any) -> Indicator:
    """An indicator of the section, entered unless `fields` say otherwise."""
    with unaudited("a factory"):
        made: Indicator = Indicator.objects.create(
            section=section, code=code, name=name or f"Chỉ tiêu {code}", **fields
        )
    return made


def counted(section: FormSection, code: str, key: str = "programme.done", **fields: Any) -> Indicator:
    """An indicator that the software counts."""
    return indicator(section, code, source=FigureSource.COUNTED, source_key=key, **fields)


def computed(section: FormSection, code: str, formula: str, **fields: Any) -> Indicator:
    """An indicator that is computed from others."""
    return indicator(section, code, source=FigureSource.COMPUTED, formula=formula, **fields)


def question(section: FormSection, text: str = "Kết quả nổi bật", **fields: Any) -> Question:
    """A question of the section."""
    with unaudited("a factory"):
        made: Question = Question.objects.create(section=section, text=text, **fields)
    return made


def section_of(rule: ReportingRule, heading: str = "Kết quả", **fields: Any) -> FormSection:
    """A section of the rule."""
    with unaudited("a factory"):
        made: FormSection = FormSection.objects.create(rule=rule, heading=heading, **fields)
    return made


def recipient_of(rule: ReportingRule, name: str = "UBND Thành phố", **fields: Any) -> RuleRecipient:
    """A recipient of the rule."""
    with unaudited("a factory"):
        made: RuleRecipient = RuleRecipient.objects.create(rule=rule, name=name, **fields)
    return made


def bare_rule(gatherer: Unit, **fields: Any) -> ReportingRule:
    """A monthly rule that is being written and says nothing yet."""
    values = {
        "code": CODE,
        "name": "Báo cáo tháng về thông tin đối ngoại",
        "kind": ReportKind.PERIODIC,
        "frequency": Frequency.MONTH,
        "state": RuleState.WRITTEN,
        "gatherer": gatherer,
    }
    with unaudited("a factory"):
        made: ReportingRule = ReportingRule.objects.create(**{**values, **fields})
    return made


def written_rule(gatherer: Unit, **fields: Any) -> ReportingRule:
    """The bare rule with all that it needs to come into force: the gatherer reports one figure to the city."""
    rule = bare_rule(
        gatherer, **{"content": "Tin, bài đã đăng trong tháng.", "way": "Trên phần mềm", **fields}
    )
    with unaudited("a factory"):
        RuleReporter.objects.create(rule=rule, unit=gatherer)
    recipient_of(rule, order=1)
    indicator(section_of(rule, order=1), "tin_bai", "Tin, bài đã đăng", order=1)
    return rule
