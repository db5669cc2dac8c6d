"""What the library offers: complete rights, not ended, found by words, topics and kinds."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from khuevan.core import clock
from khuevan.newsroom.choices import Consent, RightsBasis
from khuevan.newsroom.library_queries import KINDS, attention, offer_of, offered, offered_topics, offers
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.newsroom.release import is_file_public, is_offered
from khuevan.newsroom.rules import picture_problems
from tests.factories.library import film, offered_document, offered_picture
from tests.factories.newsroom import TopicFactory, let_out, published, story

pytestmark = pytest.mark.django_db


def test_the_query_offers_what_the_rules_offer():
    """Every combination of what may be missing, by the query and by the rules one by one."""
    today = clock.today()
    days = (None, today - timedelta(days=1), today)
    lacking = product(("", "x"), ("", *RightsBasis), (("", ""), ("CC", "")), days, ("", *Consent))
    pictures = [
        Picture(
            title=f"{number}", file="a.jpg", width=1, height=1, in_library=True,
            alternative="x" if number % 5 else "", credit=credit, basis=basis, licence=licence, licence_url=url,
            expires_date=day, consent=consent,
        )
        for number, (credit, basis, (licence, url), day, consent) in enumerate(lacking)
    ]  # fmt: skip
    Picture.objects.bulk_create(pictures)
    by_rules = {picture.pk for picture in Picture.objects.all() if is_offered(picture)}
    assert set(offered(Picture, today).values_list("pk", flat=True)) == by_rules
    assert 0 < len(by_rules) < len(pictures)


def test_documents_need_no_consent_and_no_alternative_text_and_films_no_alternative_text():
    document, video = offered_document(), film()
    assert [list(picture_problems(thing)) for thing in (document, video)] == [[], []]
    assert {offer.kind for offer in offers().found} == {"documents", "videos"}
    Video.objects.update(consent="")
    LibraryDocument.objects.update(credit="")
    assert offers().total == 0


def test_things_are_found_by_words_without_marks_in_every_language():
    wanted = offered_picture(
        other_words={"fr": {"caption": "Le pavillon"}, "zh-hans": {"caption": "河内奎文阁"}}
    )
    other = offered_document(caption="Figures")
    wanted.tags.add("Kiến trúc")
    found = {
        words: [offer.thing.pk for offer in offers(query=words).found]
        for words in (
            "van mieu",
            "Văn Miếu",
            "mieu v",
            "pavillon",
            "kien truc",
            "河内",
            "van",
            "%",
            "figures mieu",
        )
    }
    assert found == {
        "van mieu": [wanted.pk], "Văn Miếu": [wanted.pk], "mieu v": [wanted.pk], "pavillon": [wanted.pk],
        "kien truc": [wanted.pk], "河内": [wanted.pk], "van": [wanted.pk],
        "%": [other.pk, wanted.pk], "figures mieu": [],
    }  # fmt: skip
    wanted.tags.clear()
    assert offers(query="kien truc").total == 0


def test_things_are_found_by_topic_and_the_topics_name_is_a_word():
    topic, empty = TopicFactory(), TopicFactory()
    wanted = offered_picture()
    offered_document()
    wanted.topics.add(topic)
    assert [offer.thing.pk for offer in offers(topic=topic).found] == [wanted.pk]
    assert (offers(topic=empty).total, offers(query="di san").total) == (0, 1)
    assert (offered_topics(), offered_topics("documents")) == ([topic], [])


def test_the_list_is_divided_into_pages_and_asks_little(django_assert_num_queries):
    for number in range(26):
        offered_document(title=f"Facts {number}")
    first, second, beyond = (offers(number=number) for number in (1, 2, 99))
    assert (first.total, len(first.found), first.pages) == (26, 24, 2)
    assert ([len(second.found), second.number], second) == ([2, 2], beyond)
    with django_assert_num_queries(4):
        # What is under embargo; how many; which; they themselves
        offers(kind="documents")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_all_kinds_asks_the_same_whatever_there_is(count, django_assert_num_queries):
    for number in range(count):
        still = offered_picture(title=f"still {number}")
        offered_document(title=f"Facts {number}")
        film(data=b"\x1a\x45" + bytes([number]), still=still)
    sizes = ("format-jpeg|fill-320x214",)
    with django_assert_num_queries(11):
        # What is under embargo, for each kind.
        # Pictures, films with their stills, documents; sizes of pictures and of stills; how many, and which.
        assert len(offers(filters=sizes).found) == 3 * count


def test_one_thing_is_there_to_its_last_day():
    last = clock.now() + timedelta(days=3)
    picture = offered_picture(expires_date=last.date())
    with clock.stopped_at(last):
        assert offer_of("pictures", picture.pk) is not None
        assert is_file_public(picture, clock.now())
    with clock.stopped_at(last + timedelta(days=1)):
        assert offer_of("pictures", picture.pk) is None
        assert not is_file_public(picture, clock.now())
    assert (offer_of("videos", picture.pk), offer_of("secrets", picture.pk)) == (None, None)


def test_a_still_goes_out_with_its_film_and_a_films_key_is_no_pages():
    still = offered_picture(in_library=False)
    video = film(still=still, in_library=False)
    # A page that happens to have the film's key must not let the still out.
    while published(title="A page", slug=f"page-{video.pk}").pk < video.pk:
        pass
    assert not is_file_public(still, clock.now())
    shown = story(title="The film", slug="film", video=video)
    assert not is_file_public(still, clock.now())
    let_out(shown.latest_revision)
    assert is_file_public(still, clock.now())
    assert is_file_public(video, clock.now())


def test_what_staff_must_see_to_stands_in_three_lists():
    today = clock.today()
    soon = offered_picture(title="soon", expires_date=today + timedelta(days=30))
    sooner = offered_document(title="sooner", expires_date=today)
    offered_picture(title="later", expires_date=today + timedelta(days=31))
    ended = film(expires_date=today - timedelta(days=1))
    bare = offered_picture(title="bare", credit="")
    found = {
        what: [row[:2] for row in attention(what, today)] for what in ("expiring", "ended", "incomplete")
    }
    assert found == {
        "expiring": [("documents", sooner.pk), ("pictures", soon.pk)],
        "ended": [("videos", ended.pk)],
        "incomplete": [("pictures", bare.pk)],
    }
    assert set(KINDS) == {"pictures", "videos", "documents"}
