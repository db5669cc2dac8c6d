"""What a unit says about its work: replies, what is in its way, and what proves it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.core.private_files import private_storage
from khuevan.programme.choices import EvidenceKind, Outcome, ReplyState
from khuevan.programme.models.work import Instalment


def evidence_path(instance: models.Model, filename: str) -> str:
    """A file's place under its own digest; its name is kept in a field and never becomes a path."""
    sha256 = str(getattr(instance, "sha256"))  # noqa: B009  (the type of the model is not known here)
    return f"evidence/{sha256[:2]}/{sha256}"


def _person(related_name: str = "+", *, null: bool = True) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name, null=null, blank=null
    )


class Reply(Record):
    """What a unit reports about one instalment: how far it is, in words, what it proposes, what proves it.

    A DRAFT is seen by the unit's own people only, and an instalment has one at most. SENT is what the others
    read; a reply whose `outcome` is DONE then waits for the lead (for the lead's own: for the planning
    division or a director) and becomes ACCEPTED or RETURNED, the latter with `verdict`. Done without any
    evidence needs `no_evidence_reason`.
    """

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="replies")
    state = models.CharField(_("state"), max_length=10, choices=ReplyState.choices, default=ReplyState.DRAFT)
    outcome = models.CharField(
        _("progress"), max_length=12, choices=Outcome.choices, default=Outcome.IN_PROGRESS
    )
    percent = models.PositiveSmallIntegerField(_("percent done"), default=0)
    text = models.TextField(_("what was done"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    no_evidence_reason = models.TextField(_("why there is no evidence"), blank=True)
    written_by = _person("written_replies", null=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = _person("sent_replies")
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    judged_by = _person("judged_replies")
    verdict = models.TextField(_("reason of the return, or a word with the acceptance"), blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering: ClassVar[list[str]] = ["instalment", "sent_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "sent_at"], name="reply_state_sent"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["instalment"], condition=Q(state=ReplyState.DRAFT), name="reply_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state=ReplyState.DRAFT, sent_at__isnull=True, sent_by__isnull=True)
                | (~Q(state=ReplyState.DRAFT) & Q(sent_at__isnull=False, sent_by__isnull=False)),
                name="reply_sent_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ReplyState.ACCEPTED, ReplyState.RETURNED],
                    judged_at__isnull=False,
                    judged_by__isnull=False,
                    outcome=Outcome.DONE,
                )
                | (
                    Q(state__in=[ReplyState.DRAFT, ReplyState.SENT])
                    & Q(judged_at__isnull=True, judged_by__isnull=True)
                ),
                name="reply_judged_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReplyState.RETURNED) | ~Q(verdict=""),
                name="reply_returned_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="reply_percent_at_most_100"),
        ]

    def __str__(self) -> str:
        return f"{self.instalment_id} · {self.outcome} · {self.state}"


class Difficulty(Record):
    """What is in a unit's way, as its reply says, with what it asks for; open until somebody has answered.

    `answered_at`, `answered_by` and `answer` come together.
    """

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="difficulty")
    text = models.TextField(_("difficulty"))
    asks_for = models.TextField(_("what is asked for"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = _person("answered_difficulties")
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering: ClassVar[list[str]] = ["reply"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="difficulty_answered_in_full",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Evidence(Record):
    """One thing that shows what a reply says: a record of this software, a file, or a web address.

    `title` is always there. WEB: `url`, and `seen_date`, the day on which the officer saw it so. FILE: the
    file with its own name, its size in bytes and its digest. RECORD: `content_type` and `object_id` name the
    record; which kinds may be named stands in `khuevan.programme.evidence`.
    """

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind.choices)
    title = models.CharField(_("what it shows"), max_length=500)
    url = models.URLField(_("web address"), max_length=2000, blank=True)
    seen_date = models.DateField(_("seen on"), null=True, blank=True)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=evidence_path, max_length=200, blank=True
    )
    filename = models.CharField(_("name of the file"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", null=True, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar[list[str]] = ["reply", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type", "object_id"], name="evidence_of_record"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(
                    Q(kind=EvidenceKind.WEB, seen_date__isnull=False, file="", content_type__isnull=True)
                    & ~Q(url="")
                )
                | (
                    Q(kind=EvidenceKind.FILE, url="", content_type__isnull=True, size__isnull=False)
                    & ~Q(file="")
                    & ~Q(sha256="")
                    & ~Q(filename="")
                )
                | Q(
                    kind=EvidenceKind.RECORD,
                    url="",
                    file="",
                    content_type__isnull=False,
                    object_id__isnull=False,
                ),
                name="evidence_has_what_its_kind_needs",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
