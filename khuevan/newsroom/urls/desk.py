"""The desk: what waits, all pieces, one piece, what is done with it."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.newsroom.views import deeds, desk, links, piece, vouching

urlpatterns: list[URLPattern] = [
    path("", desk.waiting, name="waiting"),
    path("tin-bai/", desk.pieces, name="pieces"),
    path("tin-bai/moi/", deeds.new_piece, name="new_piece"),
    path("tin-bai/<int:short_id>/", piece.piece, name="piece"),
    path("tin-bai/<int:short_id>/dinh-chinh/", deeds.correct, name="correct"),
    path("tin-bai/<int:short_id>/go-bai/", deeds.withdraw, name="withdraw"),
    path("lien-ket-hong/", links.broken_links, name="broken_links"),
    path("ban/<int:pk>/doi-chieu/", vouching.vouch, name="vouch"),
    path("ban/<int:pk>/cho-xem-truoc/", deeds.pass_for_reporter, name="give_pass"),
    path("cho-xem-truoc/<int:pk>/thu-hoi/", deeds.end_pass, name="revoke_pass"),
]
