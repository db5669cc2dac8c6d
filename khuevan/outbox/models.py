"""The mails that the installation sends: what they say, why, and what came of them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khuevan.core import clock
from khuevan.core.append_only import AppendOnly, AppendOnlyQuerySet
from khuevan.core.private_files import private_storage
from khuevan.outbox.choices import MailState, Trouble

# What may still change once a mail is kept. Everything else was said when it was queued, and stays.
COURSE: frozenset[str] = frozenset(
    {
        "state",
        "attempts",
        "next_attempt_at",
        "claim",
        "claimed_at",
        "sent_at",
        "trouble",
        "last_error",
    }
)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Filters of mails. Only the course of a mail can be updated; nothing can be deleted."""

    def due(self, moment: datetime.datetime) -> OutgoingMailQuerySet:
        """Waiting mails whose next attempt may be made, the longest due first."""
        return self.filter(state=MailState.WAITING, next_attempt_at__lte=moment).order_by(
            "next_attempt_at", "id"
        )

    def claimed_before(self, moment: datetime.datetime) -> OutgoingMailQuerySet:
        """Mails that a sender took before the moment and has not finished."""
        return self.filter(state=MailState.SENDING, claimed_at__lte=moment)

    def update(self, **kwargs: Any) -> int:
        """How many rows changed; raises TypeError for a field that says what was sent."""
        if unchanging := kwargs.keys() - COURSE:
            raise TypeError(f"What a mail says never changes: {', '.join(sorted(unchanging))}.")
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> NoReturn:
        """Refused: what was sent stays on the record."""
        raise TypeError("Outgoing mails cannot be deleted.")

    delete.alters_data = True  # type: ignore[attr-defined]


class OutgoingMail(models.Model):
    """One mail to one person. It is its own trail: what it says never changes, only its course does.

    `key` is the caller's name for this one mail, such as "digest:2025-11-20:17"; asking for the same key
    again gives the same mail, so that it is sent once. `message_id` and `created_at` stand in the mail's
    head, so that a mail which a person sends again is the same mail for the reader's program, too.

    `claim` names the sender that has the mail in hand. It stays on an UNCERTAIN mail: should that sender be
    alive after all, it still may say what became of it. `created_at`, `day` and `sent_at` are the office's
    time; `claimed_at` and `next_attempt_at` are the machine's.
    """

    key = models.CharField(_("key"), max_length=200, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="outgoing_mails",
        null=True,
        editable=False,
        verbose_name=_("person"),
    )
    to_name = models.CharField(_("name of the recipient"), max_length=150, blank=True, editable=False)
    to_address = models.CharField(_("address"), max_length=254, editable=False)
    # Name and address without case, diacritics and signs: what the search of the page looks through.
    folded = models.CharField(max_length=410, editable=False)
    subject = models.CharField(_("subject"), max_length=300, editable=False)
    text = models.TextField(_("text"), editable=False)
    html = models.TextField(_("formatted text"), blank=True, editable=False)
    reason = models.CharField(_("why"), max_length=300, editable=False)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    day = models.DateField(_("day"), default=clock.today, editable=False)
    created_at = models.DateTimeField(_("written at"), default=clock.now, editable=False)

    state = models.CharField(
        _("state"), max_length=10, choices=MailState, default=MailState.WAITING, editable=False
    )
    # Since a person last asked for it to be sent again, or since it was written.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble, blank=True, editable=False)
    last_error = models.CharField(_("words of the mail server"), max_length=300, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        default_permissions = ("view", "change")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="outbox_mail_state", condition=Q(state__in=MailState.values)),
            models.CheckConstraint(
                name="outbox_mail_next_attempt_while_waiting",
                condition=Q(state=MailState.WAITING, next_attempt_at__isnull=False)
                | (~Q(state=MailState.WAITING) & Q(next_attempt_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="outbox_mail_sent_has_its_moment",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="outbox_mail_claim_has_its_moment",
                condition=Q(claim__isnull=True, claimed_at__isnull=True)
                | Q(claim__isnull=False, claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="outbox_mail_in_hand_is_claimed",
                condition=Q(state=MailState.SENDING, claim__isnull=False)
                | Q(state=MailState.UNCERTAIN)
                | (~Q(state__in=[MailState.SENDING, MailState.UNCERTAIN]) & Q(claim__isnull=True)),
            ),
            models.CheckConstraint(
                name="outbox_mail_trouble_has_a_name",
                condition=~Q(state__in=[MailState.UNCERTAIN, MailState.REFUSED]) | ~Q(trouble=""),
            ),
            models.CheckConstraint(
                name="outbox_mail_is_addressed",
                condition=~Q(key="") & ~Q(to_address="") & ~Q(message_id="") & ~Q(reason=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The sender's two questions, over the few rows that are not finished.
            models.Index(
                fields=["next_attempt_at", "id"],
                name="outbox_mail_due",
                condition=Q(state=MailState.WAITING),
            ),
            models.Index(
                fields=["claimed_at"], name="outbox_mail_in_hand", condition=Q(state=MailState.SENDING)
            ),
            # The page's: newest first, of all and of one person.
            models.Index(fields=["-created_at", "-id"], name="outbox_mail_newest"),
            models.Index(fields=["person", "-created_at", "-id"], name="outbox_mail_of_person"),
            # Which mails of a kind were written for a day: what whoever writes them asks.
            models.Index(fields=["kind", "day"], name="outbox_mail_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_name or self.to_address}"

    def get_absolute_url(self) -> str:
        """The staff page of the mail."""
        return reverse("outbox:mail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new mail; one that is kept changes its course by conditional updates only."""
        if not self._state.adding:
            raise TypeError("A mail that is kept is changed by the sender and by actions, never by save().")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: what was sent stays on the record."""
        raise TypeError("Outgoing mails cannot be deleted.")

    @property
    def boundary(self) -> str:
        """What parts the two forms of the body: always the same, so that one mail is always the same bytes."""
        return f"=_{uuid.uuid5(uuid.NAMESPACE_URL, self.message_id).hex}"

    @property
    def file_boundary(self) -> str:
        """What parts the body and the files, likewise."""
        return f"=_{uuid.uuid5(uuid.NAMESPACE_URL, f'{self.message_id} files').hex}"


def attachment_path(instance: models.Model, filename: str) -> str:
    """A file's place under its own digest, so that one that goes to a hundred people is kept once."""
    sha256 = str(getattr(instance, "sha256"))  # noqa: B009  (the model is declared below)
    return f"outbox/{sha256[:2]}/{sha256}"


class MailAttachment(AppendOnly):
    """One file that a mail carries, kept as it was when the mail was queued; the mail is the same bytes for ever."""

    mail = models.ForeignKey(OutgoingMail, models.PROTECT, related_name="attachments")
    order = models.PositiveSmallIntegerField()
    file = models.FileField(storage=private_storage, upload_to=attachment_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)

    kept_as: ClassVar[str] = "Files that mails carry"
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a mail")
        verbose_name_plural = _("files of mails")
        ordering: ClassVar[list[str]] = ["mail", "order"]
        default_permissions = ("view",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mail", "order"], name="outbox_attachment_order_once"),
        ]

    def __str__(self) -> str:
        return self.filename
