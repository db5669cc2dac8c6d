"""What must be in order before a piece goes out. Each rule has its code; what it says is what people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, Workflow

from khuevan.core import clock
from khuevan.newsroom.choices import Consent, RightsBasis, TranslationOrigin
from khuevan.newsroom.models import LibraryDocument, Picture, StoryPage, Video
from khuevan.newsroom.models.stories import PRESS_REVIEW, REVIEWED_BY_THE_DIRECTOR
from khuevan.newsroom.reviewed import PublicationRefused, is_let_go, needs_no_review
from khuevan.newsroom.things_shown import things_of
from khuevan.newsroom.translation.advice import translation_advice
from khuevan.plain.folding import fold

SUMMARY_LONGEST = 300
TITLE_LONGEST = 110
# The one rule that time alone mends: other languages are not approved yet.
WAITS = "NR-12"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not in order: the rule's code, a sentence, and whether it keeps the piece from going out."""

    code: str
    sentence: str
    blocks: bool = True


def problems_of(story: StoryPage) -> list[Problem]:
    """Everything that is not in order with the piece as it stands, in the order in which it is read."""
    return [
        *_text_problems(story),
        *_embargo_problems(story),
        *_language_problems(story),
        *rights_problems(story),
    ]


def rights_problems(page: Page) -> list[Problem]:
    """What the page's pictures, films and documents lack before they may be shown."""
    return [problem for thing in things_of(page) for problem in picture_problems(thing)]


def check_rights(page: Page) -> None:
    """Raises PublicationRefused with every reason where the page shows what may not be shown."""
    _refuse(rights_problems(page))


def check_in_order(story: StoryPage) -> None:
    """Raises PublicationRefused with every reason but that other languages are waited for."""
    _refuse([problem for problem in problems_of(story) if problem.code != WAITS])


def check_release(story: StoryPage, revision: Revision) -> None:
    """Raises PublicationRefused with every reason why this revision of the piece may not go out."""
    problems = problems_of(story)
    review = PRESS_REVIEW if story.kind in REVIEWED_BY_THE_DIRECTOR and _has_press_review() else ""
    if not needs_no_review() and not is_let_go(revision, review):
        problems.append(
            Problem(
                "NR-40", _("No review has let this text go: submit it, and it goes out at the review's end.")
            )
        )
    _refuse(problems)


def waits_for_languages(story: StoryPage) -> bool:
    """Whether the piece goes out only with languages that are not approved yet."""
    return any(problem.code == WAITS for problem in problems_of(story))


def embargo_of(story: StoryPage) -> datetime | None:
    """The embargo that holds for the piece: the latest of its original's and of those languages that are public.

    A translation keeps what its original said when it was begun; that counts only where there is no original.
    """
    others = StoryPage.objects.filter(translation_key=story.translation_key).exclude(pk=story.pk)
    binding = list(others.filter(live=True).values_list("embargo_until", flat=True))
    original = others.filter(origin=TranslationOrigin.ORIGINAL).first()
    if original is not None and not original.live:
        # What is written or approved there is not stored as the page itself before it goes out.
        texts = {original.scheduled_revision, original.get_latest_revision()} - {None}
        binding += [text.as_object().embargo_until for text in texts] or [original.embargo_until]
    if original is None or story.origin == TranslationOrigin.ORIGINAL:
        binding.append(story.embargo_until)
    return max((moment for moment in binding if moment is not None), default=None)


def _has_press_review() -> bool:
    return bool(Workflow.objects.active().filter(name=PRESS_REVIEW).exists())


def _refuse(problems: Iterable[Problem]) -> None:
    blocking = [problem.sentence for problem in problems if problem.blocks]
    if blocking:
        raise PublicationRefused(blocking)


def _embargo_problems(story: StoryPage) -> Iterator[Problem]:
    until = embargo_of(story)
    if until is None or until <= timezone.now():
        return
    public = StoryPage.objects.filter(translation_key=story.translation_key, live=True).select_related(
        "locale"
    )
    languages = ", ".join(sorted({str(page.locale) for page in public}))
    if languages:
        yield Problem(
            "NR-41",
            _("The piece is public already (%(languages)s): an embargo would hide nothing. Take it away.")
            % {"languages": languages},
        )
    elif story.embargo_until != until:
        yield Problem(
            "NR-42",
            _(
                "Another language of the piece is under embargo until %(moment)s: this one waits for it as well."
            )
            % {"moment": formats.date_format(timezone.localtime(until), "H:i j/n/Y")},
            blocks=False,
        )


def _text_problems(story: StoryPage) -> Iterator[Problem]:
    if not story.summary.strip():
        yield Problem("NR-01", _("Write the summary: lists, feeds and search engines show it."))
    if len(story.title) > TITLE_LONGEST:
        yield Problem(
            "NR-02",
            _("The title has %(length)s characters: over %(most)s it is cut off in lists.")
            % {"length": len(story.title), "most": TITLE_LONGEST},
            blocks=False,
        )
    if not story.body and story.video is None:
        yield Problem("NR-03", _("The piece has no text yet."))


def _language_problems(story: StoryPage) -> Iterator[Problem]:
    if story.origin == TranslationOrigin.MACHINE:
        yield Problem("NR-10", _("A machine translated this text: a person reviews it before it goes out."))
    others = list(
        StoryPage.objects.filter(translation_key=story.translation_key)
        .exclude(pk=story.pk)
        .select_related("locale")
    )
    if story.origin != TranslationOrigin.ORIGINAL:
        for other in others:
            if other.origin == TranslationOrigin.ORIGINAL and same_text(story, other):
                yield Problem(
                    "NR-11",
                    _("This text is the same as the one in %(language)s: it is not translated yet.")
                    % {"language": str(other.locale)},
                )
            elif other.origin == TranslationOrigin.ORIGINAL:
                for code, sentence in translation_advice(story, other):
                    yield Problem(code, sentence, blocks=False)
    ready = {other.locale.language_code for other in others if other.is_ready}
    ready.add(story.locale.language_code)
    missing = [code for code in story.required_languages if code not in ready]
    if missing:
        yield Problem(
            "NR-12",
            _("It goes out only with %(languages)s, approved: not ready yet.")
            % {"languages": ", ".join(missing)},
        )


def picture_problems(thing: Picture | Video | LibraryDocument) -> Iterator[Problem]:
    """What a picture, film or document lacks before it may be shown."""
    name = thing.title
    if isinstance(thing, Picture) and not thing.alternative.strip():
        yield Problem("NR-20", _("“%(name)s” has no alternative text.") % {"name": name})
    if not thing.credit.strip():
        yield Problem("NR-21", _("“%(name)s” has no credit line.") % {"name": name})
    if not thing.basis:
        yield Problem("NR-22", _("Say by what right “%(name)s” is shown.") % {"name": name})
    elif thing.basis in (RightsBasis.LICENSED, RightsBasis.OPEN) and not (thing.licence or thing.licence_url):
        yield Problem("NR-23", _("“%(name)s”: name the licence.") % {"name": name})
    if not isinstance(thing, LibraryDocument) and thing.consent in ("", Consent.UNKNOWN):
        yield Problem(
            "NR-24", _("“%(name)s”: say whether people can be recognised and agreed.") % {"name": name}
        )
    if thing.is_expired_on(clock.today()):
        yield Problem("NR-25", _("The right to show “%(name)s” has ended.") % {"name": name})


def same_text(story: StoryPage, other: StoryPage) -> bool:
    """Whether both say the same in the same words: titles, summaries and bodies, whatever the case and the marks."""
    return words_of(story) == words_of(other)


def words_of(story: StoryPage) -> str:
    """All words that a reader sees, folded."""
    parts = story.body.stream_block.get_searchable_content(story.body)
    body = " ".join(str(strip_tags(str(part))) for part in parts)
    return " ".join(fold(f"{story.title} {story.summary} {body}").split())
