"""Translators' files out and in: what a file would change is shown before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail_localize.models import Translation

from khuevan.core import clock
from khuevan.core.refusals import sentences
from khuevan.newsroom.actions.translation_work import write_paragraphs
from khuevan.newsroom.forms.translation import FileForm
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import check_can_write
from khuevan.newsroom.presenters.translation_sentences import file_sentence, refused_sentence
from khuevan.newsroom.translation.paragraphs import paragraphs_of, units_of
from khuevan.newsroom.translation.sources import version_of
from khuevan.newsroom.views.frame import person_of, says_why, staff_page
from khuevan.newsroom.views.translation import crumbs, translation_or_404
from khuevan.plain.folding import slug
from khuevan.plain.translation_files import (
    FileRefused,
    Incoming,
    compared,
    po_text,
    read_po,
    read_xliff,
    xliff_bytes,
)
from khuevan.plain.translation_files.units import MOST_BYTES

_SALT = "khuevan.newsroom.translation-file"
# How long a preview may lie before it is confirmed.
_SECONDS = 3600
_KINDS = {"xlf": "application/xliff+xml", "po": "text/x-gettext-translation"}


@require_safe
@says_why
def file_out(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The paragraphs and their translations as XLIFF (`xlf`) or PO (`po`)."""
    page, translation = translation_or_404(request, pk)
    check_can_write(person_of(request), clock.today())
    units = units_of(paragraphs_of(translation, page))
    languages: dict[str, str] = {
        "source_language": translation.source.locale.language_code,
        "target_language": translation.target_locale.language_code,
    }
    if form == "xlf":
        content = xliff_bytes(
            units, original=f"{page.short_id}@{version_of(translation.source)}", **languages
        )
    else:
        content = po_text(units, translation=str(translation.uuid), **languages).encode()
    name = f"{slug(page.title)[:60] or 'piece'}-{languages['target_language']}.{form}"
    plain_name = name if name.isascii() else f"{page.short_id}-{languages['target_language']}.{form}"
    return HttpResponse(
        content,
        content_type=f"{_KINDS[form]}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{plain_name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def file_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that came back: first what it would change, then, confirmed, the change itself."""
    page, translation = translation_or_404(request, pk)
    person = person_of(request)
    check_can_write(person, clock.today())
    if request.method == "POST" and "kept" in request.POST:
        return _confirmed(request, page, translation)
    newest = page.get_latest_revision_as_object()
    form = FileForm(request.POST or None, request.FILES or None, initial={"name": newest.translated_by})
    context: dict[str, Any] = {"form": form, "page": page, "title": newest.title, "preview": None}
    if request.method == "POST" and form.is_valid():
        try:
            incoming = _read(form.cleaned_data["file"], translation)
        except FileRefused as refused:
            form.add_error("file", file_sentence(refused))
        else:
            context |= _preview(page, translation, incoming, form.cleaned_data["name"])
    context["source_language"] = translation.source.locale
    context["target_language"] = translation.target_locale
    crumb = (request.path, _("Translation from a file"))
    return staff_page(request, "newsroom/translation/file.html", context, *crumbs(page), crumb)


def _read(upload: Any, translation: Translation) -> list[Incoming]:
    if upload.size > MOST_BYTES:
        raise FileRefused("too_large", most=MOST_BYTES // 1_000_000)
    content, name = upload.read(), str(upload.name).lower()
    if name.endswith(".po"):
        identity, incoming = read_po(content)
        if identity and identity != str(translation.uuid):
            raise FileRefused("other_translation")
        return incoming
    if not name.endswith((".xlf", ".xliff")):
        raise FileRefused("not_known")
    _source, target, incoming = read_xliff(content)
    if target.lower() != translation.target_locale.language_code.lower():
        raise FileRefused("other_language", language=target or "?")
    return incoming


def _preview(
    page: StoryPage, translation: Translation, incoming: list[Incoming], name: str
) -> dict[str, Any]:
    found = compared(units_of(paragraphs_of(translation, page)), incoming)
    kept = {
        "page": page.pk,
        "name": name,
        "texts": {change.unit.key: [change.unit.source, change.target] for change in found.changes},
    }
    return {
        "preview": found,
        "refused": [(refused, refused_sentence(refused)) for refused in found.refused],
        "name": name,
        "kept": signing.dumps(kept, salt=_SALT, compress=True),
    }


def _confirmed(request: HttpRequest, page: StoryPage, translation: Translation) -> HttpResponseBase:
    """Writes what was shown, all of it or nothing."""
    try:
        kept = signing.loads(request.POST["kept"], salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("This preview is too old: upload the file again."))
        return redirect(request.path)
    if kept["page"] != page.pk:
        raise Http404(_("This preview belongs to another page."))
    now = {one.unit.key: one.unit.source for one in paragraphs_of(translation, page)}
    if any(now.get(key) != source for key, (source, _target) in kept["texts"].items()):
        messages.error(request, _("The source has changed since the file was made: nothing was written."))
        return redirect(request.path)
    texts = {key: target for key, (_source, target) in kept["texts"].items()}
    try:
        write_paragraphs(by=person_of(request), page=page, texts=texts, name=kept["name"], by_file=True)
    except ValidationError as error:
        messages.error(request, sentences(error))
        return redirect(request.path)
    messages.success(
        request,
        ngettext(
            "%(count)s paragraph was taken from the file.",
            "%(count)s paragraphs were taken from the file.",
            len(texts),
        )
        % {"count": len(texts)},
    )
    return redirect("newsroom_desk:paragraphs", page.pk)
