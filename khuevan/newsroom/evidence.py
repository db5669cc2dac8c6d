"""Published pieces as evidence of a task: what was published for it proves the work."""

from __future__ import annotations

from typing import cast

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


def _visible(user: User) -> QuerySet[Model]:
    return cast("QuerySet[Model]", public_stories(timezone.now()))


def _title(page: Model) -> str:
    assert isinstance(page, StoryPage)
    return str(page.title)


def _url(page: Model) -> str:
    assert isinstance(page, StoryPage)
    return str(page.get_full_url() or "")


def proofs_of_task(task: int) -> list[ShownProof]:
    """The pieces that were published for the task, the newest first; a withdrawn one says so. Three queries."""
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
    return [_shown(row, withdrawn.get(row.page_id), is_public=row.page_id in public) for row in rows]


def _shown(proof: TaskProof, withdrawal: PublicChange | None, *, is_public: bool) -> ShownProof:
    page = proof.page
    gone = ""
    if withdrawal is not None:
        gone = _("Withdrawn on %(day)s: %(reason)s") % {
            "day": timezone.localtime(withdrawal.made_at).strftime("%d/%m/%Y"),
            "reason": withdrawal.text,
        }
    elif not is_public:
        gone = _("Not public any more")
    return ShownProof(
        kind=str(page.get_kind_display()),
        title=str(page.title),
        url=str(page.get_full_url() or "") if is_public else "",
        language=str(get_language_info(page.locale.language_code)["name_translated"]),
        at=proof.shown_at,
        by=proof.shown_by.get_full_name(),
        gone=gone,
    )


PIECE_EVIDENCE = EvidenceSource(
    model=StoryPage,
    label=cast("str", gettext_lazy("Published piece")),
    visible=_visible,
    title=_title,
    url=_url,
    search_fields=("title", "summary"),
)
