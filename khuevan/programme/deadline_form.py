"""The picker of a deadline rule: which form fields a rule is, and which rule the fields are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.plain.calendar.deadline_rules import (
    MONTHS_IN,
    AllYear,
    BadRule,
    DeadlineRule,
    EachLunarYear,
    EachPeriod,
    EachWeek,
    OnDate,
    PeriodLength,
    Several,
    Shift,
    SingleRule,
    WorkingDaysAfter,
)
from khuevan.plain.calendar.deadline_sentences import sentence
from khuevan.programme.order_forms import DayField

NONE, KEEP, LAST = "NONE", "KEEP", "LAST"
KINDS = (
    ("ON_DATE", _("On one day")),
    ("WORKING_DAYS_AFTER", _("Some working days after a day")),
    ("EACH_WEEK", _("Every week")),
    ("EACH_PERIOD", _("Every month, quarter, half-year or year")),
    ("ALL_YEAR", _("All year, looked at once a month")),
    ("EACH_LUNAR_YEAR", _("Every year on a lunar day")),
)
WEEKDAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)
LENGTHS = (
    ("MONTH", pgettext_lazy("period", "month")),
    ("QUARTER", pgettext_lazy("period", "quarter")),
    ("HALF_YEAR", pgettext_lazy("period", "half-year")),
    ("NINE_MONTHS", pgettext_lazy("period", "nine months (once a year)")),
    ("YEAR", pgettext_lazy("period", "year")),
)
SHIFTS = (
    ("BEFORE", _("the working day before")),
    ("AFTER", _("the working day after")),
    ("NONE", _("the day as it is")),
)
# The fields of each kind; all kinds but NONE, KEEP and WORKING_DAYS_AFTER have the shift as well.
FIELDS_OF = {
    "ON_DATE": ("day",),
    "WORKING_DAYS_AFTER": ("count", "after_day"),
    "EACH_WEEK": ("weekday",),
    "EACH_PERIOD": ("period", "month", "month_day"),
    "ALL_YEAR": ("check_day",),
    "EACH_LUNAR_YEAR": ("lunar_month", "lunar_day"),
}
_LUNAR_NAMES = {1: _("1 (Giêng)"), 12: _("12 (Chạp)")}


def _numbers(last: int) -> list[tuple[Any, Any]]:
    return [(number, str(number)) for number in range(1, last + 1)]


def _days_of_month() -> list[tuple[Any, Any]]:
    return [(LAST, _("the last day")), *_numbers(31)]


class DeadlineForm(forms.Form):
    """A deadline rule in fields: the kind, and what each kind needs. `rule` holds what was picked, once valid.

    `present` is the rule that stands; several rules in one cannot be taken apart here: they are kept (KEEP) or
    replaced. `without` says what no rule means: no deadline for a task, the task's for a unit.
    """

    kind = forms.ChoiceField(
        label=_("When is it due?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the deadline is set.")},
    )
    day = DayField(label=_("Day"), required=False)
    count = forms.IntegerField(label=_("Working days"), required=False, min_value=1, max_value=1000)
    after_day = DayField(label=_("after the day"), required=False)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), required=False, choices=WEEKDAYS, coerce=int, empty_value=None
    )
    period = forms.ChoiceField(label=_("Once every"), required=False, choices=LENGTHS)
    month = forms.TypedChoiceField(
        label=_("In which of its months"), required=False, choices=_numbers(12), coerce=int, empty_value=None
    )
    month_day = forms.ChoiceField(label=_("On which day"), required=False, choices=_days_of_month)
    check_day = forms.ChoiceField(label=_("On which day"), required=False, choices=_days_of_month)
    lunar_day = forms.TypedChoiceField(
        label=_("Lunar day"), required=False, choices=_numbers(30), coerce=int, empty_value=None
    )
    lunar_month = forms.TypedChoiceField(
        label=_("Lunar month"),
        required=False,
        choices=[(number, _LUNAR_NAMES.get(number, str(number))) for number in range(1, 13)],
        coerce=int,
        empty_value=None,
    )
    shift = forms.ChoiceField(
        label=_("If that is a day off, it is due on"), required=False, choices=SHIFTS, initial="BEFORE"
    )
    start_date = DayField(
        label=_("Work starts on"),
        required=False,
        help_text=_("Nothing is owed before. Leave it empty where the work starts with the plan."),
    )

    def __init__(
        self, *args: Any, present: DeadlineRule | None = None, for_unit: bool = False, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**fields_of_rule(present), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.present = present
        self.rule: DeadlineRule | None = None
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        without = _("As the task: no deadline of its own") if for_unit else pgettext_lazy("deadline", "None")
        kept = [(KEEP, _("As it stands"))] if isinstance(present, Several) else []
        kind.choices = [*kept, *KINDS, (NONE, without)]
        if for_unit:
            # A part begins with its task.
            del self.fields["start_date"]

    @property
    def present_in_words(self) -> str:
        """What stands now, as a sentence; empty for none."""
        return "" if self.present is None else sentence(self.present)

    def clean(self) -> dict[str, Any]:
        """The values, with `rule` set; what the kind needs and has not got is said beside the field."""
        values = super().clean() or {}
        kind = values.get("kind")
        if kind == KEEP:
            self.rule = self.present
        elif kind in FIELDS_OF and self._is_whole(kind, values):
            try:
                self.rule = _rule(kind, values)
            except BadRule as error:
                self.add_error(FIELDS_OF[kind][-1] if kind != "EACH_PERIOD" else "month", str(error))
        return values

    def _is_whole(self, kind: str, values: dict[str, Any]) -> bool:
        for name in FIELDS_OF[kind]:
            # A month has one month: which of them is no question.
            needless = name == "month" and values.get("period") == "MONTH"
            if values.get(name) in (None, "") and name not in self.errors and not needless:
                self.add_error(name, now("This is missing."))
        return not any(name in self.errors for name in FIELDS_OF[kind])


def _rule(kind: str, values: dict[str, Any]) -> SingleRule:
    """The rule of the kind; raises BadRule where its numbers make none."""
    shift: Shift = values.get("shift") or "BEFORE"
    match kind:
        case "ON_DATE":
            return OnDate(values["day"], shift)
        case "WORKING_DAYS_AFTER":
            return WorkingDaysAfter(values["after_day"], values["count"])
        case "EACH_WEEK":
            return EachWeek(values["weekday"], shift)
        case "ALL_YEAR":
            return AllYear(_day_number(values["check_day"]), shift)
        case "EACH_LUNAR_YEAR":
            return EachLunarYear(values["lunar_month"], values["lunar_day"], shift)
    length: PeriodLength = values["period"]
    month = 1 if MONTHS_IN[length] == 1 else values["month"]
    return EachPeriod(length, month, _day_number(values["month_day"]), shift)


def fields_of_rule(rule: DeadlineRule | None) -> dict[str, Any]:
    """The form's values for a rule, as the browser would send them; NONE for no rule, KEEP for several."""
    shift = {} if rule is None or isinstance(rule, Several | WorkingDaysAfter) else {"shift": rule.shift}
    match rule:
        case None:
            return {"kind": NONE}
        case Several():
            return {"kind": KEEP}
        case OnDate():
            fields: dict[str, Any] = {"kind": "ON_DATE", "day": rule.day.isoformat()}
        case WorkingDaysAfter():
            fields = {
                "kind": "WORKING_DAYS_AFTER", "after_day": rule.start.isoformat(), "count": str(rule.count),
            }  # fmt: skip
        case EachWeek():
            fields = {"kind": "EACH_WEEK", "weekday": str(rule.weekday)}
        case EachPeriod():
            fields = {
                "kind": "EACH_PERIOD", "period": rule.length, "month": str(rule.month),
                "month_day": _day_text(rule.day),
            }  # fmt: skip
        case AllYear():
            fields = {"kind": "ALL_YEAR", "check_day": _day_text(rule.check_day)}
        case EachLunarYear():
            fields = {
                "kind": "EACH_LUNAR_YEAR", "lunar_month": str(rule.month), "lunar_day": str(rule.day),
            }  # fmt: skip
    return {**fields, **shift}


def _day_number(text: str) -> int | None:
    return None if text == LAST else int(text)


def _day_text(number: int | None) -> str:
    return LAST if number is None else str(number)
