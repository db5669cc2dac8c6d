"""Sending through a real mail server: each way it can go, and what is known of the mail afterwards."""

from __future__ import annotations

import datetime
import io
import logging
import smtplib
from typing import Any

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.db import connection
from django.utils import timezone

from khuevan.core import clock
from khuevan.outbox import claims
from khuevan.outbox.message import as_sent, composed
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.sending import SendingReport, send_waiting
from khuevan.outbox.transport import Outcome, Result, SmtpLine, sentence_of
from tests.factories.outbox import queued_mail
from tests.factories.people import UserFactory
from tests.fakes.smtp_server import ReceivedMail

pytestmark = pytest.mark.django_db

GREYLISTED = "450 4.2.0 <lan@example.invalid>: Greylisted"
UNKNOWN = "550 5.1.1 <lan@example.invalid>: User unknown"
CLOSED = "Connection unexpectedly closed"


@pytest.fixture
def server(smtp_server, settings):
    """The mail server to which the installation sends."""
    smtp_server.use(settings)
    return smtp_server


def course() -> list[tuple[str, str, int]]:
    """State, trouble and attempts of each mail, in order of creation."""
    return list(OutgoingMail.objects.order_by("id").values_list("state", "trouble", "attempts"))


def make_due() -> None:
    """Lets the time pass until every waiting mail is due."""
    OutgoingMail.objects.filter(state="WAITING").update(next_attempt_at=timezone.now())


def test_mail_arrives_as_it_was_written(server):
    person = UserFactory(full_name="Nguyễn Thị Ngọc Diễm", email="diem@example.invalid")
    with clock.stopped_at(datetime.datetime(2025, 11, 20, 0, 0, tzinfo=datetime.UTC)):
        mail = queued_mail(
            person=person, subject="Đôn đốc: ỡ Ặ ỷ ễ", text="Kính gửi,\n.\n", html="<p>Kính gửi</p>"
        )
        assert send_waiting() == SendingReport(sent=1)

    [received] = server.received
    assert received == ReceivedMail("khuevan@localhost", ["diem@example.invalid"], as_sent(composed(mail)))
    assert dict(received.message.items()) == {
        "Content-Type": f'multipart/alternative; boundary="{mail.boundary}"',
        "MIME-Version": "1.0",
        "Subject": "Đôn đốc: ỡ Ặ ỷ ễ",
        "From": "Khuê Văn <khuevan@localhost>",
        "To": "Nguyễn Thị Ngọc Diễm <diem@example.invalid>",
        "Date": "Thu, 20 Nov 2025 07:00:00 +0700",
        "Message-ID": mail.message_id,
        "List-Id": "<digest.localhost>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert (received.text, received.html) == ("Kính gửi,\n.\n", "<p>Kính gửi</p>\n")
    sent = OutgoingMail.objects.get()
    assert sent.sent_at == datetime.datetime(2025, 11, 20, 0, 0, tzinfo=datetime.UTC)
    assert (sent.state, sent.attempts, sent.claim, sent.next_attempt_at) == ("SENT", 1, None, None)
    assert send_waiting() == SendingReport()
    assert len(server.received) == 1


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "CHECKED"])
@pytest.mark.parametrize(
    ("answer", "expected", "report"),
    [
        (GREYLISTED, ("WAITING", "DEFERRED"), SendingReport(deferred=1)),
        ("421 4.3.2 Shutting down", ("WAITING", "DEFERRED"), SendingReport(deferred=1)),
        (UNKNOWN, ("REFUSED", "REJECTED"), SendingReport(refused=1)),
    ],
)
def test_what_the_server_answers_is_kept_with_its_words(server, stage, answer, expected, report):
    queued_mail()
    server.answer(stage, answer)
    assert send_waiting() == report
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.trouble, mail.last_error, mail.attempts) == (*expected, answer, 1)
    assert server.received == []


BEFORE = ("WAITING", "LOST_BEFORE", 1)
AFTER = ("UNCERTAIN", "LOST_AFTER", 1)


@pytest.mark.parametrize(
    ("how", "stage", "expected", "arrived"),
    [
        ("drop", "MAIL", BEFORE, 0),
        ("drop", "RCPT", BEFORE, 0),
        ("drop", "DATA", BEFORE, 0),
        ("drop", "CONTENT", AFTER, 0),
        ("drop", "CHECKED", AFTER, 0),
        ("drop", "TAKEN", AFTER, 1),
        ("stall", "MAIL", BEFORE, 0),
        ("stall", "RCPT", BEFORE, 0),
        ("stall", "DATA", BEFORE, 0),
        ("stall", "CHECKED", AFTER, 0),
        ("stall", "TAKEN", AFTER, 1),
    ],
)
def test_connection_lost_before_the_mail_is_tried_again_and_after_it_never(
    server, settings, how, stage, expected, arrived
):
    mail = queued_mail()
    if how == "drop":
        server.drop(stage)
    else:
        settings.EMAIL_TIMEOUT = 0.3
        server.stall(stage, seconds=30)
    send_waiting()
    assert course() == [expected]
    assert OutgoingMail.objects.get().last_error.startswith(CLOSED)
    assert server.message_ids() == [mail.message_id] * arrived

    make_due()
    send_waiting()
    tried_again = expected[0] == "WAITING"
    assert course() == [("SENT", "", 2) if tried_again else expected]
    assert server.message_ids() == [mail.message_id] * (1 if tried_again else arrived)


@pytest.mark.parametrize("answer", ["354 Go on", "? what", "199 Almost"])
def test_answer_that_is_none_leaves_the_mail_uncertain(server, answer):
    queued_mail()
    server.answer("TAKEN", answer)
    assert send_waiting() == SendingReport(uncertain=1)
    assert course() == [("UNCERTAIN", "UNCLEAR", 1)]


def test_answer_too_long_to_be_one_leaves_the_mail_uncertain(server):
    queued_mail()
    server.answer("TAKEN", "550 " + "x" * 10_000)
    assert send_waiting() == SendingReport(uncertain=1)
    assert course() == [("UNCERTAIN", "UNCLEAR", 1)]


def test_no_connection_marks_nothing_and_says_why(server):
    first = queued_mail()
    queued_mail()
    server.drop("GREETING")
    report = send_waiting()
    assert (report.unreachable.startswith(CLOSED), report.sent, report.deferred) == (True, 0, 0)
    assert course() == [("WAITING", "UNREACHABLE", 0)] * 2
    mail = OutgoingMail.objects.get(pk=first.pk)
    assert mail.last_error == report.unreachable
    # Left in peace for a while, then sent as if nothing had been.
    assert send_waiting() == SendingReport()
    make_due()
    assert send_waiting() == SendingReport(sent=2)
    assert course() == [("SENT", "", 1)] * 2


def test_refused_connection_and_refused_sign_in_mark_nothing(server, settings):
    queued_mail()
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "khuevan", "mat-khau-bi-mat"
    assert send_waiting().unreachable == "SMTP AUTH extension not supported by server."
    make_due()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_PORT = 1
    assert send_waiting().unreachable == "Connection refused"
    assert course() == [("WAITING", "UNREACHABLE", 0)]


def test_one_connection_serves_the_batch_and_one_bad_mail_holds_nobody_back(server):
    for _ in range(3):
        queued_mail()
    server.answer("RCPT", UNKNOWN)
    assert send_waiting() == SendingReport(sent=2, refused=1)
    assert course() == [("REFUSED", "REJECTED", 1), ("SENT", "", 1), ("SENT", "", 1)]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("stage", "first"), [("DATA", ("WAITING", "LOST_BEFORE", 1)), ("TAKEN", ("UNCERTAIN", "LOST_AFTER", 1))]
)
def test_connection_is_made_anew_after_it_broke(server, stage, first):
    for _ in range(3):
        queued_mail()
    server.drop(stage)
    send_waiting()
    assert course() == [first, ("SENT", "", 1), ("SENT", "", 1)]
    assert server.connections == 2


@pytest.mark.parametrize("how", ["drop", "answer"])
def test_server_that_closes_between_two_mails_costs_no_attempt(server, how):
    queued_mail()
    queued_mail()
    if how == "drop":
        server.drop("RSET")
    else:
        server.answer("RSET", "421 4.7.0 Too many messages on this connection")
    assert send_waiting() == SendingReport(sent=2)
    assert course() == [("SENT", "", 1)] * 2
    assert server.connections == 2


def test_server_that_goes_away_in_mid_batch_leaves_the_rest_untouched(server):
    for _ in range(3):
        queued_mail()
    backend = get_connection()
    backend.open()
    server.drop("MAIL")
    server.drop("GREETING", times=None)
    report = send_waiting(connection=backend)
    assert (report.deferred, report.unreachable.startswith(CLOSED)) == (1, True)
    assert course() == [
        ("WAITING", "LOST_BEFORE", 1),
        ("WAITING", "UNREACHABLE", 0),
        ("WAITING", "UNREACHABLE", 0),
    ]


def test_mail_that_is_put_off_again_and_again_is_given_up_within_a_day(server):
    queued_mail()
    server.answer("RCPT", GREYLISTED, times=None)
    pauses = []
    for _ in range(7):
        send_waiting()
        mail = OutgoingMail.objects.get()
        if mail.next_attempt_at is not None:
            pauses.append(round((mail.next_attempt_at - timezone.now()).total_seconds() / 60))
        assert send_waiting() == SendingReport()
        make_due()
    assert pauses == [1, 5, 15, 60, 240, 720]
    assert course() == [("REFUSED", "GIVEN_UP", 7)]
    assert OutgoingMail.objects.get().last_error == GREYLISTED


def test_run_takes_no_more_than_its_limit_and_the_longest_due_first(server):
    mails = [queued_mail() for _ in range(3)]
    OutgoingMail.objects.filter(pk=mails[2].pk).update(
        next_attempt_at=timezone.now() - datetime.timedelta(hours=1)
    )
    assert send_waiting(limit=2) == SendingReport(sent=2)
    assert server.message_ids() == [mails[2].message_id, mails[0].message_id]
    assert send_waiting(limit=0) == SendingReport()


def test_mail_that_cannot_be_composed_holds_nobody_back(server):
    # Such a row is not made by queue_mail: a domain with a part of seventy letters has no form that travels.
    bad = queued_mail()
    good = queued_mail()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_outgoingmail SET to_address = %s WHERE id = %s", ["a@" + "x" * 70, bad.pk]
        )
    assert send_waiting() == SendingReport(sent=1, refused=1)
    assert course() == [("REFUSED", "UNFIT", 0), ("SENT", "", 1)]
    assert server.message_ids() == [good.message_id]


# Who has a mail in hand


def test_abandoned_mail_is_uncertain_once_its_claim_has_run_out(server):
    mail = queued_mail()
    assert claims.claim(mail) is not None
    assert claims.claim(mail) is None
    assert send_waiting() == SendingReport()
    assert course() == [("SENDING", "", 1)]
    assert send_waiting(claim_lasts=datetime.timedelta(0)) == SendingReport(abandoned=1)
    assert course() == [("UNCERTAIN", "ABANDONED", 1)]
    assert server.received == []


def test_sender_that_was_only_slow_still_says_what_became_of_its_mail():
    mail = queued_mail()
    token = claims.claim(mail)
    assert claims.find_abandoned(datetime.timedelta(0)) == 1
    assert not claims.is_held(mail, token)
    assert claims.settle(mail, token, Outcome(Result.ACCEPTED)) == "SENT"
    assert course() == [("SENT", "", 1)]


def test_mail_that_was_taken_away_is_not_handed_over(server):
    mail = queued_mail()
    line = SmtpLine(get_connection())
    line.make_ready()
    outcome = line.deliver(mail, line.prepare(mail), lambda: False)
    line.close()
    assert outcome == Outcome(Result.NOT_OURS)
    assert (server.seen["RCPT"], server.seen["DATA"], server.received) == (1, 0, [])
    assert claims.settle(mail, claims.claim(mail), outcome) is None


def test_sender_broken_off_by_an_error_leaves_its_mail_uncertain():
    class Broken(BaseEmailBackend):
        def send_messages(self, messages: Any) -> int:
            raise KeyboardInterrupt

    queued_mail()
    queued_mail()
    with pytest.raises(KeyboardInterrupt):
        send_waiting(connection=Broken())
    assert course() == [("UNCERTAIN", "UNCLEAR", 1), ("WAITING", "", 0)]


# Other ways out than SMTP


def test_console_prints_what_a_server_would_get(server):
    mail = queued_mail(html="<p>Một</p>", subject="Đôn đốc: ễ")
    stream = io.StringIO()
    assert send_waiting(connection=ConsoleBackend(stream=stream)) == SendingReport(sent=1)
    printed = stream.getvalue().rsplit("\n" + "-" * 79, 1)[0]

    OutgoingMail.objects.filter(pk=mail.pk).update(
        state="WAITING", next_attempt_at=timezone.now(), sent_at=None
    )
    send_waiting()
    assert printed.encode() == server.received[0].content.replace(b"\r\n", b"\n")


def test_locmem_collects_the_mail(mailoutbox):
    mail = queued_mail(html="<p>Một</p>")
    assert send_waiting() == SendingReport(sent=1)
    [collected] = mailoutbox
    assert (collected.subject, collected.body, collected.to) == (mail.subject, mail.text, [mail.to_address])
    assert [tuple(alternative) for alternative in collected.alternatives] == [("<p>Một</p>\n", "text/html")]
    assert collected.message()["Message-ID"] == mail.message_id


class OwnBackend(BaseEmailBackend):
    """A backend of another kind, which says that it sent so many, or raises."""

    def __init__(self, answer: int | Exception) -> None:
        super().__init__()
        self.answer = answer

    def send_messages(self, messages: Any) -> int:
        """What it was told to answer."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (1, ("SENT", "", 1)),
        (0, ("WAITING", "DEFERRED", 1)),
        (ConnectionError("gone"), ("UNCERTAIN", "UNCLEAR", 1)),
        (ValueError("half of it"), ("UNCERTAIN", "UNCLEAR", 1)),
    ],
)
def test_backend_that_raises_may_have_sent(answer, expected):
    queued_mail()
    send_waiting(connection=OwnBackend(answer))
    assert course() == [expected]


# What is told


def test_password_is_never_shown(settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "khuevan", "mat-khau"
    words = b"5.7.8 bad: mat-khau bWF0LWtoYXU= AGtodWV2YW4AbWF0LWtoYXU=\r\nsecond line\x1b[0m"
    assert sentence_of(smtplib.SMTPAuthenticationError(535, words)) == "535 5.7.8 bad: … … … second line [0m"
    assert len(sentence_of(OSError("x" * 1000))) == 300


def test_log_counts_and_names_nobody(server, caplog):
    queued_mail(to_address="lan@example.invalid", subject="Riêng", text="Riêng tư.")
    caplog.set_level(logging.DEBUG, logger="khuevan")
    send_waiting()
    send_waiting()
    told = [record.getMessage() for record in caplog.records if record.name.startswith("khuevan")]
    assert told == ["Outgoing mail: 1 mail sent"]


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (SendingReport(), "nothing to send"),
        (SendingReport(sent=3), "3 mails sent"),
        (
            SendingReport(sent=1, deferred=2, refused=1, uncertain=1, abandoned=1),
            "1 mail sent; 2 put off; 1 refused; 2 uncertain",
        ),
        (
            SendingReport(sent=1, unreachable="Connection refused"),
            "1 mail sent; no connection to the mail server: Connection refused",
        ),
    ],
)
def test_report_says_what_was_done(report, sentence):
    assert str(report) == sentence
