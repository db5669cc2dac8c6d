"""What a recording says of itself, as one value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Track:
    """One track: `holds` is picture, sound or empty for others; `codec` as the container writes it."""

    holds: str
    codec: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording: `duration` in seconds (None where the container does not say), its picture in pixels."""

    duration: float | None
    width: int
    height: int
    tracks: tuple[Track, ...]

    @property
    def has_picture(self) -> bool:
        """Whether something is seen."""
        return any(track.holds == "picture" for track in self.tracks)
