"""From a form that was sent in to a draft, its evidence and a sent reply.

What can be kept is kept first; what cannot is said, field by field. Nobody overwrites what a colleague wrote
meanwhile: the form brings along what it had `seen`, and the comparison and the write stand under one lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import IO, Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from khuevan.people.models import User
from khuevan.programme.actions import (
    add_file_evidence,
    add_record_evidence,
    add_web_evidence,
    discard_reply_draft,
    save_reply_draft,
    send_reply,
)
from khuevan.programme.choices import EvidenceKind, ReplyState
from khuevan.programme.evidence_files import checked_file
from khuevan.programme.evidence_search import record_named
from khuevan.programme.models import Evidence, Instalment, Reply
from khuevan.programme.reply_forms import ReplyForm, WebEvidenceForm, stored_values


class Meanwhile(Enum):
    """What happened to the draft between the page and the form that came back."""

    # Another person's words stand in it: these were not saved.
    CHANGED = "CHANGED"
    # It was sent: these words became a new draft.
    SENT = "SENT"
    # It was thrown away: these words became a new draft.
    DISCARDED = "DISCARDED"
    # This very report was sent a moment ago: the button was pressed twice.
    TWICE = "TWICE"


class UploadedFile(Protocol):
    """An uploaded file: its name and its bytes."""

    name: str | None
    file: IO[bytes] | None


@dataclass
class Writing:
    """What came of one form. `rows` are the web addresses that were not kept, `file_errors` a sentence each."""

    draft: Reply | None = None
    sent: Reply | None = None
    meanwhile: Meanwhile | None = None
    rows: list[WebEvidenceForm] = field(default_factory=list)
    file_errors: list[str] = field(default_factory=list)
    record_errors: list[str] = field(default_factory=list)


def seen_token(replies: Iterable[Reply]) -> str:
    """What a page shows of an instalment's replies, in a word that changes with any of them but a verdict."""
    draft, last = "", 0
    for reply in replies:
        if reply.state == ReplyState.DRAFT:
            draft = reply.updated_at.isoformat()
        else:
            last = max(last, reply.pk)
    return f"{last}/{draft}"


def keep_words(by: User, instalment: Instalment, form: ReplyForm, seen: str) -> Writing:
    """The draft with the form's words, unless a colleague has changed it since the page was shown.

    Raises ValidationError where the instalment takes no report now.
    """
    with transaction.atomic():
        # The lock that the actions take as well: between the look and the write nobody else writes.
        Instalment.objects.select_for_update(of=("self",)).get(pk=instalment.pk)
        replies = list(Reply.objects.filter(instalment=instalment).select_related("difficulty"))
        draft = next((reply for reply in replies if reply.state == ReplyState.DRAFT), None)
        values = form.kept_values(before := stored_values(draft, instalment))
        meanwhile = None
        if seen_token(replies) != seen:
            if draft is not None:
                # The same words as stand there overwrite nothing: a page that was sent in again.
                return Writing(draft=draft, meanwhile=None if values == before else Meanwhile.CHANGED)
            meanwhile = _what_became_of_it(by, replies, values, seen)
            if meanwhile is Meanwhile.TWICE:
                return Writing(meanwhile=meanwhile)
        kept = save_reply_draft(by=by, instalment=instalment, **values)
        return Writing(draft=kept, meanwhile=meanwhile)


def was_sent_already(by: User, instalment: Instalment, form: ReplyForm) -> bool:
    """Whether the newest report is this person's, in these very words: the button was pressed twice."""
    last = Reply.objects.filter(instalment=instalment).exclude(state=ReplyState.DRAFT).order_by("-pk").first()
    return last is not None and _says(last, by, form.kept_values(stored_values(None, instalment)))


def _what_became_of_it(by: User, replies: Sequence[Reply], values: Mapping[str, Any], seen: str) -> Meanwhile:
    last = max(replies, key=lambda reply: reply.pk, default=None)
    if last is None or str(last.pk) == seen.partition("/")[0]:
        return Meanwhile.DISCARDED
    return Meanwhile.TWICE if _says(last, by, values) else Meanwhile.SENT


def _says(reply: Reply, by: User, values: Mapping[str, Any]) -> bool:
    return reply.sent_by_id == by.pk and (reply.outcome, reply.text, reply.proposals) == (
        values["outcome"],
        values["text"],
        values["proposals"],
    )


def keep_evidence(
    by: User,
    writing: Writing,
    *,
    rows: Sequence[WebEvidenceForm],
    files: Iterable[UploadedFile],
    records: Iterable[str],
) -> None:
    """Adds to the draft what can be added, and notes in `writing` what cannot.

    Evidence only comes to what is there, so it is kept even where the words were not; what the draft has
    already is not added twice.
    """
    draft = writing.draft
    assert draft is not None, "words are kept before evidence"
    present = list(Evidence.objects.filter(reply=draft))
    for row in rows:
        _keep_address(by, draft, row, {item.url for item in present}, writing)
    held = {(item.filename, item.sha256) for item in present if item.kind == EvidenceKind.FILE}
    # One after another, and each let go before the next: a file may have fifty megabytes.
    for upload in files:
        try:
            assert upload.file is not None
            file = checked_file(upload.name or "", upload.file)
            if (file.filename, file.sha256) not in held:
                add_file_evidence(by=by, reply=draft, file=file)
        except ValidationError as error:
            _note(writing.file_errors, error)
    named = {(item.content_type_id, item.object_id) for item in present}
    for value in records:
        _keep_record(by, draft, value, named, writing)


def _keep_address(by: User, draft: Reply, row: WebEvidenceForm, present: set[str], writing: Writing) -> None:
    if not row.is_valid():
        writing.rows.append(row)
        return
    url = row.cleaned_data["web_url"]
    if url in present:
        return
    try:
        add_web_evidence(by=by, reply=draft, url=url, title=row.title, seen_date=row.cleaned_data["web_seen"])
    except ValidationError as error:
        row.add_error("web_url", list(error.messages))
        writing.rows.append(row)


def _keep_record(by: User, draft: Reply, value: str, present: set[Any], writing: Writing) -> None:
    record = record_named(by, value)
    if record is None:
        return
    item = Evidence()
    item.record = record
    if (item.content_type_id, item.object_id) in present:
        return
    try:
        add_record_evidence(by=by, reply=draft, record=record)
    except ValidationError as error:
        _note(writing.record_errors, error)


def _note(found: list[str], error: ValidationError) -> None:
    found.extend(sentence for sentence in error.messages if sentence not in found)


def send_as_written(by: User, writing: Writing) -> None:
    """Sends the draft as it was just kept; notes in `writing` where a colleague came between.

    Raises ValidationError, by field, where it says too little.
    """
    draft = writing.draft
    assert draft is not None, "words are kept before they are sent"
    with transaction.atomic():
        Instalment.objects.select_for_update(of=("self",)).get(pk=draft.instalment_id)
        stands = Reply.objects.filter(pk=draft.pk).first()
        if stands is None:
            raise ValidationError(_("A colleague discarded the draft at this very moment: send once more."))
        if stands.state != ReplyState.DRAFT and _says(stands, by, stored_values(draft, draft.instalment)):
            writing.meanwhile = Meanwhile.TWICE
            return
        if stands.updated_at != draft.updated_at:
            writing.meanwhile = Meanwhile.CHANGED
            return
        writing.sent = send_reply(by=by, reply=draft)


def discard_as_seen(by: User, draft: Reply, seen: str) -> bool:
    """Whether the draft is gone: not where a colleague has written into it since it was `seen`.

    Raises ValidationError or Reply.DoesNotExist where it was sent or discarded meanwhile.
    """
    with transaction.atomic():
        Instalment.objects.select_for_update(of=("self",)).get(pk=draft.instalment_id)
        if seen_token([Reply.objects.get(pk=draft.pk)]) != seen:
            return False
        discard_reply_draft(by=by, reply=draft)
        return True
