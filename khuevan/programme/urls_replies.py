"""Addresses at which units report their work, and at which it is accepted; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
