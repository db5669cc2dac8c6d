"""Everything that the page of one piece shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import PageLogEntry, TaskState

from khuevan.core.models import AuditEntry
from khuevan.newsroom.models import EmbargoPass, PublicChange, StoryPage
from khuevan.newsroom.queries.language_states import page_type, with_standings
from khuevan.programme.models import Task


def pages_of_piece(short_id: int) -> list[Any]:
    """The piece's pages in all languages with their standings, the original first. One query."""
    found = (
        with_standings(StoryPage.objects.filter(short_id=short_id))
        .select_related("locale", "owner", "latest_revision__user", "live_revision__user", "reviewed_by")
        .order_by("pk")
    )
    return sorted(found, key=lambda page: (page.origin != "ORIGINAL", page.pk))


def steps_of_pages(pages: Collection[Any]) -> list[TaskState]:
    """Every step that a review of the pages has reached, the newest first, with who decided. One query."""
    return list(
        TaskState.objects.filter(
            workflow_state__base_content_type=page_type(),
            workflow_state__object_id__in=[str(page.pk) for page in pages],
        )
        .select_related("task", "finished_by", "workflow_state__requested_by")
        .order_by("-started_at", "-pk")
    )


def changes_of_pages(pages: Collection[Any]) -> list[PublicChange]:
    """The corrections and withdrawals, the newest first. One query."""
    return list(PublicChange.objects.filter(page__in=[page.pk for page in pages]).select_related("made_by"))


def passes_of_pages(pages: Collection[Any]) -> list[EmbargoPass]:
    """The passes of reporters, the newest first. One query."""
    return list(
        EmbargoPass.objects.filter(page__in=[page.pk for page in pages]).select_related(
            "made_by", "revoked_by"
        )
    )


def tasks_served(pages: Collection[Any]) -> list[Task]:
    """The tasks that the piece serves in any language, each once, in the plan's order. One query."""
    served = StoryPage.objects.filter(pk__in=[page.pk for page in pages]).order_by()
    tasks = Task.objects.filter(pk__in=served.values("served_tasks__task")).select_related("plan")
    return list(tasks.order_by("plan", "order"))


def entries_of_piece(
    pages: Collection[Any], changes: Collection[PublicChange], passes: Collection[EmbargoPass]
) -> QuerySet[AuditEntry]:
    """What the audit trail holds of the piece, its corrections, withdrawals and passes. One query."""
    wanted = Q(pk__in=[])
    for model, records in ((StoryPage, pages), (PublicChange, changes), (EmbargoPass, passes)):
        kind = ContentType.objects.get_for_model(model)
        wanted |= Q(target_type=kind, target_id__in=[record.pk for record in records])
    return AuditEntry.objects.filter(wanted).select_related("by").order_by("-at", "-pk")


def edits_of_pages(pages: Collection[Any]) -> QuerySet[Any]:
    """What Wagtail has written down of the pages: begun, edited, published. One query."""
    found: QuerySet[Any] = PageLogEntry.objects.filter(page__in=[page.pk for page in pages])
    return found.select_related("user").order_by("-timestamp", "-pk")
