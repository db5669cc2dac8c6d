"""Refusals that say why, in the staff frame, and addresses that only take what is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def with_reason(view: View[Arguments], template: str) -> View[Arguments]:
    """The view, whose PermissionDenied becomes a page with status 403 that gives the reason (`reason`).

    Wagtail would send the officer home with a sentence that gives none.
    """

    @wraps(view)
    def answered(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as error:
            return render(request, template, {"reason": str(error)}, status=403)

    return answered


def takes_only_posts(view: View[Arguments]) -> View[Arguments]:
    """The view, which is no page: whoever only looks finds nothing there."""

    @wraps(view)
    def answered(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if request.method != "POST":
            raise Http404
        return view(request, *args, **kwargs)

    return answered


def sentences(error: ValidationError) -> str:
    """What is wrong, as one text."""
    return " ".join(str(message) for message in error.messages)
