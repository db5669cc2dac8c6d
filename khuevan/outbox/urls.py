"""Addresses of the outgoing mails, below the staff prefix."""

from __future__ import annotations

from django.urls import path

from khuevan.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.index, name="index"),
    path("cua-toi/", views.mine, name="mine"),
    path("<int:pk>/", views.mail, name="mail"),
    path("<int:pk>/gui-lai/", views.resend, name="resend"),
    path("<int:pk>/rut-lai/", views.withdraw, name="withdraw"),
]
