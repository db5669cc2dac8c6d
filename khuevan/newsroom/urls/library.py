"""The library in the staff pages, but for Wagtail's own lists and forms."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.newsroom.views import library

urlpatterns: list[URLPattern] = [path("thu-vien/", library.library_report, name="library")]
