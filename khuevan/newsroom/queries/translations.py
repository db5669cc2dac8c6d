"""Where each language of a piece stands, for many pieces in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState

from khuevan.newsroom.choices import ChangeKind, LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import PublicChange, StoryPage
from khuevan.newsroom.reviewed import let_go


@dataclass(frozen=True, slots=True)
class LanguageState:
    """Where a piece stands in one language.

    `standing` is the one thing to show where there is room for one; the flags hold beside it (a published text
    may be in review again). `page` is None where the language is missing. `made_from` is the revision of the
    original that the newest text was made from, `newest_source` the newest one that was published or approved.
    """

    language: str
    standing: LanguageStanding
    page: int | None = None
    title: str = ""
    origin: str = ""
    is_original: bool = False
    is_live: bool = False
    has_draft: bool = False
    is_in_review: bool = False
    is_waiting: bool = False
    is_machine: bool = False
    is_changed: bool = False
    is_withdrawn: bool = False
    made_from: int | None = None
    newest_source: int | None = None


def language_states(stories: Iterable[StoryPage]) -> dict[UUID, dict[str, LanguageState]]:
    """The states of all pieces that the pages belong to: translation key → language code → state.

    Every language of the site (`settings.LANGUAGES`) has its entry, in that order. Two queries at most, however
    many pieces.
    """
    keys = list(dict.fromkeys(story.translation_key for story in stories))
    rows: dict[UUID, list[dict[str, Any]]] = {key: [] for key in keys}
    if keys:
        for row in _rows(StoryPage.objects.filter(translation_key__in=keys)):
            rows[row["translation_key"]].append(row)
    return {key: _states(found) for key, found in rows.items()}


def source_state(page: StoryPage) -> LanguageState:
    """The state of this one page: whether its source has changed since, and from which revision to which."""
    return language_states([page])[page.translation_key][page.locale.language_code]


def _rows(pages: QuerySet[StoryPage]) -> Iterable[dict[str, Any]]:
    content_type = ContentType.objects.get_for_model(Page)
    key = Cast(OuterRef("pk"), CharField())
    withdrawn = PublicChange.objects.filter(page=OuterRef("pk"), kind=ChangeKind.WITHDRAWAL)
    review = WorkflowState.objects.filter(
        base_content_type=content_type, object_id=key, status=WorkflowState.STATUS_IN_PROGRESS
    )
    scheduled = (
        Revision.objects.filter(
            base_content_type=content_type, object_id=key, approved_go_live_at__isnull=False
        )
        .values("object_id")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows: Iterable[dict[str, Any]] = pages.annotate(
        language=F("locale__language_code"),
        newest_origin=F("latest_revision__content__origin"),
        newest_made_from=F("latest_revision__content__source_revision"),
        is_withdrawn=Exists(withdrawn),
        is_in_review=Exists(review),
        is_let_go=Exists(let_go().filter(revision=OuterRef("latest_revision"))),
        scheduled=Subquery(scheduled),
    ).values(
        "pk", "translation_key", "language", "draft_title", "title", "live", "has_unpublished_changes",
        "origin", "source_revision", "newest_origin", "newest_made_from", "live_revision_id", "is_withdrawn",
        "is_in_review", "scheduled", "is_let_go", "first_published_at",
    )  # fmt: skip
    return rows


def _states(rows: list[dict[str, Any]]) -> dict[str, LanguageState]:
    original = next((row for row in rows if row["origin"] == TranslationOrigin.ORIGINAL), None)
    newest = max(original["live_revision_id"] or 0, original["scheduled"] or 0) if original else 0
    found = {row["language"]: _state(row, newest, is_original=row is original) for row in rows}
    return {
        code: found.get(code, LanguageState(code, LanguageStanding.MISSING))
        for code in (
            *dict(settings.LANGUAGES),
            *(code for code in found if code not in dict(settings.LANGUAGES)),
        )
    }


def _state(row: Mapping[str, Any], newest_source: int, *, is_original: bool) -> LanguageState:
    origin = row["newest_origin"] or row["origin"]
    made_from = row["newest_made_from"] or row["source_revision"]
    is_changed = not is_original and made_from is not None and newest_source > made_from
    # For its moment, or, let go by its review, for the languages that go out with it.
    is_waiting = row["scheduled"] is not None or (row["is_let_go"] and row["first_published_at"] is None)
    flags = (
        (LanguageStanding.WITHDRAWN, row["is_withdrawn"]),
        (LanguageStanding.IN_REVIEW, row["is_in_review"]),
        (LanguageStanding.MACHINE, origin == TranslationOrigin.MACHINE),
        (LanguageStanding.CHANGED, is_changed),
        (LanguageStanding.PUBLISHED, row["live"]),
        (LanguageStanding.WAITING, is_waiting),
    )
    return LanguageState(
        language=row["language"],
        standing=next((standing for standing, holds in flags if holds), LanguageStanding.DRAFT),
        page=row["pk"],
        title=row["draft_title"] or row["title"],
        origin=origin,
        is_original=is_original,
        is_live=row["live"],
        has_draft=row["has_unpublished_changes"],
        is_in_review=row["is_in_review"],
        is_waiting=is_waiting,
        is_machine=origin == TranslationOrigin.MACHINE,
        is_changed=is_changed,
        is_withdrawn=row["is_withdrawn"],
        made_from=None if is_original else made_from,
        newest_source=newest_source or None,
    )
