"""An archive that is sent while it is written."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest

from khuevan.plain.zip_stream import ZipPart, zip_pieces

MADE = datetime(2026, 12, 1, 9, 30)


def parts():
    yield ZipPart("CREDITS.txt", MADE, ["Ảnh: Sở".encode()])
    yield ZipPart("pictures/01-a.jpg", MADE, [b"x" * 70_000, b"y" * 10])
    yield ZipPart("documents/empty.pdf", datetime(1970, 1, 1), [])


def test_archive_holds_every_part_whole():
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zip_pieces(parts()))))
    assert archive.testzip() is None
    assert {name: len(archive.read(name)) for name in archive.namelist()} == {
        "CREDITS.txt": 11,
        "pictures/01-a.jpg": 70_010,
        "documents/empty.pdf": 0,
    }
    assert archive.getinfo("CREDITS.txt").date_time == (2026, 12, 1, 9, 30, 0)


def test_same_parts_give_the_same_bytes():
    assert b"".join(zip_pieces(parts())) == b"".join(zip_pieces(parts()))


def test_nothing_is_read_before_it_is_sent():
    read: list[int] = []

    def source():
        for number in range(3):
            read.append(number)
            yield b"z" * 1000

    pieces = zip_pieces([ZipPart("a", MADE, source())])
    next(pieces)
    assert read == [0]


@pytest.mark.parametrize("path", ["../a", "/a", "b/../a", "once"])
def test_path_that_leaves_the_folder_or_comes_twice_is_refused(path):
    with pytest.raises(ValueError, match="cannot stand"):
        b"".join(zip_pieces([ZipPart("once", MADE, []), ZipPart(path, MADE, [])]))
