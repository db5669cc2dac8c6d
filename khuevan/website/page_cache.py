"""Public pages kept in the process, answered before Django is asked: a WSGI application around the application.

What may be kept says the application itself, by the header `X-Keep` (`khuevan.website.keeping`): nothing is kept by
guessing. A request that brings a cookie of ours is never answered from here. All entries go when the stamp changes:
a file that is touched after each publication, whose time of change is read at every request (one `stat`, so that
every process of the machine sees it at once). No Django in here.

A key is host, scheme, path and query; the language stands in the path. An entry holds the page as it is and
compressed; ETags are strong and differ by coding. What anybody can invent without end (queries, addresses that lead
nowhere, ports beside the host's name) has a shelf of its own, so that it cannot push out the pages.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from khuevan.website.kept_pages import Headers, Kept, Key, Shelf, prepared, takes_gzip

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

KEEP_HEADER: Final = "X-Keep"
# Where the application finds how it was really asked: what counts downloads must not count a look at a head.
ASKED_AS: Final = "khuevan.asked_as"
# What one process may hold of pages, and of answers that anybody can invent; a page is some ten thousand bytes.
MOST_BYTES: Final = 48_000_000
MOST_INVENTED_BYTES: Final = 16_000_000
# A body larger than this is a file, and files are the file system's business.
LARGEST_BODY: Final = 2_000_000
# A longer query is nobody's search, and a longer path or host is nobody's address.
LONGEST_QUERY: Final = 300
LONGEST_PATH: Final = 1000
LONGEST_HOST: Final = 260


class PageCache:
    """The application with its public pages kept in memory.

    `stamp` is the file whose change empties the cache. `cookies` are the names of those that make an answer
    somebody's own. `hosts` are those under which the site is known, with their ports; without them any host is one of
    them. `proxied` says that X-Forwarded-Proto is believed, as Django's settings have it.
    """

    def __init__(
        self,
        application: Application,
        *,
        stamp: Path,
        cookies: frozenset[str],
        hosts: frozenset[str] = frozenset(),
        proxied: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._stamp = os.fspath(stamp)
        self._cookies = cookies
        self._hosts = hosts
        self._proxied = proxied
        self._clock = clock
        self._lock = threading.Lock()
        self._pages = Shelf(MOST_BYTES)
        self._invented = Shelf(MOST_INVENTED_BYTES)
        self._generation = -1

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer, from memory where it is kept and nothing of it has changed."""
        if not self._may_be_kept(environ):
            return self._passed_on(environ, start_response)
        generation = self._look_at_stamp()
        key = self._key_of(environ)
        kept = self._pages.find(key) or self._invented.find(key)
        if kept is None or kept.until <= self._clock():
            return self._ask(environ, start_response, key, generation)
        return _answer(kept, environ, start_response)

    def _may_be_kept(self, environ: Environ) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in environ:
            return False
        if "HTTP_AUTHORIZATION" in environ or environ.get("HTTP_CACHE_CONTROL") == "no-cache":
            return False
        if (
            len(environ.get("PATH_INFO", "")) > LONGEST_PATH
            or len(environ.get("HTTP_HOST", "")) > LONGEST_HOST
        ):
            return False
        cookie = environ.get("HTTP_COOKIE")
        # A cookie of ours means somebody who may see more, or a language, or a form: Django decides.
        return not cookie or not any(
            part.partition("=")[0].strip() in self._cookies for part in cookie.split(";")
        )

    def _key_of(self, environ: Environ) -> Key:
        is_secure = environ.get("wsgi.url_scheme") == "https" or (
            self._proxied and environ.get("HTTP_X_FORWARDED_PROTO") == "https"
        )
        return (
            environ.get("HTTP_HOST", ""),
            is_secure,
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
        )

    def _look_at_stamp(self) -> int:
        """The generation now; a new one empties the cache."""
        try:
            # At each request: a Path would cost as much again as the call.
            generation = os.stat(self._stamp).st_mtime_ns  # noqa: PTH116
        except OSError:
            generation = 0
        if generation != self._generation:
            with self._lock:
                if generation != self._generation:
                    self._pages.clear()
                    self._invented.clear()
                    self._generation = generation
        return generation

    def _ask(
        self, environ: Environ, start_response: StartResponse, key: Key, generation: int
    ) -> Iterable[bytes]:
        """Asks the application for the whole page, and keeps it where it says so."""
        heard: dict[str, Any] = {}

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            heard["status"], heard["headers"], heard["exc_info"] = status, headers, exc_info
            return lambda data: heard.setdefault("written", []).append(data)

        # A HEAD is asked as GET, so that what is kept serves both.
        asked = {**environ, "REQUEST_METHOD": "GET", ASKED_AS: environ["REQUEST_METHOD"]}
        chunks = self._application(asked, listen)
        seconds = _seconds_to_keep(heard.get("headers", []))
        if seconds is None or heard["exc_info"] is not None:
            return _plainly(chunks, heard, environ, start_response)
        try:
            body = b"".join([*heard.get("written", []), *chunks])
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        kept = prepared(heard["status"], heard["headers"], body, self._clock() + seconds)
        if len(body) <= LARGEST_BODY and len(key[3]) <= LONGEST_QUERY and generation == self._look_at_stamp():
            with self._lock:
                # Emptied meanwhile, and this page is of before: it is sent once and not kept.
                if generation == self._generation:
                    is_invented = (
                        bool(key[3])
                        or heard["status"].startswith("404")
                        or bool(self._hosts and key[0] not in self._hosts)
                    )
                    (self._invented if is_invented else self._pages).put(key, kept)
        return _answer(kept, environ, start_response)

    def _passed_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's own answer, without the word that was meant for us."""

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            return start_response(status, [each for each in headers if each[0].lower() != "x-keep"], *rest)

        return self._application(environ, start)


def _seconds_to_keep(headers: Iterable[tuple[str, str]]) -> int | None:
    """What the application says; None where it says nothing, or sets a cookie all the same."""
    seconds = None
    for name, value in headers:
        lower = name.lower()
        if lower == "set-cookie":
            return None
        if lower == "x-keep" and value.isdigit():
            seconds = int(value)
    return seconds


def _answer(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    accepted = environ.get("HTTP_ACCEPT_ENCODING")
    answer = kept.packed if accepted and takes_gzip(accepted) else kept.plain
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and kept.status.startswith("200") and _names(asked, answer.etag):
        start_response("304 Not Modified", list(answer.short_headers))
        return ()
    # A copy: a server may add to the list, and others are sent the same.
    start_response(kept.status, list(answer.headers))
    return () if environ["REQUEST_METHOD"] == "HEAD" else (answer.body,)


def _names(asked: str, etag: str) -> bool:
    """Whether If-None-Match names the tag; weak ones count as strong here (RFC 9110, 13.1.2)."""
    return asked.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}


def _plainly(
    chunks: Iterable[bytes], heard: dict[str, Any], environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """What the application answered, not kept."""
    headers = [each for each in heard["headers"] if each[0].lower() != "x-keep"]
    write = start_response(heard["status"], headers, *([heard["exc_info"]] if heard["exc_info"] else []))
    for data in heard.get("written", []):
        write(data)
    if environ["REQUEST_METHOD"] == "HEAD":
        if hasattr(chunks, "close"):
            chunks.close()
        return ()
    return chunks
