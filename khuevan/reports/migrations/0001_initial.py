# The app's first tables, each model whole and in the order of their relations: few steps make a new database quicker.

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0002_types_of_the_decree"),
        ("people", "0004_charges"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("name", models.CharField(max_length=300, verbose_name="name of the report")),
                (
                    "english_name",
                    models.CharField(blank=True, max_length=300, verbose_name="name in English"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PERIODIC", "Periodic report"),
                            ("THEMATIC", "Thematic report"),
                            ("AD_HOC", "Ad-hoc report"),
                        ],
                        default="PERIODIC",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("content", models.TextField(blank=True, verbose_name="what is reported")),
                (
                    "content_kind",
                    models.CharField(
                        choices=[("BOTH", "Words and figures"), ("FIGURES", "Figures"), ("WORDS", "Words")],
                        default="BOTH",
                        max_length=8,
                        verbose_name="consists of",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MONTH", "Every month"),
                            ("QUARTER", "Every quarter"),
                            ("HALF_YEAR", "Every half-year"),
                            ("NINE_MONTHS", "For nine months"),
                            ("YEAR", "Every year"),
                        ],
                        max_length=12,
                        verbose_name="frequency",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="legal source")),
                ("way", models.CharField(blank=True, max_length=300, verbose_name="way of sending")),
                ("guide", models.TextField(blank=True, verbose_name="guide for units")),
                (
                    "cut_from_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="counts from this day of the month before"
                    ),
                ),
                (
                    "cut_to_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="counts to this day of the last month"
                    ),
                ),
                (
                    "reporter_kinds",
                    models.JSONField(blank=True, default=list, verbose_name="kinds of units that report"),
                ),
                (
                    "gatherer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gathered_rules",
                        to="people.unit",
                        verbose_name="gathered by",
                    ),
                ),
                (
                    "deadline_basis",
                    models.CharField(
                        choices=[
                            ("WORKING_DAYS", "working days after the cut-off day"),
                            ("DAYS", "days after the cut-off day"),
                            ("LAST_MONTH", "day of the period's last month"),
                            ("NEXT_MONTH", "day of the month after the period"),
                        ],
                        default="WORKING_DAYS",
                        max_length=12,
                        verbose_name="units send within",
                    ),
                ),
                ("deadline_number", models.PositiveSmallIntegerField(default=2, verbose_name="number")),
                (
                    "opens_before",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="opens so many days before the cut-off"
                    ),
                ),
                (
                    "closes_after",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="closes so many days after the units' deadline"
                    ),
                ),
                (
                    "calls",
                    models.JSONField(
                        blank=True, default=list, verbose_name="reminders, in working days from the deadline"
                    ),
                ),
                (
                    "plan_title",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="plan that the report answers to"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("WRITTEN", "Being written"), ("IN_FORCE", "In force"), ("ENDED", "Ended")],
                        default="WRITTEN",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
            ],
            options={
                "verbose_name": "reporting rule",
                "verbose_name_plural": "reporting rules",
                "ordering": ["code", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="reporting_rule_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "IN_FORCE")),
                        fields=("code",),
                        name="reporting_rule_one_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "WRITTEN")),
                        fields=("code",),
                        name="reporting_rule_one_written",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "PERIODIC"), models.Q(("frequency", ""), _negated=True)),
                            models.Q(models.Q(("kind", "PERIODIC"), _negated=True), ("frequency", "")),
                            _connector="OR",
                        ),
                        name="reporting_rule_periodic_has_a_frequency",
                        violation_error_message="A periodic report has a frequency, and only a periodic one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cut_from_day__isnull", True), ("cut_to_day__isnull", True)),
                            models.Q(
                                ("cut_from_day__isnull", False),
                                ("cut_from_day__range", (1, 28)),
                                ("cut_to_day__isnull", False),
                                ("cut_to_day__range", (1, 28)),
                            ),
                            _connector="OR",
                        ),
                        name="reporting_rule_both_cut_off_days",
                        violation_error_message="Give both days of the cut-off, each from 1 to 28, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "WRITTEN"), ("valid_from__isnull", True), ("valid_to__isnull", True)
                            ),
                            models.Q(
                                ("state", "IN_FORCE"),
                                ("valid_from__isnull", False),
                                ("valid_to__isnull", True),
                            ),
                            models.Q(
                                ("state", "ENDED"),
                                ("valid_from__isnull", False),
                                (
                                    "valid_to__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("valid_from"), "-", models.Value(1)
                                    ),
                                ),
                                ("valid_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reporting_rule_days_match_its_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("rule_code", models.SlugField(max_length=40, verbose_name="rule")),
                ("indicator_code", models.CharField(max_length=40, verbose_name="indicator")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="target")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="where it stands")),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["-year", "rule_code", "indicator_code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule_code", "indicator_code", "year"),
                        name="target_once_a_year",
                        violation_error_message="This indicator has a target in this year already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="reports.reportingrule",
                    ),
                ),
                ("rule_code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="number of the period"
                    ),
                ),
                ("first_date", models.DateField(verbose_name="counts from")),
                ("last_date", models.DateField(verbose_name="cut-off day")),
                ("due_date", models.DateField(verbose_name="units send by")),
                ("closes_date", models.DateField(verbose_name="closes after")),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "Open"), ("CLOSED", "Closed")],
                        default="OPEN",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "called_offset",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="last call of the rule"),
                ),
            ],
            options={
                "verbose_name": "reporting cycle",
                "verbose_name_plural": "reporting cycles",
                "ordering": ["-last_date", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("year__isnull", False)),
                        fields=("rule_code", "year", "number"),
                        name="cycle_once_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("year__isnull", True)),
                            models.Q(("number__isnull", False), ("year__isnull", False)),
                            _connector="OR",
                        ),
                        name="cycle_period_in_full",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_date__lte", models.F("last_date"))),
                        name="cycle_days_in_order",
                        violation_error_message="The cut-off day cannot lie before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_date__gte", models.F("due_date")),
                            ("due_date__gte", models.F("last_date")),
                        ),
                        name="cycle_is_due_after_its_cut_off",
                        violation_error_message="Units cannot be asked to send before the cut-off day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True), ("closed_by__isnull", True), ("state", "OPEN")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("state", "CLOSED"),
                            ),
                            _connector="OR",
                        ),
                        name="cycle_closed_names_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="reports.reportingrule",
                    ),
                ),
                ("heading", models.CharField(max_length=300, verbose_name="heading")),
                (
                    "english_heading",
                    models.CharField(blank=True, max_length=300, verbose_name="heading in English"),
                ),
                ("plan_ref", models.CharField(blank=True, max_length=40, verbose_name="section of the plan")),
                (
                    "asked_kinds",
                    models.JSONField(blank=True, default=list, verbose_name="kinds of units that are asked"),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "section of a form",
                "verbose_name_plural": "sections of a form",
                "ordering": ["rule", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="RuleRecipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="reports.reportingrule",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="recipient")),
                ("purpose", models.CharField(blank=True, max_length=60, verbose_name="what for")),
                (
                    "deadline_basis",
                    models.CharField(
                        choices=[
                            ("WORKING_DAYS", "working days after the cut-off day"),
                            ("DAYS", "days after the cut-off day"),
                            ("LAST_MONTH", "day of the period's last month"),
                            ("NEXT_MONTH", "day of the month after the period"),
                        ],
                        default="LAST_MONTH",
                        max_length=12,
                        verbose_name="sent within",
                    ),
                ),
                ("deadline_number", models.PositiveSmallIntegerField(default=25, verbose_name="number")),
                ("is_addressed", models.BooleanField(default=False, verbose_name="stands under “Kính gửi”")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "recipient of a report",
                "verbose_name_plural": "recipients of a report",
                "ordering": ["rule", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="RuleReporter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reporters",
                        to="reports.reportingrule",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporting_rules",
                        to="people.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit that reports",
                "verbose_name_plural": "units that report",
                "ordering": ["rule", "unit__path"],
                "constraints": [models.UniqueConstraint(fields=("rule", "unit"), name="rule_reporter_once")],
            },
        ),
        migrations.CreateModel(
            name="ComposedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composed_reports",
                        to="reports.cycle",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("COMPOSED", "Being edited"),
                            ("FROZEN", "Frozen"),
                            ("DISCARDED", "Discarded"),
                        ],
                        default="COMPOSED",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("composed_at", models.DateTimeField(verbose_name="composed at")),
                (
                    "composed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composed_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="frozen at")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="title")),
                ("opening", models.TextField(blank=True, verbose_name="opening")),
                ("assessment", models.TextField(blank=True, verbose_name="general assessment")),
                ("next_steps", models.TextField(blank=True, verbose_name="tasks of the next period")),
                (
                    "english_issuer",
                    models.CharField(blank=True, max_length=200, verbose_name="body in English"),
                ),
                ("english_words", models.TextField(blank=True, verbose_name="words in English")),
                (
                    "english_contact",
                    models.CharField(blank=True, max_length=300, verbose_name="whom to ask, in English"),
                ),
                ("missing_units", models.JSONField(blank=True, default=list)),
                ("unit_count", models.PositiveSmallIntegerField(default=0, verbose_name="units that report")),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="reports.composedreport",
                    ),
                ),
                ("correction_reason", models.TextField(blank=True, verbose_name="why it was corrected")),
                (
                    "draft",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composed_report",
                        to="documents.draft",
                    ),
                ),
            ],
            options={
                "verbose_name": "composed report",
                "verbose_name_plural": "composed reports",
                "ordering": ["cycle", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "version"), name="composed_report_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("draft__isnull", False),
                                ("frozen_at__isnull", False),
                                ("frozen_by__isnull", False),
                                ("state", "FROZEN"),
                            ),
                            models.Q(
                                models.Q(("state", "FROZEN"), _negated=True),
                                ("draft__isnull", True),
                                ("frozen_at__isnull", True),
                                ("frozen_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="composed_report_frozen_has_its_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction_reason", ""), ("corrects__isnull", True)),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("correction_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="composed_report_correction_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="reports.formsection",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "english_name",
                    models.CharField(blank=True, max_length=300, verbose_name="name in English"),
                ),
                (
                    "unit_of_measure",
                    models.CharField(blank=True, max_length=40, verbose_name="unit of measure"),
                ),
                (
                    "english_unit",
                    models.CharField(blank=True, max_length=40, verbose_name="unit of measure in English"),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("COUNT", "Whole number"),
                            ("DECIMAL", "Number with decimals"),
                            ("MONEY", "Money (đồng)"),
                            ("PERCENT", "Per cent"),
                        ],
                        default="COUNT",
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("ENTERED", "Entered by the unit"),
                            ("COUNTED", "Counted by the software"),
                            ("COMPUTED", "Computed from other figures"),
                        ],
                        default="ENTERED",
                        max_length=8,
                        verbose_name="source",
                    ),
                ),
                ("source_key", models.CharField(blank=True, max_length=60, verbose_name="what is counted")),
                ("source_detail", models.CharField(blank=True, max_length=120, verbose_name="narrowed to")),
                (
                    "within_section",
                    models.BooleanField(default=False, verbose_name="only in the plan's section"),
                ),
                ("formula", models.CharField(blank=True, max_length=500, verbose_name="formula")),
                ("is_required", models.BooleanField(default=True, verbose_name="must be answered")),
                ("in_chart", models.BooleanField(default=False, verbose_name="in the chart")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="explanation for units")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["section__order", "section", "order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("section", "code"), name="indicator_code_once_a_section"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("formula", ""),
                                ("source", "COUNTED"),
                                models.Q(("source_key", ""), _negated=True),
                            ),
                            models.Q(
                                ("source", "COMPUTED"),
                                ("source_key", ""),
                                models.Q(("formula", ""), _negated=True),
                            ),
                            models.Q(("formula", ""), ("source", "ENTERED"), ("source_key", "")),
                            _connector="OR",
                        ),
                        name="indicator_has_what_its_source_needs",
                        violation_error_message="A counted figure names what is counted, a computed one has a formula, an entered one neither.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="reports.formsection",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="question")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="explanation for units")),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["section__order", "section", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="UnitReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_reports",
                        to="reports.cycle",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_reports",
                        to="people.unit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Not sent"),
                            ("SENT", "Sent"),
                            ("RETURNED", "Returned"),
                            ("RELEASED", "Released"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_unit_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="returned at")),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("returned_reason", models.TextField(blank=True, verbose_name="why it was returned")),
                ("taken_in_reason", models.TextField(blank=True, verbose_name="why it was taken in")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="released at")),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("released_reason", models.TextField(blank=True, verbose_name="why it was released")),
                ("proposals", models.TextField(blank=True, verbose_name="proposals")),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
            ],
            options={
                "verbose_name": "report of a unit",
                "verbose_name_plural": "reports of units",
                "ordering": ["cycle", "unit__path"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "unit"), name="unit_report_once_a_cycle"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "SENT"), _negated=True),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="unit_report_sent_names_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "RETURNED"), _negated=True),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returned_by__isnull", False),
                                models.Q(("returned_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="unit_report_returned_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("released_at__isnull", False),
                                ("released_by__isnull", False),
                                ("state", "RELEASED"),
                                models.Q(("released_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "RELEASED"), _negated=True),
                                ("released_at__isnull", True),
                                ("released_by__isnull", True),
                                ("released_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="unit_report_released_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="reports.composedreport",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.formsection",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.question",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                    ),
                ),
                ("unit_name", models.CharField(max_length=255, verbose_name="name of the unit")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ANSWER", "Answer to a question"),
                            ("DIFFICULTY", "Difficulty"),
                            ("PROPOSAL", "Proposal"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("original", models.TextField(verbose_name="as the unit wrote it")),
                ("text", models.TextField(blank=True, verbose_name="as the report says it")),
                ("edited_from", models.TextField(blank=True, verbose_name="what was edited of it")),
                ("is_included", models.BooleanField(default=True, verbose_name="in the report")),
                ("is_gone", models.BooleanField(default=False, verbose_name="said by its unit no more")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "words of a unit in a report",
                "verbose_name_plural": "words of units in a report",
                "ordering": ["report", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="reports.composedreport",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.formsection",
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "unit_of_measure",
                    models.CharField(blank=True, max_length=40, verbose_name="unit of measure"),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("COUNT", "Whole number"),
                            ("DECIMAL", "Number with decimals"),
                            ("MONEY", "Money (đồng)"),
                            ("PERCENT", "Per cent"),
                        ],
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                ("formula", models.CharField(blank=True, max_length=500, verbose_name="formula")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="figure"
                    ),
                ),
                ("before", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("last_year", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("year_sum", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("target", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("parts", models.JSONField(blank=True, default=list)),
                ("missing", models.JSONField(blank=True, default=list)),
                ("in_chart", models.BooleanField(default=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "figure of a report",
                "verbose_name_plural": "figures of a report",
                "ordering": ["report", "order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "code"), name="report_figure_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="reports.unitreport",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.question"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="answer")),
            ],
            options={
                "verbose_name": "answer of a unit",
                "verbose_name_plural": "answers of units",
                "ordering": ["report", "question"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "question"), name="unit_answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitDifficulty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="difficulties",
                        to="reports.unitreport",
                    ),
                ),
                ("text", models.TextField(verbose_name="difficulty")),
                ("asks_for", models.TextField(blank=True, verbose_name="what is asked for")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "difficulty of a unit",
                "verbose_name_plural": "difficulties of units",
                "ordering": ["report", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="UnitFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="reports.unitreport",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.indicator"
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="figure"
                    ),
                ),
                (
                    "known",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="counted"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why it differs")),
                ("records", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "figure of a unit",
                "verbose_name_plural": "figures of units",
                "ordering": ["report", "indicator"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "indicator"), name="unit_figure_once")
                ],
            },
        ),
    ]
