"""Pictures of people's signatures."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.core.private_files import private_storage
from khuevan.documents.models.register import file_path


class SignatureImage(Record):
    """The picture of one person's signature: a transparent PNG, checked and encoded anew before it was kept.

    Only its owner puts it in, takes it out or signs with it.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="signature_image",
        verbose_name=_("person"),
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=200)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("picture of a signature")
        verbose_name_plural = _("pictures of signatures")
        ordering: ClassVar[list[str]] = ["person"]

    def __str__(self) -> str:
        return str(self.person)
