"""What a recording holds, read from its container: how long it runs, how large its picture is, in which codecs.

Only headers are read, in bounded pieces, whatever the file's size; nothing is decoded. A recording that holds no
picture is told as such (`has_picture`); what a browser may not show is for `playable` to say.

Sources: ISO/IEC 14496-12 (moov, mvhd, trak, tkhd, hdlr, stsd), RFC 8794 (EBML), RFC 9559 (Matroska: Info, Tracks).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from khuevan.plain.media import messages
from khuevan.plain.media.boxes import outer_boxes
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from khuevan.plain.media.matroska import read_matroska
from khuevan.plain.media.recording import Recording, Track
from khuevan.plain.media.signatures import Kind
from khuevan.plain.media.windows import Windows

__all__ = ["Recording", "Track", "check_playable", "read_recording"]

# The index of a film of hours; it is read whole.
LARGEST_INDEX: Final = 64 * MEGABYTE
_MOST_TRACKS: Final = 64
_HOLDS: Final = {b"vide": "picture", b"soun": "sound"}
# What current browsers show without help of the system (H.264, AV1, VP8, VP9; H.265 is shown by some only).
_PICTURE_CODECS: Final = frozenset({"avc1", "avc3", "av01", "vp08", "vp09", "V_VP8", "V_VP9", "V_AV1"})
_SOUND_CODECS: Final = frozenset({"mp4a", "Opus", ".mp3", "fLaC", "A_OPUS", "A_VORBIS"})


def read_recording(source: bytes | BinaryIO, kind: Kind, limits: Limits = DEFAULT_LIMITS) -> Recording:
    """What the MP4 or WebM file holds; raises `MediaError` where its headers are broken or name no track."""
    windows = Windows(source)
    try:
        found = read_matroska(windows) if kind is Kind.WEBM else _read_mp4(windows, limits)
    except (Damage, TooManyPieces, struct.error):
        raise MediaError(messages.RECORDING_BROKEN) from None
    if not found.tracks:
        raise MediaError(messages.RECORDING_BROKEN)
    return found


def check_playable(recording: Recording) -> None:
    """Refuses what no picture runs in, and codecs that browsers do not show."""
    pictures = [track.codec for track in recording.tracks if track.holds == "picture"]
    if not pictures:
        raise MediaError(messages.RECORDING_NO_PICTURE)
    sounds = [track.codec for track in recording.tracks if track.holds == "sound"]
    if not _PICTURE_CODECS.intersection(pictures) or (sounds and not _SOUND_CODECS.intersection(sounds)):
        raise MediaError(messages.RECORDING_CODEC)


def _read_mp4(windows: Windows, limits: Limits) -> Recording:
    at = 0
    for kind, end in outer_boxes(windows, limits):
        if kind == b"moov":
            if end - at > LARGEST_INDEX:
                raise TooManyPieces
            return _of_index(windows.read(at, end - at))
        at = end
    raise Damage(windows.size, cut_off=True)


def _of_index(index: bytes) -> Recording:
    duration: float | None = None
    tracks: list[Track] = []
    for kind, body in _boxes(_content(index)):
        if kind == b"mvhd":
            duration = _duration(body)
        elif kind == b"trak" and len(tracks) < _MOST_TRACKS:
            tracks.append(_track(body))
    shown = next((track for track in tracks if track.holds == "picture"), None)
    return Recording(duration, shown.width if shown else 0, shown.height if shown else 0, tuple(tracks))


def _track(body: bytes) -> Track:
    width = height = 0
    holds, codec = "", ""
    for kind, part in _boxes(body):
        if kind == b"tkhd" and len(part) >= 8:
            # Fixed point, 16.16.
            width, height = (int(number) >> 16 for number in struct.unpack(">II", part[-8:]))
        elif kind == b"mdia":
            holds, codec = _medium(part)
    return Track(holds, codec, width, height)


def _medium(body: bytes) -> tuple[str, str]:
    holds, codec = "", ""
    for kind, part in _boxes(body):
        if kind == b"hdlr":
            holds = _HOLDS.get(part[8:12], "")
        elif kind == b"minf":
            for inner, table in _boxes(part):
                if inner == b"stbl":
                    codec = next(
                        (
                            _name(entry[12:16])
                            for name, entry in _boxes(table)
                            if name == b"stsd" and len(entry) >= 16
                        ),
                        "",
                    )
    return holds, codec


def _name(code: bytes) -> str:
    return code.decode("ascii", "replace").strip()


def _duration(body: bytes) -> float | None:
    """The seconds of a movie header; None where it does not know."""
    if body[:1] == b"\x01":
        scale, length = struct.unpack(">IQ", body[20:32])
        unknown = length == 2**64 - 1
    else:
        scale, length = struct.unpack(">II", body[12:20])
        unknown = length == 2**32 - 1
    return None if unknown or not scale or not length else length / scale


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes in some bytes, each with its content; `Damage` where one does not fit."""
    at = 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        elif length == 0:
            length = len(data) - at
        if length < 8 or at + length > len(data):
            raise Damage(at)
        yield data[at + 4 : at + 8], _content(data[at : at + length])
        at += length


def _content(box: bytes) -> bytes:
    return box[16:] if box[:4] == b"\0\0\0\x01" else box[8:]
