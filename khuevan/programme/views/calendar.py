"""The month calendar: what falls due, over all plans that the person sees or in one."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.programme.calendar_queries import due_days, entries_of_day
from khuevan.programme.presenters.calendar import (
    FIRST_MONTH,
    LAST_MONTH,
    day_facts,
    entry,
    grid_of,
    month,
    weekday,
)
from khuevan.programme.views.planning_frame import Look, look_at

# More would make the weeks of a month too uneven; the rest stands in the day's own list.
MOST_A_DAY = 4
ENTRIES_A_PAGE = 100


@require_safe
def calendar(request: HttpRequest, plan: int | None = None) -> HttpResponse:
    """A month with its deadlines; with `day` in the address, everything of one day."""
    look = look_at(request, plan, lead_only=True)
    if "day" in request.GET:
        return _day(look, request.GET["day"])
    first = _month_of(request.GET.get("month", ""), look.today)
    shown = month(first, due_days(look.scope, *grid_of(first), MOST_A_DAY), look.today)
    before, after = _step(first, -1), _step(first, 1)
    context = {
        "month": shown,
        "months": _months_around(first),
        "before": {"url": look.address(month=f"{before:%Y-%m}"), "first": before} if before else None,
        "after": {"url": look.address(month=f"{after:%Y-%m}"), "first": after} if after else None,
        "now_url": look.address(month=None) if not _same_month(first, look.today) else "",
        # The day's own address begins with this, whatever else is asked for.
        "day_base": look.address(month=None, day=""),
    }
    return look.render("programme/planning/calendar.html", "calendar", _("Calendar"), context)


def _day(look: Look, wish: str) -> HttpResponse:
    try:
        wanted = date.fromisoformat(wish)
        facts = day_facts(wanted)
    except ValueError as error:
        raise Http404(_("There is no such day on the calendar.")) from error
    paginator = Paginator(entries_of_day(look.scope, wanted), ENTRIES_A_PAGE)
    sheet = paginator.get_page(look.request.GET.get("page"))
    context = {
        "day": wanted,
        "weekday": weekday(wanted),
        "facts": facts,
        "entries": [entry(item, look.today) for item in sheet.object_list],
        "count": paginator.count,
        "sheet": sheet,
        "page_links": [
            {"number": number, "url": look.address(page=str(number))}
            for number in paginator.get_elided_page_range(sheet.number, on_each_side=2, on_ends=1)
        ],
        "month_url": look.address(day=None, page=None, month=f"{wanted:%Y-%m}"),
        "before_url": look.address(day=(wanted - timedelta(days=1)).isoformat(), page=None),
        "after_url": look.address(day=(wanted + timedelta(days=1)).isoformat(), page=None),
    }
    return look.render("programme/planning/calendar_day.html", "calendar", _("Calendar"), context)


def _month_of(wish: str, today: date) -> date:
    """The first day of the month as written (2025-11), else of today's."""
    try:
        wanted = date.fromisoformat(f"{wish}-01")
    except ValueError:
        wanted = today.replace(day=1)
    return min(max(wanted, FIRST_MONTH), LAST_MONTH)


def _step(first: date, months: int) -> date | None:
    number = first.year * 12 + first.month - 1 + months
    found = date(number // 12, number % 12 + 1, 1)
    return found if FIRST_MONTH <= found <= LAST_MONTH else None


def _same_month(first: date, day: date) -> bool:
    return (first.year, first.month) == (day.year, day.month)


def _months_around(first: date) -> list[tuple[str, str]]:
    """The months of a year before and after, to choose from."""
    found = (_step(first, distance) for distance in range(-12, 13))
    return [(f"{item:%Y-%m}", f"{item.month}/{item.year}") for item in found if item is not None]
