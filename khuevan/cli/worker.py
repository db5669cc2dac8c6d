"""`khuevan worker`: does the background work, beside `khuevan serve` or on machines of its own."""

from __future__ import annotations

import sys
import uuid

import click

from khuevan.cli.start import start_django


@click.command()
@click.option("--until-idle", is_flag=True, help="End when no work waits, instead of waiting for more.")
@click.option("--id", "worker_id", type=click.UUID, default=None, hidden=True)
@click.option("--replaces", type=click.UUID, default=None, hidden=True)
@click.option("--parent", type=int, default=None, hidden=True)
def worker(
    until_idle: bool, worker_id: uuid.UUID | None, replaces: uuid.UUID | None, parent: int | None
) -> None:
    """Do the work that waits in the database, and keep the schedule.

    `khuevan serve` starts one such process beside the pages, and an office needs no other. A larger
    installation serves with --no-worker and runs as many workers as it likes, on as many machines: each
    task is done by one of them, and what a worker that dies had in hand is given to another within a minute.

    The first Ctrl-C (SIGINT or SIGTERM) lets it finish the task in hand; a second one ends it at once, and
    the task begins anew elsewhere.

    \b
    Examples:
      khuevan worker
      khuevan worker --until-idle

    \b
    Exit codes:
      0   asked to end, or nothing waited
      75  another worker gave this one up, as after the machine slept: start it again
    """
    start_django()
    # Models can be imported only once Django has started.
    from khuevan.background.heartbeat import EX_TEMPFAIL
    from khuevan.background.holding import HoldLost
    from khuevan.background.working import WorkingLoop

    loop = WorkingLoop(worker_id or uuid.uuid4(), replaces=replaces, parent=parent, until_idle=until_idle)
    try:
        loop.run()
    except HoldLost:
        sys.exit(EX_TEMPFAIL)
