"""Stored files are sent by views that ask whether the public may have them; no address leads to their folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from khuevan.core.private_files import private_storage
from tests.factories.newsroom import picture

GUIDE = Path(__file__).parents[2] / "docs/howto/production.md"


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, address)
        else:
            yield address, each


def test_no_address_serves_a_folder_of_stored_files():
    roots = {Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)}
    serving = [
        address
        for address, pattern in patterns(get_resolver())
        if address.lstrip("^/").startswith("media/")
        or Path(str(pattern.default_args.get("document_root", "/nowhere"))) in roots
        or getattr(pattern.callback, "__module__", "") == "django.views.static"
    ]
    assert serving == []


@pytest.mark.django_db
def test_the_place_of_a_stored_file_is_no_address(client):
    shown = picture(in_library=True)
    place = shown.file.name
    assert private_storage().exists(place) or shown.file.storage.exists(place)
    media = urlsplit(settings.MEDIA_URL).path.strip("/")
    assert {
        client.get(f"/{folder}/{place}").status_code for folder in (media, "media", "private", "static")
    } == {404}


def test_the_guide_lets_no_proxy_serve_them():
    guide = GUIDE.read_text()
    assert "**Nothing may serve `var/media` or `var/private`**" in guide
    assert [line for line in guide.splitlines() if "alias " in line or "root " in line] == []
