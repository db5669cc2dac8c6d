"""Who makes a text of the department's a template, and who takes one out of use.

A head does both for the own units and their drafts only; what all begin from is the clerks'.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.documents.models import Document, Draft, DraftTemplate
from khuevan.documents.permissions import can_keep_register, check_can_keep_templates, headed_unit_ids
from khuevan.people.models import Unit, User


def can_keep_as_template(user: User, source: Draft | Document, day: date) -> bool:
    """Whether `user` may make a template of this text on `day`: a clerk, or who heads the unit that drafted it."""
    return can_keep_register(user, day) or _unit_of(source) in headed_unit_ids(user, day)


def can_keep_template_for(user: User, unit: Unit | None, day: date) -> bool:
    """Whether `user` may say on `day` what the unit begins from; None stands for all units."""
    return can_keep_register(user, day) or (unit is not None and unit.pk in headed_unit_ids(user, day))


def check_can_keep_as_template(user: User, source: Draft | Document, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may make a template of this text on `day`."""
    check_can_keep_templates(user, day)
    if not can_keep_as_template(user, source, day):
        raise PermissionDenied(_("Heads keep templates only of what their own unit drafted."))


def check_can_keep_template_for(user: User, unit: Unit | None, day: date) -> None:
    """Raises PermissionDenied with the reason unless `user` may keep a template for the unit (None: all) on `day`."""
    check_can_keep_templates(user, day)
    if not can_keep_template_for(user, unit, day):
        raise PermissionDenied(
            _("Heads keep templates only for their own unit; those for all are the clerks'.")
        )


def can_retire_template(user: User, template: DraftTemplate, day: date) -> bool:
    """Whether `user` may take the template out of use on `day`."""
    return can_keep_template_for(user, template.unit, day)


def _unit_of(source: Draft | Document) -> int | None:
    return source.unit_id if isinstance(source, Draft) else source.drafting_unit_id
