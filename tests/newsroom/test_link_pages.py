"""Dead links on the newsroom's desk: listed for whoever sees pieces, counted where there are any."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuevan.newsroom.link_collecting import collect_links
from khuevan.newsroom.models import LinkCheck
from khuevan.newsroom.queries.broken_links import broken_links
from khuevan.people.choices import Role
from tests.factories.links import NOW, dead, text
from tests.factories.newsroom import published, story
from tests.factories.people import person_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def links_are_checked(settings):
    settings.CHECK_LINKS = True


def page_of(client, role: Role = Role.EDITOR) -> str:
    client.force_login(person_with_role(role))
    return client.get(reverse("newsroom_desk:broken_links")).content.decode()


def test_desk_lists_the_dead_links_of_published_pages_to_whoever_sees_pieces(client, settings):
    piece = published(title="Published", body=text("https://a.example/Hà-Nội", "https://b.example/"))
    story(title="Draft", slug="draft", body=text("https://a.example/Hà-Nội"))
    collect_links(NOW)
    edit = reverse("wagtailadmin_pages:edit", args=[piece.pk])
    assert "Không có liên kết hỏng" in page_of(client)
    dead(LinkCheck.objects.get(address__startswith="https://a.example/"))
    shown = page_of(client)
    words = (
        "Published", "The report", ">https://a.example/Hà-Nội<", "26/11/2026", "404", edit,
        reverse("newsroom_desk:piece", args=[piece.short_id]),
    )  # fmt: skip
    assert [word for word in words if word not in shown] == []
    assert [word for word in ("Draft", "b.example") if word in shown] == []
    # An auditor looks and mends nothing.
    shown = page_of(client, Role.AUDITOR)
    assert ("https://a.example/Hà-Nội" in shown, edit in shown) == (True, False)
    settings.CHECK_LINKS = False
    assert "Không kiểm tra liên kết" in page_of(client)


def test_desk_counts_dead_links_only_where_there_are_any(client):
    published(body=text("https://a.example/"))
    collect_links(NOW)
    client.force_login(person_with_role(Role.EDITOR))
    waiting = reverse("newsroom_desk:waiting")
    assert "links-heading" not in client.get(waiting).content.decode()
    dead(LinkCheck.objects.get())
    assert '<span class="nr-count">1</span>' in client.get(waiting).content.decode()


def test_list_needs_as_many_queries_for_three_links_as_for_one(client):
    published(body=text("https://a.example/"))
    collect_links(NOW)
    dead(LinkCheck.objects.get())
    page_of(client)
    counts = []
    for more in ((), ("b", "c")):
        for name in more:
            published("fr", title=name, slug=name, body=text(f"https://{name}.example/"))
        collect_links(NOW)
        for link in LinkCheck.objects.all():
            dead(link)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("newsroom_desk:broken_links"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert broken_links().count() == 3
