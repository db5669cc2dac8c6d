"""Addresses of the pages for looking at the programme; `urls` takes them in."""

from __future__ import annotations

from django.urls import path

from khuevan.programme.views import browse, export, gantt, task

urlpatterns = [
    path("", browse.index, name="index"),
    path("ke-hoach/<int:plan>/", browse.overview, name="overview"),
    path("ke-hoach/<int:plan>/don-vi/", browse.units, name="units"),
    path("ke-hoach/<int:plan>/don-vi/<int:unit>/", browse.unit, name="unit"),
    path("ke-hoach/<int:plan>/dong-thoi-gian/", gantt.timeline, name="timeline"),
    path("ke-hoach/<int:plan>/danh-sach/", browse.tasks, name="tasks"),
    path("ke-hoach/<int:plan>/danh-sach/csv/", export.csv_file, name="tasks_csv"),
    path("ke-hoach/<int:plan>/danh-sach/xlsx/", export.xlsx_file, name="tasks_xlsx"),
    path("nhiem-vu/<int:pk>/", task.task, name="task"),
]
