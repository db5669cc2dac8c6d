"""The list of reporting rules, one version to read, and the targets of a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.reports import actions
from khuevan.reports.actions.targets import YEARS
from khuevan.reports.choices import RuleState
from khuevan.reports.forms.rule_form import TargetsForm
from khuevan.reports.models import ReportingRule
from khuevan.reports.permissions import check_can_set_up_reports
from khuevan.reports.presenters.rule_page import days_in_force, rule_page
from khuevan.reports.presenters.rule_sentences import deadline_in_words
from khuevan.reports.queries.rules import (
    RuleVersions,
    all_rules,
    indicators_of,
    targets_of_year,
    versions_of,
    years_with_targets,
)
from khuevan.reports.rule_checks import problems_of_rule
from khuevan.reports.views.frame import person_of, says_why, staff_page
from khuevan.reports.views.rule_access import rule_of, rule_screen, sets_up


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules: those in force, those that are only being written, those that ended."""
    may_write = sets_up(request)
    found = all_rules(with_written=may_write)
    groups = [
        (pgettext("reporting rule", "In force"), [one for one in found if one.in_force]),
        (_("Being written"), [one for one in found if not one.in_force and one.written]),
        (pgettext("reporting rule", "Ended"), [one for one in found if not one.in_force and not one.written]),
    ]
    context = {
        "groups": [
            {"label": label, "rows": [_row(one) for one in of_group]}
            for label, of_group in groups
            if of_group
        ],
        "may_write": may_write,
    }
    return staff_page(
        request, "reports/rules/list.html", context, (request.path, _("Reporting rules"))
    )  # fmt: skip


def _row(versions: RuleVersions) -> dict[str, Any]:
    rule = versions.leading
    written = versions.written
    return {
        "rule": rule,
        "since": days_in_force(rule),
        "deadline": deadline_in_words(rule.deadline_basis, rule.deadline_number),
        "written": written if written and written.pk != rule.pk else None,
    }


@require_safe
@says_why
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as Article 8 of the decree wants it said, with the days of the next period."""
    found = rule_of(request, pk)
    may_write = sets_up(request)
    versions = versions_of(found.code, with_written=may_write)
    others = [one for one in versions.versions if one.pk != found.pk] if versions else []
    written = versions.written if versions else None
    context = {
        "page": rule_page(found, clock.today()),
        "problems": problems_of_rule(found) if found.state == RuleState.WRITTEN else [],
        "others": [{"rule": one, "since": days_in_force(one)} for one in others],
        "written": written if written and written.pk != found.pk else None,
        "begins": may_write and written is None and _is_newest(found, versions),
        "ends": may_write and found.state == RuleState.IN_FORCE,
    }
    return rule_screen(request, found, "reports/rules/rule.html", context, tab="rule")


def _is_newest(found: ReportingRule, versions: RuleVersions | None) -> bool:
    return versions is not None and versions.leading.pk == found.pk


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def targets(request: HttpRequest, code: str) -> HttpResponse:
    """What plans want of the rule's indicators in a year: to read for all, to write for those who set up."""
    may_write = sets_up(request)
    versions = versions_of(code, with_written=may_write)
    if versions is None:
        raise Http404(_("There is no such reporting rule."))
    year = _year(request.GET.get("year", ""))
    leading = versions.leading
    indicators = indicators_of(leading)
    form = TargetsForm(
        request.POST if request.method == "POST" else None,
        indicators=indicators,
        held=targets_of_year(code, year),
    )
    if request.method == "POST":
        check_can_set_up_reports(person_of(request), clock.today())
        if form.is_valid() and _kept(request, code, year, form):
            return redirect(f"{reverse('reports:targets', args=[code])}?year={year}")
    years = years_with_targets(code)
    context = {
        "form": form,
        "rows": form.rows(),
        "held": targets_of_year(code, year),
        "year": year,
        "years": sorted({*years, year, clock.today().year}, reverse=True),
        "with_targets": years,
    }
    return rule_screen(
        request, leading, "reports/rules/targets.html", context, (request.path, _("Targets by year")), tab="targets"
    )  # fmt: skip


def _kept(request: HttpRequest, code: str, year: int, form: TargetsForm) -> bool:
    try:
        actions.keep_targets_of_year(by=person_of(request), rule_code=code, year=year, entries=form.entries)
    except ValidationError as error:
        for indicator, problems in error.message_dict.items():
            name = f"value_{indicator}"
            form.add_error(name if name in form.fields else None, problems)
        return False
    messages.success(request, _("The targets of %(year)s are saved.") % {"year": year})
    return True


def _year(text: str) -> int:
    """The year of the address, else this one."""
    if text.isdecimal() and len(text) == 4 and int(text) in YEARS:
        return int(text)
    return clock.today().year
