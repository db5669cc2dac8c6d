"""Sizes of pictures are there before somebody asks for the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from wagtail.images.models import Filter

from khuevan.newsroom.jobs import make_sizes
from khuevan.newsroom.models import Picture, PictureRendition
from khuevan.newsroom.rendering import CARD, filters
from tests.factories.newsroom import picture, published, section

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[2] / "khuevan" / "website" / "templates"


def test_published_pieces_have_the_sizes_that_their_pages_show(client):
    piece = published(picture=picture())
    make_sizes.func(piece.pk)
    made = PictureRendition.objects.count()
    assert made == len(filters())
    assert client.get(piece.url).status_code == client.get(section().url).status_code == 200
    assert PictureRendition.objects.count() == made


def test_every_size_of_the_templates_is_made():
    wanted = set()
    for path in TEMPLATES.rglob("*.html"):
        for sizes in re.findall(
            r"\{% picture [^%]*?((?:fill|width)-\{[^}]+\})", path.read_text(encoding="utf-8")
        ):
            kind, values = sizes.split("-", 1)
            wanted |= {f"{kind}-{value}" for value in values.strip("{}").split(",")}
    assert wanted | {CARD.partition("|")[2]} == {name.partition("|")[2] for name in filters()}


def test_a_page_that_is_gone_needs_no_sizes():
    make_sizes.func(999_999)
    assert PictureRendition.objects.count() == 0


def test_sizes_that_another_process_stored_meanwhile_are_the_ones_that_are_given():
    thing = picture()
    sizes = ("format-jpeg|width-480", "format-webp|width-480")
    rivals = []

    def rival_first(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "picturerendition" in sql and not rivals:
            for size in sizes:
                # Not to come here again for its own insertion.
                rivals.append(None)
                rivals.append(thing.create_rendition(Filter(size)).file.name)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(rival_first):
        given = thing.get_renditions(*sizes)
    assert [given[size].file.name for size in sizes] == [name for name in rivals if name]
    assert PictureRendition.objects.count() == 2


def test_sizes_whose_rows_are_gone_are_made_anew():
    # Another process took them away, or a database was restored: nothing kept in memory may go on naming them.
    thing = picture()
    thing.get_rendition("format-jpeg|width-480")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM newsroom_picturerendition")
    after = Picture.objects.get(pk=thing.pk).get_rendition("format-jpeg|width-480")
    assert PictureRendition.objects.filter(pk=after.pk).exists()
