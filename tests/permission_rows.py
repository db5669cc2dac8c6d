"""Rows of the view × role table that belong to no single app, and the form of a row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.urls import reverse

from khuevan.people.choices import Role
from tests.factories.people import ChargeFactory, PostFactory, UnitFactory

EVERYONE: frozenset[str] = frozenset({*Role, "NO_POST", "ANONYMOUS"})
STAFF: frozenset[str] = frozenset(Role)
MANAGES_UNITS: frozenset[str] = frozenset({Role.ADMINISTRATOR, Role.PLANNING_OFFICER})
MANAGES_POSTS: frozenset[str] = frozenset({Role.ADMINISTRATOR})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A view by its URL name, its address (made in the test, where records may be created), and who gets in."""

    name: str
    url: Callable[[], str]
    roles: Collection[str]


def shared_rows() -> list[Row]:
    """The public page, the staff home, and the pages of units, posts and charges."""

    def of_unit(view: str) -> Callable[[], str]:
        return lambda: reverse(f"units:{view}", args=[UnitFactory().pk])

    def of_post(view: str) -> Callable[[], str]:
        return lambda: reverse(f"posts:{view}", args=[PostFactory().pk])

    def of_charge(view: str) -> Callable[[], str]:
        return lambda: reverse(f"charges:{view}", args=[ChargeFactory().pk])

    return [
        Row("home", lambda: "/en/", EVERYONE),
        Row("wagtailadmin_home", lambda: reverse("wagtailadmin_home"), STAFF),
        Row("wagtailadmin_account", lambda: reverse("wagtailadmin_account"), STAFF),
        Row("wagtailusers_users:index", lambda: reverse("wagtailusers_users:index"), NOBODY),
        Row("units:index", lambda: reverse("units:index"), STAFF),
        Row("units:index_results", lambda: reverse("units:index_results"), STAFF),
        Row("units:add", lambda: reverse("units:add"), MANAGES_UNITS),
        Row("units:edit", of_unit("edit"), MANAGES_UNITS),
        Row("units:delete", of_unit("delete"), NOBODY),
        Row("units:history", of_unit("history"), MANAGES_UNITS),
        Row("units:history_results", of_unit("history_results"), MANAGES_UNITS),
        Row("units:usage", of_unit("usage"), MANAGES_UNITS),
        Row("posts:index", lambda: reverse("posts:index"), STAFF),
        Row("posts:index_results", lambda: reverse("posts:index_results"), STAFF),
        Row("posts:add", lambda: reverse("posts:add"), MANAGES_POSTS),
        Row("posts:edit", of_post("edit"), MANAGES_POSTS),
        Row("posts:delete", of_post("delete"), NOBODY),
        Row("posts:history", of_post("history"), MANAGES_POSTS),
        Row("posts:history_results", of_post("history_results"), MANAGES_POSTS),
        Row("posts:usage", of_post("usage"), MANAGES_POSTS),
        Row("charges:index", lambda: reverse("charges:index"), STAFF),
        Row("charges:index_results", lambda: reverse("charges:index_results"), STAFF),
        Row("charges:add", lambda: reverse("charges:add"), MANAGES_POSTS),
        Row("charges:edit", of_charge("edit"), MANAGES_POSTS),
        Row("charges:delete", of_charge("delete"), NOBODY),
        Row("charges:history", of_charge("history"), MANAGES_POSTS),
        Row("charges:history_results", of_charge("history_results"), MANAGES_POSTS),
        Row("charges:usage", of_charge("usage"), MANAGES_POSTS),
    ]
