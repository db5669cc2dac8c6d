"""Addresses: the examples of RFC 3986, 5.4, and what is made of Vietnamese ones."""

from __future__ import annotations

import pytest
import rfc3987
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.feeds.addresses import as_uri, is_identifier, resolve, scheme_of
from tests.plain.feeds import obvious, samples

BASE = "http://a/b/c/d;p?q"
# RFC 3986, 5.4.1 and 5.4.2 (the strict reading).
RESOLVED = {
    "g:h": "g:h",
    "g": "http://a/b/c/g",
    "./g": "http://a/b/c/g",
    "g/": "http://a/b/c/g/",
    "/g": "http://a/g",
    "//g": "http://g",
    "?y": "http://a/b/c/d;p?y",
    "g?y": "http://a/b/c/g?y",
    "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s",
    "g?y#s": "http://a/b/c/g?y#s",
    ";x": "http://a/b/c/;x",
    "g;x": "http://a/b/c/g;x",
    "g;x?y#s": "http://a/b/c/g;x?y#s",
    "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/",
    "./": "http://a/b/c/",
    "..": "http://a/b/",
    "../": "http://a/b/",
    "../g": "http://a/b/g",
    "../..": "http://a/",
    "../../": "http://a/",
    "../../g": "http://a/g",
    "../../../g": "http://a/g",
    "../../../../g": "http://a/g",
    "/./g": "http://a/g",
    "/../g": "http://a/g",
    "g.": "http://a/b/c/g.",
    ".g": "http://a/b/c/.g",
    "g..": "http://a/b/c/g..",
    "..g": "http://a/b/c/..g",
    "./../g": "http://a/b/g",
    "./g/.": "http://a/b/c/g/",
    "g/./h": "http://a/b/c/g/h",
    "g/../h": "http://a/b/c/h",
    "g;x=1/./y": "http://a/b/c/g;x=1/y",
    "g;x=1/../y": "http://a/b/c/y",
    "g?y/./x": "http://a/b/c/g?y/./x",
    "g?y/../x": "http://a/b/c/g?y/../x",
    "g#s/./x": "http://a/b/c/g#s/./x",
    "g#s/../x": "http://a/b/c/g#s/../x",
    "http:g": "http:g",
}


@pytest.mark.parametrize("reference", RESOLVED)
def test_references_resolve_as_the_specification_says(reference: str) -> None:
    assert resolve(BASE, reference) == RESOLVED[reference]


def test_reference_from_a_page_without_path_starts_at_the_root() -> None:
    assert resolve("https://a.vn", "tin/1") == "https://a.vn/tin/1"


def test_reference_is_read_as_browsers_read_it() -> None:
    assert resolve("https://a.vn/b", " tin\n/1 ") == "https://a.vn/tin/1"
    assert scheme_of(" java\tscript:alert(1)") == "javascript"


def test_vietnamese_address_becomes_the_uri_that_stands_for_it() -> None:
    assert as_uri("HTTPS://Bücher.example:8443/Gươm 1?q=hồ [x]&r=100%#đoạn") == (
        "https://xn--bcher-kva.example:8443/G%C6%B0%C6%A1m%201?q=h%E1%BB%93%20%5Bx%5D&r=100%25#%C4%91o%E1%BA%A1n"
    )


def test_host_is_written_in_small_letters() -> None:
    assert as_uri("https://Example.VN/Tin") == "https://example.vn/Tin"


def test_uri_stays_as_it_is() -> None:
    address = "https://a.vn/%C4%91/b;c=1,2?d=e/f?g#h:@!$&'()*+"
    assert as_uri(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "/tin/1", "//a.vn/x", "ftp://a.vn/x", "https:///x", "https://", "mailto:a@b.vn", "javascript:x"],
)
def test_what_is_no_absolute_web_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"^Not an absolute web address: "):
        as_uri(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://user:word@a.vn/",
        "https://a b/",
        "https://a..đ/",
        "https://a.vn:x/",
        "https://-/",
        "https://[::1/",
    ],
)
def test_what_is_no_host_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"^Not the name of a host: "):
        as_uri(address)


@settings(deadline=None)
@given(samples.addresses)
def test_any_path_becomes_a_uri_once_and_for_all(address: str) -> None:
    written = as_uri(address)
    assert written == obvious.uri(address)
    assert as_uri(written) == written
    assert rfc3987.match(written, rule="absolute_URI" if "#" not in written else "URI") is not None


@settings(deadline=None)
@given(st.text(max_size=20), st.sampled_from(["https://a.vn", "https://a.vn/b/c?d#e", "https://a.vn/"]))
def test_any_reference_resolves_to_something_with_a_scheme(reference: str, base: str) -> None:
    assert scheme_of(resolve(base, reference)) != ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tag:a.vn,2026:story/1", True),
        ("urn:uuid:7d7f2e33-5a4f-4f43-9a06-7bd1f4d2a001", True),
        ("https://a.vn/1", True),
        ("story/1", False),
        ("tag:", False),
        ("tag:tin mới", False),
        ("tag:tin\n", False),
    ],
)
def test_identifiers_are_absolute_uris(text: str, answer: bool) -> None:
    assert is_identifier(text) is answer
