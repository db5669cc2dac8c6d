"""Whom a certificate names, in words that may be shown: a stranger wrote them."""

from __future__ import annotations

from typing import Any, Final

from khuevan.documents.signatures.findings import Party

_LONGEST_NAME: Final = 300


def party_of(name: Any, certificate: Any = None) -> Party:
    """The party that a distinguished name (asn1crypto's) gives; its e-mail also from the certificate, where given."""
    parts = name.native
    email = on_one_line(parts.get("email_address", ""))
    if not email and certificate is not None and certificate.subject_alt_name_value is not None:
        others = [each for each in certificate.subject_alt_name_value if each.name == "rfc822_name"]
        email = on_one_line(others[0].native) if others else ""
    return Party(
        on_one_line(parts.get("common_name", "")), on_one_line(parts.get("organization_name", "")), email
    )


def on_one_line(value: object) -> str:
    """A text without control characters and line ends, bounded."""
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[
        :_LONGEST_NAME
    ]
