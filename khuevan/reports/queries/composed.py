"""Composed reports to look at: which a person may read, which can be begun, what changed since one was composed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.people.queries import posts_once
from khuevan.reports.choices import ReportState, UnitReportState
from khuevan.reports.models import ComposedReport, Cycle, UnitReport
from khuevan.reports.permissions import can_gather, reading_unit_ids, reads_all_reports

# The whole text of a document, which no list shows.
_LONG = ("draft__content", "draft__document__content", "draft__document__reading")


def visible_reports(user: User, day: date) -> QuerySet[Any]:
    """The versions that `can_read_report` lets the person read on the day, with what a row shows."""
    rows = ComposedReport.objects.select_related(
        "cycle__rule", "draft__document", "composed_by", "frozen_by", "corrects"
    ).defer(*_LONG)
    if reads_all_reports(user, day):
        return rows
    gathering = [
        post.unit_id
        for post in posts_once(user, day)
        if user.is_active and post.role in (Role.UNIT_HEAD, Role.UNIT_OFFICER)
    ]
    of_headed = UnitReport.objects.filter(cycle=OuterRef("cycle"), unit__in=reading_unit_ids(user, day))
    return rows.filter(
        Q(cycle__rule__gatherer__in=gathering) | Q(Exists(of_headed), draft__document__isnull=False)
    )


def composable_cycles(user: User, day: date) -> list[Cycle]:
    """The cycles from which the person may begin a report: units have sent, and no version is there that counts."""
    there = ComposedReport.objects.filter(cycle=OuterRef("pk")).exclude(state=ReportState.DISCARDED)
    sent = UnitReport.objects.sent().filter(cycle=OuterRef("pk"))
    cycles = Cycle.objects.filter(~Exists(there), Exists(sent)).select_related("rule")
    return [one for one in cycles.order_by("-last_date", "-pk") if can_gather(user, one.rule, day)]


@dataclass(frozen=True, slots=True)
class Change:
    """What a unit did after the report was composed; `sent` unless it was returned to it."""

    unit: str
    at: datetime
    sent: bool


def changes_since(report: ComposedReport) -> tuple[Change, ...]:
    """Units that sent, or whose figures were returned, after the report's figures were gathered; one query."""
    rows = (
        UnitReport.objects.filter(cycle=report.cycle_id)
        .filter(
            Q(state=UnitReportState.SENT, sent_at__gt=report.composed_at)
            | Q(state=UnitReportState.RETURNED, returned_at__gt=report.composed_at)
        )
        .select_related("unit")
        .order_by("unit__path")
    )
    found = []
    for row in rows:
        sent = row.state == UnitReportState.SENT
        at = row.sent_at if sent else row.returned_at
        if at is not None:
            found.append(Change(row.unit.name, at, sent))
    return tuple(found)


def versions_of(cycle_id: int) -> list[ComposedReport]:
    """All versions of the cycle's report, the newest first, with the documents that they became."""
    return list(
        ComposedReport.objects.filter(cycle=cycle_id)
        .select_related("draft__document", "corrects", "composed_by")
        .defer(*_LONG)
        .order_by("-version")
    )


def is_issued(report: ComposedReport) -> bool:
    """Whether the version's document was issued; its draft must be loaded."""
    return report.draft is not None and report.draft.document_id is not None


def newest_issued(rule_code: str, year: int, number: int) -> ComposedReport | None:
    """The version of a period's report that later figures are held against; None where none was issued."""
    found: ComposedReport | None = (
        ComposedReport.objects.filter(
            cycle__rule_code=rule_code,
            cycle__year=year,
            cycle__number=number,
            draft__document__isnull=False,
        )
        .order_by("-version")
        .first()
    )
    return found
