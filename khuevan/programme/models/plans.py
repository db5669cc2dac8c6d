"""A plan, what it orders, who answers for it, and the half-done import of a plan."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.core.models import Record, RecordQuerySet
from khuevan.core.private_files import private_storage
from khuevan.core.search import SearchableRecord
from khuevan.programme.choices import (
    AssignmentRole,
    AssignmentSource,
    DutyRole,
    ImportState,
    Recurrence,
    TaskState,
)


def file_path(instance: models.Model, filename: str) -> str:
    """A file's place under its own digest; the name that the officer's file had is kept in a field."""
    sha256 = str(getattr(instance, "sha256"))  # noqa: B009  (shared by two models)
    return f"plans/{sha256[:2]}/{sha256}"


class Plan(SearchableRecord):
    """One plan that orders a period's work, whatever number of times it was amended.

    `symbol`, `number`, `signed_date` are empty where the file has no head of page or leaves the
    number blank; `issuer` is empty where the body named is not a registered unit; the period is
    empty where the plan names none.
    """

    title = models.TextField(pgettext_lazy("programme", "title"))
    type = models.CharField(_("type of document"), max_length=60, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    issuer_name = models.CharField(_("issued by"), max_length=255, blank=True)
    issuer = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        related_name="issued_plans",
        null=True,
        blank=True,
    )
    signed_date = models.DateField(_("signed on"), null=True, blank=True)
    period_first = models.DateField(_("first day"), null=True, blank=True)
    period_last = models.DateField(_("last day"), null=True, blank=True)

    folded_fields: ClassVar[tuple[str, ...]] = ("title", "symbol", "issuer_name")

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering: ClassVar[list[str]] = ["-period_first", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(period_first__isnull=True, period_last__isnull=True)
                # A comparison with NULL is neither true nor false, and a check lets it pass: said apart.
                | Q(
                    period_first__isnull=False,
                    period_last__isnull=False,
                    period_first__lte=F("period_last"),
                ),
                name="plan_period_has_both_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("programme:overview", args=[self.pk])


class PlanVersion(Record):
    """One signed file of a plan, with what the reader read in it: 1 the first, 2 the first amendment.

    `reading` is the whole `OfficialDocument` as `as_stored` writes it: the places of tasks and
    duties are places in its `paragraphs`. A file is a version of one plan only (`sha256`).
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    reading = models.JSONField()
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imported_plan_versions"
    )

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("reading",)

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of a plan")
        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.number})"


class InForceQuerySet(RecordQuerySet[Any]):
    """Rows that an amended plan may drop: they stay, with the version that dropped them."""

    def current(self) -> Self:
        """Those that the newest version of their plan still has."""
        return self.filter(dropped_in__isnull=True)

    def dropped(self) -> Self:
        """Those that an amended version dropped."""
        return self.filter(dropped_in__isnull=False)


class PlanSection(Record):
    """A heading of the plan, or an unnumbered block that holds tasks, in the plan's own order.

    Points that are themselves tasks or duties are not sections. `ref` is the reader's: the labels
    from the top joined by dots; it is not unique in the table, because an amended plan moves refs
    between rows and the old ones stay.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections")
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    ref = models.CharField(max_length=120)
    label = models.CharField(max_length=40, blank=True)
    heading = models.TextField(blank=True)
    order = models.PositiveIntegerField()
    dropped_in = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        related_name="dropped_sections",
        null=True,
        blank=True,
    )

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("section of a plan")
        verbose_name_plural = _("sections of a plan")
        ordering: ClassVar[list[str]] = ["plan", "order"]

    def __str__(self) -> str:
        return f"{self.label}. {self.heading}".strip(". ")


# Where a sentence stands in the newest file: follows from the file, so the trail is silent about it.
POSITION = ("order", "place", "read_in")


class Obligation(models.Model):
    """What a task and a duty have in common: a sentence of the plan, its place, its deadline.

    `text` is the plan's own wording, slips included. `place` is the reader's Place as plain JSON
    (paragraph, start, last_paragraph, end) in the reading of `read_in`, the newest version that has
    the sentence; null where the reader gave none. `due_text` is the plan's words; `due_date` the
    last day they allow; a recurrence has no date of its own. `partner_names` are bodies that the
    sentence names to work with, as printed.
    """

    ref = models.CharField(_("place in the plan"), max_length=120)
    text = models.TextField(_("text"))
    order = models.PositiveIntegerField()
    due_text = models.CharField(_("deadline in the plan's words"), max_length=500, blank=True)
    due_date = models.DateField(_("deadline"), null=True, blank=True)
    recurrence = models.CharField(_("recurrence"), max_length=12, choices=Recurrence.choices, blank=True)
    partner_names = models.JSONField(_("to work with"), default=list, blank=True)
    place = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True


def deadline_rule_field() -> models.JSONField[Any, Any]:
    """A rule of `khuevan.plain.calendar.deadline_rules` as `as_plain` writes it; null for none."""
    return models.JSONField(_("rule of the deadline"), null=True, blank=True)


class TaskQuerySet(InForceQuerySet):
    """Chainable questions about tasks."""

    def of_plan(self, plan: Plan) -> Self:
        """The tasks of one plan, in the plan's order."""
        return self.filter(plan=plan).order_by("order")

    def of_units(self, unit_ids: set[int]) -> Self:
        """Tasks for which one of the units answers, as lead or in support, or has a linked duty."""
        assigned = Assignment.objects.current().filter(unit__in=unit_ids).values("task")
        linked = (
            DutyTask.objects.filter(duty__unit__in=unit_ids, duty__dropped_in__isnull=True)
            .order_by()
            .values("task")
        )
        return self.filter(Q(pk__in=assigned) | Q(pk__in=linked))

    def led_by(self, unit_ids: set[int]) -> Self:
        """Tasks that one of the units leads."""
        leads = Assignment.objects.current().filter(unit__in=unit_ids, role=AssignmentRole.LEAD)
        return self.filter(pk__in=leads.values("task"))

    def without_lead(self) -> Self:
        """Tasks for which no unit answers yet."""
        leads = Assignment.objects.current().filter(role=AssignmentRole.LEAD)
        return self.exclude(pk__in=leads.values("task"))


class Task(SearchableRecord, Obligation):
    """One thing that a plan orders to be done.

    `dropped_in` is the amended version that no longer has it; the row, its assignments and its
    history stay. `lead_names` are units that the sentence itself names as leading, as printed.
    `section` is empty where the task stands under no heading. `deadline_rule` is what the plan's words
    yield, or what an officer decided (`deadline_decided`): then an amended plan leaves it. `start_date` is
    when the work is meant to begin; empty for as soon as the plan is signed.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    section = models.ForeignKey(PlanSection, models.PROTECT, related_name="tasks", null=True, blank=True)
    lead_names = models.JSONField(_("named as lead"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=TaskState.choices, default=TaskState.OPEN)
    start_date = models.DateField(_("starts on"), null=True, blank=True)
    deadline_rule = deadline_rule_field()
    deadline_decided = models.BooleanField(_("deadline decided by an officer"), default=False)
    read_in = models.ForeignKey(PlanVersion, models.PROTECT, related_name="tasks")
    dropped_in = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="dropped_tasks", null=True, blank=True
    )

    folded_fields: ClassVar[tuple[str, ...]] = ("text", "ref")
    derived_fields: ClassVar[tuple[str, ...]] = POSITION
    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering: ClassVar[list[str]] = ["plan", "order"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan", "order"]),
            models.Index(fields=["due_date"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=TaskState.DROPPED, dropped_in__isnull=False)
                | (~Q(state=TaskState.DROPPED) & Q(dropped_in__isnull=True)),
                name="task_dropped_names_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text[:80]}"

    def get_absolute_url(self) -> str:
        return reverse("programme:task", args=[self.pk])


class Duty(Obligation, Record):
    """One thing that the plan's section on organisation gives to one unit.

    `unit_name` is the unit as printed, `unit` the registered unit that the officer confirmed.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="duties")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="duties")
    unit_name = models.CharField(_("unit as printed"), max_length=500)
    role = models.CharField(_("role"), max_length=10, choices=DutyRole.choices)
    read_in = models.ForeignKey(PlanVersion, models.PROTECT, related_name="duties")
    dropped_in = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        related_name="dropped_duties",
        null=True,
        blank=True,
    )
    derived_fields: ClassVar[tuple[str, ...]] = POSITION
    tasks: models.ManyToManyField[Task, DutyTask] = models.ManyToManyField(
        Task, through="DutyTask", related_name="duties"
    )

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering: ClassVar[list[str]] = ["plan", "order"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "order"])]

    def __str__(self) -> str:
        return f"{self.ref} {self.text[:80]}"


class DutyTask(Record):
    """An officer confirmed that this duty carries out this task."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="links")
    task = models.ForeignKey(Task, models.PROTECT, related_name="links")

    class Meta:
        verbose_name = _("task carried out by a duty")
        verbose_name_plural = _("tasks carried out by duties")
        ordering: ClassVar[list[str]] = ["duty", "task"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "task"], name="duty_task_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} → {self.task_id}"


class AssignmentQuerySet(InForceQuerySet):
    """Chainable questions about assignments."""

    def current(self) -> Self:
        """Those that neither an amended plan dropped nor an officer ended."""
        return super().current().filter(ended_at__isnull=True)


class Assignment(Record):
    """One unit answers for one task, as its lead or in support.

    `origin` is the duty that it comes from; empty where the task's own sentence names the unit or
    an officer decided (`source` says which). `dropped_in` is the amended version that took the
    reason away; the row stays, with the work recorded under it. `ended_at`, `ended_by` and `end_reason`
    come together: an officer gave the work to another unit. `deadline_rule` is the unit's own; empty means
    the task's. `from_date` is the day from which the unit owes replies; empty means since the plan began.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=10, choices=AssignmentRole.choices)
    source = models.CharField(_("where it comes from"), max_length=10, choices=AssignmentSource.choices)
    origin = models.ForeignKey(Duty, models.PROTECT, related_name="assignments", null=True, blank=True)
    dropped_in = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        related_name="dropped_assignments",
        null=True,
        blank=True,
    )
    deadline_rule = deadline_rule_field()
    from_date = models.DateField(_("from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ended_assignments", null=True, blank=True
    )
    end_reason = models.TextField(_("why it ended"), blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering: ClassVar[list[str]] = ["task", "role", "unit"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["task", "unit"], name="assignment_unit_once_a_task"),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(role=AssignmentRole.LEAD, dropped_in__isnull=True, ended_at__isnull=True),
                name="assignment_one_lead_a_task",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="assignment_ended_in_full",
            ),
            models.CheckConstraint(
                condition=Q(source=AssignmentSource.DUTY, origin__isnull=False)
                | (~Q(source=AssignmentSource.DUTY) & Q(origin__isnull=True)),
                name="assignment_from_duty_names_the_duty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} · {self.unit_id} · {self.role}"


class PlanImport(Record):
    """A file being turned into a plan: what was read, and what the officer has chosen so far.

    `unit_choices` maps a folded name as printed to "NEW:<kind>", "WORDS" (no unit: kept as words)
    or the id of a registered unit as text. `link_choices` maps the place of a duty among the
    reading's duties, as text, to the places of tasks. Both hold only what the officer has saved;
    what is missing stands as proposed. `amends` is the plan that the file replaces a version of,
    empty for a new plan. `plan` is what it became. A discarded import keeps neither file nor
    reading. A file has one import that is not discarded.
    """

    file = models.FileField(
        _("file"),
        storage=private_storage,
        upload_to=file_path,
        max_length=200,
        blank=True,
    )
    filename = models.CharField(_("name of the file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    reading = models.JSONField()
    unit_choices = models.JSONField(default=dict, blank=True)
    link_choices = models.JSONField(default=dict, blank=True)
    amends = models.ForeignKey(Plan, models.PROTECT, related_name="amending_imports", null=True, blank=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="imports", null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ImportState.choices,
        default=ImportState.DRAFT,
    )
    started_at = models.DateTimeField(_("started at"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="started_plan_imports"
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="finished_plan_imports",
        null=True,
        blank=True,
    )

    fingerprinted_fields: ClassVar[tuple[str, ...]] = (
        "reading",
        "unit_choices",
        "link_choices",
    )

    class Meta:
        verbose_name = _("import of a plan")
        verbose_name_plural = _("imports of plans")
        ordering: ClassVar[list[str]] = ["-started_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(state=ImportState.DISCARDED),
                name="plan_import_one_a_file",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="plan_import_finished_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.DRAFT, finished_at__isnull=True)
                | (~Q(state=ImportState.DRAFT) & Q(finished_at__isnull=False)),
                name="plan_import_ends_once",
            ),
            models.CheckConstraint(
                condition=(Q(state=ImportState.FINISHED) & Q(plan__isnull=False))
                | (~Q(state=ImportState.FINISHED) & Q(plan__isnull=True)),
                name="plan_import_finished_has_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("programme:import_review", args=[self.pk])
