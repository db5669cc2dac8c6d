"""Whether a certificate may sign an official document at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.errors import SigningRefused

SIGNING_USES: Final = frozenset({"digital_signature", "non_repudiation"})
SHORTEST_RSA_KEY: Final = 2048
_DAY: Final = "%d/%m/%Y"


def check_may_sign(certificate: Any, at: datetime) -> None:
    """Nothing, for a certificate (asn1crypto's) that may sign at `at`; refuses any other with the reason.

    A certificate that names no use at all is refused too: certification authorities always name it, so one
    without it was not made for signing (ETSI EN 319 412-2, 4.3.2).
    """
    if at < certificate.not_valid_before:
        raise SigningRefused(
            _("The certificate is valid only from {day}: sign with the one that is valid now."),
            day=certificate.not_valid_before.astimezone(at.tzinfo).strftime(_DAY),
        )
    if at > certificate.not_valid_after:
        raise SigningRefused(
            _("The certificate expired on {day}: ask its certification authority for a new one."),
            day=certificate.not_valid_after.astimezone(at.tzinfo).strftime(_DAY),
        )
    uses = certificate.key_usage_value
    if uses is None or not SIGNING_USES & set(uses.native):
        raise SigningRefused(
            _("The certificate is not meant for signing documents: choose one for digital signatures.")
        )
    key = certificate.public_key
    if key.algorithm == "rsa" and key.bit_size < SHORTEST_RSA_KEY:
        raise SigningRefused(
            _("The key of the certificate is too short ({bits} bits): ask for one of at least {least} bits."),
            bits=key.bit_size,
            least=SHORTEST_RSA_KEY,
        )
