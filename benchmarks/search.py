"""How long does a reader wait for the search of the public site? 50,000 pages in six languages, on SQLite.

The question: does each kind of query stay below 50 ms, excerpt and marks included: words without marks, words that
stand in a tenth of all pages, rare ones, unfinished ones, Chinese, Japanese and Korean? Asked through the function
that the page asks (`khuevan.website.search.search`), each query at several pages of its results, on a file of its
own; the entries are written as the site writes them. The peer is what one writes without an index, in the same run:
Django's `icontains` for each word of the query, on folded words, the newest twenty first (no rank, no excerpt).

    .venv/bin/python -m benchmarks.search [entries]
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.search        # an empty database
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT_MS = 50
ROUNDS = 15
LANGUAGES = ("en", "vi", "fr", "zh-hans", "ja", "ko")
# What is asked: the kind of query, its language, and the words.
QUERIES = (
    ("without marks", "vi", "ha noi mua thu"),
    ("with marks", "vi", "lễ hội Gò Đống Đa"),
    ("one common word", "vi", "hà"),
    ("one common word", "en", "the"),
    ("common words", "en", "city of the festival"),
    ("unfinished", "en", "heri"),
    ("one letter", "en", "h"),
    ("rare word", "en", "zzrare7"),
    ("rare and common", "fr", "ville zzrare7"),
    ("in no page", "en", "nowhere zzqq"),
    ("accents left out", "fr", "ete a hanoi"),
    ("Chinese, two letters", "zh-hans", "河内"),
    ("Chinese, a phrase", "zh-hans", "河内市的秋天"),
    ("Chinese, one letter", "zh-hans", "河"),
    ("Japanese", "ja", "ハノイの秋"),
    ("Korean", "ko", "하노이 가을"),
    ("twelve words", "vi", "hà nội mùa thu lễ hội phố cổ di sản làng nghề"),
)
WORDS = {
    "en": "the city of a festival heritage hanoi autumn street old quarter craft village lotus tea market "
    "museum temple puppet theatre river bridge song in and to with from people every year opens archive",
    "vi": "hà nội mùa thu lễ hội phố cổ di sản làng nghề sen trà chợ bảo tàng chùa rối nước sông cầu hát "
    "gò đống đa người dân mỗi năm mở cửa và của với từ những một",
    "fr": "la ville de fête patrimoine hanoï automne rue vieux quartier artisans été à lotus thé marché "
    "musée temple marionnettes fleuve pont chant dans et avec chaque année ouvre les des",
    "zh-hans": "河内 河内市 的 秋天 节日 遗产 老街 手工艺村 莲花 茶 市场 博物馆 寺庙 水上木偶 "
    "河 桥 歌 人们 每年 开放 在 和",
    "ja": "ハノイ の 秋 祭り 遺産 旧市街 工芸村 蓮 お茶 市場 博物館 寺 水上人形劇 川 橋 歌 人々 毎年 開く と で",
    "ko": "하노이 가을 축제 유산 구시가지 공예마을 연꽃 차 시장 박물관 사원 수상인형극 "
    "강 다리 노래 사람들 해마다 문을 열다",
}


def main(entries: int) -> int:
    """How it ended: 0 where every kind of query keeps to the limit."""
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as directory:
        os.environ["KHUEVAN_DATA_DIR"] = directory
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(directory) / 'benchmark.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.test")
        import django

        django.setup()
        return measure(entries)


def measure(entries: int) -> int:
    """Fills a database and prints a line a query."""
    # Models can be imported only once Django has started.
    from django.core.management import call_command
    from django.db import connection

    from khuevan.plain.search_words import query_words
    from khuevan.website.models import SearchEntry
    from khuevan.website.search import search

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{entries} pages on {connection.vendor}, filled in {time.perf_counter() - started:.0f} s")

    def looked_through(query: str, language: str) -> list[Any]:
        found = SearchEntry.objects.filter(language=language)
        for word in query_words(query):
            found = found.filter(words__icontains=word)
        return list(found.order_by("-pk")[:20])

    print(f"{'':<24}{'':<9}{'found':>6}{'median':>10}{'p95':>9}{'icontains':>12}")
    failed = False
    for kind, language, words in QUERIES:
        results = search(words, language)
        numbers = sorted({1, 2, results.pages})
        ours = [timed(search, words, language, number) for _ in range(ROUNDS) for number in numbers]
        theirs = [timed(looked_through, words, language) for _ in range(3)]
        late = statistics.quantiles(ours, n=20)[-1]
        failed |= late >= LIMIT_MS
        print(
            f"{kind:<24}{language:<9}{results.total:>6}{statistics.median(ours):>8.1f}ms{late:>7.1f}ms"
            f"{statistics.median(theirs):>10.1f}ms"
        )
    return int(failed)


def timed(function: Callable[..., object], *arguments: object) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - started) * 1000


def fill(entries: int) -> None:
    """Pages in six languages with their entries; past Wagtail's saving, which would take an hour."""
    # Models can be imported only once Django has started.
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    from khuevan.newsroom.models import StoryPage
    from khuevan.plain.search_words import index_words
    from khuevan.website.models import SearchEntry
    from tests.factories.newsroom import locale, section

    chance = random.Random(6)
    kind = ContentType.objects.get_for_model(StoryPage)
    for place, language in enumerate(LANGUAGES):
        parent = section(language, title=f"News {language}", slug=f"news-{language}")
        numbers = list(range(place, entries, len(LANGUAGES)))
        Page.objects.bulk_create(
            (
                Page(
                    path=Page._get_path(parent.path, parent.depth + 1, order), depth=parent.depth + 1, numchild=0,
                    title=f"Piece {number}", draft_title="", slug=f"piece-{number}", live=True, content_type=kind,
                    url_path=f"{parent.url_path}piece-{number}/", locale=locale(language),
                )
                for order, number in enumerate(numbers, start=1)
            ),
            batch_size=500,
        )  # fmt: skip
        Page.objects.filter(pk=parent.pk).update(numchild=len(numbers))
        keys = dict(
            Page.objects.filter(slug__startswith="piece-", locale=locale(language)).values_list("slug", "pk")
        )
        rows = ((keys[f"piece-{number}"], *words_of(language, number, chance)) for number in numbers)
        entries_of_language = (
            SearchEntry(
                page_id=key, language=language, title=title, text=text,
                title_words=index_words(title), words=index_words(f"{title} {text}"),
            )
            for key, title, text in rows
        )  # fmt: skip
        SearchEntry.objects.bulk_create(entries_of_language, batch_size=500)


def words_of(language: str, number: int, chance: random.Random) -> tuple[str, str]:
    """A title and a text of about 300 words; each hundredth page has a word that few others have."""
    words = WORDS[language].split()
    apart = "" if language in ("zh-hans", "ja") else " "
    title = apart.join(chance.sample(words, 7)) + f" {number}"
    text = apart.join(chance.choices(words, weights=range(len(words), 0, -1), k=300))
    return title, f"{text} zzrare{number % 1000}" if number % 10 == 7 else text


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
