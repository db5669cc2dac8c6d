"""The draft of an official document that a composed report becomes."""

from __future__ import annotations

import dataclasses
import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.documents.actions import DraftContents, abandon_draft, add_draft_picture, begin_draft, save_draft
from khuevan.documents.choices import OPEN_STATES, WRITABLE_STATES
from khuevan.documents.draft_content import composition_of
from khuevan.documents.draft_pictures import CheckedPicture
from khuevan.documents.models import Draft, NumberBook
from khuevan.documents.queries.reading import types_on
from khuevan.people.models import Unit, User
from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.writing.body_names import in_running_text
from khuevan.plain.official_documents.writing.composition import Composition, Picture, Section
from khuevan.plain.reporting.composer import annexes_of_report, pictures_of, sections_of_report
from khuevan.plain.reporting.narrative import subject_of
from khuevan.plain.reporting.report import Report
from khuevan.reports.models import ComposedReport, RuleRecipient
from khuevan.reports.queries.report_values import report_values

TYPE = "Báo cáo"
AS_ABOVE = "Như trên"
_LONGEST = 500  # of the reason for which a draft is given up


def draft_of_report(*, by: User, report: ComposedReport, book: NumberBook, unit: Unit) -> Draft:
    """The draft, with the report's whole text and its charts: only for the action that freezes the report."""
    kind = types_on(clock.today()).filter(name=TYPE).first()
    if kind is None:
        raise ValidationError(_("There is no type of document “%(type)s” in force today.") % {"type": TYPE})
    title = title_of_report(report.title)
    draft = begin_draft(by=by, document_type=kind, book=book, unit=unit, title=title)
    recipients = list(report.cycle.rule.recipients.all())
    empty = composition_of(draft.content)
    issuer = in_running_text(empty.issuer, (book.unit.name,))
    composition = composed(empty, report_values(report), recipients, issuer)
    names = {}
    for number, picture in enumerate(pictures_of(composition.sections), 1):
        kept = _own_picture(picture, number)
        names[picture.data] = add_draft_picture(by=by, draft=draft, picture=kept).name.encode()
    composition = dataclasses.replace(
        composition, sections=tuple(_by_name(section, names) for section in composition.sections)
    )
    contents = DraftContents(composition=composition, signer=draft.signer, authority=draft.authority)
    return save_draft(by=by, draft=draft, seen_version=draft.version, contents=contents)


def give_up_draft(*, by: User, report: ComposedReport, reason: str) -> None:
    """Gives the report's draft up, so that nobody issues what another version replaces: only for that action.

    An issued document stays. Raises ValidationError with what is to be done first where the draft is in other hands.
    """
    draft = report.draft
    if draft is None or draft.document_id is not None or draft.state not in OPEN_STATES:
        return
    if draft.state not in WRITABLE_STATES:
        raise ValidationError(
            _(
                "The draft of version %(version)s is in review or approved: whoever drafted it takes it back first, "
                "or the document is issued and corrected afterwards."
            )
            % {"version": report.version}
        )
    words = _("Replaced by a newer version of the report: %(reason)s") % {"reason": " ".join(reason.split())}
    short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    try:
        abandon_draft(by=by, draft=draft, reason=short)
    except PermissionDenied:
        raise ValidationError(
            _("The draft of version %(version)s belongs to %(unit)s: its people give it up first.")
            % {"version": report.version, "unit": draft.unit.name}
        ) from None


def composed(empty: Composition, values: Report, recipients: list[RuleRecipient], issuer: str) -> Composition:
    """The empty document with the report's text, its charts whole, and those to whom the rule sends it.

    `issuer` is the body of its head as running text names it.
    Whoever is addressed stands under “Kính gửi” and receives “Như trên”; the house's own lines come last.
    """
    addressed = tuple(one.name for one in recipients if one.is_addressed)
    others = tuple(Recipient(one.name, one.purpose or None) for one in recipients if not one.is_addressed)
    above = (Recipient(AS_ABOVE, None),) if addressed else ()
    return dataclasses.replace(
        empty,
        sections=sections_of_report(values, issuer, addressed),
        annexes=annexes_of_report(values),
        addressees=addressed,
        recipients=(*above, *others, *empty.recipients),
    )


def title_of_report(title: str) -> str:
    """What the document is about: its type stands above the title already."""
    words = subject_of(title)
    return words[:1].upper() + words[1:]


def _own_picture(picture: Picture, number: int) -> CheckedPicture:
    """A chart as a draft keeps it: drawn here, so that there is nothing in it to be looked for."""
    digest = hashlib.sha256(picture.data).hexdigest()
    return CheckedPicture(f"bieu-do-{number}.png", f"{digest[:16]}.png", picture.data, digest)


def _by_name(section: Section, names: dict[bytes, bytes]) -> Section:
    """The section, whose pictures are called by the names under which the draft keeps them."""
    return dataclasses.replace(
        section,
        blocks=tuple(
            dataclasses.replace(block, data=names[block.data]) if isinstance(block, Picture) else block
            for block in section.blocks
        ),
        children=tuple(_by_name(child, names) for child in section.children),
    )
