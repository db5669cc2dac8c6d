"""How much of an uploaded picture or file is taken in before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1_000_000
MEGAPIXEL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; whatever goes over one of them is refused, never cut silently.

    Sizes are in bytes. `pixels` counts one picture, `animation_pixels` all frames of an animated one.
    `unpacked_bytes` is what the parts of an office file claim to be when unpacked.
    """

    picture_bytes: int = 80 * MEGABYTE
    document_bytes: int = 200 * MEGABYTE
    recording_bytes: int = 4_000 * MEGABYTE
    # Below the 89 megapixels at which Pillow itself begins to warn of decompression bombs.
    pixels: int = 80 * MEGAPIXEL
    side: int = 30_000
    frames: int = 600
    animation_pixels: int = 240 * MEGAPIXEL
    # Each scan of a progressive JPEG goes over all its pixels again; cameras and programs write about ten.
    jpeg_scans: int = 100
    segments: int = 2_000
    metadata_bytes: int = 8 * MEGABYTE
    metadata_elements: int = 20_000
    metadata_depth: int = 60
    # Of one element, in details and drawings alike: reading them takes time by the square of their number.
    attributes: int = 1_000
    svg_bytes: int = 4 * MEGABYTE
    svg_elements: int = 40_000
    svg_depth: int = 80
    # What is drawn when all <use> are followed.
    svg_drawn: int = 100_000
    zip_entries: int = 5_000
    unpacked_bytes: int = 1_000 * MEGABYTE
    boxes: int = 5_000


DEFAULT_LIMITS: Final = Limits()
