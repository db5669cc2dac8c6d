"""Every action of ours has a name for the page of the audit trail, in Vietnamese."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

import khuevan
from khuevan.core.deeds import deed_name, name_deeds, named_deeds

PACKAGE = Path(khuevan.__path__[0])


def actions_of_ours() -> set[str]:
    """The names of all functions that bear the decorator @action, read from their source."""
    return {
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "action" for mark in node.decorator_list)
    }


def test_every_action_has_a_name_in_vietnamese():
    with translation.override("en"):
        english = dict(named_deeds())
    with translation.override("vi"):
        vietnamese = dict(named_deeds())
    without_name = actions_of_ours() - english.keys()
    assert without_name == set(), "name them in the app's deeds.py"
    assert {verb for verb, name in vietnamese.items() if name == english[verb]} == set()


def test_action_without_a_name_gives_none():
    assert deed_name("no_such_action") == ""


def test_name_is_given_once():
    with pytest.raises(ImproperlyConfigured, match="Named twice: rename_unit"):
        name_deeds({"rename_unit": "x", "no_such_action": "y"})
    assert deed_name("no_such_action") == ""
