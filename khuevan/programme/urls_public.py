"""Addresses of the programme outside the staff pages: calendars, each under its own secret."""

from __future__ import annotations

from django.urls import path

from khuevan.programme.views import deadline_feed

urlpatterns = [
    path("lich/<slug:secret>.ics", deadline_feed.deadlines, name="programme_deadlines"),
]
