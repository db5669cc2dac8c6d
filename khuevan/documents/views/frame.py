"""What every page of official documents needs: the person, the frame around it, a refusal that says why."""

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
    """The view, whose PermissionDenied becomes the documents' page of refusal."""
    return with_reason(view, "documents/refused.html")


def person_of(request: HttpRequest) -> User:
    """The person signed in; the staff frame lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def staff_page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """The template in the staff frame below the documents' breadcrumb; the last crumb is the page itself."""
    first = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("documents:outgoing"), _("Official documents")),
    ]
    items = [{"url": url, "label": label} for url, label in (*first, *crumbs)]
    frame = {"breadcrumbs_items": items, "header_icon": "doc-full"}
    return render(request, template, {**frame, **context}, status=status)
