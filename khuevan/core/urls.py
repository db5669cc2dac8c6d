"""Addresses of the audit trail below the staff pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.core import views

app_name = "audit"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("tai-ve/", views.export, name="export"),
]
