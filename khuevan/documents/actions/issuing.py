"""Writes of the clerk who makes an approved draft a document: number, date, register."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.choices import Direction, DraftState
from khuevan.documents.models import Document, Draft
from khuevan.documents.numbering import in_turn, next_number, record_number
from khuevan.documents.permissions import check_can_keep_register
from khuevan.people.models import User
from khuevan.plain.official_documents.writing.arrangement import recipient_lines, symbol_of
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.composition_form import from_plain


@in_turn
@action
def issue_document(*, by: User, draft: Draft) -> Document:
    """The document that an approved draft became today, with the next number of its series.

    Its files are made afterwards from what is stored here (`make_document_files`): if that fails, the number
    stays given and the files are made again. Called again, gives the document that is there.
    """
    day = clock.today()
    check_can_keep_register(by, day)
    fresh: Any = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.state == DraftState.ISSUED and fresh.document is not None:
        return fresh.document  # type: ignore[no-any-return]
    if fresh.state != DraftState.APPROVED or fresh.approved_version != fresh.version:
        raise ValidationError(_("Only an approved draft that was not changed since can be numbered."))
    book = fresh.book
    if book.direction != Direction.OUT or not type(book).objects.on(day).filter(pk=book.pk).exists():
        raise ValidationError(_("The book of numbers of this draft is not in use today: choose another."))
    number = next_number(book, fresh.type, day)
    document = _document_of(fresh, number, by)
    record_number(document=document, book=book, number=number, day=day, by=by)
    fresh.state, fresh.document = DraftState.ISSUED, document
    fresh.save()
    return document


def _document_of(draft: Draft, number: int, by: User) -> Document:
    day = clock.today()
    # Pictures stay by name in what is stored; here only words are needed.
    given = {"number": number, "number_width": draft.book.width, "date": day.isoformat()}
    content: dict[str, Any] = {**draft.content, **given}
    composition: Composition = from_plain(content, pictures=_Anything())
    signatory = composition.signatory
    document = Document(
        direction=Direction.OUT,
        book=draft.book,
        type=draft.type,
        type_name=draft.type.name,
        number=number,
        notation=composition.notation,
        symbol=symbol_of(number, composition.notation, draft.book.width),
        place=composition.place,
        issued_date=day,
        title=draft.title,
        issuer_name=composition.issuer,
        issuer=draft.book.unit,
        signer_name=(signatory.name if signatory else "") or "",
        signer_position=(signatory.position if signatory else "") or "",
        urgency=draft.urgency,
        circulation=composition.circulation,
        due_date=None,
        drafting_unit=draft.unit,
        answers=draft.answers,
        content=content,
        recipient_lines=list(recipient_lines(composition)),
        registered_at=clock.now(),
        registered_by=by,
    )
    document.full_clean(exclude=["registered_by"])
    document.save()
    return document


class _Anything(dict[str, bytes]):
    """Stands for every picture's bytes where only the words of a composition are asked for."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> bytes:
        return b""
