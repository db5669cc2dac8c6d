"""What a verification finds of one signature. Plain values: the process that judges knows no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What was put into the file."""

    SIGNATURE = "SIGNATURE"
    TIME_STAMP = "TIME_STAMP"  # of the whole document, by an authority and not by a person


class Integrity(StrEnum):
    """Whether the file still is what was signed."""

    INTACT = "INTACT"  # byte for byte
    EXTENDED = "EXTENDED"  # something was added that a signed file may gain, such as a second signature
    CHANGED = "CHANGED"  # something was added or changed after signing that it may not gain
    BROKEN = "BROKEN"  # what was signed is no longer there, or the signature is none
    UNKNOWN = "UNKNOWN"  # an old or foreign kind of signature that cannot be checked


class Change(StrEnum):
    """What was added after signing, as pyHanko judges it (its ModificationLevel)."""

    NONE = "NONE"
    VALIDATION_DATA = "VALIDATION_DATA"
    SIGNATURES_OR_FORMS = "SIGNATURES_OR_FORMS"
    COMMENTS = "COMMENTS"
    OTHER = "OTHER"


class Chain(StrEnum):
    """Whether the signer's certificate leads to an authority that the office trusts."""

    TRUSTED = "TRUSTED"
    UNKNOWN = "UNKNOWN"
    EXPIRED = "EXPIRED"  # it does, but a certificate is out of its time and no trusted time stamp helps
    UNSUITABLE = "UNSUITABLE"  # it does, but was not issued for signing
    WEAK = "WEAK"  # a digest or key is used that is no longer safe
    NOT_JUDGED = "NOT_JUDGED"  # the signature is broken: whose it would be says nothing


class Stamp(StrEnum):
    """What a time stamp of the signature is worth."""

    NONE = "NONE"
    TRUSTED = "TRUSTED"
    UNKNOWN_AUTHORITY = "UNKNOWN_AUTHORITY"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class Party:
    """Who a certificate names; empty where it does not say."""

    common_name: str = ""
    organisation: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature of a file. Revocation is never checked: that would ask the network.

    `stamped_at` is what a time stamp authority vouches for, `claimed_at` what the signer's own machine wrote.
    `covers_whole_file` is False as soon as anything follows, a later signature included.
    """

    field_name: str
    kind: Kind
    signer: Party
    issuer: Party
    certificate_from: datetime | None
    certificate_until: datetime | None
    integrity: Integrity
    change: Change
    covers_whole_file: bool
    stamp: Stamp
    stamped_at: datetime | None
    claimed_at: datetime | None
    chain: Chain
    revocation_checked: bool = False

    @property
    def holds(self) -> bool:
        """Whether the signature itself is good, whoever made it."""
        return self.integrity in (Integrity.INTACT, Integrity.EXTENDED)

    @property
    def is_trusted(self) -> bool:
        """Whether the signature is good and an authority that the office trusts says whose it is."""
        return self.holds and self.chain is Chain.TRUSTED
