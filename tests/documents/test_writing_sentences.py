"""Every refusal of a writer is said in Vietnamese on the screen."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from khuevan.documents.writing_sentences import unwritable_sentence
from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.messages import TEMPLATES, UNKNOWN_SIGN, unwritable

PARAMETERS = {"mark": "A", "rules": "B", "known": "C", "shown": "D", "dots": 40, "sign": "東"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_refusal_is_translated(template):
    error = unwritable(template, **PARAMETERS)
    with override("vi"):
        said = unwritable_sentence(error)
    assert said != str(error)
    assert "{" not in said


def test_the_parameters_stand_in_the_translated_sentence():
    with override("vi"):
        assert (
            unwritable_sentence(unwritable(UNKNOWN_SIGN, sign="東"))
            == "Phông chữ của văn bản không có ký tự “東”; hãy viết cách khác."
        )


def test_an_unknown_refusal_stays_as_it_is():
    with override("vi"):
        assert unwritable_sentence(UnwritableDocument("Something else.")) == "Something else."
