"""What is done with a piece from its page: through the forms, by whom it may be done, with what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from khuevan.core.models import AuditEntry
from khuevan.newsroom.choices import ChangeKind, StoryKind, TranslationOrigin
from khuevan.newsroom.models import EmbargoPass, PublicChange, StoryPage
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from tests.factories.newsroom import home, let_out, published, section, story
from tests.factories.passes import pass_and_secret
from tests.factories.people import person_with_role
from tests.factories.press import asked, conference
from tests.factories.work import office

pytestmark = pytest.mark.django_db


def desk(view: str, *args: object) -> str:
    return reverse(f"newsroom_desk:{view}", args=args)


@pytest.fixture
def editor(client):
    person = person_with_role(Role.EDITOR)
    client.force_login(person)
    return person


def french(original: StoryPage, **values) -> StoryPage:
    copy = original.copy_for_translation(home("fr").locale, copy_parents=True)
    given = {
        "title": "Les archives ouvrent", "body": [("text", "<p>Les archives ouvrent lundi.</p>")],
        "origin": TranslationOrigin.PERSON, **values,
    }  # fmt: skip
    for name, value in given.items():
        setattr(copy, name, value)
    copy.save()
    copy.save_revision()
    return copy


def changes() -> list[tuple[int, str, str]]:
    return sorted(PublicChange.objects.values_list("page", "kind", "text"))


def test_a_correction_is_made_in_the_languages_that_have_words(editor, client):
    original = published()
    other = french(original)
    let_out(other.latest_revision)
    url = desk("correct", original.short_id)
    empty = client.post(url, {f"text_{original.pk}": " "})
    assert (empty.status_code, changes()) == (422, [])
    sent = client.post(url, {f"text_{original.pk}": "The street was named wrongly.", f"text_{other.pk}": ""})
    assert (sent.status_code, sent.url) == (302, desk("piece", original.short_id))
    assert changes() == [(original.pk, ChangeKind.CORRECTION, "The street was named wrongly.")]
    assert "The street was named wrongly." in client.get(original.url).content.decode()


def test_a_withdrawal_takes_all_languages_or_only_those_ticked(editor, client):
    original = published()
    other = french(original)
    let_out(other.latest_revision)
    url = desk("withdraw", original.short_id)
    page = client.get(url).content.decode()
    assert "410" in page
    assert page.count("checked") == 2
    lacking = client.post(
        url, {f"page_{original.pk}": "on", f"page_{other.pk}": "on", f"text_{other.pk}": "Erreur."}
    )
    assert (lacking.status_code, changes()) == (422, [])
    client.post(
        url, {f"page_{other.pk}": "on", f"text_{other.pk}": "Erreur.", f"text_{original.pk}": "Unticked."}
    )
    assert changes() == [(other.pk, ChangeKind.WITHDRAWAL, "Erreur.")]
    assert [client.get(each).status_code for each in (original.url, other.url)] == [200, 410]
    client.post(url, {f"page_{original.pk}": "on", f"text_{original.pk}": "The figures were wrong."})
    assert client.get(original.url).status_code == 410
    assert client.get(url).status_code == 403


def test_what_was_never_published_is_neither_corrected_nor_withdrawn(editor, client):
    draft = story()
    assert [client.get(desk(view, draft.short_id)).status_code for view in ("correct", "withdraw")] == [
        403,
        403,
    ]


def test_a_pass_is_shown_once_and_mailed(editor, client):
    piece = story(embargo_until=timezone.now() + timedelta(days=2))
    let_out(piece.latest_revision)
    until = timezone.localtime(timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    form = {
        "name": "Jane Reporter", "outlet": "The Outlet", "email": "jane@example.org",
        "expires_at": f"{until:%Y-%m-%dT%H:%M}", "by_mail": "on",
    }  # fmt: skip
    answer = client.post(desk("give_pass", piece.pk), form)
    made = EmbargoPass.objects.get()
    address = answer.context["address"]
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)
    assert (made.name, made.outlet, made.email, made.expires_at, made.made_by) == (
        "Jane Reporter", "The Outlet", "jane@example.org", until, editor,
    )  # fmt: skip
    assert answer.content.decode().count(address) == 1
    mail = OutgoingMail.objects.get(kind="EMBARGO_PASS")
    assert (mail.to_address, address in mail.text) == ("jane@example.org", True)
    assert client.get(address).status_code == 200
    assert address not in client.get(desk("piece", piece.short_id)).content.decode()
    assert address not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_a_pass_without_mail_sends_none_and_a_wrong_form_makes_none(editor, client):
    piece = story(embargo_until=timezone.now() + timedelta(days=2))
    let_out(piece.latest_revision)
    past = timezone.localtime(timezone.now() - timedelta(days=1))
    wrong = {
        "name": "Jane",
        "outlet": "Outlet",
        "email": "jane@example.org",
        "expires_at": f"{past:%Y-%m-%dT%H:%M}",
    }
    answer = client.post(desk("give_pass", piece.pk), wrong)
    assert (answer.status_code, list(answer.context["form"].errors), EmbargoPass.objects.count()) == (
        422, ["expires_at"], 0,
    )  # fmt: skip
    later = timezone.localtime(timezone.now() + timedelta(hours=5))
    client.post(desk("give_pass", piece.pk), {**wrong, "expires_at": f"{later:%Y-%m-%dT%H:%M}"})
    assert (EmbargoPass.objects.count(), OutgoingMail.objects.filter(kind="EMBARGO_PASS").count()) == (1, 0)


def test_a_piece_without_embargo_needs_no_pass(editor, client):
    assert client.get(desk("give_pass", published().pk)).status_code == 403


def test_a_pass_is_revoked_from_the_page(editor, client):
    made, secret = pass_and_secret()
    piece = StoryPage.objects.get(pk=made.page_id)
    assert client.get(desk("revoke_pass", made.pk)).status_code == 404
    answer = client.post(desk("revoke_pass", made.pk))
    assert answer.url == f"{desk('piece', piece.short_id)}#passes"
    made.refresh_from_db()
    assert made.revoked_by == editor
    assert client.get(reverse("newsroom:pass", args=[secret])).status_code == 404


def test_an_officer_neither_corrects_nor_revokes(client):
    made, _secret = pass_and_secret()
    client.force_login(person_with_role(Role.UNIT_OFFICER))
    assert client.post(desk("correct", published().short_id), {}).status_code == 403
    assert client.post(desk("revoke_pass", made.pk)).status_code == 403
    made.refresh_from_db()
    assert made.revoked_at is None


def test_vouching_for_a_machines_text_names_who_did(editor, client):
    machine = french(published(), origin=TranslationOrigin.MACHINE)
    page = client.get(desk("vouch", machine.pk))
    assert "The archive opens on Monday." in page.content.decode()
    assert "Les archives ouvrent lundi." in page.content.decode()
    assert client.post(desk("vouch", machine.pk)).status_code == 302
    newest = StoryPage.objects.get(pk=machine.pk).get_latest_revision_as_object()
    assert (newest.origin, newest.reviewed_by) == (TranslationOrigin.REVIEWED, editor)
    # There is nothing to vouch for twice.
    client.post(desk("vouch", machine.pk))
    assert AuditEntry.objects.filter(verb="review_translation").count() == 1


def test_an_original_has_nothing_to_be_compared_with(editor, client):
    assert client.get(desk("vouch", published().pk)).status_code == 403


def test_a_piece_begins_with_its_kind_section_language_and_task(client):
    writer, task = person_with_role(Role.UNIT_OFFICER), office().task
    client.force_login(writer)
    there = section("vi")
    form = {
        "title": "  Tuần phim  Hà Nội ", "kind": StoryKind.PRESS_RELEASE, "section": str(there.translation_key),
        "language": "vi",
    }  # fmt: skip
    answer = client.post(f"{desk('new_piece')}?task={task.pk}", form)
    page = StoryPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.kind, page.owner, page.locale.language_code, page.live, page.get_parent().pk) == (
        "Tuần phim Hà Nội", StoryKind.PRESS_RELEASE, writer, "vi", False, there.pk,
    )  # fmt: skip
    assert [served.task for served in page.served_tasks.all()] == [task]
    assert list(AuditEntry.objects.filter(verb="begin_piece").values_list("by", flat=True)) == [writer.pk]


def test_a_section_that_is_not_in_the_language_is_refused(client):
    client.force_login(person_with_role(Role.UNIT_OFFICER))
    there = section("en")
    home("fr")
    form = {"title": "A", "kind": StoryKind.STORY, "section": str(there.translation_key), "language": "fr"}
    answer = client.post(desk("new_piece"), form)
    assert (answer.status_code, list(answer.context["form"].errors), StoryPage.objects.count()) == (
        422, ["section"], 0,
    )  # fmt: skip


def test_the_page_of_a_task_offers_to_write_for_it(client):
    work = office()
    url = reverse("programme:task", args=[work.task.pk])
    client.force_login(work.lead_officer)
    assert f"{desk('new_piece')}?task={work.task.pk}" in client.get(url).content.decode()
    client.force_login(work.auditor)
    assert desk("new_piece") not in client.get(url).content.decode()


def test_the_page_of_a_piece_shows_its_languages_review_and_history(editor, client):
    original = published(title="Original", slug="original", owner=editor)
    french(original, origin=TranslationOrigin.MACHINE)
    client.post(desk("correct", original.short_id), {f"text_{original.pk}": "It was Tuesday."})
    answer = client.get(desk("piece", original.short_id))
    cards = [
        (card.cell.code, card.cell.sign, [each.code for each in card.problems])
        for card in answer.context["cards"]
    ]
    assert cards[0] == ("en", "PUBLISHED", [])
    assert (cards[1][0], cards[1][1], "NR-10" in cards[1][2]) == ("fr", "MACHINE", True)
    assert len(cards) == 2
    assert [(one.what, one.words, one.who) for one in answer.context["shown"]][:1] == [
        ("Đính chính tin, bài đã đăng", "It was Tuesday.", str(editor))
    ]
    assert [str(item["change"]) for item in answer.context["changes"]] == ["It was Tuesday."]
    assert answer.context["lacking"] == []


def test_an_unknown_piece_is_not_there(editor, client):
    assert client.get(desk("piece", 4711)).status_code == 404
    assert client.get(f"{desk('new_piece')}?task=4711").status_code == 404


def test_requests_for_accreditation_wait_for_whoever_decides_on_them(editor, client):
    asked(conference())
    page = client.get(desk("waiting"))
    assert (page.context["accreditations"], f'href="{reverse("press:conferences")}"' in page.content.decode()) == (
        1, True,
    )  # fmt: skip
    client.force_login(person_with_role(Role.UNIT_OFFICER))
    assert client.get(desk("waiting")).context["accreditations"] == 0
