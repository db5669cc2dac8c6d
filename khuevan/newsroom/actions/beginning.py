"""A piece begun: its first draft, with its kind, its section, its language and the tasks that it will serve."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.models import SectionPage, ServedTask, StoryPage
from khuevan.newsroom.permissions import check_can_write
from khuevan.people.models import User
from khuevan.programme.models import Task


@action
def begin_piece(
    *, by: User, section: SectionPage, kind: StoryKind, title: str, tasks: Iterable[Task] = ()
) -> StoryPage:
    """The piece as a draft of the person's, below the section, in the section's language."""
    check_can_write(by, clock.today())
    words = " ".join(title.split())
    if not words:
        raise ValidationError({"title": _("Give the piece a working title: it can be changed later.")})
    page = StoryPage(title=words[:255], kind=kind, owner=by, live=False, locale=section.locale)
    page.served_tasks = [ServedTask(task=task) for task in tasks]
    section.add_child(instance=page)
    page.save_revision(user=by, clean=False)
    note(page, {"kind": [None, str(kind)]})
    return page
