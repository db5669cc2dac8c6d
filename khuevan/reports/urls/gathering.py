"""Addresses of cycles and of what units sent."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.reports.views import cycle, cycles

urlpatterns: list[URLPattern] = [
    path("ky/", cycles.cycles, name="cycles"),
    path("ky/<int:pk>/", cycle.cycle, name="cycle"),
]
