"""The public documents beside the repository, read where they lie; skipped where they are not there."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

import pytest

from khuevan.plain.official_documents.errors import MissingProgram
from khuevan.plain.official_documents.extraction import extract_file as extract_file_anew
from khuevan.plain.official_documents.source import Line, Table
from khuevan.plain.official_documents.state_secrets import refuse_state_secret

FOLDER = Path(__file__).parents[5] / "shared" / "samples"
FILES = sorted((*FOLDER.glob("documents/*.*"), *FOLDER.glob("*.txt")))
WRAPPED = {".txt": True, ".doc": False, ".pdf": True}
KINDS = {".txt": {"txt"}, ".doc": {"doc"}, ".pdf": {"pdf", "scan"}}

# Recognition takes seconds a page: each file is read once.
extract_file = functools.cache(extract_file_anew)

pytestmark = pytest.mark.skipif(not FILES, reason="the samples folder is not here")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:12])
def test_sample_is_read_and_bears_no_marking(path: Path) -> None:
    try:
        source = extract_file(path)
    except MissingProgram as missing:
        pytest.skip(str(missing))
    refuse_state_secret(source)
    assert source.kind in KINDS[path.suffix]
    assert source.wrapped == (WRAPPED[path.suffix] and ".derived" not in path.name)
    texts = [block.text for block in source.blocks if isinstance(block, Line)]
    texts += [cell for block in source.blocks if isinstance(block, Table) for r in block.rows for cell in r]
    words = sum(len(text.split()) for text in texts)
    assert words > 500
    if path.suffix == ".txt":
        # Every word of a text file is there, in its order.
        raw = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        raw = "".join(c for c in raw if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
        assert " ".join(texts).split() == raw.split()


def of(prefix: str, suffix: str) -> Path:
    return next(iter(FOLDER.glob(f"documents/{prefix}-*{suffix}")))


def test_bad_text_layer_is_still_text_with_a_warning() -> None:
    source = extract_file(of("57", ".pdf"))
    assert source.kind == "pdf"
    assert source.warnings == (
        "The text layer of the PDF does not read as Vietnamese: check the text, or scan the pages again.",
    )


def test_picture_of_a_decision_is_recognised() -> None:
    try:
        source = extract_file(of("58", ".pdf"))
    except MissingProgram as missing:
        pytest.skip(str(missing))
    head = source.blocks[0]
    assert isinstance(head, Table)
    assert head.rows == (
        (
            "THỦ TƯỚNG CHÍNH PHỦ\nSố: 505/QĐ-TTg",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 22 tháng 4 năm 2022",
        ),
    )


def test_old_word_file_says_what_its_text_form_says() -> None:
    try:
        source = extract_file(of("54", ".doc"))
    except MissingProgram as missing:
        pytest.skip(str(missing))
    derived = extract_file(of("54", ".txt"))
    body = [block.text for block in source.blocks if isinstance(block, Line) and block.text]
    plain = {block.text.strip() for block in derived.blocks if isinstance(block, Line)}
    long = [text for text in body if len(text) > 100]
    assert len(long) > 15
    assert [text for text in long if text not in plain and text.split(" ", 1)[1] not in plain] == []
