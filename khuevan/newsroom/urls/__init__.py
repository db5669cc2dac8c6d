"""The addresses of the newsroom's staff pages, under /quan-tri/toa-soan/.

Files of the library have the namespace `newsroom` (`khuevan.website.urls_files`): those are public addresses.
"""

from __future__ import annotations

from django.urls import URLPattern

from khuevan.newsroom.urls import desk, library, translation

app_name = "newsroom_desk"
urlpatterns: list[URLPattern] = [*desk.urlpatterns, *library.urlpatterns, *translation.urlpatterns]
