"""What makes a function an action: one transaction, one person who answers, entries written by themselves.

    @action
    def rename_unit(*, by: User, unit: Unit, name: str, day: date) -> Unit:
        ...

Saving, creating in bulk, updating or deleting a `Record` inside it writes the audit entries.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from khuevan.core.models import AuditEntry
from khuevan.core.recording import UnrecordedWrite, recorded, required_deed, unaudited

__all__ = ["UnrecordedWrite", "action", "note", "unaudited"]


Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def action(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The same function, carried out in one transaction whose writes are recorded as done by `by`.

    Every parameter must be keyword-only and `by` (a saved person) must be among them. An action called
    by another action joins its transaction and its batch. An error undoes the writes and their entries.
    """
    parameters = inspect.signature(function).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keywords only, `by` among them.")

    @wraps(function)
    def carried_out(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        by: Any = kwargs.get("by")
        if by is None or by.pk is None:
            raise UnrecordedWrite(f"{function.__qualname__} needs by=, the saved person who answers for it.")
        with transaction.atomic(), recorded(by=by, verb=function.__name__):
            return function(*args, **kwargs)

    return carried_out


def note(target: models.Model, changes: dict[str, list[Any]]) -> None:
    """Writes an entry about something that is not a `Record` (an account) or not a field (a printout)."""
    deed = required_deed(f"A note about {type(target).__name__}")
    AuditEntry.write(deed, [(AuditEntry.Kind.NOTED, target, changes)])
