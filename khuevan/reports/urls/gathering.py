"""Addresses of cycles and of what units sent."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.reports.views import cycle, cycle_data, cycle_units, cycles

urlpatterns: list[URLPattern] = [
    path("ky/", cycles.cycles, name="cycles"),
    path("ky/mo/", cycles.open_period, name="open_period"),
    path("ky/mo-bao-cao/", cycles.open_cycle, name="open_cycle"),
    path("ky/<int:pk>/", cycle.cycle, name="cycle"),
    path("ky/<int:pk>/nhac/", cycle.call, name="cycle_call"),
    path("ky/<int:pk>/dong/", cycle.close, name="cycle_close"),
    path("ky/<int:pk>/mo-lai/", cycle.reopen, name="cycle_reopen"),
    path("ky/<int:pk>/them-don-vi/", cycle_units.take_in, name="cycle_take_in"),
    path("ky/don-vi/<int:pk>/mien/", cycle_units.release, name="release_unit"),
    path("ky/<int:pk>/so-lieu/", cycle_data.figures, name="cycle_figures"),
    path("ky/<int:pk>/bang/", cycle_data.matrix_page, name="cycle_matrix"),
    path("ky/<int:pk>/so-lieu.csv", cycle_data.csv_file, name="cycle_csv"),
    path("ky/<int:pk>/so-lieu.xlsx", cycle_data.xlsx_file, name="cycle_xlsx"),
    path("ky/don-vi/<int:pk>/tra-lai/", cycle.return_report, name="return_unit_report"),
]
