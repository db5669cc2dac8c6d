"""Every kind of public page of the demonstration site, with what each may weigh: for tests and benchmarks alike.

A kind that a later issue adds gets a row in `KINDS`.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

# Bytes over the wire at a telephone's width, as the page comes, before anybody scrolls.
LIST, STORY = 300_000, 500_000
STORY_KINDS: Final = ("STORY", "PRESS_RELEASE", "FACT_SHEET", "INTERVIEW", "PICTURES", "VIDEO")


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: its name, how its path is found on a running site, its status, the most it weighs."""

    name: str
    path: Callable[[str], str]
    most_bytes: int = LIST
    status: int = 200
    sets_cookies: bool = False


def read(url: str) -> str:
    """The body of a page."""
    with urllib.request.urlopen(url, timeout=120) as answer:
        text: str = answer.read().decode()
        return text


def at(path: str) -> Callable[[str], str]:
    """A path that is known."""
    return lambda url: path


def linked(page: str, pattern: str) -> Callable[[str], str]:
    """The first link of a page that looks so."""

    def found(url: str) -> str:
        match = re.search(rf'href="({pattern})"', read(url + page))
        assert match is not None, f"{page} has no link like {pattern}"
        return match[1]

    return found


def told(endpoint: str, *keys: str) -> Callable[[str], str]:
    """The path of the first thing that the API names."""

    def found(url: str) -> str:
        [first, *_others] = json.loads(read(f"{url}/api/v1/{endpoint}"))["items"]
        for key in keys:
            first = first[key]
        return urlsplit(first).path

    return found


def below(page: Callable[[str], str], pattern: str) -> Callable[[str], str]:
    """The first link that looks so on a page that is itself found."""
    return lambda url: linked(page(url), pattern)(url)


CONFERENCE: Final = linked("/en/press-room/", r"/en/press-room/autumn[^\"/]*/")

KINDS: Final = [
    PageKind("home, English", at("/en/")),
    PageKind("home, Vietnamese", at("/vi/")),
    PageKind("home, Japanese", at("/ja/")),
    PageKind("section", at("/en/heritage/")),
    *(
        PageKind(
            f"story, {kind.lower().replace('_', ' ')}",
            told(f"stories/?language=en&kind={kind}&limit=1", "meta", "html_url"),
            STORY,
        )
        for kind in STORY_KINDS
    ),
    PageKind("withdrawn", told("withdrawals/", "html_url"), status=410),
    PageKind("search, hits", at("/en/search/?q=ha+noi")),
    PageKind("search, no hits", at("/en/search/?q=zzzzqq")),
    PageKind("topic", at("/en/topics/food/")),
    PageKind("about", at("/en/about-this-site/")),
    PageKind("press room", at("/en/press-room/")),
    PageKind("press kit", at("/en/press-room/temple-of-literature/")),
    PageKind("press conference", CONFERENCE),
    PageKind(
        "accreditation",
        below(CONFERENCE, r"/en/press-conferences/[0-9]+/accreditation/"),
        sets_cookies=True,
    ),
    PageKind("library", at("/en/library/")),
    PageKind("picture of the library", linked("/en/library/", r"/en/library/pictures/[0-9]+/"), STORY),
    PageKind("document of the library", linked("/en/library/", r"/en/library/documents/[0-9]+/")),
    PageKind("video of the library", linked("/en/library/", r"/en/library/videos/[0-9]+/"), STORY),
    PageKind("not here yet", linked("/en/heritage/", r"/ja/not-here/[0-9]+/")),
    PageKind("API", at("/en/api/")),
    PageKind("nothing there", at("/en/nowhere/"), status=404),
]
