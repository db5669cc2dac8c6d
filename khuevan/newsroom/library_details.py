"""What a picture of the library says of itself in the file that is sent: the library's words, in every language."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from khuevan.newsroom.models import Picture
from khuevan.plain.media.picture_metadata import ByLanguage, PictureMetadata


def details_of(picture: Picture, said: PictureMetadata) -> PictureMetadata:
    """The details for a file of the picture. `said` is what its original says: kept where the library says nothing.

    The library's own words stand under the site's first language; who made the picture and when of the day stay as
    the camera or the desk wrote them.
    """
    city, country, location = said.city, said.country, said.location
    if picture.place != place_in_words(said):
        # The library knows one line; which part of it is a city is not for us to guess.
        city, country, location = "", "", picture.place
    made = picture.made_date.isoformat() if picture.made_date is not None else ""
    return replace(
        said,
        description=_by_language(picture, "caption"),
        alt_text=_by_language(picture, "alternative"),
        credit_line=picture.credit,
        rights_holders=(picture.rights_holder,) if picture.rights_holder else (),
        copyright_notice=said.copyright_notice
        if said.copyright_notice.entries or not picture.rights_holder
        else ByLanguage.of(picture.rights_holder),
        usage_terms=ByLanguage.of(picture.licence),
        license_url=picture.licence_url,
        date_created=said.date_created if made and said.date_created.startswith(made) else made,
        keywords=(*said.keywords, *(tag.name for tag in picture.tags.all())),
        city=city,
        country=country,
        location=location,
    )


def place_in_words(said: PictureMetadata) -> str:
    """The place that a file names, as one line."""
    return ", ".join(part for part in (said.location, said.city, said.country) if part)


def _by_language(picture: Picture, name: str) -> ByLanguage:
    own = str(getattr(picture, name))
    entries = [("x-default", own), (settings.LANGUAGE_CODE, own)]
    for code, _name in settings.LANGUAGES:
        words = picture.other_words if isinstance(picture.other_words, dict) else {}
        if code != settings.LANGUAGE_CODE and (text := (words.get(code) or {}).get(name)):
            entries.append((_tag(code), str(text)))
    return ByLanguage(tuple(entries))


def _tag(code: str) -> str:
    """The language as BCP 47 writes it: zh-Hans for zh-hans."""
    language, _dash, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language
