"""Around every answer of the API: who may ask how often, from which pages, and what has not changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.cache import get_conditional_response

from khuevan.website.api.limits import seconds_to_wait

_METHODS: Final = "GET, HEAD, OPTIONS"


def public_api(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view as an answer of the API: read only, for pages of any origin, with a tag, limited by connection."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, args, kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        response.headers.setdefault("Content-Language", "en")
        return response

    # Nothing is written here, and a form's token would be a cookie.
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _answer(
    view: Callable[..., HttpResponse], request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Allow": _METHODS,
                "Access-Control-Allow-Methods": _METHODS,
                "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Accept",
                "Access-Control-Max-Age": "86400",
            },
        )
    if request.method not in ("GET", "HEAD"):
        return JsonResponse({"message": "this API is read only"}, status=405, headers={"Allow": _METHODS})
    wait = seconds_to_wait(request)
    if wait:
        return JsonResponse(
            {"message": f"too many requests: ask again in {wait} seconds"},
            status=429,
            headers={"Retry-After": str(wait), "Cache-Control": "no-store"},
        )
    # Sentences of the API are English, whatever its address.
    with translation.override("en"):
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response = response.render()
    # Asked anew each time, by the tag: what was withdrawn a minute ago must not be taken from a partner's cache.
    response.headers["Cache-Control"] = "no-cache"
    if response.status_code != 200:
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    conditional = get_conditional_response(request, etag=tag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
