"""All pieces of the newsroom, narrowed by what somebody asks for, with their languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from wagtail.models import Locale, Page, WorkflowState
from wagtail.search.backends import get_search_backend

from khuevan.newsroom.choices import LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import SectionPage, ServedTask, StoryPage, Topic
from khuevan.newsroom.queries.language_states import with_standings
from khuevan.people.models import User
from khuevan.programme.models import Task

# More than a person looks through; beyond it a list is narrowed in another way.
MOST_FOUND: Final = 500
# Asked for like a standing, though another stands in the list: what was returned is a draft, or published.
RETURNED: Final = "RETURNED"


@dataclass(frozen=True, slots=True)
class PieceCriteria:
    """What is asked for; what is empty is not asked. State and language hold for one and the same page."""

    words: str = ""
    section: UUID | None = None
    kind: str = ""
    state: str = ""
    language: str = ""
    author: int | None = None
    topic: int | None = None
    task: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for at all."""
        return self != PieceCriteria()

    @property
    def chooses(self) -> bool:
        """Whether anything is asked for besides words."""
        return self != PieceCriteria(words=self.words)


@dataclass(frozen=True, slots=True)
class PieceLine:
    """One piece: the page that it is called by (the original, else the oldest), its pages by language, its place."""

    head: Any
    pages: dict[str, Any]
    section: str
    changed_at: datetime | None


def languages_in_use() -> list[str]:
    """The codes of the site's languages, in the order of the settings' list. One query."""
    there = set(Locale.objects.values_list("language_code", flat=True))
    return [code for code, _name in settings.LANGUAGES if code in there]


def pieces_asked_for(criteria: PieceCriteria) -> QuerySet[Any, dict[str, Any]]:
    """Each piece once, as its `translation_key` with the moment of its newest text; what changed last comes first."""
    pages = StoryPage.objects.all()
    if criteria.words:
        pages = pages.filter(pk__in=_pages_called(criteria.words))
    if criteria.section is not None:
        paths = SectionPage.objects.filter(translation_key=criteria.section).values_list("path", flat=True)
        below = [Q(path__startswith=path) for path in paths]
        pages = pages.filter(reduce(or_, below)) if below else pages.none()
    if criteria.kind:
        pages = pages.filter(kind=criteria.kind)
    if criteria.author is not None:
        pages = pages.filter(Q(owner=criteria.author) | Q(latest_revision__user=criteria.author))
    if criteria.topic is not None:
        pages = pages.filter(topics=criteria.topic)
    if criteria.task is not None:
        pages = pages.filter(Exists(ServedTask.objects.filter(page=OuterRef("pk"), task=criteria.task)))
    if criteria.state == LanguageStanding.MISSING:
        pages = _without_language(pages, criteria.language)
    else:
        if criteria.language:
            pages = pages.filter(locale__language_code=criteria.language)
        if criteria.state == RETURNED:
            pages = with_standings(pages).filter(review=WorkflowState.STATUS_NEEDS_CHANGES)
        elif criteria.state:
            pages = with_standings(pages).filter(standing=criteria.state)
    # What narrowed may have joined rows and worked out much: the list itself asks for keys alone.
    chosen = StoryPage.objects.filter(translation_key__in=pages.order_by().values("translation_key"))
    if criteria.narrows is False:
        chosen = StoryPage.objects.all()
    rows: QuerySet[Any, dict[str, Any]] = (
        chosen.order_by()
        .values("translation_key")
        .annotate(changed_at=Max("latest_revision_created_at"), newest=Max("pk"))
        .order_by("-changed_at", "-newest")
    )
    return rows


def _pages_called(words: str) -> list[int]:
    """Keys of the pages with the words (or beginnings of words) in their title, whatever the case and the marks."""
    found = get_search_backend().autocomplete(words, StoryPage.objects.all())
    return [page.pk for page in found[:MOST_FOUND]]


def _without_language(pages: QuerySet[StoryPage], language: str) -> QuerySet[StoryPage]:
    """Pieces that lack the language; without one, those that lack any that the site has."""
    same = StoryPage.objects.filter(translation_key=OuterRef("translation_key"))
    codes = [language] if language else languages_in_use()
    lacking = [~Exists(same.filter(locale__language_code=code)) for code in codes]
    return pages.filter(reduce(or_, (Q(each) for each in lacking))) if lacking else pages.none()


def lines_of(rows: list[dict[str, Any]]) -> list[PieceLine]:
    """The rows of `pieces_asked_for` with their pages, in the same order. Three queries, however many rows."""
    keys = [row["translation_key"] for row in rows]
    pages = list(
        with_standings(StoryPage.objects.filter(translation_key__in=keys))
        .select_related("locale", "owner", "latest_revision__user")
        .defer("body", "latest_revision__content")
        .order_by("pk")
    )
    names = section_names(pages)
    by_key: dict[UUID, list[Any]] = {key: [] for key in keys}
    for page in pages:
        by_key[page.translation_key].append(page)
    return [_line(by_key[row["translation_key"]], names, row["changed_at"]) for row in rows]


def _line(pages: list[Any], names: dict[str, str], changed_at: datetime | None) -> PieceLine:
    head = next((page for page in pages if page.origin == TranslationOrigin.ORIGINAL), pages[0])
    return PieceLine(
        head=head,
        pages={page.locale.language_code: page for page in pages},
        section=names.get(_parent_path(head), ""),
        changed_at=changed_at,
    )


def section_names(pages: list[Any]) -> dict[str, str]:
    """The names of the pages' sections in Vietnamese, else in their own language, by their path. Two queries."""
    paths = {_parent_path(page) for page in pages}
    sections = list(Page.objects.filter(path__in=paths).values_list("path", "title", "translation_key"))
    keys = {key for _path, _title, key in sections}
    vietnamese = dict(
        Page.objects.filter(translation_key__in=keys, locale__language_code="vi").values_list(
            "translation_key", "title"
        )
    )
    return {path: vietnamese.get(key, title) for path, title, key in sections}


def _parent_path(page: Any) -> str:
    return str(page.path[: -page.steplen])


def sections_of_pieces() -> list[tuple[str, str]]:
    """Every section once, as its key and its name in Vietnamese, else in English, else as it is. One query."""
    found: dict[str, tuple[int, str]] = {}
    rows = SectionPage.objects.order_by("path").values_list(
        "translation_key", "title", "locale__language_code"
    )
    for key, title, code in rows:
        rank = {"vi": 0, "en": 1}.get(code, 2)
        if str(key) not in found or rank < found[str(key)][0]:
            found[str(key)] = (rank, title)
    return [(key, title) for key, (_rank, title) in found.items()]


def authors_of_pieces() -> list[tuple[int, str]]:
    """Whoever began a piece or wrote its newest text, by name. One query."""
    owners = StoryPage.objects.filter(owner__isnull=False).order_by().values("owner")
    writers = StoryPage.objects.filter(latest_revision__user__isnull=False).order_by()
    people = User.objects.filter(Q(pk__in=owners) | Q(pk__in=writers.values("latest_revision__user")))
    return list(people.order_by("full_name").values_list("pk", "full_name"))


def topics_of_pieces() -> list[tuple[int, str]]:
    """The topics in use, as their key and name. One query."""
    return [(topic.pk, str(topic)) for topic in Topic.objects.filter(ended=False)]


def tasks_of_pieces() -> list[tuple[int, str]]:
    """The tasks that any piece serves, as their key and words. One query."""
    tasks = Task.objects.filter(pk__in=ServedTask.objects.order_by().values("task")).order_by("plan", "order")
    return list(tasks.values_list("pk", "text"))
