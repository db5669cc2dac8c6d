"""A person's daily mail: subject, text, the same as simple HTML, and why it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.plain.reminder_ladder import Target
from khuevan.programme.choices import AssignmentRole
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.reminder_queries import CalledThing, Digest, OwedThing

# A mail with hundreds of lines is read by nobody; the desk has them all.
MOST_LINES = 25
REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class DigestMail:
    """The mail as it is handed to the outbox."""

    subject: str
    text: str
    html: str
    reason: str


def digest_mail(digest: Digest) -> DigestMail:
    """The digest as a mail, in the language that is active."""
    context = {
        "person": digest.person,
        "day": written_day(digest.day),
        "blocks": [block for block in _blocks(digest) if block["lines"]],
        "desk_url": _absolute(reverse("programme:desk")),
    }
    return DigestMail(
        _subject(digest),
        # A text has no markup that a name could break: escaping would only spoil its quotation marks.
        render_to_string("programme/mail/digest.txt", context).strip() + "\n",
        render_to_string("programme/mail/digest.html", context).strip() + "\n",
        _reason(digest),
    )


def call_in_words(offset: int, target: Target) -> str:
    """Why a person hears of something: so many working days from the deadline, and as what."""
    if offset == 0:
        when = _("on the day of the deadline")
    elif offset < 0:
        when = ngettext(
            "%(days)s working day before the deadline", "%(days)s working days before the deadline", -offset
        ) % {"days": -offset}
    else:
        when = ngettext(
            "%(days)s working day after the deadline", "%(days)s working days after the deadline", offset
        ) % {"days": offset}
    who = {
        "UNIT": _("as an officer of the unit"),
        "HEAD": _("as the head of the unit"),
        "DEPUTY": _("as the director in charge of the unit"),
    }[target]
    return f"{when}, {who}"


def _subject(digest: Digest) -> str:
    counts = [
        (len(digest.late), _("%(count)s late")),
        (len(digest.today), _("%(count)s due today")),
        (len(digest.returned), _("%(count)s returned")),
        (len(digest.to_judge), _("%(count)s to accept")),
        (len(digest.ahead), _("%(count)s due soon")),
    ]
    said = [words % {"count": count} for count, words in counts if count]
    return _("Work on %(day)s: %(counts)s") % {"day": written_day(digest.day), "counts": ", ".join(said[:3])}


def _reason(digest: Digest) -> str:
    """One sentence: the first calls in words, or what came in."""
    if digest.called:
        said = list(dict.fromkeys(_called_thing(item) for item in digest.called))
        return _fitting(_("Reminded of: %s."), said)
    if digest.returned:
        return _("A report of the unit came back.")
    return _("A report waits to be accepted.")


def _fitting(frame: str, said: Sequence[str]) -> str:
    """As many of the words as fit into a reason, and how many more there are."""
    for count in range(len(said), 0, -1):
        more = len(said) - count
        words = "; ".join(said[:count]) + (f"; +{more}" if more else "")
        if len(frame % words) <= REASON_LENGTH:
            return frame % words
    return (frame % said[0])[:REASON_LENGTH]


def _called_thing(item: CalledThing) -> str:
    return f"“{short_title(item.thing.title, 60)}” ({call_in_words(item.call.offset, item.target)})"


def _blocks(digest: Digest) -> list[dict[str, Any]]:
    """The parts of the mail in the order of the desk: today, what waits, what is late, what comes."""
    waiting = [
        {
            "title": short_title(reply.title),
            "facts": _("%(unit)s, reported by %(person)s on %(day)s")
            % {"unit": reply.unit, "person": reply.sent_by, "day": written_day(reply.sent_at.date())},
            "reason": "",
            "why": "",
            "url": _absolute(reverse("programme:instalment", args=[reply.instalment])),
        }
        for reply in digest.to_judge
    ]
    why = {
        (item.thing.kind, item.thing.pk): call_in_words(item.call.offset, item.target)
        for item in digest.called
    }

    def lines(things: Sequence[OwedThing]) -> list[dict[str, str]]:
        return [_line(thing, digest.day, why.get((thing.kind, thing.pk), "")) for thing in things]

    return [
        _block(_("Returned to you"), lines(digest.returned)),
        _block(_("Due today"), lines(digest.today)),
        _block(_("Waiting for you to accept"), waiting),
        _block(_("Late"), lines(digest.late)),
        _block(_("Due in the next five working days"), lines(digest.ahead)),
    ]


def _block(heading: str, lines: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "heading": heading,
        "count": len(lines),
        "lines": lines[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
    }


def _line(thing: OwedThing, day: date, why: str) -> dict[str, str]:
    facts = [thing.unit.name]
    if thing.role:
        facts.append(str(AssignmentRole(thing.role).label).lower())
    if thing.due is not None:
        late = (day - thing.due).days
        due = _("deadline %s") % written_day(thing.due)
        if late > 0:
            due += " (" + ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late} + ")"
        facts.append(due)
    target = (
        reverse("programme:instalment", args=[thing.pk])
        if thing.kind == "INSTALMENT"
        else (reverse("programme:task", args=[thing.task]))
    )
    return {
        "title": short_title(thing.title),
        "facts": ", ".join(facts),
        "reason": thing.returned,
        "why": why,
        "url": _absolute(target),
    }


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
