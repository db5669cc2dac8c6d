"""With what a document is signed: a key in a file, or a key that never leaves its token."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Pkcs12Key:
    """The bytes of a PKCS#12 file (.p12, .pfx) and its passphrase; empty where it has none."""

    content: bytes
    passphrase: str

    def __repr__(self) -> str:
        # The fields are secrets: a traceback, a log or a debug page must not show them.
        return "<Pkcs12Key>"


@dataclass(frozen=True, slots=True, repr=False)
class TokenKey:
    """A key on a token or card: the token's own library, its label, its PIN, the certificate's label.

    `key_label` where the key is not called as the certificate is.
    """

    module_path: str
    token_label: str
    pin: str
    certificate_label: str
    key_label: str = ""

    def __repr__(self) -> str:
        return f"<TokenKey {self.certificate_label!r} on {self.token_label!r}>"


SigningKey = Pkcs12Key | TokenKey
