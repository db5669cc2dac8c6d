"""A saved draft as it will be printed: PDF, Word, and its pages as pictures beside the editor."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import pypdfium2
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.documents.draft_content import whole_composition
from khuevan.documents.models import Draft
from khuevan.documents.writing_sentences import unwritable_sentence
from khuevan.plain.folding import slug
from khuevan.plain.official_documents.extraction.pdf_pages import PDFIUM
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.composition_form import UnreadableComposition
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.layout_rules import rules_on
from khuevan.plain.official_documents.writing.pdf import write_pdf
from khuevan.plain.official_documents.writing.word import write_word

# Twice the dots of a page that stands 480 wide beside the editor: sharp on every screen.
_SCALE = 1.6
_KEPT_SECONDS = 3_600


def draft_pdf(draft: Draft, content: Any = None) -> bytes:
    """The draft as PDF, kept for an hour; raises ValidationError with a sentence where it cannot be printed."""
    held = draft.content if content is None else content
    day = clock.today()
    text = json.dumps(held, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(f"{day.isoformat()}{text}".encode()).hexdigest()
    key = f"draft-pdf-{draft.pk}-{digest[:32]}"
    made: bytes | None = cache.get(key)
    if made is None:
        try:
            made = write_pdf(_composition(draft, held), rules=rules_on(day), created=day)
        except UnwritableDocument as error:
            raise ValidationError(_unprintable(error)) from None
        cache.set(key, made, _KEPT_SECONDS)
    return made


def draft_word(draft: Draft) -> bytes:
    """The draft as a Word file; raises ValidationError with a sentence where it cannot be written."""
    try:
        composition = _composition(draft, draft.content)
        return write_word(composition, rules=rules_on(clock.today()), created=clock.now())
    except UnwritableDocument as error:
        raise ValidationError(_unprintable(error)) from None


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(pdf: bytes, number: int) -> bytes | None:
    """Page `number` from 1 as PNG; None where there is no such page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            picture = page.render(scale=_SCALE).to_pil()
            page.close()
        finally:
            document.close()
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=3)
    return written.getvalue()


def draft_filename(draft: Draft, ending: str) -> str:
    """du-thao-ke-hoach-to-chuc-….pdf: the name says that it is a draft."""
    return f"DU-THAO-{slug(f'{draft.type.name} {draft.title}')[:80].strip('-')}.{ending}"


def _composition(draft: Draft, content: Any) -> Composition:
    try:
        return whole_composition(draft, content)
    except UnreadableComposition:
        raise ValidationError(
            _("A picture of this version is no longer there: take it out of the draft and save.")
        ) from None


def _unprintable(error: UnwritableDocument) -> str:
    return _("The draft cannot be printed as it stands: %(why)s") % {"why": unwritable_sentence(error)}
