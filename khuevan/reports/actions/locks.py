"""Who waits for whom: whatever changes what units have sent, and whatever reads it to add it up, one at a time.

The cycle is locked before any unit's report, everywhere: two that took them in different order would wait for ever.
"""

from __future__ import annotations

from khuevan.reports.models import Cycle


def lock_cycle(cycle_id: int) -> Cycle:
    """The cycle as it stands, locked until the transaction ends; waits for whoever holds it."""
    fresh: Cycle = (
        Cycle.objects.select_for_update(of=("self",)).select_related("rule__gatherer").get(pk=cycle_id)
    )
    return fresh
