"""Reads of dispatches: whom a document goes to, with which files, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from khuevan.core.search import folded_words, search_folded
from khuevan.documents.choices import (
    Channel,
    DispatchState,
    DocumentState,
    FileRole,
)
from khuevan.documents.models import Correspondent, Dispatch, Document, DocumentFile, Signature
from khuevan.documents.queries.reading import correspondents_named
from khuevan.documents.queries.signed import SIGNS
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.people.queries import units_by_folded_name, units_of
from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.recipient_lines import recipients_in

# An answer that takes longer is worth a call.
ANSWER_WITHIN = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One recipient as the lines name it, and how it would be reached.

    `unit` is the registered unit; `group` says that the name stands for several units, of which `members` are those
    of today.
    """

    name: str
    purpose: str
    correspondent: Correspondent | None
    unit: Unit | None
    channel: str
    address: str
    members: tuple[Unit, ...] = ()


def proposals_for(document: Document, day: date) -> list[Proposal]:
    """The recipients of the document that nothing is prepared for yet, in the order of its lines. Six queries."""
    recipients = recipients_in(document.recipient_lines, addressees_of(document))
    there = {folded_words(name) for name in document.dispatches.exclude(
        state=DispatchState.RECALLED
    ).values_list("name", flat=True)}  # fmt: skip
    recipients = tuple(each for each in recipients if folded_words(each.name) not in there)
    known = correspondents_named([each.name for each in recipients])
    units = units_by_folded_name(day) if recipients else {}
    return [_proposal(each, known.get(each.name), units, day) for each in recipients]


def addressees_of(document: Document) -> list[str]:
    """Whom the document speaks to (Kính gửi), for the line “Như trên”; empty where that is not known."""
    content = document.content if isinstance(document.content, dict) else {}
    return [str(name) for name in content.get("addressees", [])]


def _proposal(
    recipient: Recipient, correspondent: Correspondent | None, units: dict[str, Unit], day: date
) -> Proposal:
    unit = correspondent.unit if correspondent is not None else units.get(folded_words(recipient.name))
    members = members_of(recipient.name, unit, day)
    channel, address = usual_way(correspondent, unit)
    return Proposal(
        name=recipient.name,
        purpose=recipient.purpose or "",
        correspondent=correspondent,
        unit=unit,
        channel=channel,
        address=address,
        members=members,
    )


def usual_way(correspondent: Correspondent | None, unit: Unit | None) -> tuple[str, str]:
    """The channel and the address by which a recipient is usually reached."""
    if correspondent is not None:
        channel = str(correspondent.channel)
        return channel, address_for(correspondent, channel)
    own = unit is not None and unit.kind in {UnitKind.DIVISION, UnitKind.OFFICE, UnitKind.CENTRE}
    # Only units below the department sign in here; an outside body's office does not.
    return (Channel.INTERNAL if own and _is_ours(unit) else Channel.PRINTED), ""


def address_for(correspondent: Correspondent | None, channel: str) -> str:
    """The correspondent's address for the channel; empty where there is none."""
    if correspondent is None:
        return ""
    by_channel = {
        Channel.EMAIL: correspondent.email,
        Channel.EDXML: correspondent.organ_code,
        Channel.PRINTED: correspondent.address,
    }
    return by_channel.get(Channel(channel), "")


def _is_ours(unit: Unit | None) -> bool:
    return unit is not None and unit.parent is not None and unit.parent.kind == UnitKind.DEPARTMENT


def members_of(name: str, unit: Unit | None, day: date) -> tuple[Unit, ...]:
    """The units that a group's name stands for on the day; none for a name of one body.

    A registered group stands for the units beside it; “xã, phường” for the communes and wards.
    """
    folded = f" {folded_words(name)} "
    if " xa " in folded and " phuong " in folded:
        lower = Unit.objects.on(day).filter(kind__in=[UnitKind.WARD, UnitKind.COMMUNE])
        return tuple(lower.order_by("path"))
    if unit is None or unit.kind != UnitKind.GROUP or unit.parent_id is None:
        return ()
    beside = Unit.objects.on(day).filter(parent=unit.parent_id).exclude(kind=UnitKind.GROUP)
    return tuple(beside.order_by("path"))


def files_to_send(document: Document) -> list[DocumentFile]:
    """The signed PDF, or the scan of the signed paper, and the attachments; empty where nothing signed is there.

    The newest signed file counts; attachments go along in the order in which they were added.
    """
    files = list(document.files.filter(role__in=[FileRole.SIGNED, FileRole.SCANNED, FileRole.ATTACHMENT]))
    signed = [file for file in files if file.role == FileRole.SIGNED]
    scanned = [file for file in files if file.role == FileRole.SCANNED]
    if not signed and not scanned:
        return []
    return [(signed or scanned)[-1], *(file for file in files if file.role == FileRole.ATTACHMENT)]


def mail_is_leaving(document: Document) -> bool:
    """Whether a mail with the document is on its way out at this moment."""
    return Dispatch.objects.filter(
        document=document, channel=Channel.EMAIL, state=DispatchState.QUEUED
    ).exists()


@dataclass(frozen=True, slots=True)
class DispatchCriteria:
    """What the list of dispatches is narrowed to; an empty value narrows nothing."""

    words: str = ""
    standing: str = ""
    channel: str = ""


# What a clerk looks for, in the order of urgency, as the states behind it.
STANDINGS: dict[str, Q] = {
    # Of a document out of force nothing is sent any more, so that nothing of it waits.
    "to-send": Q(state=DispatchState.PREPARED)
    & ~Q(document__state__in=[DocumentState.REVOKED, DocumentState.REPLACED]),
    "trouble": Q(state__in=[DispatchState.FAILED, DispatchState.REFUSED, DispatchState.UNCERTAIN]),
    "leaving": Q(state=DispatchState.QUEUED),
    "under-way": Q(state__in=[DispatchState.SENT, DispatchState.ARRIVED]),
    "done": Q(state__in=[DispatchState.RECEIVED, DispatchState.PROCESSED]),
    "recalled": Q(state=DispatchState.RECALLED),
}


def unanswered(day: date) -> Q:
    """Dispatches that somebody should have answered by now: sent days ago, by a way that brings an answer."""
    return Q(
        state__in=[DispatchState.SENT, DispatchState.ARRIVED],
        channel__in=[Channel.EDXML, Channel.INTERNAL, Channel.PRINTED],
        sent_at__date__lt=day - ANSWER_WITHIN,
    )


def dispatches(criteria: DispatchCriteria, day: date) -> QuerySet[Dispatch]:
    """The dispatches that meet the criteria, the newest first."""
    found: QuerySet[Dispatch] = Dispatch.objects.select_related("document", "correspondent", "file")
    found = found.defer("document__content", "document__reading").order_by("-pk")
    if criteria.standing == "unanswered":
        found = found.filter(unanswered(day))
    elif criteria.standing in STANDINGS:
        found = found.filter(STANDINGS[criteria.standing])
    if criteria.channel:
        found = found.filter(channel=criteria.channel)
    if criteria.words:
        bodies = search_folded(Correspondent.objects.all(), criteria.words).values("pk")
        by_name = found.filter(Q(correspondent__in=bodies) | Q(name__icontains=criteria.words))
        # A recipient's name wins: documents are found by the names that they print, too.
        if by_name.exists():
            return by_name
        found = found.filter(
            document__in=search_folded(Document.objects.outgoing(), criteria.words).values("pk")
        )
    return found


def standing_counts(day: date) -> dict[str, int]:
    """How many dispatches stand where, by the code of `STANDINGS` and “unanswered”. One query."""
    wanted = {code: Count("pk", filter=where) for code, where in STANDINGS.items()}
    wanted["unanswered"] = Count("pk", filter=unanswered(day))
    counted: dict[str, int] = Dispatch.objects.aggregate(
        **{code.replace("-", "_"): count for code, count in wanted.items()}
    )
    return {code: counted[code.replace("-", "_")] for code in wanted}


def dispatches_of(document: Document) -> list[Dispatch]:
    """The document's dispatches with what happened on each, in the order in which they were prepared."""
    rows = document.dispatches.select_related("correspondent__unit", "sent_by", "file")
    return list(rows.prefetch_related("events__told_by").order_by("pk"))


def documents_without_dispatch() -> QuerySet[Document]:
    """Signed documents that nothing was prepared for yet, the newest first."""
    signed = Signature.objects.filter(document=OuterRef("pk"), kind__in=SIGNS)
    prepared = Dispatch.objects.filter(document=OuterRef("pk"))
    return (
        Document.objects.outgoing()
        .filter(Exists(signed), ~Exists(prepared), state=DocumentState.REGISTERED)
        .defer("content", "reading")
        .order_by("-pk")
    )


def received_by(user: User, day: date, standing: str = "") -> QuerySet[Dispatch]:
    """What was sent in this software to the units of `user`, the newest first; `standing` new or done."""
    own = units_of(user, day).order_by().values("pk")
    found: QuerySet[Dispatch] = (
        Dispatch.objects.filter(channel=Channel.INTERNAL, correspondent__unit__in=own)
        .exclude(state=DispatchState.PREPARED)
        .select_related("document", "correspondent__unit", "file")
        .defer("document__content", "document__reading")
        .prefetch_related("events__told_by")
        .order_by("-sent_at", "-pk")
    )
    if standing == "new":
        return found.filter(state__in=[DispatchState.SENT, DispatchState.ARRIVED])
    if standing == "done":
        return found.filter(state__in=[DispatchState.RECEIVED, DispatchState.PROCESSED])
    return found


def dispatch_at(pk: int) -> Dispatch | None:
    """The dispatch with its document and correspondent; None where there is none."""
    found: Any = Dispatch.objects.select_related("document", "correspondent__unit", "file", "sent_by")
    row: Dispatch | None = found.filter(pk=pk).first()
    return row
