"""Who signs a document digitally, and who uses the picture of a signature."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.documents.models import Document, Draft
from khuevan.documents.permissions import can_keep_register
from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once

SIGNS: frozenset[Role] = DIRECTORS | {Role.UNIT_HEAD}


def can_hold_signature_image(user: User, day: date) -> bool:
    """Whether `user` may keep the picture of the own signature on `day`: who may have to sign."""
    return user.is_active and not SIGNS.isdisjoint(roles_once(user, day))


def check_can_use_signature_image(user: User, person: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may keep the picture of the person's signature."""
    if user.pk != person.pk:
        raise PermissionDenied(_("The picture of a signature is its owner's alone."))
    if not can_hold_signature_image(user, day):
        raise PermissionDenied(_("Only those who sign documents keep a picture of their signature."))


def signer_of(document: Document) -> User | None:
    """The account of the person who was chosen to sign the document; None for one that was not drafted here."""
    draft = Draft.objects.filter(document=document).select_related("signer").first()
    return draft.signer if draft is not None else None


def can_sign(user: User, document: Document, day: date) -> bool:
    """Whether `user` may sign the document digitally on `day`: the one who was chosen to sign it, still in a post."""
    signer = signer_of(document)
    return signer is not None and signer.pk == user.pk and can_hold_signature_image(user, day)


def check_can_sign(user: User, document: Document, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may sign the document digitally on `day`."""
    if not can_sign(user, document, day):
        raise PermissionDenied(_("Only the person who was chosen to sign this document signs it."))


def signs_or_keeps_register(user: User, day: date) -> bool:
    """Whether documents that wait for a signature are `user`'s affair on `day`."""
    return can_hold_signature_image(user, day) or can_keep_register(user, day)
