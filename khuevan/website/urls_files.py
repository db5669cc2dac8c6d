"""Addresses of files of the library and of passes to pieces under embargo; the newsroom names them."""

from __future__ import annotations

from django.urls import path, re_path

from khuevan.website.views import files, passes

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
    # The first of the two is no secret: a secret has no sign but letters, digits, - and _.
    path("pass/files/<str:token>", passes.opened_file, name="pass_file"),
    path("pass/<str:secret>/", passes.opened, name="pass"),
]
