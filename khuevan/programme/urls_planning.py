"""Addresses of the Gantt chart, the calendar, the board and their subscriptions; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
