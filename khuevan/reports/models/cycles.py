"""One time that a rule is carried out: a period, a cut-off, a deadline for units."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record, RecordQuerySet
from khuevan.reports.choices import CycleState
from khuevan.reports.models.rules import ReportingRule


class CycleQuerySet(RecordQuerySet[Any]):
    """Chainable questions about cycles."""

    def open(self) -> Self:
        """Those in which units may send."""
        return self.filter(state=CycleState.OPEN)


class Cycle(Record):
    """Data counts from `first_date` to `last_date`, the cut-off, both inclusive; units send by `due_date`.

    `year` and `number` say which period of the year it is; both are empty for a thematic or ad-hoc report. A
    rule, whatever its version, has one cycle a period. `closed_by` is the installation's own account where the
    cycle closed by itself. `called_offset` is the last of the rule's own calls that was made, in working days from
    the deadline; empty before the first.
    """

    rule = models.ForeignKey(ReportingRule, models.PROTECT, related_name="cycles")
    rule_code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("number of the period"), null=True, blank=True)
    first_date = models.DateField(_("counts from"))
    last_date = models.DateField(_("cut-off day"))
    due_date = models.DateField(_("units send by"))
    closes_date = models.DateField(_("closes after"))
    state = models.CharField(_("state"), max_length=8, choices=CycleState, default=CycleState.OPEN)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    called_offset = models.SmallIntegerField(_("last call of the rule"), null=True, blank=True)

    derived_fields: ClassVar[tuple[str, ...]] = ("rule_code",)
    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting cycle")
        verbose_name_plural = _("reporting cycles")
        ordering: ClassVar[list[str]] = ["-last_date", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rule_code", "year", "number"],
                condition=Q(year__isnull=False),
                name="cycle_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True, number__isnull=True)
                | Q(year__isnull=False, number__isnull=False),
                name="cycle_period_in_full",
            ),
            models.CheckConstraint(
                condition=Q(first_date__lte=F("last_date")),
                name="cycle_days_in_order",
                violation_error_message=_("The cut-off day cannot lie before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("last_date"), closes_date__gte=F("due_date")),
                name="cycle_is_due_after_its_cut_off",
                violation_error_message=_("Units cannot be asked to send before the cut-off day."),
            ),
            models.CheckConstraint(
                condition=Q(state=CycleState.OPEN, closed_at__isnull=True, closed_by__isnull=True)
                | Q(state=CycleState.CLOSED, closed_at__isnull=False, closed_by__isnull=False),
                name="cycle_closed_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:cycle", args=[self.pk])

    def is_over_on(self, day: date) -> bool:
        """Whether the units' deadline has passed."""
        return day > self.due_date
