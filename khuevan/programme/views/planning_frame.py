"""What calendar and board have in common: whose work is looked at, in one plan or in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.browse_queries import Sight, depth_among
from khuevan.programme.models import Plan
from khuevan.programme.permissions import answering_unit_ids, reads_all
from khuevan.programme.planning_filter import ALL, ANY_ROLE, MINE, ScopeForm
from khuevan.programme.planning_scope import Scope, units_in
from khuevan.programme.views.plan_pages import PlanPage, no_such_plan, person_of, staff_page


@dataclass(frozen=True, slots=True)
class Look:
    """A request to look at work: who asks, on which day, what they see, what they asked for."""

    request: HttpRequest
    person: User
    today: date
    sight: Sight
    plan: Plan | None
    form: ScopeForm
    scope: Scope

    def render(self, template: str, tab: str, title: str, context: dict[str, Any]) -> HttpResponse:
        """The page in the frame of its plan, or in that of all plans."""
        shared = {
            "look": self,
            "page_heading": title,
            "form": self.form,
            "programme_base": reverse("programme:index"),
            "narrowed": self.scope.unit is not None,
            **context,
        }
        if self.plan is not None:
            page = PlanPage(self.request, self.today, self.sight, self.plan)
            shared["frame_template"] = "programme/browse/plan_frame.html"
            return page.render(template, f"plan_{tab}", shared)
        shared |= {"frame_template": "programme/planning/all_frame.html", "today": self.today, "tab": tab}
        return staff_page(self.request, template, shared, (self.request.path, title))

    def address(self, **changes: str | None) -> str:
        """The page's query with some wishes changed; None takes one away."""
        wishes = self.request.GET.copy()
        for name, value in changes.items():
            wishes.pop(name, None)
            if value is not None:
                wishes[name] = value
        return f"?{wishes.urlencode()}"


def look_at(request: HttpRequest, plan: int | None, *, lead_only: bool = False) -> Look:
    """What is asked for. In one plan all that the person sees stands first, among all plans the own units' work.

    `lead_only`: whoever sees everything is shown the leads first, or each task would stand there many times.
    """
    person, today = person_of(request), clock.today()
    own = answering_unit_ids(person, today)
    # What `sight_of` finds: whoever does not read everything holds only posts that do a unit's work.
    sight = Sight(None if reads_all(person, today) else own)
    found = None
    if plan is not None:
        found = sight.plans().filter(pk=plan).first()
        if found is None:
            raise no_such_plan()
    usual = MINE if own and found is None else ALL
    plan_key = None if found is None else found.pk
    wanted = request.GET.get("scope") or usual
    mine = own if own and wanted == MINE else None
    units = units_in(Scope(sight, mine, plan_key))
    paths = [path for _pk, _name, _short, path in units]
    choices = [
        (pk, "\u00a0\u00a0\u00a0" * depth_among(path, paths) + name + (f" ({short})" if short else ""))
        for pk, name, short, path in units
    ]
    role = "LEAD" if lead_only and mine is None and sight.whole else ANY_ROLE
    form = ScopeForm(request.GET, units=choices, has_units=bool(own), scope=usual, role=role)
    wish = form.wish("role")
    scope = Scope(sight, mine, plan_key, form.wish("unit"), "" if wish == ANY_ROLE else wish)
    return Look(request, person, today, sight, found, form, scope)
