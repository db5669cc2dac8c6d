"""The addresses of press conferences and their requests among the staff pages, under /quan-tri/toa-soan/."""

from __future__ import annotations

from django.urls import path, re_path

from khuevan.newsroom.views import press, press_request

app_name = "press"
urlpatterns = [
    path("hop-bao/", press.conferences, name="conferences"),
    path("hop-bao/<int:pk>/", press.conference, name="conference"),
    path("hop-bao/<int:pk>/dong-y/", press.approve, name="approve"),
    path("hop-bao/<int:pk>/danh-sach/", press.door_list, name="door_list"),
    re_path(r"^hop-bao/(?P<pk>[0-9]+)/danh-sach\.(?P<form>csv|xlsx)$", press.export, name="export"),
    path("dang-ky/<int:pk>/", press_request.request_page, name="request"),
    path("giay-to/<int:pk>/", press_request.paper, name="paper"),
]
