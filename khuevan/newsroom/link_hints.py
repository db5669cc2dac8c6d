"""What a writer is told of links to other sites, from what jobs found: nobody is asked while somebody writes."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khuevan.newsroom.models import LinkCheck, StoryPage
from khuevan.newsroom.rules import Problem
from khuevan.newsroom.web_links import links_of_value

_LONGEST = 80


def link_hints(story: StoryPage) -> Iterator[Problem]:
    """Links of the piece's text that are dead, then those that have moved for good. One query; none without links."""
    written = {link.address: link.written for link in links_of_value(story.body.get_prep_value())}
    if not written or not settings.CHECK_LINKS:
        return
    links = LinkCheck.objects.filter(address__in=written)
    dead = {link.address: link for link in links.dead() | links.exclude(moved_to="")}
    for address, shown in written.items():
        link = dead.get(address)
        if link is not None and link.failing_since is not None:
            day = date_format(timezone.localtime(link.failing_since), "d/m/Y")
            sentence = _("The link to %(address)s has led nowhere since %(day)s.")
            yield Problem("NR-37", sentence % {"address": _short(shown), "day": day}, blocks=False)
    for address, shown in written.items():
        link = dead.get(address)
        if link is not None and link.moved_to:
            sentence = _("%(address)s has moved for good to %(new)s: link to that.")
            yield Problem("NR-38", sentence % {"address": _short(shown), "new": link.moved_to}, blocks=False)


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST else f"{address[: _LONGEST - 1]}…"
