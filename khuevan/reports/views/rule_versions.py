"""Deeds with versions: begin the next one, put it in force, end a rule, discard what never held."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.core.refusals import takes_only_posts
from khuevan.reports import actions
from khuevan.reports.choices import RuleState
from khuevan.reports.forms.rules import DayForm
from khuevan.reports.models import ReportingRule
from khuevan.reports.permissions import check_can_set_up_reports
from khuevan.reports.presenters.rule_page import days_in_force
from khuevan.reports.queries.rules import versions_of
from khuevan.reports.rule_checks import problems_of_rule
from khuevan.reports.views.frame import person_of, says_why
from khuevan.reports.views.rule_access import rule_of, rule_screen, written_rule


@takes_only_posts
@says_why
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the next version, with all that this one says and asks."""
    check_can_set_up_reports(person_of(request), clock.today())
    rule = rule_of(request, pk)
    try:
        new = actions.begin_new_version(by=person_of(request), rule=rule)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reports:rule", rule.pk)
    words = _("Version %(version)s can be written now; nothing changes until it is put in force.")
    messages.success(request, words % {"version": new.version})
    return redirect("reports:rule_form", new.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """What still keeps the version from coming into force; where nothing does, the day from which it holds."""
    rule = written_rule(request, pk)
    form = DayForm(
        request.POST if request.method == "POST" else None,
        label=_("In force from"),
        initial={"day": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_in_force(by=person_of(request), rule=rule, valid_from=form.cleaned_data["day"])
        except ValidationError as error:
            _add(form, error, "valid_from")
        else:
            messages.success(request, _("Version %(version)s is in force.") % {"version": rule.version})
            return redirect("reports:rule", rule.pk)
    versions = versions_of(rule.code, with_written=False)
    before = versions.in_force if versions else None
    context = {
        "form": form,
        "problems": problems_of_rule(rule),
        "before": before,
        "before_since": days_in_force(before) if before else "",
    }
    crumb = (request.path, _("Put in force"))
    return rule_screen(request, rule, "reports/rules/in_force.html", context, crumb, tab="rule_in_force")


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a rule in force without another version to follow it."""
    check_can_set_up_reports(person_of(request), clock.today())
    rule = rule_of(request, pk)
    if rule.state != RuleState.IN_FORCE:
        return redirect("reports:rule", rule.pk)
    form = DayForm(
        request.POST if request.method == "POST" else None,
        label=_("In force until"),
        initial={"day": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_rule(by=person_of(request), rule=rule, valid_to=form.cleaned_data["day"])
        except ValidationError as error:
            _add(form, error, "valid_to")
        else:
            messages.success(request, _("The rule has ended."))
            return redirect("reports:rule", rule.pk)
    context = {
        "heading": _("End this reporting rule"),
        "explanation": _(
            "No new cycle opens under it. Cycles that are open go on, and reports that were made stay."
        ),
        "button": _("End the rule"),
        "form": form,
    }
    return _asked(request, rule, context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a version away that never was in force."""
    rule = written_rule(request, pk)
    if request.method == "POST":
        actions.discard_version(by=person_of(request), rule=rule)
        messages.success(request, _("The version is discarded."))
        return redirect("reports:rules")
    context = {
        "heading": _("Discard version %(version)s?") % {"version": rule.version},
        "explanation": _(
            "What is written of it is lost, with its form. The version in force stays as it is."
        ),
        "button": _("Discard the version"),
    }
    return _asked(request, rule, context)


def _asked(request: HttpRequest, rule: ReportingRule, context: dict[str, Any]) -> HttpResponse:
    crumb = (request.path, context["button"])
    more = {"cancel_url": rule.get_absolute_url()}
    return rule_screen(request, rule, "reports/rules/ask.html", {**more, **context}, crumb, tab="rule")


def _add(form: DayForm, error: ValidationError, field: str) -> None:
    """What is wrong with the day stands at the day, all else above."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error("day" if name == field else None, errors)
