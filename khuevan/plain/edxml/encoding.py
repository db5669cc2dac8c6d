"""The bytes of a message in UTF-8, whatever of the two encodings of the standard it came in."""

from __future__ import annotations

import codecs
import re
from typing import Final

from khuevan.plain.edxml import messages
from khuevan.plain.edxml.limits import MEGABYTE, Limits

_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"<\x00\x00\x00", b"\x00\x00\x00<")
_UTF_16: Final = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# A file that says UTF-16 and is none was converted on its way without the label; it is checked as UTF-8.
_READ: Final = ("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be")


def in_utf8(data: bytes, limits: Limits) -> tuple[bytes, int]:
    """The message in UTF-8, and at which byte it begins: behind a byte order mark and blank lines."""
    if len(data) > limits.file_bytes:
        raise messages.refused(messages.TOO_BIG, megabytes=limits.file_bytes // MEGABYTE)
    if data.startswith(_UTF_32):
        raise messages.refused(messages.ENCODING, encoding="UTF-32")
    for mark, encoding in _UTF_16:
        if data.startswith(mark):
            data = _from_utf16(data, encoding)
            break
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    head = data[start : start + 1024]
    if not head:
        raise messages.refused(messages.EMPTY)
    start += len(head) - len(head.lstrip())
    if data[start : start + 1] != b"<":
        raise messages.refused(messages.EMPTY if not data[start:].strip() else messages.NOT_XML)
    declared = _DECLARED.match(head)
    if declared is not None and (name := declared[1].decode("ascii")).lower() not in _READ:
        raise messages.refused(messages.ENCODING, encoding=name)
    return data, start


def _from_utf16(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise messages.refused(messages.BROKEN_ENCODING, line=before.count("\n") + 1) from None
