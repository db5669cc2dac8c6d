"""Deeds at a department at work, each on its day: what the tests of the desks tell their small stories with."""

from __future__ import annotations

from datetime import date

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import DeadlineRule, as_plain
from khuevan.programme.actions import add_web_evidence, save_reply_draft, send_reply
from khuevan.programme.choices import AssignmentRole, Outcome
from khuevan.programme.models import Assignment, Instalment, PlanSection, PlanVersion, Reply, Task
from tests.factories.work import Office, assigned, at


def another_task(
    work: Office,
    text: str,
    rule: DeadlineRule | None,
    *,
    lead: Unit | None = None,
    supports: tuple[Unit, ...] = (),
    section: PlanSection | None = None,
) -> Task:
    """One more task of the office's plan, with these units and the instalments that its rule asks for."""
    with unaudited("a test's own task"):
        order = Task.objects.filter(plan=work.plan).count()
        task: Task = Task.objects.create(
            plan=work.plan,
            section=section or work.task.section,
            ref=f"II.1.-{order + 1}",
            text=text,
            order=order,
            deadline_rule=None if rule is None else as_plain(rule),
            read_in=PlanVersion.objects.get(plan=work.plan),
        )
    if lead is not None:
        assigned(task, lead, AssignmentRole.LEAD)
    for unit in supports:
        assigned(task, unit, AssignmentRole.SUPPORT)
    return task


def part(task: Task, unit: Unit) -> Instalment:
    """The first instalment that the unit owes for the task, as it is stored now."""
    row = Assignment.objects.get(task=task, unit=unit)
    return Instalment.objects.filter(assignment=row).order_by("due_date")[0]


def reports_done(by: User, instalment: Instalment, day: date, text: str = "Đã tổ chức xong.") -> Reply:
    """A report of completion with evidence, sent on the day."""
    with clock.stopped_at(at(day)):
        draft = save_reply_draft(by=by, instalment=instalment, outcome=Outcome.DONE, text=text)
        add_web_evidence(by=by, reply=draft, url="https://example.vn/tin", title="Bài đăng", seen_date=day)
        return send_reply(by=by, reply=draft)


def reports_progress(
    by: User, instalment: Instalment, day: date, *, difficulty: str = "", asks_for: str = ""
) -> Reply:
    """A report of progress, perhaps with a difficulty, sent on the day."""
    with clock.stopped_at(at(day)):
        draft = save_reply_draft(
            by=by,
            instalment=instalment,
            percent=40,
            text="Đang làm.",
            difficulty=difficulty,
            asks_for=asks_for,
        )
        return send_reply(by=by, reply=draft)
