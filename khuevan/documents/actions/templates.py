"""Writes of the department's own templates."""

from __future__ import annotations

import dataclasses
import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.documents.draft_content import composition_of, content_of
from khuevan.documents.models import Document, DocumentType, Draft, DraftTemplate
from khuevan.documents.permissions import check_sees_draft
from khuevan.documents.queries.reading import visible_documents
from khuevan.documents.template_permissions import check_can_keep_as_template, check_can_keep_template_for
from khuevan.people.models import Unit, User


@action
def keep_template(
    *, by: User, name: str, source: Draft | Document, unit: Unit | None = None
) -> DraftTemplate:
    """The text of a draft or of an issued document, to begin others from: for the unit, or for all.

    Number, date and signer are left out; they belong to the one document.
    """
    day = clock.today()
    check_can_keep_as_template(by, source, day)
    check_can_keep_template_for(by, unit, day)
    if isinstance(source, Draft):
        check_sees_draft(by, source, day)
    elif not visible_documents(by, day).filter(pk=source.pk).exists():
        raise PermissionDenied(_("This document belongs to another unit."))
    document_type: DocumentType | None = source.type
    if document_type is None:
        raise ValidationError(_("The type of this document is not one that is drafted here."))
    if source.content is None:
        raise ValidationError(_("Nothing is kept from which this document could be written: add its files."))
    words = " ".join(name.split())
    if not words:
        raise ValidationError({"name": _("Give the template a name.")})
    if DraftTemplate.objects.filter(name=words).exists():
        raise ValidationError({"name": _("There is a template of this name already.")})
    bare = dataclasses.replace(composition_of(source.content), number=None, date=None, signatory=None)
    template = DraftTemplate(
        name=words[:150],
        type=document_type,
        unit=unit,
        content=content_of(bare),
        made_at=clock.now(),
        made_by=by,
        valid_from=day,
    )
    template.save()
    return template


@action
def retire_template(*, by: User, template: DraftTemplate) -> DraftTemplate:
    """The template, out of use from today; what was begun from it stays."""
    day = clock.today()
    check_can_keep_template_for(by, template.unit, day)
    template.valid_to = day - datetime.timedelta(days=1)
    template.save()
    return template
