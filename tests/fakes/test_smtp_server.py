"""The fake mail server does what its head says, seen by Python's own client."""

from __future__ import annotations

import smtplib

import pytest

from tests.fakes.smtp_server import ReceivedMail, SmtpServer

CONTENT = b"Subject: =?utf-8?b?Vmnhu4dj?=\r\nMessage-ID: <1@example.invalid>\r\n\r\nmot\r\n"
MAIL = ReceivedMail("office@example.invalid", ["lan@example.invalid"], CONTENT)


def send(server: SmtpServer) -> tuple[int, str]:
    """What a client hears who sends the mail: the number and words of the refusal, 0 for a lost connection."""
    try:
        with smtplib.SMTP(server.host, server.port, local_hostname="client", timeout=5) as client:
            client.sendmail(MAIL.sender, MAIL.recipients, MAIL.content)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        return code, words.decode()
    except smtplib.SMTPResponseException as error:
        return error.smtp_code, bytes(error.smtp_error).decode()
    except smtplib.SMTPServerDisconnected:
        return 0, "lost"
    return 250, ""


def test_server_keeps_what_it_takes(smtp_server):
    assert send(smtp_server) == (250, "")
    assert smtp_server.received == [MAIL]
    assert (smtp_server.message_ids(), smtp_server.connections) == (["<1@example.invalid>"], 1)
    assert (smtp_server.received[0].message["Subject"], smtp_server.received[0].text) == ("Việc", "mot\n")
    assert smtp_server.received[0].html == ""


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "CHECKED"])
def test_server_answers_as_planned_and_then_as_usual(smtp_server, stage):
    smtp_server.answer(stage, "451 4.3.0 Not today")
    assert (send(smtp_server), smtp_server.received) == ((451, "4.3.0 Not today"), [])
    assert (send(smtp_server), smtp_server.received) == ((250, ""), [MAIL])


@pytest.mark.parametrize("stage", ["GREETING", "MAIL", "RCPT", "DATA", "CONTENT", "CHECKED"])
def test_server_drops_a_connection_as_planned_and_has_no_mail(smtp_server, stage):
    smtp_server.drop(stage)
    assert (send(smtp_server), smtp_server.received) == ((0, "lost"), [])
    assert (send(smtp_server), smtp_server.received) == ((250, ""), [MAIL])


def test_server_that_drops_a_taken_mail_has_it(smtp_server):
    smtp_server.drop("TAKEN")
    assert (send(smtp_server), smtp_server.received) == ((0, "lost"), [MAIL])


def test_server_stalls_until_the_client_loses_patience(smtp_server):
    smtp_server.stall("RCPT", seconds=60)
    with smtplib.SMTP(smtp_server.host, smtp_server.port, local_hostname="client", timeout=0.2) as client:
        client.ehlo()
        client.mail(MAIL.sender)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            client.rcpt(MAIL.recipients[0])


def test_server_uses_plans_up_in_order_and_keeps_those_without_an_end(smtp_server):
    smtp_server.answer("RCPT", "450 Later", times=2)
    smtp_server.answer("RCPT", "550 Never", times=None)
    assert [send(smtp_server)[0] for _ in range(5)] == [450, 450, 550, 550, 550]
    smtp_server.behave()
    assert send(smtp_server) == (250, "")
    assert smtp_server.seen["RCPT"] == 6
