"""Translating: choosing languages, writing paragraph by paragraph, letting a machine begin, seeing what changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Revision
from wagtail_localize.models import Translation

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.newsroom.actions.translation_work import (
    LONGEST_NAME,
    begin_translations,
    submit_for_review,
    take_new_source,
    write_machine_translation,
    write_paragraphs,
)
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.forms.translation import LanguagesForm
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import can_write, check_can_see_pieces, check_can_write
from khuevan.newsroom.queries.translations import language_states, source_state
from khuevan.newsroom.translation.advice import UNTRANSLATED, translation_advice
from khuevan.newsroom.translation.machines import TranslationFailed, machine, translated_by
from khuevan.newsroom.translation.paragraphs import Paragraph, paragraphs_of
from khuevan.newsroom.translation.reading import reading
from khuevan.newsroom.translation.sources import original_of, translation_of
from khuevan.newsroom.views.desk import pieces_crumb
from khuevan.newsroom.views.frame import Crumb, add_errors, person_of, says_why, staff_page
from khuevan.newsroom.views.piece import piece_crumb, piece_of
from khuevan.plain.text_differences import differences
from khuevan.plain.translation_files.inline import BrokenMarks, canonical, differing_marks
from khuevan.plain.translation_files.units import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as the form shows it: `was` tells whether somebody else changed it meanwhile."""

    number: int
    paragraph: Paragraph
    text: str
    was: str
    problem: str = ""

    @property
    def source(self) -> str:
        """The original's words, as they are shown."""
        return shown_text(self.paragraph.unit.source)

    @property
    def rows(self) -> int:
        """How many rows the field has: some more than the original fills."""
        return max(2, 1 + len(self.source) // 55)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def choose_languages(request: HttpRequest, short_id: int) -> HttpResponseBase:
    """Into which languages the piece is translated next."""
    pages = piece_of(request, short_id)
    check_can_write(person_of(request), clock.today())
    states = language_states(pages[:1])[pages[0].translation_key]
    offered = [(code, str(name)) for code, name in settings.LANGUAGES if states[code].page is None]
    form = LanguagesForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_translations(
                by=person_of(request), page=pages[0], languages=form.cleaned_data["languages"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request,
                ngettext(
                    "%(count)s language was begun: its draft waits for its translation.",
                    "%(count)s languages were begun: their drafts wait for their translations.",
                    len(made),
                )
                % {"count": len(made)},
            )
            if len(made) == 1:
                return redirect("newsroom_desk:paragraphs", made[0].pk)
            return redirect("newsroom_desk:piece", short_id)
    there = [
        (str(dict(settings.LANGUAGES).get(code, code)), state) for code, state in states.items() if state.page
    ]
    context = {"form": form, "offered": offered, "there": there, "head": pages[0]}
    crumb = (request.path, _("Translate"))
    return staff_page(
        request, "newsroom/translation/languages.html", context, pieces_crumb(), piece_crumb(pages[0]), crumb
    )


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def paragraphs(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The original and its translation paragraph by paragraph; posted, what changed is kept as a draft."""
    page, translation = translation_or_404(request, pk)
    check_can_write(person_of(request), clock.today())
    found = paragraphs_of(translation, page)
    lines = [_line(number, paragraph) for number, paragraph in enumerate(found)]
    newest = page.get_latest_revision_as_object()
    name = newest.translated_by or str(person_of(request))
    if request.method == "POST":
        lines, changed = _read(request, lines)
        name = request.POST.get("name", "").strip()[:LONGEST_NAME]
        if not any(line.problem for line in lines) and _write(request, page, changed, name):
            return redirect(request.path)
    context = {
        "lines": lines,
        "name": name,
        "wrong": sum(bool(line.problem) for line in lines),
        "done": sum(bool(line.paragraph.unit.target) for line in lines),
        "machine": machine(),
        "untranslated": sum(not line.paragraph.unit.target for line in lines),
        "advice": _advice(newest, page, is_done=all(line.paragraph.unit.target for line in lines)),
        **_head(page, translation, newest),
    }
    crumb = (request.path, _("Translate by paragraphs"))
    return staff_page(request, "newsroom/translation/paragraphs.html", context, *crumbs(page), crumb)


@takes_only_posts
@says_why
def let_machine_translate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is not translated yet goes to the machine that is set up; nothing is written where it fails."""
    page, translation = translation_or_404(request, pk)
    check_can_write(person_of(request), clock.today())
    using = machine()
    if using is None:
        raise Http404(_("No machine translation is set up."))
    units = [one.unit for one in paragraphs_of(translation, page)]
    sources = {unit.key: unit.source for unit in units if not unit.target}
    languages = (translation.source.locale.language_code, translation.target_locale.language_code)
    try:
        # Asked before anything is written: a transaction does not wait for another machine.
        texts = translated_by(using, sources, *languages)
        write_machine_translation(by=person_of(request), page=page, texts=texts, machine=using.name)
    except TranslationFailed as failed:
        messages.error(request, _("Nothing was translated. %(reason)s") % {"reason": failed})
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        left = len(sources) - len(texts)
        messages.success(
            request,
            ngettext(
                "%(machine)s translated %(count)s paragraph: read it against the original, then vouch for it.",
                "%(machine)s translated %(count)s paragraphs: read them against the original, then vouch for them.",
                len(texts),
            )
            % {"machine": using.name, "count": len(texts)},
        )
        if left:
            messages.warning(
                request,
                ngettext(
                    "%(count)s paragraph lost its marks on the way and is left to you.",
                    "%(count)s paragraphs lost their marks on the way and are left to you.",
                    left,
                )
                % {"count": left},
            )
    return redirect("newsroom_desk:paragraphs", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def source_changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changed in the original since the translation was made; posted, the translation takes its new version."""
    page = page_or_404(request, pk)
    original, translation = original_of(page), translation_of(page)
    if original is None or original.pk == page.pk:
        raise Http404(_("This is the original: there is nothing to compare it with."))
    person = person_of(request)
    if request.method == "POST":
        try:
            take_new_source(by=person, page=page)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return redirect(request.path)
        messages.success(request, _("The original's new version was taken: changed paragraphs wait below."))
        return redirect("newsroom_desk:paragraphs", pk)
    state = source_state(page)
    before, after = (
        Revision.objects.filter(pk=one or 0).first() for one in (state.made_from, state.newest_source)
    )
    shown = (
        differences(reading(before.as_object()), reading(after.as_object()))
        if before is not None and after is not None and state.is_changed
        else []
    )
    context = {
        "page": page,
        "original": original,
        "state": state,
        "before": before,
        "after": after,
        "paragraphs": shown,
        "changed": sum(paragraph.is_changed for paragraph in shown),
        "may_take": translation is not None and can_write(person, clock.today()),
        "title": page.draft_title or page.title,
    }
    crumb = (request.path, _("What changed in the original"))
    return staff_page(request, "newsroom/translation/source_changes.html", context, *crumbs(page), crumb)


def page_or_404(request: HttpRequest, pk: int) -> StoryPage:
    """One language of a piece, which the person may see; raises Http404 or PermissionDenied with the reason."""
    check_can_see_pieces(person_of(request), clock.today())
    found = StoryPage.objects.filter(pk=pk).select_related("locale", "latest_revision")
    page: StoryPage | None = found.first()
    if page is None:
        raise Http404(_("There is no such piece."))
    return page


def translation_or_404(request: HttpRequest, pk: int) -> tuple[StoryPage, Translation]:
    """A page that is translated by paragraphs, with its translation; raises as `page_or_404`."""
    page = page_or_404(request, pk)
    translation = translation_of(page)
    if translation is None or page.origin == TranslationOrigin.ORIGINAL:
        raise Http404(_("This page is not translated by paragraphs."))
    return page, translation


def crumbs(page: StoryPage) -> tuple[Crumb, Crumb]:
    """The way to the piece's own page."""
    return pieces_crumb(), piece_crumb(page)


def _head(page: StoryPage, translation: Translation, newest: StoryPage) -> dict[str, Any]:
    lock = page.get_lock()
    return {
        "page": page,
        "title": newest.title,
        "origin": newest.get_origin_display(),
        "is_machine": newest.origin == TranslationOrigin.MACHINE,
        "source_language": translation.source.locale,
        "target_language": translation.target_locale,
        "state": source_state(page),
        "is_locked": lock is not None,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def _advice(newest: StoryPage, page: StoryPage, *, is_done: bool) -> list[str]:
    """What to look at once more; of what is not translated yet, nobody needs to be told that it is the same."""
    original = original_of(page)
    found = translation_advice(newest, original) if original is not None else ()
    return [sentence for code, sentence in found if is_done or code not in UNTRANSLATED]


def _line(number: int, paragraph: Paragraph) -> Line:
    target = paragraph.unit.target
    return Line(number, paragraph, shown_text(target), _stamp(target))


def _stamp(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def shown_text(text: str) -> str:
    """The paragraph as people write it: signs that cannot be taken for marks stand as themselves."""
    plain = text.replace("&gt;", ">").replace("&amp;", "&")
    return plain if canonical(plain) == text else text


def _read(request: HttpRequest, lines: list[Line]) -> tuple[list[Line], dict[str, str]]:
    """The lines as they were sent, and the translations that differ from those that are stored."""
    read, changed = [], {}
    for line in lines:
        sent = request.POST.get(f"text-{line.number}")
        if sent is None or request.POST.get(f"key-{line.number}") != line.paragraph.unit.key:
            read.append(line)
            continue
        text = " ".join(sent.split())
        target = canonical(text)
        was = request.POST.get(f"was-{line.number}", "")
        if target == line.paragraph.unit.target or _stamp(target) == was:
            read.append(line)
            continue
        problem = _problem(line.paragraph.unit.source, text)
        if not problem and was != line.was:
            problem = _("Somebody else changed this paragraph meanwhile: compare, then save again.")
        changed[line.paragraph.unit.key] = target
        read.append(Line(line.number, line.paragraph, text, line.was, problem))
    return read, changed


def _problem(source: str, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return _("This paragraph is too long.")
    if not text:
        return ""
    try:
        _missing, extra = differing_marks(source, text)
    except BrokenMarks:
        return _("The marks in the text (bold, links, breaks) are broken.")
    if any(mark.startswith("<a") for mark in extra):
        return _("A link that the original has not cannot be kept: write it in the whole page.")
    return ""


def _write(request: HttpRequest, page: StoryPage, changed: dict[str, str], name: str) -> bool:
    """Keeps what changed and submits it where asked; False where an action refused."""
    person = person_of(request)
    stored_name = page.get_latest_revision_as_object().translated_by
    try:
        if changed or name != stored_name:
            write_paragraphs(by=person, page=page, texts=changed, name=name)
            messages.success(request, _("The draft was saved."))
        if "submit" in request.POST:
            submit_for_review(by=person, page=page)
            messages.success(request, _("The translation waits for its review now."))
    except ValidationError as error:
        messages.error(request, sentences(error))
        return "submit" in request.POST
    return True
