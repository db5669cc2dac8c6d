"""What was reminded of, to whom and why; and the ladder that says when."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.programme.actions import keep_rung, remove_rung
from khuevan.programme.models import ReminderRung
from khuevan.programme.permissions import can_manage_ladder, check_can_manage_ladder, reads_all
from khuevan.programme.presenters.reminders import days_of_reminders, ladder_rows, people_reminded
from khuevan.programme.reminder_forms import RungForm
from khuevan.programme.reminder_queries import latest_reminder_days, reminders_on, units_without_people
from khuevan.programme.views.access import says_why
from khuevan.programme.views.plan_pages import person_of, staff_page

PEOPLE_A_PAGE = 50


@require_safe
@says_why
def reminders(request: HttpRequest) -> HttpResponse:
    """The reminders of one day by person, each with its mail, and the units that nobody can be reminded for."""
    _check_reads_all(request)
    days = latest_reminder_days()
    chosen = _day(request.GET.get("ngay", "")) or (days[0][0] if days else None)
    sheet = Paginator(reminders_on(chosen) if chosen else [], PEOPLE_A_PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "days": days_of_reminders(days, chosen),
        "day": chosen,
        "sheet": sheet,
        "people": people_reminded(sheet.object_list),
        "without_people": units_without_people(clock.today()),
        "may_see_mails": request.user.has_perm("outbox.view_outgoingmail"),
    }
    return staff_page(request, "programme/reminders/reminders.html", context, _crumb())


@require_safe
@says_why
def ladder(request: HttpRequest) -> HttpResponse:
    """The rungs in the order of days, in words."""
    _check_reads_all(request)
    context = {
        "rungs": ladder_rows(list(ReminderRung.objects.all())),
        "may_change": can_manage_ladder(person_of(request), clock.today()),
    }
    return staff_page(request, "programme/reminders/ladder.html", context, _crumb(), _ladder_crumb())


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def add_rung(request: HttpRequest) -> HttpResponse:
    """A new rung."""
    return _edit(request, ReminderRung(), _("New rung"))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def edit_rung(request: HttpRequest, pk: int) -> HttpResponse:
    """A rung's day and people."""
    return _edit(request, get_object_or_404(ReminderRung, pk=pk), _("Change a rung"))


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def drop_rung(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a rung away, once asked."""
    check_can_manage_ladder(person_of(request), clock.today())
    rung = get_object_or_404(ReminderRung, pk=pk)
    if request.method == "POST":
        remove_rung(by=person_of(request), rung=rung)
        messages.success(request, _("The rung was taken away."))
        return redirect("programme:ladder")
    context = {"rung": ladder_rows([rung])[0]}
    return staff_page(request, "programme/reminders/remove_rung.html", context, _crumb(), _ladder_crumb())


def _edit(request: HttpRequest, rung: ReminderRung, title: str) -> HttpResponse:
    check_can_manage_ladder(person_of(request), clock.today())
    form = RungForm(request.POST or None, instance=rung)
    if request.method == "POST" and form.is_valid():
        try:
            keep_rung(by=person_of(request), rung=form.save(commit=False))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The ladder was changed."))
            return redirect("programme:ladder")
    crumb = (request.path, title)
    context = {"form": form, "title": title}
    return staff_page(request, "programme/reminders/rung.html", context, _crumb(), _ladder_crumb(), crumb)


def _check_reads_all(request: HttpRequest) -> None:
    if not reads_all(person_of(request), clock.today()):
        raise PermissionDenied(_("You see the mails to yourself only, under “My mails”."))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _crumb() -> tuple[str, str]:
    return reverse("programme:reminders"), _("Reminders")


def _ladder_crumb() -> tuple[str, str]:
    return reverse("programme:ladder"), _("Ladder")
