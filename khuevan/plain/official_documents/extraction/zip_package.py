"""The parts of a ZIP file (DOCX), read within limits on what is declared and on what really comes out."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.extraction import messages
from khuevan.plain.official_documents.limits import Limits

_CHUNK: Final = 256 * 1024
_SMALL: Final = 1_000_000  # a part below this size may be packed as tightly as it likes
_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,  # zipfile's answer to an encrypted entry
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


class ZipPackage:
    """An opened ZIP file whose parts are read one by one, counting what has come out so far."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Opens `data`; refuses an archive that is damaged or declares too many or too large parts."""
        self._limits = limits
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except _BROKEN:
            raise messages.unreadable(messages.BROKEN_DOCX) from None
        if len(entries) > limits.zip_entries:
            raise messages.unreadable(messages.ZIP_BOMB)
        if sum(entry.file_size for entry in entries) > limits.uncompressed_bytes:
            raise messages.unreadable(messages.ZIP_BOMB)
        for entry in entries:
            if entry.file_size > _SMALL and entry.file_size > limits.zip_ratio * max(entry.compress_size, 1):
                raise messages.unreadable(messages.ZIP_BOMB)
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in small letters."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of one part; refuses a part that is damaged or unpacks to more than is allowed."""
        entry = self._entries[name.lower()]
        if entry.flag_bits & 0x1:
            raise messages.unreadable(messages.ENCRYPTED_DOCX)
        chunks: list[bytes] = []
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > self._limits.uncompressed_bytes:
                        raise messages.unreadable(messages.ZIP_BOMB)
                    chunks.append(chunk)
        except _BROKEN:
            raise messages.unreadable(messages.BROKEN_DOCX) from None
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element:
        """The root element of one part."""
        return parse_xml(self.read(name), self._limits)


def parse_xml(data: bytes, limits: Limits) -> etree._Element:
    """The root of `data`; refuses document types, entities, and nesting beyond the limit."""
    for strict, transitional in _STRICT:
        if strict in data:
            data = data.replace(strict, transitional)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise messages.unreadable(messages.FORBIDDEN_XML)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        deep = "depth" in str(error).lower()
        raise messages.unreadable(messages.DEEP_XML if deep else messages.BROKEN_DOCX) from None
    if root is None:
        raise messages.unreadable(messages.BROKEN_DOCX)
    # A file in UTF-16 hides its document type from the look at the bytes above.
    if root.getroottree().docinfo.internalDTD is not None:
        raise messages.unreadable(messages.FORBIDDEN_XML)
    if _is_deeper(root, limits.xml_depth):
        raise messages.unreadable(messages.DEEP_XML)
    return root


def _is_deeper(root: etree._Element, depth: int) -> bool:
    """Whether any element stands more than `depth` levels deep; the parser itself stops at 256."""
    if depth >= 256:
        return False
    return bool(root.xpath("boolean(" + "/*" * (depth + 1) + ")"))
