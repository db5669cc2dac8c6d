"""Who is to be reminded of what on a day: the ladder's calls, the turns that changed, and everything beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import Post, Unit, User
from khuevan.people.queries import AnswerablePeople, answerable_people
from khuevan.plain.calendar.working_days import WorkingCalendar
from khuevan.plain.reminder_ladder import Call, Rung, Target, calls, target_of
from khuevan.programme.choices import InstalmentState, Outcome, ReplyState, StepState
from khuevan.programme.lines import UnitName
from khuevan.programme.models import Instalment, Reminder, ReminderRung, Reply, Step
from khuevan.programme.permissions import answering_unit_ids, ask_for_all
from khuevan.programme.work_queries import instalment_lines, replies_to_judge

DIGEST = "DIGEST"
# What was missed for longer is not told late: the next repetition or the desk says it.
CATCH_UP = 5
JUDGES = (Role.UNIT_HEAD, Role.PLANNING_OFFICER, *DIRECTORS)


@dataclass(frozen=True, slots=True)
class OwedThing:
    """An instalment or a step that a unit owes by a day. `kind` is INSTALMENT or STEP, `role` empty for a step.

    `returned` says why the unit's last report came back; empty where it did not.
    """

    kind: str
    pk: int
    task: int
    title: str
    unit: UnitName
    role: str
    due: date | None
    state: str
    returned: str = ""


@dataclass(frozen=True, slots=True)
class CalledThing:
    """Something that is due on a day and of which a person is reminded today, and the call that says so.

    `target` is as what the person is reminded: a head stands in where a unit has no officers.
    """

    thing: OwedThing
    due: date
    call: Call
    target: Target


@dataclass(frozen=True, slots=True)
class WaitingReply:
    """A report of completion that waits for the person's verdict."""

    instalment: int
    title: str
    unit: str
    sent_at: datetime
    sent_by: str


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that one person should know on a day. `called` are the reasons why a mail goes out.

    `late`, `today`, `ahead` (the next five working days), `returned` are what the person's units owe or, for whom
    only the ladder reaches, what it calls; a thing stands in one of them. `to_judge` waits for the person's verdict.
    """

    person: User
    day: date
    called: tuple[CalledThing, ...] = ()
    returned: tuple[OwedThing, ...] = ()
    today: tuple[OwedThing, ...] = ()
    ahead: tuple[OwedThing, ...] = ()
    late: tuple[OwedThing, ...] = ()
    to_judge: tuple[WaitingReply, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.returned or self.today or self.ahead or self.late or self.to_judge)


@dataclass(slots=True)
class _Work:
    """Everything that is owed, by unit; and who is called about it."""

    by_unit: dict[int, list[OwedThing]] = field(default_factory=lambda: defaultdict(list))
    called: dict[int, list[CalledThing]] = field(default_factory=lambda: defaultdict(list))


def digests_of(day: date, calendar: WorkingCalendar) -> list[Digest]:
    """The digests that are due on the day, by person; people without anything new are left out.

    Something is new where the ladder calls, where a report of the person's unit came back, or where a report came
    to be judged, since the person's last digest (for the first: within five working days). Then the digest holds
    everything, new or not. A person who has the day's digest already is left out, so that a second run adds nothing.
    """
    begin = calendar.add_working_days(day, -CATCH_UP)
    horizon = calendar.add_working_days(day, CATCH_UP)
    last = _last_digests()
    told = set(OutgoingMail.objects.filter(kind=DIGEST, day=day).values_list("person", flat=True))
    work = _work(day, begin, calendar)
    news = _returned_since(last, begin, day) | set(work.called)
    judging = _to_judge(day, last, begin)
    found = []
    keys = (news | {pk for pk, (_replies, is_new) in judging.items() if is_new}) - told
    people = list(User.objects.filter(pk__in=keys).order_by("pk"))
    ask_for_all(people, day)
    for person in people:
        pk = person.pk
        digest = _digest(person, day, horizon, work, judging.get(pk, ((), False))[0])
        if not digest.is_empty:
            found.append(digest)
    return found


def owed_things(until: date | None = None) -> list[OwedThing]:
    """Every instalment and step that a unit owes, in the order of days. Three queries.

    With a day, only what is due by it, and whatever was returned: that wants an answer without a day, too.
    """
    instalments = Instalment.objects.owed().order_by(F("due_date").asc(nulls_last=True), "pk")
    steps = (
        Step.objects.filter(task__dropped_in__isnull=True)
        .exclude(state=StepState.DONE)
        .order_by(F("due_date").asc(nulls_last=True), "pk")
    )
    if until is not None:
        instalments = instalments.filter(Q(due_date__lte=until) | Q(state=InstalmentState.RETURNED))
        steps = steps.filter(due_date__lte=until)
    reasons = _reasons_of_return()
    things = [
        OwedThing(
            "INSTALMENT", line.pk, line.task, line.task_text, line.unit, line.role, line.due_date, line.state,
            reasons.get(line.pk, "") if line.state == InstalmentState.RETURNED else "",
        )
        for line in instalment_lines(instalments)
    ]  # fmt: skip
    rows = steps.values_list(
        "pk", "task", "title", "unit", "unit__name", "unit__short_name", "unit__valid_to", "due_date", "state"
    )
    things += [
        OwedThing("STEP", pk, task, title, UnitName(unit, name, short, ended), "", due, state)
        for pk, task, title, unit, name, short, ended, due, state in rows
    ]
    return things


def units_without_people(day: date) -> list[UnitName]:
    """The units that owe something and for which nobody can be reminded by mail, by name. Four queries."""
    owed = Instalment.objects.owed().order_by().values("assignment__unit")
    units = {
        pk: UnitName(pk, name, short, ended)
        for pk, name, short, ended in Unit.objects.filter(pk__in=owed).values_list(
            "pk", "name", "short_name", "valid_to"
        )
    }
    people = answerable_people(units.keys(), day)
    return sorted(
        (
            unit
            for pk, unit in units.items()
            if not any(person.email for person in (*people[pk].officers, *people[pk].heads))
        ),
        key=lambda unit: unit.name,
    )


def _work(day: date, begin: date, calendar: WorkingCalendar) -> _Work:
    """What is owed by each unit, and the ladder's calls after `begin` up to the day that nobody has told yet."""
    ladder = [
        Rung(rung.pk, rung.offset, target_of(rung.target), rung.repeat_every)
        for rung in ReminderRung.objects.filter(is_active=True)
    ]
    earliest = min((rung.offset for rung in ladder), default=0)
    # A deadline that lies further ahead than the first rung calls nobody, nor does one of which the last rung,
    # if it does not repeat, is long past; most of a year's instalments are one or the other.
    horizon = calendar.add_working_days(day, max(CATCH_UP, -earliest))

    @cache
    def calls_for(due: date) -> tuple[Call, ...]:
        return calls(ladder, due, begin, day, calendar)

    work = _Work()
    candidates: list[tuple[OwedThing, date, Call]] = []
    for thing in owed_things(horizon):
        work.by_unit[thing.unit.pk].append(thing)
        if thing.due is not None and calendar.first <= thing.due:
            candidates += [(thing, thing.due, call) for call in calls_for(thing.due)]
    people = answerable_people({thing.unit.pk for thing, _due, _call in candidates}, day)
    told = _told(begin)
    for thing, due, call in candidates:
        target, asked = _asked(people[thing.unit.pk], call.rung.target)
        for person in asked:
            if (person.pk, thing.kind, thing.pk, due, target, call.offset) not in told:
                work.called[person.pk].append(CalledThing(thing, due, call, target))
    return work


def _asked(people: AnswerablePeople, target: Target) -> tuple[Target, tuple[User, ...]]:
    """Whom a call reaches: where a unit has no officers its head stands in, where it has no head the deputy."""
    ladder: Sequence[tuple[Target, tuple[User, ...]]] = (
        ("UNIT", people.officers),
        ("HEAD", people.heads),
        ("DEPUTY", people.deputies),
    )
    start = [name for name, _people in ladder].index(target)
    return next(((name, asked) for name, asked in ladder[start:] if asked), (target, ()))


def _told(begin: date) -> set[tuple[int, str, int, date, str, int]]:
    """The calls that people have been told since the day, as (person, kind, key, deadline, target, offset)."""
    rows = Reminder.objects.filter(day__gte=begin).values_list(
        "person", "instalment", "step", "due_date", "target", "offset"
    )
    return {
        (person, "INSTALMENT" if instalment else "STEP", instalment or step, due, target, offset)
        for person, instalment, step, due, target, offset in rows.iterator()
    }


def _last_digests() -> dict[int, datetime]:
    """When each person's last digest was written."""
    rows = (
        OutgoingMail.objects.filter(kind=DIGEST, person__isnull=False)
        .order_by()
        .values("person")
        .annotate(last=Max("created_at"))
    )
    return {row["person"]: row["last"] for row in rows}


def _returned_since(last: dict[int, datetime], begin: date, day: date) -> set[int]:
    """The people of units whose report came back since their last digest."""
    start = _start_of(begin)
    returned = dict(
        Reply.objects.filter(
            state=ReplyState.RETURNED,
            judged_at__gte=start,
            instalment__state=InstalmentState.RETURNED,
            instalment__assignment__ended_at__isnull=True,
        )
        .order_by("judged_at")
        .values_list("instalment__assignment__unit", "judged_at")
    )
    found: set[int] = set()
    for unit, people in answerable_people(returned.keys(), day).items():
        for person in (*people.officers, *people.heads):
            if (returned[unit] or start) > last.get(person.pk, start):
                found.add(person.pk)
    return found


def _to_judge(
    day: date, last: dict[int, datetime], begin: date
) -> dict[int, tuple[tuple[WaitingReply, ...], bool]]:
    """For each person with something to judge: what it is, and whether any of it is new."""
    if not Reply.objects.filter(state=ReplyState.SENT, outcome=Outcome.DONE).exists():
        return {}
    start = _start_of(begin)
    found: dict[int, tuple[tuple[WaitingReply, ...], bool]] = {}
    judges = list(
        User.objects.filter(
            is_active=True, pk__in=Post.objects.on(day).filter(role__in=JUDGES).values("person")
        )
    )
    ask_for_all(judges, day)
    for person in judges:
        waiting = tuple(
            WaitingReply(
                reply.instalment_id,
                reply.instalment.assignment.task.text,
                reply.instalment.assignment.unit.name,
                reply.sent_at,
                str(reply.sent_by),
            )
            for reply in replies_to_judge(person, day)
            if reply.sent_at is not None
        )
        if waiting:
            since = last.get(person.pk, start)
            found[person.pk] = (waiting, any(reply.sent_at > since for reply in waiting))
    return found


def _digest(
    person: User, day: date, horizon: date, work: _Work, to_judge: tuple[WaitingReply, ...]
) -> Digest:
    called = tuple(sorted(work.called.get(person.pk, ()), key=lambda item: (item.due, item.thing.pk)))
    own = [thing for unit in sorted(answering_unit_ids(person, day)) for thing in work.by_unit.get(unit, ())]
    things = {(thing.kind, thing.pk): thing for thing in (*own, *(item.thing for item in called))}
    ordered = sorted(things.values(), key=lambda thing: (thing.due or date.max, thing.kind, thing.pk))
    returned = [thing for thing in ordered if thing.state == InstalmentState.RETURNED]
    rest = [thing for thing in ordered if thing.state != InstalmentState.RETURNED and thing.due is not None]
    return Digest(
        person,
        day,
        called,
        tuple(returned),
        tuple(thing for thing in rest if thing.due == day),
        tuple(thing for thing in rest if thing.due is not None and day < thing.due <= horizon),
        tuple(thing for thing in rest if thing.due is not None and thing.due < day),
        to_judge,
    )


def _reasons_of_return() -> dict[int, str]:
    """Why each instalment that was returned came back, the last time."""
    rows = Reply.objects.filter(
        state=ReplyState.RETURNED, instalment__state=InstalmentState.RETURNED
    ).order_by("judged_at")
    return dict(rows.values_list("instalment", "verdict"))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class RemindedItem:
    """One reminder as it is kept: the task or step, the unit, the deadline, and which call it was."""

    task: int
    instalment: int | None
    title: str
    unit: str
    due: date
    target: Target
    offset: int


@dataclass(frozen=True, slots=True)
class RemindedPerson:
    """A person and the mail of a day; `items` are the ladder's calls in it, none where only news made it go out."""

    name: str
    mail: OutgoingMail | None
    items: tuple[RemindedItem, ...]


def latest_reminder_days(most: int = 15) -> list[tuple[date, int]]:
    """The latest days on which digests were written, newest first, each with how many. One query."""
    rows = (
        OutgoingMail.objects.filter(kind=DIGEST).order_by().values("day").annotate(found=Count("pk"))
    ).order_by("-day")[:most]
    return [(row["day"], row["found"]) for row in rows]


def reminders_on(day: date) -> list[RemindedPerson]:
    """Everybody who got a digest on the day or was to get one, by name. Two queries."""
    people: dict[int, tuple[str, OutgoingMail | None, list[RemindedItem]]] = {
        mail.person_id: (mail.to_name, mail, [])
        for mail in OutgoingMail.objects.filter(kind=DIGEST, day=day, person__isnull=False).defer(
            "text", "html"
        )
        if mail.person_id is not None
    }
    rows = (
        Reminder.objects.filter(day=day)
        .order_by("due_date", "pk")
        .values_list(
            "person", "person__full_name", "instalment", "instalment__assignment__task",
            "instalment__assignment__task__text", "instalment__assignment__unit__name", "step__task",
            "step__title", "step__unit__name", "due_date", "target", "offset",
        )
    )  # fmt: skip
    for (
        pk, name, instalment, task, text, unit, step_task, step_title, step_unit, due, target, offset,
    ) in rows:  # fmt: skip
        _name, _mail, items = people.setdefault(pk, (name, None, []))
        items.append(
            RemindedItem(
                task or step_task,
                instalment,
                text or step_title,
                unit or step_unit,
                due,
                target_of(target),
                offset,
            )
        )
    return [
        RemindedPerson(name, mail, tuple(items))
        for name, mail, items in sorted(people.values(), key=lambda found: found[0])
    ]
