"""A press kit as the files of an archive: texts, pictures, films, documents, and who must be named beside each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from khuevan.core.private_files import private_storage
from khuevan.newsroom.library_downloads import ORIGINAL, download_of
from khuevan.newsroom.models import LibraryDocument, Picture, PressKitPage, StoryPage, Video
from khuevan.newsroom.press_queries import KitContents
from khuevan.plain.folding import slug
from khuevan.plain.zip_stream import ZipPart

# What somebody waits for at a hotel's connection; a larger kit is taken piece by piece.
MOST_BYTES: Final = 500_000_000
MOST_FILES: Final = 200
_PIECE: Final = 64 * 1024
_FOLDERS: Final[dict[type[Any], str]] = {Picture: "pictures", Video: "videos", LibraryDocument: "documents"}
CREDITS: Final = "CREDITS.txt"


def size_of(contents: KitContents) -> int:
    """The bytes of everything in the kit that is a file; one that is missing on the disk counts nothing."""
    return sum(_size(thing) for thing in contents.files)


def fits(contents: KitContents) -> bool:
    """Whether the kit may be taken as one file."""
    return (
        not contents.is_empty
        and len(list(contents.files)) + len(contents.stories) <= MOST_FILES
        and size_of(contents) <= MOST_BYTES
    )


def parts_of(kit: PressKitPage, contents: KitContents, addresses: dict[int, str]) -> Iterator[ZipPart]:
    """The files of the archive, CREDITS.txt first; `addresses` gives the whole address of each piece by its key."""
    made_at: datetime = kit.last_published_at or kit.first_published_at
    language = kit.locale.language_code
    rows = list(zip(_names(contents), contents.files, strict=True))
    yield ZipPart(CREDITS, made_at, [_credits(kit, rows, language).encode()])
    for number, story in enumerate(contents.stories, start=1):
        path = f"texts/{number:02}-{slug(story.title)[:60] or 'text'}.txt"
        yield ZipPart(
            path, story.last_published_at or made_at, [_text(story, addresses.get(story.pk, "")).encode()]
        )
    for path, thing in rows:
        yield ZipPart(path, made_at, _pieces(thing))


def _names(contents: KitContents) -> Iterator[str]:
    for number, thing in enumerate(contents.files, start=1):
        ending = PurePosixPath(str(thing.file.name)).suffix.lower() or ".bin"
        yield f"{_FOLDERS[type(thing)]}/{number:02}-{slug(thing.title)[:60] or 'file'}{ending}"


def _size(thing: Any) -> int:
    try:
        return int(thing.file.size)
    except OSError:
        return 0


def _pieces(thing: Any) -> Iterator[bytes]:
    # A picture goes out as the library gives it: with credit and licence written into it, without its position.
    made = download_of(thing, ORIGINAL) if isinstance(thing, Picture) else None
    with private_storage().open(made.path) if made is not None else thing.file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _credits(kit: PressKitPage, rows: list[tuple[str, Any]], language: str) -> str:
    lines = [
        kit.title,
        _("Whoever shows one of these names the credit line with it, and keeps to the licence."),
    ]
    for path, thing in rows:
        lines += ["", path, f"  {thing.title}"]
        caption = thing.word_in(language, "caption") if isinstance(thing, Picture) else thing.caption
        credit = thing.word_in(language, "credit") if isinstance(thing, Picture) else thing.credit
        facts = (
            (_("Caption"), caption),
            (_("Credit"), credit),
            (_("Rights holder"), thing.rights_holder),
            (_("Licence"), " ".join(part for part in (thing.licence, thing.licence_url) if part)),
            (
                _("May be shown until"),
                date_format(thing.expires_date, "DATE_FORMAT") if thing.expires_date else "",
            ),
        )
        lines += [f"  {name}: {' '.join(value.split())}" for name, value in facts if value]
    return "\r\n".join(lines) + "\r\n"


def _text(story: StoryPage, address: str) -> str:
    """The piece as plain text: what it is, its words, and where it stands."""
    words = [
        " ".join(str(strip_tags(str(part))).split())
        for part in story.body.stream_block.get_searchable_content(story.body)
    ]
    published = story.first_published_at
    head = [
        story.title,
        story.get_kind_display(),
        date_format(published, "DATE_FORMAT") if published else "",
        address,
    ]
    parts = [
        *(line for line in head if line),
        "",
        story.summary,
        "",
        *(f"{word}\r\n" for word in words if word),
    ]
    return "\r\n".join(parts) + "\r\n"
