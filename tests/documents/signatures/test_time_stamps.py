"""A time stamp is fetched from a real authority on loopback, and from nowhere that was not judged."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp

from khuevan.core.outgoing import is_public
from khuevan.documents.signatures.errors import SigningRefused
from khuevan.documents.signatures.findings import Chain, Integrity, Stamp
from khuevan.documents.signatures.signing import sign_pdf
from khuevan.documents.signatures.time_stamp_client import (
    TimeStampRules,
    check_address,
    fetched_reply,
)
from khuevan.documents.signatures.verifying import verify_pdf
from tests.documents.signatures import authority, papers
from tests.fakes.time_stamp_server import REPLY, TimeStampServer, running_time_stamp_server

STAMPED = datetime(2026, 11, 26, 2, 5, 9, tzinfo=UTC)
LOOPBACK = TimeStampRules(seconds=5, allow_loopback=True)


@pytest.fixture
def server() -> Iterator[TimeStampServer]:
    """The authority, which says that it is STAMPED."""
    tsa = authority.time_stamp_authority()
    with running_time_stamp_server(tsa.der, tsa.key_der, at=STAMPED) as running:
        yield running


def signed(
    server: TimeStampServer, rules: TimeStampRules = LOOPBACK, issued: authority.Issued | None = None
) -> bytes:
    key = (issued or authority.director()).file()
    return sign_pdf(
        papers.letter(), key=key, at=papers.AT, time_stamp_url=server.url, time_stamp_rules=LOOPBACK
    )


def test_a_time_stamp_is_asked_for_once_and_told_apart_from_the_claim(server: TimeStampServer) -> None:
    pdf = signed(server)

    [report] = verify_pdf(pdf, trust_roots=[authority.root().pem], at=papers.AT)
    assert server.asked == 1
    assert (report.stamp, report.stamped_at, report.claimed_at) == (Stamp.TRUSTED, STAMPED, papers.AT)
    assert (report.integrity, report.chain) == (Integrity.INTACT, Chain.TRUSTED)


def test_a_time_stamp_of_an_unknown_authority_is_said_to_be_one(server: TimeStampServer) -> None:
    [report] = verify_pdf(signed(server), trust_roots=[authority.root("Người khác").pem], at=papers.AT)
    assert (report.stamp, report.stamped_at, report.chain) == (
        Stamp.UNKNOWN_AUTHORITY,
        STAMPED,
        Chain.UNKNOWN,
    )


def test_a_trusted_time_stamp_keeps_a_signature_good_after_its_certificate_expired(
    server: TimeStampServer,
) -> None:
    short = authority.issued("Sắp hết hạn", last=datetime(2026, 12, 31, tzinfo=UTC))
    later = papers.AT + timedelta(days=200)
    stamped = signed(server, issued=short)
    unstamped = sign_pdf(papers.letter(), key=short.file(), at=papers.AT)

    assert [
        verify_pdf(pdf, trust_roots=[authority.root().pem], at=later)[0].chain for pdf in (stamped, unstamped)
    ] == [Chain.TRUSTED, Chain.EXPIRED]


def test_the_authority_is_reached_over_tls_under_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = _web_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tsa = authority.time_stamp_authority()
    with running_time_stamp_server(tsa.der, tsa.key_der, at=STAMPED, context=context) as running:
        assert running.url.startswith("https://localhost:")
        assert signed(running)
        running.url = running.url.replace("localhost", "127.0.0.1")
        with pytest.raises(SigningRefused) as refused:
            signed(running)
    assert str(refused.value) == "The time stamp authority 127.0.0.1 cannot be reached: try again later."


def _web_certificate(folder: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "tls.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "tls.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "tls.pem", folder / "tls.key"


def _refused_by_authority(_reply: bytes) -> tuple[int, dict[str, str], bytes]:
    # TimeStampResp with PKIStatus rejection (2) and no token: RFC 3161, 2.4.2.
    return 200, {"Content-Type": REPLY}, bytes.fromhex("3005 3003 020102")


def _of_another_query(reply: bytes) -> tuple[int, dict[str, str], bytes]:
    # The nonce is eight bytes that begin with 01 and stand before the name of the authority.
    return 200, {"Content-Type": REPLY}, reply.replace(b"\x02\x08\x01", b"\x02\x08\x02")


def _signature_changed(reply: bytes) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": REPLY}, reply[:-1] + bytes([reply[-1] ^ 1])


CANNOT_BE_READ = "The time stamp authority refused, or its reply cannot be read: ask its operator."


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            lambda reply: (302, {"Location": "http://127.0.0.1:1/"}, b""),
            "The time stamp authority localhost answers with no time stamp (status 302): check its address.",
        ),
        (
            lambda reply: (500, {"Content-Type": REPLY}, reply),
            "The time stamp authority localhost answers with no time stamp (status 500): check its address.",
        ),
        (
            lambda reply: (200, {"Content-Type": "text/html"}, reply),
            "The time stamp authority localhost answers with no time stamp (status 200): check its address.",
        ),
        (
            lambda reply: (200, {"Content-Type": REPLY}, reply + b"\0" * 20_000),
            "The reply of the time stamp authority localhost is too long.",
        ),
        (lambda reply: (200, {"Content-Type": REPLY}, b""), CANNOT_BE_READ),
        (lambda reply: (200, {"Content-Type": REPLY}, reply[:200]), CANNOT_BE_READ),
        (_refused_by_authority, CANNOT_BE_READ),
        (_of_another_query, CANNOT_BE_READ),
        (_signature_changed, "The time stamp that was sent does not hold: nothing was signed."),
    ],
    ids=["redirect", "error", "page", "long", "empty", "cut", "rejection", "nonce", "signature"],
)
def test_what_an_authority_does_wrong_is_refused(server: TimeStampServer, answer: object, told: str) -> None:
    server.answer = answer  # type: ignore[assignment]
    with pytest.raises(SigningRefused) as refused:
        signed(server)
    assert (str(refused.value), server.asked) == (told, 1)


def test_an_old_reply_to_other_bytes_is_refused(server: TimeStampServer) -> None:
    kept: list[bytes] = []

    def keep(reply: bytes) -> tuple[int, dict[str, str], bytes]:
        kept.append(reply)
        return 200, {"Content-Type": REPLY}, kept[0]

    server.answer = keep
    signed(server)
    with pytest.raises(SigningRefused) as refused:
        signed(server)
    assert str(refused.value) == CANNOT_BE_READ


def test_an_authority_that_trickles_is_cut_off_in_time(server: TimeStampServer) -> None:
    server.stall = 0.2
    with pytest.raises(SigningRefused) as refused:
        fetched_reply(server.url, _query(), TimeStampRules(seconds=1, allow_loopback=True))
    assert str(refused.value) == "The time stamp authority did not answer within 1 seconds: try again later."


def _query() -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    query: bytes = tsp.TimeStampReq({"version": 1, "message_imprint": imprint}).dump()
    return query


def test_an_authority_that_is_down_is_told(server: TimeStampServer) -> None:
    with pytest.raises(SigningRefused) as refused:
        sign_pdf(
            papers.letter(), key=authority.director().file(), at=papers.AT,
            time_stamp_url="http://127.0.0.1:1/", time_stamp_rules=LOOPBACK,
        )  # fmt: skip
    assert str(refused.value) == "The time stamp authority 127.0.0.1 cannot be reached: try again later."


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "ftp://tsa.example/",
            "The address of the time stamp authority must begin with https:// or http://.",
        ),
        (
            "file:///etc/passwd",
            "The address of the time stamp authority must begin with https:// or http://.",
        ),
        ("tsa.example", "The address of the time stamp authority must begin with https:// or http://."),
        ("https:///tsa", "The address of the time stamp authority must begin with https:// or http://."),
        (
            "https://an:mat-khau@tsa.example/",
            "The address of the time stamp authority must not hold a name or a password: leave them out.",
        ),
        ("https://tsa.example:99999/", "The address of the time stamp authority is no address: correct it."),
        ("https://[::1/", "The address of the time stamp authority is no address: correct it."),
        ("https://tsa.example/a b", "The address of the time stamp authority is no address: correct it."),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_by_its_looks(url: str, told: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        check_address(url)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "192.168.1.1", "169.254.169.254", "[::1]", "[fe80::1]", "0.0.0.0"],
)
def test_an_address_inside_the_office_is_never_connected_to(host: str) -> None:
    with pytest.raises(SigningRefused) as refused:
        fetched_reply(f"https://{host}:8443/tsa", _query())
    assert str(refused.value) == (
        f"The time stamp authority {host.strip('[]')} lies inside a private network: only public ones are asked."
    )


def test_loopback_allowed_for_tests_allows_nothing_else() -> None:
    with pytest.raises(SigningRefused, match="lies inside a private network"):
        fetched_reply("http://10.1.2.3/tsa", _query(), LOOPBACK)


def test_which_addresses_are_public() -> None:
    judged = {
        "8.8.8.8": True, "1.1.1.1": True, "2001:4860:4860::8888": True, "::ffff:8.8.8.8": True,
        "127.0.0.1": False, "0.0.0.0": False, "10.0.0.1": False, "172.16.0.1": False, "192.168.0.1": False,
        "100.64.0.1": False, "169.254.169.254": False, "192.0.2.1": False, "224.0.0.1": False,
        "255.255.255.255": False, "240.0.0.1": False, "::": False, "::1": False, "fe80::1%eth0": False,
        "fc00::1": False, "ff02::1": False, "::ffff:127.0.0.1": False, "::ffff:10.0.0.1": False,
        "64:ff9b::a00:1": False, "64:ff9b::7f00:1": False, "64:ff9b:1::a00:1": False, "2002:7f00:1::": False,
        "2002:a00:1::": False, "2001:db8::1": False, "localhost": False, "": False,
    }  # fmt: skip
    assert {address: is_public(address) for address in judged} == judged
