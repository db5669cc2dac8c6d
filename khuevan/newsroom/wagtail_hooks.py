"""Where the newsroom meets Wagtail: documents have one address, which asks who may have them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail import hooks


@hooks.register("before_serve_document")
def lead_to_own_address(document: Any, request: HttpRequest) -> HttpResponse:
    """Wagtail's own address of a document leads to ours: it would send it to anybody."""
    return HttpResponseRedirect(document.url)
