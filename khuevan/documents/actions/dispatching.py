"""Writes of the clerk who sends documents: whom to, by which way, sent, called back, brought anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.envelope_files import keep_envelope
from khuevan.documents.actions.holding_back import HAVE_IT, mails_held_back
from khuevan.documents.actions.setting_up import keep_correspondent
from khuevan.documents.choices import (
    SENDABLE,
    TO_SEND,
    Channel,
    Direction,
    DispatchState,
    DocumentState,
)
from khuevan.documents.dispatch_course import reach
from khuevan.documents.dispatch_envelope import (
    document_envelope,
    identity_of,
    new_business,
    revoking,
    updating,
)
from khuevan.documents.dispatch_mail import attached_files, queue_document_mail, queue_recall_mail
from khuevan.documents.models import Correspondent, Dispatch, Document, DocumentFile
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.queries.dispatching import address_for, files_to_send, proposals_for
from khuevan.documents.queries.signed import is_signed
from khuevan.outbox.attachments import Attached
from khuevan.outbox.choices import MailState
from khuevan.outbox.queries import courses_of
from khuevan.people.models import Unit, User
from khuevan.plain.edxml import Business

# A document that goes to every commune and ward of a city, and room.
MOST_RECIPIENTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchLine:
    """One recipient as the clerk wants it. `unit` is a registered unit that has no correspondent yet."""

    name: str
    purpose: str = ""
    channel: str = Channel.PRINTED
    address: str = ""
    copy_count: int = 1
    correspondent: Correspondent | None = None
    unit: Unit | None = None


def why_not_sent(document: Document) -> str:
    """Why no copy of the document may leave now, in one sentence; empty where it may."""
    if document.direction != Direction.OUT:
        return _("Only outgoing documents are sent.")
    if document.state == DocumentState.REVOKED:
        return _("The document was revoked: it is no longer sent.")
    if document.state == DocumentState.REPLACED:
        return _("The document was replaced by another: send that one.")
    if not is_signed(document):
        return _("The document is not signed yet: it is sent once its signature is registered.")
    return ""


def why_not_by(dispatch: Dispatch, files: Sequence[DocumentFile] | None) -> str:
    """Why this recipient cannot be reached by the chosen way, in one sentence; empty where it can.

    `files` are those that would go along; None where nobody has looked.
    """
    body = dispatch.correspondent
    if dispatch.channel == Channel.EMAIL and not dispatch.address:
        return _("There is no e-mail address: enter one, or choose another channel.")
    if dispatch.channel == Channel.EDXML and (body is None or not body.organ_code):
        return _("The recipient has no code in edXML: enter it with the correspondent.")
    if dispatch.channel == Channel.INTERNAL and (body is None or body.unit_id is None):
        return _("This recipient is no unit that works in this software: choose another channel.")
    if dispatch.channel in {Channel.EMAIL, Channel.EDXML} and files is not None and not files:
        return _("There is no signed file to send: add the scan of the signed paper first.")
    return ""


@action
def prepare_dispatches(
    *, by: User, document: Document, lines: Sequence[DispatchLine] | None = None
) -> list[Dispatch]:
    """The dispatches to the recipients, to be sent; those who are prepared for already are left as they are.

    Without `lines`, the recipients that the document prints and that nothing is prepared for. A unit of the house
    becomes a correspondent by this, so that it sees the document.
    """
    day = clock.today()
    check_can_keep_register(by, day)
    fresh = _locked(document)
    if fresh.direction != Direction.OUT:
        raise ValidationError(_("Only outgoing documents are sent."))
    if lines is None:
        lines = [
            DispatchLine(
                name=each.name,
                purpose=each.purpose,
                channel=each.channel,
                address=each.address,
                correspondent=each.correspondent,
                unit=each.unit,
            )
            for each in proposals_for(fresh, day)
        ]
    there = set(
        fresh.dispatches.exclude(state=DispatchState.RECALLED).values_list("name", "channel")
    )  # fmt: skip
    if len(there) + len(lines) > MOST_RECIPIENTS:
        raise ValidationError(
            _("A document goes to at most %d recipients: send the others a copy of it.") % MOST_RECIPIENTS
        )
    made = []
    for line in lines:
        name = " ".join(line.name.split())
        if not name:
            raise ValidationError(_("Name each recipient."))
        if (name, line.channel) in there:
            continue
        there.add((name, line.channel))
        made.append(_prepared(fresh, line, name, by))
    return made


def _prepared(document: Document, line: DispatchLine, name: str, by: User) -> Dispatch:
    body = line.correspondent
    if body is None and line.unit is not None and line.channel == Channel.INTERNAL:
        body = correspondent_of(line.unit, by)
    address = line.address.strip() or address_for(body, line.channel)
    dispatch = Dispatch(
        document=document,
        correspondent=body,
        name=name,
        purpose=line.purpose.strip(),
        channel=line.channel,
        address=address,
        copy_count=line.copy_count,
        prepared_at=clock.now(),
        prepared_by=by,
    )
    dispatch.full_clean(exclude=["document", "correspondent", "prepared_by"])
    dispatch.save()
    return dispatch


def correspondent_of(unit: Unit, by: User) -> Correspondent:
    """The unit as a correspondent, made where there is none; one of the same name becomes the unit's."""
    found = Correspondent.objects.filter(unit=unit).first()
    if found is not None:
        return found
    named: Correspondent = Correspondent.objects.filter(name=unit.name, unit__isnull=True).first() or (
        Correspondent(name=unit.name, other_names=unit.short_name, channel=Channel.INTERNAL)
    )
    named.unit = unit
    return keep_correspondent(by=by, correspondent=named)


@action
def change_dispatch(
    *, by: User, dispatch: Dispatch, channel: str, address: str, copy_count: int = 1, purpose: str = ""
) -> Dispatch:
    """The dispatch with another way, address or number of copies; what has left is no longer changed."""
    check_can_keep_register(by, clock.today())
    fresh = _locked_dispatch(dispatch)
    if fresh.state not in SENDABLE:
        raise ValidationError(_("This one has left already, so that it can no longer be changed."))
    if fresh.state == DispatchState.FAILED and fresh.mail_key:
        _check_mail_is_over(fresh)
    changed = fresh.channel != channel
    fresh.channel, fresh.copy_count, fresh.purpose = channel, copy_count, purpose.strip()
    fresh.address = address.strip() or (address_for(fresh.correspondent, channel) if changed else "")
    fresh.state, fresh.trouble = DispatchState.PREPARED, ""
    fresh.full_clean(exclude=["document", "correspondent", "prepared_by", "sent_by", "file"])
    fresh.save()
    return fresh


@action
def remove_dispatch(*, by: User, dispatch: Dispatch) -> None:
    """Nothing: the recipient gets no copy. Only one that never left can be taken away."""
    check_can_keep_register(by, clock.today())
    fresh = _locked_dispatch(dispatch)
    if fresh.state != DispatchState.PREPARED or fresh.events.exists():
        raise ValidationError(_("This one has left already: recall it instead."))
    fresh.delete()


@action
def send_dispatches(
    *, by: User, document: Document, dispatches: Sequence[Dispatch] | None = None
) -> list[Dispatch]:
    """The dispatches that have left by this: those that wait to be sent, or the chosen ones.

    A chosen one may also be one that was refused. All or none: one that cannot be sent refuses all with one
    sentence. Called again, or by two at once, nothing is sent twice: what has left is no longer there to be sent,
    and a mail goes out once by its key. Nothing to send raises ValidationError.
    """
    check_can_keep_register(by, clock.today())
    fresh = _locked(document)
    refusal = why_not_sent(fresh)
    if refusal:
        raise ValidationError(refusal)
    rows = _locked_rows(fresh, TO_SEND if dispatches is None else SENDABLE, dispatches)
    if not rows:
        raise ValidationError(_("Nothing is left to be sent: everything prepared has left already."))
    files = files_to_send(fresh)
    for row in rows:
        row.document = fresh
        refusal = why_not_by(row, files)
        if refusal:
            raise ValidationError(f"{row.name}: {refusal}")
    by_edxml = [row for row in rows if row.channel == Channel.EDXML]
    envelope = _edxml(fresh, by_edxml, files, new_business(fresh), by) if by_edxml else None
    by_mail = any(row.channel == Channel.EMAIL for row in rows)
    attached = attached_files(fresh, files) if by_mail else ()
    for row in rows:
        row.state, row.sent_at, row.sent_by = DispatchState.PREPARED, clock.now(), by
        if row.channel == Channel.EMAIL:
            _queue_mail(row, files, attached)
            reach(row, DispatchState.QUEUED, told_by=by)
        elif row.channel == Channel.EDXML:
            row.file, row.staged_name = envelope, ""
            reach(row, DispatchState.QUEUED, told_by=by)
        else:
            reach(row, DispatchState.SENT, told_by=by)
    return rows


@action
def recall_dispatches(
    *, by: User, document: Document, reason: str, dispatches: Sequence[Dispatch] | None = None
) -> list[Dispatch]:
    """The dispatches that are recalled by this: all that have left, or of these the chosen ones.

    Who got a mail gets one that says so; who got edXML gets a message of the kind “revoke”; the others are told by
    the clerk. A mail that still waits is withdrawn. One that is leaving at this moment cannot be overtaken: its
    dispatch stays as it is, and where there is nothing else to recall, that refuses it.
    """
    check_can_keep_register(by, clock.today())
    fresh = _locked(document)
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Give the reason: the recipients read it.")})
    rows = _locked_rows(fresh, _HAVE_LEFT, dispatches)
    if not rows:
        raise ValidationError(_("Nothing of this document has left, so nothing can be recalled."))
    held, leaving = mails_held_back(rows)
    rows = [row for row in rows if row not in leaving]
    if not rows:
        raise ValidationError(_("A mail is just leaving: try again in a minute."))
    # A file that nobody took along yet needs no message that calls it back.
    told = [
        row
        for row in rows
        if row.channel == Channel.EDXML and (not _surely_still_here(row) or _may_hold_it(row))
    ]
    envelope = _edxml(fresh, told, (), revoking(fresh, words), by, prefix="thu-hoi") if told else None
    for row in rows:
        row.document = fresh
        if row.channel == Channel.EMAIL and (row not in held or _may_hold_it(row)):
            queue_recall_mail(row, words)
        if row.channel == Channel.EDXML:
            row.file, row.staged_name = (envelope, "") if row in told else (None, "")
        reach(row, DispatchState.RECALLED, told_by=by, words=words)
    return rows


@action
def update_dispatches(*, by: User, document: Document, reason: str) -> list[Dispatch]:
    """The recipients by edXML who get the document's files of today anew, by a message of the kind “update”."""
    check_can_keep_register(by, clock.today())
    fresh = _locked(document)
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": _("Give the reason: the recipients read it.")})
    refusal = why_not_sent(fresh)
    if refusal:
        raise ValidationError(refusal)
    rows = [
        row
        for row in _locked_rows(fresh, _HAVE_LEFT, None)
        if row.channel == Channel.EDXML and not _still_here(row) and row.state != DispatchState.REFUSED
    ]
    if not rows:
        raise ValidationError(
            _("No recipient has this document by edXML, so that there is nothing to update.")
        )
    files = files_to_send(fresh)
    envelope = _edxml(fresh, rows, files, updating(fresh, words), by, prefix="cap-nhat")
    for row in rows:
        row.document = fresh
        row.file, row.staged_name, row.state = envelope, "", DispatchState.PREPARED
        row.sent_at, row.sent_by = clock.now(), by
        reach(row, DispatchState.QUEUED, told_by=by, words=words)
    return rows


_HAVE_LEFT: frozenset[str] = frozenset(set(DispatchState) - SENDABLE - {DispatchState.RECALLED})


def _may_hold_it(row: Dispatch) -> bool:
    """Whether something left for the recipient before, although the last mail or file did not."""
    return row.events.filter(state__in=HAVE_IT).exists()


def _still_here(row: Dispatch) -> bool:
    """Whether the edXML file was made but nobody has taken it along."""
    return row.state == DispatchState.QUEUED and not row.staged_name


def _surely_still_here(row: Dispatch) -> bool:
    """Whether nobody can have taken the file along: without a folder a clerk may have handed it over, unsaid."""
    return settings.EDXML_OUT is not None and _still_here(row)


def _edxml(
    document: Document,
    rows: Sequence[Dispatch],
    files: Sequence[DocumentFile],
    business: Business,
    by: User,
    prefix: str = "",
) -> DocumentFile:
    """The edXML file for the recipients, kept with the document, which keeps its identity from now on."""
    identity = identity_of(document)
    data = document_envelope(document, rows, files, business=business)
    if document.edxml_id != identity:
        document.edxml_id = identity
        document.save()
    return keep_envelope(document, data, by, prefix)


def _queue_mail(row: Dispatch, files: Sequence[DocumentFile], attached: Sequence[Attached]) -> None:
    if row.mail_key:
        _check_mail_is_over(row)
    # Each press of the button is a mail of its own, under a key that the next press does not have.
    attempt = row.events.filter(state=DispatchState.QUEUED, told_by__isnull=False).count() + 1
    row.mail_key = f"dispatch:{row.pk}:{attempt}"
    queue_document_mail(row, files, attached, row.mail_key)


def _check_mail_is_over(row: Dispatch) -> None:
    """Raises ValidationError while the mail of the last attempt may still arrive by itself."""
    course = courses_of([row.mail_key]).get(row.mail_key)
    if course is not None and course.state in {MailState.WAITING, MailState.SENDING, MailState.SENT}:
        raise ValidationError(
            _("%s: the mail of the last attempt is on its way again, so that no second one is sent.")
            % row.name
        )


def _locked(document: Document) -> Document:
    fresh: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    return fresh


def _locked_dispatch(dispatch: Dispatch) -> Dispatch:
    fresh: Dispatch = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch.pk)
    return fresh


def _locked_rows(
    document: Document, states: frozenset[str], chosen: Sequence[Dispatch] | None
) -> list[Dispatch]:
    rows = (
        Dispatch.objects.select_for_update(of=("self",))
        .filter(document=document, state__in=states)
        .select_related("correspondent")
        .order_by("pk")
    )
    if chosen is not None:
        rows = rows.filter(pk__in=[row.pk for row in chosen])
    return list(rows)
