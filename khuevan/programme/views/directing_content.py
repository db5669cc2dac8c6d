"""What the director's and the unit's desk show: the same, counted from whole tasks or from the units' parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from khuevan.people.models import Unit
from khuevan.plain.blocking import most_blocking
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.work_lights import Light, soon_until
from khuevan.plain.work_trend import WeekFigures, ends_of_weeks, weekly_trend
from khuevan.programme.browse_queries import section_lines
from khuevan.programme.choices import ReplyState
from khuevan.programme.holdup_queries import LateLine, longest_late, waits
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Plan
from khuevan.programme.presenters.charts import Segment, stacked_bars
from khuevan.programme.presenters.desk import Addresses, role_in_words, unit_in_words, waited_in_words
from khuevan.programme.presenters.directing import (
    Group,
    grouped,
    grouped_by,
    light_meanings,
    light_names,
    section_groups,
    share_in_words,
    tally,
    tally_in_words,
    waiting_in_words,
    worst_first,
)
from khuevan.programme.presenters.states import StateSign, due_in_words, state_sign
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import short_title
from khuevan.programme.standing_queries import (
    DifficultyLine,
    Field,
    WorkItem,
    difficulties_by_item,
    difficulty_lines,
    histories,
    unanswered,
    work_items,
)
from khuevan.programme.views.plan_pages import plan_name

FEW_LATE, FEW_DIFFICULTIES, BLOCKING = 10, 7, 5
TITLE, QUOTE = 110, 160
SLUGS = {
    Light.RED: "qua-han",
    Light.AMBER: "can-chu-y",
    Light.GREEN: "dung-tien-do",
    Light.DONE: "da-xong",
}
NONE = "0"


@dataclass(frozen=True, slots=True)
class LightFigure:
    """One light: how many show it, what it means, and where they are listed."""

    code: str
    name: str
    count: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class Lights:
    """All four lights with one bar over the whole width; `words` says the bar."""

    total: str
    figures: list[LightFigure]
    bar: list[Segment]
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts, a word about how, and the list behind it."""

    number: str
    label: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """A task that others wait for."""

    title: str
    url: str
    unit: str
    light: str
    light_name: str
    due: str
    words: str


@dataclass(frozen=True, slots=True)
class LateRow:
    """A late instalment with who answers for it and what was said last."""

    title: str
    url: str
    unit: str
    role: str
    head: str
    due: str
    sign: StateSign
    said: str
    said_on: str


@dataclass(frozen=True, slots=True)
class DifficultyRow:
    """A difficulty that waits for an answer."""

    text: str
    asks_for: str
    title: str
    unit: str
    url: str
    since: str


class Directing:
    """One desk over many tasks: whose work it looks at, on which day, and everything that is counted from it.

    `lists` is the name of the address of its lists. Each reading asks the database once, when it is wanted.
    """

    def __init__(self, field: Field, today: date, lists: str) -> None:
        self.field, self.today, self.lists = field, today, lists
        self.soon = soon_until(today, vietnamese_working_calendar())

    @cached_property
    def difficulties(self) -> list[DifficultyLine]:
        """What nobody has answered, the oldest first."""
        return difficulty_lines(unanswered(self.field))

    @cached_property
    def items(self) -> list[WorkItem]:
        """The tasks, or the units' parts."""
        counted = difficulties_by_item(self.field, self.difficulties)
        return work_items(self.field, self.today, self.soon, counted)

    @cached_property
    def units(self) -> dict[int, UnitName]:
        """The units that the items name."""
        keys = {item.unit for item in self.items if item.unit is not None}
        rows = Unit.objects.filter(pk__in=keys).order_by("path")
        return {
            pk: UnitName(pk, name, short, ended)
            for pk, name, short, ended in rows.values_list("pk", "name", "short_name", "valid_to")
        }

    def list_url(self, which: str, **narrowed: object) -> str:
        """The list behind a number; of the chosen plan, unless another is named."""
        wishes = {"plan": self.field.plan, **narrowed}
        query = urlencode({name: value for name, value in wishes.items() if value is not None})
        return f"{reverse(f'programme:{self.lists}', args=[which])}{f'?{query}' if query else ''}"

    def lights(self) -> Lights:
        """The lights of all items."""
        found = tally(item.light for item in self.items)
        names, meanings = light_names(), light_meanings(parts=self.field.units is not None)
        return Lights(
            total=grouped(found.total),
            figures=[
                LightFigure(
                    code, names[Light(code)], grouped(count), meanings[Light(code)],
                    self.list_url(SLUGS[Light(code)]),
                )
                for code, count in found.parts()
            ],
            bar=stacked_bars([found.parts()], share=True)[0],
            words=tally_in_words(found),
        )  # fmt: skip

    def figures(self) -> list[Figure]:
        """What has fallen due and was accepted, what waits for a verdict, what nobody has answered."""
        due, done = sum(item.due for item in self.items), sum(item.done for item in self.items)
        about = _("%(done)s of %(due)s instalments that have fallen due") % {
            "done": grouped(done), "due": grouped(due),
        }  # fmt: skip
        waiting = sum(item.waiting for item in self.items)
        return [
            Figure(
                share_in_words(done, due), _("accepted of what has fallen due"), about,
                self.list_url("den-han"),
            ),
            Figure(grouped(waiting), _("reports wait to be accepted"), "", self.list_url("cho-nghiem-thu")),
            Figure(
                grouped(len(self.difficulties)), _("difficulties wait for an answer"), "",
                self.list_url("kho-khan"),
            ),
        ]  # fmt: skip

    def plan_groups(self, plans: Iterable[Plan], desk_url: str) -> list[Group]:
        """The plans, the worst first; each leads to its own desk, where its sections stand."""
        found = grouped_by(self.items, lambda item: item.plan)
        return worst_first(
            Group(plan_title(plan), found[plan.pk], f"{desk_url}?plan={plan.pk}")
            for plan in plans
            if plan.pk in found
        )

    def section_groups(self, plan: Plan) -> list[Group]:
        """The headings of the one plan. One query."""
        return section_groups(
            self.items, section_lines(plan), lambda key: self.list_url("tat-ca", section=key or NONE)
        )

    def unit_groups(self) -> list[Group]:
        """The units that lead, or have the parts, the worst first."""
        found = grouped_by(self.items, lambda item: item.unit)
        groups = [
            Group(unit.name, found[pk], self.list_url("tat-ca", unit=pk)) for pk, unit in self.units.items()
        ]
        if None in found:
            groups.append(Group(_("No lead unit yet"), found[None], self.list_url("tat-ca", unit=NONE)))
        return worst_first(groups)

    def trend(self) -> tuple[WeekFigures, ...]:
        """The last twelve weeks. One query."""
        days = ends_of_weeks(self.today)
        return weekly_trend(histories(self.field, days), days)

    def blockers(self, where: Addresses) -> list[Blocker]:
        """The five tasks that hold up most others, of those in sight or led by the units. One query."""
        led = {item.task: item for item in self.items if item.leads}
        held, names = waits(), light_names()
        found = []
        for one in most_blocking(held.pairs, held.steps, BLOCKING, among=led.keys()):
            item = led[one.thing]
            unit = self.units.get(item.unit) if item.unit is not None else None
            found.append(
                Blocker(
                    title=short_title(held.texts[one.thing], TITLE),
                    url=where.task(one.thing),
                    unit=unit.name if unit else _("No lead unit yet"),
                    light=item.light,
                    light_name=names[item.light],
                    due=due_in_words(item.next_due, self.today),
                    words=waiting_in_words(one.waiting, one.steps),
                )
            )
        return found

    def late_rows(self, where: Addresses) -> list[LateRow]:
        """What is late the longest. One query."""
        return [
            late_row(found, self.today, where) for found in longest_late(self.field, self.today, FEW_LATE)
        ]

    def difficulty_rows(self, where: Addresses) -> list[DifficultyRow]:
        """The oldest difficulties that nobody has answered."""
        return [difficulty_row(line, self.today, where) for line in self.difficulties[:FEW_DIFFICULTIES]]


def late_row(found: LateLine, today: date, where: Addresses) -> LateRow:
    """A late instalment in words."""
    line = found.line
    said, said_on = last_said(found.reply)
    return LateRow(
        title=short_title(line.task_text, TITLE),
        url=where.part(line.pk),
        unit=line.unit.name,
        role=role_in_words(line.role),
        head=found.head,
        due=written_day(line.due_date),
        sign=state_sign(line.state, line.due_date, today),
        said=said,
        said_on=said_on,
    )


def last_said(reply: Mapping[str, Any] | None) -> tuple[str, str]:
    """What the last report said (or why it was returned), and on which day."""
    if reply is None:
        return _("No report yet."), ""
    at = parse_datetime(reply["sent_at"])
    assert isinstance(at, datetime)
    # SQLite keeps moments without a zone, in universal time.
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    said = short_title(reply["text"], QUOTE)
    if reply["state"] == ReplyState.RETURNED:
        said = _("Returned: “%(reason)s”") % {"reason": short_title(reply["verdict"], QUOTE)}
    return said, written_day(timezone.localdate(at))


def difficulty_row(line: DifficultyLine, today: date, where: Addresses) -> DifficultyRow:
    """A difficulty in words."""
    sent = timezone.localdate(line.sent_at)
    return DifficultyRow(
        text=short_title(line.text, QUOTE),
        asks_for=short_title(line.asks_for, QUOTE) if line.asks_for else "",
        title=short_title(line.task_text, TITLE),
        unit=unit_in_words(line.unit),
        url=where.part(line.instalment),
        since=waited_in_words((today - sent).days, written_day(sent)),
    )


def plan_title(plan: Plan) -> str:
    """The plan by its name and the first words of its title."""
    name, title = plan_name(plan), short_title(plan.title, 70)
    return title if title.startswith(name) else f"{name} – {title}"


def lights_of_everything(today: date) -> Lights:
    """The lights of all tasks of all plans: the director's desk in a line. Two queries."""
    return Directing(Field(), today, "directors_list").lights()
