"""What a draft holds, as a composition: with its pictures by name for editing, or whole for printing.

By name: the `data` of a picture is the UTF-8 name under which its draft keeps it.
"""

from __future__ import annotations

from typing import Any

from khuevan.documents.models import Document, Draft, DraftPicture
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.composition_form import (
    CompositionLimits,
    as_plain,
    from_plain,
)

# What one person writes: a whole plan of a city with its annexes fits several times.
DRAFT_LIMITS = CompositionLimits(
    sections=4_000, characters=600_000, cells=20_000, columns=30, pictures=60, list_items=2_000
)


class _Names(dict[str, bytes]):
    """Stands for all pictures: gives for every name the name itself."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> bytes:
        return name.encode()


def composition_of(content: Any) -> Composition:
    """The stored content with its pictures by name; raises UnreadableComposition for what is none."""
    return from_plain(content, pictures=_Names(), limits=DRAFT_LIMITS)


def content_of(composition: Composition) -> dict[str, Any]:
    """What is stored of a composition whose pictures are by name; raises UnreadableComposition over a limit."""
    content = as_plain(composition, name_picture=lambda picture: picture.data.decode())
    composition_of(content)
    return content


def whole_composition(draft: Draft, content: Any = None) -> Composition:
    """The draft (or what an earlier version held) with the bytes of its pictures, ready to be printed."""
    held = draft.content if content is None else content
    return from_plain(held, pictures=_Kept(draft), limits=DRAFT_LIMITS)


def whole_document(document: Document) -> Composition | None:
    """What an outgoing document was written from, its pictures with it; None where that is not kept."""
    if document.content is None:
        return None
    draft = Draft.objects.filter(document=document).first()
    pictures = _Kept(draft) if draft is not None else _Names()
    return from_plain(document.content, pictures=pictures, limits=DRAFT_LIMITS)


class _Kept(dict[str, bytes]):
    """The bytes of a draft's pictures by name, each read when it is asked for."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._rows: dict[str, DraftPicture] | None = None
        self._draft = draft

    def _row(self, name: object) -> DraftPicture | None:
        if self._rows is None:
            self._rows = {row.name: row for row in self._draft.pictures.all()}
        return self._rows.get(str(name))

    def __contains__(self, name: object) -> bool:
        return self._row(name) is not None

    def __missing__(self, name: str) -> bytes:
        row = self._row(name)
        if row is None:
            raise KeyError(name)
        with row.file.open("rb") as stream:
            self[name] = bytes(stream.read())
        return self[name]
