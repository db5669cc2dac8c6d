"""The codes that reports store, and what the screens call them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportKind(TextChoices):
    """The three kinds of report of Decree 09/2019/NĐ-CP."""

    PERIODIC = "PERIODIC", _("Periodic report")
    THEMATIC = "THEMATIC", _("Thematic report")
    AD_HOC = "AD_HOC", _("Ad-hoc report")


class Frequency(TextChoices):
    """How long the period of a periodic report is; the codes are those of `PeriodLength`."""

    MONTH = "MONTH", _("Every month")
    QUARTER = "QUARTER", _("Every quarter")
    HALF_YEAR = "HALF_YEAR", _("Every half-year")
    NINE_MONTHS = "NINE_MONTHS", _("For nine months")
    YEAR = "YEAR", _("Every year")


class ContentKind(TextChoices):
    """What a report consists of."""

    BOTH = "BOTH", _("Words and figures")
    FIGURES = "FIGURES", _("Figures")
    WORDS = "WORDS", pgettext_lazy("content of a report", "Words")


class DeadlineBasis(TextChoices):
    """From where the day by which something is sent is counted; a number stands beside it."""

    WORKING_DAYS_AFTER_CUT_OFF = "WORKING_DAYS", _("working days after the cut-off day")
    DAYS_AFTER_CUT_OFF = "DAYS", _("days after the cut-off day")
    DAY_OF_LAST_MONTH = "LAST_MONTH", _("day of the period's last month")
    DAY_OF_NEXT_MONTH = "NEXT_MONTH", _("day of the month after the period")


class RuleState(TextChoices):
    """Whether a version of a rule is still written, holds, or was followed by another."""

    WRITTEN = "WRITTEN", _("Being written")
    IN_FORCE = "IN_FORCE", pgettext_lazy("reporting rule", "In force")
    ENDED = "ENDED", pgettext_lazy("reporting rule", "Ended")


class FigureType(TextChoices):
    """What sort of number a figure is."""

    COUNT = "COUNT", _("Whole number")
    DECIMAL = "DECIMAL", _("Number with decimals")
    MONEY = "MONEY", _("Money (đồng)")
    PERCENT = "PERCENT", _("Per cent")


class FigureSource(TextChoices):
    """Where a figure comes from."""

    ENTERED = "ENTERED", _("Entered by the unit")
    COUNTED = "COUNTED", _("Counted by the software")
    COMPUTED = "COMPUTED", _("Computed from other figures")


class CycleState(TextChoices):
    """Whether units may still send."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class UnitReportState(TextChoices):
    """Where one unit's report stands."""

    WAITING = "WAITING", pgettext_lazy("report of a unit", "Not sent")
    SENT = "SENT", _("Sent")
    RETURNED = "RETURNED", _("Returned")
    RELEASED = "RELEASED", _("Released")


class Standing(TextChoices):
    """How far a unit is, for those who wait for it; in the order in which they want to see it."""

    UNTOUCHED = "UNTOUCHED", _("Not begun")
    BEGUN = "BEGUN", _("Being filled")
    RETURNED = "RETURNED", _("Returned")
    SENT = "SENT", _("Sent")


class UnitGroup(TextChoices):
    """The two sorts of units that a city's cycle is followed by."""

    UNITS = "UNITS", _("Divisions and other units")
    WARDS = "WARDS", _("Wards and communes")


# It is the unit's turn.
OWED_STATES = (UnitReportState.WAITING, UnitReportState.RETURNED)


class ReportState(TextChoices):
    """Where a composed report stands; what became of its draft stands with the draft."""

    COMPOSED = "COMPOSED", _("Being edited")
    FROZEN = "FROZEN", _("Frozen")
    DISCARDED = "DISCARDED", _("Discarded")


class PassageKind(TextChoices):
    """What the words of a unit in a report are."""

    ANSWER = "ANSWER", _("Answer to a question")
    DIFFICULTY = "DIFFICULTY", _("Difficulty")
    PROPOSAL = "PROPOSAL", _("Proposal")
