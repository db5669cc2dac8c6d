"""What of the programme stands on the staff's first page: the plans a person reads, and where each stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.forms import Media
from wagtail.admin.ui.components import Component

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.browse_queries import Sight, sight_of
from khuevan.programme.choices import AssignmentRole, ImportState
from khuevan.programme.models import Assignment, Plan, PlanImport
from khuevan.programme.permissions import can_import

MOST_PLANS = 6


class ProgrammePanel(Component):
    """The plans a person reads with how many tasks each holds and how many still lack a lead; how to begin."""

    name = "programme"
    order = 100
    template_name = "programme/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """`plans`: at most six, newest period first, with `tasks` and `without_lead`; `waiting` imports."""
        person = parent_context["request"].user
        assert isinstance(person, User)
        today = clock.today()
        sight = sight_of(person, today)
        may_import = can_import(person, today)
        return {
            "plans": _plans(sight),
            "may_import": may_import,
            "waiting": PlanImport.objects.filter(state=ImportState.DRAFT).count() if may_import else 0,
        }

    @property
    def media(self) -> Media:
        """The stylesheet of the programme's pages."""
        return Media(css={"all": ["programme/browse.css"]})


def _plans(sight: Sight) -> list[Plan]:
    """The plans with the person's tasks counted. Two queries."""
    led = Assignment.objects.current().filter(task=OuterRef("pk"), role=AssignmentRole.LEAD)
    counts = {
        plan: (tasks, without)
        for plan, tasks, without in sight.tasks()
        .current()
        .annotate(led=Exists(led))
        .order_by()
        .values("plan")
        .annotate(tasks=Count("pk", distinct=True), without=Count("pk", filter=Q(led=False), distinct=True))
        .values_list("plan", "tasks", "without")
    }
    plans = list(sight.plans()[:MOST_PLANS])
    for plan in plans:
        plan.tasks_read, plan.tasks_without_lead = counts.get(plan.pk, (0, 0))
    return plans
