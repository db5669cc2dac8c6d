"""The public home page, error pages and the headers of every answer."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from khuevan.website.models import HomePage

pytestmark = pytest.mark.django_db


def test_home_page_stands_at_the_root_in_english(client):
    page = client.get("/", headers={"accept-language": "vi"})
    assert (page.status_code, page.headers["Content-Language"]) == (200, "en")
    assert '<html lang="en">' in page.text
    assert "Hà Nội, in its own words" in page.text
    assert 'href="/quan-tri/"' in page.text
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_staff_pages_are_vietnamese_whatever_the_browser_asks(client):
    page = client.get("/quan-tri/login/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in page.text
    assert "Đăng nhập Khuê Văn" in page.text
    assert "Sign in" not in page.text


def test_public_pages_may_load_nothing_from_elsewhere(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy.split("; ")[:3] == ["default-src 'none'", "script-src 'self'", "style-src 'self'"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_staff_pages_may_load_nothing_from_elsewhere(client):
    policy = client.get("/quan-tri/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_missing_page_says_so_in_our_words(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "The address leads nowhere." in page.text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đống Đa", "dong-da"),
        ("Lễ hội Gò Đống Đa – 2025", "le-hoi-go-dong-da-2025"),
        ("ĐẠI HỘI", "dai-hoi"),
        ("Ủy ban", "uy-ban"),
    ],
)
def test_address_of_a_page_is_made_of_plain_letters(title, slug):
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title=title, headline="x", introduction="y"))
    assert page.slug == slug


def test_address_of_a_draft_is_made_in_the_same_way():
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title="Đống Đa", headline="x", introduction="y", live=False))
    assert page.slug == "dong-da"
