"""Staff page of one request for accreditation: what was sent, its papers, the decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.refusals import sentences
from khuevan.newsroom.actions import decide_accreditation, delete_accreditation
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.forms.accreditation import DecisionForm
from khuevan.newsroom.models import AccreditationFile, AccreditationRequest
from khuevan.newsroom.permissions import check_can_accredit
from khuevan.newsroom.queries.accreditation import conference_line
from khuevan.newsroom.views.frame import add_errors, person_of, says_why, staff_page
from khuevan.newsroom.views.press import conferences_crumb

# What the buttons of the decision are called.
DECISIONS = {"approve": AccreditationState.APPROVED, "decline": AccreditationState.DECLINED}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its papers; on POST the decision, or its deletion."""
    person = person_of(request)
    check_can_accredit(person, clock.today())
    found = get_object_or_404(AccreditationRequest.objects.select_related("conference", "decided_by"), pk=pk)
    language = str(get_language_info(found.language)["name_translated"])
    form = DecisionForm(
        request.POST or None,
        language=language[:1].lower() + language[1:],
        initial={"words": found.decision_words},
    )
    conference = conference_line(found.conference).page
    back = reverse("press:conference", args=[conference.pk])
    deed = request.POST.get("deed", "")
    if request.method == "POST" and deed == "delete":
        try:
            delete_accreditation(by=person, request=found)
        except ValidationError as refused:
            messages.error(request, sentences(refused))
            return HttpResponseRedirect(request.path)
        messages.success(request, _("The request, its papers and its mails were deleted."))
        return HttpResponseRedirect(back)
    if request.method == "POST" and deed in DECISIONS and form.is_valid():
        try:
            decide_accreditation(
                by=person, request=found, state=DECISIONS[deed], words=form.cleaned_data["words"]
            )
        except ValidationError as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Decided. The reporter is told by mail."))
            return HttpResponseRedirect(back)
    context = {
        "found": found,
        "conference": conference,
        "files": list(found.files.all()),
        "form": form,
        "language": language,
    }
    return staff_page(
        request,
        "newsroom/press/request.html",
        context,
        conferences_crumb(),
        (back, conference.title),
        ("", found.name),
        status=422 if form.errors else 200,
    )


@never_cache
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper of a request, always as a download: what strangers send is never shown as our page."""
    try:
        check_can_accredit(person_of(request), clock.today())
    except PermissionDenied:
        raise Http404 from None
    found = get_object_or_404(AccreditationFile, pk=pk)
    try:
        stream = found.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(
        stream, as_attachment=True, filename=found.filename, content_type=found.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
