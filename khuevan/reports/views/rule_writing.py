"""Pages that write a version: its head, its units and recipients, its form part by part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.refusals import takes_only_posts
from khuevan.reports import actions
from khuevan.reports.actions.rule_form import FormPart
from khuevan.reports.actions.rule_form import rule_of as rule_of_part
from khuevan.reports.forms.rule_form import IndicatorForm, QuestionForm, SectionForm, sections_of
from khuevan.reports.forms.rules import HeadForm, RecipientForm, ReportersForm
from khuevan.reports.models import FormSection, Indicator, Question, ReportingRule, RuleRecipient
from khuevan.reports.permissions import check_can_set_up_reports
from khuevan.reports.presenters.rule_page import rule_page, section_rows
from khuevan.reports.queries.rules import indicators_of, refs_of_newest_plan
from khuevan.reports.rule_checks import problems_of_rule
from khuevan.reports.views.frame import add_errors, person_of, says_why, staff_page
from khuevan.reports.views.rule_access import rule_screen, rules_crumb, written_rule

PARTS: dict[str, type[FormPart]] = {
    "noi-nhan": RuleRecipient,
    "phan": FormSection,
    "chi-tieu": Indicator,
    "cau-hoi": Question,
}
TAKES = ["GET", "HEAD", "POST"]
# What the page of a part is called, new and there.
_HEADINGS = {
    "noi-nhan": (gettext_noop("New recipient"), gettext_noop("Edit the recipient")),
    "phan": (gettext_noop("New part of the form"), gettext_noop("Edit the part")),
    "chi-tieu": (gettext_noop("New indicator"), gettext_noop("Edit the indicator")),
    "cau-hoi": (gettext_noop("New question"), gettext_noop("Edit the question")),
}


@require_http_methods(TAKES)
@says_why
def new_rule(request: HttpRequest) -> HttpResponse:
    """Begins a rule with its head."""
    check_can_set_up_reports(person_of(request), clock.today())
    form = HeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept_head(request, form):
        return redirect("reports:rule_people", form.instance.pk)
    crumb = (request.path, _("New reporting rule"))
    return staff_page(request, "reports/rules/new.html", {"form": form}, rules_crumb(), crumb)


@require_http_methods(TAKES)
@says_why
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """What the version says besides its units, recipients and form."""
    rule = written_rule(request, pk)
    form = HeadForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid() and _kept_head(request, form):
        return redirect("reports:rule", rule.pk)
    shown = ReportingRule.objects.select_related("gatherer").get(pk=pk)
    return rule_screen(
        request,
        shown,
        "reports/rules/head.html",
        {"form": form},
        (request.path, pgettext("reporting rule", "Head")),
        tab="rule_head",
    )  # fmt: skip


def _kept_head(request: HttpRequest, form: HeadForm) -> bool:
    try:
        actions.keep_rule(by=person_of(request), rule=form.instance)
    except ValidationError as error:
        add_errors(form, error)
        return False
    messages.success(request, _("The head is saved."))
    return True


@require_http_methods(TAKES)
@says_why
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reports, and to whom."""
    rule = written_rule(request, pk)
    form = ReportersForm(request.POST if request.method == "POST" else None, rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_reporters(
                by=person_of(request),
                rule=rule,
                kinds=form.cleaned_data["kinds"],
                units=list(form.cleaned_data["units"]),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The units that report are saved."))
            return redirect(request.path)
    context = {"form": form, "page": rule_page(rule, clock.today())}
    crumb = (request.path, _("Units and recipients"))
    return rule_screen(request, rule, "reports/rules/people.html", context, crumb, tab="rule_people")


@require_safe
@says_why
def form_builder(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the version with all that can be done to it."""
    rule = written_rule(request, pk)
    context = {"sections": section_rows(rule), "problems": problems_of_rule(rule)}
    crumb = (request.path, pgettext("reporting rule", "Form"))
    return rule_screen(request, rule, "reports/rules/builder.html", context, crumb, tab="rule_form")


@require_http_methods(TAKES)
@says_why
def new_part(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Adds a recipient or a section to the version."""
    rule = written_rule(request, pk)
    item: FormPart
    if kind == "noi-nhan":
        item = RuleRecipient(rule=rule)
    elif kind == "phan":
        item = FormSection(rule=rule)
    else:
        raise Http404
    return _edited(request, item, rule, kind)


@require_http_methods(TAKES)
@says_why
def new_line(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Adds an indicator or a question to a section."""
    section = get_object_or_404(FormSection.objects.select_related("rule"), pk=pk)
    rule = written_rule(request, section.rule_id)
    item: FormPart
    if kind == "chi-tieu":
        item = Indicator(section=section)
    elif kind == "cau-hoi":
        item = Question(section=section)
    else:
        raise Http404
    return _edited(request, item, rule, kind)


@require_http_methods(TAKES)
@says_why
def part(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Edits a recipient, a section, an indicator or a question."""
    found = _part(kind, pk)
    return _edited(request, found, written_rule(request, rule_of_part(found).pk), kind)


@takes_only_posts
@says_why
def part_move(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Moves a part one place up or down."""
    found = _part(kind, pk)
    rule = written_rule(request, rule_of_part(found).pk)
    try:
        actions.move_part(by=person_of(request), part=found, up=request.POST.get("to") == "up")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{_home(rule, kind)}#{kind}-{pk}")


@require_http_methods(TAKES)
@says_why
def part_removal(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Asks whether the part is to go; on POST it goes."""
    found = _part(kind, pk)
    rule = written_rule(request, rule_of_part(found).pk)
    if request.method == "POST":
        try:
            actions.remove_part(by=person_of(request), part=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("“%(name)s” is removed.") % {"name": str(found)[:80]})
        return redirect(_home(rule, kind))
    context = {
        "heading": _("Remove “%(name)s”?") % {"name": found},
        "explanation": _removal_words(found),
        "button": _("Remove"),
        "cancel_url": _home(rule, kind),
    }
    return _asked(request, rule, context, kind)


def _edited(request: HttpRequest, item: FormPart, rule: ReportingRule, kind: str) -> HttpResponse:
    """The form of a part, new or there; saved by its own action."""
    is_new = item.pk is None
    form = _form(item, request.POST if request.method == "POST" else None, rule)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form.instance)
        except ValidationError as error:
            add_errors(form, _on_page(error))
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": str(form.instance)[:80]})
            if (
                is_new
                and "another" in request.POST
                and not isinstance(form.instance, FormSection | RuleRecipient)
            ):
                return redirect("reports:line_new", form.instance.section_id, kind)
            return redirect(f"{_home(rule, kind)}#{kind}-{form.instance.pk}")
    heading = _HEADINGS[kind][0 if is_new else 1]
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "is_new": is_new,
        "heading": _(heading),
        "cancel_url": _home(rule, kind),
        "refs": refs_of_newest_plan() if kind == "phan" else [],
        "others": [one for one in indicators_of(rule) if one.pk != item.pk] if kind == "chi-tieu" else [],
    }
    template = {"phan": "section", "chi-tieu": "indicator"}.get(kind, "part")
    home_label = _("Units and recipients") if kind == "noi-nhan" else pgettext("reporting rule", "Form")
    crumbs = ((_home(rule, kind), home_label), (request.path, context["heading"]))
    tab = "rule_people" if kind == "noi-nhan" else "rule_form"
    return rule_screen(request, rule, f"reports/rules/{template}.html", context, *crumbs, tab=tab)


def _form(item: FormPart, data: Any, rule: ReportingRule) -> Any:
    if isinstance(item, RuleRecipient):
        return RecipientForm(data, instance=item)
    if isinstance(item, FormSection):
        return SectionForm(data, instance=item)
    form: Any = IndicatorForm if isinstance(item, Indicator) else QuestionForm
    return form(data, instance=item, sections=sections_of(rule))


def _keep(request: HttpRequest, item: FormPart) -> None:
    by = person_of(request)
    if isinstance(item, RuleRecipient):
        actions.keep_recipient(by=by, recipient=item)
    elif isinstance(item, FormSection):
        actions.keep_section(by=by, section=item)
    elif isinstance(item, Indicator):
        actions.keep_indicator(by=by, indicator=item)
    else:
        actions.keep_question(by=by, question=item)


def _on_page(error: ValidationError) -> ValidationError:
    """The refusal by the names of the page's fields: what is counted is one field there."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError(
        {"counted" if name == "source_key" else name: errors for name, errors in error.error_dict.items()}
    )


def _asked(request: HttpRequest, rule: ReportingRule, context: dict[str, Any], kind: str) -> HttpResponse:
    tab = "rule_people" if kind == "noi-nhan" else "rule_form"
    crumb = (request.path, context["button"])
    return rule_screen(request, rule, "reports/rules/ask.html", context, crumb, tab=tab)


def _removal_words(item: FormPart) -> str:
    if isinstance(item, FormSection):
        return _("The part goes with its %(figures)s indicators and %(questions)s questions.") % {
            "figures": item.indicators.count(),
            "questions": item.questions.count(),
        }
    if isinstance(item, Indicator):
        return _("Formulas that read its code %(code)s have no value without it.") % {"code": item.code}
    return ""


def _home(rule: ReportingRule, kind: str) -> str:
    return reverse("reports:rule_people" if kind == "noi-nhan" else "reports:rule_form", args=[rule.pk])


def _part(kind: str, pk: int) -> FormPart:
    if kind not in PARTS:
        raise Http404
    to_rule = "rule" if kind in ("noi-nhan", "phan") else "section__rule"
    model: Any = PARTS[kind]
    found: FormPart = get_object_or_404(model.objects.select_related(to_rule), pk=pk)
    return found
