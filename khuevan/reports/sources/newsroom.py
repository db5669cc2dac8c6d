"""What reports count in the newsroom: pieces that went out in the period, by the unit that wrote them.

A piece counts in each of its languages, on the day on which it first went out, for the unit in which its writer held
a post on that day. One that was withdrawn by the cut-off day does not count; one withdrawn later counts in its
period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.newsroom.choices import ChangeKind, StoryKind
from khuevan.newsroom.models import PublicChange, SectionPage, StoryPage, Topic
from khuevan.newsroom.permissions import WRITES, can_see_pieces
from khuevan.people.models import Post, User
from khuevan.reports.counting import (
    Answer,
    CountedRecord,
    CountedRow,
    CountingQuestion,
    CountingSource,
    answer_from,
)

LABEL: Final = "newsroom.storypage"
# What a report on external information tells apart: the office's language, the world's, and all others.
_NAMED: Final = ("vi", "en")
_TITLE: Final = 200


def pieces_published(question: CountingQuestion) -> list[CountedRow]:
    """Pieces that first went out in the period; each stands once for every detail that it has. Four queries."""
    pieces = list(_pieces(question))
    if not pieces:
        return []
    units = _units_of_writers(pieces, question)
    topics: dict[int, list[str]] = defaultdict(list)
    through: Any = StoryPage.topics.through
    for page, slug in through.objects.filter(storypage__in=[piece.pk for piece in pieces]).values_list(
        "storypage", "topic__slug"
    ):
        topics[page].append(slug)
    sections = _sections()
    rows: list[CountedRow] = []
    for piece in pieces:
        unit = units.get(piece.pk)
        if unit is None or unit not in question.unit_ids:
            continue
        words = " ".join(piece.title.split())
        title = words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…"
        record = CountedRecord(LABEL, piece.pk, title, timezone.localdate(piece.first_published_at))
        language = piece.locale.language_code
        details = [
            f"kind:{piece.kind}",
            f"language:{language}",
            *([] if language in _NAMED else ["language:other"]),
            *(f"topic:{slug}" for slug in topics[piece.pk]),
            *(f"section:{slug}" for path, slug in sections if piece.path.startswith(path)),
        ]
        rows.extend(CountedRow(unit, record, detail=detail, same=str(piece.pk)) for detail in details)
    return rows


def _pieces(question: CountingQuestion) -> QuerySet[Any]:
    begin = timezone.make_aware(datetime.combine(question.first, time()))
    end = clock.end_of(question.last)
    withdrawn = PublicChange.objects.filter(page=OuterRef("pk"), kind=ChangeKind.WITHDRAWAL, made_at__lt=end)
    found: QuerySet[Any] = StoryPage.objects.filter(
        ~Exists(withdrawn), first_published_at__gte=begin, first_published_at__lt=end
    )
    return found.select_related("locale", "latest_revision", "live_revision").order_by(
        "first_published_at", "pk"
    )


def _units_of_writers(pieces: Sequence[StoryPage], question: CountingQuestion) -> dict[int, int]:
    """The unit of each piece, by the piece's key; none where its writer held no post on the day."""
    writers: dict[int, int] = {}
    for piece in pieces:
        revision = piece.live_revision or piece.latest_revision
        writer = piece.owner_id or (revision.user_id if revision is not None else None)
        if writer is not None:
            writers[piece.pk] = writer
    posts: dict[int, list[Post]] = defaultdict(list)
    held = Post.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=question.first),
        person__in=set(writers.values()),
        from_date__lte=question.last,
    )
    for post in held:
        posts[post.person_id].append(post)
    found: dict[int, int] = {}
    for piece in pieces:
        day = timezone.localdate(piece.first_published_at)
        there = [
            post
            for post in posts.get(writers.get(piece.pk, 0), ())
            if post.from_date <= day and (post.to_date is None or post.to_date >= day)
        ]
        # Somebody with several posts wrote it in the one that writes pieces.
        there.sort(key=lambda post: (post.role not in WRITES, post.pk))
        if there:
            found[piece.pk] = there[0].unit_id
    return found


def _sections() -> list[tuple[str, str]]:
    """The sections of every language by their place in the tree, each under its address in the first language."""
    rows = list(SectionPage.objects.order_by("pk").values_list("path", "slug", "translation_key"))
    names: dict[object, str] = {}
    for _path, slug, key in rows:
        names.setdefault(key, slug)
    return [(path, names[key]) for path, _slug, key in rows]


def details() -> list[tuple[str, str]]:
    """What pieces can be narrowed to: kinds, languages, topics, sections."""
    languages = sorted(
        set(StoryPage.objects.order_by().values_list("locale__language_code", flat=True)) | set(_NAMED)
    )
    slugs = dict.fromkeys(slug for _path, slug in _sections())
    return [
        *((f"kind:{kind.value}", str(kind.label)) for kind in StoryKind),
        *((f"language:{code}", str(get_language_info(code)["name_translated"])) for code in languages),
        ("language:other", _("All other languages")),
        *((f"topic:{topic.slug}", topic.name_in("vi")) for topic in Topic.objects.all()),
        *((f"section:{slug}", _("Section “%(name)s”") % {"name": slug}) for slug in slugs),
    ]


def url_of(record: CountedRecord) -> str:
    """The piece's page in the newsroom."""
    return urls_of([record]).get(record, "")


def urls_of(records: Sequence[CountedRecord]) -> dict[CountedRecord, str]:
    """The pages of many pieces; a piece has one for all its languages. One query."""
    own = [one for one in records if one.label == LABEL]
    rows = StoryPage.objects.filter(pk__in=[one.pk for one in own]).order_by().values_list("pk", "short_id")
    numbers = dict(rows)
    return {one: reverse("newsroom_desk:piece", args=[numbers[one.pk]]) for one in own if one.pk in numbers}


def visible(user: User, day: date, records: Sequence[CountedRecord]) -> Collection[CountedRecord]:
    """The pieces that the person opens in the newsroom: all of them, or none."""
    if not can_see_pieces(user, day):
        return frozenset()
    return frozenset(one for one in records if one.label == LABEL)


def _answer(rows: Iterable[CountedRow], question: CountingQuestion) -> Answer:
    # Pieces stand in no section of a plan.
    return answer_from(rows, replace(question, plan_ref=""))


def count(question: CountingQuestion) -> Answer:
    """The pieces that the question asks for."""
    return _answer(pieces_published(question), question)


def count_all(questions: Sequence[CountingQuestion]) -> Sequence[Answer]:
    """The pieces of many questions about the same units and days, asked for once."""
    rows = pieces_published(questions[0])
    return [_answer(rows, question) for question in questions]


SOURCES = (
    CountingSource(
        "newsroom.published",
        gettext_lazy("Pieces published on the city's site (each language counts)"),
        gettext_lazy("pieces"),
        count,
        url_of,
        details,
        count_all=count_all,
        urls=urls_of,
        visible=visible,
    ),
)
