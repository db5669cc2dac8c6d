"""The body of a piece as the API gives it: each block as an object of its own kind."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from wagtail.rich_text import expand_db_html

from khuevan.newsroom.models import StoryPage
from khuevan.plain.feeds.bodies import syndicated_html
from khuevan.website.api.media import file_value, picture_value
from khuevan.website.api.tables import TEXT, Schema, closed, list_of, one_of

_SHOWN: Final = closed({"picture": one_of("Picture"), "caption": TEXT})
_KINDS: Final[dict[str, dict[str, Schema]]] = {
    "text": {"html": TEXT},
    "picture": {"picture": one_of("Picture"), "caption": TEXT},
    "gallery": {"pictures": list_of(_SHOWN)},
    "quote": {"quote": TEXT, "speaker": TEXT, "post": TEXT},
    "exchange": {"question": TEXT, "answer_html": TEXT},
    "facts": {"title": TEXT, "facts": list_of(closed({"name": TEXT, "value": TEXT, "source": TEXT}))},
    "file": {"file": one_of("File"), "description": TEXT},
}
# A kind of block that came after this table was written: what readers of the site see.
_OTHER: Final = closed({"type": {"type": "string", "not": {"enum": list(_KINDS)}}, "html": TEXT})
SCHEMA: Final[Schema] = {
    "oneOf": [
        *(closed({"type": {"const": kind}, **properties}) for kind, properties in _KINDS.items()),
        _OTHER,
    ]
}


def blocks_of(request: HttpRequest, piece: StoryPage, base: str, day: date) -> list[dict[str, Any]]:
    """The blocks of the piece at the address `base`; pictures whose right has ended on the day are left out."""
    found = []
    for block in piece.body:
        value = _block(request, block, piece.locale.language_code, base, day)
        if value is not None:
            found.append({"type": block.block_type, **value})
    return found


def _block(request: HttpRequest, block: Any, language: str, base: str, day: date) -> dict[str, Any] | None:
    value = block.value
    match block.block_type:
        case "text":
            return {"html": syndicated_html(expand_db_html(value.source), base=base)}
        case "picture":
            return _shown(request, value, language, day)
        case "gallery":
            shown = (_shown(request, each, language, day) for each in value["pictures"])
            return {"pictures": [each for each in shown if each is not None]}
        case "quote":
            return {name: str(value[name] or "") for name in ("quote", "speaker", "post")}
        case "exchange":
            answer = syndicated_html(expand_db_html(value["answer"].source), base=base)
            return {"question": value["question"], "answer_html": answer}
        case "facts":
            facts = [
                {name: str(fact[name] or "") for name in ("name", "value", "source")}
                for fact in value["facts"]
            ]
            return {"title": str(value["title"] or ""), "facts": facts}
        case "file":
            document = value["document"]
            if document is None or document.is_expired_on(day):
                return None
            return {
                "file": file_value(request, document, language),
                "description": str(value["description"] or ""),
            }
        case _:
            return {"html": syndicated_html(str(block.render()), base=base)}


def _shown(request: HttpRequest, value: Any, language: str, day: date) -> dict[str, Any] | None:
    picture = value["picture"]
    if picture is None or picture.is_expired_on(day):
        return None
    caption = str(value["caption"] or "") or picture.word_in(language, "caption")
    return {"picture": picture_value(request, picture, language), "caption": caption}
