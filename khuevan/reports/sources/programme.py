"""What reports count in the programme: instalments due, done, late; difficulties; products shown on the web.

Each counts by the day on which it happened, so that a period's figure is the same whenever it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.programme.choices import EvidenceKind, InstalmentState, ReplyState
from khuevan.programme.models import Difficulty, Evidence, Instalment
from khuevan.reports.counting import Answer, CountedRecord, CountingQuestion, CountingSource

INSTALMENT, DIFFICULTY, EVIDENCE = "programme.instalment", "programme.difficulty", "programme.evidence"
_TITLE = 200
# What was due, whoever owes it now: a unit that gave the work away owed it no more.
_DUE_STATES = tuple(state for state in InstalmentState if state != InstalmentState.CANCELLED)


def _instalments(question: CountingQuestion, rows: QuerySet[Any]) -> QuerySet[Any]:
    rows = rows.filter(assignment__unit__in=question.unit_ids)
    return rows.filter(_in_section(question.plan_ref, "assignment__task__")) if question.plan_ref else rows


def _in_section(ref: str, to_task: str) -> Q:
    """The section and those below it: II.2 holds II.2.1, not II.20."""
    return Q(**{f"{to_task}ref": ref}) | Q(**{f"{to_task}ref__startswith": f"{ref}."})


def _counted(rows: Iterable[tuple[int, int, str, date | None]], label: str) -> Answer:
    found: dict[int, list[CountedRecord]] = defaultdict(list)
    for unit, pk, title, day in rows:
        words = " ".join(title.split())
        found[unit].append(
            CountedRecord(label, pk, words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…", day)
        )
    return {unit: tuple(records) for unit, records in found.items()}


def _rows(instalments: QuerySet[Any], day: str) -> Answer:
    return _counted(
        instalments.order_by(day, "pk").values_list(
            "assignment__unit", "pk", "assignment__task__text", day
        ),
        INSTALMENT,
    )  # fmt: skip


def instalments_done(question: CountingQuestion) -> Answer:
    """Instalments that were reported done in the period and accepted, by the unit that did them.

    Work that was done stays done, also where the plan or an officer ended the assignment afterwards.
    """
    done = _instalments(question, Instalment.objects.all()).filter(
        state=InstalmentState.DONE, reported_date__range=(question.first, question.last)
    )
    return _rows(done, "reported_date")


def instalments_due(question: CountingQuestion) -> Answer:
    """Instalments whose deadline lies in the period."""
    due = _instalments(question, Instalment.objects.in_force()).filter(
        state__in=_DUE_STATES, due_date__range=(question.first, question.last)
    )
    return _rows(due, "due_date")


def instalments_in_time(question: CountingQuestion) -> Answer:
    """Those due in the period that were reported done by their day and accepted."""
    due = _instalments(question, Instalment.objects.in_force()).filter(
        state=InstalmentState.DONE,
        due_date__range=(question.first, question.last),
        reported_date__lte=F("due_date"),
    )
    return _rows(due, "due_date")


def instalments_late(question: CountingQuestion) -> Answer:
    """Those whose deadline lies in the period and that were not reported done on the cut-off day."""
    late = (
        _instalments(question, Instalment.objects.in_force())
        .filter(state__in=_DUE_STATES, due_date__range=(question.first, question.last))
        .filter(Q(reported_date__isnull=True) | Q(reported_date__gt=question.last))
    )
    return _rows(late, "due_date")


def _moments(question: CountingQuestion) -> tuple[datetime, datetime]:
    """From the first moment of the period to the first after it, on the office's clock."""
    begin, end = question.first, question.last + timedelta(days=1)
    return (
        timezone.make_aware(datetime.combine(begin, time())),
        timezone.make_aware(datetime.combine(end, time())),
    )


def _sent_replies(question: CountingQuestion, to_reply: str) -> Q:
    begin, end = _moments(question)
    asked = Q(**{f"{to_reply}instalment__assignment__unit__in": question.unit_ids}) & Q(
        **{f"{to_reply}sent_at__gte": begin, f"{to_reply}sent_at__lt": end}
    )
    asked &= ~Q(**{f"{to_reply}state": ReplyState.DRAFT})
    if question.plan_ref:
        asked &= _in_section(question.plan_ref, f"{to_reply}instalment__assignment__task__")
    return asked


def difficulties(question: CountingQuestion) -> Answer:
    """Difficulties that units named in replies of the period."""
    rows = (
        Difficulty.objects.filter(_sent_replies(question, "reply__"))
        .order_by("reply__sent_at", "pk")
        .values_list("reply__instalment__assignment__unit", "pk", "text", "reply__sent_at")
    )
    return _counted(_with_days(rows), DIFFICULTY)


def web_products(question: CountingQuestion) -> Answer:
    """Web addresses shown as evidence in replies that were sent in the period and not returned.

    An address that one unit names twice counts once, where it named it first.
    """
    rows = (
        Evidence.objects.filter(_sent_replies(question, "reply__"), kind=EvidenceKind.WEB)
        .exclude(reply__state=ReplyState.RETURNED)
        .order_by("reply__sent_at", "pk")
        .values_list("reply__instalment__assignment__unit", "pk", "title", "reply__sent_at", "url")
    )
    seen: set[tuple[int, str]] = set()
    first = []
    for unit, pk, title, at, url in rows:
        if (unit, url) not in seen:
            seen.add((unit, url))
            first.append((unit, pk, title, at))
    return _counted(_with_days(first), EVIDENCE)


def _with_days(
    rows: Iterable[tuple[int, int, str, datetime | None]],
) -> Iterable[tuple[int, int, str, date | None]]:
    return ((unit, pk, title, at and timezone.localdate(at)) for unit, pk, title, at in rows)


def url_of(record: CountedRecord) -> str:
    """The instalment's page; of a difficulty or evidence, the page of the instalment whose reply names it."""
    if record.label == INSTALMENT:
        return reverse("programme:instalment", args=[record.pk])
    model: Any = {DIFFICULTY: Difficulty, EVIDENCE: Evidence}.get(record.label)
    if model is None:
        return ""
    instalment = model.objects.filter(pk=record.pk).values_list("reply__instalment", flat=True).first()
    return reverse("programme:instalment", args=[instalment]) if instalment else ""


SOURCES = tuple(
    CountingSource(key, label, measure, count, url_of, by_plan_section=True)
    for key, label, measure, count in (
        ("programme.done", _("Work done and accepted"), _("tasks"), instalments_done),
        ("programme.due", _("Work due"), _("tasks"), instalments_due),
        ("programme.in_time", _("Work due and done in time"), _("tasks"), instalments_in_time),
        ("programme.late", _("Work due and not done on the cut-off day"), _("tasks"), instalments_late),
        ("programme.difficulties", _("Difficulties named in replies"), _("difficulties"), difficulties),
        ("programme.web", _("Products on the web shown as evidence"), _("products"), web_products),
    )
)
