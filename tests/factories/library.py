"""Things of the library: pictures of any size, films of headers only, documents."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from khuevan.newsroom.choices import Consent, RightsBasis
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from tests.factories.newsroom import jpeg
from tests.plain.media import recordings_made

COMPLETE: dict[str, Any] = {"credit": "Desk", "basis": RightsBasis.OWN}


def offered_picture(width: int = 64, height: int = 48, data: bytes = b"", **values: Any) -> Picture:
    """A picture that the public library offers."""
    given = {
        **COMPLETE,
        "title": "khue-van-cac",
        "caption": "Khuê Văn Các in Văn Miếu",
        "alternative": "A red pavilion",
        "consent": Consent.NONE_SHOWN,
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "in_library": True,
        **values,
    }
    made = Picture(file=ContentFile(data or jpeg(width, height), name="khue-van-cac.jpg"), **given)
    made.save()
    return made


def offered_document(**values: Any) -> LibraryDocument:
    """A document that the public library offers."""
    given = {**COMPLETE, "title": "Facts of the city", "in_library": True, **values}
    made = LibraryDocument(file=ContentFile(b"%PDF-1.7\n%%EOF\n", name="facts.pdf"), **given)
    made.save()
    return made


def film(data: bytes = b"", **values: Any) -> Video:
    """A film that the public library offers, of headers and nothing to see."""
    data = data or recordings_made.webm()
    given = {
        **COMPLETE,
        "title": "Lanterns",
        "caption": "Lanterns in Hàng Mã",
        "consent": Consent.NONE_SHOWN,
        "in_library": True,
        "filename": "lanterns.webm",
        "content_type": "video/webm",
        "duration": 3,
        "width": 640,
        "height": 360,
        **values,
    }
    made = Video(sha256=hashlib.sha256(data).hexdigest(), size=len(data), **given)
    made.file.save("lanterns.webm", ContentFile(data), save=False)
    made.save()
    return made
