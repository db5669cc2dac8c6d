"""The gathering page: how far each unit of a cycle is, counted, filtered and in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.core.search import folded_words
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.reporting.calls import next_call_day
from khuevan.reports.actions import Called
from khuevan.reports.choices import Standing, UnitGroup
from khuevan.reports.models import Cycle, UnitReport
from khuevan.reports.queries.standing import Tally, UnitStanding, tally_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # For the type checker; not a dependency of the program.

_LOOKS = {Standing.SENT: "good", Standing.RETURNED: "alarm", Standing.BEGUN: "busy", Standing.UNTOUCHED: ""}
_RANK = {standing: rank for rank, standing in enumerate(Standing)}
# So many names stand in a sentence; the others are counted.
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's line. `touched_at` is when it sent, before that when it last saved; `touched_by` who did.

    `url` is where its form stands, empty where the person may not open it now. `can_call`, `can_return` and
    `can_release` say which buttons stand in the line; `is_silent` that no mail can go to the unit.
    """

    report: UnitReport
    state: StrOrPromise
    look: str
    is_late: bool
    is_late_sent: bool
    touched_at: datetime | None
    touched_by: str
    called_at: datetime | None
    url: str
    can_call: bool
    can_return: bool
    can_release: bool
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be shown, and in which order; as `StandingFilterForm` cleans it."""

    q: str = ""
    state: str = ""
    group: str = ""
    order: str = ""

    @property
    def narrows(self) -> bool:
        """Whether some units are left out."""
        return bool(self.q or self.state or self.group)


def selected(standings: Iterable[UnitStanding], wishes: Wishes) -> list[UnitStanding]:
    """Those that the wishes leave (the name is not looked at here), in the order wished for."""
    rows = [
        row
        for row in standings
        if (not wishes.group or row.group == wishes.group) and _is_state(row, wishes.state)
    ]
    if wishes.order == "NAME":
        return sorted(rows, key=lambda row: folded_words(row.report.unit.name))
    if wishes.order == "TIME":
        return sorted(rows, key=lambda row: _seconds(row.report), reverse=True)
    return sorted(rows, key=lambda row: _RANK[row.standing])


def _is_state(row: UnitStanding, state: str) -> bool:
    if state == "OWED":
        return row.owes
    if state == "LATE":
        return row.is_late
    return not state or row.standing == state


def _seconds(report: UnitReport) -> float:
    moment = _touched(report)[0]
    return moment.timestamp() if moment is not None else 0


def _touched(report: UnitReport) -> tuple[datetime | None, str]:
    sent = report.state == "SENT"
    moment, person = (
        (report.sent_at, report.sent_by) if sent else (report.saved_at, report.saved_by)
    )  # fmt: skip
    return moment, person.get_full_name() if person is not None else ""


def unit_rows(
    standings: Iterable[UnitStanding],
    *,
    is_open: bool,
    gathers: bool,
    callable_ids: frozenset[int] | None,
    silent: Collection[int],
    readable: Collection[int],
) -> list[UnitRow]:
    """The lines. `callable_ids` as `callable_unit_ids` says; of `readable` the person opens forms not sent yet."""
    rows = []
    for one in standings:
        report = one.report
        moment, person = _touched(report)
        may_call = callable_ids is None or report.unit_id in callable_ids
        opens = not one.owes or report.unit_id in readable
        rows.append(
            UnitRow(
                report,
                one.standing.label,
                _LOOKS[one.standing],
                one.is_late and one.owes,
                one.is_late and not one.owes,
                moment,
                person,
                report.called_at,
                report.get_absolute_url() if opens else "",
                is_open and one.owes and may_call and report.unit_id not in silent,
                is_open and not one.owes and gathers,
                is_open and one.owes and gathers,
                report.unit_id in silent,
            )
        )
    return rows


def tally_links(tally: Tally, wishes: Wishes) -> list[dict[str, Any]]:
    """The counts above the list, each a link to the units that it counts; of those of nobody only the first three."""
    late = tally.late_sent + tally.late_owed
    rows = (
        ("", tally.all, _("units report"), True),
        ("SENT", tally.sent, _("have sent"), True),
        ("OWED", tally.owed, _("have not sent"), True),
        ("UNTOUCHED", tally.untouched, _("have not begun"), False),
        ("BEGUN", tally.begun, _("are filling"), False),
        ("RETURNED", tally.returned, _("were returned"), False),
        ("LATE", late, _("are late"), False),
    )
    return [
        {
            "count": count,
            "words": words,
            "url": _url(wishes, state=state),
            "chosen": wishes.state == state,
            "code": state or "ALL",
        }
        for state, count, words, always in rows
        if count or always
    ]


def group_links(standings: Sequence[UnitStanding], wishes: Wishes) -> list[dict[str, Any]]:
    """The two sorts of units with how many have sent; nothing where all units are of one sort."""
    found = []
    for group in UnitGroup:
        tally = tally_of(row for row in standings if row.group == group)
        if tally.all:
            found.append(
                {
                    "label": group.label,
                    "said": _("%(sent)s of %(all)s sent") % {"sent": tally.sent, "all": tally.all},
                    "url": _url(wishes, group="" if wishes.group == group else group.value),
                    "chosen": wishes.group == group,
                }
            )
    return found if len(found) > 1 else []


def order_links(wishes: Wishes) -> list[dict[str, Any]]:
    """The orders in which the list can stand."""
    names = (("", _("Not sent first")), ("NAME", _("Name")), ("TIME", _("Last touched first")))
    return [
        {"label": label, "url": _url(wishes, order=code), "chosen": wishes.order == code}
        for code, label in names
    ]


def _url(wishes: Wishes, **changes: str) -> str:
    values = {"q": wishes.q, "state": wishes.state, "group": wishes.group, "order": wishes.order, **changes}
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return f"?{query.urlencode()}"


def cycle_tabs(cycle: Cycle, chosen: str) -> list[dict[str, Any]]:
    """The pages of a cycle beside each other."""
    pages = (
        ("cycle", _("Who has sent")),
        ("cycle_figures", _("Figures so far")),
        ("cycle_matrix", _("Units and indicators")),
    )
    return [
        {"label": label, "url": reverse(f"reports:{name}", args=[cycle.pk]), "chosen": name == chosen}
        for name, label in pages
    ]


def call_sentences(called: Called) -> tuple[list[str], list[str]]:
    """What a call did, and what is left for a human: sentences that report, sentences that warn."""
    said, warned = [], []
    if called.units:
        said.append(
            _("Reminders go to %(people)s, for %(units)s.")
            % {
                "people": ngettext("%(count)d person", "%(count)d people", called.people)
                % {"count": called.people},
                "units": ngettext("%(count)d unit", "%(count)d units", called.units)
                % {"count": called.units},
            }
        )
    if called.earlier:
        said.append(
            ngettext(
                "%(count)d unit was reminded today already, and is left in peace.",
                "%(count)d units were reminded today already, and are left in peace.",
                called.earlier,
            )
            % {"count": called.earlier}
        )
    if called.without_address:
        warned.append(
            _("No mail address for those who answer for: %(units)s. Call them by telephone.")
            % {"units": _names(called.without_address)}
        )
    if called.without_people:
        warned.append(
            _("Nobody answers for: %(units)s. An administrator can appoint somebody.")
            % {"units": _names(called.without_people)}
        )
    if not said and not warned:
        said.append(_("All of these units have sent: nobody was reminded."))
    return said, warned


def _names(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more > 0:
        return _("%(names)s and %(more)s more") % {"names": shown, "more": more}
    return shown


def closing_words(cycle: Cycle, day: date) -> str:
    """When the cycle closes or closed, in a sentence."""
    if cycle.closed_at is not None:
        return _("Closed on %(day)s: units can send no more.") % {"day": f"{cycle.closed_at:%d/%m/%Y}"}
    if cycle.closes_date < day:
        return _("Closes by itself the next morning.")
    return _("Closes by itself after %(day)s.") % {"day": f"{cycle.closes_date:%d/%m/%Y}"}


def calling_words(cycle: Cycle, day: date) -> str:
    """When the software reminds by itself next, in a sentence; empty where it does no more."""
    calendar = vietnamese_working_calendar()
    following = next_call_day(cycle.rule.calls, cycle.due_date, day, cycle.called_offset, calendar)
    if following is None or following > cycle.closes_date:
        return ""
    return _("The software reminds them by itself on %(day)s.") % {"day": f"{following:%d/%m/%Y}"}
