"""What a reporter is told by mail: that the request arrived, and what was decided. In the language of the page."""

from __future__ import annotations

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.hanoi_time import day_in_words, hours_in_words
from khuevan.newsroom.models import AccreditationRequest
from khuevan.outbox.actions import queue_mail

KIND = "ACCREDITATION"


def key_prefix(request: AccreditationRequest) -> str:
    """What the keys of all mails of a request begin with."""
    return f"accreditation:{request.pk}:"


def tell_arrival(request: AccreditationRequest) -> None:
    """Queues the mail that says that the request arrived; joins the caller's transaction."""
    with translation.override(request.language):
        body = _(
            "we have your request to come to this press conference. It is looked at by a person; you will hear "
            "from us at this address."
        )
        _queue(request, "asked", _("We have your request: %(title)s"), body)


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
        _queue(request, f"{request.state}:{request.decided_at.timestamp():.6f}", subject, body)


def _queue(request: AccreditationRequest, event: str, subject: str, body: str) -> None:
    conference = request.conference
    lines = [
        _("Dear %(name)s,") % {"name": request.name},
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
        to_name=request.name,
        to_address=request.email,
    )
