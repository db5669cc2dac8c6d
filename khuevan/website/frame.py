"""What stands around every public page: the site's sections, its own words, and the same page in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from khuevan.core import clock
from khuevan.newsroom.models import PressRoomPage
from khuevan.newsroom.release import early_stories, public_pages
from khuevan.website.models import TextPage


@dataclass(frozen=True, slots=True)
class Way:
    """One link of the frame: its words, its address, whether it is where the reader stands."""

    title: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Tongue:
    """The page in one language. Where it is not there, `url` leads to the page that says so (`not_here`)."""

    code: str
    name: str
    url: str
    is_here: bool
    has_page: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page. `language` is that of its home, `spoken` the one in which the page's own words are.

    `ways` are the pages in the menu, `words` the site's own text pages, `press` the press room where there is one.
    """

    language: str
    spoken: str
    home: Way | None
    ways: tuple[Way, ...]
    words: tuple[Way, ...]
    press: Way | None
    tongues: tuple[Tongue, ...]

    @property
    def alternates(self) -> tuple[Tongue, ...]:
        """The languages in which this very page, or the library's, is there: what `hreflang` names."""
        return tuple(tongue for tongue in self.tongues if tongue.has_page)

    @property
    def here(self) -> Tongue | None:
        """The language in which the reader stands."""
        return next((tongue for tongue in self.tongues if tongue.is_here), None)

    @property
    def also_in(self) -> tuple[Tongue, ...]:
        """The other languages in which this very page is there."""
        return tuple(tongue for tongue in self.tongues if tongue.has_page and not tongue.is_here)


# Views that are no pages, and say the same in every language of the site.
_THERE_IN_EVERY_LANGUAGE: Final = frozenset({"library", "library_item"})


def frame_of(request: HttpRequest, page: Page | None, *, is_lost: bool = False) -> Frame:
    """The frame of a page, or of an address that is no page (search, a topic). Five queries.

    `is_lost` marks an address that leads nowhere: nothing is said of it in any language.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    homes = homes_of(request)
    home = homes.get(language) or homes.get(settings.LANGUAGE_CODE)
    now = clock.now()
    # A preview or a withdrawn piece is no public page: of its translations only those that are speak of themselves.
    same = public_translations(page, now) if page is not None else {}
    is_public = page is not None and any(other.pk == page.pk for other in same.values())
    children = list(public_pages(Page.objects.child_of(home), now).order_by("path")) if home else []
    here = page.url_path if page is not None else ""

    def way(to: Page) -> Way:
        return Way(to.title, to.get_url(request) or "/", bool(here) and here.startswith(to.url_path))

    def url_in(code: str) -> str:
        if code in same:
            return same[code].get_url(request) or "/"
        if is_public and page is not None:
            return reverse("not_here", kwargs={"language": code, "page_id": page.pk})
        return _same_view(request, code, is_lost) or homes[code].get_url(request) or "/"

    def has_page(code: str) -> bool:
        match = None if is_lost else request.resolver_match
        return code in same or (match is not None and match.view_name in _THERE_IN_EVERY_LANGUAGE)

    return Frame(
        language=home.locale.language_code if home is not None else settings.LANGUAGE_CODE,
        spoken=page.locale.language_code if page is not None else language,
        home=Way(home.title, home.get_url(request) or "/", here == home.url_path) if home else None,
        ways=tuple(way(child) for child in children if child.show_in_menus),
        words=tuple(way(child) for child in children if child.specific_class is TextPage),
        press=next((way(child) for child in children if child.specific_class is PressRoomPage), None),
        tongues=tuple(
            Tongue(
                code, get_language_info(code)["name_local"], url_in(code), code == language, has_page(code)
            )
            for code, _name in settings.LANGUAGES
            if code in homes
        ),
    )


def homes_of(request: HttpRequest) -> dict[str, Page]:
    """The public home pages by language: the languages in which the site speaks. Two queries."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    return public_translations(site.root_page, clock.now())


def public_translations(page: Page, moment: datetime) -> dict[str, Page]:
    """What the public may have of the page at the moment, by language; also itself. One query."""
    pages: Any = Page.objects.filter(translation_key=page.translation_key).exclude(
        pk__in=early_stories(moment).values("pk")
    )
    return {
        other.locale.language_code: other
        for other in public_pages(pages, moment).select_related("locale", "content_type")
    }


def _same_view(request: HttpRequest, code: str, is_lost: bool) -> str:
    """The address of a view that is there in every language; empty where this is none."""
    found = request.resolver_match
    if is_lost or found is None or "language" not in found.kwargs:
        return ""
    try:
        return reverse(found.view_name, kwargs={**found.kwargs, "language": code})
    except NoReverseMatch:
        return ""
