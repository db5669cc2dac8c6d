"""Plain text files: which encoding, which lines, and whether the lines are broken ones."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Callable
from typing import Final

from khuevan.plain.official_documents.extraction import messages
from khuevan.plain.official_documents.extraction.characters import clean
from khuevan.plain.official_documents.extraction.legacy_encodings import (
    decode_tcvn3,
    decode_vni,
    tcvn3_to_unicode,
    vni_to_unicode,
)
from khuevan.plain.official_documents.extraction.vietnamese import plausibility, plausibility_of_prose
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.official_documents.source import Line, Source
from khuevan.plain.official_documents.warnings import CONVERTED, REPLACED, UNCERTAIN

_SAMPLE_BYTES: Final = 60_000
_SAMPLE_LETTERS: Final = 60_000
# What only a text whose letters are of another time looks like; below it nothing is converted.
_PLAUSIBLE: Final = 0.6
_ONLY_UNICODE: Final = re.compile(
    "[\u0102-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u01a0-\u01b0\u1ea0-\u1ef9]"
)
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def extract_plain_text(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The lines of a text file, each as it stands there, and whether they are broken at a width."""
    text, warnings = decode(data)
    if len(text) > limits.characters:
        raise messages.unreadable(messages.TOO_MUCH_TEXT, characters=limits.characters)
    lines = [line.rstrip(" ") for line in clean(text).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    if not any(line and not line.isspace() for line in lines):
        raise messages.unreadable(messages.NO_TEXT)
    return Source("txt", tuple(map(Line, lines)), is_wrapped(lines), warnings)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and what to warn about; refuses bytes that are no text.

    Unicode is taken where the bytes are valid Unicode; else the encoding among Windows-1258, TCVN3 and
    VNI whose words are most often Vietnamese syllables. Text that was saved as UTF-8 while its letters
    were still TCVN3 or VNI codes (pasted from an old font) is converted too.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _checked(data[len(mark) :], encoding)
    if (unmarked := _unmarked_utf16(data)) is not None:
        return _checked(data, unmarked)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)
    if b"\x00" in data or (len(data) > 500 and _share_of_controls(data) > 0.02):
        # The capitals of TCVN3 lie among the control codes, but never so many of them.
        raise messages.unreadable(messages.NOT_TEXT)
    mended, name = mend(text)
    return mended, (CONVERTED.format(encoding=name),) if name else ()


def mend(text: str) -> tuple[str, str | None]:
    """`text`, and the name of the old encoding if its letters were codes of one and are now converted."""
    found = old_encoding_of(text)
    return (text, None) if found is None else (found[1](text), found[0])


def old_encoding_of(text: str) -> tuple[str, Callable[[str], str]] | None:
    """The old encoding whose codes the letters of `text` are, with its converter; None for real text."""
    sample = text[:_SAMPLE_LETTERS]
    # Codes of one byte never give the letters that only Unicode has: one of them settles it.
    if sample.isascii() or _ONLY_UNICODE.search(sample):
        return None
    best = max(plausibility(sample), _PLAUSIBLE)
    found: tuple[str, Callable[[str], str]] | None = None
    converters: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("TCVN3", tcvn3_to_unicode),
        ("VNI", vni_to_unicode),
    )
    for name, converter in converters:
        if (score := plausibility_of_prose(converter(sample))) > best + 0.1:
            best, found = score, (name, converter)
    return found


def _checked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "ignore")
    strange = len(re.findall(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]", text[:_SAMPLE_LETTERS]))
    if strange > 0.02 * min(len(text), _SAMPLE_LETTERS):
        raise messages.unreadable(messages.NOT_TEXT)
    whole = len(text.encode(encoding, "ignore")) == len(data)
    return text, () if whole else (REPLACED,)


def _unmarked_utf16(data: bytes) -> str | None:
    """The UTF-16 in which `data` is written without saying so: its spaces and ASCII have a zero byte."""
    sample = data[: _SAMPLE_BYTES // 4]
    if len(sample) < 4 or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> tuple[str, tuple[str, ...]]:
    sample = data[:_SAMPLE_BYTES]
    # UTF-8 with a few broken bytes (a cut download, a bad join) still is UTF-8.
    repaired = sample.decode("utf-8", "replace")
    if plausibility(repaired.replace("\ufffd", " ")) > 0.9 and repaired.count("\ufffd") < 0.01 * len(
        repaired
    ):
        return data.decode("utf-8", "ignore"), (REPLACED,)
    controls = _share_of_controls(sample)
    high = sum(byte >= 0x80 for byte in sample)
    # No text in these encodings has more than about two marked letters among five characters.
    if b"\x00" in sample or controls > 0.05 or high > 0.6 * len(sample):
        raise messages.unreadable(messages.NOT_TEXT)
    candidates: tuple[tuple[str, Callable[[bytes], str]], ...] = (
        ("Windows-1258", lambda old: clean(old.decode("cp1258", "ignore"))),
        ("TCVN3", decode_tcvn3),
        ("VNI", decode_vni),
    )
    scored = [(plausibility(converter(sample)), -number) for number, (_, converter) in enumerate(candidates)]
    score, number = max(scored)
    name, converter = candidates[-number]
    if score >= _PLAUSIBLE:
        return converter(data), (CONVERTED.format(encoding=name),)
    if controls > 0.01 or high > 0.4 * len(sample):
        raise messages.unreadable(messages.NOT_TEXT)
    return data.decode("cp1252", "ignore"), (UNCERTAIN,)


def _share_of_controls(data: bytes) -> float:
    sample = data[:_SAMPLE_BYTES]
    return len(_CONTROLS.findall(sample)) / len(sample) if sample else 0.0


# A page or a crawler breaks lines before this width; a longer line is a paragraph.
_LONGEST_BROKEN_LINE: Final = 160
_SENTENCE_ENDS: Final = (".", ";", ":", "!", "?", "|", "*", ")", "”", '"')


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines are broken at a width and must be joined, judged by their lengths and their ends.

    Not wrapped is a text of which at least half stands in lines longer than 160 characters, or in which
    fewer than 3 in 100 lines run on: run on means that a line of 20 characters or more has no final
    mark and the next one begins with a small letter. Nor is a text in which many lines are far longer
    than those that run on: there only a title was broken by hand.
    """
    filled = [line.strip() for line in lines]
    filled = [line for line in filled if line]
    if not filled:
        return False
    letters = sum(map(len, filled))
    if sum(len(line) for line in filled if len(line) > _LONGEST_BROKEN_LINE) * 2 >= letters:
        return False
    running_on = [
        len(line)
        for line, following in itertools.pairwise(filled)
        if len(line) >= 20 and line[-1] not in _SENTENCE_ENDS and following[0].islower()
    ]
    if not running_on or len(running_on) < 0.03 * len(filled):
        return False
    width = 1.25 * max(running_on)
    return sum(len(line) > width for line in filled) < max(3, 0.1 * len(filled))
