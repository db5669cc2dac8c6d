"""One request to another machine, guarded: only public addresses, a bound in seconds and bytes, no redirect.

A setting that is wrong, or a name that somebody points elsewhere, must not reach the machines behind the office's own
wall. The name is looked up once, and the very address that was judged is connected to.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

# IPv6 addresses that a gateway turns into the IPv4 address in their last 32 bits.
_TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class Obstacle(Enum):
    """What kept a request from its answer, for whoever tells it in other words."""

    ADDRESS = auto()
    NOT_FOUND = auto()
    PRIVATE = auto()
    UNREACHABLE = auto()
    LATE = auto()
    LONG = auto()


class OutgoingRefused(Exception):
    """The request was not made, or its answer cannot be used: the sentence says why."""

    def __init__(self, sentence: str, obstacle: Obstacle) -> None:
        super().__init__(sentence)
        self.obstacle = obstacle


@dataclass(frozen=True, slots=True)
class OutgoingRules:
    """Bounds of one request: wall-clock seconds, bytes of the answer.

    `inside` lets it go to the office's own network too: only where an administrator said so for this address.
    `loopback` lets it go to this machine and nowhere else inside; for tests alone.
    """

    seconds: float = 15.0
    answer_bytes: int = 1_000_000
    inside: bool = False
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers by their names in small letters, and the content."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


def asked(
    url: str,
    *,
    method: str = "GET",
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    rules: OutgoingRules = OutgoingRules(),  # noqa: B008  (frozen)
) -> Answer:
    """The answer, whatever its status; raises OutgoingRefused. A redirect is an answer, and is not followed."""
    parts = address_parts(url)
    answer = answer_of(parts, method=method, content=content, headers=headers, rules=rules)
    if len(answer.content) > rules.answer_bytes:
        raise OutgoingRefused(
            _("The answer of %(host)s is too long.") % {"host": parts.hostname}, Obstacle.LONG
        )
    return answer


def answer_of(
    parts: SplitResult,
    *,
    method: str = "GET",
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    rules: OutgoingRules = OutgoingRules(),  # noqa: B008  (frozen)
) -> Answer:
    """As `asked`, of an address that was judged by its looks; the content of too long an answer is cut one byte
    after the bound.
    """
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    began = time.monotonic()
    address = _judged_address(host, port, rules)
    # What the look-up took is gone; nothing waits for no time at all.
    seconds = max(rules.seconds - (time.monotonic() - began), 0.01)
    connection = _Connection(host, port, address, seconds, encrypted=parts.scheme == "https")
    late = threading.Event()

    def stop() -> None:
        # A socket's time-out begins anew with every byte; this one does not.
        late.set()
        connection.cut()

    watch = threading.Timer(seconds, stop)
    watch.daemon = True
    watch.start()
    with closing(connection):
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, content, {"Connection": "close", **(headers or {})})
            with closing(connection.getresponse()) as response:
                body = response.read(rules.answer_bytes + 1)
                status = response.status
                found = {name.lower(): value for name, value in response.getheaders()}
        except (OSError, http.client.HTTPException, ValueError):
            if late.is_set():
                raise _too_late(host, rules) from None
            raise OutgoingRefused(
                _("%(host)s cannot be reached: try again later.") % {"host": host}, Obstacle.UNREACHABLE
            ) from None
        finally:
            watch.cancel()
    if late.is_set():
        raise _too_late(host, rules)
    return Answer(status, found, body)


def address_parts(url: str) -> SplitResult:
    """The parts of an address that may be asked, by its looks alone; raises OutgoingRefused for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise OutgoingRefused(
            _("“%(url)s” is no web address.") % {"url": url[:200]}, Obstacle.ADDRESS
        ) from None
    is_odd = any(ord(letter) <= 32 or ord(letter) >= 127 for letter in url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0 or is_odd:
        raise OutgoingRefused(_("“%(url)s” is no web address.") % {"url": url[:200]}, Obstacle.ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise OutgoingRefused(_("A web address must not hold a name or a password."), Obstacle.ADDRESS)
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address lies on the public network, also where it wraps another address."""
    try:
        parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if any(parsed in network for network in _TRANSLATED):
            wrapped.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        if any(not is_public(str(inner)) for inner in wrapped if inner is not None):
            return False
        if parsed.ipv4_mapped is not None:
            return True
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _too_late(host: str, rules: OutgoingRules) -> OutgoingRefused:
    return OutgoingRefused(
        _("%(host)s did not answer within %(seconds)s seconds: try again later.")
        % {"host": host, "seconds": round(rules.seconds)},
        Obstacle.LATE,
    )


def _judged_address(host: str, port: int, rules: OutgoingRules) -> str:
    """The address behind a name; refuses a name of which any address lies inside the office's network."""
    addresses = _looked_up(host, port, rules)
    if not addresses:
        raise OutgoingRefused(
            _("%(host)s cannot be found: check the address.") % {"host": host}, Obstacle.NOT_FOUND
        )
    if not all(_may_be_asked(address, rules) for address in addresses):
        raise OutgoingRefused(
            _("%(host)s lies inside a private network: only public addresses are asked.") % {"host": host},
            Obstacle.PRIVATE,
        )
    return addresses[0]


def _looked_up(host: str, port: int, rules: OutgoingRules) -> list[str]:
    """The addresses behind a name; empty where there are none.

    In a thread of its own, because nothing else bounds how long a resolver that is down is waited for.
    """
    found: list[str] = []

    def look_up() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(
                str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            )

    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(rules.seconds)
    if looking.is_alive():
        raise _too_late(host, rules)
    return found


def _may_be_asked(address: str, rules: OutgoingRules) -> bool:
    if rules.inside or is_public(address):
        return True
    return rules.loopback and ipaddress.ip_address(address.split("%", maxsplit=1)[0]).is_loopback


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was judged before; the certificate must be that of the name."""

    def __init__(self, host: str, port: int, address: str, seconds: float, *, encrypted: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self.default_port = 443 if encrypted else 80
        self._address = address
        self._encrypted = encrypted
        self._is_cut = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_cut:
            raise TimeoutError
        if self._encrypted:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """Ends whatever the connection waits for, from another thread."""
        self._is_cut = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
