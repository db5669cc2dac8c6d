"""What a new draft begins from: a type alone, a template, another draft or document, or a document to answer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from khuevan.documents.bundled_templates import bundled_template
from khuevan.documents.draft_content import composition_of
from khuevan.documents.models import Document, DocumentType, Draft
from khuevan.documents.queries.drafting import cited, own_templates
from khuevan.documents.queries.reading import types_on, visible_documents, visible_drafts
from khuevan.people.models import User
from khuevan.plain.official_documents.document import OfficialDocument, from_stored
from khuevan.plain.official_documents.writing.citations import full_citation
from khuevan.plain.official_documents.writing.composition import Composition, Paragraph, Section
from khuevan.plain.official_documents.writing.from_reading import from_reading

# The room that templates of answers leave for the document that is answered.
_ANSWERED = re.compile(r"\[văn bản được trả lời[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning that an address names. `name` is what the page calls it; `composition` the text, if any."""

    type: DocumentType
    name: str = ""
    title: str = ""
    composition: Composition | None = None
    source: Draft | Document | None = None
    answers: Document | None = None
    unit_id: int | None = None
    book_id: int | None = None


def beginning_of(user: User, day: date, wanted: Mapping[str, str]) -> Beginning | None:
    """What `wanted` (type, template, own, draft, document, answers) names; None where nothing is chosen yet.

    What the person may not read counts as not there.
    """
    answers = _document(user, day, wanted.get("answers"))
    if key := _key(wanted.get("draft")):
        draft = visible_drafts(user, day).filter(pk=key).first()
        if draft is not None:
            return Beginning(
                draft.type,
                draft.title,
                draft.title,
                composition_of(draft.content),
                source=draft,
                unit_id=draft.unit_id,
                book_id=draft.book_id,
            )
    if (copied := _document(user, day, wanted.get("document"))) is not None:
        text = _text_of(copied)
        kind = copied.type or types_on(day).filter(name=copied.type_name).first()
        if text is not None and kind is not None:
            return Beginning(
                kind,
                str(copied),
                copied.title,
                text,
                source=copied if copied.type_id is not None else None,
                unit_id=copied.drafting_unit_id,
            )
    kind = types_on(day).filter(pk=_key(wanted.get("type")) or 0).first()
    if key := _key(wanted.get("own")):
        own = own_templates(None, user, day).filter(pk=key).first()
        if own is not None:
            text = composition_of(own.content)
            title = _answer_title(answers) or text.title
            return Beginning(own.type, own.name, title, _naming(text, answers), answers=answers)
    bundled = bundled_template(wanted.get("template", ""))
    if bundled is not None:
        kind = types_on(day).filter(name=bundled.type_name).first()
        if kind is not None:
            return Beginning(
                kind,
                bundled.name,
                _answer_title(answers) or bundled.title,
                _naming(bundled.composition, answers),
                answers=answers,
            )
    return Beginning(kind, answers=answers, title=_answer_title(answers)) if kind is not None else None


def _answer_title(answers: Document | None) -> str:
    return (
        f"Trả lời {answers.type_name or 'văn bản'} số {answers.symbol}" if answers and answers.symbol else ""
    )


def _naming(composition: Composition, answers: Document | None) -> Composition:
    """The text, in which the document that is answered stands cited in full where the template leaves room for it."""
    if answers is None:
        return composition
    words = full_citation(cited(answers))

    def filled(section: Section) -> Section:
        return dataclasses.replace(
            section,
            blocks=tuple(
                Paragraph(
                    tuple(
                        dataclasses.replace(run, text=_ANSWERED.sub(lambda _match: words, run.text))
                        for run in block.runs
                    )
                )
                if isinstance(block, Paragraph)
                else block
                for block in section.blocks
            ),
            children=tuple(filled(child) for child in section.children),
        )

    return dataclasses.replace(composition, sections=tuple(filled(one) for one in composition.sections))


def _document(user: User, day: date, wanted: str | None) -> Document | None:
    key = _key(wanted)
    found: Document | None = visible_documents(user, day).filter(pk=key).first() if key else None
    return found


def _text_of(document: Document) -> Composition | None:
    """What an outgoing document was written from, else what was read in it."""
    if document.content is not None:
        return composition_of(document.content)
    if document.reading is not None:
        read: OfficialDocument = from_stored(document.reading)
        return from_reading(read)
    return None


def _key(wanted: str | None) -> int | None:
    words = wanted or ""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 18 else None
