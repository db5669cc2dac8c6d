"""What came of asking a link, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.core.outgoing import Obstacle
from khuevan.newsroom.models import LinkCheck


def failure_words(link: LinkCheck) -> str:
    """Why a reader would not get the page, as the latest question showed."""
    if link.obstacle == Obstacle.NOT_FOUND.name:
        return _("There is no site of this name any more.")
    if link.obstacle == Obstacle.LATE.name:
        return _("The site does not answer in time.")
    if link.obstacle:
        return _("The site cannot be reached.")
    if link.status in (404, 410):
        return _("The site says that there is no such page (%(status)s).") % {"status": link.status}
    return _("The site answers with an error (%(status)s).") % {"status": link.status}
