"""Writes of those who translate: ask for a language, write paragraphs, take the original's new version."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.permissions import check_can_write
from khuevan.newsroom.translation.composing import composed
from khuevan.newsroom.translation.paragraphs import paragraphs_of
from khuevan.newsroom.translation.sources import made_source, original_of, translation_of
from khuevan.people.models import User

LONGEST_NAME = 150


@action
def begin_translations(*, by: User, page: StoryPage, languages: list[str]) -> list[StoryPage]:
    """The drafts of the piece in the languages, in the original's words until somebody translates them."""
    check_can_write(by, clock.today())
    original = original_of(page)
    if original is None:
        raise ValidationError(_("The original of this piece is gone: nothing can be translated from it."))
    if original.withdrawal is not None:
        raise ValidationError(_("This piece was withdrawn: it is not translated any more."))
    wanted = [code for code, _name in settings.LANGUAGES if code in set(languages)]
    if not wanted or len(wanted) != len(set(languages)):
        raise ValidationError({"languages": _("Choose at least one of the languages offered.")})
    taken = _languages_of(original)
    for code in wanted:
        if code in taken:
            raise ValidationError(
                {"languages": _("The piece exists in %(language)s already.") % {"language": taken[code]}}
            )
    source = made_source(original)
    made = []
    for code in wanted:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        copy = CopyPageForTranslationAction(original, locale, copy_parents=True, user=by).execute(
            # Who may was asked above, by posts and not by Wagtail's permissions.
            skip_permission_checks=True
        )
        # wagtail-localize's own editor stays away from what is not enabled: see the package's docstring.
        translation = Translation.objects.update_or_create(
            source=source, target_locale=locale, defaults={"enabled": False}
        )[0]
        draft = StoryPage.objects.get(pk=copy.pk)
        draft.origin, draft.translated_by, draft.live = TranslationOrigin.PERSON, "", False
        draft.reviewed_at, draft.reviewed_by = None, None
        draft.save(clean=False)
        draft.save_revision(user=by, clean=False)
        made.append(_keep(by, translation, draft, origin=TranslationOrigin.PERSON, name=""))
    note(original, {"translations": [[], wanted]})
    return made


@action
def write_paragraphs(
    *, by: User, page: StoryPage, texts: Mapping[str, str], name: str, by_file: bool = False
) -> StoryPage:
    """The draft with the new translations, keyed by the paragraphs' keys; an empty one takes the translation away.

    `name` is who translated. A text that a machine began stays a machine's until somebody vouches for it
    (`review_translation`), unless a file brought a person's words for all that the machine wrote.
    """
    translation, page = _to_write(by, page)
    _store(by, translation, page, texts, machine="", tool="XLIFF/PO" if by_file else "")
    origin = _origin(page)
    if by_file and origin == TranslationOrigin.MACHINE and not _has_machine_text(translation, page):
        origin = TranslationOrigin.PERSON
    return _keep(by, translation, page, origin=origin, name=name)


@action
def write_machine_translation(
    *, by: User, page: StoryPage, texts: Mapping[str, str], machine: str
) -> StoryPage:
    """The draft with what a machine translated; it is marked so, and stays back until a person vouches for it."""
    translation, page = _to_write(by, page)
    _store(by, translation, page, texts, machine=machine, tool=machine)
    return _keep(by, translation, page, origin=TranslationOrigin.MACHINE, name="")


@action
def take_new_source(*, by: User, page: StoryPage) -> StoryPage:
    """The draft made anew from the original's newest version; changed paragraphs wait for their translation."""
    translation, page = _to_write(by, page)
    original = original_of(page)
    if original is None:
        raise ValidationError(_("The original of this piece is gone: nothing can be translated from it."))
    # What was mended in Wagtail's own editor belongs to the words that stood there until now, in every language.
    for other in translation.source.translations.select_related("target_locale"):
        sibling = StoryPage.objects.filter(
            translation_key=page.translation_key, locale=other.target_locale
        ).first()
        if sibling is not None:
            _store(by, other, sibling, {}, machine="", tool="")
    made_source(original)
    fresh = translation_of(page)
    assert fresh is not None
    origin = _origin(page)
    if origin == TranslationOrigin.REVIEWED and not all(
        paragraph.unit.target for paragraph in paragraphs_of(fresh, page)
    ):
        # What somebody vouched for was another text; this one has paragraphs that nobody has read.
        is_machine = _has_machine_text(fresh, page)
        origin = TranslationOrigin.MACHINE if is_machine else TranslationOrigin.PERSON
    return _keep(by, fresh, page, origin=origin, name=page.translated_by)


@action
def submit_for_review(*, by: User, page: StoryPage) -> StoryPage:
    """The piece, whose newest version now waits for those who decide on it."""
    check_can_write(by, clock.today())
    fresh: StoryPage = StoryPage.objects.get(pk=page.pk)
    check_not_locked(by, fresh)
    state = fresh.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    elif state is not None:
        raise ValidationError(_("This piece waits for its review already."))
    else:
        review = fresh.get_workflow()
        if review is None:
            raise ValidationError(_("No review is set up for this piece: ask an administrator."))
        review.start(fresh, by)
    note(fresh, {"review": [None, "submitted"]})
    return fresh


def _to_write(by: User, page: StoryPage) -> tuple[Translation, StoryPage]:
    """The translation with its page as it is stored now, held until the write is done."""
    check_can_write(by, clock.today())
    fresh = StoryPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    check_not_locked(by, fresh)
    translation = translation_of(fresh)
    if translation is None:
        raise ValidationError(
            _("This page was not begun as a translation by paragraphs: edit it as a whole.")
        )
    return translation, fresh


def check_not_locked(by: User, page: StoryPage) -> None:
    """Raises ValidationError where the page is locked for the person: by somebody, or by its review."""
    lock = page.get_lock()
    if lock is not None and lock.for_user(by):
        raise ValidationError(
            _("The page is being reviewed or is locked: nobody else changes it until that is over.")
        )


def _languages_of(original: StoryPage) -> dict[str, str]:
    pages = StoryPage.objects.filter(translation_key=original.translation_key, alias_of__isnull=True)
    return {page.locale.language_code: str(page.locale) for page in pages.select_related("locale")}


def _origin(page: StoryPage) -> TranslationOrigin:
    return TranslationOrigin(page.get_latest_revision_as_object().origin)


def _has_machine_text(translation: Translation, page: StoryPage) -> bool:
    return any(paragraph.unit.is_machine for paragraph in paragraphs_of(translation, page))


def _store(
    by: User, translation: Translation, page: StoryPage, texts: Mapping[str, str], *, machine: str, tool: str
) -> None:
    """Writes the paragraphs' translations, those that stand in the page's newest version among them."""
    paragraphs = paragraphs_of(translation, page)
    unknown = set(texts) - {paragraph.unit.key for paragraph in paragraphs}
    if unknown:
        raise ValidationError(_("The original has changed meanwhile: look at the paragraphs again."))
    now = timezone.now()
    for paragraph in paragraphs:
        unit = paragraph.unit
        text = texts.get(unit.key, unit.target)
        if not text.strip():
            StringTranslation.objects.filter(
                translation_of_id=paragraph.string,
                context_id=paragraph.context,
                locale=translation.target_locale,
            ).delete()
            continue
        # A paragraph that was sent back as it stands is nobody's new work.
        is_unchanged_machine = text == unit.target and unit.is_machine
        by_machine = (bool(machine) and unit.key in texts) or is_unchanged_machine
        kind = (
            StringTranslation.TRANSLATION_TYPE_MACHINE
            if by_machine
            else StringTranslation.TRANSLATION_TYPE_MANUAL
        )
        values = {
            "data": text,
            "translation_type": kind,
            "tool_name": tool if unit.key in texts else "",
            "last_translated_by": by,
            "has_error": False,
            "field_error": "",
            "updated_at": now,
        }
        # Who let the machine write it is still who did: that person does not vouch for it (`review_translation`).
        kept = {"last_translated_by"} if is_unchanged_machine and not machine else set()
        StringTranslation.objects.update_or_create(
            translation_of_id=paragraph.string,
            context_id=paragraph.context,
            locale=translation.target_locale,
            defaults={name: value for name, value in values.items() if name not in kept},
            create_defaults=values,
        )


def _keep(
    by: User, translation: Translation, page: StoryPage, *, origin: TranslationOrigin, name: str
) -> StoryPage:
    """The page with a new version of its draft; what is live stays as it is."""
    text = composed(translation, page)
    text.origin = origin
    if origin != TranslationOrigin.REVIEWED:
        text.reviewed_at, text.reviewed_by = None, None
    text.translated_by = (name.strip() or text.translated_by)[:LONGEST_NAME]
    revision = text.save_revision(user=by)
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    note(page, {"origin": [page.origin, origin], "revision": [page.latest_revision_id, revision.pk]})
    fresh: StoryPage = StoryPage.objects.get(pk=page.pk)
    return fresh
