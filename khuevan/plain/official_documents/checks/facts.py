"""What the checks are told of the register and the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khuevan.plain.calendar.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known of one legal basis, in the order of the document's clauses.

    `in_register`: it was picked from the register. `confirmed`: a person answers for its words. `ended` is the
    register's word for a document no longer in force (REVOKED, REPLACED), `replaced_by` the symbol of its
    successor.
    """

    in_register: bool = False
    confirmed: bool = False
    ended: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of the register that bears a symbol cited in the text.

    `readable`: whoever drafts may read it; of another a finding says that something differs, never what it is.
    """

    symbol: str
    issued_date: date | None = None
    type_name: str = ""
    title: str = ""
    issuer_name: str = ""
    ended: str = ""
    replaced_by: str = ""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Body:
    """A registered body: its name, its other names and abbreviations, its kind (people's UnitKind, or empty).

    `inside`: it belongs to the issuing body.
    """

    name: str
    other_names: tuple[str, ...] = ()
    kind: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """Who shall sign: the account's name, with which authority (choices.SigningAuthority), in which posts."""

    name: str
    authority: str = "HEAD"
    prefix: str = ""
    holds_post: bool = True
    is_director: bool = False
    is_deputy: bool = False
    heads_unit: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the rules may ask. `today` stands for the document's day while it has none.

    `drafting_unit` are all names of the unit that drafts. `type_code` is the type's code in the symbol, empty
    for a letter, None where nobody knows. `abbreviations` are those that need no explanation in this house.
    """

    today: date
    bases: tuple[Basis, ...] = ()
    known: tuple[KnownDocument, ...] = ()
    bodies: tuple[Body, ...] = ()
    drafting_unit: tuple[str, ...] = ()
    signer: Signer | None = None
    type_code: str | None = None
    abbreviations: frozenset[str] = frozenset()
    calendar: WorkingCalendar | None = None
