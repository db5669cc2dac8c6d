"""Refusals that say why, in the staff frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
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
