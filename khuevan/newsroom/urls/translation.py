"""Translating, and what helps while writing."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from khuevan.newsroom.views import hints, translation, translation_files

urlpatterns: list[URLPattern] = [
    path("tin-bai/<int:short_id>/dich/", translation.choose_languages, name="translate"),
    path("ban/<int:pk>/dich-theo-doan/", translation.paragraphs, name="paragraphs"),
    path("ban/<int:pk>/may-dich/", translation.let_machine_translate, name="machine_translation"),
    path("ban/<int:pk>/ban-goc/", translation.source_changes, name="source_changes"),
    path("ban/<int:pk>/tep-dich/", translation_files.file_in, name="translation_file_in"),
    path("ban/<int:pk>/goi-y/", hints.hints, name="hints"),
    re_path(
        r"^ban/(?P<pk>\d+)/tep-dich\.(?P<form>xlf|po)$", translation_files.file_out, name="translation_file"
    ),
]
