"""The cross-checks of a draft: what the register and the organisation know, and what the rules find.

The rules themselves, one each under its own code, are in `khuevan.plain.official_documents.checks`; a rule's
docstring is what people read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from khuevan.documents.choices import AUTHORITY_PREFIXES, DocumentState
from khuevan.documents.draft_content import composition_of
from khuevan.documents.models import CheckConfirmation, Correspondent, Document, DocumentType, Draft
from khuevan.documents.queries.reading import visible_documents
from khuevan.people.choices import DIRECTORS, Role
from khuevan.people.models import Unit
from khuevan.people.queries import posts_of, units_on
from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.official_documents.checks import (
    Basis,
    Body,
    Facts,
    Finding,
    KnownDocument,
    Severity,
    Signer,
    check,
)
from khuevan.plain.official_documents.checks.citation_rules import cited_symbols
from khuevan.plain.official_documents.checks.symbols import spellings
from khuevan.plain.official_documents.writing.composition import Composition

_ENDED: frozenset[str] = frozenset({DocumentState.REVOKED, DocumentState.REPLACED})
_CAPITALS = re.compile(r"[^\W\d_a-zà-ỹ]{2,}")


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """What one rule finds in a draft; `confirmation` where a person lets the warning stand."""

    finding: Finding
    confirmation: CheckConfirmation | None = None

    @property
    def is_error(self) -> bool:
        """Whether it stands in the way of submitting the draft."""
        return self.finding.rule.severity is Severity.ERROR

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return not self.is_error and self.confirmation is not None


def checks_of(draft: Draft, day: date) -> tuple[DraftCheck, ...]:
    """What the rules find in the draft as it stands, errors and warnings in the order of the rules."""
    composition = composition_of(draft.content)
    confirmed = {row.key: row for row in draft.check_confirmations.select_related("confirmed_by")}
    findings = check(composition, facts_about(draft, composition, day))
    return tuple(DraftCheck(finding, confirmed.get(finding.key)) for finding in findings)


def errors_of(draft: Draft, day: date) -> tuple[DraftCheck, ...]:
    """Only what stands in the way of submitting the draft."""
    return tuple(item for item in checks_of(draft, day) if item.is_error)


def facts_about(draft: Draft, composition: Composition, day: date) -> Facts:
    """What the rules have to know. A fixed number of queries, however long the draft is."""
    units = list(units_on(day).prefetch_related("aliases"))
    bases = list(draft.legal_bases.select_related("document__replaced_by").order_by("order", "pk"))
    cited = _cited(composition)
    readable = _readable(draft, [*cited, *(row.document for row in bases if row.document is not None)], day)
    return Facts(
        today=day,
        bases=tuple(
            Basis(
                in_register=row.document_id is not None,
                confirmed=row.confirmed_by_id is not None,
                ended=_ended(row.document),
                replaced_by=_successor(row.document, readable),
            )
            for row in bases
        ),
        known=tuple(_known(row, readable) for row in cited),
        bodies=(*_units(units, draft.book.unit), *_correspondents(day)),
        drafting_unit=_names_of(draft.unit),
        signer=_signer(draft, day),
        type_code=draft.type.code,
        abbreviations=_house_abbreviations(units, draft),
        calendar=vietnamese_working_calendar(),
    )


def _ended(document: Document | None) -> str:
    return document.state if document is not None and document.state in _ENDED else ""


def _successor(document: Document | None, readable: frozenset[int]) -> str:
    successor = document.replaced_by if document is not None else None
    if document is None or successor is None or readable.isdisjoint({document.pk, successor.pk}):
        return ""
    return successor.symbol


def _readable(draft: Draft, documents: Iterable[Document], day: date) -> frozenset[int]:
    """Which of the documents and their successors whoever drafts may read: a finding shows nothing of another."""
    keys = {key for row in documents for key in (row.pk, row.replaced_by_id) if key is not None}
    if not keys:
        return frozenset()
    visible = visible_documents(draft.drafter, day).filter(pk__in=keys)
    return frozenset(visible.order_by().values_list("pk", flat=True))


def _cited(composition: Composition) -> list[Document]:
    """The register's documents that bear a symbol which the text cites, whoever may read them: their dates count."""
    written = {form for symbol in cited_symbols(composition) for form in spellings(symbol)}
    rows = Document.objects.filter(symbol__in=written).select_related("replaced_by")
    return list(rows.defer("content", "reading", "replaced_by__content", "replaced_by__reading"))


def _known(row: Document, readable: frozenset[int]) -> KnownDocument:
    return KnownDocument(
        symbol=row.symbol,
        issued_date=row.issued_date,
        type_name=row.type_name,
        title=row.title,
        issuer_name=row.issuer_name,
        ended=_ended(row),
        replaced_by=_successor(row, readable),
        readable=row.pk in readable,
    )


def _names_of(unit: Unit) -> tuple[str, ...]:
    names = [unit.name, unit.short_name, *(alias.name for alias in unit.aliases.all())]
    return tuple(name for name in names if name)


def _units(units: Iterable[Unit], issuer: Unit) -> Iterable[Body]:
    for unit in units:
        inside = unit.pk != issuer.pk and unit.path.startswith(issuer.path)
        yield Body(unit.name, _names_of(unit)[1:], unit.kind, inside=inside)


def _correspondents(day: date) -> Iterable[Body]:
    rows = Correspondent.objects.filter(unit__isnull=True).exclude(valid_to__lt=day)
    for name, others in rows.values_list("name", "other_names"):
        yield Body(name, tuple(line.strip() for line in others.splitlines() if line.strip()))


def _signer(draft: Draft, day: date) -> Signer | None:
    if draft.signer is None:
        return None
    roles = {Role(post.role) for post in posts_of(draft.signer, day)}
    return Signer(
        name=draft.signer.full_name,
        authority=draft.authority,
        prefix=AUTHORITY_PREFIXES.get(draft.authority, ""),
        holds_post=draft.signer.is_active and bool(roles & {*DIRECTORS, Role.UNIT_HEAD}),
        is_director=Role.DIRECTOR in roles,
        is_deputy=Role.DEPUTY_DIRECTOR in roles,
        heads_unit=Role.UNIT_HEAD in roles,
    )


def _house_abbreviations(units: Iterable[Unit], draft: Draft) -> frozenset[str]:
    """Abbreviations of units, types and the body: every officer of the house knows them."""
    words = [name for unit in units for name in _names_of(unit)[1:]]
    words += [draft.book.body_code, *DocumentType.objects.values_list("code", flat=True)]
    return frozenset(short for name in words for short in _CAPITALS.findall(name))
