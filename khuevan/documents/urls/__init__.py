"""The addresses of the documents' staff pages, under /quan-tri/van-ban/."""

from __future__ import annotations

from django.urls import URLPattern

from khuevan.documents.urls import dispatches, drafts, register, reviews

app_name = "documents"
urlpatterns: list[URLPattern] = [
    *register.urlpatterns,
    *drafts.urlpatterns,
    *reviews.urlpatterns,
    *dispatches.urlpatterns,
]
