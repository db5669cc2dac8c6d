"""What stands around every public page: the site's sections, and the same page in other languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from khuevan.core import clock
from khuevan.newsroom.release import public_pages


@dataclass(frozen=True, slots=True)
class Way:
    """One link of the frame: its words, its address, whether it is where the reader stands."""

    title: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Tongue:
    """The page in one language. `url` is the page itself, or the language's home where the page has none yet."""

    code: str
    name: str
    url: str
    is_here: bool
    has_page: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page: home of its language, sections, languages in the site's order."""

    language: str
    home: Way | None
    ways: tuple[Way, ...]
    tongues: tuple[Tongue, ...]

    @property
    def alternates(self) -> tuple[Tongue, ...]:
        """The languages in which this very page is there: what `hreflang` names."""
        return tuple(tongue for tongue in self.tongues if tongue.has_page)


def frame_of(request: HttpRequest, page: Page | None) -> Frame:
    """The frame of a page; of an address that is no page (search, an error) with homes alone. Four queries."""
    site = Site.find_for_request(request)
    if site is None:
        return Frame(settings.LANGUAGE_CODE, None, (), ())
    now = clock.now()
    language = translation.get_language() or settings.LANGUAGE_CODE
    homes = {
        home.locale.language_code: home
        for home in public_pages(
            Page.objects.filter(translation_key=site.root_page.translation_key), now
        ).select_related("locale")
    }
    home = homes.get(language) or homes.get(settings.LANGUAGE_CODE)
    same = (
        {
            other.locale.language_code: other
            for other in public_pages(
                Page.objects.filter(translation_key=page.translation_key), now
            ).select_related("locale")
        }
        if page is not None
        else {}
    )
    ways = (
        public_pages(Page.objects.child_of(home).in_menu(), now).order_by("path") if home is not None else ()
    )
    here = page.url_path if page is not None else ""
    return Frame(
        language=home.locale.language_code if home is not None else settings.LANGUAGE_CODE,
        home=_way(request, home, here == home.url_path) if home is not None else None,
        ways=tuple(_way(request, way, here.startswith(way.url_path)) for way in ways),
        tongues=tuple(
            Tongue(
                code,
                get_language_info(code)["name_local"],
                (same.get(code) or homes[code]).get_url(request) or "/",
                code == language,
                code in same,
            )
            for code, _name in settings.LANGUAGES
            if code in homes
        ),
    )


def _way(request: HttpRequest, page: Page, is_here: bool) -> Way:
    return Way(page.title, page.get_url(request) or "/", is_here)
