"""What every page of reports needs: the person, the frame around it, a refusal that says why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.core.refusals import Arguments, View, with_reason
from khuevan.people.models import User

Crumb = tuple[str, str]


def says_why(view: View[Arguments]) -> View[Arguments]:
    """The view, whose PermissionDenied becomes the reports' page of refusal."""
    return with_reason(view, "reports/refused.html")


def person_of(request: HttpRequest) -> User:
    """The person signed in; the staff frame lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def staff_page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """The template in the staff frame; the crumbs are (address, words), the last one the page itself."""
    items = [
        {"url": url, "label": label} for url, label in ((reverse("wagtailadmin_home"), _("Home")), *crumbs)
    ]
    frame = {"breadcrumbs_items": items, "header_icon": "clipboard-list"}
    return render(request, template, {**frame, **context}, status=status)
