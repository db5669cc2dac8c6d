"""A publication that was refused is told in sentences to whoever asked for it, whichever page it was asked from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from khuevan.newsroom.reviewed import PublicationRefused


class RefusedPublicationMiddleware:
    """Turns a PublicationRefused of the staff pages into messages on the page from which somebody came.

    Wagtail publishes at the end of a review, in bulk and on revert, and asks at none of these whether that may fail.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The way back with every reason; None for what is no refusal, which is nobody's to explain."""
        if not isinstance(problem, PublicationRefused) or not request.path_info.startswith(
            settings.STAFF_PREFIX
        ):
            return None
        messages.error(request, _("Nothing was published, and no step was decided:"))
        for sentence in problem.messages:
            messages.error(request, sentence)
        back = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            back = reverse("newsroom_desk:waiting")
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # Wagtail's dialogue goes where it is told.
            return JsonResponse({"step": "success", "redirect": back})
        return HttpResponseRedirect(back)
