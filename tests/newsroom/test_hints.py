"""Hints name what would make a piece better, what keeps it back first, and never a person."""

from __future__ import annotations

import pytest

from khuevan.newsroom.hints import hints_of, reading_measure
from tests.factories.newsroom import TopicFactory, picture, story

pytestmark = pytest.mark.django_db


def hints(**values) -> list[tuple[str, bool]]:
    return [(hint.code, hint.blocks) for hint in hints_of(story(**values))]


def test_a_piece_in_order_is_told_only_whom_it_serves():
    piece = story()
    piece.topics = [TopicFactory()]
    assert [hint.code for hint in hints_of(piece)] == ["NR-35"]


def test_what_keeps_a_piece_back_comes_first():
    found = hints(title="News", summary="", picture=picture(alternative="", credit=""))
    assert found == [
        ("NR-01", True), ("NR-20", True), ("NR-21", True), ("NR-33", False), ("NR-35", False), ("NR-36", False),
    ]  # fmt: skip


def test_headings_links_and_sentences_are_looked_at():
    other = story(title="Another piece of news", slug="another")
    text = (
        "<h3>Too small</h3>"
        f'<p><a linktype="page" id="{other.pk}">draft</a> <a id="999999" linktype="page">gone</a> '
        f'<a linktype="document" id="999999">file</a></p><p>{"word " * 40}end.</p>'
    )
    piece = story(slug="long", body=[("text", text)])
    said = {hint.code: hint.sentence for hint in hints_of(piece)}
    assert sum(hint.code == "NR-31" for hint in hints_of(piece)) == 3
    assert (said["NR-30"], said["NR-32"].startswith("A sentence of 41 words")) == (
        "The heading “Too small” skips a step: a larger one comes first.", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "average", "unit", "longest"),
    [
        ("en", "One two three. Four five.", 2, "words", 32),
        ("vi", "Kho lưu trữ mở cửa. Vào cửa tự do.", 4, "syllables", 45),
        ("zh-hans", "档案馆开放。免费。", 4, "characters", 80),
    ],
)
def test_each_language_is_measured_in_its_own_way(code, text, average, unit, longest):
    assert reading_measure(story(code, body=[("text", f"<p>{text}</p>")])) == (
        f"On average {average} {unit} a sentence; over {longest} is hard to read at once."
    )
