"""Which counted records of the programme a person opens where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from khuevan.people.models import User
from khuevan.programme.choices import ReplyState
from khuevan.programme.models import Difficulty, Evidence, Instalment
from khuevan.programme.queries import visible_tasks
from khuevan.reports.counting import CountedRecord


def visible(user: User, day: date, records: Sequence[CountedRecord]) -> frozenset[CountedRecord]:
    """Those at pages of tasks that the person reads, and of sent replies only. At most three queries."""
    tasks = visible_tasks(user, day).order_by().values("pk")
    sent = ~Q(reply__state=ReplyState.DRAFT)
    models: tuple[tuple[Any, str, Q], ...] = (
        (Instalment, "", Q()),
        (Difficulty, "reply__instalment__", sent),
        (Evidence, "reply__instalment__", sent),
    )
    found: set[CountedRecord] = set()
    for model, path, more in models:
        own = [one for one in records if one.label == model._meta.label_lower]
        if own:
            rows = model.objects.filter(
                more, pk__in=[one.pk for one in own], **{f"{path}assignment__task__in": tasks}
            )
            seen = set(rows.order_by().values_list("pk", flat=True))
            found.update(one for one in own if one.pk in seen)
    return frozenset(found)
