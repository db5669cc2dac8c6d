"""Who hands incoming documents out, who ends the work on one, who reads a document.

Beside `permissions`, which says who keeps the register.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.documents.models import Document
from khuevan.documents.permissions import can_keep_register, reads_register, writing_unit_ids
from khuevan.people.choices import DIRECTORS
from khuevan.people.models import User
from khuevan.people.queries import roles_once


def can_give_out(user: User, day: date) -> bool:
    """Whether `user` may say on `day` which unit deals with an incoming document: clerks and directors."""
    return can_keep_register(user, day) or (
        user.is_active and not DIRECTORS.isdisjoint(roles_once(user, day))
    )


def check_can_give_out(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may hand incoming documents out on `day`."""
    if not can_give_out(user, day):
        raise PermissionDenied(_("Only records clerks and directors hand incoming documents to units."))


def can_mark_handled(user: User, document: Document, day: date) -> bool:
    """Whether `user` may say on `day` that the document was dealt with: who hands out, and the unit itself."""
    return can_give_out(user, day) or (
        document.handling_unit_id is not None and document.handling_unit_id in writing_unit_ids(user, day)
    )


def check_can_mark_handled(user: User, document: Document, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may say that the document was dealt with."""
    if not can_mark_handled(user, document, day):
        raise PermissionDenied(_("Only the unit that has the document, records clerks and directors end it."))


def check_reads_document(user: User, document: Document, day: date) -> None:
    """Raises PermissionDenied unless `user` may read the document on `day`."""
    if reads_register(user, day):
        return
    # Imported here, because queries stand on permissions.
    from khuevan.documents.queries import visible_documents

    if not visible_documents(user, day).filter(pk=document.pk).exists():
        raise PermissionDenied(_("This document is not your unit's."))
