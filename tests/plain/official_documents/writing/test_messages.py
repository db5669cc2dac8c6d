"""What a writer refuses is a sentence whose template can be told again."""

from __future__ import annotations

import pytest

from khuevan.plain.official_documents.writing.messages import TEMPLATES, template_of, unwritable

PARAMETERS = {
    "mark": "RẤT KHẨN",
    "rules": "Nghị định 30/2020/NĐ-CP",
    "known": "KHẨN",
    "shown": "Khuê Văn Các (1805); “cửa” {x}",
    "dots": "40",
    "sign": "東",
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_refusal_gives_its_template_and_parameters_back(template):
    message = str(unwritable(template, **PARAMETERS))
    given = {name: value for name, value in PARAMETERS.items() if f"{{{name}}}" in template}
    assert template_of(message) == (template, given)
    assert message.endswith(".")


def test_another_message_has_no_template():
    assert template_of("The file is empty: export or copy the document again.") is None
