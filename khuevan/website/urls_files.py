"""Addresses of files of the library; the newsroom's records name them."""

from __future__ import annotations

from django.urls import path, re_path

from khuevan.website.views import files

app_name = "newsroom"
urlpatterns = [
    path("pictures/<int:pk>/<str:name>", files.rendition, name="rendition"),
    path("files/<int:pk>/<str:name>", files.document, name="document"),
    path("videos/<int:pk>/<str:name>", files.video, name="video"),
    path("videos/<int:pk>/captions/<str:language>.vtt", files.captions, name="captions"),
    re_path(
        r"^downloads/(?P<kind>pictures|documents|videos)/(?P<pk>[0-9]{1,18})/(?P<size>[a-z]{1,20})/$",
        files.download,
        name="download",
    ),
]
