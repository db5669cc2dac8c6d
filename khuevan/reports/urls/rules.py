"""Addresses of reporting rules, their forms and targets."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.reports.views import rule_versions, rule_writing, rules

# What a version consists of, as its addresses name it.
_KIND = "<slug:kind>"

urlpatterns: list[URLPattern] = [
    path("quy-dinh/", rules.rules, name="rules"),
    path("quy-dinh/moi/", rule_writing.new_rule, name="rule_new"),
    path("quy-dinh/chi-tieu-ke-hoach/<slug:code>/", rules.targets, name="targets"),
    path("quy-dinh/<int:pk>/", rules.rule, name="rule"),
    path("quy-dinh/<int:pk>/dau-muc/", rule_writing.head, name="rule_head"),
    path("quy-dinh/<int:pk>/don-vi-noi-nhan/", rule_writing.people, name="rule_people"),
    path("quy-dinh/<int:pk>/bieu-mau/", rule_writing.form_builder, name="rule_form"),
    path(f"quy-dinh/<int:pk>/them/{_KIND}/", rule_writing.new_part, name="part_new"),
    path("quy-dinh/<int:pk>/hieu-luc/", rule_versions.in_force, name="rule_in_force"),
    path("quy-dinh/<int:pk>/phien-ban-moi/", rule_versions.new_version, name="rule_new_version"),
    path("quy-dinh/<int:pk>/ket-thuc/", rule_versions.end, name="rule_end"),
    path("quy-dinh/<int:pk>/bo/", rule_versions.discard, name="rule_discard"),
    path(f"quy-dinh/phan/<int:pk>/them/{_KIND}/", rule_writing.new_line, name="line_new"),
    path(f"quy-dinh/muc/{_KIND}/<int:pk>/", rule_writing.part, name="part"),
    path(f"quy-dinh/muc/{_KIND}/<int:pk>/chuyen/", rule_writing.part_move, name="part_move"),
    path(f"quy-dinh/muc/{_KIND}/<int:pk>/bo/", rule_writing.part_removal, name="part_removal"),
]
