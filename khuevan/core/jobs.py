"""What core does by itself: new audit entries are tied into the chain, and the chain is walked each night."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import islice

from django.utils.translation import gettext, gettext_lazy, ngettext

from khuevan.background.failures import JobFailed
from khuevan.background.schedule import periodic
from khuevan.core.audit_chain import findings_in_database, link_entries


@periodic(
    name="link_audit_entries",
    title=gettext_lazy("Tie new audit entries into the chain"),
    every=timedelta(minutes=10),
)
def link_audit_entries() -> str:
    """How many entries were tied in; nothing to say for none."""
    count = link_entries()
    if not count:
        return ""
    return ngettext("%(count)d entry tied in", "%(count)d entries tied in", count) % {"count": count}


@periodic(name="verify_audit_chain", title=gettext_lazy("Verify the audit chain"), at=time(2, 30))
def verify_audit_chain() -> str:
    """That the chain is whole; fails with the first break, so that whoever watches the jobs sees it."""
    broken = list(islice(findings_in_database(), 1))
    if broken:
        raise JobFailed(
            gettext("The audit chain is broken at position %(position)d: run `khuevan audit verify`.")
            % {"position": broken[0].position}
        )
    return gettext("The chain is whole")
