"""Answers as the page cache keeps them, plain and compressed, with their headers ready; and where they stand."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Headers = list[tuple[str, str]]
Key = tuple[str, bool, str, str]

# What an entry takes besides its bodies and its key: headers, objects.
ENTRY_BYTES: Final = 4_000
SMALLEST_GZIP: Final = 500
_COMPRESSED: Final = ("text/", "application/json", "application/xml", "application/rss", "application/atom",
                      "application/feed+json", "application/ld+json", "image/svg")  # fmt: skip
# Of no use to another reader, or said anew for each answer.
_NOT_KEPT: Final = frozenset({"content-length", "etag", "x-keep", "date", "content-encoding"})
# What a 304 leaves out: it has no body to speak of.
_OF_THE_BODY: Final = frozenset({"Content-Length", "Content-Encoding", "Content-Type"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One coding of a page, with the headers of its 200 and of its 304 ready to be sent."""

    headers: Headers
    short_headers: Headers
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One page in its codings. `until` is a moment of the monotonic clock; `size` counts bytes."""

    status: str
    plain: Answer
    packed: Answer
    size: int
    until: float


class Shelf:
    """Entries up to so many bytes; those go first that nobody asked for longest."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.entries: OrderedDict[Key, Kept] = OrderedDict()

    def put(self, key: Key, kept: Kept) -> None:
        """Keeps the entry; called by one thread at a time."""
        former = self.entries.pop(key, None)
        self.size += _bytes_of(key, kept) - (_bytes_of(key, former) if former else 0)
        self.entries[key] = kept
        while self.size > self.most:
            oldest, dropped = self.entries.popitem(last=False)
            self.size -= _bytes_of(oldest, dropped)

    def find(self, key: Key) -> Kept | None:
        """The entry, now the last to go."""
        kept = self.entries.get(key)
        if kept is not None:
            # Another thread may have dropped it just now; what was found is good all the same.
            with suppress(KeyError):
                self.entries.move_to_end(key)
        return kept

    def clear(self) -> None:
        """Forgets everything; called by one thread at a time."""
        self.entries.clear()
        self.size = 0


def _bytes_of(key: Key, kept: Kept) -> int:
    """What an entry takes: whoever asks chooses host, path and query, and four bytes a sign are the most of them."""
    host, _is_secure, path, query = key
    return kept.size + 4 * (len(host) + len(path) + len(query))


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding lets the answer be compressed: it names gzip (or any), not with weight nought."""
    weights: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        weights[name] = weight.strip("0.") != ""
    return weights.get("gzip", weights.get("*", False))


def prepared(status: str, said: Headers, body: bytes, until: float) -> Kept:
    """The answer in its codings."""
    headers = [(name, value) for name, value in said if name.lower() not in _NOT_KEPT]
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    etag = hashlib.sha256(body).hexdigest()[:20]
    if not kind.startswith(_COMPRESSED):
        plain = packed = _coded(headers, body, etag)
    else:
        headers = _varying(headers)
        plain = packed = _coded(headers, body, etag)
        if len(body) >= SMALLEST_GZIP:
            # Without a time in its head, so that equal pages give equal bytes.
            short = gzip.compress(body, compresslevel=6, mtime=0)
            packed = _coded([*headers, ("Content-Encoding", "gzip")], short, f"{etag}-gzip")
    return Kept(status, plain, packed, len(plain.body) + len(packed.body) + ENTRY_BYTES, until)


def _varying(headers: Headers) -> Headers:
    """The headers, of which Vary names the coding as well."""
    vary = [name.strip() for key, value in headers if key.lower() == "vary" for name in value.split(",")]
    if "accept-encoding" not in {name.lower() for name in vary}:
        vary.append("Accept-Encoding")
    return [*(each for each in headers if each[0].lower() != "vary"), ("Vary", ", ".join(vary))]


def _coded(headers: Headers, body: bytes, etag: str) -> Answer:
    quoted = f'"{etag}"'
    whole = [*headers, ("ETag", quoted), ("Content-Length", str(len(body)))]
    return Answer(whole, [each for each in whole if each[0] not in _OF_THE_BODY], body, quoted)
