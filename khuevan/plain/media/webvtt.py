"""Captions in WebVTT, read and written anew: times in order, words without anything that is no caption.

    captions = read_webvtt(data)
    written_webvtt(captions)

What browsers would silently drop is refused with the line where it stands, so that nobody publishes captions that
end in the middle. Styles, regions and notes are left out; tags other than those for voice and emphasis, too.

Source: WebVTT (W3C), 4.1 to 4.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError

LARGEST: Final = 1_000_000
MOST_CUES: Final = 10_000
LONGEST_TEXT: Final = 1_000
_TIME: Final = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING: Final = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_SETTING: Final = re.compile(r"(?:align|line|position|size|vertical):[\w.,%-]{1,30}")
_TAG: Final = re.compile(r"<(/?)(b|i|u|v|lang|ruby|rt|c)((?:\.[\w-]+)*)(?:[ \t]+([^<>]{1,100}))?>|<[^<>]*>|<")
_HEAD: Final = re.compile(r"WEBVTT(?:[ \t].*)?")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from and until when in milliseconds, where it stands, its lines."""

    begins: int
    ends: int
    settings: str
    text: str


def read_webvtt(data: bytes) -> tuple[Cue, ...]:
    """The captions of a file, in its order; raises `MediaError` with the line that is wrong."""
    if len(data) > LARGEST:
        raise MediaError(messages.CAPTIONS_TOO_BIG, kilobytes=LARGEST // 1000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MediaError(messages.CAPTIONS_ENCODING) from None
    lines = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _HEAD.fullmatch(lines[0]) is None:
        raise MediaError(messages.CAPTIONS_HEAD)
    cues: list[Cue] = []
    # Behind the head and what may stand below it.
    at = _block_end(lines, 0)
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = _block_end(lines, at)
        if (cue := _cue(lines, at, end, cues[-1].begins if cues else 0)) is not None:
            cues.append(cue)
            if len(cues) > MOST_CUES:
                raise MediaError(messages.CAPTIONS_TOO_MANY, cues=MOST_CUES)
        at = end
    if not cues:
        raise MediaError(messages.CAPTIONS_NONE)
    return tuple(cues)


def written_webvtt(cues: tuple[Cue, ...]) -> str:
    """The captions as a file; reading it again gives the same ones."""
    blocks = [
        f"{_time(cue.begins)} --> {_time(cue.ends)}{f' {cue.settings}' if cue.settings else ''}\n{cue.text}"
        for cue in cues
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _block_end(lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def _cue(lines: list[str], begin: int, end: int, earliest: int) -> Cue | None:
    """The caption of a block; None for a note, a style or a region."""
    first = lines[begin]
    if re.match(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)", first) and "-->" not in first:
        return None
    # One line before the times may name the caption.
    at = begin if "-->" in first or begin + 1 == end else begin + 1
    found = _TIMING.fullmatch(lines[at].rstrip())
    if found is None:
        raise MediaError(messages.CAPTIONS_TIMING, line=at + 1)
    begins, ends = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:8])
    if ends <= begins:
        raise MediaError(messages.CAPTIONS_BACKWARDS, line=at + 1)
    if begins < earliest:
        raise MediaError(messages.CAPTIONS_ORDER, line=at + 1)
    words = "\n".join(line.strip() for line in lines[at + 1 : end])
    if "-->" in words:
        raise MediaError(messages.CAPTIONS_TIMING, line=at + 2)
    text = _TAG.sub(_kept_tag, words).strip()
    if not text:
        raise MediaError(messages.CAPTIONS_EMPTY, line=at + 1)
    if len(text) > LONGEST_TEXT:
        raise MediaError(messages.CAPTIONS_LONG, line=at + 1, length=LONGEST_TEXT)
    settings = " ".join(each for each in (found[9] or "").split() if _SETTING.fullmatch(each))
    return Cue(begins, ends, settings, text)


def _kept_tag(found: re.Match[str]) -> str:
    """The tag where it is one of captions, without classes, which nothing here gives a look."""
    if not found[2]:
        return "&lt;" if found[0] == "<" else ""
    if found[2] == "c":
        return ""
    annotation = f" {found[4]}" if found[4] and not found[1] and found[2] in ("v", "lang") else ""
    return f"<{found[1]}{found[2]}{annotation}>"


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _time(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
