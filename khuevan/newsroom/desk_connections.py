"""What the newsroom's desk gives to the apps below: evidence of its own is in `evidence`.

A task's page offers to write a piece for it, a person's desk counts what waits in the newsroom, and mails tell of
reviews.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.newsroom import conference_times, review_mails
from khuevan.newsroom.permissions import can_see_pieces, can_write
from khuevan.newsroom.presenters.pass_mails import PASS
from khuevan.newsroom.queries.waiting import counts_for
from khuevan.outbox.kinds import register_kind
from khuevan.people.models import User
from khuevan.programme.extensions import DeskCount, TaskWay, register_desk_counts, register_task_way


def connect_desk() -> None:
    """Called once, when the apps are ready."""
    register_kind(PASS, _("pass to a piece under embargo"))
    register_kind(review_mails.REACHED, _("piece to decide on"))
    register_kind(review_mails.RETURNED, _("piece returned"))
    register_kind(review_mails.PUBLISHED, _("piece published"))
    register_kind(review_mails.HELD, _("piece that could not go out"))
    review_mails.connect()
    conference_times.connect()
    register_task_way(TaskWay("newsroom", _("Write a piece for this task"), piece_for_task, can_write))
    register_desk_counts("newsroom", pieces_waiting)


def piece_for_task(task: int) -> str:
    """Where a piece for the task is begun."""
    return f"{reverse('newsroom_desk:new_piece')}?task={task}"


def pieces_waiting(person: User, day: date) -> list[DeskCount]:
    """How many pieces wait for the person's decision, and how many of the own came back. One query."""
    if not can_see_pieces(person, day):
        return []
    to_decide, returned = counts_for(person, day)
    where = reverse("newsroom_desk:waiting")
    counts = (
        (to_decide, ngettext("piece for your decision", "pieces for your decision", to_decide)),
        (returned, ngettext("piece returned to you", "pieces returned to you", returned)),
    )
    return [DeskCount(count, label, where) for count, label in counts if count]
