"""Addresses at which units report their work, and at which it is accepted; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.programme.views import evidence, replies, reply_lists, verdicts

urlpatterns: list[URLPattern] = [
    path("ky-han/<int:pk>/", replies.instalment, name="instalment"),
    path("ky-han/<int:pk>/bao-cao/", replies.reply, name="reply"),
    path("ky-han/<int:pk>/bo-ban-nhap/", replies.discard_draft, name="discard_draft"),
    path("ky-han/<int:pk>/khong-yeu-cau/", verdicts.waive, name="waive_instalment"),
    path("bao-cao/<int:pk>/nghiem-thu/", verdicts.accept, name="accept_reply"),
    path("bao-cao/<int:pk>/tra-lai/", verdicts.give_back, name="return_reply"),
    path("kho-khan/", reply_lists.difficulties, name="difficulties"),
    path("kho-khan/<int:pk>/tra-loi/", verdicts.answer, name="answer_difficulty"),
    path("minh-chung/tim/", evidence.records, name="evidence_records"),
    path("minh-chung/<int:pk>/tep/", evidence.file, name="evidence_file"),
    path("cho-nghiem-thu/", reply_lists.to_judge, name="to_judge"),
]
