"""The hints for a piece as it stands in the editor, before it is saved."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from khuevan.core.refusals import takes_only_posts
from khuevan.newsroom.hints import hints_of, reading_measure
from khuevan.newsroom.views.frame import says_why
from khuevan.newsroom.views.translation import page_or_404


@takes_only_posts
@says_why
def hints(request: HttpRequest, pk: int) -> HttpResponse:
    """The hints, as a piece of HTML; nothing is saved."""
    page = page_or_404(request, pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied(_("You may not edit this page."))
    form_class: Any = page.get_edit_handler().get_form_class()
    form = form_class(request.POST, instance=page.get_latest_revision_as_object(), for_user=request.user)
    form.defer_required_fields()
    if not _is_in_order(form):
        context: dict[str, Any] = {
            "problem": _("Hints come back once the fields marked in the form are in order.")
        }
    else:
        story = form.save(commit=False)
        context = {"hints": hints_of(story), "measure": reading_measure(story)}
    return render(request, "newsroom/hints/list.html", context)


def _is_in_order(form: Any) -> bool:
    """Whether the form can be read as a piece; a part of one, as somebody may send, is none."""
    try:
        return bool(form.is_valid())
    except (KeyError, ValueError):
        return False
