"""Home pages of languages that have no pieces yet, and the site's own words, to try the public site with."""

from __future__ import annotations

import tomllib
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Locale, Page

from khuevan.core.actions import action
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import User
from khuevan.plain.folding import slug
from khuevan.website.models import HomePage, TextPage

DATA: Final = Path(__file__).parent / "data" / "demonstration" / "site.toml"
_KEY: Final = partial(uuid5, NAMESPACE_URL)


@action
def create_demonstration_site(*, by: User) -> int:
    """How many pages were added; a second call adds none. Refused where demonstrations are."""
    check_demonstration_is_allowed()
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))
    first = Page.objects.get(depth=2, locale__language_code="en").specific
    added = sum(_home(first, code, row) for code, row in rows["home"].items())
    for row in rows["text"]:
        added += sum(
            _text(first, row["key"], code, words) for code, words in row.items() if isinstance(words, dict)
        )
    return added


def _home(first: HomePage, code: str, words: dict[str, str]) -> bool:
    """Whether the home page of the language was missing and is there now."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    if first.get_translation_or_none(locale) is not None:
        return False
    home = first.copy_for_translation(locale, exclude_fields=["live"])
    home.slug, home.summary = f"home-{code}", words["introduction"][:300]
    for name, value in words.items():
        setattr(home, name, value)
    home.save_revision().publish()
    return True


def _text(first: HomePage, key: str, code: str, words: dict[str, Any]) -> bool:
    """Whether the text page was missing in the language and is there now."""
    identity = _KEY(f"khuevan:demonstration:text:{key}")
    home = first.get_translation_or_none(Locale.objects.get_or_create(language_code=code)[0])
    if home is None or TextPage.objects.filter(translation_key=identity, locale=home.locale).exists():
        return False
    page = TextPage(
        slug=slug(words["title"]),
        summary=words["introduction"],
        locale=home.locale,
        translation_key=identity,
        live=False,
        **words,
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return True
