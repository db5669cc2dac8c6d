"""What reports count in the programme: instalments due, done, late; difficulties; products shown on the web.

Each counts by the day on which it happened, so that a period's figure is the same whenever it is asked for, as far
as the records themselves are not changed: work that was accepted counts in the period of its acceptance and in no
other, also where the unit reported it before the cut-off and its report was sent before anybody accepted it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.programme.choices import EvidenceKind, InstalmentState, Outcome, ReplyState
from khuevan.programme.models import Difficulty, Evidence, Instalment, Reply
from khuevan.reports.counting import (
    Answer,
    CountedRecord,
    CountedRow,
    CountingQuestion,
    CountingSource,
    answer_from,
)
from khuevan.reports.sources.programme_sight import visible

INSTALMENT, DIFFICULTY, EVIDENCE = "programme.instalment", "programme.difficulty", "programme.evidence"
_TITLE = 200
Rows = list[CountedRow]


def _instalments(question: CountingQuestion, instalments: QuerySet[Any], day: str) -> Rows:
    found = instalments.filter(assignment__unit__in=question.unit_ids)
    if question.plan_ref:
        found = found.filter(_in_section(question.plan_ref, "assignment__task__"))
    rows = found.order_by(day, "pk").values_list(
        "assignment__unit", "pk", "assignment__task__text", day, "assignment__task__ref"
    )
    return [
        CountedRow(unit, _record(INSTALMENT, pk, text, _day(when)), ref) for unit, pk, text, when, ref in rows
    ]


def _day(when: date | datetime | None) -> date | None:
    """The day of a moment on the office's clock; a day stays what it is."""
    return timezone.localdate(when) if isinstance(when, datetime) else when


def _in_section(ref: str, to_task: str) -> Q:
    """The section and those below it: II.2 holds II.2.1, not II.20."""
    return Q(**{f"{to_task}ref": ref}) | Q(**{f"{to_task}ref__startswith": f"{ref}."})


def _record(label: str, pk: int, title: str, day: date | None) -> CountedRecord:
    words = " ".join(title.split())
    return CountedRecord(label, pk, words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…", day)


def instalments_done(question: CountingQuestion) -> Rows:
    """Instalments that were accepted as done in the period, by the unit that did them.

    Work that was accepted stays done, also where the plan or an officer ended the assignment afterwards.
    """
    begin, end = _moments(question)
    done = Instalment.objects.filter(state=InstalmentState.DONE, done_at__gte=begin, done_at__lt=end)
    return _instalments(question, done, "done_at")


def instalments_due(question: CountingQuestion) -> Rows:
    """Instalments whose deadline lies in the period, of assignments that were in force on the cut-off day."""
    return _instalments(question, _due(question), "due_date")


def instalments_in_time(question: CountingQuestion) -> Rows:
    """Those due in the period that were reported done by their day, accepted or not yet."""
    return _instalments(question, _due(question).filter(reported__lte=F("due_date")), "due_date")


def instalments_late(question: CountingQuestion) -> Rows:
    """Those whose deadline lies in the period and that were not reported done on the cut-off day."""
    late = _due(question).filter(Q(reported__isnull=True) | Q(reported__gt=question.last))
    return _instalments(question, late, "due_date")


def _due(question: CountingQuestion) -> QuerySet[Any]:
    """What was owed by a day of the period, with the day on which it was `reported` done (none where it was not).

    An assignment that ended, or that the plan dropped, after the cut-off day was owed on it; what its end cancelled
    stands as its last report left it. What was waived for a reason of its own was never required.
    """
    _begin, end = _moments(question)
    later = Q(assignment__ended_at__gte=end, cancel_reason=F("assignment__end_reason"))
    found: QuerySet[Any] = Instalment.objects.filter(
        ~Q(state=InstalmentState.CANCELLED) | later,
        Q(assignment__ended_at__isnull=True) | Q(assignment__ended_at__gte=end),
        Q(assignment__dropped_in__isnull=True) | Q(assignment__dropped_in__imported_at__gte=end),
        Q(assignment__task__dropped_in__isnull=True) | Q(assignment__task__dropped_in__imported_at__gte=end),
        due_date__range=(question.first, question.last),
    ).annotate(
        reported=Case(
            When(state=InstalmentState.CANCELLED, then=TruncDate(_last_report())), default=F("reported_date")
        )
    )
    return found


def _last_report() -> Subquery:
    """When a report of completion that nobody returned was last sent."""
    replies = Reply.objects.filter(instalment=OuterRef("pk"), outcome=Outcome.DONE, state=ReplyState.SENT)
    return Subquery(replies.order_by("-sent_at").values("sent_at")[:1], output_field=DateTimeField())


def _moments(question: CountingQuestion) -> tuple[datetime, datetime]:
    """From the first moment of the period to the first after it, on the office's clock."""
    begin, end = question.first, question.last + timedelta(days=1)
    return (
        timezone.make_aware(datetime.combine(begin, time())),
        timezone.make_aware(datetime.combine(end, time())),
    )


def _sent_replies(question: CountingQuestion) -> Q:
    begin, end = _moments(question)
    asked = Q(
        reply__instalment__assignment__unit__in=question.unit_ids,
        reply__sent_at__gte=begin,
        reply__sent_at__lt=end,
    ) & ~Q(reply__state=ReplyState.DRAFT)
    if question.plan_ref:
        asked &= _in_section(question.plan_ref, "reply__instalment__assignment__task__")
    return asked


def _of_replies(rows: QuerySet[Any], label: str, title: str, same: str = "") -> Rows:
    """Rows in the order in which the replies were sent; `same` names the field by which two are one thing."""
    part = "reply__instalment__assignment__"
    names = (f"{part}unit", "pk", title, "reply__sent_at", f"{part}task__ref", *([same] if same else ()))
    return [
        CountedRow(unit, _record(label, pk, text, at and timezone.localdate(at)), ref, "", "".join(more))
        for unit, pk, text, at, ref, *more in rows.order_by("reply__sent_at", "pk").values_list(*names)
    ]


def difficulties(question: CountingQuestion) -> Rows:
    """Difficulties that units named in replies of the period."""
    return _of_replies(Difficulty.objects.filter(_sent_replies(question)), DIFFICULTY, "text")


def web_products(question: CountingQuestion) -> Rows:
    """Web addresses shown as evidence in replies that were sent in the period and not returned.

    An address that one unit names twice in the period counts once, where it named it first. It counts again for
    another unit that names it and in another period: what is counted is what units showed, not how many pages
    there are, so figures of several periods do not add up to a number of pages.
    """
    rows = Evidence.objects.filter(_sent_replies(question), kind=EvidenceKind.WEB).exclude(
        reply__state=ReplyState.RETURNED
    )
    return _of_replies(rows, EVIDENCE, "title", same="url")


def url_of(record: CountedRecord) -> str:
    """The instalment's page; of a difficulty or evidence, the page of the instalment whose reply names it."""
    return urls_of([record]).get(record, "")


def urls_of(records: Sequence[CountedRecord]) -> dict[CountedRecord, str]:
    """The pages of many records, those that have one. At most two queries."""
    found = {
        one: reverse("programme:instalment", args=[one.pk]) for one in records if one.label == INSTALMENT
    }
    models: tuple[tuple[str, Any], ...] = ((DIFFICULTY, Difficulty), (EVIDENCE, Evidence))
    for label, model in models:
        asked = [one for one in records if one.label == label]
        if not asked:
            continue
        rows = model.objects.filter(pk__in=[one.pk for one in asked]).values_list("pk", "reply__instalment")
        instalments = dict(rows)
        for one in asked:
            if one.pk in instalments:
                found[one] = reverse("programme:instalment", args=[instalments[one.pk]])
    return found


def _source(key: str, label: Any, measure: Any, rows: Callable[[CountingQuestion], Rows]) -> CountingSource:
    def count(question: CountingQuestion) -> Answer:
        return answer_from(rows(question), question)

    def count_all(questions: Sequence[CountingQuestion]) -> Sequence[Answer]:
        if len(questions) == 1:
            return [count(questions[0])]
        found = rows(replace(questions[0], plan_ref=""))
        return [answer_from(found, question) for question in questions]

    return CountingSource(
        key,
        label,
        measure,
        count,
        url_of,
        by_plan_section=True,
        count_all=count_all,
        urls=urls_of,
        visible=visible,
    )


SOURCES = (
    _source("programme.done", _("Work accepted as done"), _("tasks"), instalments_done),
    _source("programme.due", _("Work due"), _("tasks"), instalments_due),
    _source("programme.in_time", _("Work due and reported done in time"), _("tasks"), instalments_in_time),
    _source(
        "programme.late", _("Work due and not reported done on the cut-off day"), _("tasks"), instalments_late
    ),
    _source("programme.difficulties", _("Difficulties named in replies"), _("difficulties"), difficulties),
    _source(
        "programme.web",
        _("Products on the web shown as evidence (an address once a unit and period)"),
        _("products"),
        web_products,
    ),
)
