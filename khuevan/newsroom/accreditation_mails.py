"""What a reporter is told by mail: that the request arrived, and what was decided. In the language of the page."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.core import clock
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.hanoi_time import day_in_words, hours_in_words
from khuevan.newsroom.models import AccreditationRequest, PressConferencePage
from khuevan.newsroom.permissions import ACCREDITS
from khuevan.outbox.actions import queue_mail
from khuevan.people.models import Post, User

KIND = "ACCREDITATION"


def key_prefix(request: AccreditationRequest) -> str:
    """What the keys of all mails of a request begin with."""
    return f"accreditation:{request.pk}:"


def tell_arrival(request: AccreditationRequest) -> None:
    """Queues the mail that says that the request arrived; joins the caller's transaction."""
    with translation.override(request.language):
        # Nobody has looked at the request yet, and the address may be anybody's: no word of the sender's goes there.
        body = _(
            "we have your request to come to this press conference. It is looked at by a person; you will hear "
            "from us at this address."
        )
        _queue(request, "asked", _("We have your request: %(title)s"), _("Good day,"), body, name="")


def tell_decision(request: AccreditationRequest) -> None:
    """Queues the mail with what was decided, and the officer's words; joins the caller's transaction."""
    with translation.override(request.language):
        if request.state == AccreditationState.APPROVED:
            subject = _("You are accredited: %(title)s")
            body = _(
                "you are accredited for this press conference. Please bring this mail and your press card or "
                "passport."
            )
        else:
            subject = _("No accreditation: %(title)s")
            body = _("we cannot accredit you for this press conference.")
        if request.decision_words:
            body = f"{body}\n\n{request.decision_words}"
        assert request.decided_at is not None
        # A decision may be changed: each change is told once.
        event = f"{request.state}:{request.decided_at.timestamp():.6f}"
        greeting = pgettext("newsroom", "Dear %(name)s,") % {"name": request.name}
        _queue(request, event, subject, greeting, body, name=request.name)


def tell_many(conference: PressConferencePage, count: int) -> None:
    """Queues one mail to each who decides on requests, once a conference: so many are real, or a flood."""
    posts = Post.objects.on(clock.today()).filter(role__in=ACCREDITS)
    path = reverse("press:conference", args=[conference.pk])
    for person in User.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("pk"):
        with translation.override(person.language):
            queue_mail(
                key=f"accreditation-many:{conference.translation_key}:{person.pk}",
                kind=KIND,
                person=person,
                subject=_("Very many requests for accreditation at one press conference"),
                text="\n\n".join(
                    (
                        _("%(count)d reporters have asked to come to: %(title)s")
                        % {"count": count, "title": conference.title},
                        _(
                            "Requests are still taken. Please look whether they are real, and whether the room "
                            "is large enough."
                        ),
                        f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
                    )
                )
                + "\n",
                reason=_("You decide on requests for accreditation."),
            )


def _queue(
    request: AccreditationRequest, event: str, subject: str, greeting: str, body: str, *, name: str
) -> None:
    conference = request.conference
    lines = [
        greeting,
        "",
        body,
        "",
        conference.title,
        day_in_words(conference.begins_at),
        hours_in_words(conference.begins_at, conference.ends_at),
        conference.venue,
        str(conference.get_full_url() or ""),
        "",
        _(
            "What you sent us, this mail included, is kept until %(day)s and then deleted by itself. To have it "
            "deleted earlier, write to the press contacts on our site."
        )
        % {"day": date_format(request.delete_after, "DATE_FORMAT")},
        "",
        _("Department of Culture and Sports of Hà Nội"),
    ]
    queue_mail(
        key=f"{key_prefix(request)}{event}",
        kind=KIND,
        subject=(subject % {"title": conference.title})[:300],
        text="\n".join(lines),
        reason=_("Your request for accreditation at a press conference"),
        to_name=name,
        to_address=request.email,
    )
