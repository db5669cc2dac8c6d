"""Links to other sites in texts as they are stored: what is linked, in which words, and the address to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri, punycode

# Longer ones hold whole states of programs, and no index of PostgreSQL.
LONGEST_ADDRESS: Final = 2000
LONGEST_WORDS: Final = 300
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebLink:
    """One link to another site: the address to ask, as its author wrote it, and the words that are linked."""

    address: str
    written: str
    words: str


def links_of_value(value: Any) -> list[WebLink]:
    """The links in a stored value: a rich text, or a body of blocks as JSON has it; each address once."""
    found: dict[str, WebLink] = {}
    for text in _texts(value):
        for link in links_of_html(text):
            found.setdefault(link.address, link)
    return list(found.values())


def links_of_html(html: str) -> list[WebLink]:
    """The links of one rich text in reading order."""
    reader = _LinkReader()
    reader.feed(html)
    reader.close()
    return reader.found


def address_to_ask(written: str) -> str | None:
    """The address in ASCII, without the place in the page; None for what is no address of another site."""
    try:
        parts = urlsplit(written.strip())
        if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
            return None
        place = _place(parts)
        if place == _place(urlsplit(settings.WAGTAILADMIN_BASE_URL)):
            return None
        host, port = place
        host = f"[{host}]" if ":" in host else host
        where = host if port == _PORTS[parts.scheme] else f"{host}:{port}"
        path, query = iri_to_uri(parts.path or "/"), iri_to_uri(parts.query)
    except (ValueError, UnicodeError):
        return None
    address = urlunsplit((parts.scheme, where, path, query, ""))
    return address if len(address) <= LONGEST_ADDRESS else None


def _place(parts: SplitResult) -> tuple[str, int]:
    return punycode(parts.hostname or ""), parts.port or _PORTS.get(parts.scheme, 0)


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value as JSON has it that may hold a link."""
    if isinstance(value, str):
        if "href=" in value:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[WebLink] = []
        self._open: tuple[str, str] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            return
        self._end()
        written = dict(attrs).get("href") or ""
        address = address_to_ask(written)
        if address is not None:
            self._open = (address, written.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end()

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        if self._open is not None:
            words = " ".join("".join(self._words).split())
            self.found.append(WebLink(*self._open, words[:LONGEST_WORDS]))
        self._open, self._words = None, []
