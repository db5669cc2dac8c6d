"""What the name of an uploaded file says of its kind, and what is wrong with the name itself."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.signatures import Kind

MAXIMUM: Final = 200
# The first ending is the one that a better name is given.
ENDINGS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.PNG: ("png", "apng"),
    Kind.WEBP: ("webp",),
    Kind.AVIF: ("avif", "avifs"),
    Kind.GIF: ("gif",),
    Kind.TIFF: ("tif", "tiff"),
    Kind.SVG: ("svg",),
    Kind.PDF: ("pdf",),
    Kind.MP4: ("mp4", "m4v"),
    Kind.MOV: ("mov", "qt"),
    Kind.WEBM: ("webm",),
    Kind.MP3: ("mp3",),
    Kind.DOCX: ("docx",),
    Kind.XLSX: ("xlsx",),
    Kind.PPTX: ("pptx", "ppsx"),
    Kind.ODT: ("odt",),
    Kind.ODS: ("ods",),
    Kind.ODP: ("odp",),
}
_OTHER: Final = (
    "7z apk app asp aspx bat bmp bz2 cgi cmd com cpl css dll doc docm dot eml eps exe gz hta htm html heic jar"
    " js jse json jsp lnk mjs mkv msi msp php phtml pif pl ppt pptm ps1 psd py rar reg rtf scr sh svgz swf tar"
    " vb vbe vbs wav wsf wsh xhtml xls xlsm xml zip"
)
_KNOWN_ENDINGS: Final = {*_OTHER.split(), *(ending for endings in ENDINGS.values() for ending in endings)}
_SEPARATOR: Final = re.compile(r"[/\\]")


def check_name(name: str, kind: Kind, found: str) -> None:
    """Refuses a name that hides its ending, has two, or promises another kind than `kind` (`found` in words)."""
    if len(name) > MAXIMUM:
        raise MediaError(messages.LONG_NAME, maximum=MAXIMUM)
    better = better_name(name, kind)
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co") for sign in name):
        raise MediaError(messages.DISGUISED_NAME, better=better)
    if _SEPARATOR.search(name):
        raise MediaError(messages.PATH_IN_NAME, better=better)
    stem, dot, ending = name.rpartition(".")
    # Some systems drop dots and spaces at the end of a name, so that another ending comes to light.
    if name.rstrip(". ") != name or not stem.strip(". "):
        raise MediaError(messages.NO_ENDING, name=name, found=found, better=better)
    if not dot:
        raise MediaError(messages.NO_ENDING, name=name, found=found, better=better)
    if ending.lower() not in ENDINGS[kind]:
        raise MediaError(messages.WRONG_ENDING, name=name, ending=ending, found=found, better=better)
    if any(_is_ending(part) for part in stem.split(".")[1:]):
        raise MediaError(messages.DOUBLE_ENDING, name=name, better=better)


def better_name(name: str, kind: Kind) -> str:
    """A name that can be kept: the last part without hidden signs and known endings, then the kind's ending."""
    last = _SEPARATOR.split(name)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(". ")
    first, *others = seen.split(".")
    kept = [] if not others and _is_ending(first) else [first]
    kept += [part for part in others if not _is_ending(part)]
    stem = ".".join(kept).strip(". ")[: MAXIMUM - 6] or "file"
    return f"{stem}.{ENDINGS[kind][0]}"


def shown_name(name: str) -> str:
    """A name as a sentence shows it: its last part, no hidden signs, no longer than a line."""
    last = _SEPARATOR.split(name)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return seen if len(seen) <= 80 else f"{seen[:60]}…{seen[-19:]}"


def _is_ending(part: str) -> bool:
    return part.strip().lower() in _KNOWN_ENDINGS
