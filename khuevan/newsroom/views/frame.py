"""What every staff page of the newsroom needs: the person, the frame around it, a refusal that says why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext

from khuevan.core.refusals import Arguments, View, with_reason
from khuevan.people.models import User

Crumb = tuple[str, str]


def says_why(view: View[Arguments]) -> View[Arguments]:
    """The view, whose PermissionDenied becomes the newsroom's page of refusal."""
    return with_reason(view, "newsroom/desk/refused.html")


def person_of(request: HttpRequest) -> User:
    """The person signed in; the staff frame lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def staff_page(
    request: HttpRequest, template: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """The template in the staff frame; the crumbs are (address, words), the last one the page itself."""
    home = (reverse("wagtailadmin_home"), pgettext("newsroom", "Home"))
    items = [{"url": url, "label": label} for url, label in (home, *crumbs)]
    return render(
        request, template, {"breadcrumbs_items": items, "header_icon": "edit", **context}, status=status
    )


def page_links(sheet: Page[Any], wishes: QueryDict) -> list[dict[str, Any]]:
    """The numbers of pages with their addresses, as `documents/register/pages.html` shows them."""
    kept = wishes.copy()
    links = []
    for number in sheet.paginator.get_elided_page_range(sheet.number):
        kept["page"] = str(number)
        links.append({"number": number, "url": f"?{kept.urlencode()}"})
    return links


def add_errors(form: Any, error: ValidationError) -> None:
    """Puts what an action refused at the fields that it names; above the form where it is not offered."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
