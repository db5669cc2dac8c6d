"""What the newsroom does by itself with links to other sites: gathers them, and asks whether they lead somewhere."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.background.schedule import periodic
from khuevan.newsroom.link_checks import check_links
from khuevan.newsroom.link_collecting import collect_links


@periodic(
    name="collect_links",
    title=gettext_lazy("Gather the links of pages to other sites"),
    every=timedelta(minutes=15),
)
def gather_links() -> str:
    """Brings the list of links in step with the pages; empty where nothing changed, or links are not checked."""
    done = collect_links(timezone.now())
    if not (done.new or done.forgotten):
        return ""
    return _("New links: %(new)s, forgotten: %(forgotten)s") % {"new": done.new, "forgotten": done.forgotten}


# A host is asked once in a run, so at most once a minute; with eight hosts that is every link of a large site a week.
@periodic(
    name="check_links",
    title=gettext_lazy("Ask whether links to other sites still lead somewhere"),
    every=timedelta(minutes=1),
)
def ask_links() -> str:
    """Asks what is due; empty where nothing was, or links are not checked."""
    done = check_links(timezone.now())
    if done.is_offline:
        return _("No other site can be reached from here: links wait")
    if not done.asked:
        return ""
    return ngettext("%(count)d link asked", "%(count)d links asked", done.asked) % {"count": done.asked}
