"""One piece as its page shows it: each language, the steps of its review, what happened to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from khuevan.core.deeds import deed_name
from khuevan.core.models import AuditEntry
from khuevan.newsroom.choices import ChangeKind, LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import PublicChange, StoryPage
from khuevan.newsroom.presenters.language_cells import LanguageCell, cell_of, moment
from khuevan.newsroom.rules import Problem, problems_of
from khuevan.newsroom.translation.sources import translation_of

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """Somewhere that the page leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class LanguageCard:
    """One language: its state, what is known of it, what is not in order, where it is worked on."""

    cell: LanguageCell
    title: str
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to the piece: when, who (empty: it happened by itself), what, in which language."""

    at: datetime
    who: str
    what: str
    where: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class StepItem:
    """One step of a review: what it decided, with which words."""

    name: str
    language: str
    state: str
    is_open: bool
    who: str
    at: datetime | None
    words: str
    submitted_by: str


def card_of(page: Any, *, writes: bool, decides: bool) -> LanguageCard:
    """The card of the page's language."""
    cell = cell_of(page.locale.language_code, page)
    problems = () if page.standing == LanguageStanding.WITHDRAWN else tuple(_problems(page))
    ways = tuple(_ways(page, writes=writes, decides=decides))
    return LanguageCard(cell, page.draft_title or page.title, tuple(_facts(page)), problems, ways)


def _problems(page: Any) -> Iterable[Problem]:
    newest = page.latest_revision.as_object() if page.latest_revision is not None else page
    assert isinstance(newest, StoryPage)
    return problems_of(newest)


def _facts(page: Any) -> Iterable[Fact]:
    yield _("Text"), str(TranslationOrigin(page.written_origin).label)
    if page.owner is not None:
        yield _("Begun by"), str(page.owner)
    if page.translated_by:
        yield _("Translated by"), page.translated_by
    if page.reviewed_by is not None:
        yield _("Reviewed by"), f"{page.reviewed_by}, {moment(page.reviewed_at)}"
    if page.latest_revision is not None:
        who = page.latest_revision.user
        at = moment(page.latest_revision.created_at)
        yield _("Newest text"), f"{who}, {at}" if who else at
    if page.live and page.first_published_at is not None:
        yield _("Published on"), moment(page.first_published_at)
    if page.goes_live_at is not None:
        yield _("Goes out"), moment(page.goes_live_at)
    if page.expire_at is not None:
        yield _("Shown until"), moment(page.expire_at)


def _ways(page: Any, *, writes: bool, decides: bool) -> Iterable[Way]:
    if writes or decides:
        yield Way(_("Edit"), reverse("wagtailadmin_pages:edit", args=[page.pk]))
        yield Way(_("View the draft"), reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        if page.live and page.has_unpublished_changes:
            compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
            yield Way(_("Compare with what is published"), compare)
        yield Way(_("Versions"), reverse("wagtailadmin_pages:history", args=[page.pk]))
    if page.origin != TranslationOrigin.ORIGINAL:
        if writes and translation_of(page) is not None:
            yield Way(_("Translate by paragraphs"), reverse("newsroom_desk:paragraphs", args=[page.pk]))
        if page.source_changed:
            changes = reverse("newsroom_desk:source_changes", args=[page.pk])
            yield Way(_("What changed in the original"), changes)
        yield Way(_("Compare with the original"), reverse("newsroom_desk:vouch", args=[page.pk]))
    if page.live and page.url:
        yield Way(_("View the public page"), page.url)


def step_item(step: TaskState, names: dict[int, str]) -> StepItem:
    """The step; `names` are the names of the languages by the page's key."""
    words = {
        TaskState.STATUS_IN_PROGRESS: _("waits for a decision"),
        TaskState.STATUS_APPROVED: _("let it go on"),
        TaskState.STATUS_REJECTED: _("returned it"),
        TaskState.STATUS_SKIPPED: _("skipped"),
        TaskState.STATUS_CANCELLED: _("taken back"),
    }
    return StepItem(
        name=step.task.name,
        language=names.get(int(step.workflow_state.object_id), ""),
        state=words.get(step.status, step.status),
        is_open=step.status == TaskState.STATUS_IN_PROGRESS,
        who=str(step.finished_by or ""),
        at=step.finished_at or step.started_at,
        words=step.comment,
        submitted_by=str(step.workflow_state.requested_by or ""),
    )


def happenings(
    entries: Iterable[AuditEntry],
    edits: Iterable[Any],
    changes: Collection[PublicChange],
    names: dict[int, str],
) -> list[Happening]:
    """What happened, the newest first: our own deeds from the audit trail, edits from Wagtail's log.

    Wagtail writes down too what stands here as a deed of ours (begun, withdrawn): that is left out. Every saving of
    the editor is one line of its log; of those of one person in one language after each other the last stands here.
    """
    by_change = {change.pk: change for change in changes}
    entries = list(entries)
    withdrawn = {change.page_id for change in changes if change.kind == ChangeKind.WITHDRAWAL}
    begun = {entry.target_id for entry in entries if entry.verb == "begin_piece"}
    ours = {("wagtail.unpublish", key) for key in withdrawn} | {("wagtail.create", key) for key in begun}
    found = [
        Happening(
            entry.at,
            str(entry.by),
            deed_name(entry.verb) or entry.verb,
            _where(entry, by_change, names),
            _words(entry, by_change),
        )
        for entry in entries
    ]
    found.extend(
        Happening(
            edit.timestamp,
            str(edit.user or ""),
            edit.message,
            names.get(edit.page_id, ""),
            edit.comment or "",
        )
        for edit in edits
        if (edit.action, edit.page_id) not in ours
    )
    newest_first = sorted(found, key=lambda one: one.at, reverse=True)
    return [
        one
        for number, one in enumerate(newest_first)
        if number == 0 or _said(newest_first[number - 1]) != _said(one)
    ]


def _said(one: Happening) -> tuple[str, str, str, str]:
    return one.who, one.what, one.where, one.words


def _change(entry: AuditEntry, by_change: dict[int, PublicChange]) -> PublicChange | None:
    is_change = entry.target_type.model_class() is PublicChange
    return by_change.get(entry.target_id) if is_change else None


def _where(entry: AuditEntry, by_change: dict[int, PublicChange], names: dict[int, str]) -> str:
    change = _change(entry, by_change)
    if change is not None:
        return names.get(change.page_id, "")
    return (
        names.get(entry.target_id, "") if entry.target_type.model_class() is StoryPage else entry.target_label
    )


def _words(entry: AuditEntry, by_change: dict[int, PublicChange]) -> str:
    change = _change(entry, by_change)
    return change.text if change is not None else ""


def names_by_page(pages: Iterable[Any]) -> dict[int, str]:
    """The languages of the pages, as the office calls them, by the page's key."""
    called = dict(settings.LANGUAGES)
    return {page.pk: str(called.get(page.locale.language_code, page.locale.language_code)) for page in pages}
