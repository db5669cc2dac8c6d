"""The national framework is what the office enters: added, changed, ended, never deleted."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.newsroom.actions.vocabulary import Element, load_framework_elements
from khuevan.newsroom.models import FrameworkElement
from khuevan.people.choices import Role
from tests.factories.people import PostFactory, UserFactory

pytestmark = pytest.mark.django_db
SOURCE = "Decision 1, article 2"


def person(role: Role):
    user = UserFactory()
    PostFactory(person=user, role=role)
    return user


def stored() -> list[tuple[int, str, bool]]:
    return list(FrameworkElement.objects.values_list("number", "name", "ended"))


def test_a_list_is_entered_changed_and_entered_again():
    by = person(Role.ADMINISTRATOR)
    first = [Element(1, "Thiên nhiên", "Nature"), Element(2, "Con người")]
    assert load_framework_elements(by=by, elements=first, source=SOURCE) == 2
    assert load_framework_elements(by=by, elements=first, source=SOURCE) == 0
    second = [Element(1, "Thiên nhiên, cảnh quan", "Nature")]
    assert load_framework_elements(by=by, elements=second, source=SOURCE) == 2
    assert stored() == [(1, "Thiên nhiên, cảnh quan", False), (2, "Con người", True)]


@pytest.mark.parametrize(
    ("elements", "source"),
    [
        ([], SOURCE),
        ([Element(1, "A")], " "),
        ([Element(1, "A"), Element(1, "B")], SOURCE),
        ([Element(1, " ")], SOURCE),
    ],
)
def test_a_list_without_number_name_or_source_is_refused(elements, source):
    with pytest.raises(ValidationError):
        load_framework_elements(by=person(Role.ADMINISTRATOR), elements=elements, source=source)
    assert stored() == []


def test_only_administrators_enter_it():
    with pytest.raises(PermissionDenied):
        load_framework_elements(by=person(Role.EDITOR), elements=[Element(1, "A")], source=SOURCE)
