"""Jobs that run once, each when something asks for it.

    @single_job(title=gettext_lazy("Read an uploaded file"))
    def read_upload(upload_id: int) -> None:
        ...

    read_upload.enqueue(upload.pk)     # inside the transaction that saves the upload

Enqueueing is a row in our own database: it is undone with the transaction around it, and no worker sees it
before that is committed. Arguments are keys of records, never their content, because they are kept for a
month and shown to whoever looks at the database. A job may be ended at any moment and then runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django_tasks import task

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # Types only; not a package that running needs from us.

# The backend of the Tasks interface whose jobs wait for a worker; "default" runs jobs at once.
BACKEND = "background"

_titles: dict[str, StrOrPromise] = {}


def single_job(
    *, title: StrOrPromise, priority: int = 0, takes_context: bool = False
) -> Callable[[Callable[..., Any]], Any]:
    """Makes the decorated function of a module a task of Django's Tasks interface, run by a worker.

    `title` is what people call it. `priority` goes from -100 to 100; higher runs first, and the schedule's own
    runs have 10. With `takes_context` the first argument is a `TaskContext` (which attempt this is).
    """

    def declared(function: Callable[..., Any]) -> Any:
        made: Any = task(backend=BACKEND, priority=priority, takes_context=takes_context)(function)
        _titles[made.module_path] = title
        return made

    return declared


def titles() -> Mapping[str, StrOrPromise]:
    """What people call each single job, by the path that the database keeps."""
    return MappingProxyType(_titles)
