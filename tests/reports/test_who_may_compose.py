"""Every action of composing × every person of the office; who reads a composed report, and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from khuevan.core import clock
from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.reports import actions
from khuevan.reports.actions import composing, passages
from khuevan.reports.models import ComposedReport, Passage
from khuevan.reports.permissions import can_read_report
from khuevan.reports.queries.composed import visible_reports
from tests.factories.people import PostFactory
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed, issued

pytestmark = pytest.mark.django_db

OFFICE = (
    "planner", "director", "deputy", "auditor", "lead_head", "lead_officer", "support_head", "support_officer",
    "other_officer",
)  # fmt: skip
EVERYBODY = (*OFFICE, "gathering_officer", "gathering_head", "administrator", "clerk", "department_head")
COMPOSES = {"planner", "gathering_officer", "gathering_head"}
TAKES_ALONG = {*COMPOSES, "director", "deputy", "auditor", "administrator"}


def people(scene: Scene) -> dict[str, User]:
    """Everybody by name: those of the office, and those with posts beside it."""
    office = scene.place.office
    gatherer = scene.place.rule.gatherer
    found = {name: getattr(office, name) for name in OFFICE}
    found["gathering_officer"] = PostFactory(role=Role.UNIT_OFFICER, unit=gatherer).person
    found["gathering_head"] = PostFactory(role=Role.UNIT_HEAD, unit=gatherer).person
    found["administrator"] = PostFactory(role=Role.ADMINISTRATOR, unit=office.other).person
    found["clerk"] = PostFactory(role=Role.CLERK, unit=office.other).person
    found["department_head"] = PostFactory(role=Role.UNIT_HEAD, unit=office.department).person
    return found


def first_words(scene: Scene) -> Passage:
    return Passage.objects.select_related("report__cycle__rule").filter(report=scene.report)[0]


def nothing_yet(scene: Scene) -> Any:
    actions.discard_report(by=scene.planner, report=scene.report)
    return scene.cycle


Deed = Callable[[Scene, Any, User], Any]

# Action → who may, what is prepared, the deed.
TABLE: dict[str, tuple[set[str], Callable[[Scene], Any], Deed]] = {
    "compose_report": (
        COMPOSES,
        nothing_yet,
        lambda scene, item, by: actions.compose_report(by=by, cycle=item),
    ),
    "correct_report": (
        COMPOSES,
        lambda scene: scene.frozen(),
        lambda scene, item, by: actions.correct_report(by=by, report=item, reason="Đếm lại."),
    ),
    "gather_again": (
        COMPOSES,
        lambda scene: scene.report,
        lambda scene, item, by: actions.gather_again(by=by, report=item),
    ),
    "edit_report_words": (
        COMPOSES,
        lambda scene: scene.report,
        lambda scene, item, by: actions.edit_report_words(
            by=by, report=item, title="Báo cáo", opening="", assessment="", next_steps=""
        ),
    ),
    "edit_english_summary": (
        COMPOSES,
        lambda scene: scene.report,
        lambda scene, item, by: actions.edit_english_summary(
            by=by, report=item, issuer="", words="Well.", contact=""
        ),
    ),
    "edit_passage": (
        COMPOSES,
        first_words,
        lambda scene, item, by: actions.edit_passage(by=by, passage=item, text="Gọn.", is_included=True),
    ),
    "move_passage": (
        COMPOSES,
        first_words,
        lambda scene, item, by: actions.move_passage(by=by, passage=item, up=False),
    ),
    # A draft is begun in the name of a unit in which one holds a post: all three do in the gatherer.
    "freeze_report": (
        COMPOSES,
        lambda scene: scene.report,
        lambda scene, item, by: actions.freeze_report(
            by=by, report=item, book=scene.book, unit=scene.place.rule.gatherer
        ),
    ),
    "discard_report": (
        COMPOSES,
        lambda scene: scene.report,
        lambda scene, item, by: actions.discard_report(by=by, report=item),
    ),
    "note_export": (
        TAKES_ALONG,
        lambda scene: scene.report,
        lambda scene, item, by: actions.note_export(by=by, report=item, file="a.xlsx"),
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_action_is_done_by_exactly_the_people_of_its_row(name):
    may, prepared, deed = TABLE[name]
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        everybody = people(scene)
        subject = prepared(scene)
        did = set()
        for who, person in everybody.items():
            # Each finds the report as it was before the others.
            here = transaction.savepoint()
            try:
                deed(scene, subject, person)
                did.add(who)
            except PermissionDenied:
                pass
            transaction.savepoint_rollback(here)
    assert did == may


def test_every_action_of_composing_has_a_row():
    ours = {
        name
        for module in (composing, passages)
        for name in actions.__all__
        if getattr(getattr(actions, name), "__module__", "") == module.__name__ and name[0].islower()
    }
    assert ours == set(TABLE)


READS_ALWAYS = {*COMPOSES, "director", "deputy", "auditor", "administrator"}
HEADS = {"lead_head", "support_head", "department_head"}


@pytest.mark.parametrize(
    ("prepared", "readers"),
    [
        (lambda scene: scene.report, READS_ALWAYS),
        (lambda scene: scene.frozen(), READS_ALWAYS),
        (issued, READS_ALWAYS | HEADS),
    ],
    ids=["being edited", "frozen", "issued"],
)
def test_heads_of_units_that_report_read_it_once_it_is_issued(prepared, readers):
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        everybody = people(scene)
        report = ComposedReport.objects.get(pk=prepared(scene).pk)
        day = SENT
        assert {who for who, person in everybody.items() if can_read_report(person, report, day)} == readers
        # The list holds the same.
        assert {
            who
            for who, person in everybody.items()
            if list(visible_reports(scene.place.office.again(person), day)) == [report]
        } == readers
