"""The director's and the unit's desk in figures and words: lights by plan, section and unit, the trend, the lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.plain.work_lights import SOON_WORKING_DAYS, Light, Reason
from khuevan.plain.work_trend import WeekFigures
from khuevan.programme.lines import SectionLine
from khuevan.programme.presenters.charts import Curve, Segment, curve, stacked_bars
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.presenters.wording import section_title, short_title
from khuevan.programme.standing_queries import WorkItem

CURVE_TOP, CURVE_HEIGHT = 12, 96
LABEL = 90


@dataclass(frozen=True, slots=True)
class Tally:
    """How many show which light."""

    red: int = 0
    amber: int = 0
    green: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.red + self.amber + self.green + self.done

    def parts(self) -> list[tuple[str, int]]:
        """The numbers by light, the one to look at first first."""
        return list(zip(Light, (self.red, self.amber, self.green, self.done), strict=True))


def tally(lights: Iterable[Light]) -> Tally:
    """The lights, counted."""
    found = Counter(lights)
    return Tally(*(found[light] for light in Light))


@dataclass(frozen=True, slots=True)
class Group:
    """A plan, section or unit with its lights: `depth` 1 stands below the row above it. `url` lists its work."""

    label: str
    tally: Tally
    url: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class BarRow:
    """A group with its bar; `words` says the bar's numbers."""

    group: Group
    segments: list[Segment]
    words: str


def worst_first(groups: Iterable[Group]) -> list[Group]:
    """The groups sorted by red, then amber, then by how much there is; equal ones in their order."""
    return sorted(groups, key=_badness)


def _badness(group: Group) -> tuple[int, int, int]:
    return -group.tally.red, -group.tally.amber, -group.tally.total


def bar_rows(groups: Sequence[Group]) -> list[BarRow]:
    """The groups as bars of one scale, in their order."""
    bars = stacked_bars([group.tally.parts() for group in groups])
    return [
        BarRow(group, segments, tally_in_words(group.tally))
        for group, segments in zip(groups, bars, strict=True)
    ]


def tally_in_words(found: Tally) -> str:
    """ "3 late, 2 at risk, 14 on time, 20 done"."""
    names = light_names()
    return ", ".join(f"{grouped(count)} {names[Light(code)].lower()}" for code, count in found.parts())


def grouped_by(items: Iterable[WorkItem], key: Callable[[WorkItem], Hashable]) -> dict[Hashable, Tally]:
    """The items' lights by a key."""
    lights: dict[Hashable, list[Light]] = defaultdict(list)
    for item in items:
        lights[key(item)].append(item.light)
    return {value: tally(found) for value, found in lights.items()}


def section_groups(
    items: Sequence[WorkItem], sections: Sequence[SectionLine], url: Callable[[int | None], str]
) -> list[Group]:
    """The plan's top headings, the worst first, each followed by those under it; deeper ones count there.

    What stands under no heading comes last. `url` gives the list of a section and all below it, or of none.
    """
    parent_of = {section.pk: section.parent for section in sections}

    def line_of(key: int | None) -> list[int]:
        """The headings from the top down to this one."""
        line: list[int] = []
        while key is not None and key in parent_of:
            line.append(key)
            key = parent_of[key]
        return line[::-1]

    lights: dict[int | None, list[Light]] = defaultdict(list)
    for item in items:
        line = line_of(item.section)
        for key in line[:2] or (None,):
            lights[key].append(item.light)

    def group(section: SectionLine, depth: int) -> Group:
        label = short_title(section_title(section.label, section.heading), LABEL)
        return Group(label, tally(lights[section.pk]), url(section.pk), depth)

    found: list[Group] = []
    below: dict[int, list[Group]] = defaultdict(list)
    tops: list[tuple[SectionLine, Group]] = []
    for section in sections:
        if section.pk not in lights:
            continue
        if section.parent is None:
            tops.append((section, group(section, 0)))
        else:
            below[section.parent].append(group(section, 1))
    for section, top in sorted(tops, key=lambda pair: _badness(pair[1])):
        found += [top, *worst_first(below[section.pk])]
    if None in lights:
        found.append(Group(_("Under no heading"), tally(lights[None]), url(None)))
    return found


def light_names() -> dict[Light, str]:
    """What the screens call the lights."""
    return {
        Light.RED: _("Late"),
        Light.AMBER: _("At risk"),
        Light.GREEN: _("On time"),
        Light.DONE: _("Done"),
    }


def light_meanings(*, parts: bool) -> dict[Light, str]:
    """What each light means, in a sentence; of `parts` on a unit's desk, else of tasks."""
    days = SOON_WORKING_DAYS
    amber = (
        _("Due within %(days)s working days, returned, or with a difficulty that nobody has answered.")
        if parts
        else _(
            "Due within %(days)s working days, returned, with an unanswered difficulty, or without a lead unit."
        )
    ) % {"days": days}
    return {
        Light.RED: _("Something is owed and its deadline has passed; a report that waits is not late."),
        Light.AMBER: amber,
        Light.GREEN: _("Everything else that is open, reports that wait to be accepted among it."),
        Light.DONE: _("Every instalment was accepted or is not required."),
    }


def reasons_in_words(reasons: Iterable[Reason]) -> str:
    """Why work is red or amber, in one line; empty for none."""
    known = {
        Reason.LATE: _("late"),
        Reason.RETURNED: _("returned"),
        Reason.DIFFICULTY: _("difficulty not answered"),
        Reason.SOON: _("due soon"),
        Reason.NO_LEAD: _("no lead unit"),
    }
    return ", ".join(known[reason] for reason in reasons)


@dataclass(frozen=True, slots=True)
class Axis:
    """A name under a curve: its place, which side of the place it stands on, what it says."""

    x: str
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One curve of the trend: `code` names its colour and mark, `words` says it in a sentence."""

    code: str
    title: str
    words: str
    now: str
    curve: Curve
    axis: tuple[Axis, ...]
    ticks: tuple[tuple[str, str], ...]


def trend_panels(weeks: Sequence[WeekFigures]) -> list[Panel]:
    """Late, open and done over the weeks, each on its own scale."""
    wanted = (
        ("RED", _("Late"), [week.late for week in weeks]),
        ("GREEN", _("Open and not late"), [week.open for week in weeks]),
        ("DONE", _("Accepted"), [week.done for week in weeks]),
    )
    return [_panel(code, title, values, [week.day for week in weeks]) for code, title, values in wanted]


def _panel(code: str, title: str, values: Sequence[int], days: Sequence[date]) -> Panel:
    drawn = curve(values, top=CURVE_TOP, height=CURVE_HEIGHT)
    words = _("%(title)s: %(first)s on %(day)s, %(now)s today.") % {
        "title": title,
        "first": grouped(values[0]),
        "day": written_day(days[0]),
        "now": grouped(values[-1]),
    }
    middle = len(days) // 2
    axis = (
        Axis("0%", "start", f"{days[0]:%d/%m}"),
        Axis(drawn.dots[middle].x, "middle", f"{days[middle]:%d/%m}"),
        Axis("100%", "end", _("today")),
    )
    # The ground and the top of the scale are enough to read it by.
    ticks = tuple((tick.y, grouped(tick.value)) for tick in (drawn.ticks[0], drawn.ticks[-1]))
    return Panel(code, title, words, grouped(values[-1]), drawn, axis, ticks)


def waiting_in_words(tasks: int, steps: int) -> str:
    """ "7 tasks wait for it, with 12 steps"."""
    words = ngettext("%(count)s task waits for it", "%(count)s tasks wait for it", tasks) % {
        "count": grouped(tasks)
    }
    if not steps:
        return words
    more = ngettext("with %(count)s step", "with %(count)s steps", steps) % {"count": grouped(steps)}
    return f"{words}, {more}"


def grouped(number: int) -> str:
    """The number as offices write it: 12.173."""
    return number_format(number, use_l10n=True, force_grouping=True)


def share_in_words(part: int, whole: int) -> str:
    """The share in per cent with one digit, as offices write it: 87,3%; a dash where there is nothing."""
    return f"{number_format(round(100 * part / whole, 1), decimal_pos=1)}%" if whole else "–"
