"""Reads of one instalment with what was reported of it, and of the lists of those who judge and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from khuevan.core.models import AuditEntry
from khuevan.people.choices import Role
from khuevan.people.models import Post, User
from khuevan.programme.browse_queries import Sight, sight_of
from khuevan.programme.choices import AssignmentRole, InstalmentState, ReplyState
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Assignment, Difficulty, Evidence, Instalment, Reply
from khuevan.programme.work_queries import open_difficulties, replies_to_judge


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's instalment with its assignment, unit, task and plan loaded, and the unit that leads now.

    `lead_path` is the leading unit's place in the tree; both are empty where no unit leads. `beside` are key,
    deadline and state of all instalments of the assignment, earliest first, those without a day last.
    """

    instalment: Instalment
    lead: UnitName | None
    lead_path: str
    beside: tuple[tuple[int, date | None, str], ...]

    @property
    def lead_id(self) -> int | None:
        """The key of the unit that leads."""
        return None if self.lead is None else self.lead.pk


def sight_once(user: User, day: date) -> Sight:
    """What `user` sees on `day`; asked once a request, because page and evidence both need it."""
    asked: dict[date, Sight] = user.__dict__.setdefault("_sights_asked", {})
    if day not in asked:
        asked[day] = sight_of(user, day)
    return asked[day]


def part_seen(sight: Sight, instalment: int) -> Part | None:
    """The instalment, if the person may read its task; ended ones too, as their story stays. One query."""
    # With those beside it: at most one a week, and the page of one shows the way to the others.
    same = Instalment.objects.filter(pk=instalment).order_by().values("assignment")
    rows = Instalment.objects.filter(assignment__in=same)
    if not sight.whole:
        rows = rows.filter(assignment__task__in=sight.tasks().order_by().values("pk"))
    found = list(
        rows.select_related("assignment__task__plan", "assignment__unit", "done_by")
        .annotate(lead=_lead("assignment__task"))
        .order_by(F("due_date").asc(nulls_last=True), "pk")
    )
    here = next((row for row in found if row.pk == instalment), None)
    if here is None:
        return None
    beside = tuple((row.pk, row.due_date, row.state) for row in found)
    lead: dict[str, Any] | None = here.lead
    if lead is None:
        return Part(here, None, "", beside)
    unit = UnitName(lead["pk"], lead["name"], lead["short_name"], None)
    return Part(here, unit, lead["path"], beside)


def _lead(task: str) -> Subquery:
    leads = Assignment.objects.current().filter(task=OuterRef(task), role=AssignmentRole.LEAD)
    item = JSONObject(pk="unit", name="unit__name", short_name="unit__short_name", path="unit__path")
    return Subquery(leads.values(item=item)[:1])


def replies_of(instalment: Instalment) -> list[Any]:
    """The replies, drafts among them, newest first, each with people, difficulty and evidence. Two queries.

    `changed_at` and `changed_by` (a name) say who last changed the words or the difficulty, as the audit trail
    knows: the record itself only keeps who began it.
    """
    kinds = ContentType.objects.get_for_models(Reply, Difficulty)
    entries = AuditEntry.objects.filter(
        Q(target_type=kinds[Reply], target_id=OuterRef("pk"))
        | Q(target_type=kinds[Difficulty], target_id=OuterRef("difficulty"))
    ).order_by("-pk")
    evidence = Evidence.objects.select_related("content_type").order_by("pk")
    return list(
        Reply.objects.filter(instalment=instalment)
        .select_related("written_by", "sent_by", "judged_by", "difficulty", "difficulty__answered_by")
        .prefetch_related(Prefetch("evidence", evidence))
        .annotate(
            changed_at=Subquery(entries.values("at")[:1]),
            changed_by=Subquery(entries.values("by__full_name")[:1]),
        )
        .order_by("-pk")
    )


def reply_seen(sight: Sight, pk: int) -> Reply | None:
    """The sent reply, if the person may read its task, with people, difficulty and evidence; never a draft."""
    rows = Reply.objects.filter(pk=pk).exclude(state=ReplyState.DRAFT)
    if not sight.whole:
        rows = rows.filter(instalment__assignment__task__in=sight.tasks().order_by().values("pk"))
    evidence = Evidence.objects.select_related("content_type").order_by("pk")
    found: Reply | None = (
        rows.select_related("sent_by", "judged_by", "difficulty", "difficulty__answered_by")
        .prefetch_related(Prefetch("evidence", evidence))
        .first()
    )
    return found


def evidence_seen(sight: Sight, pk: int) -> Evidence | None:
    """The piece of evidence with its reply and assignment, if the person may read the task; drafts' too."""
    rows = Evidence.objects.filter(pk=pk).select_related("reply__instalment__assignment")
    if not sight.whole:
        rows = rows.filter(reply__instalment__assignment__task__in=sight.tasks().order_by().values("pk"))
    found: Evidence | None = rows.first()
    return found


def heads_at(path: str, day: date) -> list[Post]:
    """The posts of those who head the unit at this place in the tree, else the nearest unit above. One query."""
    line = [int(part.rsplit("-", 1)[1]) for part in path.strip("/").split("/")]
    posts = list(
        Post.objects.on(day)
        .filter(unit__in=line, role=Role.UNIT_HEAD, person__is_active=True)
        .select_related("person", "unit")
        .order_by("pk")
    )
    for unit in reversed(line):
        if found := [post for post in posts if post.unit_id == unit]:
            return found
    return []


def waiting_for(user: User, day: date) -> QuerySet[Reply]:
    """The reports of completion that wait for this person, longest waiting first, with plan and `evidence_count`.

    What was no longer required while it waited waits for nobody.
    """
    counted = (
        Evidence.objects.filter(reply=OuterRef("pk"))
        .order_by()
        .values("reply")
        .annotate(found=Count("pk"))
        .values("found")
    )
    return (
        replies_to_judge(user, day)
        .filter(instalment__state=InstalmentState.REPORTED)
        .select_related("instalment__assignment__task__plan")
        .annotate(evidence_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    )


def difficulties_seen(
    sight: Sight, *, answered: bool, unit: int | None = None, plan: int | None = None
) -> QuerySet[Difficulty]:
    """The difficulties of tasks that a person reads: the open ones oldest first, or the answered newest first.

    Each comes with `lead`, the unit that leads its task now, as {"pk": …}; None where none does.
    """
    rows = _answered(sight) if answered else open_difficulties(sight)
    if unit is not None:
        rows = rows.filter(reply__instalment__assignment__unit=unit)
    if plan is not None:
        rows = rows.filter(reply__instalment__assignment__task__plan=plan)
    return rows.select_related("reply__instalment__assignment__task__plan").annotate(
        lead=_lead("reply__instalment__assignment__task")
    )


def _answered(sight: Sight) -> QuerySet[Difficulty]:
    rows = (
        Difficulty.objects.filter(answered_at__isnull=False)
        .select_related(
            "reply__instalment__assignment__task", "reply__instalment__assignment__unit", "reply__sent_by",
            "answered_by",
        )
        .order_by("-answered_at", "-pk")
    )  # fmt: skip
    if sight.whole:
        return rows
    return rows.filter(reply__instalment__assignment__task__in=sight.tasks().order_by().values("pk"))


def difficulty_seen(sight: Sight, pk: int) -> Difficulty | None:
    """The difficulty that was sent, if the person may read its task; the assignment and `lead` with it."""
    rows = (
        Difficulty.objects.filter(pk=pk)
        .exclude(reply__state=ReplyState.DRAFT)
        .select_related(
            "reply__instalment__assignment__task__plan",
            "reply__instalment__assignment__unit",
            "reply__sent_by",
        )
        .annotate(lead=_lead("reply__instalment__assignment__task"))
    )
    if not sight.whole:
        rows = rows.filter(reply__instalment__assignment__task__in=sight.tasks().order_by().values("pk"))
    found: Difficulty | None = rows.first()
    return found


def units_and_plans_with_difficulties(
    sight: Sight,
) -> tuple[list[tuple[int, str]], list[tuple[int, str, str]]]:
    """Units as (key, name) in tree order, and plans as (key, symbol, title), newest period first, that have a
    difficulty the person reads. One query."""
    sent = Difficulty.objects.exclude(reply__state=ReplyState.DRAFT).order_by()
    if not sight.whole:
        sent = sent.filter(reply__instalment__assignment__task__in=sight.tasks().order_by().values("pk"))
    unit, plan = "reply__instalment__assignment__unit", "reply__instalment__assignment__task__plan"
    rows = sent.values_list(
        unit,
        f"{unit}__name",
        f"{unit}__path",
        plan,
        f"{plan}__symbol",
        f"{plan}__title",
        f"{plan}__period_first",
    ).distinct()
    units: dict[int, tuple[str, str]] = {}
    plans: dict[int, tuple[date, str, str]] = {}
    for unit_key, name, path, plan_key, symbol, title, first in rows:
        units[unit_key] = (path, name)
        plans[plan_key] = (first or date.min, symbol, title)
    newest_first = sorted(plans.items(), key=lambda item: (item[1][0], item[0]), reverse=True)
    return (
        [(key, name) for key, (_path, name) in sorted(units.items(), key=lambda item: item[1])],
        [(key, symbol, title) for key, (_first, symbol, title) in newest_first],
    )
