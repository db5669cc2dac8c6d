"""Addresses for recipients without an account: files of a document that were too large for its mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.documents.views import links

app_name = "document_links"
urlpatterns: list[URLPattern] = [path("van-ban/tep/<str:token>/", links.file, name="file")]
