"""Addresses of the desks; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.programme.views import desks, directing, directing_lists

urlpatterns: list[URLPattern] = [
    path("ban-lam-viec/", desks.desk, name="desk"),
    path("ban-lam-viec/<slug:which>/", desks.desk_list, name="desk_list"),
    path("ban-dieu-hanh/", directing.directors_desk, name="directors_desk"),
    path("ban-dieu-hanh/<slug:which>/", directing_lists.directors_list, name="directors_list"),
    path("ban-don-vi/", directing.unit_desk, name="unit_desk"),
    path("ban-don-vi/<slug:which>/", directing_lists.unit_list, name="unit_list"),
]
