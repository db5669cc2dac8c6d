"""`khuevan setup-demo`: units, one account a role and the sample plan, for `make run`."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import click

from khuevan.cli.start import start_django

SAMPLE_PLAN = Path(__file__).resolve().parents[2] / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
# When the plan of 2025 came into the programme, so that the year that it orders lies ahead of it.
IMPORTED = datetime(2025, 3, 17, 9, 0)  # noqa: DTZ001  (the office's zone is known once Django has started)


@click.command("setup-demo")
@click.option("--plan", type=click.Path(path_type=Path), default=SAMPLE_PLAN, help="Plan to import.")
def setup_demo(plan: Path) -> None:
    """Fill a new installation with something to try.

    Creates the units that the plan of 2025 names, one demonstration account for each role, and the public
    home page; then imports the plan through the real reader, puts the quarterly report in force and publishes
    thirty pieces and a press room in three languages. What is there already stays as it is, so a second call
    changes nothing. Refused under production settings.
    """
    start_django()
    # One line for each page that Wagtail saves would hide the one that says what was done.
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    # Models can be imported only once Django has started.
    from django.core.exceptions import PermissionDenied
    from django.utils.timezone import make_aware

    from khuevan.core import clock
    from khuevan.documents.demonstration_dispatches import create_demonstration_dispatches
    from khuevan.documents.demonstration_drafts import create_demonstration_drafts
    from khuevan.documents.demonstration_register import create_demonstration_register
    from khuevan.documents.demonstration_reviews import (
        create_demonstration_routes,
        move_demonstration_drafts,
    )
    from khuevan.newsroom.demonstration_library import create_demonstration_library
    from khuevan.newsroom.demonstration_press import create_demonstration_press
    from khuevan.newsroom.demonstration_stories import create_demonstration_stories
    from khuevan.newsroom.page_groups import make_groups
    from khuevan.newsroom.reviews import make_reviews
    from khuevan.people.demonstration import check_demonstration_is_allowed, create_demonstration_accounts
    from khuevan.people.queries import system_person
    from khuevan.people.units_file import import_units
    from khuevan.programme.actions import import_plan_file
    from khuevan.reports.bundled_rules import put_in_bundled_rule
    from khuevan.reports.demonstration_targets import create_demonstration_targets
    from khuevan.website.demonstration_site import create_demonstration_site

    by = system_person()
    try:
        # Before anything is written.
        check_demonstration_is_allowed()
    except PermissionDenied as error:
        raise click.ClickException(str(error)) from error
    units = import_units(by=by)
    accounts = create_demonstration_accounts(by=by)
    with clock.stopped_at(make_aware(IMPORTED)):
        imported = import_plan_file(by=by, path=plan)
    rule = put_in_bundled_rule(by=by)
    create_demonstration_targets(by=by)
    registered = create_demonstration_register(by=by)
    drafts = create_demonstration_drafts(by=by)
    routes = create_demonstration_routes(by=by)
    moved = move_demonstration_drafts()
    sent = create_demonstration_dispatches(by=by)
    make_groups()
    make_reviews()
    pages = create_demonstration_stories(by=by)
    things = create_demonstration_library(by=by)
    room = create_demonstration_press(by=by)
    words = create_demonstration_site(by=by)
    click.echo(
        f"{len(units)} units and {len(accounts)} accounts added; {plan.name}: {imported}; "
        f"report {rule.code} in force; "
        f"{registered} incoming documents registered; {drafts} drafts begun, {moved} on "
        f"their way along {routes} routes; {sent} documents sent; {pages} pages of pieces published or scheduled, "
        f"{things} things added to the library, "
        f"{room} pages of the press room, {words} homes and pages of the site's own words"
    )
