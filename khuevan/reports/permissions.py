"""Who sets up what is reported, who fills a unit's form, who gathers, composes and reads.

Functions take the day, because posts begin and end. An auditor reads everything that was sent and writes nothing.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import ANSWERS_FOR_DESCENDANTS, DOES_THE_WORK, SEES_EVERYTHING, Role
from khuevan.people.models import Unit, User
from khuevan.people.queries import SYSTEM_USERNAME, posts_once, remembered, roles_once
from khuevan.reports.choices import UnitReportState
from khuevan.reports.models import ComposedReport, Cycle, ReportingRule, UnitReport

SETS_UP: frozenset[Role] = frozenset({Role.PLANNING_OFFICER, Role.ADMINISTRATOR})


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    return user.is_active and not roles.isdisjoint(roles_once(user, day))


def can_set_up_reports(user: User, day: date) -> bool:
    """Whether `user` may write reporting rules, forms and targets on `day`."""
    # The installation's own account puts the first rules in; nobody can sign in with it.
    return user.username == SYSTEM_USERNAME or _holds(user, SETS_UP, day)


def check_can_set_up_reports(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may write rules, forms and targets on `day`."""
    if not can_set_up_reports(user, day):
        raise PermissionDenied(_("Only planning officers and administrators set up what is reported."))


def reads_all_reports(user: User, day: date) -> bool:
    """Whether `user` reads on `day` what every unit sent, and every composed report."""
    return _holds(user, SEES_EVERYTHING, day)


def filling_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units whose forms `user` fills on `day`: those of the own posts, for a head those below them too."""
    return remembered(user, "_fills_asked", day, lambda: _filling(user, day))


def _filling(user: User, day: date) -> frozenset[int]:
    if not user.is_active:
        return frozenset()
    found: set[int] = set()
    for post in posts_once(user, day):
        if Role(post.role) not in DOES_THE_WORK:
            continue
        found.add(post.unit_id)
        if post.role in ANSWERS_FOR_DESCENDANTS:
            found |= set(Unit.objects.below(post.unit).values_list("pk", flat=True))
    return frozenset(found)


def can_fill(user: User, report: UnitReport, day: date) -> bool:
    """Whether `user` fills and sends this unit's form on `day`."""
    return report.unit_id in filling_unit_ids(user, day)


def check_can_fill(user: User, report: UnitReport, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` fills and sends this unit's form on `day`."""
    if not can_fill(user, report, day):
        raise PermissionDenied(_("Only people of the unit itself fill its form."))


def can_read_unit_report(user: User, report: UnitReport, day: date) -> bool:
    """Whether `user` reads this unit's form on `day`: its own people always, the others once it was sent."""
    if can_fill(user, report, day):
        return True
    return report.state == UnitReportState.SENT and reads_all_reports(user, day)


def can_gather(user: User, rule: ReportingRule, day: date) -> bool:
    """Whether `user` opens and closes cycles of the rule, reminds, returns, composes on `day`.

    Planning officers, and those who do the work in the unit that gathers.
    """
    if user.username == SYSTEM_USERNAME or _holds(user, frozenset({Role.PLANNING_OFFICER}), day):
        return True
    return user.is_active and any(
        post.unit_id == rule.gatherer_id and post.role in (Role.UNIT_HEAD, Role.UNIT_OFFICER)
        for post in posts_once(user, day)
    )


def check_can_gather(user: User, rule: ReportingRule, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` gathers for this rule on `day`."""
    if not can_gather(user, rule, day):
        raise PermissionDenied(
            _("Only planning officers and the division that gathers this report may do this.")
        )


def can_read_cycle(user: User, cycle: Cycle, day: date) -> bool:
    """Whether `user` sees how far all units are in a cycle, and its composed reports, on `day`."""
    return reads_all_reports(user, day) or can_gather(user, cycle.rule, day)


def check_can_read_cycle(user: User, cycle: Cycle, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` sees all units of the cycle on `day`."""
    if not can_read_cycle(user, cycle, day):
        raise PermissionDenied(
            _("Figures of all units are read by those who gather them and by the directors.")
        )


def can_read_report(user: User, report: ComposedReport, day: date) -> bool:
    """Whether `user` reads this version of a composed report on `day`.

    Those who see the whole cycle read every version. Once its document is issued, the heads of the units that
    report in the cycle read it too; until then it is a draft, which others still change.
    """
    if can_read_cycle(user, report.cycle, day):
        return True
    headed = reading_unit_ids(user, day)
    if not headed or report.draft is None or report.draft.document_id is None:
        return False
    return UnitReport.objects.filter(cycle=report.cycle_id, unit__in=headed).exists()


def check_can_read_report(user: User, report: ComposedReport, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` reads this version of a report on `day`."""
    if not can_read_report(user, report, day):
        raise PermissionDenied(
            _(
                "A composed report is read by those who gather it and by the directors; once it is issued, also by"
                " the heads of the units that report in it."
            )
        )


READS_REPORTS: frozenset[Role] = SEES_EVERYTHING | {Role.UNIT_HEAD, Role.UNIT_OFFICER}


def can_read_reports(user: User, day: date) -> bool:
    """Whether `user` opens the list of composed reports on `day`; it holds those that `can_read_report` allows.

    By roles alone, because every page of the staff asks it for its menu: officers may gather.
    """
    return _holds(user, READS_REPORTS, day)


def reading_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units whose issued reports `user` reads as their head on `day`: the own ones and those below them."""
    return remembered(user, "_reads_reports_asked", day, lambda: _headed(user, day))


def _headed(user: User, day: date) -> frozenset[int]:
    found: set[int] = set()
    for post in posts_once(user, day):
        if user.is_active and post.role == Role.UNIT_HEAD:
            found.add(post.unit_id)
            found |= set(Unit.objects.below(post.unit).values_list("pk", flat=True))
    return frozenset(found)


def can_export_report(user: User, report: ComposedReport, day: date) -> bool:
    """Whether `user` takes the data behind a report along on `day`: what every unit wrote is in it."""
    return can_read_cycle(user, report.cycle, day)


def check_can_export_report(user: User, report: ComposedReport, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` takes the data behind a report along on `day`."""
    if not can_export_report(user, report, day):
        raise PermissionDenied(
            _("The data behind a report is taken along by those who gather it and by the directors.")
        )
