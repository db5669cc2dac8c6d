"""Addresses of drafts and their pictures."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.documents.views import draft, draft_deeds, draft_pages, draft_versions, drafts

urlpatterns: list[URLPattern] = [
    path("du-thao/", drafts.drafts, name="drafts"),
    path("du-thao/moi/", drafts.draft_new, name="draft_new"),
    path("du-thao/mau/", drafts.templates, name="draft_templates"),
    path("du-thao/mau/<int:pk>/thoi-dung/", drafts.template_retire, name="draft_template_retire"),
    path("du-thao/gop-y/<int:pk>/xong/", draft_deeds.settle, name="draft_comment_settle"),
    path("du-thao/<int:pk>/", draft.draft, name="draft"),
    path("du-thao/<int:pk>/dan/", draft.paste, name="draft_paste"),
    path("du-thao/<int:pk>/can-cu/", draft.bases_found, name="draft_bases"),
    path("du-thao/<int:pk>/ban-in/", draft_pages.pages, name="draft_pages"),
    path("du-thao/<int:pk>/ban-in/<int:version>/<int:number>.png", draft_pages.page, name="draft_page"),
    path("du-thao/<int:pk>/hinh/<str:name>", draft_pages.picture, name="draft_picture"),
    path("du-thao/<int:pk>/tai/pdf/", draft_pages.file, {"kind": "pdf"}, name="draft_pdf"),
    path("du-thao/<int:pk>/tai/word/", draft_pages.file, {"kind": "word"}, name="draft_word"),
    path("du-thao/<int:pk>/phien-ban/", draft_versions.versions, name="draft_versions"),
    path("du-thao/<int:pk>/phien-ban/khoi-phuc/", draft_versions.restore, name="draft_restore"),
    path("du-thao/<int:pk>/gop-y/", draft_deeds.comment, name="draft_comment"),
    path("du-thao/<int:pk>/bo/", draft_deeds.abandon, name="draft_abandon"),
    path("du-thao/<int:pk>/luu-mau/", draft_deeds.as_template, name="draft_as_template"),
]
