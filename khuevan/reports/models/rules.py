"""What is to be reported: a rule in versions, and the form that units fill under it.

A rule says what Article 8 of Decree 09/2019/NĐ-CP wants said: name, content, who reports to whom, the way, the
deadline, the frequency, the cut-off, the outline and the form. A version that cycles used is never changed; what
changes is a new version.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.core.models import Record
from khuevan.reports.choices import (
    ContentKind,
    DeadlineBasis,
    FigureSource,
    FigureType,
    Frequency,
    ReportKind,
    RuleState,
)


class ReportingRule(Record):
    """One version of a rule. Versions of one rule share their `code` and differ in `version`.

    Cut-off days are the decree's for the frequency unless `cut_from_day` and `cut_to_day` say otherwise (days
    of the month before the period and of its last month). Who reports: `reporters`, and all units of the
    kinds in `reporter_kinds` that exist on the cut-off day. `calls` are the working days, before (below zero) or
    after the units' deadline, on which units that have not sent are reminded. A cycle opens `opens_before`
    calendar days before its cut-off and closes `closes_after` days after the units' deadline. `plan_title` is how
    the report names the plan that it answers to. `english_name` is for the summary to partners.
    """

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name of the report"), max_length=300)
    english_name = models.CharField(_("name in English"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.PERIODIC)
    content = models.TextField(_("what is reported"), blank=True)
    content_kind = models.CharField(
        _("consists of"), max_length=8, choices=ContentKind, default=ContentKind.BOTH
    )
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency, blank=True)
    source = models.CharField(_("legal source"), max_length=500, blank=True)
    way = models.CharField(_("way of sending"), max_length=300, blank=True)
    guide = models.TextField(_("guide for units"), blank=True)
    cut_from_day = models.PositiveSmallIntegerField(
        _("counts from this day of the month before"), null=True, blank=True
    )
    cut_to_day = models.PositiveSmallIntegerField(
        _("counts to this day of the last month"), null=True, blank=True
    )
    reporter_kinds = models.JSONField(_("kinds of units that report"), default=list, blank=True)
    gatherer = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="gathered_rules", verbose_name=_("gathered by")
    )
    deadline_basis = models.CharField(
        _("units send within"),
        max_length=12,
        choices=DeadlineBasis,
        default=DeadlineBasis.WORKING_DAYS_AFTER_CUT_OFF,
    )
    deadline_number = models.PositiveSmallIntegerField(pgettext_lazy("of a deadline", "number"), default=2)
    opens_before = models.PositiveSmallIntegerField(_("opens so many days before the cut-off"), default=10)
    closes_after = models.PositiveSmallIntegerField(
        _("closes so many days after the units' deadline"), default=15
    )
    calls = models.JSONField(_("reminders, in working days from the deadline"), default=list, blank=True)
    plan_title = models.CharField(_("plan that the report answers to"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RuleState, default=RuleState.WRITTEN)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("reporting rule")
        verbose_name_plural = _("reporting rules")
        ordering: ClassVar[list[str]] = ["code", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "version"], name="reporting_rule_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state=RuleState.IN_FORCE), name="reporting_rule_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state=RuleState.WRITTEN), name="reporting_rule_one_written"
            ),
            models.CheckConstraint(
                condition=(Q(kind=ReportKind.PERIODIC) & ~Q(frequency=""))
                | (~Q(kind=ReportKind.PERIODIC) & Q(frequency="")),
                name="reporting_rule_periodic_has_a_frequency",
                violation_error_message=_("A periodic report has a frequency, and only a periodic one."),
            ),
            models.CheckConstraint(
                condition=Q(cut_from_day__isnull=True, cut_to_day__isnull=True)
                | Q(
                    cut_from_day__isnull=False, cut_to_day__isnull=False,
                    cut_from_day__range=(1, 28), cut_to_day__range=(1, 28),
                ),
                name="reporting_rule_both_cut_off_days",
                violation_error_message=_("Give both days of the cut-off, each from 1 to 28, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(state=RuleState.WRITTEN, valid_from__isnull=True, valid_to__isnull=True)
                | Q(state=RuleState.IN_FORCE, valid_from__isnull=False, valid_to__isnull=True)
                | Q(
                    state=RuleState.ENDED, valid_from__isnull=False, valid_to__isnull=False,
                    valid_to__gte=F("valid_from") - 1,
                ),
                name="reporting_rule_days_match_its_state",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:rule", args=[self.pk])


class RuleReporter(Record):
    """A unit that reports under the rule, besides those of its kinds."""

    rule = models.ForeignKey(ReportingRule, models.CASCADE, related_name="reporters")
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="reporting_rules", verbose_name=_("unit")
    )

    class Meta:
        verbose_name = _("unit that reports")
        verbose_name_plural = _("units that report")
        ordering: ClassVar[list[str]] = ["rule", "unit__path"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rule", "unit"], name="rule_reporter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} · {self.unit_id}"


class RuleRecipient(Record):
    """To whom the composed report goes, and by when: the deadline of each recipient is its own."""

    rule = models.ForeignKey(ReportingRule, models.CASCADE, related_name="recipients")
    name = models.CharField(_("recipient"), max_length=255)
    purpose = models.CharField(_("what for"), max_length=60, blank=True)
    deadline_basis = models.CharField(
        _("sent within"), max_length=12, choices=DeadlineBasis, default=DeadlineBasis.DAY_OF_LAST_MONTH
    )
    deadline_number = models.PositiveSmallIntegerField(pgettext_lazy("of a deadline", "number"), default=25)
    is_addressed = models.BooleanField(_("stands under “Kính gửi”"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("recipient of a report")
        verbose_name_plural = _("recipients of a report")
        ordering: ClassVar[list[str]] = ["rule", "order", "id"]

    def __str__(self) -> str:
        return self.name


class FormSection(Record):
    """A part of the form and of the composed report: a heading, figures, questions.

    `plan_ref` names the section of the plan that it answers to (II.2); empty for none. `asked_kinds` are the
    kinds of units that are asked this part; empty means all that report.
    """

    rule = models.ForeignKey(ReportingRule, models.CASCADE, related_name="sections")
    heading = models.CharField(_("heading"), max_length=300)
    english_heading = models.CharField(_("heading in English"), max_length=300, blank=True)
    plan_ref = models.CharField(_("section of the plan"), max_length=40, blank=True)
    asked_kinds = models.JSONField(_("kinds of units that are asked"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("section of a form")
        verbose_name_plural = _("sections of a form")
        ordering: ClassVar[list[str]] = ["rule", "order", "id"]

    def __str__(self) -> str:
        return self.heading


class Indicator(Record):
    """One figure that is asked for or known.

    `code` stays the same over the versions of a rule: by it a figure is compared with earlier ones, named in
    formulas and found in targets. COUNTED: `source_key` names what the software counts
    (`khuevan.reports.counting`), `source_detail` narrows it (a type, a language), and the section's `plan_ref`
    does so where `within_section`. COMPUTED: `formula` over the codes of others. `in_chart` puts it into the
    chart of its section.
    """

    section = models.ForeignKey(FormSection, models.CASCADE, related_name="indicators")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=300)
    english_name = models.CharField(_("name in English"), max_length=300, blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=40, blank=True)
    english_unit = models.CharField(_("unit of measure in English"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=8, choices=FigureType, default=FigureType.COUNT)
    source = models.CharField(_("source"), max_length=8, choices=FigureSource, default=FigureSource.ENTERED)
    source_key = models.CharField(_("what is counted"), max_length=60, blank=True)
    source_detail = models.CharField(_("narrowed to"), max_length=120, blank=True)
    within_section = models.BooleanField(_("only in the plan's section"), default=False)
    formula = models.CharField(_("formula"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=True)
    in_chart = models.BooleanField(_("in the chart"), default=False)
    note = models.CharField(_("explanation for units"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering: ClassVar[list[str]] = ["section__order", "section", "order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["section", "code"], name="indicator_code_once_a_section"),
            models.CheckConstraint(
                condition=(Q(source=FigureSource.COUNTED, formula="") & ~Q(source_key=""))
                | (Q(source=FigureSource.COMPUTED, source_key="") & ~Q(formula=""))
                | Q(source=FigureSource.ENTERED, source_key="", formula=""),
                name="indicator_has_what_its_source_needs",
                violation_error_message=_(
                    "A counted figure names what is counted, a computed one has a formula, an entered one neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Question(Record):
    """One thing that units answer in words."""

    section = models.ForeignKey(FormSection, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=500)
    note = models.CharField(_("explanation for units"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar[list[str]] = ["section__order", "section", "order", "id"]

    def __str__(self) -> str:
        return self.text


class Target(Record):
    """What a plan wants of an indicator in a year: the rate against plan is the year's sum so far over it."""

    rule_code = models.SlugField(_("rule"), max_length=40)
    indicator_code = models.CharField(_("indicator"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("target"), max_digits=18, decimal_places=2)
    source = models.CharField(_("where it stands"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering: ClassVar[list[str]] = ["-year", "rule_code", "indicator_code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rule_code", "indicator_code", "year"],
                name="target_once_a_year",
                violation_error_message=_("This indicator has a target in this year already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_code} {self.year}"
