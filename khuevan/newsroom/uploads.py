"""Files that officers bring into the library: what they really are, cleaned of what nobody should have published."""

from __future__ import annotations

import io
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.kinds import Kind, inspect
from khuevan.plain.media.metadata import read_metadata, without_position
from khuevan.plain.media.picture_metadata import PictureMetadata
from khuevan.plain.media.raster import reencoded

# What keeps its compressed pixels while its details are written back; of the others the pixels are written anew.
_WRITTEN_BACK: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
_PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.GIF, Kind.TIFF, Kind.AVIF})
_SOUNDS: Final = frozenset({Kind.MP4, Kind.MOV, Kind.WEBM, Kind.MP3})


def cleaned_picture(file: UploadedFile[Any]) -> tuple[ContentFile[bytes], PictureMetadata]:
    """The picture without the place where it was taken and without what hides behind its end; what it says of itself.

    Raises ValidationError with one sentence for what is no picture that may be kept.
    """
    name = file.name or "anh"
    data = file.read()
    try:
        kind = inspect(data, name=name, declared=file.content_type or "").kind
        if kind not in _PICTURES:
            raise ValidationError(
                _("“%(name)s” is no picture: use JPEG, PNG, WebP or AVIF.") % {"name": name}
            )
        said = read_metadata(data).metadata
        kept = without_position(data) if kind in _WRITTEN_BACK else reencoded(data).data
    except MediaError as refused:
        raise ValidationError(sentence(refused)) from refused
    stem, _dot, _ending = name.rpartition(".")
    ending = {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.WEBP: "webp"}.get(kind) or _ending_of(kept)
    return ContentFile(kept, name=f"{stem or name}.{ending}"), said


def checked_document(file: UploadedFile[Any]) -> None:
    """Raises ValidationError where the file is not what its name and type say, or is a recording or program."""
    try:
        found = inspect(io.BytesIO(file.read()), name=file.name or "tep", declared=file.content_type or "")
    except MediaError as refused:
        raise ValidationError(sentence(refused)) from refused
    finally:
        file.seek(0)
    if found.kind in _SOUNDS:
        raise ValidationError(_("“%(name)s” is a recording: put it among the videos.") % {"name": file.name})


def sentence(refused: MediaError) -> str:
    """The refusal in the language of the page."""
    return _(refused.template).format(**refused.parameters)


def details_for_form(said: PictureMetadata) -> dict[str, Any]:
    """What the picture says of itself, as the fields of the library; only what it says."""
    found = {
        "caption": said.description.default,
        "alternative": said.alt_text.default,
        "credit": said.credit_line or ", ".join(said.creators),
        "rights_holder": ", ".join(said.rights_holders) or said.copyright_notice.default,
        "licence": said.usage_terms.default,
        "licence_url": said.license_url,
        "place": ", ".join(part for part in (said.location, said.city, said.country) if part),
        "made_date": said.date_created[:10] if len(said.date_created) >= len("2026-01-01") else None,
    }
    return {name: value for name, value in found.items() if value}


def _ending_of(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "webp"
