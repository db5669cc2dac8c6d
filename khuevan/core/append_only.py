"""Rows that are added and read, and never changed or removed through the ORM."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

AnyKept = TypeVar("AnyKept", bound="AppendOnly", covariant=True)


class AppendOnlyQuerySet(models.QuerySet[AnyKept]):
    """Rows can be read and added; nothing changes or removes them."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: what was written stays."""
        raise TypeError(f"{self.model.kept_as} cannot be changed.")

    def delete(self) -> NoReturn:
        """Refused: what was written stays."""
        raise TypeError(f"{self.model.kept_as} cannot be deleted.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """The rows, added; with conflicts resolved by writing over a row it is refused."""
        if len(args) > 1 or kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            raise TypeError(f"{self.model.kept_as} cannot be changed.")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that stays as it was written. `kept_as` is what refusals call such rows."""

    kept_as: ClassVar[str] = "Rows that are kept"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; one that is there cannot be changed, nor be written over by another with its key."""
        if not self._state.adding or args or kwargs.get("force_update") or kwargs.get("update_fields"):
            raise TypeError(f"{self.kept_as} cannot be changed.")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: what was written stays."""
        raise TypeError(f"{self.kept_as} cannot be deleted.")
