"""Every warning that the reader writes has a template, and every template a Vietnamese sentence."""

from __future__ import annotations

from collections import defaultdict

import pytest

from khuevan.cli.vietnamese import in_vietnamese
from khuevan.plain.official_documents import read_file
from khuevan.plain.official_documents.extraction.messages import TEMPLATES as REFUSALS
from khuevan.plain.official_documents.state_secrets import REFUSAL
from khuevan.plain.official_documents.warnings import TEMPLATES, template_of_warning

from .samples import own_documents


def test_every_warning_of_our_documents_has_a_template() -> None:
    warnings = [warning for path in own_documents() for warning in read_file(path).warnings]
    assert warnings
    assert [warning for warning in warnings if template_of_warning(warning) is None] == []


@pytest.mark.parametrize("template", [*TEMPLATES, *REFUSALS, REFUSAL])
def test_every_sentence_to_an_officer_has_its_vietnamese(template: str) -> None:
    filled = template.format_map(defaultdict(lambda: "7"))
    assert in_vietnamese(filled) != filled
