"""Which language a page is in: staff pages Vietnamese always, public pages as their address says."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Activates the language of the page for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff = request.path_info.startswith(settings.STAFF_PREFIX)
        # /fr/… is French whatever the browser asks: an address gives everybody the same, and caches may keep it.
        language = (
            settings.STAFF_LANGUAGE
            if staff
            else translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
