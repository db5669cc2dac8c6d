"""What left the site because the right to show it ended: which pieces lost it, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from khuevan.core import clock
from khuevan.newsroom.library_queries import KINDS, Thing
from khuevan.newsroom.permissions import can_write
from khuevan.outbox.actions import queue_mail
from khuevan.outbox.models import OutgoingMail
from khuevan.people.choices import Role
from khuevan.people.models import Post, User

KIND: Final = "LIBRARY_EXPIRY"
# A worker that stood still over a long weekend still tells; the mail's key sends it once only.
_LOOKED_BACK: Final = timedelta(days=7)


def edit_address(thing: Thing) -> str:
    """Where staff see to the thing."""
    names = {"Picture": "wagtailimages:edit", "LibraryDocument": "wagtaildocs:edit", "Video": "videos:edit"}
    return reverse(names[type(thing).__name__], args=[thing.pk])


def pages_with(things: Iterable[Thing]) -> dict[tuple[str, int], list[Page]]:
    """The pages that show each thing, drafts too, by its kind and key; one query for references, one for pages."""
    users: dict[tuple[str, int], set[int]] = {}
    for thing in things:
        for of_page, key in ReferenceIndex.get_references_to(thing).values_list(
            "base_content_type__model", "object_id"
        ):
            if of_page == "page" and str(key).isdigit():
                users.setdefault((type(thing).__name__, thing.pk), set()).add(int(key))
    pages = Page.objects.in_bulk({key for keys in users.values() for key in keys})
    return {thing: [pages[key] for key in sorted(keys) if key in pages] for thing, keys in users.items()}


@transaction.atomic
def tell_of_expired() -> int:
    """How many persons are told of what ended in the last days; whoever was told once is not told again."""
    today = clock.today()
    ended: list[Any] = [
        thing
        for model in KINDS.values()
        for thing in model._default_manager.filter(
            expires_date__lt=today, expires_date__gte=today - _LOOKED_BACK
        )
    ]
    shown = pages_with(ended)
    told: set[int] = set()
    for thing in ended:
        # A draft loses nothing that anybody saw.
        pages = [page for page in shown.get((type(thing).__name__, thing.pk), []) if page.live]
        for person in _editors_of(pages) if pages else ():
            if _tell(person, thing, pages):
                told.add(person.pk)
    return len(told)


def _editors_of(pages: list[Page]) -> list[User]:
    """Who wrote or last changed the pages and still writes; else everybody who edits."""
    keys = {page.owner_id for page in pages}
    keys |= {page.latest_revision.user_id for page in pages if page.latest_revision is not None}
    today = clock.today()
    people = [person for person in User.objects.filter(pk__in=keys - {None}) if can_write(person, today)]
    posts = Post.objects.on(today).filter(role=Role.EDITOR)
    return people or list(User.objects.filter(is_active=True, posts__in=posts).distinct().order_by("pk"))


def _tell(person: User, thing: Thing, pages: list[Page]) -> bool:
    """Whether the person is told now; not where a mail says it already."""
    key = f"library-expired:{type(thing).__name__}:{thing.pk}:{thing.expires_date}:{person.pk}"
    if OutgoingMail.objects.filter(key=key).exists():
        return False
    with translation.override(settings.STAFF_LANGUAGE):
        assert thing.expires_date is not None  # It has ended.
        day = date_format(thing.expires_date, "SHORT_DATE_FORMAT")
        lines = [
            _("The right to show “%(title)s” ended on %(day)s. It has left the site by itself.")
            % {"title": thing.title, "day": day},
            "",
            _("These pieces are shown without it from today:"),
            *(f"– {page.title}" for page in pages),
            "",
            _("Choose another picture for them, or enter a new last day where the right was prolonged:"),
            f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{edit_address(thing)}",
        ]
        mail = queue_mail(
            key=key,
            kind=KIND,
            subject=_("No longer shown: “%(title)s”") % {"title": thing.title[:200]},
            text="\n".join(lines),
            reason=_("You wrote or edit a piece that showed it."),
            person=person,
        )
    return mail is not None
