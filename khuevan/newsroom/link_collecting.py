"""Which addresses of other sites our pages link to: gathered anew from what is published and what is being written.

Nothing is kept of when an address was added: whatever a killed run left, the next one brings in step. The database
leaves out texts without any link; twenty thousand pages with two links each are read in five seconds.

What is under embargo is left out until it ends: a question from our machine would tell the other site of a piece
that nobody may know of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision, get_page_models

from khuevan.newsroom.choices import ChangeKind
from khuevan.newsroom.models import LinkCheck, LinkUse, PublicChange, StoryPage
from khuevan.newsroom.web_links import WebLink, links_of_value

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class CollectedLinks:
    """How many addresses are new, and how many were forgotten because nothing links to them any more."""

    new: int = 0
    forgotten: int = 0


def collect_links(now: datetime) -> CollectedLinks:
    """Brings the table of addresses and the pages that use them in step with the pages; new ones are due at once."""
    if not settings.CHECK_LINKS:
        return CollectedLinks()
    wanted = dict(_links_of_pages(now))
    with transaction.atomic():
        new = _make_addresses({link.address for link, _published in wanted.values()}, now)
        _keep_uses(wanted)
        forgotten, _by_model = LinkCheck.objects.filter(uses__isnull=True).delete()
    return CollectedLinks(new, forgotten)


def _links_of_pages(now: datetime) -> Iterator[tuple[tuple[int, str], tuple[WebLink, bool]]]:
    """Page and address, with the link and whether it is published; what is published comes last, and wins."""
    held = _under_embargo(now)
    for model in get_page_models():
        names = [field.name for field in model._meta.get_fields() if isinstance(field, _WITH_LINKS)]
        if names:
            for published, texts in ((False, _drafts(model, names, held)), (True, _published(model, names))):
                for page, values in texts:
                    for link in links_of_value(values):
                        yield (page, link.address), (link, published)


_WITH_LINKS: Final = (RichTextField, StreamField)


def _published(model: type[Page], names: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The live pages of the kind that may have a link, each with its texts."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in names}
    has_link = Q(*((f"{text}__contains", "href=") for text in texts), _connector=Q.OR)
    rows: Any = model._default_manager.filter(live=True).order_by().annotate(**texts).filter(has_link)
    for key, *values in rows.values_list("pk", *texts).iterator(chunk_size=_AT_ONCE):
        yield key, [_as_stored(model, name, value) for name, value in zip(names, values, strict=True)]


def _drafts(model: type[Page], names: list[str], held: set[Any]) -> Iterator[tuple[int, list[str]]]:
    """The pages of the kind whose newest text is not what is public, each with that text's values."""
    withdrawn = PublicChange.objects.filter(kind=ChangeKind.WITHDRAWAL).values("page")
    written: Any = (
        model._default_manager.filter(Q(live=False) | Q(has_unpublished_changes=True), expired=False)
        .exclude(pk__in=withdrawn)
        .exclude(translation_key__in=held)
        .order_by()
    )
    rows = (
        Revision.objects.filter(pk__in=written.values("latest_revision"))
        .order_by()
        .annotate(text=Cast("content", TextField()))
        .filter(text__contains="href=")
    )
    for key, content in rows.values_list("object_id", "content").iterator(chunk_size=_AT_ONCE):
        yield int(key), [_as_stored(model, name, content.get(name)) for name in names]


def _as_stored(model: type[Page], name: str, value: Any) -> Any:
    """The value as JSON has it: a body of blocks is kept as a text of JSON."""
    field: models.Field[Any, Any] = model._meta.get_field(name)
    if not isinstance(field, StreamField) or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return None


def _under_embargo(now: datetime) -> set[Any]:
    """The translation keys of pieces of which any language, as it is published or written, is under embargo."""
    stories = StoryPage.objects.order_by()
    keys = set(stories.filter(embargo_until__gt=now).values_list("translation_key", flat=True))
    newest = stories.filter(Q(live=False) | Q(has_unpublished_changes=True)).values("latest_revision")
    written = Revision.objects.filter(pk__in=newest).order_by().annotate(until=KT("content__embargo_until"))
    pages = [
        int(page)
        for page, until in written.exclude(until=None).values_list("object_id", "until")
        if (parse_datetime(until) or now) > now
    ]
    return keys | set(stories.filter(pk__in=pages).values_list("translation_key", flat=True))


def _make_addresses(wanted: set[str], now: datetime) -> int:
    """Makes rows for the addresses that have none; how many."""
    there = set(LinkCheck.objects.values_list("address", flat=True))
    new = sorted(wanted - there)
    LinkCheck.objects.bulk_create([LinkCheck(address=address, next_at=now) for address in new], _AT_ONCE)
    return len(new)


def _keep_uses(wanted: dict[tuple[int, str], tuple[WebLink, bool]]) -> None:
    """Makes, changes and deletes uses so that they are the wanted ones."""
    keys = dict(LinkCheck.objects.values_list("address", "pk"))
    # A page that was deleted meanwhile has no uses to make.
    pages = set(Page.objects.values_list("pk", flat=True))
    missing = {
        (page, keys[address]): (link.written[:2000], link.words, published)
        for (page, address), (link, published) in wanted.items()
        if page in pages
    }
    outdated, changed = [], []
    for use in LinkUse.objects.all():
        values = missing.pop((use.page_id, use.link_id), None)
        if values is None:
            outdated.append(use.pk)
        elif values != (use.written, use.words, use.is_published):
            use.written, use.words, use.is_published = values
            changed.append(use)
    for first in range(0, len(outdated), _AT_ONCE):
        LinkUse.objects.filter(pk__in=outdated[first : first + _AT_ONCE]).delete()
    LinkUse.objects.bulk_update(changed, ["written", "words", "is_published"], _AT_ONCE)
    LinkUse.objects.bulk_create(
        [
            LinkUse(page_id=page, link_id=link, written=written, words=words, is_published=published)
            for (page, link), (written, words, published) in missing.items()
        ],
        _AT_ONCE,
    )
