"""The reviews that an installation begins with: as data, so that an office changes them in Wagtail's own pages."""

from __future__ import annotations

from typing import Final

from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from khuevan.newsroom.models import SeatTask
from khuevan.newsroom.models.stories import PRESS_REVIEW
from khuevan.people.choices import Role

EDITOR: Final = "Biên tập viên duyệt"
HEAD: Final = "Trưởng phòng duyệt"
DIRECTOR: Final = "Lãnh đạo duyệt"
WAGTAILS_OWN: Final = "Moderators approval"
# Name of the review, and its steps in order.
USUAL: Final = ("Duyệt tin, bài", ((EDITOR, Role.EDITOR), (HEAD, Role.UNIT_HEAD)))
PRESS: Final = (
    PRESS_REVIEW,
    ((EDITOR, Role.EDITOR), (HEAD, Role.UNIT_HEAD), (DIRECTOR, Role.DIRECTOR)),
)


def make_reviews() -> dict[str, Workflow]:
    """The two reviews, made where they are missing; the usual one holds for the whole site."""
    made = {name: _review(name, steps) for name, steps in (USUAL, PRESS)}
    root = Page.objects.filter(depth=1).first()
    whole_site = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    # Wagtail's migrations give the whole site a review by a group that nobody here is in.
    if whole_site is None or whole_site.workflow.name == WAGTAILS_OWN:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": made[USUAL[0]]})
    return made


def _review(name: str, steps: tuple[tuple[str, Role], ...]) -> Workflow:
    workflow, is_new = Workflow.objects.get_or_create(name=name)
    if is_new:
        for order, (title, role) in enumerate(steps):
            task = SeatTask.objects.filter(name=title, role=role).first() or SeatTask.objects.create(
                name=title, role=role
            )
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    found: Workflow = workflow
    return found
