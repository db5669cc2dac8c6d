"""Whether a PDF may be read in this process: a look at its streams before pdfium gets it.

pdfium cannot be interrupted. A small file can keep it busy for ever (forms that draw forms that draw
forms) or fill the memory (streams that unpack to gigabytes). What is plainly harmless is read here and
now; anything else in a process of its own that is stopped when its time or memory is used up.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from khuevan.plain.official_documents.errors import UnreadableDocument
from khuevan.plain.official_documents.extraction import messages, programs
from khuevan.plain.official_documents.extraction.page_geometry import Page, Piece, RuledTable
from khuevan.plain.official_documents.limits import Deadline, Limits

_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_IMAGE: Final = re.compile(rb"/Subtype\s*/Image\b")
_MAYBE_FORM: Final = re.compile(rb"/Subtype\s*(?:/Form\b|\d)|#")
_ODD_FILTER: Final = re.compile(rb"LZW|/LZ\b|RunLength|/RL\b|ASCII85|/A85\b|ASCIIHex|/AHx\b|/Crypt\b")
_DRAWS: Final = re.compile(rb"\bDo\b")
_DICTIONARY_BYTES: Final = 4_000
_CHUNK: Final = 1_000_000
_CONTENT_BYTES: Final = 5_000_000
_MOST_FORMS: Final = 2_000
_MEMORY: Final = 2_000_000_000


def is_plain(data: bytes, limits: Limits) -> bool:
    """Whether the streams of a PDF are few, readable, and cannot multiply one another.

    Refuses a file whose streams, pictures aside, unpack to more than the limit allows.
    """
    if b"/Encrypt" in data:
        return False
    unpacked = 0
    looked_at = 0
    multiplied = 1
    for match in _STREAM.finditer(data):
        dictionary = data[max(0, match.start() - _DICTIONARY_BYTES) : match.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        if _IMAGE.search(dictionary):
            continue
        if _ODD_FILTER.search(dictionary) or dictionary.count(b"FlateDecode") + dictionary.count(b"/Fl ") > 1:
            return False
        end = data.find(b"endstream", match.end())
        end = end if end >= 0 else len(data)
        # Words "stream" by the thousand without an end, or one inside the other, are no plain file.
        looked_at += end - match.end()
        if looked_at > 2 * len(data):
            return False
        packed = memoryview(data)[match.end() : end]
        content = _inflated(packed, limits.uncompressed_bytes - unpacked)
        unpacked += len(content)
        if unpacked > limits.uncompressed_bytes:
            raise messages.unreadable(messages.ZIP_BOMB)
        if b"/Type3" in content or b"/Type3" in dictionary:
            return False
        is_content = b"/Length1" not in dictionary and b"/Type1C" not in dictionary
        if is_content and len(content) > _CONTENT_BYTES and b"BT" in content:
            return False
        if _MAYBE_FORM.search(dictionary):
            multiplied *= max(1, len(_DRAWS.findall(content)))
            if multiplied > _MOST_FORMS:
                return False
    return True


def _inflated(packed: memoryview, most: int) -> bytes:
    """A stream unpacked, up to one byte more than `most`; as it is where it is not packed."""
    inflater = zlib.decompressobj()
    pieces: list[bytes] = []
    left = max(0, most) + 1
    try:
        piece = inflater.decompress(packed, min(left, _CHUNK))
        while piece:
            pieces.append(piece)
            left -= len(piece)
            if left <= 0 or inflater.eof:
                break
            piece = inflater.decompress(inflater.unconsumed_tail, min(left, _CHUNK))
    except zlib.error:
        if not pieces:
            return bytes(packed[: max(0, most) + 1])
    return b"".join(pieces)


def read_pages_apart(data: bytes, limits: Limits, deadline: Deadline) -> tuple[list[Page], tuple[str, ...]]:
    """What `pdf_pages.read_pages` gives, read in a process that is bound in time and memory."""
    seconds = deadline.left
    root = str(Path(__file__).resolve().parents[4])
    ended = programs.run(
        [sys.executable, "-m", "khuevan.plain.official_documents.extraction.pdf_safety"],
        seconds=seconds,
        given=json.dumps(asdict(limits)).encode() + b"\n" + data,
        environment={"PYTHONPATH": os.pathsep.join((root, os.environ.get("PYTHONPATH", "")))},
        memory=_MEMORY,
    )
    if ended is None:
        raise messages.unreadable(messages.TOO_SLOW, seconds=round(limits.seconds))
    try:
        answer = json.loads(ended.output)
    except ValueError:
        raise messages.unreadable(messages.BROKEN_PDF) from None
    if "refused" in answer:
        raise UnreadableDocument(answer["refused"])
    return [_page(page) for page in answer["pages"]], tuple(answer["warnings"])


def _page(stored: dict[str, Any]) -> Page:
    return Page(
        stored["number"],
        stored["width"],
        stored["height"],
        [Piece(**piece) for piece in stored["pieces"]],
        [
            RuledTable(
                table["top"], table["bottom"], tuple(table["columns"]), [tuple(row) for row in table["rows"]]
            )
            for table in stored["tables"]
        ],
        stored["pictured"],
    )


def main() -> None:
    """Reads limits and a PDF from standard input and writes its pages, or the refusal, as JSON."""
    from khuevan.plain.official_documents.extraction.pdf_pages import read_pages

    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    answer: dict[str, Any]
    try:
        pages, warnings = read_pages(sys.stdin.buffer.read(), limits, Deadline.after(limits.seconds))
        answer = {"pages": [asdict(page) for page in pages], "warnings": warnings}
    except UnreadableDocument as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
