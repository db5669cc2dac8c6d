"""Reporters who asked to come to a press conference: kept for it alone, and taken out soon afterwards."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.core.private_files import private_storage
from khuevan.newsroom.choices import AccreditationPaper, AccreditationState
from khuevan.newsroom.models.press import PressConferencePage


class AccreditationRequest(Record):
    """A reporter's request to come to a press conference, with what the outlet says of him or her.

    Kept until `delete_after` (the last day) and then taken out with its files and mails: accreditation is no
    register of reporters. `language` is that of the page on which it was asked; mails are written in it. `form_key`
    is drawn when the form is shown, so that a form that is sent twice makes one request. One address asks once.

    The audit trail says that a request was made, decided and taken out, and by whom it was decided, but nothing
    about the reporter. Not even fingerprints: a telephone number is found again by trying them all.
    """

    conference = models.ForeignKey(PressConferencePage, models.PROTECT, related_name="accreditations")
    name = models.CharField(_("full name"), max_length=150)
    outlet = models.CharField(_("outlet"), max_length=200)
    country = models.CharField(_("country of the outlet"), max_length=80)
    email = models.EmailField(_("e-mail address"))
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    press_card = models.CharField(_("press card"), max_length=80, blank=True)
    equipment = models.CharField(_("equipment"), max_length=500, blank=True)
    language = models.CharField(_("language of the page"), max_length=12)
    form_key = models.UUIDField(editable=False, default=uuid.uuid4)
    state = models.CharField(
        _("state"), max_length=10, choices=AccreditationState, default=AccreditationState.ASKED
    )
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decision_words = models.CharField(_("what the reporter is told"), max_length=500, blank=True)
    delete_after = models.DateField(_("taken out after"))

    derived_fields: ClassVar[tuple[str, ...]] = (
        "name", "outlet", "country", "email", "telephone", "press_card", "equipment", "form_key", "decision_words",
    )  # fmt: skip

    class Meta:
        verbose_name = _("request for accreditation")
        verbose_name_plural = _("requests for accreditation")
        ordering: ClassVar[list[str]] = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=AccreditationState.ASKED, decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state=AccreditationState.ASKED) & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="accreditation_decided_at_and_by",
            ),
            models.UniqueConstraint(fields=["conference", "form_key"], name="accreditation_form_sent_once"),
            models.UniqueConstraint("conference", Lower("email"), name="accreditation_address_asks_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["delete_after"], name="accreditation_taken_out"),
        ]

    def __str__(self) -> str:
        # Stands in the audit trail, which outlives the request: a number and no name.
        return f"№ {self.pk}"


def paper_path(instance: models.Model, filename: str) -> str:
    """A place that says nothing of what lies there, and that no other request shares."""
    return f"accreditation/{uuid.uuid4().hex}"


class AccreditationFile(Record):
    """One paper that a reporter sent along: the press card, or the outlet's letter. Handed out to staff alone."""

    request = models.ForeignKey(AccreditationRequest, models.CASCADE, related_name="files")
    paper = models.CharField(_("paper"), max_length=12, choices=AccreditationPaper)
    file = models.FileField(storage=private_storage, upload_to=paper_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))

    # People name their scans after themselves.
    derived_fields: ClassVar[tuple[str, ...]] = ("filename", "size")

    class Meta:
        verbose_name = _("paper of a request for accreditation")
        verbose_name_plural = _("papers of requests for accreditation")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["request", "paper"], name="accreditation_paper_once"),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}"
