"""Rows of the view × role table for the pages at which units report and at which their reports are judged.

The people of the table hold posts in units without work; the unit's own people, and the heads of lead units, are
tried in `test_reply_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from khuevan.people.choices import DIRECTORS, SEES_EVERYTHING, Role
from khuevan.programme.actions import add_file_evidence, save_reply_draft, send_reply
from khuevan.programme.choices import Outcome
from khuevan.programme.evidence_files import CheckedFile
from khuevan.programme.models import Reply
from tests.factories.work import Office, office
from tests.permission_rows import NOBODY, STAFF, Row

JUDGES = frozenset({Role.PLANNING_OFFICER}) | DIRECTORS
FILE = CheckedFile("ảnh.png", b"\x89PNG", f"{1:064d}")


def _reported() -> tuple[Office, Reply]:
    """A report of completion that waits, with a file and a difficulty."""
    work = office()
    draft = save_reply_draft(
        by=work.support_officer,
        instalment=work.support_instalment,
        outcome=Outcome.DONE,
        text="Xong.",
        difficulty="Thiếu kinh phí.",
    )
    add_file_evidence(by=work.support_officer, reply=draft, file=FILE)
    return work, send_reply(by=work.support_officer, reply=draft)


def rows() -> list[Row]:
    """Everybody who reads everything opens an instalment; planning officers and directors judge."""

    def of_instalment(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[_reported()[0].support_instalment.pk])

    def of_reply(name: str) -> Callable[[], str]:
        return lambda: reverse(f"programme:{name}", args=[_reported()[1].pk])

    return [
        Row("programme:instalment", of_instalment("instalment"), SEES_EVERYTHING),
        Row("programme:reply", of_instalment("reply"), NOBODY),
        Row("programme:discard_draft", of_instalment("discard_draft"), NOBODY),
        Row("programme:waive_instalment", of_instalment("waive_instalment"), JUDGES),
        Row("programme:accept_reply", of_reply("accept_reply"), JUDGES),
        Row("programme:return_reply", of_reply("return_reply"), JUDGES),
        Row(
            "programme:answer_difficulty",
            lambda: reverse("programme:answer_difficulty", args=[_reported()[1].difficulty.pk]),
            JUDGES,
        ),
        Row(
            "programme:evidence_file",
            lambda: reverse("programme:evidence_file", args=[_reported()[1].evidence.get().pk]),
            SEES_EVERYTHING,
        ),
        Row("programme:evidence_records", lambda: reverse("programme:evidence_records"), STAFF),
        Row("programme:difficulties", lambda: reverse("programme:difficulties"), STAFF),
        Row("programme:to_judge", lambda: reverse("programme:to_judge"), JUDGES | {Role.UNIT_HEAD}),
    ]
