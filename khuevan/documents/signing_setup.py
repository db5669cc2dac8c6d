"""What the office has set up for signing: its seal, its tokens, its time stamp authority, whom it trusts."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.keys import Pkcs12Key
from khuevan.documents.signatures.pictures import Picture, checked_picture

_CERTIFICATES = ("*.pem", "*.crt", "*.cer", "*.der")


def has_seal() -> bool:
    """Whether the body's digital seal is set up on this installation."""
    return settings.SEAL_KEY is not None


def has_tokens() -> bool:
    """Whether keys on tokens can be used: the token's own library is set up."""
    return settings.TOKEN_MODULE is not None


def token_module() -> str:
    """The path of the token's own library; raises SigningRefused where none is set up."""
    if settings.TOKEN_MODULE is None:
        raise SigningRefused(_("Tokens are not set up on this machine: sign with a key file."))
    return str(settings.TOKEN_MODULE)


def seal_key() -> Pkcs12Key:
    """The key of the body's seal, read for one use; raises SigningRefused where it is not set up."""
    if settings.SEAL_KEY is None:
        raise SigningRefused(_("The body's digital seal is not set up: see KHUEVAN_SEAL_KEY."))
    return Pkcs12Key(_bytes_of(settings.SEAL_KEY), settings.SEAL_PASSPHRASE)


def seal_picture() -> Picture | None:
    """The picture of the seal in its real size; None where none is set up, and the seal stays invisible."""
    if settings.SEAL_PICTURE is None:
        return None
    return checked_picture(_bytes_of(settings.SEAL_PICTURE))


def time_stamp_url() -> str | None:
    """The address of the time stamp authority; None where signatures bear no time stamp."""
    return settings.TIME_STAMP_URL or None


def names_authorities() -> bool:
    """Whether the office names the authorities that it trusts: then no other certificate signs here."""
    return settings.TRUST_ROOTS is not None


def trust_roots() -> list[bytes]:
    """The certificates of the authorities that the office trusts; none where no folder is set up."""
    folder: Path | None = settings.TRUST_ROOTS
    if folder is None:
        return []
    return [path.read_bytes() for pattern in _CERTIFICATES for path in sorted(folder.glob(pattern))]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # The path is the administrator's affair; the officer needs to know whom to ask.
        raise SigningRefused(_("A file for signing cannot be read: tell the administrator.")) from None
