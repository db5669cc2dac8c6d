"""Routes and drafts to try: made once, by the same actions as people's clicks."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from khuevan.core import clock
from khuevan.documents.choices import DraftState, Seat, StepState
from khuevan.documents.demonstration_reviews import create_demonstration_routes, move_demonstration_drafts
from khuevan.documents.models import Draft, ReviewStep, Route
from khuevan.people.queries import system_person
from tests.factories.reviews import DAY, House, at, content, draft_in, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts(settings) -> House:
    settings.DEMO = True
    return house()


def without_route(work: House) -> None:
    work.route.steps.all()._raw_delete("default")
    Route.objects.filter(pk=work.route.pk)._raw_delete("default")


def test_routes_are_made_once(drafts):
    without_route(drafts)
    assert create_demonstration_routes(by=system_person()) == 2
    assert create_demonstration_routes(by=system_person()) == 0
    assert [(route.name, [step.seat for step in route.steps.all()]) for route in Route.objects.all()] == [
        ("Quy trình chung", [Seat.DRAFTING_HEAD, Seat.OFFICE, Seat.DEPUTY, Seat.DIRECTOR, Seat.SIGNER]),
        ("Quy trình công văn", [Seat.DRAFTING_HEAD, Seat.DEPUTY, Seat.SIGNER]),
    ]


def test_drafts_come_as_far_as_their_first_seats_and_stay_there(drafts):
    with clock.stopped_at(at(DAY)):
        draft_in(drafts, text={"place": ""})
        moving = draft_in(drafts, text=content(title="Tổ chức Ngày hội văn hóa"))
        assert move_demonstration_drafts() == 1
        assert move_demonstration_drafts() == 0
    assert [draft.state for draft in Draft.objects.order_by("pk")] == [
        DraftState.DRAFTING,
        DraftState.IN_REVIEW,
    ]
    steps = ReviewStep.objects.filter(draft=moving).order_by("order")
    assert [(step.seat, step.state) for step in steps] == [
        (Seat.DRAFTING_HEAD, StepState.APPROVED),
        (Seat.OFFICE, StepState.APPROVED),
        (Seat.DEPUTY, StepState.CURRENT),
        (Seat.DIRECTOR, StepState.SKIPPED),
        (Seat.SIGNER, StepState.WAITING),
    ]
    # What is kept is in the office's language, whatever the command speaks.
    assert steps[3].words == "Người giữ vị trí này cũng quyết định ở bước sau."


def test_demonstration_is_refused_where_none_is_allowed(settings):
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        create_demonstration_routes(by=system_person())
    with pytest.raises(PermissionDenied):
        move_demonstration_drafts()
