"""Files of the library as they are sent: each size of a picture with its details written in, made once and kept.

A kept file's name is the digest of everything that went into it: when somebody changes a word, the next reader's file
has another name, and the former goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.files.base import ContentFile

from khuevan.core.private_files import private_storage
from khuevan.newsroom.library_details import details_of
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.plain.folding import slug
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.kinds import CONTENT_TYPES, Kind
from khuevan.plain.media.metadata import read_metadata, with_metadata
from khuevan.plain.media.raster import default_plan, open_picture, picture_kind, renditions

# The sizes beside the original, by their widths in pixels; none is made larger than the original is.
WIDTHS: Final = {"small": 960, "medium": 1920}
ORIGINAL: Final = "original"
# Changed when the same picture and words shall give another file.
_MADE_AS: Final = 2
_SAID: Final = (
    "caption", "alternative", "credit", "rights_holder", "licence", "licence_url", "place", "made_date",
    "other_words", "keeps_position",
)  # fmt: skip
_ENDINGS: Final = {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.WEBP: "webp", Kind.AVIF: "avif"}


@dataclass(frozen=True, slots=True)
class Download:
    """One file as it is sent: `path` within the private storage; `has_details` where they are written into it."""

    size: str
    width: int
    height: int
    length: int
    content_type: str
    name: str
    path: str
    has_details: bool

    @property
    def etag(self) -> str:
        """What changes with the file."""
        return hashlib.sha256(self.path.encode()).hexdigest()[:20]


def sizes_of(picture: Picture) -> tuple[str, ...]:
    """The sizes in which the picture is offered, the smallest first."""
    return (*(size for size, width in WIDTHS.items() if width < picture.width), ORIGINAL)


def downloads_of(picture: Picture) -> tuple[Download, ...]:
    """Every size of the picture, made where it is missing; those of former words are taken out."""
    digest = _digest(picture)
    original = b""
    storage = private_storage()
    folder = _folder(picture)
    there = set(_names(folder))
    made: list[Download] = []
    for size in sizes_of(picture):
        kept = next((name for name in there if name.startswith(f"{size}-{digest}-")), "")
        if not kept:
            original = original or _bytes_of(picture)
            file = _made(picture, size, original)
            kept = f"{size}-{digest}-{file.width}x{file.height}{'-details' if file.has_details else ''}.{file.ending}"
            storage.save(f"{folder}/{kept}", ContentFile(file.data))
        made.append(_described(picture, folder, kept))
    current = {download.path.rpartition("/")[2] for download in made}
    for name in there - current:
        storage.delete(f"{folder}/{name}")
    return tuple(made)


def download_of(picture: Picture, size: str) -> Download | None:
    """The picture in one size; None where it is not offered in it."""
    if size not in sizes_of(picture):
        return None
    return next((download for download in downloads_of(picture) if download.size == size), None)


def forget_downloads(instance: Any, **kwargs: Any) -> None:
    """The picture is gone: its kept files, too."""
    folder = _folder(instance)
    for name in _names(folder):
        private_storage().delete(f"{folder}/{name}")


def name_for(thing: Picture | LibraryDocument | Video, ending: str, size: str = "") -> str:
    """What the file is called on the reader's disk: words of the title, so that it is found again."""
    words = slug(thing.title)[:60].strip("-") or "ha-noi"
    return f"{words}-{thing.pk}{f'-{size}' if size else ''}.{ending}"


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    width: int
    height: int
    ending: str
    has_details: bool


def _digest(picture: Picture) -> str:
    """What changes with anything that goes into the files."""
    said = [str(getattr(picture, name)) for name in _SAID]
    tags = [tag.name for tag in picture.tags.all()]
    key = repr((_MADE_AS, picture.get_file_hash(), said, tags))
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _made(picture: Picture, size: str, original: bytes) -> _File:
    details = details_of(picture, read_metadata(original).metadata)
    kind = picture_kind(original)
    if size != ORIGINAL:
        plan = default_plan()
        plan = replace(plan, formats=tuple(form for form in plan.formats if form.kind is Kind.JPEG))
        (smaller,) = renditions(open_picture(original), [WIDTHS[size]], plan)
        # The position that a camera wrote is in the original alone.
        data = with_metadata(smaller.data, details)
        return _File(data, smaller.width, smaller.height, "jpg", has_details=True)
    ending = _ENDINGS.get(kind, "bin")
    try:
        data = with_metadata(original, details, keep_position=picture.keeps_position)
    except MediaError:
        # An animation, or a file of a kind that we do not write: the page says the same beside it.
        return _File(original, picture.width, picture.height, ending, has_details=False)
    return _File(data, picture.width, picture.height, ending, has_details=True)


def _described(picture: Picture, folder: str, name: str) -> Download:
    stem, _dot, ending = name.rpartition(".")
    size, _digest, pixels, *rest = stem.split("-")
    width, height = (int(number) for number in pixels.split("x"))
    kind = next(kind for kind, known in _ENDINGS.items() if known == ending)
    path = f"{folder}/{name}"
    return Download(
        size=size,
        width=width,
        height=height,
        length=private_storage().size(path),
        content_type=CONTENT_TYPES[kind][0],
        name=name_for(picture, ending, size if size != ORIGINAL else ""),
        path=path,
        has_details="details" in rest,
    )


def _bytes_of(picture: Picture) -> bytes:
    with picture.file.open("rb") as stream:
        data: bytes = stream.read()
    return data


def _folder(picture: Picture) -> str:
    return f"downloads/{picture.pk}"


def _names(folder: str) -> Iterable[str]:
    try:
        names: Iterable[str] = private_storage().listdir(folder)[1]
    except FileNotFoundError:
        return ()
    return names
