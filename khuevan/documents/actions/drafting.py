"""Writes of those who draft: a draft begun, saved, taken back to an earlier version, given up."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.actions.bases import Basis, basis_of, put_bases
from khuevan.documents.choices import (
    OPEN_STATES,
    URGENCY_MARKS,
    Direction,
    DraftState,
    SigningAuthority,
    Urgency,
)
from khuevan.documents.draft_content import composition_of, content_of
from khuevan.documents.draft_secrecy import refuse_marked_composition, refuse_marked_lines
from khuevan.documents.house_head import empty_composition
from khuevan.documents.models import Document, DocumentType, Draft, DraftVersion, NumberBook
from khuevan.documents.permissions import (
    check_can_draft_for,
    check_can_write_draft,
    check_sees_draft,
    writing_unit_ids,
)
from khuevan.documents.queries.drafting import head_post_of, possible_signers
from khuevan.documents.queries.reading import books_on, types_on, visible_documents
from khuevan.people.models import Unit, User
from khuevan.plain.official_documents.document import Signatory
from khuevan.plain.official_documents.writing.composition import Composition, Picture, Section
from khuevan.plain.official_documents.writing.composition_form import UnreadableComposition
from khuevan.plain.official_documents.writing.layout_rules import rules_on
from khuevan.plain.official_documents.writing.signing_lines import signatory_for


class DraftChangedMeanwhile(ValidationError):
    """Somebody saved another version since the one that was seen; `draft` is what stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            _("This draft was saved by somebody else while you wrote: nothing of either text was lost.")
        )
        self.draft = draft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContents:
    """All that an officer writes. Of the composition the action fills in bases, signer and mark of urgency.

    `bases` None: as they are.
    """

    composition: Composition
    bases: Sequence[Basis] | None = None
    signer: User | None = None
    authority: str = SigningAuthority.HEAD
    urgency: str = Urgency.NORMAL
    due_date: date | None = None
    book: NumberBook | None = None


@action
def begin_draft(
    *,
    by: User,
    document_type: DocumentType,
    book: NumberBook,
    unit: Unit,
    title: str,
    from_template: Composition | None = None,
    answers: Document | None = None,
) -> Draft:
    """A new draft in the unit's name, with the text of a template if one is given, its pictures left out.

    An answer goes to whoever issued the document that it answers.
    """
    day = clock.today()
    check_can_draft_for(by, unit, day)
    words = " ".join(title.split())
    if not words:
        raise ValidationError({"title": _("Say what the document is about.")})
    if not types_on(day).filter(pk=document_type.pk).exists():
        raise ValidationError({"type": _("This type of document is not in force today: choose another.")})
    if not books_on(day, Direction.OUT).filter(pk=book.pk).exists():
        raise ValidationError({"book": _("This book of numbers is not in use today: choose another.")})
    if answers is not None and not visible_documents(by, day).filter(pk=answers.pk).exists():
        raise PermissionDenied(_("You may answer only documents that your unit may read."))
    composition = empty_composition(document_type=document_type, book=book, unit=unit, title=words, day=day)
    if from_template is not None:
        composition = _from_template(composition, from_template)
    if answers is not None and answers.issuer_name and not composition.addressees:
        composition = dataclasses.replace(composition, addressees=(answers.issuer_name,))
    signers = possible_signers(book.unit, day)
    signer = signers[0] if signers else None
    draft = Draft(
        type=document_type,
        book=book,
        title=words,
        unit=unit,
        drafter=by,
        signer=signer.person if signer else None,
        authority=signer.authorities[0] if signer else SigningAuthority.HEAD,
        answers=answers,
    )
    return _first_version(draft, composition, by)


@action
def copy_as_draft(
    *, by: User, source: Draft | Document, composition: Composition, unit: Unit, book: NumberBook, title: str
) -> Draft:
    """A new draft with the text of another draft or of an issued document (`composition`, pictures left out)."""
    day = clock.today()
    check_can_draft_for(by, unit, day)
    if isinstance(source, Draft):
        check_sees_draft(by, source, day)
    elif not visible_documents(by, day).filter(pk=source.pk).exists():
        raise PermissionDenied(_("This document belongs to another unit."))
    if source.type is None:
        raise ValidationError(_("The type of this document is not one that is drafted here."))
    return begin_draft(
        by=by, document_type=source.type, book=book, unit=unit, title=title, from_template=composition
    )


@action
def save_draft(
    *, by: User, draft: Draft, seen_version: int, contents: DraftContents, note: str = ""
) -> Draft:
    """The draft as it stands now; a new version where what is printed has changed.

    Raises DraftChangedMeanwhile where the version seen is no longer the last: nothing is written over.
    """
    fresh = _locked(draft)
    check_can_write_draft(by, fresh, clock.today())
    if fresh.version != seen_version:
        raise DraftChangedMeanwhile(fresh)
    refuse_marked_lines(note.splitlines())
    words = " ".join(contents.composition.title.split())
    if not words:
        raise ValidationError({"title": _("Say what the document is about.")})
    fresh.title = words
    fresh.urgency, fresh.due_date = contents.urgency, contents.due_date
    if contents.book is not None and contents.book.pk != fresh.book_id:
        if not books_on(clock.today(), Direction.OUT).filter(pk=contents.book.pk).exists():
            raise ValidationError({"book": _("This book of numbers is not in use today: choose another.")})
        fresh.book = contents.book
    _choose_signer(fresh, contents)
    if contents.bases is not None:
        put_bases(by, fresh, contents.bases)
    composition = _as_printed(fresh, dataclasses.replace(contents.composition, title=words))
    refuse_marked_composition(composition)
    content = _stored(composition)
    if content == fresh.content:
        fresh.save()
        return fresh
    fresh.content, fresh.version = content, fresh.version + 1
    fresh.save()
    _keep_version(fresh, by, note)
    return fresh


@action
def restore_version(*, by: User, draft: Draft, seen_version: int, number: int) -> Draft:
    """The draft with the text of an earlier version, as a new version; what stood in between stays readable."""
    fresh = _locked(draft)
    check_can_write_draft(by, fresh, clock.today())
    if fresh.version != seen_version:
        raise DraftChangedMeanwhile(fresh)
    earlier = DraftVersion.objects.filter(draft=fresh, number=number).first()
    if earlier is None:
        raise ValidationError(_("There is no version %(number)s of this draft.") % {"number": number})
    put_bases(by, fresh, [basis_of(by, str(words)) for words in earlier.content.get("legal_bases", [])])
    fresh.title = str(earlier.content.get("title") or fresh.title)
    # Who signs and how urgent it is are decided for the draft, not by its text.
    content = _stored(_as_printed(fresh, composition_of(earlier.content)))
    if content == fresh.content:
        return fresh
    fresh.content, fresh.version = content, fresh.version + 1
    fresh.save()
    _keep_version(fresh, by, _("As version %(number)s") % {"number": number})
    return fresh


@action
def abandon_draft(*, by: User, draft: Draft, reason: str) -> Draft:
    """The draft, given up; it stays readable."""
    fresh = _locked(draft)
    day = clock.today()
    if fresh.unit_id not in writing_unit_ids(by, day):
        raise PermissionDenied(_("Only the people of the drafting unit give up its draft."))
    if fresh.state not in OPEN_STATES:
        raise ValidationError(_("This draft is issued or given up already."))
    if fresh.state not in (DraftState.DRAFTING, DraftState.RETURNED):
        raise ValidationError(_("The draft is in review: take it back first."))
    words = " ".join(reason.split())
    if not words:
        raise ValidationError({"reason": _("Give the reason.")})
    fresh.state, fresh.abandoned_reason = DraftState.ABANDONED, words
    fresh.full_clean(exclude=["content"])
    fresh.save()
    return fresh


def _choose_signer(draft: Draft, contents: DraftContents) -> None:
    """Who signs and how; whoever is chosen anew signs in the book, so that the printed name is theirs."""
    chosen = contents.signer
    if chosen is not None and chosen.pk != draft.signer_id:
        signers = possible_signers(draft.book.unit, clock.today())
        if all(signer.person.pk != chosen.pk for signer in signers):
            raise ValidationError(
                {"signer": _("This person does not sign for the body whose book is chosen: choose another.")}
            )
    draft.signer, draft.authority = chosen, contents.authority


def _locked(draft: Draft) -> Draft:
    fresh: Draft = (
        Draft.objects.select_for_update(of=("self",)).select_related("book__unit", "type").get(pk=draft.pk)
    )
    return fresh


def _first_version(draft: Draft, composition: Composition, by: User) -> Draft:
    printed = _as_printed(draft, composition)
    refuse_marked_composition(printed)
    draft.content = _stored(printed)
    draft.save()
    put_bases(by, draft, [basis_of(by, words) for words in composition.legal_bases])
    _keep_version(draft, by, "")
    return draft


def _keep_version(draft: Draft, by: User, note: str) -> None:
    DraftVersion.objects.create(
        draft=draft,
        number=draft.version,
        content=draft.content,
        saved_at=clock.now(),
        saved_by=by,
        note=note[:300],
    )


def _stored(composition: Composition) -> dict[str, Any]:
    try:
        return content_of(composition)
    except UnreadableComposition:
        # The message names a place in the structure, which no officer knows: what it says is one of two things.
        raise ValidationError(
            _("The draft is larger than one document may be, or holds signs that cannot be printed.")
        ) from None


def _as_printed(draft: Draft, composition: Composition) -> Composition:
    """The composition with what the draft's own fields print: bases, signer, mark of urgency."""
    rules = rules_on(clock.today())
    if composition.circulation and composition.circulation not in rules.circulation:
        raise ValidationError({"circulation": _("This mark of circulation is none that the layout knows.")})
    bases = composition.legal_bases
    if draft.pk is not None:
        bases = tuple(draft.legal_bases.order_by("order", "pk").values_list("words", flat=True))
    return dataclasses.replace(
        composition,
        number=None,
        date=None,
        type=draft.type.name,
        legal_bases=bases,
        urgency=URGENCY_MARKS.get(draft.urgency, ""),
        signatory=_signatory(draft, composition),
    )


def _signatory(draft: Draft, composition: Composition) -> Signatory | None:
    """Who signs, as printed; what a draft had where its signer holds no post today."""
    if draft.signer is None:
        return None
    signers = possible_signers(draft.book.unit, clock.today())
    chosen = next((signer for signer in signers if signer.person.pk == draft.signer_id), None)
    if chosen is None:
        return composition.signatory
    if draft.authority not in chosen.authorities:
        raise ValidationError(
            {"authority": _("Who holds this post does not sign with this authority: choose another.")}
        )
    return signatory_for(
        draft.authority,  # type: ignore[arg-type]
        name=chosen.person.full_name,
        post=chosen.post,
        head_post=head_post_of(draft.book.unit, signers),
        collective=composition.issuer,
        unit=chosen.unit.name,
    )


def _from_template(empty: Composition, template: Composition) -> Composition:
    """The empty document with the template's words; head, symbol and signer stay its own."""
    kept = empty.recipients[-1]
    others = tuple(one for one in template.recipients if not one.name.casefold().startswith("lưu"))
    return dataclasses.replace(
        empty,
        legal_bases=template.legal_bases,
        sections=tuple(_without_pictures(section) for section in template.sections),
        addressees=template.addressees,
        recipients=(*(others or empty.recipients[:-1]), kept),
        circulation=template.circulation,
        annexes=tuple(
            dataclasses.replace(
                annex, sections=tuple(_without_pictures(section) for section in annex.sections)
            )
            for annex in template.annexes
        ),
    )


def _without_pictures(section: Section) -> Section:
    return dataclasses.replace(
        section,
        blocks=tuple(block for block in section.blocks if not isinstance(block, Picture)),
        children=tuple(_without_pictures(child) for child in section.children),
    )
