"""A draft on its page: what the fields hold, what a button does to them, what is saved of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from khuevan.documents.actions import Basis, DraftContents, add_draft_picture
from khuevan.documents.choices import Direction
from khuevan.documents.draft_content import composition_of
from khuevan.documents.draft_pictures import checked_picture
from khuevan.documents.draft_secrecy import refusal
from khuevan.documents.forms.draft_head import DraftHeadForm, head_values
from khuevan.documents.forms.draft_moves import OPERATIONS, inserted, new_key, with_annex
from khuevan.documents.forms.draft_post import BasisRow, bases_of, posted_bases, posted_rows
from khuevan.documents.forms.draft_rows import Row, body_of, row_of, rows_of
from khuevan.documents.models import Document, Draft
from khuevan.documents.queries.drafting import cited, documents_to_cite, possible_signers
from khuevan.documents.queries.reading import books_on, visible_documents
from khuevan.people.models import User
from khuevan.plain.official_documents.draft_changes import lines_of
from khuevan.plain.official_documents.errors import StateSecretDocument
from khuevan.plain.official_documents.writing.citations import citation, legal_basis
from khuevan.plain.official_documents.writing.composition import Composition, Picture
from khuevan.plain.official_documents.writing.layout_rules import rules_on
from khuevan.plain.official_documents.writing.pasted import TooMuchPasted, items_of_text


@dataclass(frozen=True, slots=True)
class Citation:
    """A document of the register that was found, and how it is cited at this place."""

    document: Document
    clause: str
    in_text: str


class DraftEditing:
    """One draft in one person's hands. `message` says what a button did; nothing is stored before `contents`."""

    def __init__(self, draft: Draft, person: User, day: date, data: QueryDict | None = None) -> None:
        self.draft, self.person, self.day = draft, person, day
        self.stored = composition_of(draft.content)
        self.seen_version = draft.version
        self.found: list[Citation] | None = None
        self.words = ""
        self.message = ""
        self.focus = ""
        self.signers = possible_signers(draft.book.unit, day)
        books = list(books_on(day, Direction.OUT))
        if draft.book not in books:
            books.append(draft.book)
        options: dict[str, Any] = {
            "signers": self.signers,
            "books": books,
            "circulations": rules_on(day).circulation,
        }
        if data is None:
            self.form = DraftHeadForm(initial=head_values(draft, self.stored), **options)
            self.bases: tuple[BasisRow, ...] = bases_of(draft.legal_bases.all())
            self.rows: tuple[Row, ...] = rows_of(self.stored) or (Row("r1"),)
        else:
            self.form = DraftHeadForm(data, **options)
            self.bases, self.rows = posted_bases(data), posted_rows(data)
            seen = data.get("seen_version", "")
            self.seen_version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
            self.words = data.get("basis-words", "").strip()[:300]

    def composition(self) -> Composition:
        """What stands on the page, as a document; fields that are wrong keep what is stored."""
        sections, annexes = body_of(self.rows)
        head = self.form.onto(self.stored) if self.form.is_bound and self.form.is_valid() else {}
        return dataclasses.replace(
            self.stored,
            **head,
            sections=sections,
            annexes=annexes,
            legal_bases=tuple(basis.words for basis in self.bases if basis.words.strip()),
        )

    def contents(self) -> DraftContents:
        """What is saved; the form has been found right before."""
        values = self.form.cleaned_data
        named = {basis.document for basis in self.bases if basis.document is not None}
        documents = {
            document.pk: document
            for document in visible_documents(self.person, self.day).filter(pk__in=named)
        }
        # A clause keeps the document that it names although its reader may not open that one.
        for row in self.draft.legal_bases.filter(document__in=named).select_related("document"):
            if row.document is not None:
                documents.setdefault(row.document.pk, row.document)
        return DraftContents(
            composition=self.composition(),
            bases=[
                Basis(basis.words, documents.get(basis.document or 0), basis.confirmed)
                for basis in self.bases
            ],
            signer=self.form.signer_chosen(),
            authority=values["authority"],
            urgency=values["urgency"],
            due_date=values["due_date"],
            book=self.form.book_chosen(),
        )

    def press(self, button: str, data: QueryDict, files: MultiValueDict[str, Any]) -> None:
        """What a button of the page asks for; raises ValidationError with a sentence where it cannot be."""
        name, _colon, key = button.partition(":")
        if name in OPERATIONS:
            before = {row.key for row in self.rows}
            self.rows = OPERATIONS[name](self.rows, key)
            self.focus = next((row.key for row in self.rows if row.key not in before), key)
        elif name == "annex":
            self.rows = with_annex(self.rows)
            self.focus = self.rows[-1].key
        elif name == "paste":
            self._insert(key, pasted_rows(data.get("paste-text", ""), self.rows))
        elif name == "picture":
            self._insert(key, [self._picture(files, data)])
        elif name.startswith("basis-"):
            self._press_basis(name.removeprefix("basis-"), key)

    def _insert(self, key: str, fresh: Sequence[Row]) -> None:
        if not fresh:
            raise ValidationError(_("There is nothing to put in."))
        self.rows = inserted(self.rows, key, fresh)
        self.focus = fresh[0].key

    def _picture(self, files: MultiValueDict[str, Any], data: QueryDict) -> Row:
        uploaded = files.get("picture-file")
        if uploaded is None:
            raise ValidationError(_("Choose a picture first."))
        kept = add_draft_picture(
            by=self.person, draft=self.draft, picture=checked_picture(uploaded.name, uploaded.file)
        )
        alternative = " ".join(data.get("picture-alternative", "").split())[:300]
        picture = Picture(kept.name.encode(), alternative or kept.filename.rpartition(".")[0])
        return Row(new_key(self.rows), "picture", picture=picture)

    def _press_basis(self, name: str, key: str) -> None:
        if name == "search":
            self.search()
        elif name == "add":
            self._add_basis(key)
        elif name == "words":
            words = self.words or _("Căn cứ")
            self.bases = (*self.bases, BasisRow(self._basis_key(), words))
            self.words = ""
        elif name == "remove":
            self.bases = tuple(basis for basis in self.bases if basis.key != key)
        elif name in ("up", "down"):
            place = next((n for n, basis in enumerate(self.bases) if basis.key == key), None)
            other = None if place is None else place + (-1 if name == "up" else 1)
            if place is not None and other is not None and 0 <= other < len(self.bases):
                order = list(self.bases)
                order[place], order[other] = order[other], order[place]
                self.bases = tuple(order)

    def _add_basis(self, key: str) -> None:
        document = (
            visible_documents(self.person, self.day).filter(pk=int(key)).first()
            if key.isascii() and key.isdigit() and len(key) < 18
            else None
        )
        if document is None:
            raise ValidationError(_("This document is not in the register, or belongs to another unit."))
        if any(basis.document == document.pk for basis in self.bases):
            raise ValidationError(_("This document stands among the legal bases already."))
        fresh = BasisRow(self._basis_key(), legal_basis(cited(document)), document.pk)
        # Who proposes stands last, as decisions are written.
        proposed = bool(self.bases) and self.bases[-1].words.startswith("Theo đề nghị")
        place = len(self.bases) - 1 if proposed else len(self.bases)
        self.bases = (*self.bases[:place], fresh, *self.bases[place:])

    def _basis_key(self) -> str:
        taken = {basis.key for basis in self.bases}
        return next(key for number in range(1, 200) if (key := f"n{number}") not in taken)

    def search(self) -> None:
        """Finds documents of the register to cite, each with the words in which it is cited here."""
        before = " ".join(line.text for line in lines_of(self.composition()))
        self.found = [
            Citation(document, legal_basis(cited(document)), citation(cited(document), before))
            for document in documents_to_cite(self.person, self.day, self.words)
        ]


def pasted_rows(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows that pasted text makes, with keys that no row has; raises ValidationError with a sentence."""
    try:
        items = items_of_text(text)
    except StateSecretDocument:
        raise ValidationError(refusal()) from None
    except TooMuchPasted:
        raise ValidationError(
            _("This is more than can be pasted at once: paste it in several pieces.")
        ) from None
    taken = {row.key for row in rows}
    keys = (key for number in range(1, 20_000) if (key := f"p{number}") not in taken)
    return [row_of(item, next(keys)) for item in items]
