"""One embargo holds for all languages of a piece, and no way out passes the rights of what a page shows by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from khuevan.newsroom.actions.translation_work import begin_translations
from khuevan.newsroom.library_queries import offers
from khuevan.newsroom.models import PressKitItem, StoryPage
from khuevan.newsroom.release import is_file_public, is_offered, is_public, public_stories
from khuevan.newsroom.rules import problems_of
from khuevan.people.choices import Role
from khuevan.website.models import TextPage
from tests.factories.library import film
from tests.factories.newsroom import home, let_out, locale, picture, published, section, story
from tests.factories.people import person_with_role
from tests.factories.press import kit, library_document

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def french_of(piece: StoryPage) -> StoryPage:
    """A French text of the piece, ready to go out."""
    home("fr"), section("fr")
    made = begin_translations(by=person_with_role(Role.UNIT_OFFICER), page=piece, languages=["fr"])[0]
    draft = made.get_latest_revision_as_object()
    draft.title, draft.summary, draft.body = "Titre", "Résumé", [("text", "<p>Bonjour</p>")]
    draft.save_revision()
    return StoryPage.objects.get(pk=made.pk)


def codes(piece: StoryPage) -> list[str]:
    return [problem.code for problem in problems_of(piece)]


@pytest.mark.parametrize("is_approved", [True, False])
def test_a_translation_waits_for_the_originals_embargo(client, is_approved):
    piece = story()
    french = french_of(piece)
    draft = piece.get_latest_revision_as_object()
    # To the second, as an editor writes it.
    until = draft.embargo_until = (timezone.now() + DAY).replace(microsecond=0)
    revision = draft.save_revision()
    if is_approved:
        let_out(revision)
    assert codes(french.get_latest_revision_as_object()) == ["NR-42", "NR-17"]
    let_out(french.latest_revision)
    french.refresh_from_db()
    assert (french.live, french.embargo_until, french.go_live_at) == (False, until, until)
    assert client.get(french.url).status_code == 404


def test_a_translation_that_went_out_by_mistake_is_nowhere_before_the_originals_embargo_ends(client):
    piece = story()
    french = french_of(piece)
    let_out(french.latest_revision)
    french.refresh_from_db()
    assert client.get(french.url).status_code == 200
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=timezone.now() + DAY)
    assert (client.get(french.url).status_code, list(public_stories(timezone.now()))) == (404, [])


def test_a_slip_in_a_translations_draft_takes_nothing_off_the_site():
    piece = published()
    french = french_of(piece)
    StoryPage.objects.filter(pk=french.pk).update(embargo_until=timezone.now() + DAY)
    assert is_public(piece, timezone.now())


def test_an_embargo_on_what_is_public_is_refused(client):
    piece = published()
    draft = piece.get_latest_revision_as_object()
    draft.title, draft.embargo_until = "New secret title", timezone.now() + DAY
    assert codes(draft) == ["NR-41"]
    with pytest.raises(ValidationError):
        let_out(draft.save_revision())
    assert "New secret title" not in client.get(piece.url).content.decode()


def test_a_page_answers_only_while_it_is_public(client):
    piece = published()
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=timezone.now() + DAY)
    assert client.get(piece.url).status_code == 404


def unfit():
    return picture(credit="", basis="", consent="", alternative="")


def test_everything_that_a_page_shows_has_its_rights():
    document = library_document(credit="", basis="")
    link = f'<p><a linktype="document" id="{document.pk}">x</a></p>'
    for values in (
        {"body": [("file", {"document": document, "description": ""})]},
        {"body": [("text", link)]},
        {"video": film(still=unfit(), in_library=False)},
    ):
        piece = story(title="T", slug=f"t-{StoryPage.objects.count()}", **values)
        with pytest.raises(ValidationError):
            let_out(piece.latest_revision)
    with pytest.raises(ValidationError):
        kit(items=[PressKitItem(picture=unfit())])
    page = TextPage(title="About", slug="about-x", body=link, locale=locale("en"), live=False)
    home().add_child(instance=page)
    with pytest.raises(ValidationError):
        page.save_revision().publish()


def test_a_file_that_lacks_something_is_not_public_whatever_shows_it():
    shown = picture()
    published(picture=shown)
    assert is_file_public(shown, timezone.now())
    shown.credit = ""
    shown.save()
    assert not is_file_public(shown, timezone.now())


def test_an_offered_picture_of_a_piece_under_embargo_is_kept_with_it(client):
    thing = picture(in_library=True, caption="The new museum opens tomorrow")
    still = picture(title="Still", in_library=True)
    piece = story(picture=thing, video=film(still=still), embargo_until=timezone.now() + DAY)
    let_out(piece.latest_revision)
    assert [is_file_public(each, timezone.now()) for each in (thing, still, piece.video)] == [False] * 3
    assert (is_offered(thing), offers().found) == (False, ())
    assert "museum opens" not in client.get("/en/library/").content.decode()
    published(title="Older", slug="older", picture=thing)
    assert (is_offered(thing), [offer.thing for offer in offers().found]) == (True, [thing])


def test_what_lies_in_a_restricted_collection_is_for_nobody():
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    thing = picture(in_library=True, collection=closed)
    assert (is_offered(thing), is_file_public(thing, timezone.now()), offers().found) == (False, False, ())


def test_a_link_to_what_is_not_public_is_words_alone(client):
    secret = story(title="Secret", slug="secret-zebra", embargo_until=timezone.now() + DAY)
    other = published(title="Other", slug="open-heron")
    links = "".join(
        f'<a linktype="page" id="{page.pk}">words of {page.title}</a>' for page in (secret, other)
    )
    piece = published(title="Linker", slug="linker", body=[("text", f"<p>{links}</p>")])
    page = client.get(piece.url).content.decode()
    assert ("secret-zebra" in page, "words of Secret" in page) == (False, True)
    assert f'<a href="{other.url}">words of Other</a>' in page


@pytest.mark.parametrize("moved_to", [timedelta(hours=2), None])
def test_an_embargo_that_is_moved_earlier_in_the_original_holds_for_a_translation_begun_before(moved_to):
    now = timezone.now().replace(microsecond=0)
    piece = story(embargo_until=now + DAY)
    french = french_of(piece)
    assert french.get_latest_revision_as_object().embargo_until == now + DAY
    draft = piece.get_latest_revision_as_object()
    draft.embargo_until = until = now + moved_to if moved_to else None
    draft.go_live_at = until
    let_out(draft.save_revision())
    let_out(french.latest_revision)
    french.refresh_from_db()
    assert (french.live, french.embargo_until, french.go_live_at) == (not moved_to, until, until)


def test_an_embargo_that_is_moved_earlier_in_a_mere_draft_moves_nothing():
    now = timezone.now().replace(microsecond=0)
    piece = story(embargo_until=now + DAY)
    french = french_of(piece)
    let_out(piece.latest_revision)
    draft = piece.get_latest_revision_as_object()
    draft.embargo_until = draft.go_live_at = None
    draft.save_revision()
    let_out(french.latest_revision)
    french.refresh_from_db()
    assert (french.live, french.go_live_at) == (False, now + DAY)


def test_a_moment_of_its_own_stays_when_the_embargo_moves():
    now = timezone.now().replace(microsecond=0)
    piece = story(embargo_until=now + DAY)
    french = french_of(piece)
    later = french.get_latest_revision_as_object()
    later.go_live_at = now + 3 * DAY
    later.save_revision()
    draft = piece.get_latest_revision_as_object()
    draft.embargo_until = draft.go_live_at = now + DAY / 2
    let_out(draft.save_revision())
    let_out(StoryPage.objects.get(pk=french.pk).latest_revision)
    french.refresh_from_db()
    assert (french.embargo_until, french.go_live_at) == (now + DAY / 2, now + 3 * DAY)
