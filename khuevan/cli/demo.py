"""`khuevan demo`: a year of the plan of 2025, and the day that a demonstration keeps for today."""

from __future__ import annotations

import logging
from datetime import date, datetime
from pathlib import Path

import click

from khuevan.cli.start import start_django

# The report of the fourth quarter counts until 14 December and leaves before Christmas.
LAST_DAY = "2025-12-26"


@click.group()
def demo() -> None:
    """Try the software on a programme at work. Refused under production settings."""


@demo.command("year")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default=LAST_DAY,
    show_default=True,
    help="Last day of the year that is lived through; the installation keeps it for today.",
)
@click.option("--if-new", is_flag=True, help="Do nothing, and say nothing, where the year was lived before.")
def demo_year(until: datetime, if_new: bool) -> None:
    """Live through the plan of 2025, from its import to the end of the year.

    Every unit answers, late or in time; some work comes back, some is difficult. Each quarter the units send
    their figures, and a report is composed, approved, numbered and sent. All of it goes through the same actions
    as a person's clicks, on its own day. Each working day's mails are written into files.
    Afterwards the installation takes the last day for today, and its pages say so; `khuevan demo today real`
    lets the clock go again.

    \b
    Exit codes:
      0  the year has been lived through
      1  it has been lived through before, the plan is missing, or these settings allow no demonstration
    """
    start_django()
    # A line for each day's mails would drown what is said here.
    logging.getLogger("khuevan.outbox").setLevel(logging.WARNING)
    # Models can be imported only once Django has started.
    from django.conf import settings
    from django.core.exceptions import PermissionDenied

    from khuevan.programme.demonstration_year import LivedThroughAlready, YearReport, live_through_year
    from khuevan.programme.models import Plan
    from khuevan.reports.demonstration_reports import issued_reports, quarterly_reports

    plan = Plan.objects.filter(period_first__year=2025, tasks__isnull=False).order_by("pk").first()
    if plan is None:
        raise click.ClickException("The plan of 2025 is not here: run `khuevan setup-demo` first.")
    months: list[int] = []

    def told(day: date) -> None:
        if day.month not in months:
            months.append(day.month)
            click.echo(f"  {day:%m/%Y} …")

    folder = Path(settings.DATA_DIR) / "demo-mails"
    try:
        report: YearReport = live_through_year(
            plan=plan,
            until=until.date(),
            mail_folder=folder,
            told=None if if_new else told,
            guests=[quarterly_reports()],
        )
    except LivedThroughAlready:
        if if_new:
            return
        raise click.ClickException(
            "This year has been lived through already: begin with an empty data directory to live it again."
        ) from None
    except PermissionDenied as error:
        raise click.ClickException(str(error)) from error
    counted = ", ".join(f"{count} {state.lower()}" for state, count in sorted(report.states.items()))
    click.echo(
        f"Today is {report.until:%d/%m/%Y} here. Instalments: {counted}; {report.late} late; "
        f"{report.difficulties} difficulties open."
    )
    click.echo(f"{report.mails} mails in {report.mail_folder}; those of the last day:")
    for name, subject in report.mails_of_last_day:
        click.echo(f"  {name}: {subject}")
    click.echo("Reports in the register, to open once `khuevan serve` runs:")
    for issued in issued_reports():
        click.echo(f"  {issued.symbol} ({issued.issued:%d/%m/%Y}) {issued.name}: {issued.path}")


@demo.command("today")
@click.argument("day", required=False)
def demo_today(day: str | None) -> None:
    """Show or change the day that this demonstration takes for today: a date such as 2025-06-12, or `real`."""
    start_django()
    # Settings can be read only once Django has started.
    from khuevan.core import clock

    try:
        if day == "real":
            clock.keep_day(None)
        elif day is not None:
            clock.keep_day(date.fromisoformat(day))
    except ValueError:
        raise click.ClickException(f"{day!r} is no day: write it as 2025-06-12, or `real`.") from None
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    kept = clock.kept_day()
    click.echo(f"Today is {clock.today():%d/%m/%Y} here" + (", kept for the demonstration." if kept else "."))
