"""A year of the plan of 2025, lived through by the actions that people's clicks call: for trying the software.

What happens stands in `data/demonstration_year.toml`. Each deed is done at its own moment of the office's clock, by
the person whose turn it is; every working day begins with the real daily mails, which are written to files. Apps
above take part by what the command hands in: `YearGuest`.
"""

from __future__ import annotations

import heapq
import itertools
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.utils import timezone

from khuevan.core import clock
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.sending import send_waiting
from khuevan.people.actions import appoint, create_person, give_charge
from khuevan.people.choices import Role
from khuevan.people.demonstration import PASSWORD, SINCE, check_demonstration_is_allowed
from khuevan.people.models import Unit, User
from khuevan.people.queries import system_person
from khuevan.plain.calendar.deadline_rules import rule_from_plain
from khuevan.plain.calendar.working_days import WorkingCalendar, vietnamese_working_calendar
from khuevan.programme import actions
from khuevan.programme.actions.reminding import remind_everyone
from khuevan.programme.choices import (
    OWED_STATES,
    AssignmentRole,
    InstalmentState,
    Outcome,
    ReplyState,
)
from khuevan.programme.evidence_files import checked_file
from khuevan.programme.models import Assignment, Difficulty, Instalment, Plan, Reply, Step, Task

DATA = Path(__file__).parent / "data" / "demonstration_year.toml"
# The press division leads most tasks, and nobody accepts the own unit's work.
PLANNER, DIRECTOR, DEPUTY = "kehoach", "giamdoc", "phogiamdoc"


class LivedThroughAlready(Exception):
    """The plan has replies: a year is lived once."""


class PlanDeed(Protocol):
    """Puts a deed on a day at an hour of the office's clock; what lies after the year's end is not done."""

    def __call__(self, day: date, hour: int, deed: Callable[[], None], minute: int = 0) -> None: ...


@dataclass(frozen=True, slots=True)
class YearGuest:
    """What another app does in the year, beside the programme's own work.

    `plan_deeds` is called once, when everybody of the year has an account; its deeds are done in one row with those
    of the programme, each at its moment. `each_morning` is called on each working day before the day's mails leave,
    inside the stopped clock.
    """

    plan_deeds: Callable[[PlanDeed], None]
    each_morning: Callable[[date], None]


@dataclass(frozen=True, slots=True)
class YearReport:
    """What the year left: instalments by state, the last working day's mails, where the mails lie."""

    until: date
    states: Mapping[str, int]
    late: int
    difficulties: int
    mails: int
    mails_of_last_day: tuple[tuple[str, str], ...]
    mail_folder: Path


@dataclass(slots=True)
class _Year:
    """The year in progress: its deeds by moment, in the order in which they were planned."""

    plan: Plan
    calendar: WorkingCalendar
    until: date
    units: dict[str, Unit]
    tasks: dict[int, Task]
    people: dict[str, User] = field(default_factory=dict)
    deeds: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=itertools.count)

    def plan_deed(self, day: date, hour: int, deed: Callable[[], None], minute: int = 0) -> None:
        """Puts a deed on a day; what lies after the year's end is not done."""
        if day <= self.until:
            heapq.heappush(self.deeds, (_moment(day, hour, minute), next(self._number), deed))

    def person(self, username: str) -> User:
        """The person as the database has them now: what may be done is asked anew each day."""
        return User.objects.get(username=username)

    def officer_of(self, unit: Unit) -> User:
        """Whoever writes for the unit: its officer where it has one, else its head."""
        roles = [Role.UNIT_OFFICER, Role.PLANNING_OFFICER, Role.UNIT_HEAD]
        posts = sorted(
            unit.posts.filter(role__in=roles), key=lambda post: (roles.index(Role(post.role)), post.pk)
        )
        return User.objects.get(pk=posts[0].person_id)

    def head_of(self, unit: Unit) -> User:
        """The unit's head."""
        return User.objects.get(posts__unit=unit, posts__role=Role.UNIT_HEAD)

    def judge_of(self, assignment: Assignment) -> User:
        """Whose turn it is to accept: the lead's head for a support, else the planner, for her own division
        the deputy director."""
        lead = Assignment.objects.current().get(task=assignment.task_id, role=AssignmentRole.LEAD)
        if assignment.role == AssignmentRole.SUPPORT:
            return self.head_of(lead.unit)
        own = assignment.unit_id == self.units["TTBCXB"].pk
        return self.person(DEPUTY if own else PLANNER)


def live_through_year(
    *,
    plan: Plan,
    until: date,
    mail_folder: Path,
    told: Callable[[date], None] | None = None,
    guests: Sequence[YearGuest] = (),
) -> YearReport:
    """The year from the plan's import to the day `until`, which the demonstration then keeps for today.

    `told` hears of each working day; `guests` are other apps that take part. Raises LivedThroughAlready where the
    plan has replies, PermissionDenied under settings that allow no demonstration.
    """
    check_demonstration_is_allowed()
    if Reply.objects.filter(instalment__assignment__task__plan=plan).exists():
        raise LivedThroughAlready
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    units = {unit.short_name: unit for unit in Unit.objects.exclude(short_name="")}
    tasks = {task.order + 1: task for task in Task.objects.current().filter(plan=plan)}
    year = _Year(plan, vietnamese_working_calendar(), until, units, tasks)
    first: date = data["imported"]
    with clock.stopped_at(_moment(first, 9)):
        _bring_people(year, data)
    with clock.stopped_at(_moment(first, 10)):
        _order_work(year, data)
        _plan_deeds(year, data)
        for guest in guests:
            guest.plan_deeds(year.plan_deed)
    day = first
    while day <= until:
        if year.calendar.is_working_day(day):
            with clock.stopped_at(_moment(day, 7, 30)):
                for guest in guests:
                    guest.each_morning(day)
                remind_everyone()
                send_waiting(connection=_files_in(mail_folder / day.isoformat()))
            if told is not None:
                told(day)
        _do_deeds_of(year, day)
        day += timedelta(days=1)
    clock.keep_day(until)
    return _report(plan, until, mail_folder)


def _files_in(folder: Path) -> Any:
    """What sends mails by writing them into files of the folder."""
    return get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _bring_people(year: _Year, data: Mapping[str, Any]) -> None:
    by = system_person()
    for row in data["person"]:
        if User.objects.filter(username=row["username"]).exists():
            continue
        person = create_person(
            by=by,
            username=row["username"],
            full_name=row["full_name"],
            email=f"{row['username']}@example.invalid",
            password=PASSWORD,
        )
        appoint(
            by=by, person=person, unit=year.units[row["unit"]], role=row["role"], from_date=SINCE,
            title=row["title"],
        )  # fmt: skip
    for row in data["charge"]:
        for unit in row["units"]:
            give_charge(by=by, person=year.person(row["username"]), unit=year.units[unit], from_date=SINCE)


def _order_work(year: _Year, data: Mapping[str, Any]) -> None:
    """Deadlines, units, steps and what waits for what, as the planning officer sets them after the import."""
    for row in data["task"]:
        task, by = year.tasks[row["number"]], year.person(PLANNER)
        if "deadline" in row:
            rule = rule_from_plain(_plain(row["deadline"]))
            actions.set_task_deadline(by=by, task=task, rule=rule, start_date=row.get("start"))
        present = {assignment.unit_id for assignment in Assignment.objects.current().filter(task=task)}
        for role, name in (
            *((AssignmentRole.LEAD, name) for name in [row.get("lead")] if name),
            *((AssignmentRole.SUPPORT, name) for name in row.get("supports", ())),
        ):
            if year.units[name].pk not in present:
                actions.assign_unit(by=by, task=task, unit=year.units[name], role=role)
        for own in row.get("unit_deadlines", ()):
            assignment = Assignment.objects.get(task=task, unit=year.units[own["unit"]])
            rule = rule_from_plain(_plain(own["deadline"]))
            actions.set_unit_deadline(by=by, assignment=assignment, rule=rule)
        if row.get("group"):
            group = Unit.objects.get(name="Các phòng, đơn vị thuộc Sở")
            given = actions.assign_unit(by=by, task=task, unit=group, role=AssignmentRole.SUPPORT)
            actions.split_group(by=by, assignment=given)
        _split_into_steps(year, task, row)
    for row in data["task"]:
        for number in row.get("after", ()):
            actions.put_after(
                by=year.person(PLANNER), before=year.tasks[number], after=year.tasks[row["number"]]
            )


def _split_into_steps(year: _Year, task: Task, row: Mapping[str, Any]) -> None:
    made: list[Step] = []
    for step in row.get("steps", ()):
        made.append(
            actions.add_step(
                by=year.person(PLANNER),
                task=task,
                unit=year.units[step["unit"]],
                title=step["title"],
                start_date=step["start"],
                due_date=step["due"],
                after=[made[place] for place in step.get("after", ())],
            )
        )


def _plan_deeds(year: _Year, data: Mapping[str, Any]) -> None:
    for row in data["task"]:
        task = year.tasks[row["number"]]
        for habit in row.get("habit", ()):
            _plan_habit(year, task, habit)
        for entry in row.get("story", ()):
            _plan_story(year, task, entry)
    for row in data.get("reassignment", ()):
        year.plan_deed(row["on"], 14, _reassigning(year, row))


def _reassigning(year: _Year, row: Mapping[str, Any]) -> Callable[[], None]:
    def deed() -> None:
        assignment = Assignment.objects.current().get(
            task=year.tasks[row["task"]], unit=year.units[row["from"]]
        )
        actions.reassign(
            by=year.person(PLANNER), assignment=assignment, unit=year.units[row["to"]], reason=row["reason"]
        )

    return deed


def _plan_habit(year: _Year, task: Task, habit: Mapping[str, Any]) -> None:
    """One reply for each instalment in turn, accepted some days later, or returned, mended and then accepted."""
    assignment = Assignment.objects.get(task=task, unit=year.units[habit["unit"]])
    rows = Instalment.objects.filter(assignment=assignment, due_date__isnull=False).order_by("due_date")
    for place, instalment in enumerate(rows):
        distance = _turn(habit["days"], place)
        if distance == "never":
            continue
        due = instalment.due_date
        assert due is not None
        day = year.calendar.add_working_days(due, distance)
        text = _turn(habit["texts"], place)
        evidence = [{"title": f"{_turn(habit['evidence'], place)} ({due:%d/%m/%Y})"}]
        if place in habit.get("difficult", ()):
            early = year.calendar.add_working_days(day, -2)
            year.plan_deed(early, 15, _progress(year, instalment, text, 60, habit))
            if "answer" in habit:
                answering = year.calendar.add_working_days(early, 4)
                year.plan_deed(answering, 10, _answering(year, instalment, habit["answer"]))
        year.plan_deed(day, 15, _done(year, instalment, text, evidence), place % 60)
        judging = year.calendar.add_working_days(day, habit["accept_after"])
        if place in habit.get("returned", ()):
            year.plan_deed(judging, 10, _returning(year, instalment, _turn(habit["reasons"], place)))
            again = year.calendar.add_working_days(judging, 3)
            year.plan_deed(again, 16, _done(year, instalment, f"{text} Đã bổ sung theo yêu cầu.", evidence))
            judging = year.calendar.add_working_days(again, 2)
        year.plan_deed(judging, 11, _accepting(year, instalment, ""), place % 60)


def _plan_story(year: _Year, task: Task, entry: Mapping[str, Any]) -> None:
    unit, day = year.units[entry["unit"]], entry["on"]
    if "step" in entry:
        year.plan_deed(day, 9, _moving(year, task, entry["step"], entry["state"]))
        return
    instalment = Instalment.objects.get(assignment__task=task, assignment__unit=unit)
    if "done" in entry:
        year.plan_deed(day, 15, _done(year, instalment, entry["done"], entry.get("evidence", ())))
    elif "progress" in entry:
        year.plan_deed(day, 15, _progress(year, instalment, entry["text"], entry["progress"], entry))
    elif "accept" in entry:
        year.plan_deed(day, 10, _accepting(year, instalment, entry["accept"]))
    elif "return" in entry:
        year.plan_deed(day, 10, _returning(year, instalment, entry["return"]))
    elif "answer" in entry:
        year.plan_deed(day, 10, _answering(year, instalment, entry["answer"]))
    else:
        raise ValueError(f"An entry of the story says nothing: {entry}")


def _moving(year: _Year, task: Task, place: int, state: str) -> Callable[[], None]:
    def deed() -> None:
        step = Step.objects.select_related("unit").filter(task=task).order_by("order")[place]
        actions.move_step(by=year.officer_of(step.unit), step=step, state=state)

    return deed


def _progress(
    year: _Year, instalment: Instalment, text: str, percent: int, entry: Mapping[str, Any]
) -> Callable[[], None]:
    def deed() -> None:
        fresh = _still_owed(instalment)
        if fresh is not None:
            by = year.officer_of(fresh.assignment.unit)
            draft = actions.save_reply_draft(
                by=by,
                instalment=fresh,
                percent=percent,
                text=text,
                difficulty=entry.get("difficulty", ""),
                asks_for=entry.get("asks", ""),
            )
            actions.send_reply(by=by, reply=draft)

    return deed


def _done(year: _Year, instalment: Instalment, text: str, evidence: Any) -> Callable[[], None]:
    def deed() -> None:
        fresh = _still_owed(instalment)
        if fresh is None:
            return
        by = year.officer_of(fresh.assignment.unit)
        draft = actions.save_reply_draft(by=by, instalment=fresh, outcome=Outcome.DONE, text=text)
        for item in evidence:
            if "web" in item:
                actions.add_web_evidence(
                    by=by, reply=draft, url=item["web"], title=item["title"], seen_date=clock.today()
                )
            else:
                name = item.get("file") or "minh-chung.txt"
                words = f"{item['title']}\n\n{text}\n"
                actions.add_file_evidence(
                    by=by, reply=draft, file=checked_file(name, BytesIO(words.encode())), title=item["title"]
                )
        actions.send_reply(by=by, reply=draft)

    return deed


def _accepting(year: _Year, instalment: Instalment, words: str) -> Callable[[], None]:
    def deed() -> None:
        reply = _waiting(instalment)
        if reply is not None:
            judge = year.judge_of(reply.instalment.assignment)
            actions.accept_reply(by=judge, reply=reply, words=words)

    return deed


def _returning(year: _Year, instalment: Instalment, reason: str) -> Callable[[], None]:
    def deed() -> None:
        reply = _waiting(instalment)
        if reply is not None:
            judge = year.judge_of(reply.instalment.assignment)
            actions.return_reply(by=judge, reply=reply, reason=reason)

    return deed


def _answering(year: _Year, instalment: Instalment, answer: str) -> Callable[[], None]:
    def deed() -> None:
        open_ones = Difficulty.objects.filter(reply__instalment=instalment, answered_at__isnull=True)
        for difficulty in open_ones.exclude(reply__state=ReplyState.DRAFT):
            actions.answer_difficulty(by=year.person(DIRECTOR), difficulty=difficulty, answer=answer)

    return deed


def _still_owed(instalment: Instalment) -> Instalment | None:
    """The instalment as it is now, if its unit still owes it: work may have gone to another unit meanwhile."""
    return (
        Instalment.objects.owed()
        .filter(pk=instalment.pk)
        .select_related("assignment__unit", "assignment__task")
        .first()
    )


def _waiting(instalment: Instalment) -> Reply | None:
    return (
        Reply.objects.filter(
            instalment=instalment, instalment__state=InstalmentState.REPORTED, state=ReplyState.SENT,
            outcome=Outcome.DONE,
        )
        .select_related("instalment__assignment__task", "instalment__assignment__unit")
        .order_by("-sent_at")
        .first()
    )  # fmt: skip


def _do_deeds_of(year: _Year, day: date) -> None:
    end = _moment(day + timedelta(days=1), 0)
    while year.deeds and year.deeds[0][0] < end:
        moment, _number, deed = heapq.heappop(year.deeds)
        with clock.stopped_at(moment):
            try:
                deed()
            except ValidationError as error:
                raise ValueError(f"{moment:%d/%m/%Y %H:%M}: {'; '.join(error.messages)}") from error


def _report(plan: Plan, until: date, mail_folder: Path) -> YearReport:
    rows = Instalment.objects.in_force().filter(assignment__task__plan=plan)
    states: dict[str, int] = {}
    for state in rows.values_list("state", flat=True):
        states[state] = states.get(state, 0) + 1
    mails = OutgoingMail.objects.filter(kind="DIGEST")
    last = mails.order_by("-day").values_list("day", flat=True).first()
    return YearReport(
        until=until,
        states=states,
        late=rows.filter(state__in=OWED_STATES, due_date__lt=until).count(),
        difficulties=Difficulty.objects.filter(answered_at__isnull=True)
        .exclude(reply__state=ReplyState.DRAFT)
        .count(),
        mails=mails.count(),
        mails_of_last_day=tuple(
            mails.filter(day=last or until).order_by("to_name").values_list("to_name", "subject")
        ),
        mail_folder=mail_folder,
    )


def _turn(values: list[Any], place: int) -> Any:
    return values[place % len(values)]


def _plain(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as `rule_from_plain` reads it: days as ISO text, as TOML has them as dates."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in rule.items()}
