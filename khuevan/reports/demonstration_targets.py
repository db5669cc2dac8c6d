"""Invented targets of 2025 for the quarterly report, so that a trial shows rates against plan."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User
from khuevan.reports.models import Target
from khuevan.reports.permissions import check_can_set_up_reports

DATA = Path(__file__).parent / "data" / "demonstration_targets.toml"


@action
def create_demonstration_targets(*, by: User) -> int:
    """How many targets were added; a second call adds none. Refused where demonstrations are."""
    check_demonstration_is_allowed()
    check_can_set_up_reports(by, clock.today())
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    there = set(
        Target.objects.filter(rule_code=data["rule_code"], year=data["year"]).values_list(
            "indicator_code", flat=True
        )
    )
    added = [
        Target(
            rule_code=data["rule_code"],
            indicator_code=code,
            year=data["year"],
            value=Decimal(value),
            source=data["source"],
        )
        for code, value in data["targets"].items()
        if code not in there
    ]
    Target.objects.bulk_create(added)
    return len(added)
