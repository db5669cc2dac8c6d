"""What a verification says to an officer, in sentences; each says no more than was checked."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from khuevan.documents.signatures.findings import Chain, Change, Integrity, Kind, SignatureReport, Stamp

_INTEGRITY: Final = {
    Integrity.INTACT: gettext_noop("The document was not changed after signing."),
    Integrity.BROKEN: gettext_noop(
        "The signature does not hold: what was signed was changed, or it is none."
    ),
    Integrity.UNKNOWN: gettext_noop("This kind of signature is too old or unknown and cannot be checked."),
}
_ADDED: Final = {
    Change.VALIDATION_DATA: gettext_noop("After signing, only data for later checks were added."),
    Change.SIGNATURES_OR_FORMS: gettext_noop(
        "After signing, only further signatures or form entries were added; what was signed stands as it was."
    ),
    Change.COMMENTS: gettext_noop("After signing, comments were added; what was signed stands as it was."),
}
_FORBIDDEN: Final = {
    Change.VALIDATION_DATA: gettext_noop("After signing, data were added that the signer did not allow."),
    Change.SIGNATURES_OR_FORMS: gettext_noop(
        "After signing, signatures or form entries were added that the signer did not allow."
    ),
    Change.COMMENTS: gettext_noop("After signing, comments were added that the signer did not allow."),
}
_CHANGED: Final = gettext_noop(
    "The document was changed after signing: what it shows may not be what was signed."
)
_CHAIN: Final = {
    Chain.TRUSTED: gettext_noop(
        "A certification authority that the office trusts says whose signature it is."
    ),
    Chain.UNKNOWN: gettext_noop(
        "The signature holds, but its certification authority could not be verified."
    ),
    Chain.EXPIRED: gettext_noop(
        "The certificate is not in its time now, and no trusted time stamp shows that it was when signing."
    ),
    Chain.UNSUITABLE: gettext_noop("The certificate was not issued for signing documents."),
    Chain.WEAK: gettext_noop("The signature uses a method that is no longer safe."),
}


def sentences_of(report: SignatureReport, zone: tzinfo) -> tuple[str, ...]:
    """What is to be read of one signature, in order: whose, when, whether changed, by whom vouched, what not."""
    told = [*_who(report), _when(report, zone), _change(report)]
    if report.chain in _CHAIN:
        told.append(_(_CHAIN[report.chain]))
    if report.holds:
        if not report.covers_whole_file and report.integrity is Integrity.INTACT:
            told.append(_("The signature does not cover the whole file."))
        told.append(_("Whether the certificate was revoked was not checked: that would need the network."))
    return tuple(sentence for sentence in told if sentence)


def _who(report: SignatureReport) -> tuple[str, ...]:
    signer = report.signer
    named = ", ".join(part for part in (signer.common_name, signer.organisation, signer.email) if part)
    if not named:
        return ()
    if report.kind is Kind.TIME_STAMP:
        return (_("Time stamp of the whole document by {authority}.").format(authority=named),)
    if not report.holds:
        # A broken signature proves nothing of its signer.
        return (_("In the name of {signer}.").format(signer=named),)
    return (_("Signed by {signer}.").format(signer=named),)


def _when(report: SignatureReport, zone: tzinfo) -> str:
    if report.stamp is Stamp.TRUSTED and report.stamped_at is not None:
        return _("Signed by {moment} at the latest, as a trusted time stamp authority vouches.").format(
            moment=_moment(report.stamped_at, zone)
        )
    if report.stamp is Stamp.UNKNOWN_AUTHORITY and report.stamped_at is not None:
        return _("Time stamp of {moment}, by an authority that could not be verified.").format(
            moment=_moment(report.stamped_at, zone)
        )
    told = []
    if report.stamp is Stamp.BROKEN:
        told.append(_("The time stamp does not hold."))
    if report.claimed_at is not None:
        told.append(
            _("Signed on {moment}, as the signer's own machine claims.").format(
                moment=_moment(report.claimed_at, zone)
            )
        )
    return " ".join(told) if told else _("When it was signed is not said.")


def _change(report: SignatureReport) -> str:
    if report.integrity in _INTEGRITY:
        return _(_INTEGRITY[report.integrity])
    table = _ADDED if report.integrity is Integrity.EXTENDED else _FORBIDDEN
    return _(table.get(report.change, _CHANGED))


def _moment(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
