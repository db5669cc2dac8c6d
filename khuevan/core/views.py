"""The page of the audit trail, and the trail as a file. Nothing here changes or removes an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.audit_chain import chain_state, export_lines, link_entries
from khuevan.core.forms import TrailFilterForm
from khuevan.core.models import AuditEntry
from khuevan.core.permissions import check_can_see_trail
from khuevan.core.presenters import days_of_trail, digest_groups, grouped
from khuevan.core.trail import COUNTED, Place, counted, page_of_trail

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: core knows nothing of people when it runs.

JSON_LINES = "application/jsonl"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, as far as the filters let it through, with the state of its chain."""
    check_can_see_trail(request.user)
    form = TrailFilterForm(request.GET)
    criteria = form.criteria()
    page = page_of_trail(
        criteria,
        before=Place.read(request.GET.get("before", "")),
        after=Place.read(request.GET.get("after", "")),
    )
    # Whoever filters or turns pages has come for the entries.
    shows_chain = not (criteria.narrows or page.has_newer)
    chain = None if criteria.narrows else chain_state()
    count = counted(criteria) if chain is None else chain.length + chain.waiting
    context = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Audit trail")},
        ],
        "form": form,
        "criteria": criteria,
        "days": days_of_trail(page.entries),
        "count": count,
        "count_text": grouped(min(count, COUNTED) if criteria.narrows else count),
        "count_is_least": criteria.narrows and count > COUNTED,
        "newer_url": _address(request.GET, "after", page.entries[0])
        if page.has_newer and page.entries
        else "",
        "older_url": _address(request.GET, "before", page.entries[-1])
        if page.has_older and page.entries
        else "",
        "newest_url": _address(request.GET) if page.has_newer else "",
        "chain": chain if shows_chain else None,
        "length_text": grouped(chain.length) if chain else "",
        "waiting_text": grouped(chain.waiting) if chain else "",
        "digest_groups": digest_groups(chain.head) if chain else [],
    }
    return render(request, "core/trail/index.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole trail as JSON Lines with its digests, entry by entry; ties in first what waits."""
    check_can_see_trail(request.user)
    user = cast("User", request.user)
    link_entries()
    response = StreamingHttpResponse(
        export_lines(chain_state(), made_by=f"{user.get_full_name()} ({user.get_username()})"),
        content_type=JSON_LINES,
    )
    filename = f"nhat-ky-{clock.now():%Y-%m-%d-%H%M}.jsonl"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(wishes: QueryDict, name: str = "", entry: AuditEntry | None = None) -> str:
    """The address of another page of the same list: its first, or the one `before` or `after` the entry."""
    kept = wishes.copy()
    for paging in ("before", "after"):
        kept.pop(paging, None)
    for empty in [wish for wish, value in kept.items() if not value]:
        del kept[empty]
    if entry is not None:
        kept[name] = str(Place.of(entry))
    return f"?{kept.urlencode()}" if kept else "."
