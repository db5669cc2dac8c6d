"""A real SMTP server on loopback that keeps what it takes, and misbehaves where it is told to.

    def test_...(smtp_server, settings):
        smtp_server.use(settings)                       # the installation sends here from now on
        send_waiting()
        [mail] = smtp_server.received                   # in the order in which they were taken
        assert (mail.sender, mail.recipients) == ("khuevan@localhost", ["lan@example.invalid"])
        assert mail.message["Subject"] == "Việc hôm nay"
        assert (mail.text, mail.html) == ("…\\n", "")

`smtp_server` is a fixture of every test (tests/conftest.py loads it). Without Django, use `running_server()`.
`smtp_server.url` is what EMAIL_URL takes, for a process of its own.

Misbehaviour is planned by stage and used up in order, one plan a command; `times=None` means for ever:

    smtp_server.answer("RCPT", "450 4.2.0 Greylisted, come back later")
    smtp_server.drop("DATA", times=None)
    smtp_server.stall("TAKEN", seconds=60)              # until then, or until the server is stopped

The stages, in the order of a session (answer and stall work at each but GREETING and CONTENT, drop at each):

GREETING  the client has connected: the connection ends before the server's first line
MAIL      the client says from whom
RCPT      the client says to whom
DATA      the client asks to hand over; the server has not agreed yet
CONTENT   the server has agreed (354) and reads the mail: the connection ends in the middle of it
CHECKED   the mail is there whole, the server does not take it: answer with 4xx or 5xx, or drop
TAKEN     the server HAS TAKEN the mail (it is in `received`), and has not said so yet
RSET      the client wants to begin another mail on the same connection
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any, NoReturn

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

STAGES = ("GREETING", "MAIL", "RCPT", "DATA", "CONTENT", "CHECKED", "TAKEN", "RSET")
DROP = "DROP"


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One mail that the server took: its envelope, and its bytes with lines ended by CRLF."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail as a mail program reads it: `message["Subject"]` is decoded."""
        parsed = BytesParser(policy=default).parsebytes(self.content)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def text(self) -> str:
        """The plain body, with plain line ends."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML body; empty where there is none."""
        return self._body("html")

    def _body(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return "" if part is None else part.get_content().replace("\r\n", "\n")


@dataclass(slots=True)
class _Plan:
    """What happens at the next `times` commands of a stage: an answer, a drop, or a wait before going on."""

    times: int | None
    answer: str = ""
    seconds: float = 0


@dataclass
class SmtpServer:
    """A running server. `received` is what it took, `connections` how often somebody came, `seen` counts stages."""

    host: str = "127.0.0.1"
    port: int = 0
    received: list[ReceivedMail] = field(default_factory=list)
    connections: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    # Seconds before the server goes on at each stage; slow enough for a sender to be killed in between.
    pace: float = 0
    _plans: dict[str, list[_Plan]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The server as EMAIL_URL names it."""
        return f"smtp://{self.host}:{self.port}"

    def use(self, settings: Any) -> None:
        """Makes the installation send here (`settings` is pytest-django's fixture), waiting five seconds at most."""
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = self.host, self.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5

    def message_ids(self) -> list[str]:
        """The Message-ID of every mail that was taken, in order."""
        return [str(mail.message["Message-ID"]) for mail in self.received]

    def answer(self, stage: str, reply: str, *, times: int | None = 1) -> None:
        """The next `times` commands of the stage get this answer, such as "550 5.1.1 No such user"."""
        self._plan(stage, _Plan(times, answer=reply))

    def drop(self, stage: str, *, times: int | None = 1) -> None:
        """The next `times` connections that come to the stage end there without a word."""
        self._plan(stage, _Plan(times, answer=DROP))

    def stall(self, stage: str, *, seconds: float, times: int | None = 1) -> None:
        """The next `times` commands of the stage are answered as usual, but only after so many seconds."""
        self._plan(stage, _Plan(times, seconds=seconds))

    def behave(self) -> None:
        """Forgets all plans."""
        self._plans.clear()
        self.pace = 0

    def start_afresh(self) -> None:
        """Forgets all plans, and what was received and counted."""
        self.behave()
        self.received.clear()
        self.seen.clear()
        self.connections = 0

    def _plan(self, stage: str, plan: _Plan) -> None:
        assert stage in STAGES, stage
        self._plans.setdefault(stage, []).append(plan)

    def take_plan(self, stage: str) -> _Plan:
        """For the server: what to do at a command of the stage; counts it."""
        self.seen[stage] += 1
        plans = self._plans.get(stage, [])
        if not plans:
            return _Plan(1, seconds=self.pace)
        plan = plans[0]
        if plan.times is not None:
            plan.times -= 1
            if plan.times == 0:
                plans.pop(0)
        return plan


class _Protocol(SMTP):
    """aiosmtpd's protocol, with a hook at each stage that its handlers do not reach."""

    def __init__(self, server: SmtpServer, loop: asyncio.AbstractEventLoop) -> None:
        self._at = server
        super().__init__(_Handler(self), hostname="mail.example.invalid", loop=loop)

    async def happens(self, stage: str) -> str:
        """The planned answer, empty to go on as usual; a dropped connection does not come back from here."""
        plan = self._at.take_plan(stage)
        if plan.seconds:
            await asyncio.sleep(plan.seconds)
        if plan.answer == DROP:
            self._cut()
        return plan.answer

    def _cut(self) -> NoReturn:
        """Drops the connection, and ends the session as aiosmtpd itself does when one is gone."""
        self.transport.abort()
        raise asyncio.CancelledError

    def connection_made(self, transport: Any) -> None:
        self._at.connections += 1
        if self._at.take_plan("GREETING").answer == DROP:
            transport.abort()
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        # A connection that was dropped at its greeting never began a session.
        if self.session is not None:
            super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  (aiosmtpd's name)
        if answer := await self.happens("DATA"):
            await self.push(answer)
            return
        await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802  (aiosmtpd's name)
        if answer := await self.happens("RSET"):
            await self.push(answer)
            return
        await super().smtp_RSET(arg)

    async def push(self, status: Any) -> None:
        await super().push(status)
        if str(status).startswith("354"):
            plan = self._at.take_plan("CONTENT")
            if plan.answer == DROP:
                await self._reader.readuntil(b"\r\n")
                self._cut()


class _Handler:
    """What aiosmtpd asks at MAIL, RCPT and the end of the mail."""

    def __init__(self, protocol: _Protocol) -> None:
        self._protocol = protocol

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := await self._protocol.happens("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := await self._protocol.happens("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if answer := await self._protocol.happens("CHECKED"):
            return answer
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        received = ReceivedMail(envelope.mail_from, list(envelope.rcpt_tos), envelope.content)
        self._protocol._at.received.append(received)
        return await self._protocol.happens("TAKEN") or "250 OK: taken"


@contextmanager
def running_server() -> Iterator[SmtpServer]:
    """A server on a free port of 127.0.0.1, in a thread of its own; stopped at the end of the block."""
    server = SmtpServer()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stopping = asyncio.Event()

    async def serve() -> None:
        listening = await loop.create_server(lambda: _Protocol(server, loop), server.host, 0)
        server.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await stopping.wait()
        listening.close()
        sessions = asyncio.all_tasks() - {asyncio.current_task()}
        for session in sessions:
            session.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)
        # One round more, in which the transports close their sockets.
        await asyncio.sleep(0)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(10)
        loop.close()


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A real SMTP server on loopback for one test; see the head of this file."""
    with running_server() as server:
        yield server
