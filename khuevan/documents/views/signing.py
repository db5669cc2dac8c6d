"""Pages at which a document is signed: on paper registered, digitally, sealed; and what signatures say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.documents.actions import keep_digital_signature, sign_on_paper
from khuevan.documents.choices import SignatureKind
from khuevan.documents.forms.reviewing import KeyForm, PaperSignatureForm, carried_out
from khuevan.documents.models import Document
from khuevan.documents.permissions import check_can_keep_register
from khuevan.documents.queries import visible_documents
from khuevan.documents.queries.signed import file_to_sign, signature_image_of
from khuevan.documents.received_files import looked_through
from khuevan.documents.signatures.errors import Refusal
from khuevan.documents.signatures.keys import Pkcs12Key, SigningKey, TokenKey
from khuevan.documents.signed_files import signed_by_person, signed_by_seal
from khuevan.documents.signing_permissions import check_can_sign, signer_of
from khuevan.documents.signing_setup import has_tokens, token_module
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.people.models import User


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A request for a page about one registered document that the person reads."""

    request: HttpRequest
    person: User
    today: date
    document: Document

    def render(self, template: str, heading: str, context: dict[str, Any]) -> HttpResponse:
        """The page in the staff frame, below the document."""
        frame = {"document": self.document, "heading": heading, "today": self.today}
        crumb = (self.document.get_absolute_url(), self.document.symbol or str(self.document)[:80])
        return staff_page(self.request, template, {**frame, **context}, crumb, ("", heading))

    def done(self, message: str) -> HttpResponse:
        """Back to the document's page, which says what was done."""
        messages.success(self.request, message)
        return redirect(self.document)


def document_page(request: HttpRequest, pk: int) -> DocumentPage:
    """The page about the document; raises Http404 where there is none that the person reads."""
    person, today = person_of(request), clock.today()
    found = visible_documents(person, today).filter(pk=pk).select_related("issued_number").first()
    if found is None:
        raise Http404(_("There is no such document, or it is not your unit's."))
    return DocumentPage(request, person, today, found)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks who signed on paper and when; on POST registers it, with the scan where there is one."""
    page = document_page(request, pk)
    check_can_keep_register(page.person, page.today)
    initial = {"signer_name": page.document.signer_name, "signed_date": page.today}
    form = (
        PaperSignatureForm(request.POST, request.FILES)
        if request.method == "POST"
        else PaperSignatureForm(initial=initial)
    )

    def deed() -> None:
        scan = form.cleaned_data["scan"]
        sign_on_paper(
            by=page.person,
            document=page.document,
            signer_name=form.cleaned_data["signer_name"],
            signed_at=form.signed_at(),
            scan=looked_through(scan.name, scan.file) if scan else None,
        )

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The signature is registered; the document can be sent."))
    context = {
        "form": form,
        "button": _("Register the signature"),
        "explanation": _("The printed document was signed and sealed: say by whom and when."),
    }
    return page.render("documents/review/sign_form.html", _("Signed on paper"), context)


@sensitive_post_parameters("passphrase", "pin")
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def digital(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the signer's key; on POST signs the document with it and forgets it."""
    page = document_page(request, pk)
    check_can_sign(page.person, page.document, page.today)
    image, base = signature_image_of(page.person), file_to_sign(page.document)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = KeyForm(*sent, tokens=has_tokens())

    def deed() -> None:
        if base is None:
            raise ValidationError(_("The PDF of the document is not there yet: a records clerk makes it."))
        if image is None:
            raise ValidationError(_("Keep the picture of your signature first: it stands above your name."))
        if request.POST.get("seen_sha256") != base.sha256:
            # What is signed is what stood on the page, not what somebody made of it since.
            raise ValidationError(_("This is no longer the file that you saw: look at it and sign again."))
        try:
            signed = signed_by_person(page.document, base, key=_key_of(form), image=image)
        except Refusal as refused:
            raise ValidationError(str(refused)) from None
        keep_digital_signature(
            by=page.person, document=page.document, kind=SignatureKind.DIGITAL, signed=signed
        )

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The document is signed; it can be sent."))
    context = {
        "form": form,
        "button": _("Sign the document"),
        "has_image": image is not None,
        "file": base,
        "explanation": _(
            "Your signature goes into the PDF, with its picture between your post and your name."
        ),
    }
    return page.render("documents/review/sign_form.html", _("Sign digitally"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more; on POST puts the body's digital seal on the signed document."""
    page = document_page(request, pk)
    check_can_keep_register(page.person, page.today)
    base = file_to_sign(page.document)
    problem = ""
    if request.method == "POST":
        try:
            if base is None:
                raise ValidationError(
                    _("The PDF of the document is not there yet: a records clerk makes it.")
                )
            signer = signer_of(page.document)
            signed = signed_by_seal(
                page.document, base, signer_image=signature_image_of(signer) if signer is not None else None
            )
            keep_digital_signature(
                by=page.person, document=page.document, kind=SignatureKind.SEAL, signed=signed
            )
        except Refusal as refused:
            problem = str(refused)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            return page.done(_("The document bears the seal."))
    context = {
        "problem": problem,
        "button": _("Seal the document"),
        "explanation": _(
            "The body's digital seal goes into the signed PDF, over the left third of the signature."
        ),
    }
    return page.render("documents/review/sign_form.html", _("Seal the document"), context)


@sensitive_variables()
def _key_of(form: KeyForm) -> SigningKey:
    data = form.cleaned_data
    if data.get("key_file") is not None:
        return Pkcs12Key(data["key_file"].read(), data["passphrase"])
    return TokenKey(token_module(), data["token_label"], data["pin"], data["certificate_label"])
