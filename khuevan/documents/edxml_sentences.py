"""What the reader and writer of edXML say in English templates, in the language of the screen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.plain.edxml.codes import Code, CodeList, code_of
from khuevan.plain.edxml.messages import template_of
from khuevan.plain.edxml.warnings import template_of_warning


def edxml_sentence(sentence: str) -> str:
    """A refusal of the reader or writer, in the language of the screen."""
    found = template_of(sentence)
    if found is None:
        return sentence
    template, parameters = found
    return _(template).format(**parameters)


def edxml_warning(warning: str) -> str:
    """A warning of the reader, in the language of the screen."""
    found = template_of_warning(warning)
    if found is None:
        return warning
    template, parameters = found
    return _(template).format(**parameters)


def status_name(code: str) -> str:
    """The standard's own Vietnamese name of a status; the code itself for one that it does not have."""
    return _name(code_of(CodeList.STATUS, code), code)


def _name(found: Code | None, code: str) -> str:
    return found.name if found is not None else code
