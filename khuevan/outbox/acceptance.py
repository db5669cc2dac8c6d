"""What may become part of a mail: lines that stay one line, an address that is one address, a clean body."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

# Categories of characters that a line may not hold: controls (line ends among them), halves of surrogate
# pairs, and the separators of lines and paragraphs, at which programs break lines, too.
BREAKS_A_LINE: frozenset[str] = frozenset({"Cc", "Cs", "Zl", "Zp"})


class UnfitMail(ValueError):
    """What was given cannot become a mail; the sentence says why."""


def one_line(value: str, name: str, longest: int) -> str:
    """The value without space around it; raises UnfitMail where it could end its line or is too long."""
    if any(unicodedata.category(character) in BREAKS_A_LINE for character in value):
        raise UnfitMail(_("%(name)s holds a line break or another control character.") % {"name": name})
    line = value.strip()
    if len(line) > longest:
        raise UnfitMail(
            _("%(name)s is longer than %(longest)d characters.") % {"name": name, "longest": longest}
        )
    return line


def address(value: str) -> str:
    """The address as it is mailed to; raises UnfitMail for what is none.

    The part before @ is plain letters: servers that take others (RFC 6531) are few, and a mail that waits
    for one helps nobody. A domain with diacritics is sent in its ASCII form (RFC 5891).
    """
    plain = value.strip()
    local, _at, domain = plain.rpartition("@")
    try:
        # Django's validator lets quoted local parts pass, and those may hold nearly anything.
        if not local.isascii() or '"' in local or len(plain) > 254:
            raise ValidationError("")
        validate_email(plain)
        # A domain that has no ASCII form raises here, a UnicodeError.
        one_line(punycode(domain), domain, 254)
    except (ValidationError, ValueError) as error:
        raise UnfitMail(_("This is no e-mail address: %s") % repr(value[:100])) from error
    return plain


def body(value: str) -> str:
    """The text with plain line ends and one at its end; control characters, which no reader shows, left out."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        character
        for character in lines
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return f"{kept.rstrip()}\n" if kept.strip() else ""
