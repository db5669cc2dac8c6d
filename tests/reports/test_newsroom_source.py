"""Pieces count for the unit of who wrote them, on the day on which they first went out, in each language."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khuevan.core import clock
from khuevan.newsroom.actions import withdraw_piece
from khuevan.newsroom.models import StoryPage
from khuevan.people.choices import Role
from khuevan.reports.counting import CountedRecord, CountingQuestion, counting_source
from khuevan.reports.sources.newsroom import LABEL
from tests.factories.newsroom import TopicFactory, published, story
from tests.factories.people import PostFactory, UnitFactory, UserFactory
from tests.factories.work import at

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def writer_in(unit, role=Role.UNIT_OFFICER, **days):
    person = UserFactory()
    PostFactory(person=person, unit=unit, role=role, from_date=days.pop("since", date(2025, 1, 1)), **days)
    return person


def went_out(day, writer, code="en", **values):
    """A piece of the writer that first went out on the day, whose title is its address."""
    slug = values.pop("slug")
    piece = published(code, title=slug, slug=slug, owner=writer, **values)
    StoryPage.objects.filter(pk=piece.pk).update(first_published_at=at(day))
    piece.refresh_from_db()
    return piece


def counted(units, detail=""):
    """The titles that count for each unit, in their order."""
    source = counting_source("newsroom.published")
    question = CountingQuestion(frozenset(unit.pk for unit in units), FIRST, LAST, detail=detail)
    answer = source.count(question)
    assert answer == source.answers([question])[0]
    return {key: [record.title for record in records] for key, records in answer.items()}


def test_pieces_count_by_unit_and_day_and_are_narrowed():
    one, two = UnitFactory(), UnitFactory()
    first, second = writer_in(one), writer_in(two)
    heritage = TopicFactory(slug="heritage")
    went_out(FIRST, first, slug="a", topics=[heritage, TopicFactory(slug="crafts")])
    went_out(LAST, first, "vi", slug="b", kind="PRESS_RELEASE")
    went_out(date(2026, 2, 1), second, "ja", slug="c")
    went_out(date(2025, 12, 31), first, slug="before")
    went_out(date(2026, 4, 1), first, slug="after")
    story(title="draft", slug="draft", owner=first)
    units = (one, two)
    assert counted(units) == {one.pk: ["a", "b"], two.pk: ["c"]}
    assert counted([two]) == {two.pk: ["c"]}
    assert counted(units, "language:vi") == {one.pk: ["b"]}
    assert counted(units, "language:other") == {two.pk: ["c"]}
    assert counted(units, "kind:PRESS_RELEASE") == {one.pk: ["b"]}
    assert counted(units, "topic:heritage") == {one.pk: ["a"]}
    assert counted(units, "section:news") == {one.pk: ["a", "b"], two.pk: ["c"]}
    codes = [code for code, _words in counting_source("newsroom.published").details()]
    assert {"language:other", "topic:heritage", "kind:VIDEO", "section:news"} < set(codes)


def test_a_piece_counts_where_its_writer_worked_on_that_day():
    one, two = UnitFactory(), UnitFactory()
    person = writer_in(one, to_date=date(2026, 1, 31))
    PostFactory(person=person, unit=two, role=Role.AUDITOR, from_date=date(2026, 1, 1))
    PostFactory(person=person, unit=two, role=Role.UNIT_OFFICER, from_date=date(2026, 2, 1))
    went_out(date(2026, 1, 31), person, slug="january")
    went_out(date(2026, 2, 1), person, slug="february")
    went_out(date(2026, 2, 1), UserFactory(), slug="of-nobody")
    assert counted([one, two]) == {one.pk: ["january"], two.pk: ["february"]}


@pytest.mark.parametrize(("day", "counts"), [(LAST, False), (date(2026, 4, 1), True)])
def test_a_piece_withdrawn_after_the_cut_off_counts_in_its_period(day, counts):
    unit = UnitFactory()
    editor = writer_in(unit, Role.EDITOR)
    piece = went_out(FIRST, editor, slug="a")
    with clock.stopped_at(at(day)):
        withdraw_piece(by=editor, page=piece, text="It was not so.")
    assert counted([unit]) == ({unit.pk: ["a"]} if counts else {})


def test_a_figure_opens_on_its_pieces(django_assert_max_num_queries):
    unit = UnitFactory()
    officer, stranger = writer_in(unit), UserFactory()
    pieces = [went_out(FIRST, officer, slug=f"piece-{number}") for number in range(3)]
    source = counting_source("newsroom.published")
    question = CountingQuestion(frozenset({unit.pk}), FIRST, LAST)
    with django_assert_max_num_queries(6):
        records = source.count(question)[unit.pk]
    assert records[0] == CountedRecord(LABEL, pieces[0].pk, "piece-0", FIRST)
    assert source.url(records[0]) == reverse("newsroom_desk:piece", args=[pieces[0].short_id])
    assert source.visible(officer, FIRST, records) == frozenset(records)
    assert source.visible(stranger, FIRST, records) == frozenset()
