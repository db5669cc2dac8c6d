"""My desk in words: the day, and each thing to do with its task, whose it is, by when, and the one button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.documents.models import ReviewStep
from khuevan.plain.calendar.holidays import holidays, make_up_days
from khuevan.plain.calendar.lunar import lunar_date
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.programme.choices import AssignmentRole, InstalmentState
from khuevan.programme.desk_queries import OwnLine
from khuevan.programme.lines import UnitName
from khuevan.programme.matter_queries import Matter, MatterLine
from khuevan.programme.presenters.states import StateSign, due_in_words, state_sign
from khuevan.programme.presenters.step_states import step_sign
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title

TITLE = 100
QUOTE = 160


@dataclass(frozen=True, slots=True)
class Today:
    """The day in words: weekday and date, the lunar date, and what is special about it (empty on working days)."""

    day: str
    lunar: str
    remark: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of the desk. `about` are the unit and its role, or the step; `note` is what to know before acting.

    `url` is where the one button leads; `sign` is None where the heading says the state.
    """

    title: str
    about: tuple[str, ...]
    due: str
    sign: StateSign | None
    note: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where instalments and tasks are looked at: what stands before their keys, and what stands behind.

    A page of hundreds of lines cannot ask for each address; `back` tells the page where one came from.
    """

    part_base: str
    task_base: str
    back: str = ""

    def part(self, key: int) -> str:
        """The page of an instalment."""
        return f"{self.part_base}{key}/{self.back}"

    def task(self, key: int) -> str:
        """The page of a task."""
        return f"{self.task_base}{key}/"


def today_in_words(day: date) -> Today:
    """The day as it stands above the desk."""
    return Today(date_format(day, "l, d/m/Y"), str(lunar_date(day)), _remark(day))


def _remark(day: date) -> str:
    named = next((holiday for holiday in holidays(day.year) if holiday.day == day), None)
    calendar = vietnamese_working_calendar()
    if day in make_up_days(day.year):
        return _("Offices work today to make up for a day off.")
    if calendar.is_working_day(day):
        return ""
    after = date_format(calendar.working_day_after(day), "l, d/m/Y").lower()
    if named is not None:
        return _("Offices rest today: %(holiday)s. They work again on %(day)s.") % {
            "holiday": named.name, "day": after,
        }  # fmt: skip
    return _("Offices rest today. They work again on %(day)s.") % {"day": after}


def role_in_words(role: str) -> str:
    """The unit's role within a line: in small letters."""
    return pgettext("role", "leads") if role == AssignmentRole.LEAD else pgettext("role", "supports")


def unit_in_words(unit: UnitName) -> str:
    """The unit by its abbreviation where it has one: a line is short."""
    return unit.short_name or unit.name


def own_row(line: OwnLine, today: date, addresses: Addresses, *, several: bool) -> DeskRow:
    """An instalment or step of the own unit; `several`: the person answers for more units than one."""
    title = short_title(line.task_text, TITLE)
    whose = (unit_in_words(line.unit), role_in_words(line.role)) if several else ()
    if line.step:
        return DeskRow(
            title=line.step,
            about=(title, *whose[:1]),
            due=due_in_words(line.due_date, today),
            sign=step_sign(line.state, line.due_date, today),
            note=_("Steps before this one are not done yet.") if line.held else "",
            button=_("Open the step"),
            url=addresses.task(line.task),
        )
    note, button = "", _("Report")
    if line.state == InstalmentState.RETURNED:
        button = _("Answer again")
        note = (
            _("Returned: “%(reason)s”") % {"reason": short_title(line.reason, QUOTE)} if line.reason else ""
        )
    if line.has_draft:
        button = _("Write on")
        note = f"{note} {_('A draft is begun.')}".strip()
    return DeskRow(
        title=title,
        about=whose,
        due=due_in_words(line.due_date, today),
        sign=state_sign(line.state, line.due_date, today),
        note=note,
        button=button,
        url=addresses.part(line.pk),
    )


def matter_row(line: MatterLine, matter: Matter, today: date, addresses: Addresses) -> DeskRow:
    """A report to judge or a difficulty to answer, with how long it has waited."""
    waited = (today - timezone.localdate(line.sent_at)).days
    since = written_day(timezone.localdate(line.sent_at))
    if matter == Matter.VERDICT:
        note = _("With a difficulty: “%(text)s”") % {"text": short_title(line.difficulty, QUOTE)}
        return DeskRow(
            title=short_title(line.task_text, TITLE),
            about=(unit_in_words(line.unit), role_in_words(line.role)),
            due=waited_in_words(waited, since),
            sign=None,
            note=note if line.difficulty else "",
            button=_("Look at it"),
            url=addresses.part(line.instalment),
        )
    return DeskRow(
        title=short_title(line.difficulty, QUOTE),
        about=(unit_in_words(line.unit), short_title(line.task_text, TITLE)),
        due=waited_in_words(waited, since),
        sign=None,
        note=short_title(line.asks_for, QUOTE) if line.asks_for else "",
        button=_("Answer"),
        url=addresses.part(line.instalment),
    )


def draft_row(step: ReviewStep, today: date) -> DeskRow:
    """A draft of an official document that waits for the person's decision."""
    draft = step.draft
    reached = timezone.localdate(step.reached_at) if step.reached_at else today
    return DeskRow(
        title=short_title(draft.title, TITLE),
        about=(str(draft.type), draft.unit.short_name or draft.unit.name),
        due=waited_in_words((today - reached).days, written_day(reached)),
        sign=None,
        note="",
        button=_("Look at it"),
        url=f"{draft.get_absolute_url()}#duyet",
    )


def waited_in_words(days: int, since: str) -> str:
    """How long something has waited: "since today", "for 12 days (since 02/11/2025)"."""
    if days <= 0:
        return _("since today")
    if days == 1:
        return _("since yesterday")
    return _("for %(days)s days (since %(day)s)") % {"days": days, "day": since}
