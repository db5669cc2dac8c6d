"""Only the end of a review lets a piece out, with its languages; who may do what in Wagtail's own screens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from khuevan.core import clock
from khuevan.newsroom.actions import release_due, withdraw_piece
from khuevan.newsroom.actions.translation_work import begin_translations
from khuevan.newsroom.choices import StoryKind
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.page_groups import keep_groups_of, make_groups
from khuevan.newsroom.presenters.language_cells import cell_of
from khuevan.newsroom.queries.language_states import with_standings
from khuevan.newsroom.queries.translations import language_states
from khuevan.newsroom.queries.waiting import counts_for, pieces_to_decide
from khuevan.newsroom.release import public_stories
from khuevan.newsroom.review_mails import deciders
from khuevan.newsroom.reviewed import PublicationRefused, published_without_review
from khuevan.newsroom.reviews import make_reviews
from khuevan.newsroom.rules import problems_of
from khuevan.people.choices import Role, UnitKind
from tests.factories.newsroom import home, let_out, published, section, story
from tests.factories.people import PostFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
BULK = "/quan-tri/bulk/wagtailcore/page/publish/?id={}"


def person(role: Role, kind: UnitKind = UnitKind.DIVISION):
    user = UserFactory()
    PostFactory(person=user, role=role, unit=UnitFactory(kind=kind))
    make_groups()
    keep_groups_of(user)
    return type(user).objects.get(pk=user.pk)


def reviewed(piece: StoryPage, *, until: Role = Role.UNIT_HEAD) -> None:
    """The piece, let go by every step of its review up to the role's."""
    roles = {Role.EDITOR: person(Role.EDITOR), Role.UNIT_HEAD: person(Role.UNIT_HEAD)}
    piece.get_workflow().start(piece, person(Role.UNIT_OFFICER))
    for role in (Role.EDITOR, Role.UNIT_HEAD):
        piece.current_workflow_task_state.approve(user=roles[role])
        if role == until:
            break
    piece.refresh_from_db()


def french_of(piece: StoryPage) -> StoryPage:
    home("fr"), section("fr")
    made = begin_translations(by=person(Role.UNIT_OFFICER), page=piece, languages=["fr"])[0]
    draft = made.get_latest_revision_as_object()
    draft.title, draft.summary, draft.body = "Titre", "Résumé", [("text", "<p>Bonjour</p>")]
    draft.save_revision()
    return StoryPage.objects.get(pk=made.pk)


def test_nobody_publishes_past_the_review(client):
    make_reviews()
    editor = person(Role.EDITOR)
    piece = story(kind=StoryKind.PRESS_RELEASE)
    piece.get_workflow().start(piece, editor)
    client.force_login(editor)
    client.post(BULK.format(piece.pk), {"next": "/quan-tri/"})
    piece.refresh_from_db()
    assert not piece.live
    assert 'name="action-publish"' not in client.get(f"/quan-tri/pages/{piece.pk}/edit/").content.decode()
    with pytest.raises(PublicationRefused):
        piece.latest_revision.publish(user=editor, skip_permission_checks=True)


def test_a_review_lets_go_the_text_that_it_saw_and_no_later_one():
    make_reviews()
    piece = story()
    reviewed(piece)
    assert piece.live
    later = piece.get_latest_revision_as_object()
    later.title = "Something else"
    with pytest.raises(PublicationRefused):
        later.save_revision().publish()


def test_a_release_needs_the_directors_review_even_where_its_kind_changed_meanwhile():
    make_reviews()
    piece = story()
    reviewed(piece, until=Role.EDITOR)
    draft = piece.get_latest_revision_as_object()
    draft.kind = StoryKind.PRESS_RELEASE
    draft.save_revision()
    with pytest.raises(ValidationError):
        piece.current_workflow_task_state.approve(user=person(Role.UNIT_HEAD))
    piece.refresh_from_db()
    assert not piece.live


def test_what_a_review_let_go_is_not_written_over():
    make_reviews()
    piece = story(embargo_until=timezone.now() + timedelta(days=1))
    reviewed(piece)
    kept = piece.latest_revision
    assert kept.approved_go_live_at is not None
    draft = piece.get_latest_revision_as_object()
    draft.title = "Written over"
    assert draft.save_revision(overwrite_revision=kept).pk != kept.pk
    kept.refresh_from_db()
    assert kept.content["title"] == piece.title


def test_a_reviewed_piece_under_embargo_goes_out_by_itself():
    make_reviews()
    moment = timezone.now() + timedelta(days=1)
    piece = story(embargo_until=moment)
    reviewed(piece)
    assert (piece.live, piece.is_ready) == (False, True)
    StoryPage.objects.filter(pk=piece.pk).update(embargo_until=timezone.now() - timedelta(hours=1))
    revision = piece.latest_revision
    past = (timezone.now() - timedelta(hours=1)).isoformat()
    revision.content |= {"embargo_until": past, "go_live_at": past}
    revision.save()
    assert release_due(moment + timedelta(seconds=1)).published == 1


def test_a_piece_waits_for_its_languages_and_they_go_out_together():
    make_reviews()
    piece = story(required_languages=["en", "fr"])
    french = french_of(piece)
    reviewed(piece)
    assert (piece.live, piece.is_ready, piece.current_workflow_state) == (False, True, None)
    assert [problem.code for problem in problems_of(piece)] == ["NR-12"]
    [row] = with_standings(StoryPage.objects.filter(pk=piece.pk))
    assert (row.standing, language_states([piece])[piece.translation_key]["en"].standing) == (
        "WAITING",
        "WAITING",
    )
    assert cell_of("en", row).more == ("goes out with its other languages",)
    reviewed(french)
    piece.refresh_from_db()
    assert (piece.live, french.live) == (True, True)


def test_a_text_changed_after_its_review_makes_the_others_wait_again():
    make_reviews()
    piece = story(required_languages=["en", "fr"])
    french = french_of(piece)
    reviewed(piece)
    draft = piece.get_latest_revision_as_object()
    draft.title = "Changed since"
    draft.save_revision()
    reviewed(french)
    piece.refresh_from_db()
    assert (piece.live, french.live) == (False, False)


def test_publishing_without_a_review_says_why():
    with pytest.raises(ValueError, match="why"), published_without_review(" "):
        pass


def test_heads_of_wards_decide_and_publish_nothing_of_the_site():
    ward, head, editor = (
        person(Role.UNIT_HEAD, UnitKind.WARD), person(Role.UNIT_HEAD), person(Role.EDITOR)
    )  # fmt: skip
    make_reviews()
    piece = story()
    piece.get_workflow().start(piece, person(Role.UNIT_OFFICER))
    piece.current_workflow_task_state.approve(user=editor)
    step = piece.current_workflow_task
    assert [bool(step.get_actions(piece, one)) for one in (ward, head)] == [False, True]
    assert [len(pieces_to_decide(one, clock.today())) for one in (ward, head)] == [0, 1]
    assert [counts_for(one, clock.today())[0] for one in (ward, head)] == [0, 1]
    assert (step.deciders(piece), deciders(step, None)) == ([head.full_name], [head])
    front = home()
    assert [front.permissions_for_user(one).can_publish() for one in (ward, head, editor)] == [
        False,
        True,
        True,
    ]
    assert [front.permissions_for_user(one).can_unpublish() for one in (ward, head)] == [False, True]


def test_a_refusal_at_the_last_step_is_told_and_leaves_the_step_undecided(client):
    make_reviews()
    piece = story(summary="")
    reviewed(piece, until=Role.EDITOR)
    client.force_login(person(Role.UNIT_HEAD))
    step = piece.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[piece.pk, "approve", step.pk])
    answer = client.post(address, follow=True)
    assert answer.status_code == 200
    with translation.override("vi"):
        sentences = [problem.sentence for problem in problems_of(piece)]
    assert [str(message) for message in answer.context["messages"]][1:] == sentences
    step.refresh_from_db()
    assert step.status == "in_progress"


def test_a_published_piece_is_withdrawn_and_neither_unpublished_nor_deleted(client):
    editor = person(Role.EDITOR)
    piece = published()
    client.force_login(editor)
    for deed in ("unpublish", "delete"):
        client.post(f"/quan-tri/pages/{piece.pk}/{deed}/", {})
    piece.refresh_from_db()
    assert piece.live
    assert not piece.permissions_for_user(editor).can_delete()
    assert story(title="Draft", slug="draft").permissions_for_user(editor).can_delete()


def test_a_copy_is_a_draft_with_a_number_of_its_own(client):
    editor = person(Role.EDITOR)
    piece = published()
    client.force_login(editor)
    client.post(
        f"/quan-tri/pages/{piece.pk}/copy/",
        {
            "new_title": "Copy", "new_slug": "copy", "new_parent_page": str(piece.get_parent().pk),
            "publish_copies": "on",
        },
    )  # fmt: skip
    by_script = piece.copy(update_attrs={"slug": "script"})
    copies = list(StoryPage.objects.exclude(pk=piece.pk))
    assert by_script.pk in {copy.pk for copy in copies}
    assert [copy.live for copy in copies] == [False] * len(copies)
    for copy in copies:
        assert copy.get_latest_revision_as_object().short_id == copy.short_id
    assert len({piece.short_id, *(copy.short_id for copy in copies)}) == 1 + len(copies)


def test_a_section_is_copied_with_drafts_of_its_pieces():
    published()
    copy = section().copy(recursive=True, update_attrs={"slug": "news-2", "title": "News 2"})
    assert [page.live for page in copy.get_children()] == [False]


def test_nobody_restricts_a_page_and_a_restricted_one_is_nowhere(client):
    piece = published(title="Secret plan zebra")
    assert not home().permissions_for_user(person(Role.EDITOR)).can_set_view_restrictions()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=section().pk), restriction_type="login")
    assert list(public_stories(timezone.now())) == []
    for address in (
        "/en/feeds/atom/",
        "/api/v1/stories/?fields=body_html",
        "/sitemap-1.xml",
        "/en/search/?q=zebra",
    ):
        assert piece.slug.encode() not in client.get(address).content


def test_a_copy_of_a_withdrawn_piece_is_a_piece_of_its_own():
    piece = published()
    withdraw_piece(by=person(Role.EDITOR), page=piece, text="Wrong.")
    piece.refresh_from_db()
    copy = piece.copy(update_attrs={"slug": "again"})
    let_out(copy.save_revision())
    assert copy.short_id != piece.short_id


def test_an_embargo_that_the_original_moves_is_moved_for_the_language_that_waits_for_it():
    make_reviews()
    now = timezone.now().replace(microsecond=0)
    piece = story(embargo_until=now + timedelta(days=2))
    french = french_of(piece)
    reviewed(piece)
    reviewed(french)
    assert french.go_live_at == now + timedelta(days=2)
    draft = piece.get_latest_revision_as_object()
    draft.embargo_until = draft.go_live_at = now + timedelta(days=1)
    draft.save_revision()
    reviewed(piece)
    french.refresh_from_db()
    assert (piece.go_live_at, french.go_live_at, french.embargo_until) == (draft.embargo_until,) * 3
    assert french.scheduled_revision.approved_go_live_at == draft.embargo_until
