"""Plans as evidence: a unit whose work was to draw up a plan names the plan itself."""

from __future__ import annotations

from typing import cast

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.programme.evidence import EvidenceSource
from khuevan.programme.models import Plan
from khuevan.programme.reply_queries import sight_once


def _visible(user: User) -> QuerySet[Model]:
    return cast("QuerySet[Model]", sight_once(user, clock.today()).plans())


def _title(plan: Model) -> str:
    return str(plan)


def _url(plan: Model) -> str:
    assert isinstance(plan, Plan)
    return plan.get_absolute_url()


PLAN_EVIDENCE = EvidenceSource(
    model=Plan,
    label=cast("str", _("Plan")),
    visible=_visible,
    title=_title,
    url=_url,
    search_fields=("title", "symbol"),
)
