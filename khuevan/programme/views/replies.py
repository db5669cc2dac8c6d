"""An instalment's page, and what its unit's people send from there: drafts, reports, evidence."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.programme.actions import remove_evidence
from khuevan.programme.choices import OWED_STATES, Outcome, ReplyState
from khuevan.programme.models import Evidence, Reply
from khuevan.programme.permissions import check_can_reply
from khuevan.programme.presenters.replies import obstacle, waits_for
from khuevan.programme.reply_forms import ReplyForm, web_rows
from khuevan.programme.reply_queries import heads_at, replies_of
from khuevan.programme.reply_writing import (
    Meanwhile,
    discard_as_seen,
    keep_evidence,
    keep_words,
    seen_token,
    send_as_written,
    was_sent_already,
)
from khuevan.programme.views.access import says_why
from khuevan.programme.views.instalment_page import Typed, show_instalment
from khuevan.programme.views.reply_pages import PartPage, part_page, way_back


@require_safe
@says_why
def instalment(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit owes by this day, what it reported, and what the person may do about it."""
    return show_instalment(part_page(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the form of the unit's people: keeps what can be kept, then sends, searches or removes."""
    page = part_page(request, pk)
    check_can_reply(page.person, page.instalment.assignment, page.today)
    if request.method != "POST":
        return show_instalment(page)
    typed = Typed(
        ReplyForm(request.POST),
        words=request.POST.get("words", ""),
        finds=request.POST.get("do") == "find",
    )
    typed.form.is_valid()
    if obstacle(page.part) or page.instalment.state not in OWED_STATES:
        if was_sent_already(page.person, page.instalment, typed.form):
            return _sent_already(page)
        typed.too_late = True
        return show_instalment(page, typed, status=409)
    try:
        typed.writing = keep_words(page.person, page.instalment, typed.form, request.POST.get("seen", ""))
        if typed.writing.meanwhile is Meanwhile.TWICE:
            return _sent_already(page)
        keep_evidence(
            page.person,
            typed.writing,
            rows=web_rows(request.POST),
            files=request.FILES.getlist("files"),
            records=request.POST.getlist("record"),
        )
        if typed.writing.meanwhile is None and not typed.problems:
            _carry_out(page, typed)
    except ValidationError as error:
        typed.form.add_error(None, error)
    except Reply.DoesNotExist:
        typed.form.add_error(None, _("A colleague discarded the draft at this very moment: send once more."))
    if typed.writing.meanwhile is Meanwhile.TWICE:
        return _sent_already(page)
    if typed.writing.meanwhile is Meanwhile.CHANGED:
        return show_instalment(page, typed, status=409)
    if typed.problems:
        return show_instalment(page, typed, status=422)
    return _after(page, typed)


def _carry_out(page: PartPage, typed: Typed) -> None:
    """What the pressed button asked for beyond keeping the draft."""
    data, draft = page.request.POST, typed.writing.draft
    key = data.get("remove", "")
    # Superscripts are digits to Python but no numbers; longer ones than this are nobody's.
    if key.isdecimal() and len(key) < 19:
        for item in Evidence.objects.filter(reply=draft, pk=int(key)):
            remove_evidence(by=page.person, evidence=item)
    elif data.get("do") == "send":
        send_as_written(page.person, typed.writing)


def _sent_already(page: PartPage) -> HttpResponse:
    messages.info(page.request, _("This report was sent already; it was not sent twice."))
    return redirect(page.url)


def _after(page: PartPage, typed: Typed) -> HttpResponse:
    """Where all went well: a message, and on to the page that shows it."""
    request, sent = page.request, typed.writing.sent
    if sent is not None:
        messages.success(request, _sent_sentence(page, sent))
        return redirect(way_back(request, page.url))
    if typed.writing.meanwhile is not None:
        messages.warning(request, _meanwhile_sentence(typed.writing.meanwhile))
        return redirect(f"{page.url}#reply-form")
    if typed.finds:
        return redirect(f"{page.url}?{urlencode({'words': typed.words})}#reply-records")
    if "remove" in request.POST:
        messages.success(request, _("The evidence is taken out of the draft."))
        return redirect(f"{page.url}#reply-evidence")
    messages.success(request, _("The draft is saved. Only your unit sees it until it is sent."))
    return redirect(f"{page.url}#reply-form")


def _sent_sentence(page: PartPage, sent: Reply) -> str:
    if sent.outcome != Outcome.DONE:
        return _("The report is sent: %(percent)s%% of the work is done.") % {"percent": sent.percent}
    heads = heads_at(page.part.lead_path, page.today) if page.part.lead_path else []
    return _("The report of completion is sent. %(next)s") % {"next": waits_for(page.part, heads)}


def _meanwhile_sentence(meanwhile: Meanwhile) -> str:
    if meanwhile is Meanwhile.SENT:
        return _(
            "Meanwhile a colleague sent a report for this instalment: see it below. What you wrote is kept as a "
            "new draft and has not been sent."
        )
    return _(
        "Meanwhile a colleague discarded the draft. What you wrote is kept as a new draft and has not been sent."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and on POST removes the unit's draft with its evidence."""
    page = part_page(request, pk)
    check_can_reply(page.person, page.instalment.assignment, page.today)
    draft = next((found for found in replies_of(page.instalment) if found.state == ReplyState.DRAFT), None)
    if draft is None:
        messages.info(request, _("There is no draft to discard."))
        return redirect(page.url)
    changed = False
    if request.method == "POST":
        try:
            changed = not discard_as_seen(page.person, draft, request.POST.get("seen", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except Reply.DoesNotExist:
            messages.info(request, _("There is no draft to discard."))
        else:
            if not changed:
                messages.success(request, _("The draft is discarded."))
        if not changed:
            return redirect(page.url)
    context = {
        "heading": _("Discard the draft"),
        "explanation": _("What was written in the draft and its evidence are removed. What was sent stays."),
        "button": _("Discard the draft"),
        "destroys": True,
        "back": page.url,
        "words_to_go": draft.text,
        "seen": seen_token([draft]),
        "warning": _("A colleague has written into the draft meanwhile: this is how it stands now.")
        if changed
        else "",
    }
    crumb = (request.path, _("Discard the draft"))
    return page.render("programme/replies/confirm.html", context, crumb, status=409 if changed else 200)
