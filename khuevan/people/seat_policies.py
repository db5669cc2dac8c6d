"""Who may work on a kind of record in Wagtail's lists and forms: by the posts of today, not by Wagtail's groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from khuevan.core import clock
from khuevan.people.models import User


class SeatPolicy(BasePermissionPolicy):
    """Asks `may` (person, Wagtail's action, day) whatever the record."""

    def __init__(self, model: type[Model], may: Callable[[User, str, date], bool]) -> None:
        super().__init__(model)
        self._may = may

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do this today to any record of the kind."""
        return isinstance(user, User) and self._may(user, action, clock.today())

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether the person may do one of these today."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        """Asked only where Wagtail hands out tasks on a kind of record, which these have none of."""
        return User.objects.none()


def kept_by(may: Callable[[User, date], bool]) -> Callable[[User, str, date], bool]:
    """The rule of what is ended and never deleted: those whom `may` lets do everything else."""
    return lambda user, action, day: action != "delete" and may(user, day)
