"""What the templates of the press room ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import get_language

from khuevan.newsroom import hanoi_time
from khuevan.newsroom.kit_archive import fits, size_of
from khuevan.newsroom.models import Contact, LibraryDocument, Picture, PressConferencePage, Video
from khuevan.newsroom.press_queries import KitContents
from khuevan.newsroom.release import is_offered
from khuevan.newsroom.spoken_languages import names_of

register = template.Library()


@register.filter
def day_in_words(moment: datetime) -> str:
    """The day with its weekday."""
    return hanoi_time.day_in_words(moment)


@register.filter
def moment_in_words(moment: datetime) -> str:
    """Day, hour in Hà Nội and the difference from UTC."""
    return hanoi_time.moment_in_words(moment)


@register.filter
def hours_of(conference: PressConferencePage) -> str:
    """From when to when, in Hà Nội's time."""
    return hanoi_time.hours_in_words(conference.begins_at, conference.ends_at)


@register.filter
def spoken(codes: Any) -> str:
    """The languages' names, in the language of the page."""
    return ", ".join(names_of(codes or ()))


@register.filter
def post_here(contact: Contact) -> str:
    """The contact's post as readers of the page read it."""
    return contact.post_in(get_language() or "en")


@register.filter
def post_language(contact: Contact) -> str:
    """The language in which `post_here` says the post: there are two."""
    return "vi" if get_language() == "vi" or not contact.english_post else "en"


@register.filter
def as_telephone(number: str) -> str:
    """The number as a link calls it: digits, and the plus that stands before a country's code."""
    digits = "".join(character for character in number if character.isdecimal())
    return f"+{digits}" if number.strip().startswith("+") else digits


@register.filter
def offered(thing: Picture | Video | LibraryDocument) -> bool:
    """Whether the public library has a page of it, with its sizes."""
    return is_offered(thing)


@register.filter
def fits_one_file(contents: KitContents) -> bool:
    """Whether the kit may be taken as one file."""
    return fits(contents)


@register.filter
def bytes_of(contents: KitContents) -> int:
    """The size of the kit's files."""
    return size_of(contents)
