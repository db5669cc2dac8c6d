"""Every view × every role: who gets in, who is sent away.

A row names a view, how to reach it, and the roles that get an answer of 200; every other role must be refused
(403, 404, or sent to the staff home or the sign-in page). An app adds its rows by a function in its own file
`tests/<app>/permission_rows*.py` that returns a list of `Row`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from django.urls import get_resolver

from khuevan.people.choices import Role
from tests.factories.people import UserFactory, person_with_role
from tests.permission_rows import Row, shared_rows

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
ROLES = [*Role, "NO_POST", "ANONYMOUS"]
# Namespaces whose every view needs a row.
OURS = {
    "programme",
    "documents",
    "reports",
    "newsroom",
    "press",
    "press_contacts",
    "newsroom_desk",
    "videos",
    "document_types",
    "number_books",
    "correspondents",
    "units",
    "posts",
    "charges",
    "background",
    "outbox",
    "audit",
}


def rows() -> list[Row]:
    """The shared rows, and those of each app."""
    collected = shared_rows()
    for path in sorted(HERE.glob("*/permission_rows*.py")):
        spec = importlib.util.spec_from_file_location(f"tests.{path.parent.name}.{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        collected.extend(module.rows())
    return collected


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_view_lets_in_exactly_the_roles_of_its_row(row, client):
    url = row.url()
    let_in: set[str] = set()
    for role in ROLES:
        client.logout()
        if role == "NO_POST":
            client.force_login(UserFactory())
        elif role != "ANONYMOUS":
            client.force_login(person_with_role(Role(role)))
        answer = client.get(url)
        assert answer.status_code in {200, 302, 403, 404}, (role, answer.status_code)
        if answer.status_code == 302:
            # Sent away: to the sign-in page, or home with a message; never deeper into the staff pages.
            assert answer.url.startswith("/quan-tri/login/") or answer.url == "/quan-tri/", (role, answer.url)
        if answer.status_code == 200:
            let_in.add(str(role))
    assert let_in == {str(role) for role in row.roles}


def test_every_view_of_ours_has_a_row():
    """Names of views that `tests/permission_rows.py` and the apps' files forgot."""
    named = {row.name for row in rows()}
    ours: set[str] = set()

    def collect(patterns, namespace=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                collect(pattern.url_patterns, inner)
            elif pattern.name and namespace.split(":")[0] in OURS:
                ours.add(f"{namespace}{pattern.name}")

    collect(get_resolver().url_patterns)
    assert ours - named == set()
