"""Writes of those who do the work, and of those who accept it: drafts, replies, evidence, verdicts."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.programme.choices import OWED_STATES, EvidenceKind, InstalmentState, Outcome, ReplyState
from khuevan.programme.evidence import evidence_source
from khuevan.programme.evidence_files import CheckedFile
from khuevan.programme.models import Difficulty, Evidence, Instalment, Reply
from khuevan.programme.permissions import check_can_judge, check_can_reply, lead_unit_id

# More than anybody can look through; a folder of a hundred pictures belongs into one archive.
MOST_EVIDENCE = 50


@action
def save_reply_draft(
    *,
    by: User,
    instalment: Instalment,
    outcome: str = Outcome.IN_PROGRESS,
    percent: int = 0,
    text: str = "",
    proposals: str = "",
    difficulty: str = "",
    asks_for: str = "",
    no_evidence_reason: str = "",
) -> Reply:
    """The unit's draft for this instalment with these words: the one that is there, or a new one."""
    locked = _locked_for_reply(by, instalment)
    draft = Reply.objects.filter(instalment=locked, state=ReplyState.DRAFT).first()
    if draft is None:
        draft = Reply(instalment=locked, written_by=by)
    draft.outcome = Outcome(outcome)
    draft.percent = 100 if draft.outcome == Outcome.DONE else percent
    draft.text, draft.proposals = text.strip(), proposals.strip()
    draft.no_evidence_reason = no_evidence_reason.strip()
    draft.full_clean(exclude=["instalment", "written_by"])
    draft.save()
    _keep_difficulty(draft, difficulty.strip(), asks_for.strip())
    return draft


@action
def send_reply(*, by: User, reply: Reply) -> Reply:
    """The reply, sent: progress stands at once, a report of completion waits to be accepted."""
    instalment = _locked_for_reply(by, reply.instalment)
    fresh = _locked_draft(reply)
    _check_complete(fresh)
    fresh.state = ReplyState.SENT
    fresh.sent_at, fresh.sent_by = clock.now(), by
    fresh.save()
    instalment.percent = fresh.percent
    if fresh.outcome == Outcome.DONE:
        instalment.state, instalment.reported_date = InstalmentState.REPORTED, clock.today()
    else:
        instalment.state = InstalmentState.IN_PROGRESS
    instalment.save()
    return fresh


@action
def discard_reply_draft(*, by: User, reply: Reply) -> None:
    """Removes a draft with its evidence; the audit trail keeps what it said."""
    _locked_for_reply(by, reply.instalment)
    fresh = _locked_draft(reply)
    for item in Evidence.objects.filter(reply=fresh):
        remove_evidence(by=by, evidence=item)
    Difficulty.objects.filter(reply=fresh).delete()
    fresh.delete()


@action
def add_web_evidence(*, by: User, reply: Reply, url: str, title: str, seen_date: datetime.date) -> Evidence:
    """A web address that shows what the draft says, as the officer saw it on a day."""
    return _add_evidence(
        by,
        Evidence(
            reply=reply, kind=EvidenceKind.WEB, url=url.strip(), title=_line(title), seen_date=seen_date
        ),
    )


@action
def add_file_evidence(*, by: User, reply: Reply, file: CheckedFile, title: str = "") -> Evidence:
    """A file that shows what the draft says; it was checked by `evidence_files.checked_file`."""
    item = Evidence(
        reply=reply,
        kind=EvidenceKind.FILE,
        title=_line(title) or file.filename,
        filename=file.filename,
        size=len(file.data),
        sha256=file.sha256,
    )
    # The same bytes may be evidence twice; they lie on the disk once.
    storage, name = item.file.storage, item.file.field.generate_filename(item, file.filename)
    item.file.name = name if storage.exists(name) else storage.save(name, ContentFile(file.data))
    return _add_evidence(by, item)


@action
def add_record_evidence(*, by: User, reply: Reply, record: Model, title: str = "") -> Evidence:
    """A record of this software that shows what the draft says; only kinds that are registered for it."""
    _locked_for_reply(by, reply.instalment)
    source = evidence_source(record._meta.label_lower)
    if source is None or not source.visible(by).filter(pk=record.pk).exists():
        raise ValidationError(_("This record cannot be named as evidence, or you do not see it."))
    item = Evidence(reply=reply, kind=EvidenceKind.RECORD, title=_line(title) or _line(source.title(record)))
    item.record = record
    return _add_evidence(by, item)


@action
def remove_evidence(*, by: User, evidence: Evidence) -> None:
    """Takes one piece of evidence out of a draft; what was sent stays as it was sent."""
    _locked_for_reply(by, evidence.reply.instalment)
    _locked_draft(evidence.reply)
    storage, name = evidence.file.storage, str(evidence.file.name or "")
    evidence.delete()
    if name and not Evidence.objects.filter(file=name).exists():
        # Only once the row no longer names it: a file without a row can be swept, the reverse cannot be mended.
        transaction.on_commit(lambda: storage.delete(name))


@action
def accept_reply(*, by: User, reply: Reply, words: str = "") -> Reply:
    """The reply, accepted: the instalment is done."""
    fresh, instalment = _locked_for_verdict(by, reply)
    now = clock.now()
    fresh.state, fresh.judged_at, fresh.judged_by, fresh.verdict = (
        ReplyState.ACCEPTED, now, by, words.strip(),
    )  # fmt: skip
    fresh.save()
    instalment.state, instalment.done_at, instalment.done_by = InstalmentState.DONE, now, by
    instalment.save()
    return fresh


@action
def return_reply(*, by: User, reply: Reply, reason: str) -> Reply:
    """The reply, returned with the reason: it is the unit's turn again."""
    if not reason.strip():
        raise ValidationError({"verdict": _("Say what is missing: the unit reads it.")})
    fresh, instalment = _locked_for_verdict(by, reply)
    fresh.state, fresh.judged_at, fresh.judged_by, fresh.verdict = (
        ReplyState.RETURNED, clock.now(), by, reason.strip(),
    )  # fmt: skip
    fresh.save()
    instalment.state, instalment.reported_date = InstalmentState.RETURNED, None
    # What was last said of the work while it went on; completion was not accepted.
    before = Reply.objects.filter(instalment=instalment, outcome=Outcome.IN_PROGRESS, state=ReplyState.SENT)
    instalment.percent = before.order_by("-sent_at").values_list("percent", flat=True).first() or 0
    instalment.save()
    return fresh


@action
def answer_difficulty(*, by: User, difficulty: Difficulty, answer: str) -> Difficulty:
    """The difficulty with its answer; it can be answered once."""
    if not answer.strip():
        raise ValidationError({"answer": _("Write what will be done about it.")})
    fresh = Difficulty.objects.select_for_update(of=("self",)).get(pk=difficulty.pk)
    assignment = fresh.reply.instalment.assignment
    check_can_judge(by, assignment, lead_unit_id(assignment.task), clock.today())
    if fresh.reply.state == ReplyState.DRAFT:
        raise ValidationError(_("This reply has not been sent yet."))
    if fresh.answered_at is not None:
        raise ValidationError(_("This difficulty has been answered meanwhile."))
    fresh.answer, fresh.answered_at, fresh.answered_by = answer.strip(), clock.now(), by
    fresh.save()
    return fresh


def _locked_for_reply(by: User, instalment: Instalment) -> Instalment:
    """The instalment as it is now, locked; raises where the person or the moment is not right for a reply."""
    locked: Instalment = (
        Instalment.objects.select_for_update(of=("self",))
        .select_related("assignment__task", "assignment__unit")
        .get(pk=instalment.pk)
    )
    assignment = locked.assignment
    check_can_reply(by, assignment, clock.today())
    if assignment.ended_at is not None or assignment.dropped_in_id is not None:
        raise ValidationError(_("The unit no longer answers for this task."))
    if assignment.task.dropped_in_id is not None:
        raise ValidationError(_("An amended plan no longer has this task."))
    if lead_unit_id(assignment.task) is None:
        raise ValidationError(
            _("No unit leads this task yet, so it cannot start: ask a planning officer to name the lead.")
        )
    if locked.state not in OWED_STATES:
        raise ValidationError(
            _("This instalment was reported done; it can be answered again if it comes back.")
        )
    return locked


def _locked_draft(reply: Reply) -> Reply:
    fresh = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if fresh.state != ReplyState.DRAFT:
        raise ValidationError(_("This reply has been sent; write a new one."))
    return fresh


def _locked_for_verdict(by: User, reply: Reply) -> tuple[Reply, Instalment]:
    instalment = (
        Instalment.objects.select_for_update(of=("self",))
        .select_related("assignment__task")
        .get(pk=reply.instalment_id)
    )
    fresh = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if fresh.state == ReplyState.DRAFT:
        # As if it were not there: whoever is not of the unit does not learn of a draft.
        raise Reply.DoesNotExist
    assignment = instalment.assignment
    check_can_judge(by, assignment, lead_unit_id(assignment.task), clock.today())
    waits = fresh.state == ReplyState.SENT and fresh.outcome == Outcome.DONE
    # A report stays as it was sent when its instalment is waived or given to another unit.
    if not waits or instalment.state != InstalmentState.REPORTED:
        raise ValidationError(_("Somebody has judged this reply meanwhile, or it waits for nobody."))
    return fresh, instalment


def _check_complete(reply: Reply) -> None:
    """Raises ValidationError, field by field, where the reply says too little to be sent."""
    problems: dict[str, str] = {}
    has_difficulty = Difficulty.objects.filter(reply=reply).exists()
    if reply.outcome == Outcome.DONE:
        if not reply.text:
            problems["text"] = _("Say in a sentence what was done.")
        if not reply.no_evidence_reason and not Evidence.objects.filter(reply=reply).exists():
            problems["no_evidence_reason"] = _("Attach evidence, or say why there is none.")
    elif not reply.text and not has_difficulty:
        problems["text"] = _("Say in a sentence how far it is, or what is in the way.")
    elif reply.percent == 100:
        problems["percent"] = _("Work that is whole is reported as done.")
    if problems:
        raise ValidationError(problems)


def _keep_difficulty(draft: Reply, text: str, asks_for: str) -> None:
    present = Difficulty.objects.filter(reply=draft).first()
    if not text:
        if asks_for:
            raise ValidationError({"difficulty": _("Say what the difficulty is for which you ask this.")})
        if present is not None:
            present.delete()
        return
    difficulty = present or Difficulty(reply=draft)
    difficulty.text, difficulty.asks_for = text, asks_for
    difficulty.save()


def _add_evidence(by: User, item: Evidence) -> Evidence:
    _locked_for_reply(by, item.reply.instalment)
    _locked_draft(item.reply)
    if Evidence.objects.filter(reply=item.reply).count() >= MOST_EVIDENCE:
        raise ValidationError(
            _("A reply holds at most %(most)s pieces of evidence.") % {"most": MOST_EVIDENCE}
        )
    item.full_clean(exclude=["reply"])
    item.save()
    return item


def _line(text: str) -> str:
    """The words on one line, as long as a title may be."""
    return " ".join(text.split())[:500]
