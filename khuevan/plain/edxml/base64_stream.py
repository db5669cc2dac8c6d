"""The bytes of one attachment, decoded while its base64 is still being read."""

from __future__ import annotations

import binascii
import re
from typing import Final

from khuevan.plain.edxml import messages
from khuevan.plain.edxml.limits import MEGABYTE, Limits

_BATCH: Final = 4096
_SPACE: Final = b" \t\r\n"
_FOREIGN: Final = re.compile(rb"[^A-Za-z0-9+/= \t\r\n]")


class Base64Stream:
    """Takes base64 piece by piece; refuses what is no base64, and what decodes to more than allowed.

    `line` is the line in which the text begins, `already` what earlier attachments decoded to.
    """

    def __init__(self, line: int, limits: Limits, already: int) -> None:
        """A stream that has seen nothing yet."""
        self.data = bytearray()
        self._line = line
        self._limits = limits
        self._already = already
        self._waiting: list[str] = []
        self._waiting_characters = 0
        self._rest = b""
        self._padded = False

    def feed(self, text: str) -> None:
        """Takes the next piece; short pieces wait, as a parser may hand over single letters."""
        self._waiting.append(text)
        self._waiting_characters += len(text)
        if self._waiting_characters >= _BATCH:
            self._decode()

    def close(self) -> bytes:
        """All that was decoded; refuses base64 that ends in the middle of a group of four."""
        self._decode()
        if self._rest:
            raise messages.refused(messages.BASE64_CUT_OFF, line=self._line)
        return bytes(self.data)

    def _decode(self) -> None:
        text = "".join(self._waiting)
        self._waiting, self._waiting_characters = [], 0
        # What ASCII does not have becomes a question mark, which base64 does not have either.
        raw = text.encode("ascii", "replace")
        compact = self._rest + raw.translate(None, _SPACE)
        whole = len(compact) - len(compact) % 4
        groups, self._rest = compact[:whole], compact[whole:]
        foreign = _FOREIGN.search(raw)
        if foreign is not None or (self._padded and compact):
            self._refuse(raw, foreign.start() if foreign else 0)
        try:
            self.data += binascii.a2b_base64(groups, strict_mode=True)
        except binascii.Error:
            self._refuse(raw, len(raw))
        self._padded = self._padded or groups.endswith(b"=")
        self._line += raw.count(b"\n")
        if len(self.data) > self._limits.attachment_bytes:
            raise messages.refused(
                messages.ATTACHMENT_TOO_BIG,
                line=self._line,
                megabytes=self._limits.attachment_bytes // MEGABYTE,
            )
        if len(self.data) + self._already > self._limits.attachments_bytes:
            raise messages.refused(
                messages.ATTACHMENTS_TOO_BIG,
                line=self._line,
                megabytes=self._limits.attachments_bytes // MEGABYTE,
            )

    def _refuse(self, raw: bytes, at: int) -> None:
        raise messages.refused(messages.NOT_BASE64, line=self._line + raw.count(b"\n", 0, at))
