"""Which office file a ZIP archive is, told by its parts, without unpacking more than its list of contents.

Sources: ECMA-376 part 2 (Open Packaging), OpenDocument 1.3 part 2 (`mimetype` first, unpacked), APPNOTE 6.3.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.archives import BrokenArchive, contents, end_of_directory, part
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.signatures import Kind
from khuevan.plain.media.windows import Windows

_TYPES_PART: Final = "[Content_Types].xml"
_TYPES_BYTES: Final = 1_000_000
# An entry of the directory is 46 bytes, a name, and little more.
_ENTRY_BYTES: Final = 400
_MAIN_TYPES: Final = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"presentationml.presentation.main+xml", Kind.PPTX),
    (b"presentationml.slideshow.main+xml", Kind.PPTX),
)
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument."
_OPEN_KINDS: Final = {b"text": Kind.ODT, b"spreadsheet": Kind.ODS, b"presentation": Kind.ODP}
_MACRO_PART: Final = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|Basic/.+|Scripts/.+)\Z", re.IGNORECASE
)
_PROGRAM_NAME: Final = re.compile(
    r"\.(?:apk|app|bat|cmd|com|cpl|dll|exe|hta|jar|jse?|lnk|msi|msp|ocx|pif|ps1|psm1|reg|scr|sh|vb|vbe|vbs|wsf|wsh)"
    r"[. ]*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """What an archive is: an office file (`kind`) or another archive (None), and what speaks against it."""

    kind: Kind | None
    macros: bool = False
    program: bool = False
    bomb: bool = False


def office_file(windows: Windows, limits: Limits) -> OfficeFile:
    """What an archive is; raises `BrokenArchive` for one that is damaged, cut off, or has bytes around it."""
    end = end_of_directory(windows)
    if end is None or end.start != 0 or end.stop != windows.size:
        raise BrokenArchive
    if end.entries > limits.zip_entries or end.directory_bytes > limits.zip_entries * _ENTRY_BYTES:
        return OfficeFile(_kind(windows, []), bomb=True)
    entries = contents(windows)
    kind = _kind(windows, entries)
    names = [entry.filename for entry in entries]
    types = _types(windows, entries)
    return OfficeFile(
        kind,
        macros=b"macroEnabled" in types or any(_MACRO_PART.search(name) for name in names),
        program=any(_PROGRAM_NAME.search(name) for name in names),
        bomb=len(entries) > limits.zip_entries
        or sum(entry.file_size for entry in entries) > limits.unpacked_bytes,
    )


def _kind(windows: Windows, entries: list[zipfile.ZipInfo]) -> Kind | None:
    start = windows.read(30, 100)
    if start.startswith(_OPEN_DOCUMENT):
        named = re.match(rb"[a-z]+", start[len(_OPEN_DOCUMENT) :])
        return _OPEN_KINDS.get(named[0]) if named else None
    types = _types(windows, entries).replace(b"macroEnabled.main+xml", b"main+xml")
    types = re.sub(rb"ms-(word|excel|powerpoint)\.(document|sheet|presentation)\.main", _as_open, types)
    return next((kind for mark, kind in _MAIN_TYPES if mark in types), None)


def _as_open(found: re.Match[bytes]) -> bytes:
    """The type of a file with macros as that of the same file without."""
    family = {b"word": b"wordprocessingml", b"excel": b"spreadsheetml", b"powerpoint": b"presentationml"}
    return family[found[1]] + b"." + found[2] + b".main"


def _types(windows: Windows, entries: list[zipfile.ZipInfo]) -> bytes:
    """The list of contents of an Open Packaging file; empty where there is none of honest size."""
    entry = next((each for each in entries if each.filename == _TYPES_PART), None)
    return part(windows, entry, _TYPES_BYTES) if entry is not None else b""
