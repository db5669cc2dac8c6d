"""Addresses of what leaves the house, and what came as edXML."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
