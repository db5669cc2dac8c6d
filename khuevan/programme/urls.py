"""Addresses of the programme below the staff pages: import here, the rest by what one comes for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from khuevan.programme.views import imports, source

app_name = "programme"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nhap/", imports.imports, name="imports"),
    path("nhap/moi/", imports.upload, name="import_upload"),
    path("nhap/<int:pk>/", imports.review, name="import_review"),
    path("nhap/<int:pk>/bo/", imports.discard, name="import_discard"),
    path("ke-hoach/<int:plan>/van-ban/", source.text, name="source"),
    path("ke-hoach/<int:plan>/van-ban/<int:number>/", source.text, name="source_version"),
    path("ke-hoach/<int:plan>/tep/<int:number>/", source.file, name="source_file"),
    *(
        path("", include(f"khuevan.programme.{name}"))
        for name in (
            "urls_browse",
            "urls_replies",
            "urls_orders",
            "urls_desks",
            "urls_planning",
            "urls_reminders",
        )
    ),
]
