"""Handing one mail over, and what came of it. Knows SMTP; knows nothing of the database.

The question that everything here serves: may the server have taken the mail? Before it has said 354 to DATA it
cannot have. From then on only its own answer tells; without one, nobody knows.
"""

from __future__ import annotations

import base64
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from khuevan.outbox.message import ComposedMail, as_sent, composed, envelope_address, sender
from khuevan.outbox.models import OutgoingMail

LONGEST_WORDS = 300


class Result(Enum):
    """What is known about a mail after an attempt."""

    ACCEPTED = "the server took it"
    DEFERRED = "the server did not take it, and asked to try later"
    REJECTED = "the server will never take it"
    LOST_BEFORE = "the connection broke, and the server cannot have it"
    LOST_AFTER = "the connection broke, and the server may have it"
    UNCLEAR = "the server may have it: its answer was no answer"
    NOT_OURS = "nothing was handed over, because another sender's word holds"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one attempt, and the server's own words about it."""

    result: Result
    words: str = ""


class Line(Protocol):
    """A way out of the house."""

    def make_ready(self) -> None:
        """Makes the connection, or makes sure that it still stands; raises OSError where that fails."""

    def prepare(self, mail: OutgoingMail) -> Any:
        """The mail in the form in which `deliver` takes it."""

    def deliver(self, mail: OutgoingMail, prepared: Any, still_ours: Callable[[], bool]) -> Outcome:
        """Hands the mail over; asks `still_ours` at the last moment at which it can be kept back."""

    def close(self) -> None:
        """Ends the connection; never raises."""


def line_over(backend: Any) -> Line:
    """The line that Django's e-mail backend gives: SMTP by our own steps, anything else by its one step."""
    if isinstance(backend, EmailBackend) and type(backend).send_messages is EmailBackend.send_messages:
        return SmtpLine(backend)
    return OtherLine(backend)


class SmtpLine:
    """SMTP over a connection that Django's backend opens, with its TLS, sign-in and time limits."""

    def __init__(self, backend: EmailBackend) -> None:
        self.backend = backend
        self._used = False

    def make_ready(self) -> None:
        """Connects and signs in, or clears what the last mail left; raises OSError (smtplib's errors are such).

        A connection that the server has closed meanwhile, or does not answer on, is made anew.
        """
        if self._used and self.backend.connection is not None:
            try:
                code, _words = self.backend.connection.rset()
            except OSError:
                code = 0
            if code != 250:
                self.close()
        self.backend.open()
        assert self.backend.connection is not None
        try:
            self.backend.connection.ehlo_or_helo_if_needed()
        except OSError:
            self._cut()
            raise
        self._used = False

    def prepare(self, mail: OutgoingMail) -> bytes:
        """The mail's bytes."""
        return as_sent(composed(mail))

    def deliver(self, mail: OutgoingMail, prepared: bytes, still_ours: Callable[[], bool]) -> Outcome:
        """Hands the mail over, step by step, so that a break says whether the server may have it."""
        smtp = self.backend.connection
        assert smtp is not None
        self._used = True
        try:
            outcome = self._announce(smtp, mail, len(prepared))
            if outcome is None and not still_ours():
                return Outcome(Result.NOT_OURS)
            if outcome is None:
                smtp.putcmd("data")
                code, words = smtp.getreply()
                outcome = None if code == 354 else _refusal(code, words)
        except OSError as error:
            self._cut()
            return Outcome(Result.LOST_BEFORE, sentence_of(error))
        if outcome is None:
            outcome = self._content(smtp, prepared)
        # 421: the server is about to close; so is one whose answer cannot be read.
        if outcome.words.startswith("421") or outcome.result is Result.UNCLEAR:
            self._cut()
        return outcome

    def close(self) -> None:
        """Says goodbye; whatever goes wrong with that is of no interest any more."""
        try:
            self.backend.close()
        except OSError:
            self._cut()

    def _announce(self, smtp: smtplib.SMTP, mail: OutgoingMail, size: int) -> Outcome | None:
        """The envelope: from whom, to whom. None where the server is willing."""
        options = [f"size={size}"] if smtp.has_extn("size") else []
        code, words = smtp.mail(envelope_address(sender()[1]), options)
        if code != 250:
            return _refusal(code, words)
        code, words = smtp.rcpt(envelope_address(mail.to_address))
        return None if code in {250, 251} else _refusal(code, words)

    def _content(self, smtp: smtplib.SMTP, prepared: bytes) -> Outcome:
        """The mail itself. From here on, silence means that nobody knows."""
        try:
            # A line of one dot ends the mail, so dots at the beginning of a line are doubled (RFC 5321, 4.5.2).
            content = prepared.replace(b"\r\n.", b"\r\n..")
            smtp.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, words = smtp.getreply()
        except smtplib.SMTPResponseException as error:
            # An answer too long to be one; its number was made up by smtplib.
            return Outcome(Result.UNCLEAR, sentence_of(error))
        except OSError as error:
            self._cut()
            return Outcome(Result.LOST_AFTER, sentence_of(error))
        if 200 <= code < 300:
            return Outcome(Result.ACCEPTED)
        if 400 <= code < 600:
            return _refusal(code, words)
        return Outcome(Result.UNCLEAR, _words(code, words))

    def _cut(self) -> None:
        """Drops the connection without a word."""
        if self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None


class OtherLine:
    """Any other backend of Django's: it takes a message and says how many it sent."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def make_ready(self) -> None:
        """Lets the backend open itself, which it does once."""
        self.backend.open()

    def prepare(self, mail: OutgoingMail) -> ComposedMail:
        """The mail as Django hands it around."""
        return ComposedMail(mail)

    def deliver(self, mail: OutgoingMail, prepared: ComposedMail, still_ours: Callable[[], bool]) -> Outcome:
        """Hands the mail over. A backend that raises may have done its work before, so nobody knows then."""
        if not still_ours():
            return Outcome(Result.NOT_OURS)
        try:
            sent = self.backend.send_messages([prepared])
        except Exception as error:
            return Outcome(Result.UNCLEAR, sentence_of(error))
        return Outcome(Result.ACCEPTED) if sent else Outcome(Result.DEFERRED)

    def close(self) -> None:
        """Lets the backend tidy up."""
        try:
            self.backend.close()
        except OSError:
            return


def sentence_of(error: BaseException) -> str:
    """What the error says in one line that can be shown: no password, not too long."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _shown(str(told))


def _refusal(code: int, words: bytes) -> Outcome:
    """What an answer means that came before the server could have the mail, or says that it has not."""
    rejected = 500 <= code < 600
    return Outcome(Result.REJECTED if rejected else Result.DEFERRED, _words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return _shown(f"{code} {text}" if code > 0 else text)


def _shown(text: str) -> str:
    """The text in one line, without the password, should a server repeat it."""
    user, password = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    if password:
        # As AUTH PLAIN and AUTH LOGIN write it, too; the longest first, because it may hold the shorter.
        login = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        for secret in (login, base64.b64encode(password.encode()).decode(), password):
            text = text.replace(secret, "…")
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1]}…"
