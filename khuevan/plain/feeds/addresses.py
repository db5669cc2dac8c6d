"""Web addresses: absolute ones as URIs that every format takes, relative ones resolved.

The standard library's `urllib` is not used, as plain code imports no network client.
Sources: RFC 3986 (URI), RFC 3987 (IRI, 3.1), the trimming of the WHATWG URL standard (4.4).
"""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.feeds import texts

# RFC 3986, appendix B.
_PARTS: Final = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_HOST: Final = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
)
# What may not stand in a path, query or fragment, and a percent sign that opens no escape.
_ESCAPED: Final = re.compile(r"[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")
_IDENTIFIER: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"
)
_TRIMMED: Final = "".join(map(chr, range(0x21)))
_LINE_BREAKS: Final = str.maketrans("", "", "\t\r\n")


def as_uri(address: str) -> str:
    """The absolute http(s) `address` in ASCII, as the URI that stands for it; ValueError for any other."""
    parts = _split(address)
    scheme, authority = parts["scheme"], parts["authority"]
    if scheme is None or scheme.lower() not in ("http", "https") or not authority:
        raise ValueError(f"Not an absolute web address: {address!r}.")
    written = f"{scheme.lower()}://{_host(authority, address)}{_escaped(parts['path'] or '')}"
    if parts["query"] is not None:
        written += f"?{_escaped(parts['query'])}"
    if parts["fragment"] is not None:
        written += f"#{_escaped(parts['fragment'])}"
    return written


def is_identifier(text: str) -> bool:
    """Whether `text` may identify an item for ever: an absolute URI of any scheme (tag:, urn:, https:)."""
    return _IDENTIFIER.fullmatch(text) is not None


def scheme_of(reference: str) -> str:
    """The scheme of `reference` in lower case, as a browser would see it; empty for a relative one."""
    return (_split(reference)["scheme"] or "").lower()


def resolve(base: str, reference: str) -> str:
    """`reference` as it reads on the page at `base`, an absolute address. Source: RFC 3986, 5.2."""
    there = _split(reference)
    here = _split(base)
    if there["scheme"] is not None:
        return _joined(there["scheme"], there["authority"], _without_dots(there["path"] or ""), there)
    if there["authority"] is not None:
        return _joined(here["scheme"], there["authority"], _without_dots(there["path"] or ""), there)
    if not there["path"]:
        query = there["query"] if there["query"] is not None else here["query"]
        return _joined(here["scheme"], here["authority"], here["path"] or "", {**there, "query": query})
    path = there["path"]
    if not path.startswith("/"):
        path = _merged(here, path)
    return _joined(here["scheme"], here["authority"], _without_dots(path), there)


def _split(address: str) -> dict[str, str | None]:
    trimmed = address.strip(_TRIMMED).translate(_LINE_BREAKS)
    match = _PARTS.fullmatch(texts.clean(trimmed))
    assert match is not None, "the expression matches any text"
    return match.groupdict()


def _joined(scheme: str | None, authority: str | None, path: str, rest: dict[str, str | None]) -> str:
    written = f"{scheme}:" if scheme is not None else ""
    if authority is not None:
        written += f"//{authority}"
    written += path
    if rest["query"] is not None:
        written += f"?{rest['query']}"
    if rest["fragment"] is not None:
        written += f"#{rest['fragment']}"
    return written


def _merged(here: dict[str, str | None], path: str) -> str:
    if here["authority"] is not None and not here["path"]:
        return f"/{path}"
    return (here["path"] or "").rpartition("/")[0] + f"/{path}"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == ".":
            if last:
                kept.append("")
        elif segment == "..":
            # The empty segment before the first slash is the root, above which nothing lies.
            if len(kept) > 1 or (kept and kept != [""]):
                kept.pop()
            if last:
                kept.append("")
        else:
            kept.append(segment)
    return "/".join(kept)


def _host(authority: str, address: str) -> str:
    if authority.isascii():
        host = authority
    else:
        name, colon, port = authority.partition(":")
        try:
            host = name.encode("idna").decode("ascii") + colon + port
        except UnicodeError:
            raise ValueError(f"Not the name of a host: {address!r}.") from None
    # A name and password before the host would be published with the address.
    if not _HOST.fullmatch(host):
        raise ValueError(f"Not the name of a host: {address!r}.")
    return host.lower()


def _escaped(part: str) -> str:
    return _ESCAPED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), part)
