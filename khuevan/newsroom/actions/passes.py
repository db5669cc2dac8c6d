"""Writes that let one reporter see one piece before its embargo ends."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.models import EmbargoPass, StoryPage
from khuevan.newsroom.permissions import check_can_publish
from khuevan.newsroom.presenters.pass_mails import tell_reporter
from khuevan.newsroom.release import is_public
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
def give_pass(
    *,
    by: User,
    page: StoryPage,
    name: str,
    outlet: str,
    email: str,
    expires_at: datetime,
    address_of: Callable[[str], str],
    by_mail: bool,
) -> tuple[EmbargoPass, str]:
    """The pass and its whole address, which the reporter is sent where `by_mail`; told once and not kept here.

    `address_of` makes the address of a secret. A mail holds it for as long as the outbox keeps the mail.
    """
    made, secret = make_pass(by=by, page=page, name=name, outlet=outlet, email=email, expires_at=expires_at)
    address = address_of(secret)
    if by_mail:
        tell_reporter(made, page, address)
    return made, address


@action
def revoke_pass(*, by: User, embargo_pass: EmbargoPass) -> EmbargoPass:
    """The pass, which opens nothing from now on."""
    check_can_publish(by, clock.today())
    fresh: EmbargoPass = EmbargoPass.objects.select_for_update(of=("self",)).get(pk=embargo_pass.pk)
    if fresh.revoked_at is None:
        fresh.revoked_at, fresh.revoked_by = clock.now(), by
        fresh.save()
    return fresh


@dataclass(frozen=True, slots=True)
class OpenedPass:
    """What the secret address of a pass opens at a moment.

    `piece` is the piece as its scheduled revision has it; None where the embargo is over and `page` is what everybody
    reads now. Never made for a pass that was revoked, or that ended with the embargo still on.
    """

    embargo_pass: EmbargoPass
    page: StoryPage
    piece: StoryPage | None


def open_pass(secret: str, moment: datetime) -> OpenedPass | None:
    """What the secret opens at the moment; None for no pass, a revoked or ended one. Found by the digest alone."""
    found = EmbargoPass.objects.filter(digest=digest_of(secret)).select_related("page").first()
    if found is None or found.revoked_at is not None:
        return None
    page = StoryPage.objects.filter(pk=found.page_id).select_related("locale").first()
    if page is None:
        return None
    if is_public(page, moment):
        return OpenedPass(found, page, None)
    if not found.is_good_at(moment):
        return None
    revision = page.scheduled_revision or page.latest_revision
    piece: StoryPage = revision.as_object() if revision is not None else page
    return OpenedPass(found, page, piece)


def count_opening(embargo_pass: EmbargoPass) -> None:
    """Adds one to how often the pass was used; a count is no record of a person's deed."""
    EmbargoPass.objects.filter(pk=embargo_pass.pk)._update_unseen({"opened_count": F("opened_count") + 1})


def piece_for_pass(secret: str, moment: datetime) -> StoryPage | None:
    """The piece as its scheduled revision has it, for a pass that is good at the moment; counts the opening."""
    opened = open_pass(secret, moment)
    if opened is None or opened.piece is None:
        return None
    count_opening(opened.embargo_pass)
    return opened.piece


def digest_of(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()
