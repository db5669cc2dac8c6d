"""The API's description, for machines and for people."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.website.api.description import PAGING, description
from khuevan.website.api.viewsets import TABLES


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API (OpenAPI 3.1)."""
    title = _("Hà Nội: news and library for partners")
    return JsonResponse(description(request, title), json_dumps_params={"indent": 1, "ensure_ascii": False})


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """The API explained to people: how to ask, what each list holds. In English, as the API itself."""
    context = {
        "lists": TABLES,
        "paging": PAGING,
        "root": request.build_absolute_uri("/api/v1/"),
        "limit": settings.API_REQUESTS_A_MINUTE,
        "hubs": settings.WEBSUB_HUBS,
    }
    return render(request, "website/api.html", context)
