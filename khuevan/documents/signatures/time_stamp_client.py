"""Asks a time stamp authority (RFC 3161) over HTTP, and nobody else.

The address comes from an administrator. Outgoing requests are guarded all the same: a setting that is wrong,
or a name that somebody points elsewhere, must not reach the machines behind the office's own wall.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from khuevan.core.outgoing import Obstacle, OutgoingRefused, OutgoingRules, answer_of
from khuevan.documents.signatures.errors import Refusal, SigningRefused

_QUERY: Final = "application/timestamp-query"
_REPLY: Final = "application/timestamp-reply"
# What the guard of outgoing requests says, in words about the authority.
_REFUSED: Final = {
    Obstacle.NOT_FOUND: _("The time stamp authority {host} cannot be found: check its address."),
    Obstacle.PRIVATE: _(
        "The time stamp authority {host} lies inside a private network: only public ones are asked."
    ),
    Obstacle.UNREACHABLE: _("The time stamp authority {host} cannot be reached: try again later."),
    Obstacle.LATE: _("The time stamp authority did not answer within {seconds} seconds: try again later."),
}


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


def fetched_reply(url: str, query: bytes, rules: TimeStampRules = DEFAULT_RULES) -> bytes:
    """The reply of the authority, in DER; refuses a reply that is no time stamp, too long or too late."""
    parts = check_address(url, rules)
    host = str(parts.hostname)
    try:
        answer = answer_of(
            parts,
            method="POST",
            content=query,
            headers={"Content-Type": _QUERY, "Accept": _REPLY},
            rules=OutgoingRules(rules.seconds, rules.reply_bytes, loopback=rules.allow_loopback),
        )
    except OutgoingRefused as refused:
        raise SigningRefused(_REFUSED[refused.obstacle], host=host, seconds=round(rules.seconds)) from None
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if answer.status != 200 or kind != _REPLY:
        # A redirect is not followed: it would lead to an address that nobody judged.
        raise SigningRefused(
            _(
                "The time stamp authority {host} answers with no time stamp (status {status}): check its address."
            ),
            host=host,
            status=answer.status,
        )
    if len(answer.content) > rules.reply_bytes:
        raise SigningRefused(_("The reply of the time stamp authority {host} is too long."), host=host)
    return answer.content
