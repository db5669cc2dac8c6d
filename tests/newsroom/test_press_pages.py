"""Staff pages of press conferences: what is shown, decided, exported; nothing of it is kept by a cache."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from khuevan.core import clock
from khuevan.newsroom.actions import decide_accreditation
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.models import AccreditationFile, AccreditationRequest, Contact
from khuevan.people.choices import Role
from tests.factories.newsroom import home, let_out
from tests.factories.people import person_with_role
from tests.factories.press import asked, conference

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = person_with_role(Role.EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def pages():
    """One conference, its English and French page."""
    english = conference()
    french = english.copy_for_translation(home("fr").locale, copy_parents=True)
    french.title = "Un automne des métiers"
    let_out(french.save_revision())
    return english, french


def test_requests_of_all_languages_stand_on_one_page(client, editor, pages):
    english, french = pages
    asked(english, name="Ann Sample")
    asked(french, name="Camille Exemple")
    for page in pages:
        answer = client.get(reverse("press:conference", args=[page.pk]))
        assert [row.name for row in answer.context["rows"]] == ["Ann Sample", "Camille Exemple"]
        assert (answer.headers["Cache-Control"], "X-Keep" in answer.headers) == (
            "max-age=0, no-cache, no-store, must-revalidate, private",
            False,
        )


def test_list_of_conferences_asks_the_same_for_one_and_for_three(client, editor, django_assert_num_queries):
    asked(conference())
    address = reverse("press:conferences")
    client.get(address)
    with django_assert_num_queries(11) as first:
        assert len(client.get(address).context["coming"]) == 1
    for _number in range(2):
        asked(conference())
    with django_assert_num_queries(len(first)):
        assert [line.asked for line in client.get(address).context["coming"]] == [1, 1, 1]


def test_past_conference_stays_while_its_requests_are_kept(client, editor):
    page = conference()
    conference(begins_at=clock.now() - timedelta(days=5))
    asked(page)
    page.begins_at = clock.now() - timedelta(days=1)
    page.accreditation_until = page.begins_at - timedelta(days=1)
    page.save()
    answer = client.get(reverse("press:conferences"))
    assert ([line.page.pk for line in answer.context["past"]], answer.context["coming"]) == ([page.pk], [])


def test_ticked_requests_are_approved(client, editor):
    page = conference()
    one, two = asked(page), asked(page)
    client.post(reverse("press:approve", args=[page.pk]), {"request": [str(two.pk), "x", "9" * 30]})
    states = dict(AccreditationRequest.objects.values_list("pk", "state"))
    assert states == {one.pk: "ASKED", two.pk: "APPROVED"}


def test_decision_without_a_needed_word_stays_on_the_page_with_what_is_wrong(client, editor):
    request = asked(conference())
    address = reverse("press:request", args=[request.pk])
    answer = client.post(address, {"deed": "decline", "words": ""})
    assert (answer.status_code, answer.context["form"].errors["words"]) == (
        422,
        ["Cho phóng viên biết lý do, bằng một câu."],
    )
    assert client.post(address, {"deed": "decline", "words": "Hết chỗ."}).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.decision_words) == (AccreditationState.DECLINED, "Hết chỗ.")


def test_deletion_from_the_page_takes_the_request_out(client, editor):
    request = asked(conference())
    client.post(reverse("press:request", args=[request.pk]), {"deed": "delete"})
    assert AccreditationRequest.objects.count() == 0


def test_paper_is_a_download_that_nothing_shows_as_our_page(client, editor):
    request = asked(conference())
    answer = client.get(reverse("press:paper", args=[request.files.get().pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="card.jpg"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
    AccreditationFile.objects.get().file.storage.delete(request.files.get().file.name)
    assert client.get(reverse("press:paper", args=[request.files.get().pk])).status_code == 404


def test_door_list_holds_those_approved_by_name_and_no_address(client, editor):
    page = conference()
    for name in ("Zoë Sample", "Đỗ Thử", "=HYPERLINK(1)"):
        request = asked(page, name=name, telephone="+47 000")
        decide_accreditation(by=editor, request=request, state=AccreditationState.APPROVED)
    asked(page, name="Waits")
    sheet = client.get(reverse("press:export", args=[page.pk, "csv"])).content.decode()
    lines = sheet.splitlines()
    assert [line.split(",")[1] for line in lines] == ["Họ và tên", "'=HYPERLINK(1)", "Đỗ Thử", "Zoë Sample"]
    assert ("@" in sheet, "+47" in sheet) == (False, False)
    book = load_workbook(io.BytesIO(client.get(reverse("press:export", args=[page.pk, "xlsx"])).content))
    assert [row[2] for row in book.active.iter_rows(values_only=True)][:2] == [
        "Cơ quan báo chí",
        "Northern Example Radio",
    ]
    printed = client.get(reverse("press:door_list", args=[page.pk])).content.decode()
    assert ("Đỗ Thử" in printed, "Waits" in printed, "@example" in printed) == (True, False, False)


def test_contact_is_kept_through_its_page(client, editor):
    values = {
        "name": "Lê Thị Phát Ngôn",
        "post": "Người phát ngôn",
        "email": "spokesperson@example.org",
        "languages": ["en", "vi"],
        "order": "0",
        "since_date": "01/12/2026",
    }
    client.post(reverse("press_contacts:add"), values)
    contact = Contact.objects.get()
    assert (contact.languages, contact.since_date.isoformat()) == (["vi", "en"], "2026-12-01")
    answer = client.post(
        reverse("press_contacts:edit", args=[contact.pk]), {**values, "email": "", "until_date": "30/11/2026"}
    )
    said = str(answer.context["form"].errors)
    assert ("Ghi số điện thoại" in said, "Ngày cuối" in said) == (True, True)


def test_deadline_after_the_beginning_is_refused_where_the_page_is_written():
    now = clock.now()
    page = conference()
    page.accreditation_until = now + timedelta(days=20)
    with pytest.raises(ValidationError, match="Accreditation ends before"):
        page.full_clean()
