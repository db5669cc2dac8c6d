"""What stands on a person's desk: the same on its own page and on the staff's first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.core.permissions import can_see_trail
from khuevan.people.models import User
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.work_lights import soon_until
from khuevan.programme.desk_permissions import directs, does_the_work, heads_a_unit, plans_the_work
from khuevan.programme.desk_queries import Block, OwnLine, OwnWork, own_reported, own_work
from khuevan.programme.document_matters import DocumentMatters, document_matters
from khuevan.programme.extensions import DeskCount, desk_counts
from khuevan.programme.gap_queries import Gaps, gaps
from khuevan.programme.matter_queries import Matter, Matters, waiting_matters
from khuevan.programme.permissions import (
    answering_unit_ids,
    can_import,
    can_manage_ladder,
    can_order_work,
    sees_the_directors_desk,
)
from khuevan.programme.presenters.desk import (
    Addresses,
    DeskRow,
    draft_row,
    matter_row,
    own_row,
    today_in_words,
)
from khuevan.programme.presenters.directing import grouped
from khuevan.programme.presenters.wording import day as written_day
from khuevan.programme.reply_permissions import can_judge_anything
from khuevan.programme.views.directing_content import Lights, lights_of_everything

ROWS_A_BLOCK = 10


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """Lines of one kind; `title` is empty where the block has one kind only, `more` leads to all of them."""

    title: str
    count: int
    rows: list[DeskRow]
    more: str


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A number with what it counts, and where it leads."""

    count: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DeskBlock:
    """One of the three blocks. `glad` is said where there is nothing; `links` are numbers beside the lines."""

    code: str
    title: str
    count: int
    groups: list[DeskGroup]
    glad: str
    links: list[DeskLink]


def addresses(back: str = "") -> Addresses:
    """Where instalments and tasks are looked at; `back` is the address to come back to from an instalment."""
    part = reverse("programme:instalment", args=[0]).removesuffix("0/")
    task = reverse("programme:task", args=[0]).removesuffix("0/")
    return Addresses(part, task, f"?{urlencode({'next': back})}" if back else "")


def desk_content(person: User, today: date) -> dict[str, Any]:
    """The blocks in their order, the day in words, who is greeted, and what leads on from here.

    `lights` are those of all work, for directors; `desks` lead to the director's and the unit's desk, `reading`
    to what those look at who have no work of their own here.
    """
    soon = soon_until(today, vietnamese_working_calendar())
    works, judges = does_the_work(person, today), can_judge_anything(person, today)
    own = own_work(person, today, soon, ROWS_A_BLOCK) if works else None
    blocks = [today_block(person, own, today, soon)] if own else []
    if works or judges:
        waiting = waiting_matters(person, today, ROWS_A_BLOCK) if judges else None
        missing = gaps(person) if plans_the_work(person, today) else None
        reported = own_reported(person, today).order_by().count() if works else 0
        documents, elsewhere = document_matters(person, today), desk_counts(person, today)
        blocks.append(waiting_block(waiting, missing, reported, documents, elsewhere, today))
    if own:
        blocks.append(late_block(person, own, today))
    return {
        "person": person,
        "today_words": today_in_words(today),
        "blocks": blocks,
        "desks": desk_links(person, today),
        "lights": _lights(person, today),
        "reading": [] if works or judges else reading_links(person, today),
    }


def today_block(person: User, own: OwnWork, today: date, soon: date) -> DeskBlock:
    """What is due within the coming working days, was returned, or is begun."""
    total, later, undated = (own.totals[block] for block in (Block.TODAY, Block.LATER, Block.UNDATED))
    rows = own_rows(person, own.lines[Block.TODAY], today)
    links = [
        DeskLink(grouped(count), label, reverse("programme:desk_list", args=[slug]))
        for count, label, slug in (
            (later, _("due later"), "sap-toi"),
            (undated, _("without a deadline"), "chua-co-han"),
        )
        if count
    ]
    glad = _("Nothing is due up to %(day)s. Well done.") % {"day": written_day(soon)}
    more = reverse("programme:desk_list", args=["hom-nay"]) if total > len(rows) else ""
    return DeskBlock("TODAY", _("To do today"), total, [DeskGroup("", total, rows, more)], glad, links)


def waiting_block(
    waiting: Matters | None,
    missing: Gaps | None,
    reported: int,
    documents: DocumentMatters,
    elsewhere: list[DeskCount],
    today: date,
) -> DeskBlock:
    """Drafts to decide on, reports to judge, difficulties to answer; what is to be numbered and signed, what waits
    in the apps above, what the plans lack, and what of one's own waits for others.
    """
    groups = []
    if documents.steps:
        rows = [draft_row(step, today) for step in documents.steps[:ROWS_A_BLOCK]]
        total = len(documents.steps)
        more = reverse("documents:reviews") if total > len(rows) else ""
        groups.append(DeskGroup(_("Official documents for my decision"), total, rows, more))
    if waiting is not None:
        where = addresses(reverse("programme:desk"))
        titles = {
            Matter.VERDICT: (_("Reports to accept or return"), reverse("programme:to_judge")),
            Matter.ANSWER: (
                _("Difficulties to answer"),
                reverse("programme:desk_list", args=["cho-tra-loi"]),
            ),
        }
        for matter, (title, more) in titles.items():
            rows = [matter_row(line, matter, today, where) for line in waiting.lines[matter]]
            total = waiting.totals[matter]
            if rows:
                groups.append(DeskGroup(title, total, rows, more if total > len(rows) else ""))
    # What waits in the apps above is counted with the rest: it has no lines here, but it waits all the same.
    count = sum(group.count for group in groups) + sum(each.count for each in elsewhere)
    others = [DeskLink(grouped(each.count), each.label, each.url) for each in elsewhere]
    links = document_links(documents) + others + (gap_links(missing) if missing else [])
    if reported:
        label = ngettext(
            "report of your unit waits to be accepted", "reports of your unit wait to be accepted", reported
        )
        links.append(DeskLink(grouped(reported), label, reverse("programme:desk_list", args=["da-bao-cao"])))
    return DeskBlock("WAITING", _("Waiting for you"), count, groups, _("Nobody waits for you."), links)


def document_links(documents: DocumentMatters) -> list[DeskLink]:
    """How many drafts wait for a number and documents for a signature, where there are any."""
    numbered = ngettext(
        "approved draft waits for its number", "approved drafts wait for their number", documents.to_number
    )
    signed = ngettext("document waits for a signature", "documents wait for a signature", documents.to_sign)
    return [
        DeskLink(grouped(count), label, reverse(f"documents:{view}"))
        for count, label, view in (
            (documents.to_number, numbered, "to_number"),
            (documents.to_sign, signed, "to_sign"),
        )
        if count
    ]


def late_block(person: User, own: OwnWork, today: date) -> DeskBlock:
    """What is late, the longest first."""
    total, rows = own.totals[Block.LATE], own_rows(person, own.lines[Block.LATE], today)
    more = reverse("programme:desk_list", args=["qua-han"]) if total > len(rows) else ""
    glad = _("Nothing is late.")
    return DeskBlock("LATE", _("Late"), total, [DeskGroup("", total, rows, more)], glad, [])


def own_rows(person: User, lines: list[OwnLine], today: date) -> list[DeskRow]:
    """The lines as the desk shows them."""
    where, several = addresses(reverse("programme:desk")), len(answering_unit_ids(person, today)) > 1
    return [own_row(line, today, where, several=several) for line in lines]


def gap_links(missing: Gaps) -> list[DeskLink]:
    """The numbers of what the plans lack, as far as anything is missing."""
    wanted = (
        (
            missing.without_lead,
            ngettext("task without a lead unit", "tasks without a lead unit", missing.without_lead),
            "chua-co-chu-tri",
        ),
        (
            missing.groups,
            ngettext("task with a group to split", "tasks with a group to split", missing.groups),
            "chua-tach-nhom",
        ),
        (
            missing.without_deadline,
            ngettext("task without a deadline", "tasks without a deadline", missing.without_deadline),
            "chua-dat-han",
        ),
    )
    found = [
        DeskLink(grouped(count), label, reverse("programme:desk_list", args=[slug]))
        for count, label, slug in wanted
        if count
    ]
    if missing.imports:
        label = ngettext("import to be finished", "imports to be finished", missing.imports)
        found.append(DeskLink(grouped(missing.imports), label, reverse("programme:imports")))
    return found


def desk_links(person: User, today: date) -> list[DeskLink]:
    """The ways to the desks of many, for those who have them."""
    found = []
    if sees_the_directors_desk(person, today):
        found.append(DeskLink("", _("Director's desk"), reverse("programme:directors_desk")))
    if heads_a_unit(person, today):
        found.append(DeskLink("", _("Unit's desk"), reverse("programme:unit_desk")))
    return found


def reading_links(person: User, today: date) -> list[DeskLink]:
    """What an auditor or an administrator comes for."""
    found = [
        DeskLink("", _("Plans and tasks"), reverse("programme:index")),
        DeskLink("", _("Difficulties"), reverse("programme:difficulties")),
        DeskLink("", _("Reminders"), reverse("programme:reminders")),
    ]
    if can_see_trail(person):
        found.append(DeskLink("", _("Audit trail"), reverse("audit:index")))
    if can_manage_ladder(person, today):
        found.append(DeskLink("", _("Units"), reverse("units:index")))
    if can_import(person, today):
        found.append(DeskLink("", _("Import a plan"), reverse("programme:imports")))
    return found


def _lights(person: User, today: date) -> Lights | None:
    return lights_of_everything(today) if directs(person, today) and can_order_work(person, today) else None
