"""What of the programme stands on the staff's first page: the person's desk, the plans, and how to begin."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Media
from wagtail.admin.ui.components import Component

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import AssignmentRole, ImportState
from khuevan.programme.desk_permissions import plans_the_work
from khuevan.programme.desk_queries import desk_sight
from khuevan.programme.document_matters import document_matters
from khuevan.programme.extensions import desk_counts
from khuevan.programme.models import Assignment, Plan, PlanImport
from khuevan.programme.permissions import can_import
from khuevan.programme.views.desk_content import desk_content

MOST_PLANS = 6


class ProgrammePanel(Component):
    """The desk of the person; below it the plans with how many tasks still lack a lead; else how to begin."""

    name = "programme"
    order = 100
    template_name = "programme/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """`desk`, None where there is no plan and nothing waits; `plans`, at most six, the newest period first;
        `waiting`, how many imports.
        """
        person = parent_context["request"].user
        assert isinstance(person, User)
        today = clock.today()
        plans = _plans(desk_sight(person, today))
        may_import = can_import(person, today)
        # A planning officer's desk counts them among what is missing.
        counts_imports = may_import and not (plans and plans_the_work(person, today))
        anything = plans or document_matters(person, today).any_wait or desk_counts(person, today)
        return {
            "desk": desk_content(person, today) if anything else None,
            "plans": plans,
            "may_import": may_import,
            "waiting": _imports_waiting() if counts_imports else 0,
        }

    @property
    def media(self) -> Media:
        """The stylesheets of the programme's pages."""
        return Media(css={"all": [f"programme/{name}.css" for name in ("browse", "states", "desks")]})


def _imports_waiting() -> int:
    return PlanImport.objects.filter(state=ImportState.DRAFT).count()


def _plans(sight: Sight) -> list[Plan]:
    """The plans with the person's tasks counted. One query."""
    led = Assignment.objects.current().filter(task=OuterRef("pk"), role=AssignmentRole.LEAD)
    tasks = sight.tasks().current().filter(plan=OuterRef("pk"))
    unled = tasks.filter(~Q(Exists(led)))
    return list(
        sight.plans().annotate(tasks_read=_number_of(tasks), tasks_without_lead=_number_of(unled))[
            :MOST_PLANS
        ]
    )


def _number_of(tasks: QuerySet[Any]) -> Coalesce:
    counted = tasks.order_by().values("plan").annotate(found=Count("pk", distinct=True)).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
