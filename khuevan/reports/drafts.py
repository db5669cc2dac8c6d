"""The draft of an official document that a composed report becomes."""

from __future__ import annotations

import dataclasses

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.documents.actions import DraftContents, begin_draft, save_draft
from khuevan.documents.draft_content import composition_of
from khuevan.documents.models import Draft, NumberBook
from khuevan.documents.queries.reading import types_on
from khuevan.people.models import Unit, User
from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.reporting.composer import sections_of_report
from khuevan.reports.models import ComposedReport
from khuevan.reports.queries.report_values import report_values

TYPE = "Báo cáo"


def draft_of_report(*, by: User, report: ComposedReport, book: NumberBook, unit: Unit) -> Draft:
    """The draft, with the report's whole text: only for the action that freezes the report."""
    kind = types_on(clock.today()).filter(name=TYPE).first()
    if kind is None:
        raise ValidationError(_("There is no type of document “%(type)s” in force today.") % {"type": TYPE})
    draft = begin_draft(by=by, document_type=kind, book=book, unit=unit, title=report.title)
    composition = composition_of(draft.content)
    recipients = list(report.cycle.rule.recipients.all())
    composition = dataclasses.replace(
        composition,
        sections=sections_of_report(report_values(report)),
        addressees=tuple(one.name for one in recipients if one.is_addressed),
        recipients=(
            *(Recipient(one.name, one.purpose or None) for one in recipients),
            *composition.recipients,
        ),
    )
    contents = DraftContents(composition=composition, signer=draft.signer, authority=draft.authority)
    return save_draft(by=by, draft=draft, seen_version=draft.version, contents=contents)
