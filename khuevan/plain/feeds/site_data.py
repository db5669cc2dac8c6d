"""Pages that are no article, as schema.org describes them: the site, the way to a page, a press conference.

Sources: schema.org 30.0; its guide to actions (`query-input` names the part of the address that a query fills).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.instants import check_instant, rfc3339
from khuevan.plain.feeds.json_text import stated
from khuevan.plain.feeds.news_article import organization
from khuevan.plain.feeds.values import Publisher

CONTEXT: Final = "https://schema.org"
# Where a query goes in the address of a search; RFC 6570.
_QUERY: Final = "{q}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Something that takes place: a press conference. `place` is what people are told; `speakers` their names."""

    address: str
    title: str
    language: str
    begins_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    summary: str = ""
    speakers: tuple[str, ...] = ()
    is_called_off: bool = False

    def __post_init__(self) -> None:
        """Refuses (ValueError) a relative address and an instant without zone."""
        addresses.as_uri(self.address)
        check_instant(self.begins_at, "begins_at")
        if self.ends_at is not None:
            check_instant(self.ends_at, "ends_at")


def graph(things: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Several things of one page as one JSON-LD object."""
    return {
        "@context": CONTEXT,
        "@graph": [{key: value for key, value in thing.items() if key != "@context"} for thing in things],
    }


def website(
    *, title: str, home_address: str, language: str, publisher: Publisher, search_address: str = ""
) -> dict[str, Any]:
    """The site in one language; `search_address` is where a query is asked, without its `?q=`."""
    address = addresses.as_uri(home_address)
    return stated(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "@id": f"{address}#website",
            "url": address,
            "name": texts.one_line(title),
            "inLanguage": language,
            "publisher": organization(publisher),
            "potentialAction": _search(search_address) if search_address else None,
        }
    )


def _search(address: str) -> dict[str, Any]:
    # The braces of the template are no part of an address and stay as they are.
    template = f"{addresses.as_uri(address)}?q={_QUERY}"
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": template},
        "query-input": "required name=q",
    }


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way from the home page to a page, as (title, address), the page itself last."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": texts.one_line(title) or addresses.as_uri(address),
                "item": {"@type": "WebPage", "@id": addresses.as_uri(address)},
            }
            for place, (title, address) in enumerate(steps, start=1)
        ],
    }


def page(
    *,
    title: str,
    address: str,
    language: str,
    publisher: Publisher,
    kind: str = "WebPage",
    summary: str = "",
    changed_at: datetime | None = None,
) -> dict[str, Any]:
    """A page that is no article; `kind` is WebPage or one that schema.org derives from it."""
    uri = addresses.as_uri(address)
    return stated(
        {
            "@context": CONTEXT,
            "@type": kind,
            "@id": uri,
            "url": uri,
            "name": texts.one_line(title),
            "description": texts.one_line(summary),
            "inLanguage": language,
            "dateModified": rfc3339(changed_at) if changed_at else None,
            "isAccessibleForFree": True,
            "publisher": organization(publisher),
        }
    )


def event(occasion: Occasion, publisher: Publisher) -> dict[str, Any]:
    """The occasion as an Event: reporters' calendars read when and where it is, and whether it takes place."""
    uri = addresses.as_uri(occasion.address)
    state = "EventCancelled" if occasion.is_called_off else "EventScheduled"
    return stated(
        {
            "@context": CONTEXT,
            "@type": "Event",
            "@id": uri,
            "url": uri,
            "name": texts.one_line(occasion.title),
            "description": texts.one_line(occasion.summary),
            "inLanguage": occasion.language,
            "startDate": rfc3339(occasion.begins_at),
            "endDate": rfc3339(occasion.ends_at) if occasion.ends_at else None,
            "eventStatus": f"{CONTEXT}/{state}",
            "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": texts.one_line(occasion.place)}
            if occasion.place
            else None,
            "performer": [
                {"@type": "Person", "name": texts.one_line(name)}
                for name in occasion.speakers
                if texts.one_line(name)
            ],
            "organizer": organization(publisher),
        }
    )
