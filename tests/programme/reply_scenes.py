"""A small office in the middle of its reports, for the tests of their pages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from khuevan.core import clock
from khuevan.programme.actions import add_file_evidence, save_reply_draft, send_reply
from khuevan.programme.choices import Outcome
from khuevan.programme.evidence_files import CheckedFile
from khuevan.programme.models import Difficulty, Evidence, Reply
from tests.factories.work import DAY, Office, at, office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khuevan.people.models import User

PEOPLE = (
    "lead_head", "lead_officer", "support_head", "support_officer", "other_officer", "planner", "director",
    "deputy", "auditor",
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Scene:
    """The support's report of completion waits, with a file. The lead sent progress with a difficulty, and has
    a draft with a file."""

    work: Office
    waiting: Reply
    sent_file: Evidence
    difficulty: Difficulty
    draft: Reply
    draft_file: Evidence


def scene() -> Scene:
    """The scene, on the day of the factories."""
    # The factory counts on a transaction, which tests that commit do not have around them.
    with transaction.atomic():
        work = office()
    with clock.stopped_at(at(DAY)):
        waiting, sent_file = _draft_with_file(work.support_officer, work.support_instalment, "bien-ban.png")
        waiting = send_reply(by=work.support_officer, reply=waiting)
        progress = save_reply_draft(
            by=work.lead_officer,
            instalment=work.lead_instalment,
            percent=40,
            text="Đã chọn xong phim.",
            difficulty="Chưa có bản quyền.",
            asks_for="Văn phòng gửi công văn.",
        )
        send_reply(by=work.lead_officer, reply=progress)
        draft, draft_file = _draft_with_file(work.lead_officer, work.lead_instalment, "nhap.png")
    return Scene(work, waiting, sent_file, Difficulty.objects.get(), draft, draft_file)


def _draft_with_file(by: User, instalment: Any, filename: str) -> tuple[Reply, Evidence]:
    draft = save_reply_draft(by=by, instalment=instalment, outcome=Outcome.DONE, text="Đã tổ chức xong.")
    data = PNG + filename.encode()
    file = CheckedFile(filename, data, f"{sum(data):064x}")
    return draft, add_file_evidence(by=by, reply=draft, file=file)


def upload(name: str, data: bytes = PNG) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def sentences(response: Any) -> list[str]:
    """What the messages of the answer say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back: one scene serves several attempts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client
