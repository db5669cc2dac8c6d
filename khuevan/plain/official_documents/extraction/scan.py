"""Scanned pages and pictures: recognised by Tesseract, line by line with their places."""

from __future__ import annotations

import itertools
import os
import tempfile
import unicodedata
from pathlib import Path
from statistics import median
from typing import Final

from khuevan.plain.official_documents.extraction import messages, programs
from khuevan.plain.official_documents.extraction.characters import clean
from khuevan.plain.official_documents.extraction.page_geometry import Page, Piece
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, Deadline, Limits
from khuevan.plain.official_documents.source import Source

RESOLUTION: Final = 300  # dots an inch
_MOST_PIXELS: Final = 40_000_000
# Tesseract's confidence, 0 to 100: what a word needs in a line that is sure as a whole, or in another.
_LEAST_CONFIDENCE: Final = 0.0
_DOUBTFUL: Final = 30.0
_SURE: Final = 70.0

# Letters and marks that reach below the baseline.
_HANGING: Final = frozenset("gjpqyQ,;()[]/|_\u0323")

_Word = tuple[float, float, float, float, str]


def extract_picture(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The text of a PNG, JPEG or TIFF of one or more pages, recognised."""
    from khuevan.plain.official_documents.extraction.pdf import source_of

    deadline = Deadline.after(limits.seconds)
    program = _recogniser()
    with tempfile.TemporaryDirectory(prefix="khuevan-scan-") as folder:
        picture = Path(folder) / "picture"
        picture.write_bytes(data)
        pages = _recognised(program, str(picture), None, limits, deadline)
    if not pages:
        raise messages.unreadable(messages.BROKEN_PICTURE)
    if len(pages) > limits.ocr_pages:
        raise messages.unreadable(messages.TOO_MANY_OCR_PAGES, pages=limits.ocr_pages)
    if not any(page.pieces for page in pages):
        raise messages.unreadable(messages.NO_TEXT)
    return source_of(pages, limits, kind="scan")


def recognise_pages(data: bytes, pages: list[Page], limits: Limits, deadline: Deadline) -> list[Page]:
    """The `pages` of the PDF in `data` with their text recognised; their numbers are kept."""
    program = _recogniser()
    if len(pages) > limits.ocr_pages:
        raise messages.unreadable(messages.TOO_MANY_OCR_PAGES, pages=limits.ocr_pages)
    recognised: list[Page] = []
    for page in pages:
        drawn, scale = _drawn(data, page, limits)
        found = _recognised(program, "stdin", drawn, limits, deadline)
        del drawn
        pieces = found[0].pieces if found else []
        shrink = RESOLUTION / 72 / scale
        recognised.append(
            Page(
                page.number,
                page.width,
                page.height,
                [
                    Piece(p.text, p.left * shrink, p.right * shrink, p.y * shrink, p.size * shrink)
                    for p in pieces
                ],
            )
        )
    if not any(page.pieces for page in recognised):
        raise messages.unreadable(messages.NO_TEXT)
    return recognised


def _recogniser() -> str:
    program = programs.recogniser_path()
    if program is None or not programs.has_vietnamese():
        raise messages.missing_program(
            what="scanned pages", program="Tesseract with Vietnamese", packages=programs.RECOGNISER_PACKAGES
        )
    return program


def _drawn(data: bytes, page: Page, limits: Limits) -> tuple[bytes, float]:
    """A page drawn in grey as a PGM picture, and its pixels to a point."""
    from khuevan.plain.official_documents.extraction.pdf_pages import opened

    area = max(page.width, 1.0) * max(page.height, 1.0)
    scale = min(RESOLUTION / 72, (_MOST_PIXELS / area) ** 0.5)
    with opened(data, limits) as document:
        handle = document[page.number - 1]
        bitmap = handle.render(scale=scale, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        raw = bytes(bitmap.buffer)
        bitmap.close()
        handle.close()
    rows = (
        raw if stride == width else b"".join(raw[at : at + width] for at in range(0, stride * height, stride))
    )
    return b"P5 %d %d 255\n" % (width, height) + rows[: width * height], scale


def _recognised(
    program: str, picture: str, given: bytes | None, limits: Limits, deadline: Deadline
) -> list[Page]:
    """The pages that Tesseract sees in a picture; lengths in points at the usual resolution."""
    seconds = min(limits.program_seconds, deadline.left)
    ended = None
    if seconds > 0:
        ended = programs.run(
            [program, picture, "stdout", "-l", programs.LANGUAGE, "--dpi", str(RESOLUTION), "tsv"],
            seconds=seconds,
            given=given,
            # One page at a time on one core: threads only fight over small pages.
            environment={"OMP_THREAD_LIMIT": "1"},
            folder=os.path.sep,
        )
    if ended is None:
        raise messages.unreadable(
            messages.TOO_SLOW, seconds=round(min(limits.program_seconds, limits.seconds))
        )
    if ended.code != 0:
        raise messages.unreadable(messages.BROKEN_PICTURE)
    return pages_of_tsv(ended.output.decode("utf-8", "replace"), limits)


def pages_of_tsv(table: str, limits: Limits) -> list[Page]:
    """The pages in Tesseract's table of words; words far apart on a line are pieces of their own."""
    if len(table) > 40 * limits.characters:
        raise messages.unreadable(messages.TOO_MUCH_TEXT, characters=limits.characters)
    point = 72 / RESOLUTION
    pages: dict[int, Page] = {}
    lines: dict[tuple[int, int, int, int], list[tuple[float, float, float, float, str, float]]] = {}
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12:
            continue
        try:
            level, number, block, paragraph, line = map(int, fields[:5])
            left, top, width, height = (int(field) * point for field in fields[6:10])
            confidence = float(fields[10])
        except ValueError:
            continue
        if level == 1:
            pages[number] = Page(number, width, height)
        word = clean(fields[11]).strip()
        if level != 5 or not word or number not in pages:
            continue
        lines.setdefault((number, block, paragraph, line), []).append(
            (left, top, width, height, word, confidence)
        )
    for (number, *_), words in lines.items():
        pages[number].pieces.extend(_pieces(_words(words)))
    return [pages[number] for number in sorted(pages)]


def _words(found: list[tuple[float, float, float, float, str, float]]) -> list[_Word]:
    """The words of a line without specks, and without the scraps that stamps and signatures give.

    A letter or figure of little confidence is kept among surer words, where it most often is one.
    """
    sure = median(confidence for *_, confidence in found) >= _SURE
    return [
        (left, top, width, height, word)
        for left, top, width, height, word, confidence in found
        if confidence >= (_LEAST_CONFIDENCE if sure and any(map(str.isalnum, word)) else _DOUBTFUL)
    ]


def _hangs(word: str) -> bool:
    return any(letter in _HANGING for letter in unicodedata.normalize("NFD", word))


def _pieces(words: list[_Word]) -> list[Piece]:
    if not words:
        return []
    words.sort()
    size = max(1.0, median(height for _, _, _, height, _ in words))
    # Words that hang below the line (g, ạ, a comma) say nothing of where it runs.
    standing = [top + height for _, top, _, height, word in words if not _hangs(word)]
    lowest = median(top + height for _, top, _, height, _ in words)
    baseline = median(standing) if standing else lowest - 0.2 * size
    gaps = [after[0] - before[0] - before[2] for before, after in itertools.pairwise(words)]
    # Columns lie twice a letter's height apart, or clearly further than the other words of the line.
    wide = min(2.0 * size, max(0.9 * size, 2.0 * median(gaps))) if len(gaps) > 2 else 2.0 * size
    pieces: list[Piece] = []
    for left, _, width, _, word in words:
        if pieces and left - pieces[-1].right < wide:
            pieces[-1].text += " " + word
            pieces[-1].right = max(pieces[-1].right, left + width)
        else:
            pieces.append(Piece(word, left, left + width, baseline, size))
    return pieces
