"""The reader's English sentences reach the officer in Vietnamese."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from khuevan.plain.official_documents.errors import StateSecretDocument, UnreadableDocument
from khuevan.plain.official_documents.extraction.messages import TEMPLATES
from khuevan.programme.sentences import refusal_sentence, warning_sentence


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_refusal_has_a_vietnamese_sentence(template: str) -> None:
    message = re.sub(r"\{(\w+)\}", r"<\1>", template)
    with translation.override("vi"):
        sentence = refusal_sentence(UnreadableDocument(message))

    assert sentence != message
    assert re.search("[à-ỹđ]", sentence)
    # What the reader fills in with English words is left out; figures and names of programs stay.
    filled = set(re.findall(r"<\w+>", message)) - {"<kind>", "<what>"}
    assert set(re.findall(r"<\w+>", sentence)) == filled


def test_a_refusal_never_repeats_what_it_was_not_meant_to_say() -> None:
    with translation.override("vi"):
        assert "bí mật của tệp" not in refusal_sentence(UnreadableDocument("bí mật của tệp"))
        assert "bí mật của tệp" not in refusal_sentence(StateSecretDocument("bí mật của tệp"))


@pytest.mark.parametrize(
    ("warning", "sentence"),
    [
        ("No signature was found.", "Không tìm thấy chữ ký."),
        (
            "“Bộ Văn hóa và Thể thao”: there is no ministry of this name; probably "
            "Bộ Văn hóa, Thể thao và Du lịch is meant. The words were kept.",
            "“Bộ Văn hóa và Thể thao”: không có bộ nào tên như vậy, có lẽ là "
            "Bộ Văn hóa, Thể thao và Du lịch. Câu chữ được giữ nguyên.",
        ),
        ("Something that nobody translated.", "Something that nobody translated."),
    ],
)
def test_warnings_are_told_in_vietnamese_where_known(warning: str, sentence: str) -> None:
    with translation.override("vi"):
        assert warning_sentence(warning) == sentence
