"""Writes that let one reporter see one piece before its embargo ends."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.models import EmbargoPass, StoryPage
from khuevan.newsroom.permissions import check_can_publish
from khuevan.people.models import User


@action
def make_pass(
    *, by: User, page: StoryPage, name: str, outlet: str, email: str, expires_at: datetime
) -> tuple[EmbargoPass, str]:
    """The pass and the secret of its address, which is told once and never kept."""
    check_can_publish(by, clock.today())
    problems: dict[str, str] = {}
    if not name.strip():
        problems["name"] = _("Say for whom the pass is.")
    if not outlet.strip():
        problems["outlet"] = _("Say for which outlet.")
    try:
        validate_email(email)
    except ValidationError:
        problems["email"] = _("This is no e-mail address.")
    if expires_at <= clock.now():
        problems["expires_at"] = _("This moment has passed.")
    if page.embargo_until is None or page.embargo_until <= clock.now():
        raise ValidationError(_("This piece is not under embargo: its address is open to everybody."))
    if problems:
        raise ValidationError(problems)
    secret = secrets.token_urlsafe(32)
    made = EmbargoPass(
        page=page,
        name=name.strip()[:150],
        outlet=outlet.strip()[:200],
        email=email,
        digest=digest_of(secret),
        made_at=clock.now(),
        made_by=by,
        expires_at=min(expires_at, page.embargo_until),
    )
    made.save()
    return made, secret


@action
def revoke_pass(*, by: User, embargo_pass: EmbargoPass) -> EmbargoPass:
    """The pass, which opens nothing from now on."""
    check_can_publish(by, clock.today())
    fresh: EmbargoPass = EmbargoPass.objects.select_for_update(of=("self",)).get(pk=embargo_pass.pk)
    if fresh.revoked_at is None:
        fresh.revoked_at, fresh.revoked_by = clock.now(), by
        fresh.save()
    return fresh


def piece_for_pass(secret: str, moment: datetime) -> StoryPage | None:
    """The piece as its scheduled revision has it, for a pass that is good at the moment; counts the opening."""
    found = EmbargoPass.objects.filter(digest=digest_of(secret)).first()
    if found is None or not found.is_good_at(moment):
        return None
    page = StoryPage.objects.filter(pk=found.page_id).first()
    if page is None:
        return None
    # A count of openings is no record of a person's deed.
    EmbargoPass.objects.filter(pk=found.pk)._update_unseen({"opened_count": F("opened_count") + 1})
    revision = page.scheduled_revision or page.latest_revision
    piece: StoryPage = revision.as_object() if revision is not None else page
    return piece


def digest_of(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()
