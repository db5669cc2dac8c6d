"""The story of an instalment as its page tells it: reports, what proves them, verdicts, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from khuevan.programme.choices import (
    OPEN_STATES,
    OWED_STATES,
    AssignmentRole,
    EvidenceKind,
    InstalmentState,
    Outcome,
    ReplyState,
)
from khuevan.programme.evidence import evidence_source
from khuevan.programme.models import Evidence, Reply
from khuevan.programme.presenters.states import StateSign, state_sign
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.reply_queries import Part


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence: what it is called, what kind it is, where it leads, and a word about it.

    `url` is empty where nothing can be opened; `outside` says that it leads out of this software; `address`
    is the web address in full.
    """

    pk: int
    kind: str
    title: str
    url: str
    outside: bool
    detail: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class DifficultyItem:
    """A difficulty with its answer; `answered_at` is None while nobody has answered."""

    pk: int
    text: str
    asks_for: str
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """One sent report. `sign` is where it stands; `waits` says that its verdict is still to come."""

    pk: int
    title: str
    sign: StateSign
    waits: bool
    by: str
    at: datetime | None
    text: str
    proposals: str
    no_evidence_reason: str
    evidence: tuple[EvidenceItem, ...]
    difficulty: DifficultyItem | None
    verdict: str
    judged_by: str
    judged_at: datetime | None

    @property
    def was_returned(self) -> bool:
        """Whether it came back with a reason."""
        return self.sign.code == ReplyState.RETURNED


@dataclass(frozen=True, slots=True)
class BesideLine:
    """Another instalment of the same assignment: its key, its day in words, its state, whether it is this one."""

    pk: int
    due: str
    sign: StateSign
    here: bool


class HeadPost(Protocol):
    """The post of somebody who heads a unit."""

    title: str

    @property
    def person(self) -> object: ...


def reply_card(reply: Reply, *, instalment_state: str, file_base: str, links: Mapping[int, str]) -> ReplyCard:
    """The card of a sent reply, its difficulty and evidence loaded.

    `file_base` is what stands before a file's key in its address, with "/tep/" after it; `links` are the
    addresses of the records that the reader may open.
    """
    done = reply.outcome == Outcome.DONE
    waits = done and reply.state == ReplyState.SENT and instalment_state == InstalmentState.REPORTED
    return ReplyCard(
        pk=reply.pk,
        title=_("Report of completion")
        if done
        else _("Report of progress: %(percent)s%%") % {"percent": reply.percent},
        sign=_reply_sign(reply, waits=waits),
        waits=waits,
        by=str(reply.sent_by or reply.written_by),
        at=reply.sent_at,
        text=reply.text,
        proposals=reply.proposals,
        no_evidence_reason=reply.no_evidence_reason if done else "",
        evidence=evidence_items(reply.evidence.all(), file_base, links),
        difficulty=difficulty_item(reply),
        verdict=reply.verdict,
        judged_by="" if reply.judged_by is None else str(reply.judged_by),
        judged_at=reply.judged_at,
    )


def _reply_sign(reply: Reply, *, waits: bool) -> StateSign:
    if reply.state == ReplyState.ACCEPTED:
        return StateSign(InstalmentState.DONE, _("Accepted"))
    if reply.state == ReplyState.RETURNED:
        return StateSign(InstalmentState.RETURNED, _("Returned"))
    if waits:
        return StateSign(InstalmentState.REPORTED, _("Waits to be accepted"))
    if reply.outcome == Outcome.DONE:
        return StateSign(InstalmentState.WAITING, _("Not judged"))
    return StateSign(InstalmentState.IN_PROGRESS, _("In progress"))


def difficulty_item(reply: Reply) -> DifficultyItem | None:
    """The difficulty that the reply speaks of, loaded with it; None for none."""
    found = getattr(reply, "difficulty", None)
    if found is None:
        return None
    return DifficultyItem(
        found.pk,
        found.text,
        found.asks_for,
        found.answer,
        "" if found.answered_by is None else str(found.answered_by),
        found.answered_at,
    )


def evidence_items(
    items: Iterable[Evidence], file_base: str, links: Mapping[int, str]
) -> tuple[EvidenceItem, ...]:
    """The pieces of evidence in the order in which they were added."""
    return tuple(_evidence_item(item, file_base, links) for item in items)


def _evidence_item(item: Evidence, file_base: str, links: Mapping[int, str]) -> EvidenceItem:
    if item.kind == EvidenceKind.FILE:
        ending = item.filename.rpartition(".")[2].upper()
        size = filesizeformat(item.size or 0)
        name = "" if item.title == item.filename else f"{item.filename} · "
        return EvidenceItem(
            item.pk, _("File"), item.title, f"{file_base}{item.pk}/tep/", False, f"{name}{ending}, {size}"
        )
    if item.kind == EvidenceKind.WEB:
        seen = _("seen on %(day)s") % {"day": written_day(item.seen_date)}
        # Never a link of another kind, whatever a row holds.
        url = item.url if urlsplit(item.url).scheme in {"http", "https"} else ""
        return EvidenceItem(item.pk, _("Web address"), item.title, url, True, seen, item.url)
    kind = item.content_type
    source = None if kind is None else evidence_source(f"{kind.app_label}.{kind.model}")
    label = str(source.label) if source else _("Record in this software")
    return EvidenceItem(item.pk, capfirst(label), item.title, links.get(item.pk, ""), False, "")


def beside_lines(
    rows: Sequence[tuple[int, date | None, str]], here: int, today: date, most: int = 12
) -> list[BesideLine]:
    """The assignment's instalments around this one, at most `most`; none where it is the only one."""
    if len(rows) < 2:
        return []
    place = next(number for number, row in enumerate(rows) if row[0] == here)
    first = max(0, min(place - most // 2, len(rows) - most))
    return [
        BesideLine(pk, written_day(due) or _("no deadline"), state_sign(state, due, today), pk == here)
        for pk, due, state in rows[first : first + most]
    ]


def obstacle(part: Part) -> str:
    """Why nobody may report on this instalment at all now, in a sentence; empty where the unit may.

    The action has the last word; this only spares a form that would be refused.
    """
    assignment = part.instalment.assignment
    if assignment.ended_at is not None or assignment.dropped_in_id is not None:
        return _("The unit no longer answers for this task.")
    if assignment.task.dropped_in_id is not None:
        return _("An amended plan no longer has this task.")
    if part.lead is None and part.instalment.state in OPEN_STATES:
        return _("No unit leads this task yet, so it cannot start: ask a planning officer to name the lead.")
    return ""


def turn(part: Part, heads: Sequence[HeadPost]) -> str:
    """Whose turn it is and for what, in one sentence. `heads` are those of the leading unit."""
    instalment = part.instalment
    unit = instalment.assignment.unit.name
    if instalment.state == InstalmentState.CANCELLED:
        return _("Not required: %(reason)s") % {"reason": instalment.cancel_reason}
    if instalment.state == InstalmentState.DONE:
        assert instalment.done_at is not None
        return _("%(person)s accepted it on %(day)s.") % {
            "person": instalment.done_by,
            "day": written_day(timezone.localdate(instalment.done_at)),
        }
    if why := obstacle(part):
        return why
    if instalment.state in OWED_STATES:
        return _("It is the turn of %(unit)s to report.") % {"unit": unit}
    return waits_for(part, heads)


def waits_for(part: Part, heads: Sequence[HeadPost]) -> str:
    """Who may accept the report that waits, in one sentence."""
    if part.instalment.assignment.role == AssignmentRole.LEAD or part.lead is None:
        return _("Waits for the planning officers or a director to accept it.")
    if not heads:
        return _("Waits for the head of %(unit)s to accept it.") % {"unit": part.lead.name}
    names = _(" or ").join(f"{head.title} {head.person}".strip() for head in heads)
    return _("Waits for %(names)s (%(unit)s) to accept it.") % {"names": names, "unit": part.lead.name}
