"""Published pieces as evidence of a task: what was published for it proves the work."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import PublicChange, StoryPage, TaskProof
from khuevan.newsroom.release import public_stories
from khuevan.people.models import User
from khuevan.programme.evidence import EvidenceSource
from khuevan.programme.extensions import ShownProof


def public_address(page: StoryPage) -> str:
    """Where readers find the page: on the host that the installation is known under, not that of Wagtail's record."""
    url = str(page.get_url() or "")
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{url}" if url.startswith("/") else url


def _visible(user: User) -> QuerySet[Model]:
    return cast("QuerySet[Model]", public_stories(timezone.now()))


def _title(page: Model) -> str:
    assert isinstance(page, StoryPage)
    return str(page.title)


def _url(page: Model) -> str:
    assert isinstance(page, StoryPage)
    return public_address(page)


def proofs_of_task(task: int) -> list[ShownProof]:
    """The pieces that were published for the task, the newest first, each once with its languages. Three queries.

    What was withdrawn stands for itself, with the reason that readers are told.
    """
    rows = list(
        TaskProof.objects.filter(task=task)
        .select_related("page__locale", "shown_by")
        .order_by("-shown_at", "-pk")
    )
    keys = [row.page_id for row in rows]
    withdrawn = {
        change.page_id: change
        for change in PublicChange.objects.filter(page__in=keys, kind=ChangeKind.WITHDRAWAL)
    }
    public = set(public_stories(timezone.now()).filter(pk__in=keys).values_list("pk", flat=True))
    pieces: dict[int, list[TaskProof]] = {}
    gone: list[ShownProof] = []
    for row in rows:
        if row.page_id in public:
            pieces.setdefault(row.page.short_id, []).append(row)
        else:
            gone.append(_shown(row, (), _why_gone(withdrawn.get(row.page_id))))
    return [_with_languages(same) for same in pieces.values()] + gone


def _with_languages(same: list[TaskProof]) -> ShownProof:
    """One piece under its Vietnamese title, where it has one, else under that of its first language."""
    same.sort(key=lambda row: (row.page.locale.language_code != "vi", row.page_id))
    head, *others = same
    links = tuple((_language_of(row), public_address(row.page)) for row in others)
    return _shown(head, links, "")


def _why_gone(withdrawal: PublicChange | None) -> str:
    if withdrawal is None:
        return _("Not public any more")
    day = timezone.localtime(withdrawal.made_at).strftime("%d/%m/%Y")
    return _("Withdrawn on %(day)s: %(reason)s") % {"day": day, "reason": withdrawal.text}


def _shown(proof: TaskProof, others: tuple[tuple[str, str], ...], gone: str) -> ShownProof:
    page = proof.page
    return ShownProof(
        kind=str(page.get_kind_display()),
        title=str(page.title),
        url="" if gone else public_address(page),
        language=_language_of(proof),
        at=proof.shown_at,
        by=proof.shown_by.get_full_name(),
        others=others,
        gone=gone,
    )


def _language_of(proof: TaskProof) -> str:
    return str(get_language_info(proof.page.locale.language_code)["name_translated"])


PIECE_EVIDENCE = EvidenceSource(
    model=StoryPage,
    label=cast("str", gettext_lazy("Published piece")),
    visible=_visible,
    title=_title,
    url=_url,
    search_fields=("title", "summary"),
)
