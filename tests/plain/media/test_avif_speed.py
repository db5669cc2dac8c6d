"""AVIF files are saved at the house's speed, and at another where somebody names it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from khuevan.plain.media.avif_speed import SPEED, encode_quickly
from tests.plain.media import samples


@pytest.fixture
def own_saver(monkeypatch):
    Image.init()
    monkeypatch.setitem(Image.SAVE, "AVIF", Image.SAVE["AVIF"])


def saved(**options):
    stream = io.BytesIO()
    samples.picture(320, 200).save(stream, "AVIF", quality=60, **options)
    return stream.getvalue()


def test_pictures_are_saved_at_our_speed_unless_another_is_named(own_saver):
    encode_quickly()
    encode_quickly()
    assert saved() == saved(speed=SPEED)
    assert saved(speed=1) != saved()
    assert Image.open(io.BytesIO(saved())).size == (320, 200)
