"""What the checks of a draft find, as its page shows it: by subject, with the place and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext

from khuevan.documents.models import CheckConfirmation
from khuevan.documents.presenters.draft_places import PlaceUrls
from khuevan.documents.rules import DraftCheck
from khuevan.plain.official_documents.checks import Finding, Rule

# The first two letters of a rule's code → what it looks at.
SUBJECTS = {
    "SS": gettext_lazy("State secrets"),
    "FM": gettext_lazy("Layout and body"),
    "LB": gettext_lazy("Legal bases"),
    "CI": gettext_lazy("Documents that are cited"),
    "DT": gettext_lazy("Dates and deadlines"),
    "RC": gettext_lazy("Addressees and recipients"),
    "SG": gettext_lazy("Signature"),
    "BD": gettext_lazy("Names of bodies, spelling"),
    "AB": gettext_lazy("Abbreviations"),
}
_PARTS = {
    "issuer": gettext_noop("the issuing body"),
    "place": gettext_noop("the place"),
    "notation": gettext_noop("the symbol"),
    "position": gettext_noop("the post of the signer"),
    "name": gettext_noop("the name of the signer"),
}
# Rules whose `shown` is a number or a part, not words of the draft.
_MISSING_PARTS = frozenset({"FM3", "SG1"})
_LENGTH = "FM2"
_DASH = re.compile(r"(?P<sign>[-+§])(?P<number>\d+)(?:\((?P<again>\d+)\))?")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One place at which a rule is broken: where, the words as printed, what is meant, and who lets it stand."""

    key: str
    place: str
    place_label: str
    shown: str
    meant: str
    confirmation: CheckConfirmation | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """One rule that is broken: its code, what shall be, what to do, and the places."""

    code: str
    is_error: bool
    message: str
    remedy: str
    lines: tuple[CheckLine, ...]

    @property
    def open_lines(self) -> tuple[CheckLine, ...]:
        """The places about which something is still to be done."""
        return tuple(line for line in self.lines if self.is_error or line.confirmation is None)


@dataclass(frozen=True, slots=True)
class ChecksView:
    """Everything that was found, by subject, with the counts that stand above it."""

    subjects: tuple[tuple[str, tuple[CheckedRule, ...]], ...]
    errors: int
    warnings: int
    confirmed: int

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.errors or self.warnings)


def checks_view(checks: Iterable[DraftCheck], urls: PlaceUrls | None = None) -> ChecksView:
    """The findings as the page shows them: subjects in the order of the rules, within them rule by rule.

    `urls` lead to the places in the editor; without them places are only named.
    """
    found = list(checks)
    subjects = []
    for subject, of_subject in groupby(found, key=lambda item: item.finding.rule.code[:2]):
        rules = tuple(
            _checked_rule(list(of_rule), urls)
            for _code, of_rule in groupby(of_subject, key=lambda item: item.finding.rule.code)
        )
        subjects.append((str(SUBJECTS[subject]), rules))
    errors = sum(item.is_error for item in found)
    confirmed = sum(item.is_settled for item in found)
    return ChecksView(tuple(subjects), errors, len(found) - errors - confirmed, confirmed)


def rule_message(rule: Rule) -> str:
    """What the rule says shall be, in the language of the moment."""
    return _(rule.message)


def check_sentence(finding: Finding) -> str:
    """One finding as one sentence: what shall be, where it is not."""
    place, shown = place_in_words(finding.found.place), _shown(finding)
    where = f"{place}: “{shown}”" if shown else place
    return f"{rule_message(finding.rule)} ({where})"


def place_in_words(place: str) -> str:
    """Where in the draft: Căn cứ 2, Nơi nhận 1, II.2, gạch đầu dòng 1."""
    named = {
        "title": pgettext("official document", "Title"),
        "head": _("Head of the document"),
        "body": _("Body"),
        "signatory": _("Signature"),
        "recipients": _("Recipients"),
        "addressees": pgettext("official document", "Addressees"),
    }
    if place in named:
        return named[place]
    part, _dot, number = place.partition(".")
    counted = {
        "legal_bases": _("Legal basis %s"),
        "recipients": _("Recipient %s"),
        "addressees": pgettext("official document", "Addressee %s"),
    }
    if part in counted and number:
        first, _dot, rest = number.partition(".")
        return ", ".join(piece for piece in (counted[part] % first, _ref_in_words(rest)) if piece)
    return _ref_in_words(place)


def _ref_in_words(ref: str) -> str:
    words: list[str] = []
    for part in ref.split(".") if ref else ():
        match = _DASH.fullmatch(part)
        if match is None:
            # Labels of one chain stay together: II.2.
            joined = words and not words[-1].endswith(" ")
            words.append(f"{words.pop()}.{part}" if joined and not _counts(words[-1]) else part)
            continue
        said = {"-": _("dash %s"), "+": _("plus %s"), "§": _("paragraph %s")}[match["sign"]]
        words.append(said % match["number"])
    return ", ".join(words)


def _counts(word: str) -> bool:
    return " " in word and word[-1].isdigit()


def _checked_rule(items: list[DraftCheck], urls: PlaceUrls | None) -> CheckedRule:
    rule = items[0].finding.rule
    return CheckedRule(
        code=rule.code,
        is_error=items[0].is_error,
        message=rule_message(rule),
        remedy=_(rule.remedy),
        lines=tuple(_line(item, urls) for item in items),
    )


def _line(item: DraftCheck, urls: PlaceUrls | None) -> CheckLine:
    found = item.finding.found
    code = item.finding.rule.code
    meant = "" if code in _MISSING_PARTS or code == _LENGTH else found.meant
    return CheckLine(
        key=item.finding.key,
        place=found.place,
        place_label=place_in_words(found.place),
        shown=_shown(item.finding),
        meant=meant,
        confirmation=item.confirmation,
        url=urls.of(found.place) if urls is not None else "",
    )


def _shown(finding: Finding) -> str:
    found = finding.found
    if finding.rule.code in _MISSING_PARTS:
        return _(_PARTS.get(found.meant, found.meant))
    if finding.rule.code == _LENGTH:
        return _("%s characters") % found.shown
    return found.shown
