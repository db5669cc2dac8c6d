"""Addresses of the reminders: what was sent, and the ladder; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
