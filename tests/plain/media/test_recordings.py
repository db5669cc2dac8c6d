"""What a film holds is read from its headers; what is broken is refused, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.kinds import Kind, inspect
from khuevan.plain.media.recordings import Recording, Track, check_playable, read_recording

from . import recordings_made as made

FILM = (made.mp4_track(b"vide", b"avc1", 1920, 1080), made.mp4_track(b"soun", b"mp4a"))


@pytest.mark.parametrize("version", [0, 1])
def test_mp4_tells_its_length_and_its_tracks(version: int) -> None:
    assert read_recording(made.mp4(*FILM, version=version), Kind.MP4) == Recording(
        12.5, 1920, 1080, (Track("picture", "avc1", 1920, 1080), Track("sound", "mp4a"))
    )


@pytest.mark.parametrize("live", [False, True])
def test_webm_tells_its_length_and_its_tracks(live: bool) -> None:
    assert read_recording(made.webm(live=live), Kind.WEBM) == Recording(
        3.0, 640, 360, (Track("picture", "V_VP9", 640, 360), Track("sound", "A_OPUS"))
    )


def test_a_recording_that_does_not_say_how_long_it_is_has_no_length() -> None:
    assert read_recording(made.webm(seconds=None), Kind.WEBM).duration is None
    assert read_recording(made.mp4(seconds=0), Kind.MP4).duration is None


def test_the_samples_are_what_they_are_taken_for() -> None:
    assert inspect(made.mp4(), name="film.mp4").kind is Kind.MP4
    assert inspect(made.webm(), name="film.webm").kind is Kind.WEBM


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (made.mp4(made.mp4_track(b"soun", b"mp4a")), Kind.MP4, messages.RECORDING_NO_PICTURE),
        (made.webm(made.webm_track(2, "A_OPUS")), Kind.WEBM, messages.RECORDING_NO_PICTURE),
        (made.mp4(made.mp4_track(b"vide", b"hvc1", 9, 9)), Kind.MP4, messages.RECORDING_CODEC),
        (
            made.mp4(made.mp4_track(b"vide", b"avc1", 9, 9), made.mp4_track(b"soun", b"ac-3")),
            Kind.MP4,
            messages.RECORDING_CODEC,
        ),
        (made.webm(made.webm_track(1, "V_THEORA", 9, 9)), Kind.WEBM, messages.RECORDING_CODEC),
    ],
)
def test_what_browsers_do_not_show_is_refused(data: bytes, kind: Kind, sentence: str) -> None:
    with pytest.raises(MediaError) as refused:
        check_playable(read_recording(data, kind))
    assert str(refused.value) == sentence


def read_or_sentence(data: bytes, kind: Kind) -> Recording | str:
    """What is read of the bytes, or the template of the refusal."""
    try:
        found = read_recording(data, kind)
    except MediaError as refused:
        return refused.template
    assert found.tracks
    assert found.duration is None or found.duration > 0
    return found


@pytest.mark.parametrize("whole", [made.mp4(*FILM), made.webm()], ids=["mp4", "webm"])
@given(data=st.data())
def test_damage_is_a_sentence_and_no_other_error(whole: bytes, data: st.DataObject) -> None:
    kind = Kind.MP4 if whole[4:8] == b"ftyp" else Kind.WEBM
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    places = data.draw(
        st.lists(st.tuples(st.integers(0, max(0, len(cut) - 1)), st.integers(0, 255)), max_size=6)
    )
    changed = bytearray(cut)
    for place, byte in places:
        if changed:
            changed[place] = byte
    found = read_or_sentence(bytes(changed), kind)
    assert found == messages.RECORDING_BROKEN or isinstance(found, Recording)


@given(data=st.binary(max_size=400), head=st.sampled_from([made.mp4()[:20], made.webm()[:40], b""]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    for kind in (Kind.MP4, Kind.WEBM):
        found = read_or_sentence(head + data, kind)
        assert found == messages.RECORDING_BROKEN or isinstance(found, Recording)
