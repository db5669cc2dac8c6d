"""Moving a card: what the move asks for, and the move; as pages, and as JSON for the board's own script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.people.models import User
from khuevan.programme.actions import accept_reply, move_step, return_reply
from khuevan.programme.actions.board import DraftWaits, begin_instalment
from khuevan.programme.board_moves import check_can_move, moves_of
from khuevan.programme.board_queries import (
    BoardLine,
    instalment_board_lines,
    step_board_lines,
    waiting_report,
)
from khuevan.programme.browse_queries import Sight
from khuevan.programme.choices import InstalmentState, StepState
from khuevan.programme.models import Instalment, Reply
from khuevan.programme.planning_scope import Scope, instalments_in, steps_in
from khuevan.programme.presenters.board import card, column_label, move_label
from khuevan.programme.views.access import says_why
from khuevan.programme.views.plan_pages import person_of, sight_at, staff_page

JSON = "application/json"
Rows = Callable[[Scope], QuerySet[Any]]
Lines = Callable[[Iterable[int]], dict[int, BoardLine]]
View = Callable[[HttpRequest, int], HttpResponseBase]


def by_script(request: HttpRequest) -> bool:
    """Whether the board's script asks, which takes a sentence or a form instead of a page."""
    return JSON in request.headers.get("Accept", "")


def tells_the_script(view: View) -> View:
    """The view, whose refusals reach the script as sentences; as pages they stay what they are."""

    @wraps(view)
    def answered(request: HttpRequest, pk: int) -> HttpResponseBase:
        try:
            return view(request, pk)
        except (Http404, PermissionDenied) as error:
            if not by_script(request):
                raise
            status = 404 if isinstance(error, Http404) else 403
            return JsonResponse({"sentence": str(error)}, status=status)

    return answered


@dataclass(frozen=True, slots=True)
class Moving:
    """A request to move one card: whose, which, where to."""

    request: HttpRequest
    person: User
    today: date
    record: Any
    line: BoardLine
    to: str

    @property
    def back(self) -> str:
        """The board from which the person came; the whole board where the address says nothing of ours."""
        wish = self.request.POST.get("back") or self.request.GET.get("back") or ""
        if url_has_allowed_host_and_scheme(wish, {self.request.get_host()}, self.request.is_secure()):
            return wish
        return reverse("programme:board")


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
@tells_the_script
def move_instalment(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks what a move of an instalment's card needs, and makes it."""
    moving = _moving(request, pk, instalments_in, instalment_board_lines)
    return _answer(moving, InstalmentState.values, _make_instalment_move)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
@tells_the_script
def move_step_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether a step is to be moved, and moves it."""
    moving = _moving(request, pk, steps_in, step_board_lines)
    return _answer(moving, StepState.values, _make_step_move)


def _moving(request: HttpRequest, pk: int, rows_in: Rows, lines_of: Lines) -> Moving:
    """The request with its card; raises Http404 for a card that the person does not see."""
    today, sight = sight_at(request)
    record = _seen(sight, rows_in, pk)
    to = request.POST.get("to") or request.GET.get("to") or ""
    return Moving(request, person_of(request), today, record, lines_of([pk])[pk], to)


def _seen(sight: Sight, rows_in: Rows, pk: int) -> Model:
    found: Model | None = rows_in(Scope(sight)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such work, or it is not your unit's."))
    return found


def _answer(moving: Moving, states: list[str], make: Callable[[Moving], None]) -> HttpResponse:
    if moving.to not in states:
        problem = _("Choose where the card goes.") if moving.request.method == "POST" or moving.to else ""
        return _choose(moving, problem)
    try:
        check_can_move(moving.person, moving.line, moving.to, moving.today)
    except ValidationError as error:
        return _refused(moving, error)
    if not moving.line.step and moving.to == InstalmentState.REPORTED:
        return _go_on(moving, _("Report it with its evidence here."))
    if moving.request.method != "POST":
        return _ask(moving)
    try:
        make(moving)
    except DraftWaits as error:
        return _go_on(moving, error.messages[0])
    except ValidationError as error:
        return _ask(moving, problem=error.messages[0])
    sentence = _("“%(title)s” stands under “%(column)s” now.") % {
        "title": card(moving.line, (), moving.today).title,
        "column": column_label(moving.to, step=moving.line.step),
    }
    if by_script(moving.request):
        return JsonResponse({"sentence": sentence})
    messages.success(moving.request, sentence)
    return redirect(moving.back)


def _make_instalment_move(moving: Moving) -> None:
    words = moving.request.POST.get("text", "")
    if moving.to == InstalmentState.IN_PROGRESS:
        begin_instalment(by=moving.person, instalment=moving.record, text=words)
        return
    report = waiting_report(moving.record)
    if report is None:
        raise ValidationError(_("Somebody has judged this reply meanwhile, or it waits for nobody."))
    if moving.to == InstalmentState.DONE:
        accept_reply(by=moving.person, reply=report, words=words)
    else:
        return_reply(by=moving.person, reply=report, reason=words)


def _make_step_move(moving: Moving) -> None:
    move_step(by=moving.person, step=moving.record, state=moving.to)


def _go_on(moving: Moving, sentence: str) -> HttpResponse:
    """To the page of the instalment, where a report is written with its evidence."""
    url = reverse("programme:instalment", args=[moving.line.pk])
    if by_script(moving.request):
        return JsonResponse({"go": url})
    messages.info(moving.request, sentence)
    return redirect(url)


def _refused(moving: Moving, error: ValidationError) -> HttpResponse:
    if by_script(moving.request):
        return JsonResponse({"sentence": error.messages[0]}, status=409)
    return _choose(moving, error.messages[0], status=409)


def _choose(moving: Moving, problem: str, *, status: int = 200) -> HttpResponse:
    """The page on which one says where the card goes."""
    if by_script(moving.request):
        return JsonResponse({"sentence": problem or _("Choose where the card goes.")}, status=400)
    moves = moves_of(moving.person, moving.line, moving.today)
    context = {"card": card(moving.line, moves, moving.today), "problem": problem}
    return _page(moving, "programme/planning/move_choose.html", context, status)


def _ask(moving: Moving, problem: str = "") -> HttpResponse:
    """The form of the move: a sentence, a reason, or only the question."""
    if moving.to == InstalmentState.IN_PROGRESS and not moving.line.step and _has_draft(moving.record):
        return _go_on(moving, _("Your unit has a draft for it: send it, or discard it."))
    context = {
        "card": card(moving.line, (), moving.today),
        "to": moving.to,
        "to_label": move_label(moving.to, step=moving.line.step),
        "column_label": column_label(moving.to, step=moving.line.step),
        "problem": problem,
        "text": moving.request.POST.get("text", _prefilled(moving)),
        "back": moving.back,
        "move_url": moving.request.path,
        "programme_base": reverse("programme:index"),
        **_wording(moving),
    }
    status = 422 if problem else 200
    if by_script(moving.request):
        form = render_to_string("programme/planning/move_form.html", context, request=moving.request)
        return JsonResponse({"form": form, "sentence": problem}, status=status)
    return _page(moving, "programme/planning/move.html", context, status)


def _has_draft(instalment: Instalment) -> bool:
    return Reply.objects.filter(instalment=instalment, state="DRAFT").exists()


def _prefilled(moving: Moving) -> str:
    if moving.to != InstalmentState.IN_PROGRESS:
        return ""
    if moving.line.state == InstalmentState.RETURNED:
        return _("Being completed as the return asks.")
    return _("Work has begun.")


def _wording(moving: Moving) -> dict[str, Any]:
    """What the form asks for, and for a verdict the report that it is about."""
    if moving.line.step:
        return {"asks_words": False}
    if moving.to == InstalmentState.IN_PROGRESS:
        return {"asks_words": True, "words_label": _("How far it is, in a sentence"), "needs_words": True}
    returning = moving.to == InstalmentState.RETURNED
    label = _("What is missing") if returning else _("A word with the acceptance (may be left out)")
    return {
        "asks_words": True,
        "words_label": label,
        "needs_words": returning,
        "report": waiting_report(moving.record),
    }


def _page(moving: Moving, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    own = (moving.request.path, _("Move a card"))
    shared = {
        "back": moving.back,
        "programme_base": reverse("programme:index"),
        "move_url": moving.request.path,
        **context,
    }
    response = staff_page(moving.request, template, shared, (reverse("programme:board"), _("Board")), own)
    response.status_code = status
    return response
