"""Addresses of the register, its documents and their files."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
