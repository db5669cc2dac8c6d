"""Three drafts to try: a letter to wards and communes, a report with tables, a decision with its plan.

Written by the same actions as an officer's clicks, each on its day of November 2025. Nothing in them is real.
"""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from khuevan.core import clock
from khuevan.documents.actions import (
    Basis,
    DraftContents,
    begin_draft,
    comment_on_draft,
    save_draft,
)
from khuevan.documents.choices import Direction
from khuevan.documents.draft_content import composition_of
from khuevan.documents.forms.draft_head import recipient_of
from khuevan.documents.models import Document, DocumentType, Draft, NumberBook
from khuevan.documents.queries.drafting import cited
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User
from khuevan.people.queries import posts_of
from khuevan.plain.official_documents.writing.citations import legal_basis
from khuevan.plain.official_documents.writing.composition import Annex, Section
from khuevan.plain.official_documents.writing.numbering import sections_of
from khuevan.plain.official_documents.writing.pasted import items_of_text

DATA = Path(__file__).parent / "data" / "demonstration_drafts.toml"


def create_demonstration_drafts(*, by: User) -> int:
    """How many drafts were begun; a second call adds nothing. Refused where demonstrations are."""
    check_demonstration_is_allowed()
    book = NumberBook.objects.filter(direction=Direction.OUT).order_by("pk").first()
    if book is None or Draft.objects.exists():
        return 0
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["drafts"]
    for row in rows:
        _draft(row, book)
    return len(rows)


def _draft(row: dict[str, Any], book: NumberBook) -> None:
    drafter = User.objects.get(username=row["drafter"])
    with clock.stopped_at(_moment(row["begun"])):
        post = posts_of(drafter, clock.today()).first()
        assert post is not None
        draft = begin_draft(
            by=drafter,
            document_type=DocumentType.objects.get(name=row["type"]),
            book=book,
            unit=post.unit,
            title=row["title"],
        )
    # Saved in steps, as people do, so that versions have something to tell.
    for step in row["steps"]:
        with clock.stopped_at(_moment(step["saved"])):
            draft = _saved(drafter, draft, row, step)
    for said in row.get("comments", []):
        with clock.stopped_at(_moment(said["at"])):
            comment_on_draft(
                by=User.objects.get(username=said["by"]),
                draft=draft,
                text=said["text"],
                ref=said.get("ref", ""),
            )


def _saved(by: User, draft: Draft, row: dict[str, Any], step: dict[str, Any]) -> Draft:
    composition = dataclasses.replace(
        composition_of(draft.content),
        parent_body=row.get("parent_body", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"),
        addressees=tuple(row.get("addressees", ())),
        recipients=tuple(recipient_of(line) for line in row["recipients"]),
        contact=row.get("contact", ""),
        sections=_sections(step["body"]),
        annexes=tuple(
            Annex(
                annex.get("label", ""),
                annex["title"],
                _sections(annex["body"]),
                annex.get("type", ""),
                annex.get("landscape", False),
            )
            for annex in step.get("annexes", [])
        ),
    )
    return save_draft(
        by=by,
        draft=draft,
        seen_version=draft.version,
        contents=DraftContents(
            composition=composition,
            bases=[_basis(words) for words in row.get("legal_bases", [])],
            signer=draft.signer,
            authority=draft.authority,
            urgency=row.get("urgency", draft.urgency),
            due_date=row.get("due_date"),
        ),
        note=step.get("note", ""),
    )


def _basis(words: str) -> Basis:
    """The clause; of a document of the register (“symbol: …”) as it is cited in full."""
    if not words.startswith("symbol:"):
        return Basis(words, confirmed=True)
    symbol = words.removeprefix("symbol:").strip()
    document = Document.objects.filter(symbol=symbol).first()
    return (
        Basis(legal_basis(cited(document)), document) if document else Basis(f"Thực hiện văn bản số {symbol}")
    )


def _sections(body: str) -> tuple[Section, ...]:
    return sections_of(items_of_text(body.strip("\n")))


def _moment(moment: datetime) -> datetime:
    return timezone.make_aware(moment)
