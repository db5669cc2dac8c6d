"""Files that officers bring into the library: what they really are, cleaned of what nobody should have published."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from khuevan.newsroom.library_details import place_in_words
from khuevan.newsroom.upload_sentences import sentence
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.kinds import Kind, inspect
from khuevan.plain.media.limits import MEGABYTE
from khuevan.plain.media.metadata import read_metadata, with_metadata, without_position
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata
from khuevan.plain.media.raster import reencoded
from khuevan.plain.media.recordings import check_playable, read_recording
from khuevan.plain.media.signatures import RECORDINGS
from khuevan.plain.media.svg import clean_svg
from khuevan.plain.media.webvtt import read_webvtt, written_webvtt

# What keeps its compressed pixels while its details are written back; of the others the pixels are written anew.
_WRITTEN_BACK: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
_PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.GIF, Kind.TIFF, Kind.AVIF})
_FILMS: Final = frozenset({Kind.MP4, Kind.WEBM})


def cleaned_picture(
    file: UploadedFile[Any], *, keep_position: bool = False
) -> tuple[ContentFile[bytes], PictureMetadata]:
    """The picture without the place where it was taken and without what hides behind its end; what it says of itself.

    The place stays where it is wanted. Raises ValidationError with one sentence for what is no picture that may be
    kept.
    """
    name = file.name or "anh"
    file.seek(0)
    data = file.read()
    try:
        kind = inspect(data, name=name, declared=file.content_type or "").kind
        if kind is Kind.SVG:
            raise ValidationError(
                _("“%(name)s” is a drawing: put it among the documents, or save it as PNG.") % {"name": name}
            )
        if kind not in _PICTURES:
            raise ValidationError(
                _("“%(name)s” is no picture: use JPEG, PNG, WebP or AVIF.") % {"name": name}
            )
        said = read_metadata(data).metadata
        if kind not in _WRITTEN_BACK:
            kept = reencoded(data).data
        elif keep_position:
            # Written back all the same: what hides behind the picture's end goes.
            kept = with_metadata(data, said, keep_position=True)
        else:
            kept = without_position(data)
    except MediaError as refused:
        raise ValidationError(sentence(refused)) from refused
    stem, _dot, _ending = name.rpartition(".")
    ending = {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.WEBP: "webp"}.get(kind) or _ending_of(kept)
    return ContentFile(kept, name=f"{stem or name}.{ending}"), said


def checked_document(file: UploadedFile[Any]) -> ContentFile[bytes] | None:
    """A drawing without what could act, in place of the uploaded one; None where the file may stay as it is.

    Raises ValidationError where the file is not what its name and type say, or is a recording or program.
    """
    try:
        file.seek(0)
        data = file.read()
        found = inspect(io.BytesIO(data), name=file.name or "tep", declared=file.content_type or "")
        if found.kind in RECORDINGS:
            raise ValidationError(
                _("“%(name)s” is a recording: put it among the videos.") % {"name": file.name}
            )
        if found.kind is Kind.SVG:
            return ContentFile(clean_svg(data).data, name=file.name)
    except MediaError as refused:
        raise ValidationError(sentence(refused)) from refused
    finally:
        file.seek(0)
    return None


@dataclass(frozen=True, slots=True)
class Film:
    """What an uploaded film is: `duration` in seconds, rounded up; None where it does not say."""

    content_type: str
    size: int
    sha256: str
    duration: int | None
    width: int
    height: int


def checked_film(file: UploadedFile[Any]) -> Film:
    """What the film is; raises ValidationError for what is none, too large, or what browsers do not show."""
    name = file.name or "phim"
    most = settings.LARGEST_VIDEO
    if (file.size or 0) > most:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB: make it shorter or smaller and upload it again.")
            % {"name": name, "most": most // MEGABYTE}
        )
    try:
        file.seek(0)
        # An uploaded file reads and seeks like any other, but says so nowhere.
        source: Any = file
        found = inspect(source, name=name, declared=file.content_type or "")
        if found.kind not in _FILMS:
            raise ValidationError(_("“%(name)s” is no film: use MP4 or WebM.") % {"name": name})
        recording = read_recording(source, found.kind)
        check_playable(recording)
    except MediaError as refused:
        raise ValidationError(sentence(refused)) from refused
    finally:
        file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    seconds = recording.duration
    return Film(
        found.content_type,
        found.size,
        digest.hexdigest(),
        None if seconds is None else max(1, round(seconds)),
        recording.width,
        recording.height,
    )


def checked_captions(file: UploadedFile[Any]) -> str:
    """The captions of a WebVTT file, written anew; raises ValidationError with the line that is wrong."""
    file.seek(0)
    try:
        return written_webvtt(read_webvtt(file.read()))
    except MediaError as refused:
        raise ValidationError(sentence(refused)) from refused


def details_for_form(said: PictureMetadata) -> dict[str, Any]:
    """What the picture says of itself, as the fields of the library; only what it says.

    The library's own words are those of the site's first language; what is said in others comes as `caption_vi` and
    `alternative_vi`.
    """
    first = settings.LANGUAGE_CODE
    found: dict[str, Any] = {
        "caption": _first_of(said.description, first),
        "alternative": _first_of(said.alt_text, first),
        "credit": said.credit_line or ", ".join(said.creators),
        "rights_holder": ", ".join(said.rights_holders) or said.copyright_notice.default,
        "licence": said.usage_terms.default,
        "licence_url": said.license_url,
        "place": place_in_words(said),
        "made_date": said.date_created[:10] if len(said.date_created) >= len("2026-01-01") else None,
    }
    for code, _name in settings.LANGUAGES:
        if code != first:
            found[f"caption_{code}"] = said.description.in_language(code)
            found[f"alternative_{code}"] = said.alt_text.in_language(code)
    return {name: value for name, value in found.items() if value}


def _first_of(text: ByLanguage, language: str) -> str:
    return text.in_language(language) or text.default


def _ending_of(data: bytes) -> str:
    """Of a picture that was written anew."""
    if data.startswith(b"\x89PNG"):
        return "png"
    return "avif" if data[4:8] == b"ftyp" else "webp"
