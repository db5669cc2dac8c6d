"""What is wrong with a rule that is being written, as sentences: while it is kept, and before it comes into force."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from khuevan.plain.reporting.formulas import BadFormula, Term, codes_in, order_of, parsed
from khuevan.reports.choices import ContentKind, FigureSource, FigureType
from khuevan.reports.counting import counting_source
from khuevan.reports.formula_sentences import formula_sentence
from khuevan.reports.models import Indicator, ReportingRule
from khuevan.reports.queries.unit_forms import RuleForm, form_of_rule
from khuevan.reports.version_checks import problems_of_versions

CODE = re.compile(r"[a-z][a-z0-9_]*")


def problem_of_code(code: str) -> str:
    """Why this cannot be the code of an indicator; empty where it can."""
    if CODE.fullmatch(code):
        return ""
    return _(
        "A code has small letters without accents, digits and underscores, and begins with a letter: tin_tieng_anh."
    )


def problem_of_source(indicator: Indicator) -> str:
    """Why a counted indicator cannot be counted so; empty where it can, and for all that are not counted."""
    if indicator.source != FigureSource.COUNTED:
        return ""
    source = counting_source(indicator.source_key)
    if source is None:
        return _("“%(name)s”: the software counts nothing of this name: %(key)s.") % {
            "name": indicator.name, "key": indicator.source_key or "–",
        }  # fmt: skip
    if indicator.source_detail and indicator.source_detail not in {code for code, _words in source.details()}:
        return _("“%(name)s”: “%(source)s” cannot be narrowed to “%(detail)s”.") % {
            "name": indicator.name, "source": source.label, "detail": indicator.source_detail,
        }  # fmt: skip
    if indicator.within_section and not source.by_plan_section:
        return _("“%(name)s”: “%(source)s” is not counted by sections of the plan.") % {
            "name": indicator.name, "source": source.label,
        }  # fmt: skip
    if indicator.within_section and not indicator.section.plan_ref:
        return _(
            "“%(name)s” is counted in the plan's section only, but “%(section)s” names no section of the plan."
        ) % {"name": indicator.name, "section": indicator.section.heading}
    return ""


def problem_of_formula(indicator: Indicator, others: Iterable[Indicator]) -> str:
    """Why a formula yields nothing among the other indicators of its rule; empty where it does."""
    if indicator.source != FigureSource.COMPUTED:
        return ""
    beside = [one for one in others if one.pk != indicator.pk or one.pk is None]
    try:
        term = parsed(indicator.formula)
    except BadFormula as error:
        return _named(indicator, formula_sentence(error))
    missing = sorted(codes_in(term) - {one.code for one in beside} - {indicator.code})
    if missing:
        return _named(
            indicator, _("no indicator of this form has the code %(codes)s.") % {"codes": ", ".join(missing)}
        )
    circle = _circle(indicator.code, {**_formulas(beside), indicator.code: term})
    return _named(indicator, formula_sentence(circle)) if circle else ""


def problem_of_type(indicator: Indicator) -> str:
    """Why a figure of this type cannot be added up over the units; empty where it can."""
    if indicator.type != FigureType.PERCENT or indicator.source == FigureSource.COMPUTED:
        return ""
    return _(
        "“%(name)s”: rates of units cannot be added up. Ask for both figures that the rate is made of, and let a "
        "formula compute it: 100 * tin_tieng_anh / tong_tin."
    ) % {"name": indicator.name}


def problems_of_rule(rule: ReportingRule) -> list[str]:
    """Everything that keeps this version from coming into force, in the order in which a rule is written."""
    form = form_of_rule(rule)
    versions = problems_of_versions(rule, form.indicators)
    return [*_of_head(rule), *_of_people(rule), *_of_form(rule, form), *versions]


def _of_head(rule: ReportingRule) -> Iterable[str]:
    if not rule.content.strip():
        yield _("Say what the report contains.")
    if not rule.way.strip():
        yield _("Say by what way the report is sent.")


def _of_people(rule: ReportingRule) -> Iterable[str]:
    if not rule.reporter_kinds and not rule.reporters.exists():
        yield _("Name the units that report.")
    if not rule.recipients.exists():
        yield _("Name at least one recipient of the report.")


def _of_form(rule: ReportingRule, form: RuleForm) -> Iterable[str]:
    indicators = form.indicators
    questions = [one for _section, _indicators, found in form.sections for one in found]
    if not indicators and not questions:
        yield _("The form asks nothing: add an indicator or a question.")
    elif rule.content_kind == ContentKind.FIGURES and questions:
        yield _("The rule says that it consists of figures, but its form has questions.")
    elif rule.content_kind == ContentKind.WORDS and indicators:
        yield _("The rule says that it consists of words, but its form has indicators.")
    if indicators or questions:
        for section, found, asked in form.sections:
            if not found and not asked:
                yield _("The part “%(heading)s” asks nothing.") % {"heading": section.heading}
    for code, times in Counter(one.code for one in indicators).items():
        if times > 1:
            yield _("The code %(code)s stands %(times)s times in this form.") % {"code": code, "times": times}
    formulas = _formulas(indicators)
    told: set[str] = set()
    for indicator in indicators:
        if problem := problem_of_code(indicator.code):
            yield _named(indicator, problem)
        for problem in (problem_of_source(indicator), problem_of_type(indicator)):
            if problem:
                yield problem
        # Those that read one another in a circle say the same: once is enough.
        circle = _circle(indicator.code, formulas) if indicator.code in formulas else None
        codes = set(str(circle.values["circle"]).split(" → ")) if circle else set()
        if (problem := problem_of_formula(indicator, indicators)) and not codes & told:
            yield problem
        told |= codes


def _circle(code: str, formulas: dict[str, Term]) -> BadFormula | None:
    """The circle that the formula of this code is in or leads to; None where there is none."""
    reached: dict[str, Term] = {}
    ahead = [code]
    while ahead:
        one = ahead.pop()
        if one in formulas and one not in reached:
            reached[one] = formulas[one]
            ahead.extend(codes_in(formulas[one]))
    try:
        order_of(reached)
    except BadFormula as error:
        return error
    return None


def _formulas(indicators: Iterable[Indicator]) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for one in indicators:
        if one.source == FigureSource.COMPUTED:
            try:
                found[one.code] = parsed(one.formula)
            except BadFormula:
                continue
    return found


def _named(indicator: Indicator, problem: str) -> str:
    return f"“{indicator.name}”: {problem[:1].lower()}{problem[1:]}"
