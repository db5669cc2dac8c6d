"""One language of a piece as lists and pages show it: a sign, a word, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from khuevan.newsroom.choices import LanguageStanding
from khuevan.newsroom.queries.pieces import RETURNED, PieceLine

EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class LanguageCell:
    """`sign` is the code of the shape (a LanguageStanding, RETURNED or EXPIRED); `words` say it; `more` what holds
    beside it. `page` is None where the language is missing.
    """

    code: str
    language: str
    sign: str
    words: str
    more: tuple[str, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One piece as the list shows it."""

    line: PieceLine
    title: str
    url: str
    kind: str
    author: str
    cells: tuple[LanguageCell, ...]

    @property
    def lacking(self) -> list[str]:
        """The languages that are missing, where there is no room for a column each."""
        return [cell.language for cell in self.cells if cell.page is None]


def row_of(line: PieceLine, languages: list[str]) -> PieceRow:
    """The row; a language of the site in which there is no page says so."""
    head = line.head
    # Staff read Vietnamese: the piece is called so where it is there in Vietnamese.
    shown = line.pages.get(settings.STAFF_LANGUAGE) or head
    writer = head.owner or (head.latest_revision.user if head.latest_revision else None)
    return PieceRow(
        line=line,
        title=shown.draft_title or shown.title,
        url=reverse("newsroom_desk:piece", args=[head.short_id]),
        kind=head.get_kind_display(),
        author=str(writer) if writer else head.byline,
        cells=tuple(cell_of(code, line.pages.get(code)) for code in languages),
    )


def cell_of(code: str, page: Any) -> LanguageCell:
    """The state of the page (of `with_standings`) in the language; of None, that it is missing."""
    language = str(dict(settings.LANGUAGES).get(code, code))
    if page is None:
        return LanguageCell(
            code, language, LanguageStanding.MISSING, str(LanguageStanding.MISSING.label), (), None
        )
    standing = LanguageStanding(page.standing)
    sign, words = str(standing), str(standing.label)
    more: list[str] = []
    returned = page.review == WorkflowState.STATUS_NEEDS_CHANGES
    if standing == LanguageStanding.IN_REVIEW:
        words = page.step or words
    elif standing == LanguageStanding.WAITING:
        more.append(moment(page.goes_live_at) or _("goes out with its other languages"))
    elif standing == LanguageStanding.DRAFT and returned:
        sign, words = RETURNED, _("Returned to be changed")
    elif standing == LanguageStanding.DRAFT and page.expired:
        sign, words = EXPIRED, _("Time to be shown is over")
    if returned and sign != RETURNED:
        more.append(_("Returned to be changed"))
    if page.live and standing not in (LanguageStanding.PUBLISHED, LanguageStanding.WITHDRAWN):
        more.append(_("published in an earlier wording") if page.has_unpublished_changes else _("published"))
    elif standing == LanguageStanding.PUBLISHED and page.has_unpublished_changes:
        more.append(_("newer draft"))
    if page.source_changed and standing not in (LanguageStanding.CHANGED, LanguageStanding.WITHDRAWN):
        more.append(str(LanguageStanding.CHANGED.label))
    return LanguageCell(code, language, sign, words, tuple(more), page.pk)


def moment(at: Any) -> str:
    """The moment in the office's time, to the minute: 09:00, 28/11/2026."""
    return date_format(timezone.localtime(at), "H:i, d/m/Y") if at is not None else ""
