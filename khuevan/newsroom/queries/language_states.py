"""Where each page of a piece stands, worked out by the database, so that lists can be narrowed by it.

The same as `khuevan.newsroom.queries.translations` tells of pieces that are in hand; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    Field,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest
from wagtail.models import Page, Revision, WorkflowState

from khuevan.newsroom.choices import ChangeKind, LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import PublicChange, StoryPage
from khuevan.newsroom.reviewed import let_go

# Revisions and reviews name their page by a text.
_KEY = Cast(OuterRef("pk"), output_field=CharField())


def with_standings(pages: QuerySet[StoryPage]) -> QuerySet[Any]:
    """The pages with their `standing` (a LanguageStanding), and what it comes from.

    `review` is the state of Wagtail's review (in progress, needs changes), `step` its step's name and `step_role` who
    decides; `goes_live_at` is the moment that an approved text waits for; `written_origin` how the newest text came
    about, which may differ from what is published; `source_changed` whether the original went out anew since.
    """
    reviews = WorkflowState.objects.filter(
        base_content_type=page_type(),
        object_id=_KEY,
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    ).order_by("-created_at", "-pk")
    approved = _approved()
    found: QuerySet[Any] = pages.annotate(
        is_withdrawn=Exists(PublicChange.objects.filter(page=OuterRef("pk"), kind=ChangeKind.WITHDRAWAL)),
        goes_live_at=Subquery(approved.order_by("-pk").values("approved_go_live_at")[:1]),
        # Let go by its review, and kept by the languages that go out with it.
        is_let_go=Exists(
            let_go().filter(
                revision=OuterRef("latest_revision"),
            )
        ),
        review=Subquery(reviews.values("status")[:1]),
        step=Subquery(reviews.values("current_task_state__task__name")[:1]),
        step_role=Subquery(reviews.values("current_task_state__task__seattask__role")[:1]),
        written_origin=_as_written(
            KeyTextTransform("origin", "latest_revision__content"), "origin", CharField()
        ),
        made_from=_as_written(
            Cast(KeyTextTransform("source_revision", "latest_revision__content"), BigIntegerField()),
            "source_revision",
            BigIntegerField(),
        ),
        source_now=Subquery(_newest_of_originals().values("newest")[:1]),
    )
    found = found.annotate(
        source_changed=Case(When(source_now__gt=F("made_from"), then=Value(True)), default=Value(False))
    )
    told: QuerySet[Any] = found.annotate(
        standing=Case(
            When(is_withdrawn=True, then=Value(LanguageStanding.WITHDRAWN)),
            When(review=WorkflowState.STATUS_IN_PROGRESS, then=Value(LanguageStanding.IN_REVIEW)),
            When(written_origin=TranslationOrigin.MACHINE, then=Value(LanguageStanding.MACHINE)),
            When(source_changed=True, then=Value(LanguageStanding.CHANGED)),
            When(live=True, then=Value(LanguageStanding.PUBLISHED)),
            When(goes_live_at__isnull=False, then=Value(LanguageStanding.WAITING)),
            When(is_let_go=True, first_published_at=None, then=Value(LanguageStanding.WAITING)),
            default=Value(LanguageStanding.DRAFT),
            output_field=CharField(),
        )
    )
    return told


def _as_written(newest: Any, published: str, kind: Field[Any, Any]) -> Case:
    """A value as the newest text has it. Only where that differs from what is published is its revision read: parsing
    the text of every page of a large site would take seconds.
    """
    same = When(live=True, has_unpublished_changes=False, then=F(published))
    return Case(same, default=Coalesce(newest, F(published), output_field=kind), output_field=kind)


def page_type() -> ContentType:
    """The kind under which Wagtail keeps revisions and reviews of all pages."""
    found: ContentType = ContentType.objects.get_for_model(Page)
    return found


def _approved() -> QuerySet[Any]:
    """Revisions of the page that wait for their moment."""
    found: QuerySet[Any] = Revision.objects.filter(
        base_content_type=page_type(), object_id=_KEY, approved_go_live_at__isnull=False
    )
    return found


def _newest_of_originals() -> QuerySet[Any]:
    """The original of a translation, with its newest revision (`newest`) that was published or approved."""
    scheduled = _approved().order_by().values("object_id").annotate(last=Max("pk")).values("last")
    found: QuerySet[Any] = (
        StoryPage.objects.filter(
            ~Q(pk=OuterRef("pk")),
            translation_key=OuterRef("translation_key"),
            origin=TranslationOrigin.ORIGINAL,
        )
        .annotate(
            newest=Greatest(Coalesce(F("live_revision_id"), 0), Coalesce(Subquery(scheduled), 0)),
        )
        .order_by("pk")
    )
    return found
