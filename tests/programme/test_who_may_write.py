"""Every action of the programme × every role: one table of who may write, beside the table of who may see."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.plain.calendar.deadline_rules import OnDate
from khuevan.programme import actions
from khuevan.programme.evidence_files import checked_file
from khuevan.programme.models import Difficulty, ReminderRung, Reply, TaskPrecedence
from tests.factories.work import DAY, Office, at, office
from tests.programme.test_replies import reported

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip
ORDERS = {"planner", "director", "deputy"}
SUPPORT = {"support_head", "support_officer"}
Deed = Callable[[Office, Any], Any]


def draft_of(work: Office) -> Reply:
    return actions.save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Nháp")


def waiting(work: Office) -> Reply:
    return reported(work, work.support_instalment, work.support_officer)


def difficulty(work: Office) -> Difficulty:
    draft = actions.save_reply_draft(
        by=work.support_officer, instalment=work.support_instalment, difficulty="Thiếu người"
    )
    return actions.send_reply(by=work.support_officer, reply=draft).difficulty


def second_task(work: Office) -> Any:
    from khuevan.core.recording import unaudited
    from khuevan.programme.models import Task

    with unaudited("a test's own task"):
        return Task.objects.create(
            plan=work.plan, ref="II.1.-2", text="Nhiệm vụ sau", order=1, read_in=work.task.read_in
        )


def precedence(work: Office) -> TaskPrecedence:
    return actions.put_after(by=work.planner, before=work.task, after=second_task(work))


def step(work: Office) -> Any:
    return actions.add_step(by=work.planner, task=work.task, unit=work.support, title="Bước một")


def evidence(work: Office) -> Any:
    return actions.add_web_evidence(
        by=work.support_officer, reply=draft_of(work), url="https://example.vn", title="Tin", seen_date=DAY
    )


# Action → who may do it to the supporting unit's work, and the deed: what is prepared, then done by the person.
TABLE: dict[str, tuple[set[str], Callable[[Office], Any], Deed]] = {
    "save_reply_draft": (
        SUPPORT,
        lambda work: work.support_instalment,
        lambda item, by: actions.save_reply_draft(by=by, instalment=item, text="Đang làm"),
    ),
    "send_reply": (SUPPORT, draft_of, lambda reply, by: actions.send_reply(by=by, reply=reply)),
    "discard_reply_draft": (
        SUPPORT,
        draft_of,
        lambda reply, by: actions.discard_reply_draft(by=by, reply=reply),
    ),
    "add_web_evidence": (
        SUPPORT,
        draft_of,
        lambda reply, by: actions.add_web_evidence(
            by=by, reply=reply, url="https://example.vn", title="Tin", seen_date=DAY
        ),
    ),
    "add_file_evidence": (
        SUPPORT,
        draft_of,
        lambda reply, by: actions.add_file_evidence(
            by=by, reply=reply, file=checked_file("a.txt", BytesIO(b"abc"))
        ),
    ),
    "add_record_evidence": (
        SUPPORT,
        lambda work: (draft_of(work), work.plan),
        lambda pair, by: actions.add_record_evidence(by=by, reply=pair[0], record=pair[1]),
    ),
    "remove_evidence": (SUPPORT, evidence, lambda item, by: actions.remove_evidence(by=by, evidence=item)),
    "accept_reply": (
        ORDERS | {"lead_head"},
        waiting,
        lambda reply, by: actions.accept_reply(by=by, reply=reply),
    ),
    "return_reply": (
        ORDERS | {"lead_head"},
        waiting,
        lambda reply, by: actions.return_reply(by=by, reply=reply, reason="Thiếu ảnh"),
    ),
    "answer_difficulty": (
        ORDERS | {"lead_head"},
        difficulty,
        lambda item, by: actions.answer_difficulty(by=by, difficulty=item, answer="Đã cử thêm người"),
    ),
    "waive_instalment": (
        ORDERS | {"lead_head"},
        lambda work: work.support_instalment,
        lambda item, by: actions.waive_instalment(by=by, instalment=item, reason="Không tổ chức"),
    ),
    "assign_unit": (
        ORDERS,
        lambda work: work,
        lambda work, by: actions.assign_unit(by=by, task=work.task, unit=work.other, role="SUPPORT"),
    ),
    "assign_units": (
        ORDERS,
        lambda work: work,
        lambda work, by: actions.assign_units(by=by, task=work.task, supports=[work.other]),
    ),
    "reassign": (
        ORDERS,
        lambda work: work,
        lambda work, by: actions.reassign(
            by=by, assignment=work.supporting, unit=work.other, reason="Thiếu người"
        ),
    ),
    "end_assignment": (
        ORDERS,
        lambda work: work.supporting,
        lambda row, by: actions.end_assignment(by=by, assignment=row, reason="Không còn cần"),
    ),
    # The supporting division is no group: whoever may is told so, everybody else is refused first.
    "split_group": (
        ORDERS,
        lambda work: work.supporting,
        lambda row, by: _told_or_refused(lambda: actions.split_group(by=by, assignment=row)),
    ),
    "set_task_deadline": (
        ORDERS,
        lambda work: work.task,
        lambda task, by: actions.set_task_deadline(by=by, task=task, rule=OnDate(date(2025, 7, 1))),
    ),
    "set_unit_deadline": (
        ORDERS,
        lambda work: work.supporting,
        lambda row, by: actions.set_unit_deadline(by=by, assignment=row, rule=OnDate(date(2025, 7, 1))),
    ),
    "put_after": (
        ORDERS,
        lambda work: (work.task, second_task(work)),
        lambda pair, by: actions.put_after(by=by, before=pair[0], after=pair[1]),
    ),
    "release": (ORDERS, precedence, lambda row, by: actions.release(by=by, precedence=row)),
    "add_step": (
        ORDERS | {"lead_head"},
        lambda work: work,
        lambda work, by: actions.add_step(by=by, task=work.task, unit=work.support, title="Bước"),
    ),
    "edit_step": (
        ORDERS | {"lead_head"},
        step,
        lambda row, by: actions.edit_step(by=by, step=row, unit=row.unit, title="Bước đầu"),
    ),
    "remove_step": (ORDERS | {"lead_head"}, step, lambda row, by: actions.remove_step(by=by, step=row)),
    "move_step": (
        ORDERS | SUPPORT | {"lead_head"},
        step,
        lambda row, by: actions.move_step(by=by, step=row, state="DOING"),
    ),
    "keep_rung": (
        {"planner"},
        lambda work: ReminderRung(offset=-9, target="HEAD"),
        lambda rung, by: actions.keep_rung(by=by, rung=rung),
    ),
    "remove_rung": (
        {"planner"},
        lambda work: ReminderRung.objects.all()[0],
        lambda rung, by: actions.remove_rung(by=by, rung=rung),
    ),
}
# Not for people: one's own calendar address is everybody's, instalments are kept by the machine, and the import has
# tests of its own (tests/programme/test_actions.py).
OTHERS = {
    "open_deadline_feed", "revoke_deadline_feed", "keep_all_instalments", "start_import", "save_import_choices",
    "choose_amended_plan", "discard_import", "carry_out_import", "import_plan_file",
}  # fmt: skip


def _told_or_refused(deed: Callable[[], Any]) -> None:
    with pytest.raises(ValidationError):
        deed()


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", EVERYBODY)
def test_action_is_done_by_exactly_the_people_of_its_row(name, who):
    may, prepared, deed = TABLE[name]
    work = office()
    with clock.stopped_at(at(DAY)):
        subject = prepared(work)
        person = work.again(getattr(work, who))
        if who in may:
            deed(subject, person)
        else:
            with pytest.raises(PermissionDenied):
                deed(subject, person)


def test_every_action_has_a_row():
    public = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    assert public - TABLE.keys() - OTHERS == set()


def test_auditor_writes_nothing():
    assert [name for name, (may, _prepared, _deed) in TABLE.items() if "auditor" in may] == []
