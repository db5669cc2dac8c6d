"""The lists behind the numbers of the director's and the unit's desk, fifty lines a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.people.models import Unit
from khuevan.plain.work_lights import Light, Reason, reasons_of
from khuevan.programme.browse_queries import section_lines
from khuevan.programme.choices import InstalmentState
from khuevan.programme.desk_permissions import check_heads_a_unit, check_sees_the_directors_desk
from khuevan.programme.models import Plan, PlanSection, Task
from khuevan.programme.permissions import headed_unit_ids
from khuevan.programme.presenters.desk import Addresses, role_in_words
from khuevan.programme.presenters.directing import light_names, reasons_in_words
from khuevan.programme.presenters.overview import sections_below
from khuevan.programme.presenters.states import due_in_words, state_sign
from khuevan.programme.presenters.wording import section_title, short_title
from khuevan.programme.standing_queries import Field, WorkItem, parts_of
from khuevan.programme.views.access import says_why
from khuevan.programme.views.desk_content import addresses
from khuevan.programme.views.desk_sheets import sheet_of
from khuevan.programme.views.directing_content import NONE, SLUGS, Directing, difficulty_row
from khuevan.programme.views.plan_pages import no_such_plan, person_of, plan_name, staff_page
from khuevan.programme.work_queries import instalment_lines

TITLE = 120
LIGHT_OF_SLUG = {slug: light for light, slug in SLUGS.items()}
LIGHT_ORDER = {light: place for place, light in enumerate(Light)}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list: a task or an instalment. `code` is the state's or the light's for the stylesheet."""

    title: str
    url: str
    under: str
    unit: str
    due: str
    sign: Any
    light: str
    light_name: str
    reasons: str


@require_safe
@says_why
def directors_list(request: HttpRequest, which: str) -> HttpResponse:
    """What stands behind one number of the director's desk."""
    today = clock.today()
    check_sees_the_directors_desk(person_of(request), today)
    plan = number(request, "plan")
    if plan is not None and not Plan.objects.filter(pk=plan).exists():
        raise no_such_plan()
    desk = Directing(Field(plan=plan), today, "directors_list")
    return list_page(request, desk, which, (reverse("programme:directors_desk"), _("Director's desk")))


@require_safe
@says_why
def unit_list(request: HttpRequest, which: str) -> HttpResponse:
    """What stands behind one number of the unit's desk."""
    person, today = person_of(request), clock.today()
    check_heads_a_unit(person, today)
    units, plan = headed_unit_ids(person, today), number(request, "plan")
    # A plan that gives the units nothing is not theirs to know of.
    if plan is not None and not parts_of(units).filter(task__plan=plan).exists():
        raise no_such_plan()
    desk = Directing(Field(units, plan), today, "unit_list")
    return list_page(request, desk, which, (reverse("programme:unit_desk"), _("Unit's desk")))


def number(request: HttpRequest, name: str) -> int | None:
    """The number that the address gives under the name, None for none; raises Http404 for what is no number."""
    value = request.GET.get(name, "")
    if not value:
        return None
    if not value.isascii() or not value.isdigit():
        raise Http404(_("There is no such list."))
    return int(value)


def list_page(request: HttpRequest, desk: Directing, which: str, above: tuple[str, str]) -> HttpResponse:
    """The list in the staff frame, below its desk."""
    titles = list_titles()
    if which not in titles:
        raise Http404(_("There is no such list."))
    title = titles[which]
    where = addresses(request.get_full_path())
    rows: Any
    if which == "kho-khan":
        rows = desk.difficulties
        context = sheet_of(request, rows)
        rows = [difficulty_row(line, desk.today, where) for line in context["sheet"].object_list]
        context |= {"difficulties": rows, "rows": rows}
    elif which in {"den-han", "cho-nghiem-thu"}:
        context = sheet_of(request, instalments_behind(desk, which))
        context["rows"] = instalment_rows(context["sheet"].object_list, desk.today, where)
    else:
        rows = items_behind(request, desk, LIGHT_OF_SLUG.get(which))
        context = sheet_of(request, rows)
        context["rows"] = item_rows(desk, context["sheet"].object_list, where)
    context |= {
        "title": title,
        "about": about_list(request, desk),
        "desk_url": f"{above[0]}{f'?plan={desk.field.plan}' if desk.field.plan else ''}",
        "desk_name": above[1],
    }
    return staff_page(request, "programme/desks/list.html", context, above, (request.path, title))


def list_titles() -> dict[str, str]:
    """The lists by the word in their address."""
    names = light_names()
    return {
        "tat-ca": _("All work"),
        **{slug: names[light] for light, slug in SLUGS.items()},
        "den-han": _("Fallen due, not accepted yet"),
        "cho-nghiem-thu": _("Reports that wait to be accepted"),
        "kho-khan": _("Difficulties that wait for an answer"),
    }


def about_list(request: HttpRequest, desk: Directing) -> list[str]:
    """What the list is narrowed to: the plan, the section, the unit."""
    found = []
    if desk.field.plan is not None:
        plan = Plan.objects.filter(pk=desk.field.plan).first()
        found += [f"{plan_name(plan)} – {short_title(plan.title, 90)}"] if plan else []
    section, unit = number(request, "section"), number(request, "unit")
    if section is not None:
        heading = PlanSection.objects.filter(pk=section, plan=desk.field.plan or 0).first()
        none = _("Under no heading")
        found.append(short_title(section_title(heading.label, heading.heading), 90) if heading else none)
    if unit is not None:
        name = Unit.objects.filter(pk=unit).values_list("name", flat=True).first()
        found.append(name or _("No lead unit yet"))
    return found


def items_behind(request: HttpRequest, desk: Directing, light: Light | None) -> list[WorkItem]:
    """The desk's items that the address asks for: red ones first, then by the day of what is owed."""
    section, unit = number(request, "section"), number(request, "unit")
    items = [item for item in desk.items if light is None or item.light == light]
    if unit is not None:
        items = [item for item in items if (item.unit or int(NONE)) == unit]
    if section == int(NONE):
        items = [item for item in items if item.section is None]
    elif section is not None:
        plan = Plan.objects.filter(pk=desk.field.plan or 0).first()
        below = sections_below(section_lines(plan), section) if plan else set()
        items = [item for item in items if item.section in below]
    return sorted(
        items, key=lambda item: (LIGHT_ORDER[item.light], item.next_due or date.max, item.task, item.key)
    )


def item_rows(desk: Directing, items: Sequence[WorkItem], where: Addresses) -> list[ListRow]:
    """Tasks, or units' parts, as lines. Two queries."""
    tasks = (
        Task.objects.filter(pk__in=[item.task for item in items])
        .select_related("plan")
        .only(
            "text",
            "order",
            "plan__title",
            "plan__type",
            "plan__symbol",
            "plan__period_first",
            "plan__period_last",
        )
        .in_bulk()
    )
    names = light_names()
    rows = []
    for item in items:
        task, unit = tasks[item.task], desk.units.get(item.unit) if item.unit is not None else None
        role = role_in_words("LEAD" if item.leads else "SUPPORT")
        rows.append(
            ListRow(
                title=short_title(task.text, TITLE),
                url=where.task(item.task),
                under=f"{_('Task %s') % (task.order + 1)} · {plan_name(task.plan)}",
                unit=(f"{unit.name} ({role})" if desk.field.units else unit.name)
                if unit
                else _("No lead unit yet"),
                due=due_in_words(item.next_due, desk.today) if item.next_due else "–",
                sign=None,
                light=item.light,
                light_name=names[item.light],
                # That it is late, its light says already.
                reasons=reasons_in_words(
                    reason for reason in reasons_of(item.standing) if reason != Reason.LATE
                ),
            )
        )
    return rows


def instalments_behind(desk: Directing, which: str) -> QuerySet[Any]:
    """What has fallen due and was not accepted, or what waits to be accepted; the longest waiting first."""
    rows = desk.field.instalments()
    if which == "den-han":
        settled = (InstalmentState.DONE, InstalmentState.CANCELLED)
        return rows.filter(due_date__lte=desk.today).exclude(state__in=settled).order_by("due_date", "pk")
    return rows.filter(state=InstalmentState.REPORTED).order_by("reported_date", "pk")


def instalment_rows(instalments: QuerySet[Any], today: date, where: Addresses) -> list[ListRow]:
    """Instalments as lines. One query."""
    return [
        ListRow(
            title=short_title(line.task_text, TITLE),
            url=where.part(line.pk),
            under=_("Task %s") % line.number,
            unit=f"{line.unit.name} ({role_in_words(line.role)})",
            due=due_in_words(line.due_date, today),
            sign=state_sign(line.state, line.due_date, today),
            light="",
            light_name="",
            reasons="",
        )
        for line in instalment_lines(instalments)
    ]
