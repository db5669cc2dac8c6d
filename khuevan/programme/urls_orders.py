"""Addresses at which work is assigned, dated, split and ordered; `urls` takes them in."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.programme.views import assign_many, deadlines, orders, steps

urlpatterns: list[URLPattern] = [
    path("ke-hoach/<int:plan>/phan-cong/", assign_many.assign_many, name="assign_many"),
    path("nhiem-vu/<int:pk>/phan-cong/", orders.assign, name="assign"),
    path("phan-cong/<int:pk>/chuyen/", orders.give_to_another, name="reassign"),
    path("phan-cong/<int:pk>/thoi/", orders.end, name="end_assignment"),
    path("phan-cong/<int:pk>/tach/", orders.split, name="split_group"),
    path("nhiem-vu/<int:pk>/thoi-han/", deadlines.task_deadline, name="task_deadline"),
    path("nhiem-vu/<int:pk>/thoi-han/xem-truoc/", deadlines.days, name="deadline_days"),
    path("phan-cong/<int:pk>/thoi-han/", deadlines.unit_deadline, name="unit_deadline"),
    path("phan-cong/<int:pk>/thoi-han/xem-truoc/", deadlines.unit_days, name="unit_deadline_days"),
    path("nhiem-vu/<int:pk>/thu-tu/", orders.order, name="task_order"),
    path("thu-tu/<int:pk>/bo/", orders.let_go, name="release_task"),
    path("nhiem-vu/<int:pk>/buoc/", steps.add, name="step_add"),
    path("buoc/<int:pk>/", steps.edit, name="step_edit"),
    path("buoc/<int:pk>/chuyen/", steps.move, name="step_move"),
    path("buoc/<int:pk>/bo/", steps.remove, name="step_remove"),
]
