"""Addresses of composed reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.reports.views import figure, report, report_deeds, report_files, reports

urlpatterns: list[URLPattern] = [
    path("tong-hop/", reports.reports, name="reports"),
    path("tong-hop/bat-dau/<int:pk>/", reports.compose, name="compose"),
    path("tong-hop/<int:pk>/", report.report, name="report"),
    path("tong-hop/<int:pk>/loi-chung/", report.words, name="report_words"),
    path("tong-hop/<int:pk>/loi/<int:passage>/", report.passage, name="passage"),
    path("tong-hop/<int:pk>/loi/<int:passage>/<slug:deed>/", report.passage_deed, name="passage_deed"),
    path("tong-hop/<int:pk>/so-lieu/<slug:code>/", figure.figure, name="figure"),
    path("tong-hop/<int:pk>/tong-hop-lai/", report_deeds.gather, name="gather_again"),
    path("tong-hop/<int:pk>/bo/", report_deeds.discard, name="discard"),
    path("tong-hop/<int:pk>/chot/", report_deeds.freeze, name="freeze"),
    path("tong-hop/<int:pk>/dinh-chinh/", report_deeds.correct, name="correct"),
    path("tong-hop/<int:pk>/ban-truoc/", report.changes, name="report_changes"),
    path("tong-hop/<int:pk>/tom-tat-tieng-anh/", report.english, name="report_english"),
    path("tong-hop/<int:pk>/tom-tat-tieng-anh.pdf", report_files.english_page, name="report_english_pdf"),
    path("tong-hop/<int:pk>/du-lieu.xlsx", report_files.workbook, name="report_xlsx"),
    path("tong-hop/<int:pk>/du-lieu/<slug:table>.csv", report_files.table, name="report_csv"),
]
