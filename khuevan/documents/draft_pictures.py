"""An uploaded picture, checked and encoded anew: what a draft keeps is pixels and nothing else.

Metadata (place, camera, earlier previews) and whatever hides behind the end of a file are gone with that.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
# 300 dots an inch over the whole width of the text (160 mm): more is not seen on paper.
WIDEST = 1_900


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """A picture that may be kept; `name` is how the draft calls it, made of what it shows."""

    filename: str
    name: str
    data: bytes
    sha256: str


def checked_picture(filename: str, stream: IO[bytes]) -> CheckedPicture:
    """The picture as PNG or JPEG, upright, at most as wide as paper shows; raises ValidationError with a sentence."""
    name = Path(filename.replace("\\", "/")).name.strip()[-255:]
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB: send a smaller picture.")
            % {"name": name, "most": MOST_BYTES // 1_000_000}
        )
    try:
        encoded, ending = _encoded(data)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, SyntaxError):
        raise ValidationError(
            _("“%(name)s” is no picture that can be printed: use PNG or JPEG.") % {"name": name}
        ) from None
    digest = hashlib.sha256(encoded).hexdigest()
    return CheckedPicture(name or f"hinh.{ending}", f"{digest[:16]}.{ending}", encoded, digest)


def _encoded(data: bytes) -> tuple[bytes, str]:
    with warnings.catch_warnings():
        # A picture of more pixels than that is refused by its size below, not by a warning.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    kind = opened.format
    picture: Image.Image = ImageOps.exif_transpose(opened)
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, max(1, round(picture.height * WIDEST / picture.width))))
    written = io.BytesIO()
    if kind == "JPEG":
        picture.convert("RGB").save(written, "JPEG", quality=88)
        return written.getvalue(), "jpg"
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    whole = picture.convert("RGBA" if has_alpha else "RGB")
    if has_alpha:
        # Paper is white, and PDF/A-2 printed on old machines knows no transparency.
        paper = Image.new("RGB", whole.size, "white")
        paper.paste(whole, mask=whole.getchannel("A"))
        whole = paper
    whole.save(written, "PNG", optimize=True)
    return written.getvalue(), "png"
