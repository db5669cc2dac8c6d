"""The form in which a reporter asks to come to a press conference: the only page here that needs a cookie."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.newsroom.accreditation_files import MOST_BYTES
from khuevan.newsroom.accreditation_rules import kept_until, takes_requests
from khuevan.newsroom.actions import ask_for_reporter
from khuevan.newsroom.models import PressConferencePage
from khuevan.website.press_floods import is_flood
from khuevan.website.press_forms import AccreditationForm
from khuevan.website.views.press import announced

# Two papers and the words around them.
LARGEST_FORM: Final = 2 * MOST_BYTES + 200_000


# Guarded below: looking for the token reads the whole form, and what is too large or too often is not read at all.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, language: str, pk: str) -> HttpResponse:
    """The form, or the request that it makes. Closed from the minute of the deadline."""
    conference = announced(language, pk)
    if request.method != "POST":
        return _guarded(request, conference)
    if _length(request) > LARGEST_FORM:
        trouble = _("These files are too large together: each may have 8 MB. Please choose smaller ones.")
        return _shown(request, conference, AccreditationForm(), trouble, status=413)
    if is_flood(request):
        trouble = _("Too many forms came from your connection. Please try again in an hour, or telephone us.")
        return _shown(request, conference, AccreditationForm(), trouble, status=429)
    answer = _guarded(request, conference)
    if answer.status_code == 403:
        # The token was missing or old. Django's own page would lose what was typed.
        trouble = _(
            "Your browser did not send back this form's cookie. Allow it for this site and send the form again."
        )
        form = AccreditationForm(initial=request.POST.dict() | {"website": ""})
        return _shown(request, conference, form, trouble, status=403)
    return answer


@csrf_protect
def _guarded(request: HttpRequest, conference: PressConferencePage) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, conference, AccreditationForm())
    if not takes_requests(conference, clock.now()):
        return _shown(request, conference, AccreditationForm(), status=409)
    form = AccreditationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, conference, form, status=422)
    try:
        ask_for_reporter(
            conference,
            form.answers,
            form.papers,
            language=conference.locale.language_code,
            form_key=form.cleaned_data["key"],
        )
    except ValidationError as refused:
        return _shown(request, conference, form, " ".join(refused.messages), status=409)
    return HttpResponseRedirect(
        reverse("press_accreditation_received", args=[conference.locale.language_code, conference.pk])
    )


@never_cache
@require_safe
def received(request: HttpRequest, language: str, pk: str) -> HttpResponse:
    """What happens next; the same for everybody, so that a reload sends nothing again."""
    conference = announced(language, pk)
    context = {"conference": conference, "kept_until": kept_until(conference)}
    return render(request, "website/press_accreditation_received.html", context)


def _shown(
    request: HttpRequest,
    conference: PressConferencePage,
    form: AccreditationForm,
    trouble: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conference": conference,
        "form": form,
        "trouble": trouble,
        "is_open": takes_requests(conference, clock.now()),
        "kept_until": kept_until(conference),
    }
    return render(request, "website/press_accreditation.html", context, status=status)


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isdecimal() and len(said) < 15 else LARGEST_FORM + 1
