"""Who signs, and with which authority (Decree 30/2020/NĐ-CP, annex I, II.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khuevan.plain.likeness import words
from khuevan.plain.official_documents.checks.facts import Facts
from khuevan.plain.official_documents.checks.findings import Found, Severity, rule
from khuevan.plain.official_documents.checks.names import plainly
from khuevan.plain.official_documents.writing.composition import Composition

_MARK = r"(?<![^\W\d_])(?:TM|KT|TL|TUQ|Q)[ \t]*\."
# Two may stand in one line: TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH.
_PREFIX = re.compile(
    rf"(?<![^\W\d_])(?P<mark>TM|KT|TL|TUQ|Q)[ \t]*\.[ \t]*(?P<whose>(?:(?!{_MARK})[^\n/])*)", re.IGNORECASE
)
_DEPUTY = re.compile(r"(?:phó|thứ)\b", re.IGNORECASE)
_IN_CHARGE = re.compile(r"phụ\s+trách", re.IGNORECASE)
_ACADEMIC = re.compile(
    r"(?:GS|PGS|TS|ThS|TSKH|BS|KS|CN|NSND|NSƯT|NGND|NGƯT|Giáo sư|Tiến sĩ|Thạc sĩ|Cử nhân)\b\.?", re.IGNORECASE
)


def _lines(composition: Composition) -> tuple[str, str, str]:
    """Authority, post and name as printed; empty where they are not given."""
    signatory = composition.signatory
    if signatory is None:
        return "", "", ""
    return signatory.authority or "", signatory.position or "", signatory.name or ""


def _prefixes(composition: Composition) -> dict[str, str]:
    """Each prefix that is printed, with whose authority it names."""
    authority, position, _name = _lines(composition)
    return {
        match["mark"].upper(): match["whose"].strip()
        for match in _PREFIX.finditer(f"{authority}\n{position}")
    }


def _post(composition: Composition) -> str:
    """The signer's own post, without lines that name another's authority."""
    _authority, position, _name = _lines(composition)
    lines = [line.strip() for line in re.split(r"\n| / ", position)]
    return next((line for line in reversed(lines) if line and not _PREFIX.match(line)), "")


@rule("SG1", Severity.ERROR)
def signer_named(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The document says who signs it: post and full name.

    Choose who signs.
    """
    _authority, _position, name = _lines(composition)
    if not _post(composition) and "Q" not in _prefixes(composition):
        yield Found("signatory", "", "position")
    if not name.strip():
        yield Found("signatory", "", "name")


@rule("SG2", Severity.ERROR)
def deputy_for_head(composition: Composition, facts: Facts) -> Iterator[Found]:
    """A deputy signs for the head: “KT.” with the head's post above the own.

    Put “KT.” and the post of the head above the deputy's.
    """
    post = _post(composition)
    # A deputy in charge of a unit that has no head signs for himself.
    if _IN_CHARGE.search(post):
        return
    if _DEPUTY.match(post) and _prefixes(composition).keys().isdisjoint({"KT", "TUQ", "TL"}):
        yield Found("signatory", post, f"KT. {_DEPUTY.sub('', post, count=1).strip()}")


@rule("SG3", Severity.ERROR)
def for_the_own_head(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Whoever signs “KT.” is a deputy of the head who is named.

    Correct the post of the head or of the deputy; others sign TL. or TUQ.
    """
    head = _prefixes(composition).get("KT")
    if head is None:
        return
    post = _post(composition)
    own, named = words(_DEPUTY.sub("", post, count=1)), words(head)
    # “KT. BỘ TRƯỞNG / THỨ TRƯỞNG”, “KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC THƯỜNG TRỰC”.
    if not _DEPUTY.match(post) or not own or not named or not set(named[-1:]) & set(own):
        yield Found("signatory", f"KT. {head} / {post}")


@rule("SG4", Severity.ERROR)
def authority_complete(composition: Composition, facts: Facts) -> Iterator[Found]:
    """TM., TL., TUQ. and Q. are followed by the body or post for which one signs.

    Write behind the prefix for whom the document is signed.
    """
    for prefix, whose in _prefixes(composition).items():
        if prefix != "KT" and not whose:
            yield Found("signatory", f"{prefix}.")


@rule("SG5", Severity.ERROR)
def authority_of_the_account(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The authority with which one signs fits the post that one holds today.

    Choose another signer, or the authority that the post gives.
    """
    signer = facts.signer
    if signer is None:
        return
    fits = {
        "HEAD": signer.is_director or signer.heads_unit,
        "DEPUTY": signer.is_deputy,
        "COLLECTIVE": signer.is_director or signer.is_deputy or signer.heads_unit,
    }
    if not signer.holds_post or not fits.get(signer.authority, True):
        yield Found("signatory", signer.name)


@rule("SG6", Severity.ERROR)
def printed_as_chosen(composition: Composition, facts: Facts) -> Iterator[Found]:
    """Name and authority that are printed are those of the signer who was chosen.

    Choose the signer again, or correct what is printed.
    """
    if facts.signer is None:
        return
    _authority, _position, name = _lines(composition)
    if name.strip() and plainly(facts.signer.name) not in plainly(name):
        yield Found("signatory", name, facts.signer.name)
    prefix = facts.signer.prefix.rstrip(".")
    if prefix and prefix not in _prefixes(composition):
        yield Found("signatory", _post(composition), facts.signer.prefix)


@rule("SG7", Severity.WARNING)
def name_without_degrees(composition: Composition, facts: Facts) -> Iterator[Found]:
    """The signer's name stands without academic titles and honours.

    Take the title out; only the armed forces, education, health and science print theirs.
    """
    _authority, _position, name = _lines(composition)
    match = _ACADEMIC.match(name)
    if match is not None:
        yield Found("signatory", name, name[match.end() :].strip(" .,"))
