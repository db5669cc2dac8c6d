"""Published pieces as evidence of a task: what was published for it proves the work."""

from __future__ import annotations

from typing import cast

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.release import public_stories
from khuevan.people.models import User
from khuevan.programme.evidence import EvidenceSource


def _visible(user: User) -> QuerySet[Model]:
    return cast("QuerySet[Model]", public_stories(timezone.now()))


def _title(page: Model) -> str:
    assert isinstance(page, StoryPage)
    return str(page.title)


def _url(page: Model) -> str:
    assert isinstance(page, StoryPage)
    return str(page.get_full_url() or "")


PIECE_EVIDENCE = EvidenceSource(
    model=StoryPage,
    label=cast("str", _("Published piece")),
    visible=_visible,
    title=_title,
    url=_url,
    search_fields=("title", "summary"),
)
