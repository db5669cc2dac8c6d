"""A composed report as it will read, its words edited in place, and what differs from the version before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.plain.official_documents.writing.body_names import in_running_text
from khuevan.plain.reporting.markings import is_marked
from khuevan.reports.actions import (
    PassageChangedMeanwhile,
    WordsChangedMeanwhile,
    edit_english_summary,
    edit_passage,
    edit_report_words,
    move_passage,
)
from khuevan.reports.actions.passages import stamp_of
from khuevan.reports.actions.stamps import stamp_of_english, stamp_of_words
from khuevan.reports.choices import ReportState
from khuevan.reports.forms.composing import EnglishForm, PassageForm, WordsForm
from khuevan.reports.models import ComposedReport, FormSection, Passage, RuleRecipient
from khuevan.reports.permissions import can_gather, can_read_cycle, check_can_read_report
from khuevan.reports.presenters.report_page import chapters_on_page
from khuevan.reports.presenters.report_sheets import TABLES
from khuevan.reports.presenters.report_state import report_tags
from khuevan.reports.presenters.version_changes import changes_between
from khuevan.reports.queries.composed import changes_since, is_issued, versions_of
from khuevan.reports.queries.report_values import report_values
from khuevan.reports.views.frame import person_of, says_why, staff_page
from khuevan.reports.views.report_access import report_crumb, report_of, report_to_edit, reports_crumb


@require_safe
@says_why
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report; `?sua=<key>` opens one unit's words to edit."""
    return _page(request, report_of(request, pk))


@takes_only_posts
@says_why
def passage(request: HttpRequest, pk: int, passage: int) -> HttpResponseBase:
    """Saves a unit's words as the report says them, and leads back to where they stand.

    Where a colleague changed them meanwhile, what was typed stays in the field: saved once more, it replaces theirs.
    """
    found = report_to_edit(request, pk)
    words = _passage_of(found, passage)
    if words is None:
        return _gone(request, found)
    form = PassageForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            edit_passage(
                by=person_of(request),
                passage=words,
                text=values["text"],
                is_included=values["is_included"],
                seen=values["seen"],
            )
        except PassageChangedMeanwhile as error:
            form = PassageForm({**request.POST.dict(), "seen": stamp_of(error.passage)})
            form.add_error("text", sentences(error))
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{found.get_absolute_url()}#words-{words.pk}")
    return _page(request, found, (words.pk, form), status=422)


@takes_only_posts
@says_why
def passage_deed(request: HttpRequest, pk: int, passage: int, deed: str) -> HttpResponseBase:
    """Moves a unit's words up or down, leaves them out or takes them in."""
    found = report_to_edit(request, pk)
    words = _passage_of(found, passage)
    if words is None:
        return _gone(request, found)
    person = person_of(request)
    try:
        if deed in ("len", "xuong"):
            move_passage(by=person, passage=words, up=deed == "len")
        elif deed in ("bo-ra", "dua-vao"):
            takes_in = deed == "dua-vao"
            # Words that were emptied come back as the unit wrote them.
            text = words.text or (words.original if takes_in else "")
            edit_passage(by=person, passage=words, text=text, is_included=takes_in)
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, sentences(error))
    return redirect(f"{found.get_absolute_url()}#words-{words.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The department's own words: title, opening, assessment, what comes next.

    Where a colleague changed them meanwhile, theirs are shown beside what was typed.
    """
    found = report_to_edit(request, pk)
    initial = {name: getattr(found, name) for name in ("title", "opening", "assessment", "next_steps")}
    form = WordsForm(
        request.POST if request.method == "POST" else None, initial={**initial, "seen": stamp_of_words(found)}
    )
    theirs: list[tuple[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            edit_report_words(by=person_of(request), report=found, **form.cleaned_data)
        except WordsChangedMeanwhile as error:
            form = WordsForm({**request.POST.dict(), "seen": stamp_of_words(error.report)})
            form.add_error(None, sentences(error))
            theirs = [(str(form.fields[name].label), getattr(error.report, name)) for name in initial]
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("The report's words are saved."))
            return redirect(found)
    page = {"heading": _("The report's own words"), "button": _("Save"), "wide": True, "theirs": theirs}
    return deed_page(request, found, form, page)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def english(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the page to partners, in English."""
    found = report_to_edit(request, pk)
    initial = {
        "issuer": found.english_issuer,
        "words": found.english_words,
        "contact": found.english_contact,
    }
    stamp = stamp_of_english(found)
    form = EnglishForm(request.POST if request.method == "POST" else None, initial={**initial, "seen": stamp})
    theirs: list[tuple[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            edit_english_summary(by=person_of(request), report=found, **form.cleaned_data)
        except WordsChangedMeanwhile as error:
            form = EnglishForm({**request.POST.dict(), "seen": stamp_of_english(error.report)})
            form.add_error(None, sentences(error))
            theirs = [
                (str(form.fields[name].label), getattr(error.report, f"english_{name}")) for name in initial
            ]
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("The words of the English summary are saved."))
            return redirect("reports:report_english", found.pk)
    page = {
        "heading": _("English summary"),
        "explanation": _(
            "One page for partners: the figures that have an English name in the form, and these words."
        ),
        "button": _("Save"),
        "wide": True,
        "theirs": theirs,
        "download": reverse("reports:report_english_pdf", args=[found.pk]),
    }
    return deed_page(request, found, form, page)


@require_safe
@says_why
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What this version says other than the one that it corrects, figure by figure."""
    found = report_of(request, pk)
    if found.corrects is None:
        raise Http404(_("This version corrects none."))
    # What a draft said that was never issued is not told by what became of it.
    check_can_read_report(person_of(request), found.corrects, clock.today())
    context = {"report": found, "old": found.corrects, "changes": changes_between(found.corrects, found)}
    crumb = (request.path, _("What differs"))
    return staff_page(
        request, "reports/composing/changes.html", context, reports_crumb(), report_crumb(found), crumb
    )


def deed_page(
    request: HttpRequest, found: ComposedReport, form: forms.Form, page: dict[str, Any]
) -> HttpResponse:
    """The page that asks before something is done with a report."""
    context = {"report": found, "form": form, **page}
    return staff_page(
        request,
        "reports/composing/deed.html",
        context,
        reports_crumb(),
        report_crumb(found),
        (request.path, page["heading"]),
        status=422 if form.errors else 200,
    )


def _page(
    request: HttpRequest,
    found: ComposedReport,
    open_form: tuple[int, PassageForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    person, day = person_of(request), clock.today()
    sees_all = can_read_cycle(person, found.cycle, day)
    composes = can_gather(person, found.cycle.rule, day)
    edits = composes and found.state == ReportState.COMPOSED
    passages = list(Passage.objects.filter(report=found).select_related("question"))
    if edits and open_form is None:
        open_form = _wished_form(request, passages)
    values = report_values(found)
    versions = versions_of(found.cycle_id) if sees_all else []
    corrected_by = next((one for one in versions if one.corrects_id == found.pk), None)
    is_last = found.state != ReportState.DISCARDED and corrected_by is None
    context = {
        "report": found,
        "values": values,
        "tags": report_tags(found),
        "chapters": chapters_on_page(
            values,
            passages,
            section_ids=list(
                FormSection.objects.filter(rule=found.cycle.rule)
                .order_by("order", "pk")
                .values_list("pk", flat=True)
            ),
            issuer=_issuer(found),
            addressees=tuple(
                RuleRecipient.objects.filter(rule=found.cycle.rule, is_addressed=True).values_list(
                    "name", flat=True
                )
            ),
            open_form=open_form,
            with_left_out=sees_all,
        ),
        "without_value": [one for part in values.parts for one in part.figures if one.value is None],
        "incomplete": [one for part in values.parts for one in part.figures if one.missing],
        "changed": changes_since(found) if sees_all and is_last else (),
        "versions": versions if len(versions) > 1 else [],
        "corrected_by": corrected_by,
        "edits": edits,
        "composes": composes,
        "was_issued": is_issued(found),
        "corrects_issued": found.corrects is not None and is_issued(found.corrects),
        "may_correct": composes and found.state == ReportState.FROZEN and corrected_by is None,
        "sees_all": sees_all,
        "tables": TABLES,
    }
    return staff_page(
        request, "reports/composing/report.html", context, reports_crumb(), report_crumb(found), status=status
    )


def _issuer(report: ComposedReport) -> str:
    """Who reports, as the sentences name it: the body whose book its document has, else that of the gatherer."""
    gatherer = report.cycle.rule.gatherer
    unit = report.draft.book.unit if report.draft is not None else gatherer.parent or gatherer
    return in_running_text(unit.name)


def _wished_form(request: HttpRequest, passages: list[Passage]) -> tuple[int, PassageForm] | None:
    """The words that the address asks to edit, as a form; None where it asks for none of this report."""
    wished = request.GET.get("sua", "")
    one = next((each for each in passages if str(each.pk) == wished), None)
    if one is None:
        return None
    initial = {"text": one.text or one.original, "is_included": one.is_included, "seen": stamp_of(one)}
    return one.pk, PassageForm(initial=initial)


def _passage_of(report: ComposedReport, key: int) -> Passage | None:
    found: Passage | None = (
        Passage.objects.select_related("report__cycle__rule").filter(report=report, pk=key).first()
    )
    return found


def _gone(request: HttpRequest, report: ComposedReport) -> HttpResponseBase:
    """Words that a colleague's gathering replaced: what was typed is shown once more, so that nothing is lost."""
    typed = request.POST.get("text", "").strip()
    if is_marked(typed):
        # A message is kept until it is shown.
        typed = ""
    sentence = _("These words are no longer part of the report: the unit sent others, or took them back.")
    messages.error(request, f"{sentence} {_('You had written: %s') % typed}" if typed else sentence)
    return redirect(reverse("reports:report", args=[report.pk]))
