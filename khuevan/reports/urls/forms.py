"""Addresses of units' forms."""

from __future__ import annotations

from django.urls import path

from khuevan.reports.views import form_sheets, own_reports, unit_records, unit_report

urlpatterns = [
    path("cua-don-vi/", own_reports.my_reports, name="my_reports"),
    path("don-vi/<int:pk>/", unit_report.unit_report, name="unit_report"),
    path("don-vi/<int:pk>/so-lieu/<int:indicator>/", unit_records.unit_records, name="unit_records"),
    path("don-vi/<int:pk>/bieu-mau.xlsx", form_sheets.form_sheet, name="form_sheet"),
    path("don-vi/<int:pk>/nap-bieu-mau/", form_sheets.form_upload, name="form_upload"),
]
