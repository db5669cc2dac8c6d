"""Writes of the office's vocabularies: the national framework's elements, as a decision numbers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.models import FrameworkElement
from khuevan.people.choices import Role
from khuevan.people.models import User
from khuevan.people.queries import roles_once, system_person


@dataclass(frozen=True, slots=True)
class Element:
    """One element as a list names it."""

    number: int
    name: str
    english_name: str = ""


@action
def load_framework_elements(*, by: User, elements: Sequence[Element], source: str) -> int:
    """How many elements were added, changed, ended or taken up again; those that the list lacks are ended."""
    if by != system_person() and Role.ADMINISTRATOR not in roles_once(by, clock.today()):
        raise PermissionDenied(_("Only administrators enter the national framework."))
    if not source.strip():
        raise ValidationError(_("Say which decision and article the elements stand in."))
    numbers = [element.number for element in elements]
    if not numbers or len(set(numbers)) != len(numbers):
        raise ValidationError(_("Each element needs a number of its own, and there must be one."))
    if any(not element.name.strip() for element in elements):
        raise ValidationError(_("Each element needs a name."))
    there = {element.number: element for element in FrameworkElement.objects.all()}
    changed = 0
    for element in elements:
        record = there.get(element.number) or FrameworkElement(number=element.number)
        wanted = {
            "name": element.name.strip(),
            "english_name": element.english_name.strip(),
            "source": source.strip(),
            "ended": False,
        }
        if record.pk is None or any(getattr(record, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(record, name, value)
            record.full_clean()
            record.save()
            changed += 1
    for number, record in there.items():
        if number not in numbers and not record.ended:
            record.ended = True
            record.save()
            changed += 1
    return changed
