"""What a picture says of itself, as one value: caption, rights, place, date. The three standards meet here.

Persons shown are not here, by decision: the library keeps no index of people, so that PersonInImage,
PersonInImageWDetails and the names in image regions are never read. Who consented to being shown is a record
of the newsroom, made by an officer.

Source: IPTC Photo Metadata Standard 2023.1 (the properties below are unchanged up to 2025.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from khuevan.plain.media.dates import date_of_xmp
from khuevan.plain.media.texts import one_line, paragraphs

DEFAULT_LANGUAGE: Final = "x-default"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_URL: Final = re.compile(r"https?://[^\s<>\"\\^`{|}]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """A text in one or more languages, the default first.

    **shape** pairs of language (BCP 47; x-default where none is said) and text; each language once.
    """

    entries: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Brings the pairs into the one form in which files carry them."""
        texts: dict[str, tuple[str, str]] = {}
        for language, text in self.entries:
            tidied = paragraphs(text)
            if tidied and _LANGUAGE.fullmatch(language):
                texts.setdefault(language.lower(), (language, tidied))
        default = texts.pop(DEFAULT_LANGUAGE, None)
        pairs = list(texts.values())
        if default is not None:
            # A default that repeats one of the languages is that language.
            same = next((pair for pair in pairs if pair[1] == default[1]), None)
            first = same or (DEFAULT_LANGUAGE, default[1])
            pairs = [first, *(pair for pair in pairs if pair != first)]
        object.__setattr__(self, "entries", tuple(pairs))

    @classmethod
    def of(cls, text: str) -> ByLanguage:
        """The text without a language."""
        return cls(((DEFAULT_LANGUAGE, text),))

    @property
    def default(self) -> str:
        """The text for whoever asks for no language; empty where there is none."""
        return self.entries[0][1] if self.entries else ""

    def in_language(self, language: str) -> str:
        """The text in a language, its variants counted in (vi for vi-VN); empty where there is none."""
        wanted = language.lower()
        for found, text in self.entries:
            if found.lower() == wanted or found.lower().startswith(f"{wanted}-"):
                return text
        return ""


NO_TEXT: Final = ByLanguage()


@dataclass(frozen=True, slots=True)
class PictureMetadata:
    """What a picture says of itself; empty where it says nothing.

    **shape** `date_created` as XMP writes it, from 2026 to 2026-11-26T08:30:00+07:00; addresses begin with
    http:// or https://, others are dropped. Texts are NFC without control characters, on one line but for
    those by language.
    """

    description: ByLanguage = NO_TEXT
    headline: str = ""
    alt_text: ByLanguage = NO_TEXT
    creators: tuple[str, ...] = ()
    credit_line: str = ""
    copyright_notice: ByLanguage = NO_TEXT
    rights_holders: tuple[str, ...] = ()
    license_url: str = ""
    licensor_url: str = ""
    usage_terms: ByLanguage = NO_TEXT
    city: str = ""
    country: str = ""
    location: str = ""
    date_created: str = ""
    keywords: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Tidies the fields, so that a file that is written and read again gives the equal value."""
        for name in ("headline", "credit_line", "city", "country", "location"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        for name in ("creators", "rights_holders", "keywords"):
            tidied = (one_line(each) for each in getattr(self, name))
            object.__setattr__(self, name, tuple(dict.fromkeys(filter(None, tidied))))
        for name in ("license_url", "licensor_url"):
            address = one_line(getattr(self, name))
            object.__setattr__(self, name, address if _URL.fullmatch(address) else "")
        object.__setattr__(self, "date_created", date_of_xmp(self.date_created))
