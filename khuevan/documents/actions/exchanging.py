"""What the exchange of edXML does by itself: files laid into the folder, files taken from the other."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

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

logger = logging.getLogger(__name__)

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
        _take_all_in(by, into, report)
    return report


@action
def stage_files(*, by: User, folder: Path) -> int:
    """How many files are laid ready under `.waiting/` and named so in the register; nobody sees them there yet."""
    waiting = Dispatch.objects.filter(
        channel=Channel.EDXML,
        staged_name="",
        file__isnull=False,
        state__in=[DispatchState.QUEUED, DispatchState.RECALLED],
    )
    # By files, each with all its recipients: a file whose rows were cut in two would go out twice.
    files = list(waiting.order_by("file_id").values_list("file_id", flat=True).distinct()[:FILES_AT_ONCE])
    rows = waiting.filter(file__in=files).select_for_update(of=("self",)).select_related("file")
    # Whether each file could be laid ready.
    laid: dict[str, bool] = {}
    for row in rows.order_by("pk"):
        assert row.file is not None
        name = f"{Path(row.file.filename).stem}-{row.file.pk}.edxml"
        if name not in laid:
            laid[name] = _stage(folder, name, str(row.file.file.name))
        if laid[name]:
            row.staged_name = name
            row.save()
        else:
            _say_missing(row)
    answers: QuerySet[EdxmlStatus] = EdxmlStatus.objects.select_for_update(of=("self",)).filter(
        staged_name="", handed_over_at__isnull=True
    )
    for answer in answers.order_by("pk")[:FILES_AT_ONCE]:
        name = f"{Path(answer.filename).stem}-{answer.pk}.edxml"
        laid[name] = _stage(folder, name, str(answer.file.name))
        if laid[name]:
            answer.staged_name = name
            answer.save()
    return sum(laid.values())


def _stage(folder: Path, name: str, stored: str) -> bool:
    """Whether the file lies ready; one that is gone from the storage must not keep back all the others."""
    try:
        data = _data(stored)
    except FileNotFoundError:
        logger.error("The edXML file %s is missing in the storage", name)
        return False
    edxml_folders.stage(folder, name, data)
    return True


def _say_missing(row: Dispatch) -> None:
    trouble = _("The edXML file is missing in the storage: send it anew, or tell the administrator.")
    if row.state == DispatchState.QUEUED:
        reach(row, DispatchState.FAILED, told_by=None, trouble=trouble)
    elif row.trouble != trouble:
        # A message of recall: the document stays recalled.
        row.trouble = trouble
        row.save()


@action
def hand_out_staged(*, by: User, folder: Path) -> int:
    """How many staged files lie in the folder now and count as sent; also those that a crash left in between.

    One that lies in neither place was taken along after a crash, or is lost: its dispatches are uncertain, and a
    status is laid ready again.
    """
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
    out = {name for name in names if edxml_folders.hand_out(folder, name)}
    for row in rows:
        if row.staged_name in out:
            reach(row, DispatchState.SENT, told_by=None)
        else:
            trouble = _("The edXML file is no longer in the folder of the exchange: ask whether it arrived.")
            reach(row, DispatchState.UNCERTAIN, told_by=None, trouble=trouble)
    for answer in answers:
        if answer.staged_name in out:
            answer.handed_over_at = clock.now()
        else:
            answer.staged_name = ""
        answer.save()
    return len(out)


def _take_all_in(by: User, folder: Path, report: ExchangeReport) -> None:
    """Takes every file in; one that fails keeps none of the others back.

    What is wrong with the machine (disk, database) leaves the file where it is for the next run, and is raised at the
    end; what is wrong with the file puts it aside.
    """
    broken: OSError | None = None
    for path in edxml_folders.arrived(folder):
        try:
            _take_in(by, path, report)
        except (OperationalError, InterfaceError):
            raise
        except OSError as error:
            broken = error
        except Exception as error:
            # Its type only: the words may quote what the file says.
            logger.error("An edXML file cannot be taken in: %s", type(error).__name__)
            _put_aside(by, path, report)
    if broken is not None:
        raise broken


def _put_aside(by: User, path: Path, report: ExchangeReport) -> None:
    reason = _("This file cannot be taken in, for a reason that the software does not know.")
    digest = hashlib.sha256(edxml_folders.content_of(path)).hexdigest()
    note_refused_edxml(
        by=by, filename=edxml_folders.shown_name(path), sha256=digest, reason=reason, from_folder=True
    )
    report.refused += 1
    edxml_folders.put_away(path, edxml_folders.REFUSED, reason)


def _take_in(by: User, path: Path, report: ExchangeReport) -> None:
    """Takes one file in, then puts it away; broken off in between, the next run finds the same file and its row."""
    data = edxml_folders.content_of(path)
    try:
        checked = checked_message(edxml_folders.shown_name(path), data)
    except UnfitMessage as error:
        report.refused += 1
        reason = " ".join(error.messages)
        if error.secret:
            note_refused_edxml(by=by, filename="", sha256="", reason=reason, from_folder=True)
            edxml_folders.destroy(path, reason)
            return
        digest = hashlib.sha256(data).hexdigest()
        note_refused_edxml(
            by=by, filename=edxml_folders.shown_name(path), sha256=digest, reason=reason, from_folder=True
        )
        edxml_folders.put_away(path, edxml_folders.REFUSED, reason)
        return
    keep_edxml_message(by=by, checked=checked, from_folder=True)
    report.taken_in += 1
    edxml_folders.put_away(path, edxml_folders.DONE)


def _data(name: str) -> bytes:
    with private_storage().open(name) as stream:
        data: bytes = stream.read()
    return data
