"""Addresses of the public site that are no pages: the door at /, short permanent addresses."""

from __future__ import annotations

from django.urls import path

from khuevan.website.views import doors

urlpatterns = [
    path("", doors.front_door, name="front_door"),
    path("s/<int:short_id>/", doors.permanent, name="permanent"),
]
