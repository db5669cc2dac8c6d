"""Asks a time stamp authority (RFC 3161) over HTTP, and nobody else.

The address comes from an administrator. Outgoing requests are guarded all the same: a setting that is wrong,
or a name that somebody points elsewhere, must not reach the machines behind the office's own wall.
"""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.errors import Refusal, SigningRefused

_QUERY: Final = "application/timestamp-query"
_REPLY: Final = "application/timestamp-reply"
# IPv6 addresses that a gateway turns into the IPv4 address in their last 32 bits.
_TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class TimeStampRules:
    """Bounds of one request: wall-clock seconds, bytes of the reply. `allow_loopback` is for tests alone."""

    seconds: float = 15.0
    reply_bytes: int = 16_384
    allow_loopback: bool = False


DEFAULT_RULES: Final = TimeStampRules()


def time_stamper(url: str, rules: TimeStampRules = DEFAULT_RULES) -> Any:
    """pyHanko's TimeStamper that asks the authority at `url`; refuses an address that may not be asked."""
    # Not at the top of the module: see the package's docstring.
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    check_address(url, rules)

    class GuardedTimeStamper(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            content = await asyncio.to_thread(fetched_reply, url, req.dump(), rules)
            return tsp.TimeStampResp.load(content, strict=True)

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            try:
                token = await super().async_timestamp(message_digest, md_algorithm)
                stamped = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
                fits = (
                    stamped["hashed_message"].native == message_digest
                    and stamped["hash_algorithm"]["algorithm"].native == md_algorithm
                )
            except Refusal:
                raise
            except Exception:
                # Whatever a stranger's bytes make the decoder say.
                raise SigningRefused(
                    _("The time stamp authority refused, or its reply cannot be read: ask its operator.")
                ) from None
            if not fits:
                raise SigningRefused(
                    _("The time stamp authority stamped something else than was sent: nothing was signed.")
                )
            return token

    return GuardedTimeStamper()


def check_address(url: str, rules: TimeStampRules = DEFAULT_RULES) -> SplitResult:
    """The parts of an address that may be asked, by its looks alone; refuses any other with the reason."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SigningRefused(
            _("The address of the time stamp authority is no address: correct it.")
        ) from None
    # Plain HTTP too (RFC 3161, 3.4): a digest goes out, and what comes back is signed and compared with it.
    # Many national authorities, the Government's among them, answer nothing else.
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0:
        raise SigningRefused(
            _("The address of the time stamp authority must begin with https:// or http://.")
        )
    if parts.username is not None or parts.password is not None:
        raise SigningRefused(
            _("The address of the time stamp authority must not hold a name or a password: leave them out.")
        )
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise SigningRefused(_("The address of the time stamp authority is no address: correct it."))
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


def fetched_reply(url: str, query: bytes, rules: TimeStampRules = DEFAULT_RULES) -> bytes:
    """The reply of the authority, in DER; refuses a reply that is no time stamp, too long or too late.

    The name is looked up once, and the very address that was judged is connected to.
    """
    parts = check_address(url, rules)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = str(parts.hostname)
    address = _judged_address(host, port, rules)
    connection = _Connection(host, port, address, rules.seconds, encrypted=parts.scheme == "https")
    late = threading.Event()

    def stop() -> None:
        # A timeout of a socket begins anew with every byte; this one does not.
        late.set()
        connection.cut()

    watch = threading.Timer(rules.seconds, stop)
    watch.daemon = True
    watch.start()
    with closing(connection):
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(
                "POST", path, query, {"Content-Type": _QUERY, "Accept": _REPLY, "Connection": "close"}
            )
            with closing(connection.getresponse()) as response:
                content = response.read(rules.reply_bytes + 1)
        except (OSError, http.client.HTTPException, ValueError):
            if late.is_set():
                raise _too_late(rules) from None
            raise SigningRefused(
                _("The time stamp authority {host} cannot be reached: try again later."), host=host
            ) from None
        finally:
            watch.cancel()
    if late.is_set():
        raise _too_late(rules)
    kind = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
    if response.status != 200 or kind != _REPLY:
        # A redirect is not followed: it would lead to an address that nobody judged.
        raise SigningRefused(
            _(
                "The time stamp authority {host} answers with no time stamp (status {status}): check its address."
            ),
            host=host,
            status=response.status,
        )
    if len(content) > rules.reply_bytes:
        raise SigningRefused(_("The reply of the time stamp authority {host} is too long."), host=host)
    return content


def _too_late(rules: TimeStampRules) -> SigningRefused:
    return SigningRefused(
        _("The time stamp authority did not answer within {seconds} seconds: try again later."),
        seconds=round(rules.seconds),
    )


def _judged_address(host: str, port: int, rules: TimeStampRules) -> str:
    """The address behind a name; refuses a name of which any address lies inside the office's network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SigningRefused(
            _("The time stamp authority {host} cannot be found: check its address."), host=host
        ) from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        loopback = rules.allow_loopback and ipaddress.ip_address(address.split("%")[0]).is_loopback
        if not loopback and not is_public(address):
            raise SigningRefused(
                _(
                    "The time stamp authority {host} lies inside a private network: only public ones are asked."
                ),
                host=host,
            )
    return addresses[0]


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
