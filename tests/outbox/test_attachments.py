"""Files of mails: bounded, kept once by their digest, the same bytes whenever the mail leaves."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile

from khuevan.core.private_files import private_storage
from khuevan.outbox import attachments
from khuevan.outbox.acceptance import UnfitMail
from khuevan.outbox.attachments import LONGEST_NAME, MOST_BYTES, MOST_FILES, Attached, fits
from khuevan.outbox.choices import MailState, Trouble
from khuevan.outbox.message import as_sent, composed
from khuevan.outbox.models import MailAttachment, OutgoingMail
from khuevan.outbox.queries import MailCourse, courses_of
from khuevan.outbox.sending import send_waiting
from khuevan.people.choices import Role
from tests.factories.outbox import queued_mail
from tests.factories.people import person_with_role

PLAN = Attached("Kế hoạch 48-KH-UBND.pdf", "application/pdf", b"%PDF-1.7\r\n.\r\nb\x00\xff" * 50)
TABLE = Attached("Biểu.xlsx", "application/vnd.ms-excel", b"PK\x03\x04")


@pytest.mark.django_db(transaction=True)
def test_mail_arrives_with_its_files_once(smtp_server, settings):
    smtp_server.use(settings)
    queued_mail(key="dispatch:1", attachments=[PLAN, TABLE], html="<p>Kính gửi</p>")
    queued_mail(key="dispatch:1", attachments=[TABLE])
    send_waiting()
    send_waiting()

    [mail] = smtp_server.received
    files = [
        (part.get_filename(), part.get_content_type(), part.get_content())
        for part in mail.message.iter_attachments()
    ]
    assert files == [(file.filename, file.content_type, file.data) for file in (PLAN, TABLE)]
    assert (mail.text, mail.html) == ("Không có việc mới.\n", "<p>Kính gửi</p>\n")
    assert max(len(line) for line in mail.content.split(b"\r\n")) < 999


@pytest.mark.django_db
def test_one_file_for_many_mails_is_kept_once():
    for number in range(3):
        queued_mail(key=f"dispatch:{number}", attachments=[PLAN])
    digest = hashlib.sha256(PLAN.data).hexdigest()
    assert set(MailAttachment.objects.values_list("file", "sha256", "size")) == {
        (f"outbox/{digest[:2]}/{digest}", digest, len(PLAN.data))
    }
    assert private_storage().listdir(f"outbox/{digest[:2]}") == ([], [digest])


@pytest.mark.django_db
def test_mail_is_the_same_bytes_whenever_it_is_composed():
    mail = queued_mail(attachments=[PLAN])
    assert as_sent(composed(mail)) == as_sent(composed(OutgoingMail.objects.get(pk=mail.pk)))


@pytest.mark.django_db(transaction=True)
def test_file_that_changed_on_the_disk_is_not_sent(smtp_server, settings):
    smtp_server.use(settings)
    mail = queued_mail(attachments=[Attached("a.pdf", "application/pdf", b"%PDF that will change")])
    name = MailAttachment.objects.get().file.name
    private_storage().delete(name)
    private_storage().save(name, ContentFile(b"something else"))
    send_waiting()
    mail.refresh_from_db()
    assert (mail.state, mail.trouble, smtp_server.received) == (MailState.REFUSED, Trouble.UNFIT, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "files",
    [
        [Attached("a.pdf", "application/pdf", b"a" * (MOST_BYTES + 1))],
        [Attached("a.pdf", "application/pdf", b"a" * (MOST_BYTES // 2 + 1))] * 2,
        [Attached("a.pdf", "application/pdf", b"a")] * (MOST_FILES + 1),
        [Attached("a.pdf", "application/pdf", b"")],
        [Attached("a\r\nBcc: x.pdf", "application/pdf", b"a")],
        [Attached("../a.pdf", "application/pdf", b"a")],
        [Attached("", "application/pdf", b"a")],
        [Attached("a.pdf", "pdf", b"a")],
    ],
    ids=["large", "large together", "many", "empty", "line break", "path", "nameless", "type"],
)
def test_files_that_mail_cannot_carry_are_refused_and_nothing_is_kept(files):
    with pytest.raises(UnfitMail):
        queued_mail(attachments=files)
    assert (OutgoingMail.objects.count(), MailAttachment.objects.count()) == (0, 0)


def test_fits_goes_by_all_files_together():
    assert [fits([MOST_BYTES]), fits([MOST_BYTES, 1]), fits([1] * MOST_FILES), fits([1] * (MOST_FILES + 1))] == [
        True, False, True, False,
    ]  # fmt: skip


@pytest.mark.django_db
def test_long_name_keeps_its_ending():
    queued_mail(attachments=[Attached("Ạ" * 200 + ".pdf", "application/pdf", b"a")])
    kept = MailAttachment.objects.get().filename
    assert (len(kept), kept[-6:]) == (LONGEST_NAME, "Ạ….pdf")


@pytest.mark.django_db
def test_course_of_a_key_is_where_its_mail_stands():
    mail = queued_mail(key="dispatch:1")
    assert courses_of(["dispatch:1", "dispatch:2"]) == {
        "dispatch:1": MailCourse(mail.pk, MailState.WAITING, "", "", None)
    }


@pytest.mark.django_db
def test_page_of_the_mail_names_its_files(client):
    mail = queued_mail(attachments=[PLAN, TABLE])
    client.force_login(person_with_role(Role.AUDITOR))
    page = client.get(mail.get_absolute_url()).content.decode()
    for words in ("Tệp kèm theo", "Kế hoạch 48-KH-UBND.pdf", "Biểu.xlsx"):
        assert words in page


def test_kept_files_are_never_changed():
    with pytest.raises(TypeError, match="Files that mails carry cannot be changed"):
        attachments.MailAttachment.objects.update(size=1)
