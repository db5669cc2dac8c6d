"""What size a picture claims, and in how many passes, read from its header before any pixel is decoded."""

from __future__ import annotations

from khuevan.plain.media import boxes, gif, jpeg, messages, webp
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.exif_layout import ExifBlock
from khuevan.plain.media.limits import MEGABYTE, MEGAPIXEL, Limits
from khuevan.plain.media.signatures import Kind

_TIFF_SIDES = (0x0100, 0x0101)


def check_declared(data: bytes, kind: Kind, limits: Limits) -> None:
    """Refuses a picture that is larger in bytes, pixels or passes than is taken; raises `Damage` too."""
    if len(data) > limits.picture_bytes:
        raise MediaError(messages.PICTURE_TOO_BIG, megabytes=limits.picture_bytes // MEGABYTE)
    match kind:
        case Kind.JPEG:
            try:
                file = jpeg.read_jpeg(data, limits)
            except TooManyPieces:
                raise MediaError(messages.PICTURE_SCANS, scans=limits.jpeg_scans) from None
            if file.scans > limits.jpeg_scans:
                raise MediaError(messages.PICTURE_SCANS, scans=limits.jpeg_scans)
            size: tuple[int, int] | None = jpeg.declared_size(file)
        case Kind.PNG:
            size = _sized(data[16:24])
        case Kind.WEBP:
            size = webp.declared_size(webp.read_webp(data, limits).chunks)
        case Kind.GIF:
            outline = gif.read_gif(data)
            size = outline.width, outline.height
        case Kind.AVIF:
            size = boxes.largest_picture(data)
        case _:
            size = _size_of_tiff(data)
    if size is not None:
        check_size(*size, limits)


def check_size(width: int, height: int, limits: Limits) -> None:
    """Refuses a size that is over the bounds."""
    if width * height > limits.pixels:
        raise MediaError(
            messages.PICTURE_PIXELS, width=width, height=height, megapixels=limits.pixels // MEGAPIXEL
        )
    if max(width, height) > limits.side:
        raise MediaError(messages.PICTURE_SIDE, width=width, height=height, side=limits.side)
    if min(width, height) < 1:
        raise Damage(0)


def _sized(header: bytes) -> tuple[int, int]:
    if len(header) < 8:
        raise Damage(16, cut_off=True)
    return int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")


def _size_of_tiff(data: bytes) -> tuple[int, int]:
    """Width and height of the first page, whose directory has the layout of EXIF's."""
    block = ExifBlock(data)
    first = block.directories[0]
    found = [first.entry(tag) for tag in _TIFF_SIDES]
    sides = [block.numbers(entry)[:1] for entry in found if entry is not None]
    if len(sides) != 2 or () in sides:
        raise Damage(first.at)
    return sides[0][0], sides[1][0]
