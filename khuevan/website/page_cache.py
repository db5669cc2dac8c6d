"""Public pages kept in the process, answered before Django is asked: a WSGI application around the application.

What may be kept says the application itself, by the header `X-Keep` (`khuevan.website.keeping`): nothing is kept by
guessing. A request that brings a cookie of ours is never answered from here. All entries go when the stamp changes:
a file that is touched after each publication, whose time of change is read at every request (one `stat`, so that
every process of the machine sees it at once). No Django in here.

A key is host, scheme, path, query and coding; the language stands in the path. ETags are strong and differ by coding.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

KEEP_HEADER: Final = "X-Keep"
# What one process may hold of bodies; a page is some ten thousand bytes.
MOST_BYTES: Final = 64_000_000
# A body larger than this is a file, and files are the file system's business.
LARGEST_BODY: Final = 2_000_000
SMALLEST_GZIP: Final = 500
_COMPRESSED: Final = ("text/", "application/json", "application/xml", "application/rss", "application/atom",
                      "application/feed+json", "application/ld+json", "image/svg")  # fmt: skip
# Of no use to another reader, or said anew for each answer.
_NOT_KEPT: Final = frozenset({"content-length", "etag", "x-keep", "date", "content-encoding"})

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, ready to be sent. `until` is a moment of the monotonic clock."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str
    until: float


class PageCache:
    """The application with its public pages kept in memory. `stamp` is the file whose change empties the cache."""

    def __init__(
        self,
        application: Application,
        *,
        stamp: Path,
        cookies: frozenset[str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._stamp = os.fspath(stamp)
        self._cookies = cookies
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._generation = -1

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The answer, from memory where it is kept and nothing of it has changed."""
        if not self._may_be_kept(environ):
            return self._passed_on(environ, start_response)
        generation = self._look_at_stamp()
        key = _key_of(environ)
        kept = self._kept.get(key)
        if kept is not None and kept.until > self._clock():
            return _answer(kept, environ, start_response)
        return self._ask(environ, start_response, key, generation)

    def _may_be_kept(self, environ: Environ) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in environ:
            return False
        if "HTTP_AUTHORIZATION" in environ or environ.get("HTTP_CACHE_CONTROL", "") == "no-cache":
            return False
        cookie = environ.get("HTTP_COOKIE", "")
        # A cookie of ours means somebody who may see more, or a language, or a form: Django decides.
        return not cookie or not any(
            part.partition("=")[0].strip() in self._cookies for part in cookie.split(";")
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
                    self._kept.clear()
                    self._size = 0
                    self._generation = generation
        return generation

    def _ask(
        self, environ: Environ, start_response: StartResponse, key: Key, generation: int
    ) -> Iterable[bytes]:
        """Asks the application for the whole page, and keeps it where it says so."""
        heard: dict[str, Any] = {}

        def listen(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            heard["status"], heard["headers"], heard["exc_info"] = status, headers, exc_info
            return lambda data: heard.setdefault("written", []).append(data)

        # A HEAD is asked as GET, so that what is kept serves both.
        chunks = self._application({**environ, "REQUEST_METHOD": "GET"}, listen)
        seconds = _seconds_to_keep(heard.get("headers", []))
        if seconds is None or heard["exc_info"] is not None or environ.get("wsgi.file_wrapper_used"):
            return _plainly(chunks, heard, environ, start_response)
        try:
            body = b"".join([*heard.get("written", []), *chunks])
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        headers = [(name, value) for name, value in heard["headers"] if name.lower() not in _NOT_KEPT]
        kept = _prepared(heard["status"], headers, body, key[4], self._clock() + seconds)
        if len(kept.body) <= LARGEST_BODY and generation == self._look_at_stamp():
            self._keep(key, kept)
        return _answer(kept, environ, start_response)

    def _keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            former = self._kept.pop(key, None)
            self._size += len(kept.body) - (len(former.body) if former else 0)
            self._kept[key] = kept
            while self._size > MOST_BYTES:
                _oldest, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped.body)

    def _passed_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The application's own answer, without the word that was meant for us."""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [each for each in headers if each[0].lower() != "x-keep"], *rest)

        return self._application(environ, start)


def _key_of(environ: Environ) -> Key:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", "http"),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        "gzip" if "gzip" in accepted else "",
    )


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


def _prepared(status: str, headers: list[tuple[str, str]], body: bytes, coding: str, until: float) -> Kept:
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    etag = hashlib.sha256(body).hexdigest()[:20]
    vary = [name.strip() for key, value in headers if key.lower() == "vary" for name in value.split(",")]
    headers = [(name, value) for name, value in headers if name.lower() != "vary"]
    if kind.startswith(_COMPRESSED):
        if "accept-encoding" not in {name.lower() for name in vary}:
            vary.append("Accept-Encoding")
        if coding == "gzip" and len(body) >= SMALLEST_GZIP:
            # Without a time in its head, so that equal pages give equal bytes.
            body = gzip.compress(body, compresslevel=6, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
            etag += "-gzip"
    if vary:
        headers.append(("Vary", ", ".join(vary)))
    quoted = f'"{etag}"'
    headers += [("ETag", quoted), ("Content-Length", str(len(body)))]
    return Kept(status, tuple(headers), body, quoted, until)


def _answer(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and kept.status.startswith("200") and _names(asked, kept.etag):
        start_response(
            "304 Not Modified",
            [
                each
                for each in kept.headers
                if each[0] not in ("Content-Length", "Content-Encoding", "Content-Type")
            ],
        )
        return ()
    start_response(kept.status, list(kept.headers))
    return () if environ["REQUEST_METHOD"] == "HEAD" else (kept.body,)


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
