"""Which version of a rule an address names, who may look at it, and the tabs of its pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.core import clock
from khuevan.reports.choices import RuleState
from khuevan.reports.models import ReportingRule
from khuevan.reports.permissions import can_set_up_reports, check_can_set_up_reports
from khuevan.reports.views.frame import Crumb, person_of, staff_page


def rule_of(request: HttpRequest, pk: int) -> ReportingRule:
    """The version. What is still being written is read by those who write it; all else by all staff."""
    rule: ReportingRule | None = ReportingRule.objects.select_related("gatherer").filter(pk=pk).first()
    if rule is None:
        raise Http404(_("There is no such reporting rule."))
    if rule.state == RuleState.WRITTEN:
        check_can_set_up_reports(person_of(request), clock.today())
    return rule


def written_rule(request: HttpRequest, pk: int) -> ReportingRule:
    """The version that the person edits; raises PermissionDenied with the reason where it was in force already."""
    check_can_set_up_reports(person_of(request), clock.today())
    rule = rule_of(request, pk)
    if rule.state != RuleState.WRITTEN:
        raise PermissionDenied(
            _("Version %(version)s has been in force and is not changed any more: begin a new version.")
            % {"version": rule.version}
        )
    return rule


def sets_up(request: HttpRequest) -> bool:
    """Whether the person writes rules."""
    return can_set_up_reports(person_of(request), clock.today())


def rules_crumb() -> Crumb:
    """The list of rules."""
    return reverse("reports:rules"), _("Reporting rules")


def rule_crumb(rule: ReportingRule) -> Crumb:
    """The version's own page."""
    return reverse("reports:rule", args=[rule.pk]), f"{rule.name} ({rule.version})"


def rule_tabs(rule: ReportingRule, *, may_write: bool) -> list[dict[str, Any]]:
    """The pages of a version: to read, and while it is written, to write and put in force."""
    names = [("rule", _("The rule"))]
    if may_write and rule.state == RuleState.WRITTEN:
        names += [
            ("rule_head", pgettext("reporting rule", "Head")),
            ("rule_people", _("Units and recipients")),
            ("rule_form", pgettext("reporting rule", "Form")),
            ("rule_in_force", _("Put in force")),
        ]
    tabs = [
        {"name": name, "label": label, "url": reverse(f"reports:{name}", args=[rule.pk])}
        for name, label in names
    ]
    return [
        *tabs,
        {"name": "targets", "label": _("Targets by year"), "url": reverse("reports:targets", args=[rule.code])},
    ]  # fmt: skip


def rule_screen(
    request: HttpRequest,
    rule: ReportingRule,
    template: str,
    context: dict[str, Any],
    *crumbs: Crumb,
    tab: str,
    status: int = 200,
) -> HttpResponse:
    """A page of the version in the frame: its head, its tabs with `tab` chosen, the template's own part."""
    head = {
        "rule": rule,
        "state": RuleState(rule.state).label,
        "is_written": rule.state == RuleState.WRITTEN,
        "may_write": sets_up(request),
        "tabs": [
            {**one, "chosen": one["name"] == tab} for one in rule_tabs(rule, may_write=sets_up(request))
        ],
    }
    trail = (rules_crumb(), rule_crumb(rule), *crumbs)
    return staff_page(request, template, {**head, **context}, *trail, status=status)
