"""A plan's work on its time: bars, marks and dependencies of tasks and steps, by the plan's own sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khuevan.plain.calendar.holidays import FIRST_YEAR, LAST_YEAR, holidays
from khuevan.programme.lines import SectionLine, UnitName
from khuevan.programme.planning_lines import Planning
from khuevan.programme.presenters.gantt_links import Ends, Link, Pieces, links_of_bands
from khuevan.programme.presenters.gantt_spans import Span, span_of_step, span_of_task, why_broken, written_day
from khuevan.programme.presenters.gantt_track import Bar, Mark, band_html, track_html
from khuevan.programme.presenters.states import StateSign
from khuevan.programme.presenters.timeline import SLOTS, Axis, Stretch
from khuevan.programme.presenters.wording import section_title, short_title

TITLE_LENGTH = 90
HEADING_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Frame:
    """The time of a chart: the axis that is shown, the plan's own first and last day, and today."""

    axis: Axis
    first: date
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A task or a step of one (`key` t12 or s5; `number` is the task's). `waits_for` names its forerunners."""

    key: str
    task: int
    number: int
    title: str
    unit: UnitName | None
    start: str
    due: str
    sign: StateSign
    percent: int
    waits_for: str
    track: SafeString

    @property
    def is_step(self) -> bool:
        """Whether the row is a step of the task above it."""
        return self.key.startswith("s")


@dataclass(frozen=True, slots=True)
class GanttGroup:
    """A section's rows under its heading, with the headings above it, and the lines that pass the heading."""

    key: str
    title: str
    above: str
    tasks: int
    late: int
    rows: tuple[GanttRow, ...]
    band: SafeString


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A dependency that does not hold: the follower's task and name, and why, in words."""

    task: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Gantt:
    """The chart: its groups, what no longer fits together, and how many tasks lie outside the axis."""

    groups: tuple[GanttGroup, ...]
    broken: tuple[BrokenLink, ...]
    outside: int


@dataclass(frozen=True, slots=True)
class _Node:
    """A task or a step with its span, before it is drawn."""

    task: int
    number: int
    title: str
    unit: UnitName | None
    span: Span


def gantt(planning: Planning, frame: Frame, *, with_steps: bool) -> Gantt:
    """The chart of what falls into the axis; tasks with nothing in it are left out and counted."""
    nodes = _nodes(planning, frame)
    pairs = [(f"t{before}", f"t{after}") for before, after in planning.task_pairs]
    pairs += [(f"s{before}", f"s{after}") for before, after in planning.step_pairs]
    broken = {(b, a): why for b, a in pairs if (why := why_broken(nodes[b].span, nodes[a].span))}
    shown = [f"t{task.pk}" for task in planning.tasks if _touches(nodes[f"t{task.pk}"].span, frame)]
    steps: dict[int, list[str]] = defaultdict(list)
    for step in planning.steps if with_steps else ():
        if _touches(nodes[f"s{step.pk}"].span, frame):
            steps[step.task].append(f"s{step.pk}")
    section_of = {f"t{task.pk}": task.section for task in planning.tasks}
    blocks = [
        (heading, [key for task in tasks for key in (task, *steps[nodes[task].task])])
        for heading, tasks in _blocks(planning.sections, section_of, shown)
    ]
    pieces = _pieces(nodes, pairs, blocks, broken, frame.axis)
    forerunners: dict[str, list[str]] = defaultdict(list)
    for before, after in pairs:
        forerunners[after].append(before)
    return Gantt(
        tuple(
            GanttGroup(
                heading.key,
                heading.title,
                heading.above,
                sum(key.startswith("t") for key in keys),
                sum(key.startswith("t") and nodes[key].span.sign.code == "LATE" for key in keys),
                tuple(
                    _row(key, nodes[key], [nodes[other] for other in forerunners[key]], pieces[key], frame)
                    for key in keys
                ),
                band_html(pieces[heading.key]),
            )
            for heading, keys in blocks
        ),
        tuple(_broken_link(nodes, before, after, why) for (before, after), why in broken.items()),
        len(planning.tasks) - len(shown),
    )


def tet_bands(axis: Axis) -> tuple[Stretch, ...]:
    """The days off at Tết on the axis, a stretch a year."""
    found = []
    for year in range(max(axis.first.year, FIRST_YEAR), min(axis.last.year, LAST_YEAR) + 1):
        days = [item.day for item in holidays(year) if item.code == "TET" and axis.holds(item.day)]
        if days:
            found.append(Stretch(axis.line_before(min(days)), axis.line_after(max(days)), _("Tết")))
    return tuple(found)


def _nodes(planning: Planning, frame: Frame) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for task in planning.tasks:
        span = span_of_task(task, frame.first, frame.last, frame.today)
        nodes[f"t{task.pk}"] = _Node(
            task.pk, task.number, short_title(task.text, TITLE_LENGTH), task.lead, span
        )
    for step in planning.steps:
        whole = nodes[f"t{step.task}"]
        span = span_of_step(step, whole.span, frame.today)
        nodes[f"s{step.pk}"] = _Node(step.task, whole.number, step.title, step.unit, span)
    return nodes


@dataclass(frozen=True, slots=True)
class _Heading:
    key: str
    title: str
    above: str


def _blocks(
    sections: Iterable[SectionLine], section_of: dict[str, int | None], shown: Iterable[str]
) -> Iterator[tuple[_Heading, list[str]]]:
    """The headings that hold shown tasks directly, in the plan's order; tasks under none come first."""
    held: dict[int | None, list[str]] = defaultdict(list)
    for key in shown:
        held[section_of[key]].append(key)
    if held[None]:
        yield _Heading("p0", _("Under no heading"), ""), held[None]
    titles: dict[int, str] = {}
    above: dict[int, str] = {}
    for section in sections:
        titles[section.pk] = short_title(section_title(section.label, section.heading), HEADING_LENGTH)
        parent = section.parent
        line = () if parent is None else (above.get(parent, ""), titles.get(parent, ""))
        above[section.pk] = " › ".join(filter(None, line))
        if held[section.pk]:
            yield _Heading(f"p{section.pk}", titles[section.pk], above[section.pk]), held[section.pk]


def _touches(span: Span, frame: Frame) -> bool:
    """Whether something of the span lies on the axis; what is late goes on until today."""
    end = frame.today if span.late else span.end
    return span.start <= frame.axis.last and (end is None or end >= frame.axis.first)


def _pieces(
    nodes: dict[str, _Node],
    pairs: Iterable[tuple[str, str]],
    blocks: Iterable[tuple[_Heading, list[str]]],
    broken: dict[tuple[str, str], str],
    axis: Axis,
) -> dict[str, Pieces]:
    """What of the lines lies in each row and heading, by its key."""
    bands = [key for heading, keys in blocks for key in (heading.key, *keys)]
    place = {key: number for number, key in enumerate(bands)}
    links = [
        Link(
            place[before],
            place[after],
            _ends(nodes[before].span, axis),
            _ends(nodes[after].span, axis),
            (before, after) in broken,
        )
        for before, after in pairs
        if before in place and after in place
    ]
    return dict(zip(bands, links_of_bands(links, len(bands)), strict=True))


def _ends(span: Span, axis: Axis) -> Ends:
    return Ends(_line(axis, span.start) - 1, SLOTS if span.end is None else _line_after(axis, span.end) - 1)


def _line(axis: Axis, when: date) -> int:
    """The grid line at which the day begins; the last one for a day after the axis."""
    return SLOTS + 1 if when > axis.last else axis.line_before(when)


def _line_after(axis: Axis, when: date) -> int:
    """The grid line at which the day ends; the first one for a day before the axis."""
    return 1 if when < axis.first else axis.line_after(when)


def _row(key: str, node: _Node, forerunners: list[_Node], pieces: Pieces, frame: Frame) -> GanttRow:
    names = [other.title if key.startswith("s") else str(other.number) for other in forerunners]
    return GanttRow(
        key,
        node.task,
        node.number,
        node.title,
        node.unit,
        written_day(node.span.start),
        node.span.due,
        node.span.sign,
        node.span.percent,
        ("; " if key.startswith("s") else ", ").join(names),
        track_html(_bar(node.span, frame), _marks(node.span, frame.axis), pieces),
    )


def _bar(span: Span, frame: Frame) -> Bar:
    axis = frame.axis
    last = span.end or max(frame.last, axis.last)
    reached = span.start + timedelta(days=round(((last - span.start).days + 1) * span.percent / 100) - 1)
    tone = "DONE" if span.done else "RECURS" if span.recurs else "LATE" if span.late else ""
    if span.end is None and not span.done:
        tone = "OPEN"
    end = SLOTS + 1 if span.end is None else _line_after(axis, span.end)
    overrun = end
    if span.late and not span.recurs:
        # Up to the beginning of today, where its line stands.
        overrun = min(_line(axis, frame.today), SLOTS + 1)
    filled = _line_after(axis, reached) if span.percent else 1
    return Bar(_line(axis, span.start), end, filled, tone, max(overrun, end))


def _marks(span: Span, axis: Axis) -> Iterator[Mark]:
    for item in span.signs:
        if axis.holds(item.day):
            # A mark stands at the end of its day's slots: by then the work is due.
            yield Mark(
                item.sign.code, axis.line_after(item.day) - 1, f"{written_day(item.day)}: {item.sign.label}"
            )


def _broken_link(nodes: dict[str, _Node], before: str, after: str, why: str) -> BrokenLink:
    first, then = nodes[before], nodes[after]
    name = _("Task %(number)s") % {"number": then.number}
    waits_for = (
        _("step “%(title)s”") % {"title": first.title}
        if before.startswith("s")
        else _("task %(number)s (%(title)s)") % {"number": first.number, "title": first.title}
    )
    if why == "LATE":
        words = _("waits for %(forerunner)s, which is %(days)s days late.") % {
            "forerunner": waits_for,
            "days": first.span.late,
        }
    else:
        words = _("is due on %(day)s, before %(forerunner)s for which it waits (%(later)s).") % {
            "day": written_day(then.span.next_due),
            "forerunner": waits_for,
            "later": written_day(first.span.end),
        }
    title = f"{name}, {_('step')} “{then.title}”" if after.startswith("s") else f"{name}. {then.title}"
    return BrokenLink(then.task, title, words)
