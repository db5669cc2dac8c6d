"""Writes that let one reporter see one piece before its embargo ends."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.models import EmbargoPass, StoryPage
from khuevan.newsroom.permissions import check_can_publish
from khuevan.newsroom.presenters.pass_mails import key_of_mail, tell_reporter
from khuevan.newsroom.release import is_public
from khuevan.outbox.forgetting import are_leaving, forget_mails
from khuevan.people.models import User

# How long after the embargo it can still be asked who saw a piece before it went out.
KEPT: Final = timedelta(days=30)


@action
def make_pass(
    *, by: User, page: StoryPage, name: str, outlet: str, email: str, expires_at: datetime
) -> tuple[EmbargoPass, str]:
    """The pass and the secret of its address, which is told once and never kept.

    Raises ValidationError for a piece that is not approved yet: a pass opens what was approved, and nothing else.
    """
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
    if page.scheduled_revision is None:
        raise ValidationError(
            _("This piece is not approved yet: a pass shows reporters the approved version alone.")
        )
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
        # A mail that has not left yet is not sent any more; the address in one that was sent opens nothing.
        forget_mails(key_prefixes=[key_of_mail(fresh)])
    return fresh


@action
def forget_passes(*, by: User, moment: datetime) -> int:
    """How many passes were taken out: those whose embargo has been over for some weeks.

    The mail that brought a pass is forgotten as soon as that opens nothing any more. A pass whose mail is leaving at
    this moment stays until the next call, so that no mail is left that nothing leads to.
    """
    ended = EmbargoPass.objects.filter(Q(expires_at__lte=moment) | Q(revoked_at__isnull=False))
    embargoes = dict(StoryPage.objects.filter(pk__in=ended.values("page")).values_list("pk", "embargo_until"))
    count = 0
    for each in ended:
        forget_mails(key_prefixes=[key_of_mail(each)])
        over = max(each.expires_at, embargoes.get(each.page_id) or each.expires_at)
        if over + KEPT <= moment and not are_leaving(key_prefixes=[key_of_mail(each)]):
            each.delete()
            count += 1
    return count


@dataclass(frozen=True, slots=True)
class OpenedPass:
    """What the secret address of a pass opens at a moment.

    `piece` is the piece as its scheduled revision has it, and no later draft; None where the embargo is over and
    `page` is what everybody reads now. Never made for a pass that was revoked, or that ended with the embargo still
    on, or while nothing of the piece is approved.
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
    revision = page.scheduled_revision
    if revision is None:
        return None
    piece: StoryPage = revision.as_object()
    return OpenedPass(found, page, piece)


def piece_for_pass(secret: str, moment: datetime) -> StoryPage | None:
    """The piece as its scheduled revision has it, for a pass that is good at the moment."""
    opened = open_pass(secret, moment)
    return None if opened is None else opened.piece


def digest_of(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()
