"""A pass opens one piece and its pictures to one reporter until it ends, and leaves nothing with anybody else."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from khuevan.core import clock
from khuevan.newsroom.actions import release_due, revoke_pass
from khuevan.newsroom.choices import RightsBasis
from khuevan.newsroom.models import EmbargoPass, LibraryDocument
from khuevan.people.choices import Role
from khuevan.programme.private_addresses import WithoutSecrets
from tests.factories.newsroom import picture
from tests.factories.passes import pass_and_secret
from tests.factories.people import person_with_role
from tests.factories.press import PDF

pytestmark = pytest.mark.django_db

UNKEPT = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def address(secret: str) -> str:
    return reverse("newsroom:pass", args=[secret])


def headers(answer) -> dict[str, str]:
    return {name: answer.headers.get(name, "") for name in UNKEPT}


def file_addresses(answer) -> list[str]:
    return sorted(set(re.findall(r"/pass/files/[-\w:.]+", answer.content.decode())))


def status_at(client, url: str, moment) -> int:
    with clock.stopped_at(moment):
        return client.get(url).status_code


def test_a_pass_shows_the_piece_with_its_embargo_and_is_kept_by_nobody(client):
    made, secret = pass_and_secret()
    answer = client.get(address(secret))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert headers(answer) == UNKEPT
    assert "X-Keep" not in answer.headers
    assert "The archive opens on Monday." in text
    assert "Under embargo until" in text
    assert "Jane Reporter, The Outlet" in text
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text
    # That it was opened is written down nowhere: the row is as it was.
    before = EmbargoPass.objects.filter(pk=made.pk).values().get()
    assert [client.head(address(secret)).status_code, client.get(address(secret)).status_code] == [200, 200]
    assert EmbargoPass.objects.filter(pk=made.pk).values().get() == before


def test_a_pass_opens_the_approved_version_and_no_later_draft(client):
    made, secret = pass_and_secret()
    piece = made.page.specific
    piece.body = [("text", "<p>RAW NOTE</p>")]
    piece.save_revision()
    text = client.get(address(secret)).content.decode()
    assert ("RAW NOTE" in text, "The archive opens on Monday." in text) == (False, True)
    # Its approval is taken back: nothing of it is for anybody outside.
    piece.revisions.update(approved_go_live_at=None)
    assert client.get(address(secret)).status_code == 404


def test_a_document_with_a_vietnamese_name_comes_through_the_pass(client):
    document = LibraryDocument(title="Report", credit="Department", basis=RightsBasis.OWN)
    document.file.save("báo cáo.pdf", ContentFile(PDF), save=False)
    document.save()
    _made, secret = pass_and_secret(body=[("file", {"document": document, "description": ""})])
    answer = client.get(address(secret))
    (file,) = file_addresses(answer)
    sent = client.get(file)
    assert (document.url in answer.content.decode(), sent.status_code, b"".join(sent)) == (False, 200, PDF)


def test_a_pass_ends_to_the_minute(client):
    end = (clock.now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    _made, secret = pass_and_secret(expires_at=end)
    minute = timedelta(minutes=1)
    assert [status_at(client, address(secret), end + step) for step in (-minute, minute * 0, minute)] == [
        200, 404, 404,
    ]  # fmt: skip


def test_a_revoked_pass_and_a_wrong_secret_answer_alike_at_once(client):
    made, secret = pass_and_secret()
    assert client.get(address(secret)).status_code == 200
    revoke_pass(by=person_with_role(Role.EDITOR), embargo_pass=made)
    answers = [client.get(address(each)) for each in (secret, "wrong")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_pictures_come_through_the_pass_alone_and_end_with_it(client):
    shown = picture()
    made, secret = pass_and_secret(picture=shown)
    answer = client.get(address(secret))
    files = file_addresses(answer)
    assert files
    assert "/pictures/" not in answer.content.decode()
    sent = client.get(files[0])
    assert sent.status_code == 200
    assert headers(sent) == UNKEPT
    assert "X-Keep" not in sent.headers
    assert b"".join(sent)
    # The picture's own address stays shut, and a changed one opens nothing.
    rendition = shown.renditions.first()
    assert client.get(rendition.url).status_code == 404
    assert client.get(f"{files[0][:-2]}xx").status_code == 404
    # Within the hour; and not a moment after the pass was revoked.
    assert status_at(client, files[0], clock.now() + timedelta(minutes=61)) == 404
    revoke_pass(by=person_with_role(Role.EDITOR), embargo_pass=made)
    assert client.get(files[0]).status_code == 404


def test_a_file_address_ends_with_the_pass_where_that_ends_sooner(client):
    end = (clock.now() + timedelta(minutes=10)).replace(second=0, microsecond=0)
    _made, secret = pass_and_secret(expires_at=end, picture=picture())
    file = file_addresses(client.get(address(secret)))[0]
    assert [status_at(client, file, end + timedelta(seconds=step)) for step in (-1, 0)] == [200, 404]


def test_after_the_embargo_the_pass_leads_to_the_public_page(client):
    made, secret = pass_and_secret()
    piece = made.page.specific
    later = piece.embargo_until + timedelta(minutes=1)
    # The embargo ends: what waited for it goes out.
    piece.revisions.update(approved_go_live_at=clock.now() - timedelta(seconds=1))
    type(piece).objects.filter(pk=piece.pk).update(embargo_until=clock.now() - timedelta(seconds=1))
    revision = piece.latest_revision
    revision.content["embargo_until"] = revision.content["go_live_at"] = None
    revision.save(update_fields=["content"])
    assert release_due(clock.now()).published == 1
    piece.refresh_from_db()
    with clock.stopped_at(later):
        answer = client.get(address(secret))
    assert (answer.status_code, answer.url) == (302, piece.url)
    assert headers(answer) == UNKEPT


def test_a_pass_in_another_language_speaks_it(client):
    _made, secret = pass_and_secret(code="fr")
    text = client.get(address(secret)).content.decode()
    assert "Sous embargo jusqu" in text
    assert '<html lang="fr"' in text


def test_the_log_shows_no_secret():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Not Found: %s", ("/pass/s3cret-Word_1/",), None
    )
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /pass/…/"
