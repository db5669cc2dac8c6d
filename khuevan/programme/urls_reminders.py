"""Addresses of the reminders: what was sent, and the ladder; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.programme.views import reminders

urlpatterns: list[URLPattern] = [
    path("nhac-viec/", reminders.reminders, name="reminders"),
    path("nhac-viec/bac-thang/", reminders.ladder, name="ladder"),
    path("nhac-viec/bac-thang/moi/", reminders.add_rung, name="rung_add"),
    path("nhac-viec/bac-thang/<int:pk>/", reminders.edit_rung, name="rung_edit"),
    path("nhac-viec/bac-thang/<int:pk>/bo/", reminders.drop_rung, name="rung_remove"),
]
