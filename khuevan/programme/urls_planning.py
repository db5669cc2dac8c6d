"""Addresses of the calendar, the board and the subscription to deadlines; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.programme.views import board, board_moves, calendar, deadline_feed

urlpatterns: list[URLPattern] = [
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/dang-ky/", deadline_feed.deadline_feed, name="deadline_feed"),
    path("bang/", board.board, name="board"),
    path("bang/ky-han/<int:pk>/", board_moves.move_instalment, name="board_instalment"),
    path("bang/buoc/<int:pk>/", board_moves.move_step_card, name="board_step"),
    path("ke-hoach/<int:plan>/lich/", calendar.calendar, name="plan_calendar"),
    path("ke-hoach/<int:plan>/bang/", board.board, name="plan_board"),
]
