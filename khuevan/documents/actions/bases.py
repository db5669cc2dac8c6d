"""Writes of legal bases: the clauses of Căn cứ of a draft, and who confirmed those that name no document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.models import Document, Draft, LegalBasis
from khuevan.documents.permissions import check_can_write_draft
from khuevan.documents.queries.reading import visible_documents
from khuevan.people.models import User
from khuevan.plain.official_documents.phrases.references import find_references

MOST_BASES = 60


@dataclass(frozen=True, slots=True)
class Basis:
    """One clause as an officer leaves it: its words, the document of the register that it names, if any.

    `confirmed`: somebody vouches for a clause that names none.
    """

    words: str
    document: Document | None = None
    confirmed: bool = False


def basis_of(by: User, words: str) -> Basis:
    """The clause with the document of the register that it names by its symbol, if `by` may read one."""
    symbols = [found.symbol for found in find_references(words) if found.symbol]
    document = (
        visible_documents(by, clock.today()).filter(symbol=symbols[0]).order_by("-issued_date").first()
        if symbols
        else None
    )
    return Basis(words, document)


def put_bases(by: User, draft: Draft, bases: Sequence[Basis]) -> None:
    """Makes the clauses of the draft these, in this order. Inside an action that has asked who may.

    A clause whose words or document changed has to be confirmed anew. Only a document that `by` may read is named
    anew; one that the draft names already stays.
    """
    if len(bases) > MOST_BASES:
        raise ValidationError(_("A document rests on at most %(most)s clauses.") % {"most": MOST_BASES})
    rows = list(draft.legal_bases.order_by("order", "pk"))
    named = {basis.document.pk for basis in bases if basis.document is not None}
    fresh = named - {row.document_id for row in rows}
    if fresh and visible_documents(by, clock.today()).filter(pk__in=fresh).count() != len(fresh):
        raise ValidationError(_("This document is not in the register, or belongs to another unit."))
    left = list(rows)
    order = 0
    for basis in bases:
        words = " ".join(basis.words.split()).rstrip(" ;.")
        if not words:
            continue
        document_id = basis.document.pk if basis.document else None
        order += 1
        row = next((old for old in left if (old.words, old.document_id) == (words, document_id)), None)
        if row is None:
            row = next((old for old in left if old.words == words and document_id is None), None)
        if row is None:
            row = LegalBasis(draft=draft, words=words[:1500], document=basis.document, order=order)
            _confirm(row, by, basis.confirmed)
            row.save()
            continue
        left.remove(row)
        if row.order != order or (basis.confirmed and row.confirmed_by_id is None):
            row.order = order
            _confirm(row, by, basis.confirmed or row.confirmed_by_id is not None)
            row.save()
    for row in left:
        row.delete()


@action
def confirm_basis(*, by: User, basis: LegalBasis) -> LegalBasis:
    """The clause, for which `by` vouches: it names a document that is not in the register."""
    check_can_write_draft(by, basis.draft, clock.today())
    if basis.document_id is not None:
        raise ValidationError(_("This clause names a document of the register: nothing is to be confirmed."))
    if basis.confirmed_by_id is None:
        _confirm(basis, by, True)
        basis.save()
    return basis


def _confirm(row: LegalBasis, by: User, confirmed: bool) -> None:
    """Notes who vouches for a clause that names no document of the register."""
    if confirmed and row.document_id is None and row.confirmed_by_id is None:
        row.confirmed_by, row.confirmed_at = by, clock.now()
