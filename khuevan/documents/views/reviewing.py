"""Pages at which a draft is submitted, approved, returned, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.documents.actions import approve_step, return_step, submit_draft, take_back
from khuevan.documents.choices import DraftState, StepState
from khuevan.documents.forms.reviewing import ReasonForm, WordsForm, carried_out
from khuevan.documents.models import Draft, ReviewStep
from khuevan.documents.permissions import check_can_decide, check_can_write_draft
from khuevan.documents.presenters.checks import checks_view
from khuevan.documents.presenters.draft_places import PlaceUrls
from khuevan.documents.presenters.reviews import review_view, seat_in_words
from khuevan.documents.queries import visible_drafts
from khuevan.documents.review_permissions import check_can_take_back
from khuevan.documents.rules import checks_of
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.people.models import User


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A request for a page about one draft that the person reads."""

    request: HttpRequest
    person: User
    today: date
    draft: Draft

    def render(self, template: str, heading: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The page in the staff frame, below the draft."""
        frame = {"draft": self.draft, "heading": heading, "today": self.today}
        crumb = (self.draft.get_absolute_url(), str(self.draft)[:80])
        return staff_page(self.request, template, {**frame, **context}, crumb, ("", heading), status=status)

    def done(self, message: str) -> HttpResponse:
        """Back to the draft's page, which says what was done."""
        messages.success(self.request, message)
        return redirect(self.draft.get_absolute_url())

    def sent(self) -> Any:
        """What a form was sent with; None where the page is only looked at."""
        return self.request.POST if self.request.method == "POST" else None


def draft_page(request: HttpRequest, pk: int) -> DraftPage:
    """The page about the draft; raises Http404 where there is none that the person reads."""
    person, today = person_of(request), clock.today()
    found = (
        visible_drafts(person, today)
        .filter(pk=pk)
        .select_related("type", "unit", "drafter", "signer", "document", "book__unit", "route")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such draft, or it belongs to another unit."))
    return DraftPage(request, person, today, found)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the way that the draft would take and what the checks find; on POST submits it."""
    page = draft_page(request, pk)
    check_can_write_draft(page.person, page.draft, page.today)
    form = WordsForm(page.sent())

    def deed() -> None:
        submit_draft(by=page.person, draft=page.draft, words=form.cleaned_data["words"])

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The draft is on its way: whoever decides first has been told."))
    context = {
        "form": form,
        "review": review_view(page.draft, page.person, page.today),
        "checks": checks_view(checks_of(page.draft, page.today), PlaceUrls(page.draft)),
        "may_confirm": True,
    }
    return page.render("documents/review/submit.html", _("Submit the draft"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more; on POST approves the draft at the person's seat."""
    page, step = _at_step(request, pk)
    form = WordsForm(page.sent(), initial={"seen_version": page.draft.version})
    form.fields["words"].label = _("Words with the approval (not needed)")

    def deed() -> None:
        approve_step(
            by=page.person,
            step=step,
            seen_version=form.cleaned_data.get("seen_version") or 0,
            words=form.cleaned_data["words"],
        )

    if request.method == "POST" and carried_out(form, deed):
        page.draft.refresh_from_db()
        if page.draft.state == DraftState.APPROVED:
            return page.done(_("The draft is approved and waits for its number."))
        return page.done(_("You have approved the draft; it is with the next seat now."))
    context = {
        "form": form,
        "seat": seat_in_words(step),
        "checks": checks_view(checks_of(page.draft, page.today)),
        "review": review_view(page.draft, page.person, page.today),
    }
    return page.render("documents/review/approve.html", _("Approve the draft"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks what is to be changed; on POST returns the draft to its drafter."""
    page, step = _at_step(request, pk)
    form = ReasonForm(
        page.sent(), label=_("What is to be changed"), missing=_("Say what is to be changed.")
    )  # fmt: skip

    def deed() -> None:
        return_step(by=page.person, step=step, reason=form.cleaned_data["reason"])

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The draft is back with %(drafter)s.") % {"drafter": page.draft.drafter.full_name})
    context = {
        "form": form,
        "explanation": _(
            "The drafter is told by mail. What was decided before stays readable; after the correction the draft "
            "passes its way anew."
        ),
        "button": _("Return the draft"),
    }
    return page.render("documents/review/form.html", _("Return the draft"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def take_draft_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more; on POST the draft is the drafter's to change again."""
    page = draft_page(request, pk)
    check_can_take_back(page.person, page.draft, page.today)
    decided = page.draft.review_steps.filter(
        round=page.draft.review_round, decided_by__isnull=False
    ).exists()  # fmt: skip
    form = ReasonForm(page.sent(), needed=decided)

    def deed() -> None:
        take_back(by=page.person, draft=page.draft, reason=form.cleaned_data["reason"])

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The draft can be changed again."))
    context = {
        "form": form,
        "explanation": _(
            "The draft leaves its way and can be changed. It passes every seat anew afterwards."
        ),
        "button": _("Take the draft back"),
    }
    return page.render("documents/review/form.html", _("Take the draft back"), context)


def _at_step(request: HttpRequest, pk: int) -> tuple[DraftPage, ReviewStep]:
    step = ReviewStep.objects.select_related("unit").filter(pk=pk).first()
    if step is None:
        raise Http404(_("There is no such draft, or it belongs to another unit."))
    page = draft_page(request, step.draft_id)
    step.draft = page.draft
    if step.state != StepState.CURRENT:
        raise PermissionDenied(
            _("This step is not waiting for a decision: it has been decided, or taken back.")
        )
    check_can_decide(page.person, step, page.today)
    return page, step
