"""Addresses of reviews, numbers and signatures."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.documents.views import checks, numbering, review_lists, reviewing, signature_image, signing

urlpatterns: list[URLPattern] = [
    path("cho-duyet/", review_lists.reviews, name="reviews"),
    path("cho-duyet/<int:pk>/duyet/", reviewing.approve, name="review_approve"),
    path("cho-duyet/<int:pk>/tra-lai/", reviewing.give_back, name="review_return"),
    path("trinh-duyet/<int:pk>/", reviewing.submit, name="draft_submit"),
    path("trinh-duyet/<int:pk>/rut-lai/", reviewing.take_draft_back, name="draft_take_back"),
    path("trinh-duyet/<int:pk>/kiem-tra/", checks.checks, name="draft_checks"),
    path("trinh-duyet/<int:pk>/kiem-tra/<slug:key>/", checks.confirm, name="check_confirm"),
    path("cho-cap-so/", review_lists.to_number, name="to_number"),
    path("cho-cap-so/<int:pk>/", numbering.number, name="number"),
    path("ky/<int:pk>/tao-tep/", numbering.make_files, name="make_files"),
    path("ky/", review_lists.to_sign, name="to_sign"),
    path("ky/<int:pk>/ban-giay/", signing.paper, name="sign_paper"),
    path("ky/<int:pk>/ky-so/", signing.digital, name="sign_digital"),
    path("ky/<int:pk>/dong-dau/", signing.seal, name="sign_seal"),
    path("chu-ky-cua-toi/", signature_image.own_signature, name="own_signature"),
    path("chu-ky-cua-toi/anh/", signature_image.own_signature_picture, name="own_signature_picture"),
]
