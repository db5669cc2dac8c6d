"""The form of reporters: what it refuses, what it keeps, and that no cache ever holds it."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.newsroom.models import AccreditationFile, AccreditationRequest
from khuevan.outbox.models import OutgoingMail
from khuevan.website.api.limits import Counters, place_of
from khuevan.website.page_cache import PageCache
from tests.factories.newsroom import jpeg
from tests.factories.press import PDF, conference, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return conference()


def address(page, view="press_accreditation"):
    return reverse(view, args=[page.locale.language_code, page.pk])


def answers(**values):
    return {
        "name": "Ingrid Beispiel",
        "outlet": "Northern Radio",
        "country": "Norway",
        "email": "ingrid@example.invalid",
        "telephone": "",
        "press_card": "EX-1",
        "equipment": "",
        "website": "",
        "key": str(uuid.uuid4()),
        "card_file": scan(),
        **values,
    }


def test_sent_form_makes_one_request_with_its_paper_and_one_mail(client, page):
    given = answers()
    first = client.post(address(page), given)
    assert (first.status_code, first.url) == (302, address(page, "press_accreditation_received"))
    again = client.post(address(page), {**given, "card_file": scan()})
    assert again.status_code == 302
    request = AccreditationRequest.objects.get()
    assert (request.name, request.outlet, request.country, request.press_card, request.language) == (
        "Ingrid Beispiel",
        "Northern Radio",
        "Norway",
        "EX-1",
        "en",
    )
    assert list(AccreditationFile.objects.values_list("paper", "filename")) == [("PRESS_CARD", "card.jpg")]
    assert OutgoingMail.objects.count() == 1
    assert b"Your request arrived" in client.get(first.url).content


def test_form_shows_what_is_wrong_beside_the_field_and_keeps_what_was_typed(client, page):
    answer = client.post(
        address(page), answers(name="  Ingrid\n Beispiel ", email="nobody", outlet="", card_file="")
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {
        "outlet": ["This field is required."],
        "email": ["Enter a valid email address."],
        "card_file": ["Send your press card or a letter of assignment, or both."],
    }
    assert 'value="nobody"' in said
    assert re.search(r'<input type="text" name="outlet"[^>]*aria-invalid="true"', said)
    assert AccreditationRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"website": "https://example.org"}, "website"),
        ({"key": "no key"}, "key"),
        ({"email": "a@exa mple.org"}, "email"),
        ({"email": "người@example.org"}, "email"),
        ({"name": "Ann\u2028Bcc: all@example.org"}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"card_file": scan("card.jpg", b"MZ\x90\0" + b"\0" * 300)}, "card_file"),
        ({"letter_file": scan("letter.pdf", jpeg(), "application/pdf")}, "letter_file"),
        ({"letter_file": scan("letter.html", b"<script>1</script>", "text/html")}, "letter_file"),
    ],
)
def test_form_refuses(client, page, values, field):
    answer = client.post(address(page), answers(**values))
    if field == "name" and "\u2028" in str(values.get("name")):
        # A separator of lines becomes a space, so that no mail's head can be broken with it.
        assert AccreditationRequest.objects.get().name == "Ann Bcc: all@example.org"
        return
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (AccreditationRequest.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_letter_alone_is_enough(client, page):
    client.post(address(page), answers(card_file="", letter_file=scan("letter.pdf", PDF, "application/pdf")))
    assert list(AccreditationFile.objects.values_list("paper", "content_type")) == [
        ("ASSIGNMENT", "application/pdf")
    ]


def test_form_closes_at_the_deadline_to_the_minute(client, page):
    with clock.stopped_at(page.accreditation_until - timedelta(minutes=1)):
        assert b"<form class=" in client.get(address(page)).content
        assert client.post(address(page), answers()).status_code == 302
    with clock.stopped_at(page.accreditation_until):
        assert b"<form class=" not in client.get(address(page)).content
        late = client.post(address(page), answers())
    assert (late.status_code, b"Accreditation closed on" in late.content) == (409, True)
    assert AccreditationRequest.objects.count() == 1


def test_conference_that_is_not_public_or_of_another_language_has_no_form(client, page):
    assert client.get(address(conference(live=False))).status_code == 404
    assert client.get(f"/fr/press-conferences/{page.pk}/accreditation/").status_code == 404
    page.unpublish()
    assert client.post(address(page), answers()).status_code == 404


def test_too_many_forms_of_one_connection_are_not_read(client, page, settings, tmp_path):
    settings.PRESS_FORMS_AN_HOUR, settings.PRESS_FORM_COUNTERS = 2, tmp_path / "counts"
    sent = [answers(email=f"reporter{number}@example.invalid") for number in range(4)]
    statuses = [client.post(address(page), each).status_code for each in sent[:3]]
    # Another process of the machine counts in the same file.
    counters = Counters(tmp_path / "counts", seconds=3600)
    assert counters.seconds_to_wait(place_of("127.0.0.1"), 2) > 0
    counters.close()
    other = client.post(address(page), sent[3], REMOTE_ADDR="192.0.2.7")
    assert (statuses, other.status_code) == ([302, 302, 429], 302)
    assert AccreditationRequest.objects.count() == 3


def test_no_scan_of_a_reporter_is_written_to_the_disk_before_it_was_looked_at(client, page, monkeypatch):
    def refuse(*_arguments, **_named):
        raise AssertionError("written to the folder of temporary files")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    large = scan("letter.pdf", PDF + b"%" * 3_000_000, "application/pdf")
    answer = client.post(address(page), answers(card_file="", letter_file=large))
    assert answer.status_code in (302, 422)


def test_behind_a_proxy_the_address_that_it_saw_counts(client, page, settings, tmp_path):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.PRESS_FORMS_AN_HOUR, settings.PRESS_FORM_COUNTERS = 1, tmp_path / "counts"
    sent = [
        client.post(
            address(page), answers(), headers={"x-forwarded-for": f"{claimed}, 192.0.2.1"}
        ).status_code
        for claimed in ("198.51.100.1", "198.51.100.2")
    ]
    assert sent == [302, 429]


def test_form_that_is_too_large_is_not_read(client, page):
    answer = client.post(address(page), answers(), CONTENT_LENGTH="99000000")
    assert (answer.status_code, b"too large together" in answer.content) == (413, True)


def test_forged_form_is_refused_and_what_was_typed_is_still_there(page):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address(page), answers())
    said = answer.content.decode()
    assert (answer.status_code, "did not send back" in said, 'value="Ingrid Beispiel"' in said) == (
        403,
        True,
        True,
    )
    assert AccreditationRequest.objects.count() == 0
    token = strict.cookies["csrftoken"].value
    assert strict.post(address(page), {**answers(), "csrfmiddlewaretoken": token}).status_code == 302


def test_neither_the_form_nor_its_answer_is_ever_kept(client, page):
    for answer in (
        client.get(address(page)),
        client.post(address(page), answers(name="")),
        client.get(address(page, "press_accreditation_received")),
    ):
        assert ("X-Keep" in answer.headers, "no-store" in answer.headers["Cache-Control"]) == (False, True)


def test_only_the_form_sets_a_cookie_and_all_around_it_is_kept(client, page):
    assert "csrftoken" in client.get(address(page)).cookies
    client.cookies.clear()
    room = page.get_parent().url
    for path in (page.url, room, reverse("press_conference_calendar", args=["en", page.pk])):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("X-Keep"), dict(answer.cookies)) == (200, "20", {}), (
            path
        )


def test_cache_around_the_application_gives_each_reader_a_form_of_their_own(page, tmp_path):
    def application(environ, start_response):
        answer: HttpResponse = Client().get(environ["PATH_INFO"])
        start_response(
            "200 OK", [*answer.items(), *(("Set-Cookie", str(each)) for each in answer.cookies.values())]
        )
        return [answer.content]

    cached = PageCache(application, stamp=tmp_path / "stamp", cookies=frozenset({"csrftoken"}))
    keys = set()
    for _reader in range(2):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address(page), "HTTP_HOST": "testserver"}
        body = b"".join(cached(environ, lambda *_arguments: None)).decode()
        keys.add(re.search(r'name="key" value="([^"]+)"', body)[1])
    assert len(keys) == 2
