"""The pages of outgoing mails: the list, one's own, one mail, and the two things that can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core.queries import history_of
from khuevan.core.refusals import Arguments, View, with_reason
from khuevan.outbox import actions
from khuevan.outbox.forms import MailFilterForm
from khuevan.outbox.models import OutgoingMail, OutgoingMailQuerySet
from khuevan.outbox.permissions import (
    can_change_mails,
    can_view_mails,
    check_can_change_mails,
    check_can_view_mails,
)
from khuevan.outbox.presenters import deed_words, meaning, notices, shown, state_counts
from khuevan.outbox.queries import MailCriteria, mail_for, mails, standing

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: the outbox knows nothing of people when it runs.

MAILS_A_PAGE = 50


def says_why(view: View[Arguments]) -> View[Arguments]:
    """The view, whose PermissionDenied becomes the outbox's page of refusal."""
    return with_reason(view, "outbox/refused.html")


@require_safe
@says_why
def index(request: HttpRequest) -> HttpResponse:
    """Every mail that the installation sends, newest first."""
    check_can_view_mails(_person(request))
    form = MailFilterForm(request.GET)
    criteria = form.criteria()
    now = standing()
    context = {
        "form": form,
        "criteria": criteria,
        "counts": state_counts(now, criteria.state),
        "notices": notices(now),
        "all": True,
    }
    return _list(request, mails(criteria), context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The mails to the person who looks, newest first."""
    person = _person(request)
    own = mails(MailCriteria()).filter(person=person.pk)
    crumb = (request.path, _("Mails to me"))
    return _list(request, own, {"all": False, "has_tabs": can_view_mails(person)}, crumb)


@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: to whom, why, what came of it, and its text as it was sent."""
    found = _mail(request, pk)
    person = _person(request)
    deeds = [{"entry": entry, "words": deed_words(entry)} for entry in history_of(found)]
    context = {
        "shown": shown(found),
        "meaning": meaning(found),
        "deeds": deeds,
        "attachments": list(found.attachments.all()),
        "may_act": can_change_mails(person),
    }
    return _page(request, "outbox/mail.html", context, *_way_to(found, person))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether to send the mail again, and does it on POST."""
    words = (_("Send again"), _("The mail waits to be sent again."))
    return _act(request, pk, actions.resend, "outbox/resend.html", *words)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether to withdraw the mail, and does it on POST."""
    words = (_("Withdraw"), _("The mail was withdrawn."))
    return _act(request, pk, actions.withdraw, "outbox/withdraw.html", *words)


def _act(
    request: HttpRequest, pk: int, deed: Callable[..., OutgoingMail], template: str, name: str, done: str
) -> HttpResponse:
    """The page that asks, or the deed; a mail whose state no longer allows it leads back to its page."""
    person = _person(request)
    check_can_change_mails(person)
    found = _mail(request, pk)
    in_words = shown(found)
    allowed = in_words.may_be_resent if deed is actions.resend else in_words.may_be_withdrawn
    if request.method == "POST":
        try:
            deed(by=person, mail=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, done)
        return redirect(found)
    if not allowed:
        messages.warning(request, _("The mail has moved on meanwhile; this can no longer be done with it."))
        return redirect(found)
    return _page(request, template, {"shown": in_words}, *_way_to(found, person), (request.path, name))


def _list(
    request: HttpRequest, found: OutgoingMailQuerySet, context: dict[str, Any], *crumbs: tuple[str, str]
) -> HttpResponse:
    paginator = Paginator(found, MAILS_A_PAGE)
    sheet = paginator.get_page(request.GET.get("page"))
    wishes = request.GET.copy()
    page_links = []
    for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1):
        wishes["page"] = str(number)
        page_links.append({"number": number, "url": f"?{wishes.urlencode()}"})
    context |= {
        "sheet": sheet,
        "rows": [shown(mail) for mail in sheet.object_list],
        "count": paginator.count,
        "page_links": page_links,
    }
    return _page(request, "outbox/index.html", context, *crumbs)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: tuple[str, str]
) -> HttpResponse:
    """The template in the staff frame; those who see only their own mails have no way through the list of all."""
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if can_view_mails(_person(request)):
        items.append({"url": reverse("outbox:index"), "label": _("Outgoing mail")})
    items += [{"url": url, "label": label} for url, label in crumbs]
    return render(request, template, {"breadcrumbs_items": items, "header_icon": "mail", **context})


def _way_to(found: OutgoingMail, person: User) -> list[tuple[str, str]]:
    """The breadcrumbs below the list that lead to the mail."""
    own = [] if can_view_mails(person) else [(reverse("outbox:mine"), _("Mails to me"))]
    subject = found.subject if len(found.subject) <= 60 else f"{found.subject[:59].rstrip()}…"
    return [*own, (found.get_absolute_url(), subject)]


def _mail(request: HttpRequest, pk: int) -> OutgoingMail:
    """The mail; Http404 where there is none, or it is not for the person's eyes: both look the same."""
    found = mail_for(_person(request), pk)
    if found is None:
        raise Http404(_("There is no such mail, or it was not sent to you."))
    return found


def _person(request: HttpRequest) -> User:
    """The person signed in; the staff frame lets nobody else through."""
    return cast("User", request.user)
