"""The picture of one's own signature: looked at, put in, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.documents.actions import keep_signature_image, remove_signature_image
from khuevan.documents.forms.reviewing import PictureForm, carried_out
from khuevan.documents.queries.signed import signature_image_of
from khuevan.documents.signing_permissions import check_can_use_signature_image
from khuevan.documents.views.frame import person_of, says_why, staff_page

MOST_BYTES = 3_000_001


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def own_signature(request: HttpRequest) -> HttpResponse:
    """Shows the picture of the person's signature; on POST keeps another one, or takes it out."""
    person = person_of(request)
    check_can_use_signature_image(person, person, clock.today())
    image = signature_image_of(person)
    if request.method == "POST" and "remove" in request.POST:
        if image is not None:
            remove_signature_image(by=person, image=image)
        messages.success(request, _("The picture of your signature is taken out."))
        return redirect("documents:own_signature")
    form = PictureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def deed() -> None:
        content = form.cleaned_data["picture"].read(MOST_BYTES)
        keep_signature_image(by=person, person=person, content=content)

    if request.method == "POST" and carried_out(form, deed):
        messages.success(request, _("The picture of your signature is kept."))
        return redirect("documents:own_signature")
    context = {"form": form, "image": image}
    return staff_page(request, "documents/review/own_signature.html", context, ("", _("My signature")))


@require_safe
@says_why
def own_signature_picture(request: HttpRequest) -> HttpResponseBase:
    """The picture itself, to nobody but its owner."""
    person = person_of(request)
    check_can_use_signature_image(person, person, clock.today())
    image = signature_image_of(person)
    if image is None:
        raise Http404(_("There is no picture of your signature."))
    response = FileResponse(image.file.open("rb"), content_type="image/png")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
