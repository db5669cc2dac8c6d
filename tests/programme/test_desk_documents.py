"""Official documents on the desk: drafts to decide on, what waits for a number and for a signature."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from khuevan.core import clock
from khuevan.documents import actions
from khuevan.documents.choices import StepState
from khuevan.documents.models import ReviewStep
from khuevan.documents.permissions import can_decide
from khuevan.people.models import User
from khuevan.programme.views.desk_content import desk_content
from tests.factories.reviews import DAY, House, at, draft_in, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> House:
    return house()


@pytest.fixture(autouse=True)
def day():
    with clock.stopped_at(at(DAY)), translation.override("vi"):
        yield


def waiting(person: User) -> tuple[int, list[tuple[str, list[str]]], list[tuple[str, str, str]]]:
    """The number, the groups with their lines, and the links of the block “Đang chờ bạn”."""
    blocks = desk_content(User.objects.get(pk=person.pk), DAY)["blocks"]
    block = next(each for each in blocks if each.code == "WAITING")
    return (
        block.count,
        [(group.title, [row.title for row in group.rows]) for group in block.groups],
        [(link.count, link.label, link.url) for link in block.links],
    )


def test_draft_waits_on_the_desk_of_whoever_decides_and_of_nobody_else(work):
    draft = draft_in(work)
    actions.submit_draft(by=work.again(draft.drafter), draft=draft)
    assert waiting(work.head) == (1, [("Văn bản trình tôi duyệt", [draft.title])], [])
    assert waiting(work.again(draft.drafter))[0] == 0
    assert waiting(work.clerk) == (0, [], [])


def test_line_leads_to_the_decision(work):
    draft = draft_in(work)
    actions.submit_draft(by=work.again(draft.drafter), draft=draft)
    blocks = desk_content(User.objects.get(pk=work.head.pk), DAY)["blocks"]
    rows = [row for block in blocks for group in block.groups for row in group.rows]
    assert [(row.url, row.due) for row in rows] == [(f"{draft.get_absolute_url()}#duyet", "từ hôm nay")]


def test_approved_draft_waits_for_the_clerk_and_its_document_for_the_signer(work):
    draft = draft_in(work)
    draft = actions.submit_draft(by=work.again(draft.drafter), draft=draft)
    while step := ReviewStep.objects.select_related("draft").filter(state=StepState.CURRENT).first():
        person = next(each for each in User.objects.all() if can_decide(each, step, DAY))
        draft = actions.approve_step(by=person, step=step, seen_version=draft.version)
    assert waiting(work.clerk)[2] == [("1", "dự thảo đã duyệt chờ cấp số", reverse("documents:to_number"))]
    actions.issue_document(by=work.again(work.clerk), draft=draft)
    signer = draft.signer
    assert signer is not None
    to_sign = [("1", "văn bản chờ ký", reverse("documents:to_sign"))]
    assert (waiting(work.clerk)[2], waiting(signer)[2]) == (to_sign, to_sign)
