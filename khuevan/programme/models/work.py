"""What units owe and when: instalments of their part in a task, the steps of a task, what waits for what."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record, RecordQuerySet
from khuevan.programme.choices import OPEN_STATES, OWED_STATES, InstalmentState, StepState
from khuevan.programme.models.plans import Assignment, Task


class InstalmentQuerySet(RecordQuerySet[Any]):
    """Chainable questions about instalments."""

    def in_force(self) -> Self:
        """Those of assignments and tasks in force."""
        return self.filter(
            assignment__dropped_in__isnull=True,
            assignment__ended_at__isnull=True,
            assignment__task__dropped_in__isnull=True,
        )

    def open(self) -> Self:
        """Those in which something is still to be done by somebody."""
        return self.in_force().filter(state__in=OPEN_STATES)

    def owed(self) -> Self:
        """Those in which it is the unit's turn."""
        return self.in_force().filter(state__in=OWED_STATES)

    def late_on(self, day: date) -> Self:
        """Those that the unit still owes after their day."""
        return self.owed().filter(due_date__lt=day)


class Instalment(Record):
    """What one unit owes for one task by one day; a part without a day is one instalment without a day.

    A quarterly task has four in a year for each of its units. `nominal_date` is the day that the rule names,
    `due_date` the working day to which it was brought; both empty where nobody set a deadline. `percent` is
    what the unit last reported. `reported_date` is the day of the report of completion that now waits or was
    accepted; `done_at`/`done_by` say who accepted it. A CANCELLED one is not required, for `cancel_reason`.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="instalments")
    nominal_date = models.DateField(_("day that the rule names"), null=True, blank=True)
    due_date = models.DateField(_("deadline"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=InstalmentState.choices, default=InstalmentState.WAITING
    )
    percent = models.PositiveSmallIntegerField(_("percent done"), default=0)
    reported_date = models.DateField(_("reported done on"), null=True, blank=True)
    done_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("accepted by"),
    )
    cancel_reason = models.TextField(_("why it is not required"), blank=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering: ClassVar[list[str]] = ["due_date", "assignment", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_date"], name="instalment_state_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assignment", "nominal_date"], name="instalment_once_a_day"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(nominal_date__isnull=True),
                name="instalment_one_without_a_day",
            ),
            models.CheckConstraint(
                condition=Q(nominal_date__isnull=True, due_date__isnull=True)
                | Q(nominal_date__isnull=False, due_date__isnull=False),
                name="instalment_has_both_days_or_none",
            ),
            models.CheckConstraint(
                condition=Q(state=InstalmentState.DONE, done_at__isnull=False, done_by__isnull=False)
                | (~Q(state=InstalmentState.DONE) & Q(done_at__isnull=True, done_by__isnull=True)),
                name="instalment_done_names_who_accepted",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[InstalmentState.REPORTED, InstalmentState.DONE], reported_date__isnull=False
                )
                | (
                    ~Q(state__in=[InstalmentState.REPORTED, InstalmentState.DONE])
                    & Q(reported_date__isnull=True)
                ),
                name="instalment_reported_has_its_day",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="instalment_percent_at_most_100"),
            models.CheckConstraint(
                condition=~Q(state=InstalmentState.CANCELLED) | ~Q(cancel_reason=""),
                name="instalment_cancelled_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} · {self.due_date or '–'} · {self.state}"

    def is_late_on(self, day: date) -> bool:
        """Whether the unit still owes it after its day."""
        return self.due_date is not None and self.due_date < day and self.state in OWED_STATES


class Step(Record):
    """One step of a task, given to one of the task's units; steps stand in an order (`StepPrecedence`).

    `start_date` and `due_date` are inclusive and may be empty. `done_at`/`done_by` are set together, when the
    unit says that the step is done.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="steps", verbose_name=_("unit"))
    title = models.CharField(_("step"), max_length=255)
    order = models.PositiveIntegerField(default=0)
    start_date = models.DateField(_("starts on"), null=True, blank=True)
    due_date = models.DateField(_("deadline"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=StepState.choices, default=StepState.TODO)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    derived_fields: ClassVar[tuple[str, ...]] = ("order",)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering: ClassVar[list[str]] = ["task", "order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(start_date__isnull=True)
                | Q(due_date__isnull=True)
                | Q(start_date__lte=F("due_date")),
                name="step_ends_after_it_starts",
                violation_error_message=_("The step cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.DONE, done_at__isnull=False, done_by__isnull=False)
                | (~Q(state=StepState.DONE) & Q(done_at__isnull=True, done_by__isnull=True)),
                name="step_done_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepPrecedence(Record):
    """One step comes after another of the same task: `after` cannot start until `before` is done."""

    before = models.ForeignKey(Step, models.CASCADE, related_name="followers")
    after = models.ForeignKey(Step, models.CASCADE, related_name="forerunners")

    class Meta:
        verbose_name = _("order of steps")
        verbose_name_plural = _("orders of steps")
        ordering: ClassVar[list[str]] = ["after", "before"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["before", "after"], name="step_precedence_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="step_not_after_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class TaskPrecedence(Record):
    """One task waits for another: `after` needs what `before` brings. Nothing is refused for it; it is shown."""

    before = models.ForeignKey(Task, models.PROTECT, related_name="followers")
    after = models.ForeignKey(Task, models.PROTECT, related_name="forerunners")

    class Meta:
        verbose_name = _("order of tasks")
        verbose_name_plural = _("orders of tasks")
        ordering: ClassVar[list[str]] = ["after", "before"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["before", "after"], name="task_precedence_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="task_not_after_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
