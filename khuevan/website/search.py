"""The public search: entries of public pages, and the pages that a query finds, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.html import strip_tags
from wagtail.models import Page

from khuevan.core import clock
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.release import is_public, public_pages
from khuevan.plain.search_words import Part, excerpt, index_words, marked, query_words
from khuevan.website.models import SearchEntry

FOUND_A_PAGE: Final = 20
# Nobody turns more pages than this; counting on would cost more than finding.
MOST_FOUND: Final = 500
# Of titles that hold the words, so many are weighed.
MOST_TITLES: Final = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One page that was found: its title and an excerpt, with the words that were asked for marked."""

    page: Page
    title: tuple[Part, ...]
    excerpt: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found. `total` is bounded by MOST_FOUND; `number` counts pages from 1."""

    query: str
    total: int
    number: int
    found: tuple[Found, ...]

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return max(1, -(-self.total // FOUND_A_PAGE))


def keep_entry(page: Page) -> None:
    """Keeps the page's entry abreast of what is public: written, written anew, or taken out."""
    if not is_public(page, clock.now()):
        SearchEntry.objects.filter(page=page.pk).delete()
        return
    specific = page.specific
    text = " ".join(part for part in (getattr(specific, "summary", ""), *_texts(specific)) if part)
    SearchEntry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "language": page.locale.language_code,
            "title": page.title,
            "text": text,
            "title_words": index_words(page.title),
            "words": index_words(f"{page.title} {text}"),
        },
    )


def _texts(page: Any) -> list[str]:
    """What a reader reads of the page, as plain words."""
    if isinstance(page, StoryPage):
        return [strip_tags(str(part)) for part in page.body.stream_block.get_searchable_content(page.body)]
    values = (
        getattr(page, name, "")
        for name in ("headline", "introduction", "body", "working_here", "speakers", "venue")
    )
    return [strip_tags(str(value)) for value in values if value]


def search(query: str, language: str, number: int = 1) -> Results:
    """The public pages of the language that hold every word, the last perhaps unfinished; titles count most."""
    words = query_words(query)
    if not words:
        return Results(query, 0, 1, ())
    keys = _keys(words, language)
    number = min(max(number, 1), max(1, -(-len(keys) // FOUND_A_PAGE)))
    shown = keys[(number - 1) * FOUND_A_PAGE : number * FOUND_A_PAGE]
    # Asked once more by the moment: an entry may be older than a page's end.
    public = {
        page.pk: page
        for page in public_pages(Page.objects.filter(search_entry__in=shown), clock.now()).select_related(
            "locale"
        )
    }
    entries = SearchEntry.objects.in_bulk(shown)
    return Results(
        query,
        len(keys),
        number,
        tuple(
            Found(public[entry.page_id], marked(entry.title, query), excerpt(entry.text, query))
            for entry in (entries[key] for key in shown if key in entries)
            if entry.page_id in public
        ),
    )


def _keys(words: tuple[str, ...], language: str) -> list[int]:
    """The keys of the entries that hold all words: in their titles first, then the others, the best first.

    Of very many only the newest are weighed: every page that says "the" would take longer than a reader waits.
    """
    ask = _keys_of_sqlite if connection.vendor == "sqlite" else _keys_of_postgresql
    titled = ask(words, language, True, MOST_TITLES)
    found = dict.fromkeys(titled)
    found.update(dict.fromkeys(ask(words, language, False, MOST_FOUND)))
    return list(found)[:MOST_FOUND]


def _keys_of_sqlite(words: tuple[str, ...], language: str, in_title: bool, most: int) -> list[int]:
    # Words are letters and digits only; quoted all the same, so that AND is a word and no operator.
    asked = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
    columns = "title_words" if in_title else "title_words words"
    # Asked in the order of the index, the newest first, so that it stops where enough are found.
    statement = """
        SELECT id FROM (
            SELECT entry.id, bm25(website_search, 8.0, 1.0, 0.0) AS weight FROM website_search
            JOIN website_searchentry entry ON entry.id = website_search.rowid
            WHERE website_search MATCH %s AND entry.language = %s
            ORDER BY website_search.rowid DESC LIMIT %s)
        ORDER BY weight, id DESC"""
    # A language is two words of the index at most (zh-hans), and pt is not pt-br: so the entry is asked too.
    return _answered(statement, [f'language : "{language}" AND {{{columns}}} : ({asked})', language, most])


def _keys_of_postgresql(words: tuple[str, ...], language: str, in_title: bool, most: int) -> list[int]:
    title = "A" if in_title else ""
    last = f"'{words[-1]}':*{title}"
    asked = " & ".join([*(f"'{word}'{':A' if in_title else ''}" for word in words[:-1]), last])
    statement = """
        SELECT id FROM (
            SELECT id, vector FROM website_searchentry
            WHERE vector @@ to_tsquery('simple', %s) AND language = %s ORDER BY id DESC LIMIT %s) AS newest
        ORDER BY ts_rank(vector, to_tsquery('simple', %s)) DESC, id DESC"""
    return _answered(statement, [asked, language, most, asked])


def _answered(statement: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]
