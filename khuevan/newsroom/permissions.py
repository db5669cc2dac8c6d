"""Who writes, publishes, corrects and lets reporters in. Functions take the day, because posts begin and end."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khuevan.people.choices import DIRECTORS, Role, UnitKind
from khuevan.people.models import Post, User
from khuevan.people.queries import posts_once, roles_once

# Who writes pieces, and translates them.
WRITES: frozenset[Role] = frozenset({Role.EDITOR, Role.UNIT_OFFICER, Role.PLANNING_OFFICER, Role.UNIT_HEAD})
# Who may correct or withdraw a piece, keep the site's own pages, and let a reporter in before an embargo ends. Heads
# of units only where the unit is the department's own: a hundred wards have one, too. Nobody publishes a piece: its
# review does.
PUBLISHES: frozenset[Role] = frozenset({Role.EDITOR}) | DIRECTORS
OWN_UNITS: frozenset[UnitKind] = frozenset({UnitKind.DEPARTMENT, UnitKind.DIVISION, UnitKind.OFFICE})
# Who sees what is being written: all of these, and those who look after the house or look into it.
SEES_PIECES: frozenset[Role] = WRITES | PUBLISHES | {Role.AUDITOR, Role.ADMINISTRATOR}
KEEPS_THE_LIBRARY: frozenset[Role] = frozenset({Role.EDITOR, Role.UNIT_OFFICER, Role.PLANNING_OFFICER})

# Who sees what reporters sent with a request for accreditation, and decides on it. Not heads of units: a hundred
# wards have one. Not auditors: the trail says what was decided, by whom.
ACCREDITS: frozenset[Role] = frozenset({Role.EDITOR}) | DIRECTORS
KEEPS_CONTACTS: frozenset[Role] = frozenset({Role.EDITOR}) | DIRECTORS


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    return user.is_active and not roles.isdisjoint(roles_once(user, day))


def can_write(user: User, day: date) -> bool:
    """Whether `user` writes and translates pieces on `day`."""
    return _holds(user, WRITES, day)


def check_can_write(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` writes and translates pieces on `day`."""
    if not can_write(user, day):
        raise PermissionDenied(_("Only those who write and translate pieces may do this."))


def can_see_pieces(user: User, day: date) -> bool:
    """Whether `user` sees pieces on `day` that are not published yet."""
    return _holds(user, SEES_PIECES, day)


def check_can_see_pieces(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` sees unpublished pieces on `day`."""
    if not can_see_pieces(user, day):
        raise PermissionDenied(
            _(
                "Pieces that are being written are seen by writers, editors, heads of units, directors and auditors."
            )
        )


def can_publish(user: User, day: date) -> bool:
    """Whether `user` corrects and withdraws pieces and publishes the site's own pages on `day`."""
    return _holds(user, PUBLISHES, day) or (user.is_active and leads_own_unit(user, day))


def leads_own_unit(user: User, day: date) -> bool:
    """Whether `user` is head of a unit of the department's own on `day`."""
    return any(post.role == Role.UNIT_HEAD and post.unit.kind in OWN_UNITS for post in posts_once(user, day))


def deciding_roles(user: User, day: date) -> frozenset[Role]:
    """The roles with which `user` decides at steps of reviews on `day`: a ward's head decides none of them."""
    roles = roles_once(user, day)
    return roles if leads_own_unit(user, day) else roles - {Role.UNIT_HEAD}


def posts_that_decide(role: Role, day: date) -> QuerySet[Post]:
    """The posts whose holders decide at the steps of the role on the day: as `deciding_roles` says of a person."""
    posts = Post.objects.on(day).filter(role=role, person__is_active=True)
    return posts.filter(unit__kind__in=OWN_UNITS) if role == Role.UNIT_HEAD else posts


def check_can_publish(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` corrects and withdraws pieces on `day`."""
    if not can_publish(user, day):
        raise PermissionDenied(
            _("Only editors, heads of the department's units and directors correct and withdraw pieces.")
        )


def can_keep_library(user: User, day: date) -> bool:
    """Whether `user` adds pictures, films and documents to the library on `day`."""
    return _holds(user, KEEPS_THE_LIBRARY, day)


def can_accredit(user: User, day: date) -> bool:
    """Whether `user` sees requests for accreditation and decides on them on `day`."""
    return _holds(user, ACCREDITS, day)


def check_can_accredit(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` decides on accreditation on `day`."""
    if not can_accredit(user, day):
        raise PermissionDenied(_("Only editors and directors see and decide requests for accreditation."))


def can_keep_contacts(user: User, day: date) -> bool:
    """Whether `user` keeps the contacts of the press room on `day`."""
    return _holds(user, KEEPS_CONTACTS, day)


def check_can_keep_contacts(user: User, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` keeps the contacts of the press room on `day`."""
    if not can_keep_contacts(user, day):
        raise PermissionDenied(_("Only editors and directors keep the contacts of the press room."))
