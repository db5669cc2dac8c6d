"""Items of an app's menu in the staff pages, shown to those who may open what they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from khuevan.core import clock
from khuevan.people.models import User


class StaffMenuItem(MenuItem):
    """One page of an app, by its URL namespace and view; without `may`, shown to all staff."""

    namespace: str

    def __init__(
        self, order: int, label: Any, view: str, icon: str, may: Callable[[User, date], bool] | None = None
    ) -> None:
        name = f"{self.namespace}-{view.replace('_', '-')}"
        super().__init__(
            label, reverse_lazy(f"{self.namespace}:{view}"), name=name, icon_name=icon, order=order
        )
        self._may = may

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may open the page today."""
        if self._may is None:
            return True
        return isinstance(request.user, User) and self._may(request.user, clock.today())


def register_items(hook: str, items: Iterable[MenuItem]) -> None:
    """Puts the items into the menu that asks the hook for its items."""
    for item in items:
        hooks.register(hook, lambda item=item: item)
