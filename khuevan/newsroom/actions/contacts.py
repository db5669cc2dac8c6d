"""Writes of the people whom reporters may reach."""

from __future__ import annotations

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.newsroom.models import Contact
from khuevan.newsroom.permissions import check_can_keep_contacts
from khuevan.newsroom.spoken_languages import SPOKEN
from khuevan.people.models import User


@action
def keep_contact(*, by: User, contact: Contact) -> Contact:
    """The contact, new or changed; raises ValidationError where nobody could reach it."""
    check_can_keep_contacts(by, clock.today())
    # In the order in which they are shown, whatever the form sent.
    contact.languages = [code for code in SPOKEN if code in contact.languages]
    contact.full_clean()
    contact.save()
    return contact
