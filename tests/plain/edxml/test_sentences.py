"""Each sentence gives back its template, and each template has its Vietnamese sentence on the screens."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

import khuevan.documents
from khuevan.plain.edxml.messages import TEMPLATES as REFUSALS
from khuevan.plain.edxml.messages import refused, template_of
from khuevan.plain.edxml.warnings import TEMPLATES as WARNINGS
from khuevan.plain.edxml.warnings import template_of_warning

CATALOGUE = gettext.translation(
    "django", Path(khuevan.documents.__path__[0]) / "locale", languages=["vi"], fallback=True
)


def parameters_of(template: str) -> set[str]:
    """The names of what is filled in."""
    return set(re.findall(r"\{(\w+)\}", template))


@pytest.mark.parametrize("template", [*REFUSALS, *WARNINGS])
def test_a_template_has_a_vietnamese_sentence(template: str) -> None:
    sentence = CATALOGUE.gettext(template)

    assert sentence != template
    assert re.search("[à-ỹđ]", sentence)
    assert parameters_of(sentence) == parameters_of(template)


@pytest.mark.parametrize("template", REFUSALS)
def test_a_refusal_gives_back_its_template(template: str) -> None:
    parameters = {name: f"«{name}»\n" for name in parameters_of(template)}

    assert template_of(str(refused(template, **parameters))) == (template, parameters)


@pytest.mark.parametrize("template", WARNINGS)
def test_a_warning_gives_back_its_template(template: str) -> None:
    parameters = {name: f"«{name}»" for name in parameters_of(template)}

    assert template_of_warning(template.format(**parameters)) == (template, parameters)


def test_a_sentence_of_others_has_no_template() -> None:
    assert (template_of("Something else."), template_of_warning("Something else.")) == (None, None)
