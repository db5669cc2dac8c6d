"""Who sees how far the units of a cycle are, and who reminds them.

Those who gather see and remind all; those who read everything see all. A head of a unit sees and reminds the units
below the own one: the parent sees who has not sent.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import ANSWERS_FOR_DESCENDANTS, Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.people.queries import posts_once, remembered
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.permissions import can_gather, can_read_cycle, reads_all_reports

# Units that gather nothing: their officers need no list of cycles.
_GATHERS_NOTHING = (UnitKind.WARD, UnitKind.COMMUNE)


def watched_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units below those that `user` heads on `day`; the headed ones themselves are left out."""
    return remembered(user, "_watches_asked", day, lambda: _watched(user, day))


def _watched(user: User, day: date) -> frozenset[int]:
    if not user.is_active:
        return frozenset()
    found: set[int] = set()
    for post in posts_once(user, day):
        if post.role in ANSWERS_FOR_DESCENDANTS:
            below = Unit.objects.below(post.unit).exclude(pk=post.unit_id)
            found |= set(below.values_list("pk", flat=True))
    return frozenset(found)


def can_find_cycles(user: User, day: date) -> bool:
    """Whether the list of cycles is of any use to `user` on `day`; asks nothing but the posts."""
    if reads_all_reports(user, day):
        return True
    return user.is_active and any(
        post.role == Role.UNIT_HEAD
        or (post.role == Role.UNIT_OFFICER and post.unit.kind not in _GATHERS_NOTHING)
        for post in posts_once(user, day)
    )


def check_can_find_cycles(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless the list of cycles is of use to `user` on `day`."""
    if not can_find_cycles(user, day):
        raise PermissionDenied(
            _("Reporting cycles are for those who gather reports, and for heads of units.")
        )


def watched_in(user: User, cycle: Cycle, day: date) -> frozenset[int] | None:
    """The units whose standing `user` sees in the cycle on `day`; None for all of them, empty for no right."""
    if can_read_cycle(user, cycle, day):
        return None
    watched = watched_unit_ids(user, day)
    if not watched:
        return watched
    reporting = UnitReport.objects.filter(cycle=cycle, unit__in=watched).values_list("unit", flat=True)
    return frozenset(reporting)


def check_can_watch_cycle(user: User, cycle: Cycle, day: date) -> frozenset[int] | None:
    """What `watched_in` says; raises PermissionDenied with the reason where that is nothing."""
    watched = watched_in(user, cycle, day)
    if watched is not None and not watched:
        raise PermissionDenied(
            _(
                "How far units are is seen by those who gather this report, and by the heads above those units."
            )
        )
    return watched


def callable_unit_ids(user: User, cycle: Cycle, day: date) -> frozenset[int] | None:
    """The units that `user` may remind in the cycle on `day`; None for all of them."""
    return None if can_gather(user, cycle.rule, day) else watched_unit_ids(user, day)


def check_can_call(user: User, cycle: Cycle, unit_ids: Collection[int] | None, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may remind these units (None: any) on `day`."""
    allowed = callable_unit_ids(user, cycle, day)
    if allowed is None:
        return
    if not allowed or (unit_ids is not None and not allowed.issuperset(unit_ids)):
        raise PermissionDenied(
            _("Only those who gather this report remind all units; a head reminds the units below.")
        )
