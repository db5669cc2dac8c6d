"""Captions are read whole or refused with the line that is wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.webvtt import Cue, read_webvtt, written_webvtt

GOOD = """WEBVTT - Đèn lồng
Kind: captions

NOTE Written for trying the software.

STYLE
::cue { color: red }

1
00:01.000 --> 00:04.000 align:start position:10% colour:red
Phố Hàng Mã
<v.loud Cô Lan>treo <b>đèn</b> <font>lồng</font>.</v>

01:00:04.000 --> 01:00:08.500
5 < 6 &amp; đúng
"""


def test_captions_are_read_with_their_times_places_and_words() -> None:
    assert read_webvtt(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == (
        Cue(1000, 4000, "align:start position:10%", "Phố Hàng Mã\n<v Cô Lan>treo <b>đèn</b> lồng.</v>"),
        Cue(3_604_000, 3_608_500, "", "5 &lt; 6 &amp; đúng"),
    )


def refusal(text: str | bytes) -> str:
    with pytest.raises(MediaError) as refused:
        read_webvtt(text if isinstance(text, bytes) else text.encode())
    assert refused.value.template in messages.TEMPLATES
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", messages.CAPTIONS_HEAD),
        ("WEBVTTS\n\n00:01.000 --> 00:02.000\nA", messages.CAPTIONS_HEAD),
        ("1\n00:00:01,000 --> 00:00:02,000\nSubRip", messages.CAPTIONS_HEAD),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff", messages.CAPTIONS_ENCODING),
        ("WEBVTT\n\nNOTE nothing", messages.CAPTIONS_NONE),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nA", messages.CAPTIONS_TIMING.format(line=3)),
        ("WEBVTT\n\nOnly words", messages.CAPTIONS_TIMING.format(line=3)),
        ("WEBVTT\n\n00:04.000 --> 00:02.000\nA", messages.CAPTIONS_BACKWARDS.format(line=3)),
        (
            "WEBVTT\n\n00:04.000 --> 00:05.000\nA\n\n00:01.000 --> 00:02.000\nB",
            messages.CAPTIONS_ORDER.format(line=6),
        ),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>"[:-7], messages.CAPTIONS_EMPTY.format(line=3)),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a" * 1001,
            messages.CAPTIONS_LONG.format(line=3, length=1000),
        ),
        (b"WEBVTT" + b"\n" * 1_000_000, messages.CAPTIONS_TOO_BIG.format(kilobytes=1000)),
        (
            "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nA\n\n" * 10_001,
            messages.CAPTIONS_TOO_MANY.format(cues=10_000),
        ),
    ],
)
def test_what_browsers_would_drop_is_refused_with_its_line(text: str | bytes, sentence: str) -> None:
    assert refusal(text) == sentence


CUES = st.lists(
    st.builds(
        Cue,
        begins=st.integers(0, 3_600_000),
        ends=st.integers(3_600_001, 359_999_999),
        settings=st.sampled_from(["", "align:start", "line:90%"]),
        text=st.from_regex(r"[^\W<>&]{1,20}( [^\W<>&]{1,20}){0,3}", fullmatch=True),
    ),
    min_size=1,
    max_size=8,
)


@given(cues=CUES)
def test_what_is_written_is_read_again(cues: list[Cue]) -> None:
    ordered = tuple(sorted(cues, key=lambda cue: cue.begins))
    assert read_webvtt(written_webvtt(ordered).encode()) == ordered


@given(words=st.text(alphabet="<>/bivc. aé&\n", max_size=40))
def test_only_tags_of_captions_are_left(words: str) -> None:
    try:
        (cue,) = read_webvtt(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}".encode())
    except (MediaError, ValueError):
        return
    assert set(re.findall(r"<[^>]*>?", cue.text)) <= {
        f"<{mark}{tag}{said}>"
        for mark in ("", "/")
        for tag in ("b", "i", "v")
        for said in ("", *(f" {found}" for found in re.findall(r"<v[^ <>]*[ ]+([^<>]+)>", words)))
    }
