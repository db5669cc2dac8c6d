"""What the head of a public page tells machines: search engines, and whoever makes a card of a link to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from khuevan.core import clock
from khuevan.newsroom.models import (
    Picture,
    PressConferencePage,
    PressKitPage,
    PressRoomPage,
    SectionPage,
    StoryPage,
)
from khuevan.newsroom.release import may_be_shown, public_pages
from khuevan.newsroom.rendering import CARD
from khuevan.plain.feeds import (
    MediaFile,
    Occasion,
    Publisher,
    breadcrumbs,
    event,
    graph,
    news_article,
    open_graph,
    page_open_graph,
    script_text,
    twitter_card,
    website,
)
from khuevan.plain.feeds.site_data import page as page_data
from khuevan.website.models import HomePage
from khuevan.website.syndication import address_of, items_of, media_of, publisher_of, translations_of

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeadMeta:
    """The head of one page: its one address, what cards read, and JSON-LD that may stand in a script element."""

    canonical: str = ""
    properties: Pairs = ()
    cards: Pairs = ()
    data: SafeString | None = None


def head_of(request: HttpRequest, page: Page, context: dict[str, Any]) -> HeadMeta:
    """The head of the page that is shown with this template context; empty for one that has no address yet.

    A preview has none either: nobody shares it, and what it shows is not public.
    """
    address = address_of(request, page)
    if not address or getattr(request, "is_preview", False) or not page.live:
        return HeadMeta()
    publisher = publisher_of(request)
    way = _way(request, page)
    if isinstance(page, StoryPage):
        if page.picture is not None and may_be_shown(page.picture):
            make_card(page.picture)
        item = next(iter(items_of(request, [page])), None)
        if item is None:
            return HeadMeta(canonical=address)
        # What stands on the page need not be carried in its head once more.
        item = replace(item, body="")
        properties = open_graph(item, publisher)
        things = [news_article(item, publisher), *way]
    else:
        properties = _page_properties(request, page, context, publisher, address)
        things = [_thing(request, page, publisher, address), *way]
    number = _page_number(context)
    return HeadMeta(
        canonical=f"{address}?page={number}" if number > 1 else address,
        properties=properties,
        cards=twitter_card(properties),
        # Written by `script_text`, in which no element can end.
        data=mark_safe(script_text(graph(things))),  # noqa: S308
    )


def make_card(picture: Picture) -> None:
    """Makes the size that cards of links show, where it is missing: whoever makes such a card keeps it for days."""
    picture.get_rendition(CARD)


def _page_number(context: dict[str, Any]) -> int:
    """Which page of a list is shown: each is an address of its own."""
    shown = context.get("stories")
    number = getattr(shown, "number", 1)
    return number if isinstance(number, int) else 1


def _page_properties(
    request: HttpRequest, page: Page, context: dict[str, Any], publisher: Publisher, address: str
) -> Pairs:
    same = translations_of(request, [page.translation_key]).get(page.translation_key, ())
    return page_open_graph(
        title=page.seo_title or page.title,
        address=address,
        language=page.locale.language_code,
        publisher=publisher,
        description=_summary(page),
        languages=tuple(there.language for there in same),
        picture=_picture(request, page, context),
    )


def _summary(page: Any) -> str:
    return str(getattr(page, "summary", "") or getattr(page, "introduction", ""))


def _picture(request: HttpRequest, page: Page, context: dict[str, Any]) -> MediaFile | None:
    """The picture that stands for a page that is no piece: that of the first piece, or of the kit, it shows."""
    found: Picture | None = None
    if isinstance(page, PressKitPage):
        item = page.items.filter(picture__isnull=False).select_related("picture").first()
        found = item.picture if item is not None else None
    else:
        stories = context.get("stories")
        first = context.get("lead") or next(iter(stories or ()), None)
        found = getattr(first, "picture", None)
    if found is None or not may_be_shown(found):
        return None
    make_card(found)
    return media_of(request, found, page.locale.language_code)


def _thing(request: HttpRequest, page: Page, publisher: Publisher, address: str) -> dict[str, Any]:
    language = page.locale.language_code
    if isinstance(page, HomePage):
        search = request.build_absolute_uri(reverse("search", kwargs={"language": language}))
        return website(
            title=page.title,
            home_address=address,
            language=language,
            publisher=publisher,
            search_address=search,
        )
    if isinstance(page, PressConferencePage):
        occasion = Occasion(
            address=address,
            title=page.title,
            language=language,
            begins_at=page.begins_at,
            ends_at=page.ends_at,
            place=page.venue,
            summary=page.summary,
            speakers=tuple(line for line in page.speakers.splitlines() if line.strip()),
        )
        return event(occasion, publisher)
    lists = isinstance(page, SectionPage | PressRoomPage | PressKitPage)
    return page_data(
        title=page.title,
        address=address,
        language=language,
        publisher=publisher,
        kind="CollectionPage" if lists else "WebPage",
        summary=_summary(page),
        changed_at=page.last_published_at,
    )


def _way(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    """The way from the home page to this one, for a page that stands below it; one query."""
    site = Site.find_for_request(request)
    if site is None or isinstance(page, HomePage):
        return []
    above = public_pages(Page.objects.ancestor_of(page).filter(depth__gt=1), clock.now()).order_by("path")
    steps = [(one.title, address_of(request, one)) for one in above.select_related("locale")]
    steps.append((page.title, address_of(request, page)))
    return [breadcrumbs([step for step in steps if step[1]])]
