"""The composed report: figures with the records that they count, and the units' words, edited down."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record, RecordQuerySet
from khuevan.reports.choices import FigureType, PassageKind, ReportState
from khuevan.reports.models.cycles import Cycle
from khuevan.reports.models.rules import FormSection, Question


class ComposedReport(Record):
    """One version of the report of a cycle.

    While it is COMPOSED its words can be edited and its figures be gathered anew. It is FROZEN when a draft
    of an official document is made of it, and nothing in it changes any more; a correction is a new version
    that names this one in `corrects`, with `correction_reason`. `missing_units` are the names of the units
    that had not sent. `opening`, `assessment` and `next_steps` are the department's own words. The English ones
    (who it is, three short paragraphs, whom to ask) are for the page to partners, which is no part of the document:
    they can be written after it is frozen, too.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="composed_reports")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.COMPOSED)
    composed_at = models.DateTimeField(_("composed at"))
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="composed_reports")
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=500)
    opening = models.TextField(_("opening"), blank=True)
    assessment = models.TextField(_("general assessment"), blank=True)
    next_steps = models.TextField(_("tasks of the next period"), blank=True)
    english_issuer = models.CharField(_("body in English"), max_length=200, blank=True)
    english_words = models.TextField(_("words in English"), blank=True)
    english_contact = models.CharField(_("whom to ask, in English"), max_length=300, blank=True)
    missing_units = models.JSONField(default=list, blank=True)
    unit_count = models.PositiveSmallIntegerField(_("units that report"), default=0)
    corrects = models.OneToOneField(
        "self", models.PROTECT, related_name="corrected_by", null=True, blank=True
    )
    correction_reason = models.TextField(_("why it was corrected"), blank=True)
    draft = models.OneToOneField(
        "documents.Draft", models.PROTECT, related_name="composed_report", null=True, blank=True
    )

    class Meta:
        verbose_name = _("composed report")
        verbose_name_plural = _("composed reports")
        ordering: ClassVar[list[str]] = ["cycle", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cycle", "version"], name="composed_report_version_once"),
            models.CheckConstraint(
                condition=Q(
                    state=ReportState.FROZEN,
                    frozen_at__isnull=False,
                    frozen_by__isnull=False,
                    draft__isnull=False,
                )
                | (
                    ~Q(state=ReportState.FROZEN)
                    & Q(frozen_at__isnull=True, frozen_by__isnull=True, draft__isnull=True)
                ),
                name="composed_report_frozen_has_its_draft",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="composed_report_correction_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])


class ReportFigure(Record):
    """One figure of a composed report: the sum over the units that sent (or what its formula yields of sums).

    `parts` is what it was made of, one entry a unit: {"unit": key, "name": …, "value": text or null, "known":
    text or null, "reason": …, "records": […], "sent_at": moment in ISO form, "sent_by": name}, records as in
    `UnitFigure`: so a frozen report says who sent what, whatever is sent later. `missing` are the names of units
    that sent without this figure, or of a computed one without a figure that its formula reads. `before` and
    `last_year` are the same figure one period and one year earlier, `year_sum` the year's sum up to this period (of
    a computed figure its formula over the year's sums), `target` the year's target; null where nobody knows.
    """

    report = models.ForeignKey(ComposedReport, models.CASCADE, related_name="figures")
    section = models.ForeignKey(FormSection, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=300)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=8, choices=FigureType)
    formula = models.CharField(_("formula"), max_length=500, blank=True)
    value = models.DecimalField(_("figure"), max_digits=20, decimal_places=2, null=True, blank=True)
    before = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    last_year = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    year_sum = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    parts = models.JSONField(default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    in_chart = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    fingerprinted_fields: ClassVar[tuple[str, ...]] = ("parts",)

    class Meta:
        verbose_name = _("figure of a report")
        verbose_name_plural = _("figures of a report")
        ordering: ClassVar[list[str]] = ["report", "order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "code"], name="report_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class PassageQuerySet(RecordQuerySet[Any]):
    """Chainable questions about the words of units in a report."""

    def said(self) -> Self:
        """Those that the report says."""
        return self.filter(is_included=True, is_gone=False)


class Passage(Record):
    """A unit's words under a section of the report: `original` as the unit wrote it, `text` as it is edited down.

    `unit_name` is what the unit was called when they were gathered.

    `edited_from` is what the unit had written when the words were edited, where it wrote others since: until somebody
    looks at both. A passage that `is_gone` is said by its unit no more (its report was returned, or it took the words
    back): the report does not say it, whatever `is_included` was, and what was edited waits for its coming back.
    """

    report = models.ForeignKey(ComposedReport, models.CASCADE, related_name="passages")
    section = models.ForeignKey(FormSection, models.PROTECT, related_name="+", null=True, blank=True)
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", null=True, blank=True)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    unit_name = models.CharField(_("name of the unit"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=PassageKind)
    original = models.TextField(_("as the unit wrote it"))
    text = models.TextField(_("as the report says it"), blank=True)
    edited_from = models.TextField(_("what was edited of it"), blank=True)
    is_included = models.BooleanField(_("in the report"), default=True)
    is_gone = models.BooleanField(_("said by its unit no more"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("words of a unit in a report")
        verbose_name_plural = _("words of units in a report")
        ordering: ClassVar[list[str]] = ["report", "order", "id"]

    def __str__(self) -> str:
        return self.text[:80]
