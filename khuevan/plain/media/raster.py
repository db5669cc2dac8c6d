"""Pictures of pixels, opened within bounds: upright, in known colours, written anew or in several widths.

    picture = open_picture(data)
    renditions(picture, [640, 1280])        # each as AVIF, WebP and JPEG
    reencoded(data)                          # the same picture without anything that is no picture

Only formats named here are tried, by Pillow from its wheel; the size that a file claims is judged before
its pixels are decoded. Qualities stand in `data/renditions.toml`.
"""

from __future__ import annotations

import io
import struct
import tomllib
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageSequence

from khuevan.plain.media import messages
from khuevan.plain.media.colours import in_srgb, on_background
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.declared_sizes import check_declared, check_size
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.exif import orientation_of
from khuevan.plain.media.kinds import CONTENT_TYPES, IN_WORDS
from khuevan.plain.media.limits import DEFAULT_LIMITS, MEGAPIXEL, Limits
from khuevan.plain.media.signatures import PICTURES, Kind, kind_of
from khuevan.plain.media.windows import Windows

_DATA: Final = Path(__file__).parent / "data" / "renditions.toml"
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises for files that are damaged in one way or another.
_PILLOW_ERRORS: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is looked at: upright, its first frame where it is animated.

    `pixels` keeps the colours of the file, with its profile in `pixels.info`; `frames` counts an animation.
    """

    kind: Kind
    width: int
    height: int
    frames: int
    pixels: Image.Image


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture written as a file; `width` and `height` are its own, in pixels."""

    kind: Kind
    content_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A format that renditions are written in, with the options of its encoder."""

    kind: Kind
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How renditions are written: widths, formats in the order of preference, background, originals."""

    widths: tuple[int, ...]
    formats: tuple[Format, ...]
    background: str
    original: dict[Kind, dict[str, Any]]


@cache
def default_plan() -> Plan:
    """The plan of `data/renditions.toml`."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return Plan(
        widths=tuple(data["widths"]),
        formats=tuple(Format(Kind(each["kind"]), each["options"]) for each in data["format"]),
        background=data["background"],
        original={Kind(kind): options for kind, options in data["original"].items()},
    )


def open_picture(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Picture:
    """The picture that a file holds; raises `MediaError` for what is none, too large, damaged or cut off."""
    kind = picture_kind(data)
    with _opened(data, kind, limits) as image:
        frames = _count_frames(image, limits)
        image.seek(0)
        image.load()
        upright = _upright(image, kind)
        return Picture(kind, upright.width, upright.height, frames, upright)


def renditions(
    picture: Picture, widths: Sequence[int] | None = None, plan: Plan | None = None
) -> tuple[Rendition, ...]:
    """The picture in these widths, the smallest first, in each of the plan's formats in their order.

    It is never scaled up: in place of all larger widths it comes once in its own. All are in sRGB and
    carry no details; `metadata.with_metadata` adds them.
    """
    plan = plan or default_plan()
    wanted = plan.widths if widths is None else tuple(widths)
    if not wanted or min(wanted) < 1:
        raise MediaError(messages.PICTURE_WIDTHS)
    image = in_srgb(picture.pixels)
    found: list[Rendition] = []
    for width in sorted({min(width, image.width) for width in wanted}):
        height = max(1, round(image.height * width / image.width))
        scaled = image
        if width != image.width:
            scaled = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        found += (_written(scaled, each.kind, each.options, plan) for each in plan.formats)
    return tuple(found)


def reencoded(data: bytes, limits: Limits = DEFAULT_LIMITS, plan: Plan | None = None) -> Rendition:
    """The whole picture written anew: upright, nothing behind it, no details but its colour profile.

    JPEG, PNG, WebP and AVIF stay what they are; GIF and TIFF become PNG; whatever is animated becomes an
    animated WebP in sRGB. CMYK becomes sRGB, as browsers disagree on it.
    """
    plan = plan or default_plan()
    picture = open_picture(data, limits)
    if picture.frames > 1:
        return _animation(data, picture.kind, limits, plan)
    kind = Kind.PNG if picture.kind in (Kind.GIF, Kind.TIFF) else picture.kind
    image, profile = picture.pixels, picture.pixels.info.get("icc_profile")
    alpha = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA")
    if image.mode == "P" and kind is Kind.PNG and not alpha:
        image = image.convert("RGB")
    elif image.mode not in ("RGB", "RGBA", "L", *(("LA", "I;16") if kind is Kind.PNG else ())) or (
        alpha and image.mode not in ("RGBA", "LA")
    ):
        image, profile = in_srgb(image), None
    options = plan.original[kind] | ({"icc_profile": profile} if profile else {})
    return _written(image, kind, options, plan)


def picture_kind(data: bytes) -> Kind:
    """The kind of picture by its content; refuses whatever is no picture of pixels."""
    kind = kind_of(Windows(data))
    if not isinstance(kind, Kind) or kind not in PICTURES:
        raise MediaError(messages.PICTURE_UNKNOWN)
    return kind


@contextmanager
def _opened(data: bytes, kind: Kind, limits: Limits) -> Iterator[Image.Image]:
    """The file opened by Pillow; whatever it finds wrong, then or later, becomes one sentence."""
    try:
        check_declared(data, kind, limits)
        with warnings.catch_warnings():
            # Pillow warns of details that it cannot read; what matters of them is read elsewhere.
            warnings.simplefilter("ignore")
            formats = (kind.value, "MPO") if kind is Kind.JPEG else (kind.value,)
            with Image.open(io.BytesIO(data), formats=formats) as image:
                check_size(image.width, image.height, limits)
                yield image
    except MediaError:
        raise
    except (Damage, TooManyPieces, *_PILLOW_ERRORS):
        raise MediaError(messages.PICTURE_BROKEN, found=IN_WORDS[kind]) from None


def _count_frames(image: Image.Image, limits: Limits) -> int:
    """How many frames an animation has, 1 for a still picture; refuses more than is taken."""
    # The pages of a TIFF file and the second views of a camera are no animation.
    if image.format in ("TIFF", "MPO", "JPEG"):
        return 1
    frames = int(getattr(image, "n_frames", 1))
    if frames > limits.frames or (
        frames > 1 and frames * image.width * image.height > limits.animation_pixels
    ):
        raise MediaError(
            messages.PICTURE_FRAMES,
            frames=limits.frames,
            megapixels=limits.animation_pixels // MEGAPIXEL,
        )
    return frames


def _upright(image: Image.Image, kind: Kind) -> Image.Image:
    """A copy of the picture as it is looked at; Pillow itself turns TIFF."""
    exif = image.info.get("exif")
    orientation = orientation_of(exif) if isinstance(exif, bytes) and kind is not Kind.TIFF else 1
    method = _UPRIGHT.get(orientation)
    upright = image.copy() if method is None else image.transpose(method)
    keep = ("icc_profile", "transparency")
    upright.info = {key: image.info[key] for key in keep if key in image.info}
    return upright


def _animation(data: bytes, kind: Kind, limits: Limits, plan: Plan) -> Rendition:
    with _opened(data, kind, limits) as image:
        durations, pictures = [], []
        for frame in ImageSequence.Iterator(image):
            # A frame's duration is known once its pixels are decoded.
            frame.load()
            pictures.append(in_srgb(frame))
            durations.append(max(20, min(int(frame.info.get("duration") or 100), 10_000)))
        # 0 is without end; a GIF that says nothing plays once.
        loop = int(image.info.get("loop", 1)) & 0xFFFF
        more = {"save_all": True, "append_images": pictures[1:], "duration": durations, "loop": loop}
        return _written(pictures[0], Kind.WEBP, plan.original[Kind.WEBP] | more, plan)


def _written(image: Image.Image, kind: Kind, options: dict[str, Any], plan: Plan) -> Rendition:
    out = io.BytesIO()
    if kind is Kind.JPEG and image.mode not in ("RGB", "L"):
        image = on_background(image, plan.background)
    image.save(out, kind.value, **options)
    return Rendition(kind, CONTENT_TYPES[kind][0], image.width, image.height, out.getvalue())
