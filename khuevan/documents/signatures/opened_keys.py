"""Opens a key for one signature: the file is unlocked, or the token is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from khuevan.documents.signatures.certificates import check_may_sign
from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.findings import Party
from khuevan.documents.signatures.keys import Pkcs12Key, SigningKey, TokenKey
from khuevan.documents.signatures.parties import party_of

_MOST_BYTES: Final = 500_000


@contextmanager
def opened_signer(key: SigningKey, at: datetime) -> Iterator[Any]:
    """pyHanko's signer for a key whose certificate may sign at `at`; a token's session ends with the block."""
    if isinstance(key, Pkcs12Key):
        signer = _signer_from_file(key)
        check_may_sign(signer.signing_cert, at)
        yield signer
    else:
        with _token_session(key) as session:
            signer = _signer_on_token(key, session)
            check_may_sign(signer.signing_cert, at)
            yield signer


def owner_of(key: SigningKey, at: datetime) -> Party:
    """Whom the certificate of a key names, before anything is signed with it; refuses what may not sign at `at`."""
    with opened_signer(key, at) as signer:
        return party_of(signer.signing_cert.subject, signer.signing_cert)


@sensitive_variables()
def _signer_from_file(key: Pkcs12Key) -> Any:
    # Not at the top of the module: see the package's docstring.
    from asn1crypto import keys, pkcs12, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.hazmat.primitives.serialization import pkcs12 as key_files
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    try:
        if len(key.content) > _MOST_BYTES:
            raise ValueError
        str(pkcs12.Pfx.load(key.content, strict=True)["version"].native)
    except (ValueError, TypeError):
        raise SigningRefused(_("This is not a PKCS#12 key file (.p12 or .pfx): choose another.")) from None
    try:
        private, certificate, others = key_files.load_key_and_certificates(
            key.content, key.passphrase.encode() or None
        )
    except Exception:
        # Without the cause: what the library says may quote what it was given.
        raise SigningRefused(_("The passphrase does not open the key file: type it again.")) from None
    if private is None or certificate is None:
        raise SigningRefused(_("The key file holds no key with its certificate: export both together."))
    if private.public_key() != certificate.public_key():
        raise SigningRefused(_("The certificate in the key file does not belong to its key."))
    encoded = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    chain = SimpleCertificateStore()
    chain.register_multiple(x509.Certificate.load(other.public_bytes(Encoding.DER)) for other in others)
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(encoded),
        cert_registry=chain,
    )


@contextmanager
@sensitive_variables()
def _token_session(key: TokenKey) -> Iterator[Any]:
    try:
        # Not at the top of the module: an extra that most offices do without.
        import pkcs11
    except ImportError:
        raise SigningRefused(
            _("Signing with a token needs the extra «pkcs11»: install khuevan[pkcs11] on the server.")
        ) from None
    try:
        tokens = list(pkcs11.lib(key.module_path).get_tokens(token_label=key.token_label))
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        raise SigningRefused(
            _("The token's library {path} cannot be loaded: check the path in the settings."),
            path=key.module_path,
        ) from None
    if len(tokens) != 1:
        raise SigningRefused(
            _("There is no token «{label}», or more than one: plug in the right one."), label=key.token_label
        )
    try:
        session = tokens[0].open(user_pin=key.pin)
    except pkcs11.PinLocked:
        raise SigningRefused(_("The token is locked: its issuer must unlock it.")) from None
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise SigningRefused(
            _("The PIN of the token is wrong: check it before trying again, after a few times it locks.")
        ) from None
    except pkcs11.PKCS11Error as error:
        raise _token_failed(error) from None
    try:
        yield session
    finally:
        session.close()


def _signer_on_token(key: TokenKey, session: Any) -> Any:
    # Not at the top of the module: see the package's docstring.
    import pkcs11
    from pyhanko.sign.pkcs11 import PKCS11Signer

    # Hashed here, signed there: every token can do that, not each knows how to hash.
    signer = PKCS11Signer(
        session,
        cert_label=key.certificate_label,
        key_label=key.key_label or key.certificate_label,
        use_raw_mechanism=True,
    )
    try:
        # The certificate and the handle of the key are fetched here.
        if signer.signing_cert is None:
            raise pkcs11.NoSuchKey
    except pkcs11.PKCS11Error:
        raise SigningRefused(
            _("The token holds no key with its certificate called «{label}»: check the label."),
            label=key.certificate_label,
        ) from None
    return signer


def _token_failed(error: Exception) -> SigningRefused:
    # The name of the fault only: a library may put into its text what it was given.
    return SigningRefused(
        _("The token does not answer ({fault}): plug it in again."), fault=type(error).__name__
    )
