"""What must be in order before a piece goes out. Each rule has its code; what it says is what people read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.newsroom.choices import Consent, RightsBasis, TranslationOrigin
from khuevan.newsroom.models import LibraryDocument, Picture, StoryPage, Video
from khuevan.newsroom.translation.advice import translation_advice
from khuevan.plain.folding import fold

SUMMARY_LONGEST = 300
TITLE_LONGEST = 110


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
        *_language_problems(story),
        *(problem for picture in pictures_of(story) for problem in picture_problems(picture)),
    ]


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
    ready = {other.locale.language_code for other in others if other.live or other.is_ready}
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


def pictures_of(story: StoryPage) -> list[Picture | Video]:
    """The pictures and the film of the piece, each once, in the order in which they are seen."""
    found: dict[tuple[str, int], Picture | Video] = {}
    things: list[Any] = [story.picture, story.video, *pictures_in(story.body)]
    for thing in things:
        if thing is not None:
            found[type(thing).__name__, thing.pk] = thing
    return list(found.values())


def pictures_in(body: Any) -> Iterator[Picture]:
    """The pictures of a body in the order in which they are seen, one as often as it is shown."""
    for block in body:
        if block.block_type == "picture":
            yield block.value["picture"]
        elif block.block_type == "gallery":
            for item in block.value["pictures"]:
                yield item["picture"]


def same_text(story: StoryPage, other: StoryPage) -> bool:
    """Whether both say the same in the same words: titles, summaries and bodies, whatever the case and the marks."""
    return words_of(story) == words_of(other)


def words_of(story: StoryPage) -> str:
    """All words that a reader sees, folded."""
    parts = story.body.stream_block.get_searchable_content(story.body)
    body = " ".join(str(strip_tags(str(part))) for part in parts)
    return " ".join(fold(f"{story.title} {story.summary} {body}").split())
