"""Every action of dispatch and of edXML × every person of the office: one table of who may write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.actions import dispatching, envelopes, exchanging, statuses
from khuevan.documents.edxml_reading import checked_message, details_from
from khuevan.documents.models import Dispatch, EdxmlMessage
from khuevan.people.models import User
from tests.documents.dispatch_scenes import DAY, Scene, issued, revoking_message, scene
from tests.factories.work import at
from tests.plain.edxml.samples import NATIONAL

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "clerk", "director", "auditor", "administrator", "division_head", "division_officer", "other_officer",
)  # fmt: skip
CLERK = {"clerk"}
Deed = Callable[[Any, User], Any]


@pytest.fixture(autouse=True)
def _day(settings) -> Iterator[None]:
    settings.ORGAN_CODE = "X26.05"
    with clock.stopped_at(at(DAY)):
        yield


def prepared(a: Scene) -> Dispatch:
    document = issued(a)
    actions.prepare_dispatches(by=a.clerk, document=document)
    return document.dispatches.get(channel="PRINTED")


def sent(a: Scene, channel: str = "PRINTED") -> Dispatch:
    row = prepared(a)
    actions.send_dispatches(by=a.clerk, document=row.document)
    return row.document.dispatches.get(channel=channel)


def taken_along(a: Scene) -> Dispatch:
    row = sent(a, "EDXML")
    return actions.record_answer(by=a.clerk, dispatch=row, state="SENT")


def without_mail(a: Scene) -> Dispatch:
    row = prepared(a)
    actions.send_dispatches(by=a.clerk, document=row.document, dispatches=[row])
    return row


def message(a: Scene) -> EdxmlMessage:
    return actions.keep_edxml_message(by=a.clerk, checked=checked_message("a.edxml", NATIONAL.encode()))[0]


def register(a: Any, kept: EdxmlMessage, by: User) -> None:
    details = details_from(checked_message("a.edxml", NATIONAL.encode()).message)
    actions.register_edxml(
        by=by, message=kept, book=a.office.incoming, received_date=DAY, details=details
    )  # fmt: skip


def registered(a: Scene) -> EdxmlMessage:
    kept = message(a)
    register(a, kept, a.clerk)
    return kept


def revoking(a: Scene) -> EdxmlMessage:
    data = revoking_message(registered(a).edxml_id).encode()
    return actions.keep_edxml_message(by=a.clerk, checked=checked_message("b.edxml", data))[0]


def told(a: Scene) -> Any:
    return actions.tell_status(by=a.clerk, message=registered(a), code="03")


# Action → who may, what is prepared, and the deed.
TABLE: dict[str, tuple[set[str], Callable[[Scene], Any], Deed]] = {
    "prepare_dispatches": (
        CLERK, issued, lambda it, by: actions.prepare_dispatches(by=by, document=it),
    ),
    "change_dispatch": (
        CLERK,
        prepared,
        lambda it, by: actions.change_dispatch(by=by, dispatch=it, channel="PRINTED", address="5 phố A"),
    ),
    "remove_dispatch": (CLERK, prepared, lambda it, by: actions.remove_dispatch(by=by, dispatch=it)),
    "send_dispatches": (
        CLERK, prepared, lambda it, by: actions.send_dispatches(by=by, document=it.document),
    ),
    "recall_dispatches": (
        CLERK,
        without_mail,
        lambda it, by: actions.recall_dispatches(by=by, document=it.document, reason="Sai"),
    ),
    "update_dispatches": (
        CLERK,
        taken_along,
        lambda it, by: actions.update_dispatches(by=by, document=it.document, reason="Sai"),
    ),
    "record_answer": (
        CLERK, sent, lambda it, by: actions.record_answer(by=by, dispatch=it, state="RECEIVED"),
    ),
    "confirm_receipt": (
        {"other_officer"},
        lambda a: sent(a, "INTERNAL"),
        lambda it, by: actions.confirm_receipt(by=by, dispatch=it),
    ),
    "keep_edxml_message": (
        CLERK,
        lambda a: checked_message("a.edxml", NATIONAL.encode()),
        lambda it, by: actions.keep_edxml_message(by=by, checked=it),
    ),
    "note_refused_edxml": (
        CLERK,
        lambda a: None,
        lambda it, by: actions.note_refused_edxml(by=by, filename="a", sha256="0", reason="Dòng 1"),
    ),
    "register_edxml": (
        CLERK, lambda a: (a, message(a)), lambda it, by: register(it[0], it[1], by),
    ),
    "decline_edxml": (
        CLERK, message, lambda it, by: actions.decline_edxml(by=by, message=it, reason="Nhầm"),
    ),
    "settle_edxml_business": (
        CLERK, revoking, lambda it, by: actions.settle_edxml_business(by=by, message=it, agree=True),
    ),
    "tell_status": (
        CLERK, registered, lambda it, by: actions.tell_status(by=by, message=it, code="06"),
    ),
    "mark_status_handed_over": (
        CLERK, told, lambda it, by: actions.mark_status_handed_over(by=by, status=it),
    ),
}  # fmt: skip
# Done by the installation itself, never by a person's click.
BY_ITSELF = {"follow_mail_courses", "stage_files", "hand_out_staged"}


@pytest.mark.parametrize("name", TABLE)
def test_exactly_those_who_may_write_do(name: str) -> None:
    may, prepare, deed = TABLE[name]
    a = scene()
    thing = prepare(a)
    for who in (person for person in EVERYBODY if person not in may):
        with pytest.raises(PermissionDenied):
            deed(thing, a.office.again(getattr(a.office, who)))
    for who in may:
        deed(thing, a.office.again(getattr(a.office, who)))


def test_every_action_of_dispatch_is_in_the_table() -> None:
    ours = {
        name
        for module in (dispatching, envelopes, exchanging, statuses)
        for name, value in vars(module).items()
        if hasattr(value, "__wrapped__") and value.__module__ == module.__name__
    }
    assert ours == set(TABLE) | BY_ITSELF
