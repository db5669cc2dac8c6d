"""What the exchange of edXML does by itself: files laid into the folder, files taken from the other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.core.private_files import private_storage
from khuevan.documents import edxml_folders
from khuevan.documents.actions.envelopes import keep_edxml_message, note_refused_edxml
from khuevan.documents.choices import Channel, DispatchState
from khuevan.documents.dispatch_course import reach
from khuevan.documents.edxml_reading import UnfitMessage, checked_message
from khuevan.documents.models import Dispatch, EdxmlStatus
from khuevan.people.models import User

FILES_AT_ONCE = 50


@dataclass(slots=True)
class ExchangeReport:
    """What one run did: files handed out, messages taken in, files refused."""

    handed_out: int = 0
    taken_in: int = 0
    refused: int = 0


def exchange_files(*, by: User, out: Path | None, into: Path | None) -> ExchangeReport:
    """What went out and came in through the folders; run again after a crash, it loses and repeats nothing."""
    report = ExchangeReport()
    if out is not None:
        # What a run before this one laid ready comes first.
        report.handed_out += hand_out_staged(by=by, folder=out)
        if stage_files(by=by, folder=out):
            report.handed_out += hand_out_staged(by=by, folder=out)
    if into is not None:
        for path in edxml_folders.arrived(into):
            _take_in(by, path, report)
    return report


@action
def stage_files(*, by: User, folder: Path) -> int:
    """How many files are laid ready under `.waiting/` and named so in the register; nobody sees them there yet."""
    rows = (
        Dispatch.objects.select_for_update(of=("self",))
        .filter(
            channel=Channel.EDXML,
            staged_name="",
            file__isnull=False,
            state__in=[DispatchState.QUEUED, DispatchState.RECALLED],
        )
        .select_related("file")
        .order_by("pk")[:FILES_AT_ONCE]
    )
    names: set[str] = set()
    for row in rows:
        assert row.file is not None
        name = f"{Path(row.file.filename).stem}-{row.file.pk}.edxml"
        if name not in names:
            edxml_folders.stage(folder, name, _data(str(row.file.file.name)))
            names.add(name)
        row.staged_name = name
        row.save()
    answers: QuerySet[EdxmlStatus] = EdxmlStatus.objects.select_for_update(of=("self",)).filter(
        staged_name="", handed_over_at__isnull=True
    )
    for answer in answers.order_by("pk")[:FILES_AT_ONCE]:
        name = f"{Path(answer.filename).stem}-{answer.pk}.edxml"
        edxml_folders.stage(folder, name, _data(str(answer.file.name)))
        answer.staged_name = name
        answer.save()
        names.add(name)
    return len(names)


@action
def hand_out_staged(*, by: User, folder: Path) -> int:
    """How many staged files lie in the folder now and count as sent; also those that a crash left in between."""
    rows: list[Dispatch] = list(
        Dispatch.objects.select_for_update(of=("self",))
        .filter(channel=Channel.EDXML, state=DispatchState.QUEUED)
        .exclude(staged_name="")
    )
    recalled = Dispatch.objects.filter(channel=Channel.EDXML, state=DispatchState.RECALLED)
    answers: list[EdxmlStatus] = list(
        EdxmlStatus.objects.select_for_update(of=("self",))
        .filter(handed_over_at__isnull=True)
        .exclude(staged_name="")
    )
    names = {row.staged_name for row in rows} | {answer.staged_name for answer in answers}
    names |= {
        name
        for name in recalled.exclude(staged_name="").values_list("staged_name", flat=True)
        if edxml_folders.is_staged(folder, name)
    }
    for name in names:
        edxml_folders.hand_out(folder, name)
    for row in rows:
        reach(row, DispatchState.SENT, told_by=None)
    for answer in answers:
        answer.handed_over_at = clock.now()
        answer.save()
    return len(names)


def _take_in(by: User, path: Path, report: ExchangeReport) -> None:
    """Takes one file in, then puts it away; broken off in between, the next run finds the same file and its row."""
    data = edxml_folders.content_of(path)
    try:
        checked = checked_message(path.name, data)
    except UnfitMessage as error:
        report.refused += 1
        reason = " ".join(error.messages)
        if error.secret:
            note_refused_edxml(by=by, filename="", sha256="", reason=reason, from_folder=True)
            edxml_folders.destroy(path, reason)
            return
        digest = hashlib.sha256(data).hexdigest()
        note_refused_edxml(by=by, filename=path.name, sha256=digest, reason=reason, from_folder=True)
        edxml_folders.put_away(path, edxml_folders.REFUSED, reason)
        return
    keep_edxml_message(by=by, checked=checked, from_folder=True)
    report.taken_in += 1
    edxml_folders.put_away(path, edxml_folders.DONE)


def _data(name: str) -> bytes:
    with private_storage().open(name) as stream:
        data: bytes = stream.read()
    return data
