"""Writes about a registered document: corrected, given to a unit, dealt with, revoked, replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.holding_back import take_back_queued
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.details import DocumentDetails, details_of, refuse_marked_details
from khuevan.documents.models import Document
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.queries.reading import visible_documents
from khuevan.documents.register_permissions import check_can_give_out, check_can_mark_handled
from khuevan.people.models import Unit, User

# What was numbered and issued stands: number, day, type and words are on the paper that others hold.
NOT_OF_OUTGOING: frozenset[str] = frozenset({"type", "type_name", "symbol", "issued_date", "received_date"})
# A document written here was printed with these.
PRINTED_FROM_CONTENT: frozenset[str] = frozenset(
    {
        "title", "place", "issuer_name", "issuer", "sender", "signer_name", "signer_position", "urgency",
        "circulation", "language", "recipient_lines",
    }
)  # fmt: skip


def correctable_fields(document: Document) -> frozenset[str]:
    """The names of the details that may be corrected in this document; of a revoked one none."""
    if document.state == DocumentState.REVOKED:
        return frozenset()
    names = {field.name for field in fields(DocumentDetails)}
    if document.direction == Direction.IN:
        return frozenset(names | {"received_date"})
    names -= NOT_OF_OUTGOING
    if document.content is not None:
        names -= PRINTED_FROM_CONTENT
    return frozenset(names)


@action
def correct_document(*, by: User, document: Document, changes: Mapping[str, Any]) -> Document:
    """The document with the corrected details; the trail keeps what stood there before.

    `changes` goes by the names of `DocumentDetails`, and `received_date` of an incoming document. Number, book and
    arrival number are never corrected; of an outgoing document neither is what is printed.
    """
    check_can_keep_register(by, clock.today())
    fresh = _locked(document)
    forbidden = changes.keys() - correctable_fields(fresh)
    if forbidden:
        raise ValidationError(
            _(
                "Once given, these are not corrected: %(names)s. Revoke the document, or replace it by another."
            )
            % {"names": ", ".join(sorted(_label(name) for name in forbidden))}
        )
    received_date: date | None = changes.get("received_date", fresh.received_date)
    if received_date is not None and received_date > clock.today():
        raise ValidationError({"received_date": _("A document cannot have come after today.")})
    entered = {name: value for name, value in changes.items() if name != "received_date"}
    details = replace(details_of(fresh), **entered)
    refuse_marked_details(details)
    values = details.values()
    if fresh.direction == Direction.OUT:
        # The halves of its own number are not read from the symbol again.
        values = {name: value for name, value in values.items() if name in correctable_fields(fresh)}
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.received_date = received_date
    fresh.full_clean()
    fresh.save()
    return fresh


@action
def give_to_unit(
    *, by: User, document: Document, unit: Unit, words: str = "", due_date: date | None = None
) -> Document:
    """The incoming document in the hands of the unit, with what is to be done until when; ended work begins anew."""
    day = clock.today()
    check_can_give_out(by, day)
    fresh = _in_force(_locked(document))
    _check_incoming(fresh)
    if not unit.exists_on(day):
        raise ValidationError({"unit": _("This unit does not exist today: choose another.")})
    if due_date is not None and due_date < day:
        raise ValidationError({"due_date": _("The day by which it is to be done has passed already.")})
    fresh.handling_unit, fresh.handling_words, fresh.due_date = unit, words.strip(), due_date
    fresh.state, fresh.handled_at, fresh.handled_by, fresh.handled_words = (
        DocumentState.IN_HAND, None, None, "",
    )  # fmt: skip
    fresh.full_clean()
    fresh.save()
    return fresh


@action
def mark_handled(
    *, by: User, document: Document, words: str = "", answer: Document | None = None
) -> Document:
    """The incoming document, dealt with: by which words, or by which outgoing document that answers it."""
    day = clock.today()
    fresh = _in_force(_locked(document))
    check_can_mark_handled(by, fresh, day)
    _check_incoming(fresh)
    if fresh.state == DocumentState.HANDLED:
        raise ValidationError(_("Somebody has ended the work on this document meanwhile."))
    answered = answer is not None or fresh.answered_by.exists()
    if not words.strip() and not answered:
        raise ValidationError(
            {"words": _("Say what was done, or choose the document that answers this one.")}
        )
    if answer is not None:
        if not visible_documents(by, day).filter(pk=answer.pk).exists():
            # What a person may not read is not there: neither to be named nor to be found out.
            raise ValidationError({"answer": _("You see no such document in the register.")})
        _answer(answer, fresh)
    fresh.state, fresh.handled_at, fresh.handled_by, fresh.handled_words = (
        DocumentState.HANDLED, clock.now(), by, words.strip(),
    )  # fmt: skip
    fresh.full_clean()
    fresh.save()
    return fresh


@action
def revoke_document(*, by: User, document: Document, reason: str) -> Document:
    """The document, revoked; its number stays given, nothing of it changes, and what was to leave is held back."""
    check_can_keep_register(by, clock.today())
    fresh = _in_force(_locked(document))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever looks for this number will read it.")})
    fresh.state, fresh.revoked_reason = DocumentState.REVOKED, reason.strip()
    fresh.full_clean()
    fresh.save()
    take_back_queued(fresh, by, _("Held back: the document was revoked before this left."))
    return fresh


@action
def replace_document(*, by: User, document: Document, new: Document) -> Document:
    """The document, replaced by a newer one of its direction; its number stays given, what was to leave stays."""
    check_can_keep_register(by, clock.today())
    fresh = _in_force(_locked(document))
    successor = _in_force(_locked(new))
    if successor.pk == fresh.pk or successor.direction != fresh.direction:
        raise ValidationError(
            {
                "new": _(
                    "Choose another document, outgoing for an outgoing one and incoming for an incoming one."
                )
            }
        )
    fresh.state, fresh.replaced_by = DocumentState.REPLACED, successor
    fresh.full_clean()
    fresh.save()
    take_back_queued(fresh, by, _("Held back: the document was replaced before this left."))
    return fresh


def _locked(document: Document) -> Document:
    fresh: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    return fresh


def _in_force(document: Document) -> Document:
    if document.state in {DocumentState.REVOKED, DocumentState.REPLACED}:
        raise ValidationError(_("This document was revoked or replaced: it stays as it was."))
    return document


def _check_incoming(document: Document) -> None:
    if document.direction != Direction.IN:
        raise ValidationError(_("Only incoming documents are handed to a unit and dealt with."))


def _answer(answer: Document, question: Document) -> None:
    fresh = _in_force(_locked(answer))
    if fresh.direction != Direction.OUT:
        raise ValidationError({"answer": _("An incoming document is answered by an outgoing one.")})
    if fresh.answers_id not in {None, question.pk}:
        raise ValidationError({"answer": _("That document answers another one already.")})
    fresh.answers = question
    fresh.save()


def _label(name: str) -> str:
    return str(getattr(Document._meta.get_field(name), "verbose_name", name))
