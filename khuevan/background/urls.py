"""Addresses of background work below the staff pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.background import views

app_name = "background"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("dinh-ky/<slug:name>/chay-ngay/", views.run_now, name="run_now"),
    path("dinh-ky/<slug:name>/tam-dung/", views.pause, name="pause"),
    path("dinh-ky/<slug:name>/tiep-tuc/", views.resume, name="resume"),
    path("viec/<uuid:pk>/chay-lai/", views.run_again, name="run_again"),
]
