"""Addresses of files of the library; the newsroom's records name them."""

from __future__ import annotations

from django.urls import path

from khuevan.website.views import files

app_name = "newsroom"
urlpatterns = [
    path("pictures/<int:pk>/<str:name>", files.rendition, name="rendition"),
    path("files/<int:pk>/<str:name>", files.document, name="document"),
]
