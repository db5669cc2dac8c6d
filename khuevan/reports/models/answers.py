"""What one unit answers in a cycle: figures, words, difficulties."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record, RecordQuerySet
from khuevan.reports.choices import OWED_STATES, UnitReportState
from khuevan.reports.models.cycles import Cycle
from khuevan.reports.models.rules import Indicator, Question


class UnitReportQuerySet(RecordQuerySet[Any]):
    """Chainable questions about units' reports."""

    def owed(self) -> Self:
        """Those in which it is the unit's turn."""
        return self.filter(state__in=OWED_STATES)

    def asked(self) -> Self:
        """Those of units that report, or still are to; not of units that were released."""
        return self.exclude(state=UnitReportState.RELEASED)

    def sent(self) -> Self:
        """Those that stand as sent."""
        return self.filter(state=UnitReportState.SENT)


class UnitReport(Record):
    """What one unit answers in one cycle. Before it is SENT only the unit's own people read what it holds.

    `sent_at`/`sent_by` stay after a return, until it is sent again; `returned_reason` says what is to be
    mended. `saved_at` is empty while nobody has begun. `version` counts the saves, so that two people who
    fill the form at once lose nothing. A unit that is RELEASED owes nothing (it ended, or need not report); a
    unit that was taken in after the cycle opened says why in `taken_in_reason`. `called_at` is when somebody
    who answers for the unit was last written to.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="unit_reports")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="unit_reports")
    state = models.CharField(
        _("state"), max_length=10, choices=UnitReportState, default=UnitReportState.WAITING
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sent_unit_reports", null=True, blank=True
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    returned_reason = models.TextField(_("why it was returned"), blank=True)
    taken_in_reason = models.TextField(_("why it was taken in"), blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    released_reason = models.TextField(_("why it was released"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    called_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a unit")
        verbose_name_plural = _("reports of units")
        ordering: ClassVar[list[str]] = ["cycle", "unit__path"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="unit_report_once_a_cycle"),
            models.CheckConstraint(
                condition=~Q(state=UnitReportState.SENT) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="unit_report_sent_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=UnitReportState.RETURNED)
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_reason="")),
                name="unit_report_returned_has_a_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=UnitReportState.RELEASED, released_at__isnull=False, released_by__isnull=False)
                    & ~Q(released_reason="")
                )
                | (
                    ~Q(state=UnitReportState.RELEASED)
                    & Q(released_at__isnull=True, released_by__isnull=True, released_reason="")
                ),
                name="unit_report_released_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} · {self.unit_id} · {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("reports:unit_report", args=[self.pk])


class UnitFigure(Record):
    """One figure of one unit's report; null where the unit left it open.

    `known` is what the software counted when the unit sent (before that it is counted anew each time), and
    `records` the list of what it counted, each as [label, key, title, day in ISO form or null, amount as
    text]. A unit that says another figure than the known one says why in `reason`. COMPUTED figures are kept
    when the unit sends, too.
    """

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    value = models.DecimalField(_("figure"), max_digits=18, decimal_places=2, null=True, blank=True)
    known = models.DecimalField(_("counted"), max_digits=18, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("why it differs"), max_length=500, blank=True)
    records = models.JSONField(default=list, blank=True)

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("records",)

    class Meta:
        verbose_name = _("figure of a unit")
        verbose_name_plural = _("figures of units")
        ordering: ClassVar[list[str]] = ["report", "indicator"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "indicator"], name="unit_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} · {self.indicator_id} · {self.value}"


class UnitAnswer(Record):
    """What a unit says to one question, in its own words."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    text = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("answer of a unit")
        verbose_name_plural = _("answers of units")
        ordering: ClassVar[list[str]] = ["report", "question"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "question"], name="unit_answer_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class UnitDifficulty(Record):
    """What is in a unit's way in this period, with what it asks for."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="difficulties")
    text = models.TextField(_("difficulty"))
    asks_for = models.TextField(_("what is asked for"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("difficulty of a unit")
        verbose_name_plural = _("difficulties of units")
        ordering: ClassVar[list[str]] = ["report", "order", "id"]

    def __str__(self) -> str:
        return self.text[:80]
