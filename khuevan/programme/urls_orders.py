"""Addresses at which work is assigned, dated, split and ordered; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
