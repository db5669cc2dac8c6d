"""Pixels in the colours that the web knows: sRGB of eight bits, with or without transparency."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageCms

_TRANSPARENT: Final = ("RGBA", "LA", "PA", "RGBa", "La")
# What a profile can be told to turn: its own colours must be those of the pixels.
_PROFILED: Final = {"RGB": "RGB ", "RGBA": "RGB ", "CMYK": "CMYK", "L": "GRAY"}


def in_srgb(image: Image.Image) -> Image.Image:
    """The picture as RGB or RGBA in sRGB; by its own colour profile where it has one that can be read."""
    alpha = image.mode in _TRANSPARENT or "transparency" in image.info
    profile = image.info.get("icc_profile")
    plain = _eight_bits(image, alpha=alpha)
    turned = _by_profile(plain, profile) if isinstance(profile, bytes) and profile else None
    if turned is None:
        turned = plain.convert("RGBA" if alpha else "RGB")
    turned.info = {}
    return turned


def on_background(image: Image.Image, colour: str) -> Image.Image:
    """The picture without transparency, on a colour."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    behind = Image.new("RGBA", image.size, colour)
    behind.alpha_composite(image)
    return behind.convert("RGB")


def _eight_bits(image: Image.Image, *, alpha: bool) -> Image.Image:
    """The picture in a mode that a profile can be applied to."""
    if image.mode.startswith("I;16") or image.mode == "I":
        # Sixteen bits: the upper eight are what a screen shows.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if alpha:
        return image.convert("RGBA")
    return image if image.mode in _PROFILED else image.convert("L" if image.mode in ("1", "F") else "RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture turned to sRGB; None where the profile is damaged or meant for other colours."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != _PROFILED[image.mode]:
            return None
        target = ImageCms.createProfile("sRGB")
        if image.mode != "RGBA":
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        opaque = ImageCms.profileToProfile(image.convert("RGB"), source, target, outputMode="RGB")
        if opaque is None:
            return None
        opaque.putalpha(image.getchannel("A"))
        return opaque
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
