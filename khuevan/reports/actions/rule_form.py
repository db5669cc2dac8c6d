"""Writes of a form that is being written: recipients, sections, indicators, questions, and their order."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from khuevan.core.actions import action
from khuevan.people.choices import UnitKind
from khuevan.people.models import User
from khuevan.reports.actions.rules import writable
from khuevan.reports.choices import FigureSource
from khuevan.reports.models import FormSection, Indicator, Question, ReportingRule, RuleRecipient
from khuevan.reports.rule_checks import (
    problem_of_code,
    problem_of_formula,
    problem_of_source,
    problem_of_type,
)
from khuevan.reports.secrecy import refuse_marked_record
from khuevan.reports.version_checks import problem_of_change

FormPart = RuleRecipient | FormSection | Indicator | Question


@action
def keep_recipient(*, by: User, recipient: RuleRecipient) -> RuleRecipient:
    """The recipient, last in the list where it is new."""
    _stays_in_its_rule(recipient, writable(by, recipient.rule))
    return cast("RuleRecipient", _kept(recipient, {"rule": recipient.rule}))


@action
def keep_section(*, by: User, section: FormSection) -> FormSection:
    """The part of the form, last where it is new."""
    _stays_in_its_rule(section, writable(by, section.rule))
    if set(section.asked_kinds) - set(UnitKind.values):
        raise ValidationError({"asked_kinds": _("Choose kinds of units from the list.")})
    return cast("FormSection", _kept(section, {"rule": section.rule}))


@action
def keep_indicator(*, by: User, indicator: Indicator) -> Indicator:
    """The indicator, last in its section where it is new there. Refused by field where it cannot be worked out."""
    rule = writable(by, indicator.section.rule)
    _stays_in_its_rule(indicator, rule)
    others = list(
        Indicator.objects.filter(section__rule=rule).exclude(pk=indicator.pk).select_related("section")
    )
    problems: dict[str, str] = {
        "code": problem_of_code(indicator.code),
        "source_key": problem_of_source(indicator),
        "type": problem_of_type(indicator),
        "formula": problem_of_formula(indicator, others),
    }
    changes = problem_of_change(indicator)
    problems |= {field: problem for field, problem in changes.items() if not problems.get(field)}
    if any(one.code == indicator.code for one in others):
        problems["code"] = _("Another indicator of this form has this code.")
    if indicator.source != FigureSource.COUNTED and (indicator.source_detail or indicator.within_section):
        problems["source_key"] = _("Only a counted figure is narrowed.")
    found = {field: [problem] for field, problem in problems.items() if problem}
    if found:
        raise ValidationError(found)
    return cast("Indicator", _kept(indicator, {"section": indicator.section}))


@action
def keep_question(*, by: User, question: Question) -> Question:
    """The question, last in its section where it is new there."""
    _stays_in_its_rule(question, writable(by, question.section.rule))
    return cast("Question", _kept(question, {"section": question.section}))


@action
def move_part(*, by: User, part: FormPart, up: bool) -> None:
    """Lets a recipient, section, indicator or question change places with the one above or below it."""
    writable(by, rule_of(part))
    beside: list[Any] = list(type(part).objects.filter(**_home(part)).order_by("order", "pk"))
    place = next((at for at, one in enumerate(beside) if one.pk == part.pk), None)
    if place is None:
        raise ValidationError(_("Somebody has taken this away meanwhile."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(beside):
        beside[place], beside[other] = beside[other], beside[place]
    for order, one in enumerate(beside, start=1):
        if one.order != order:
            one.order = order
            one.save()


@action
def remove_part(*, by: User, part: FormPart) -> None:
    """Takes away a recipient, an indicator, a question, or a section with all that it asks."""
    writable(by, rule_of(part))
    part.delete()


def rule_of(part: FormPart) -> ReportingRule:
    """The version that the part belongs to."""
    return part.rule if isinstance(part, RuleRecipient | FormSection) else part.section.rule


def _home(part: FormPart) -> dict[str, Any]:
    if isinstance(part, RuleRecipient | FormSection):
        return {"rule": part.rule_id}
    return {"section": part.section_id}


def _kept(part: Any, home: dict[str, Any]) -> Any:
    model = type(part)
    moved = part.pk is None or not model.objects.filter(pk=part.pk, **home).exists()
    if moved:
        part.order = (model.objects.filter(**home).aggregate(last=Max("order"))["last"] or 0) + 1
    part.full_clean()
    refuse_marked_record(part)
    part.save()
    return part


def _stays_in_its_rule(part: FormPart, rule: ReportingRule) -> None:
    """An indicator or question goes to another section, never to another version."""
    to_rule = "rule" if isinstance(part, RuleRecipient | FormSection) else "section__rule"
    if part.pk is not None and not type(part).objects.filter(pk=part.pk, **{to_rule: rule}).exists():
        raise ValidationError(_("This belongs to another version, or somebody has taken it away meanwhile."))
