"""Pictures of signatures and seals: transparent PNG, bounded, encoded anew before they go into a document."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.errors import SigningRefused

_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_MOST_BYTES: Final = 3_000_000
_MOST_PIXELS: Final = 9_000_000
_MOST_SIDE: Final = 6_000
_POINTS_AN_INCH: Final = 72.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A transparent picture, encoded anew; `real_size` (width, height in points) where the file states it."""

    png: bytes
    width: int
    height: int
    real_size: tuple[float, float] | None

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height


def checked_picture(content: bytes) -> Picture:
    """The picture of a signature or seal, without its empty margins; refuses what is no PNG with transparency.

    Nothing of the file but its pixels and its resolution is kept.
    """
    # Not at the top of the module: Pillow is needed only where somebody signs.
    from PIL import Image

    if len(content) > _MOST_BYTES:
        raise SigningRefused(
            _("The picture is larger than {megabytes} MB: save it smaller."),
            megabytes=_MOST_BYTES // 1_000_000,
        )
    width, height = _size_in_head(content)
    if not (0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE and width * height <= _MOST_PIXELS):
        raise SigningRefused(
            _("The picture has too many dots ({width} × {height}): save it smaller."),
            width=width,
            height=height,
        )
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            resolution = opened.info.get("dpi")
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError):
        raise SigningRefused(_("The picture is damaged: save it again as PNG.")) from None
    least, most = picture.getchannel("A").getextrema()
    if least == 255:
        raise SigningRefused(
            _(
                "The picture has no transparent ground: save it as PNG with transparency, so that text shows through."
            )
        )
    if most == 0:
        raise SigningRefused(_("The picture is empty: everything in it is transparent."))
    # What is centred, and what the seal lies over, is the ink and not the empty margin around it.
    inked = picture.crop(picture.getchannel("A").getbbox())
    cleaned = io.BytesIO()
    real_size = _real_size(*inked.size, resolution)
    # With its resolution: what is kept says its size again when it is checked again.
    inked.save(cleaned, "PNG", **({"dpi": resolution} if real_size else {}))
    return Picture(cleaned.getvalue(), *inked.size, real_size)


def _size_in_head(content: bytes) -> tuple[int, int]:
    """Width and height as the first chunk states them, before anything is unpacked."""
    if not content.startswith(_HEAD) or content[12:16] != b"IHDR" or len(content) < 24:
        raise SigningRefused(_("The picture is not a PNG: save it as PNG with transparency."))
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _real_size(width: int, height: int, resolution: object) -> tuple[float, float] | None:
    """The size on paper, in points, where the file says how many dots make an inch."""
    if not isinstance(resolution, tuple) or len(resolution) != 2:
        return None
    across, down = float(resolution[0]), float(resolution[1])
    if not (across >= 1 and down >= 1):
        return None
    return width / across * _POINTS_AN_INCH, height / down * _POINTS_AN_INCH
