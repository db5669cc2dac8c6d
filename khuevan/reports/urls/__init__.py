"""The addresses of the reports' staff pages, under /quan-tri/bao-cao/."""

from __future__ import annotations

from django.urls import URLPattern

from khuevan.reports.urls import forms, gathering, reports, rules

app_name = "reports"
urlpatterns: list[URLPattern] = [
    *forms.urlpatterns,
    *gathering.urlpatterns,
    *reports.urlpatterns,
    *rules.urlpatterns,
]
