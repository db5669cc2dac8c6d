"""Registered documents as evidence: a unit that had to write a letter or a report names the one it wrote."""

from __future__ import annotations

from typing import cast

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from khuevan.core import clock
from khuevan.documents.models import Document
from khuevan.documents.queries import visible_documents
from khuevan.people.models import User
from khuevan.programme.evidence import EvidenceSource


def _visible(user: User) -> QuerySet[Model]:
    return cast("QuerySet[Model]", visible_documents(user, clock.today()).in_force())


def _title(document: Model) -> str:
    return str(document)


def _url(document: Model) -> str:
    assert isinstance(document, Document)
    return document.get_absolute_url()


DOCUMENT_EVIDENCE = EvidenceSource(
    model=Document,
    label=cast("str", _("Official document")),
    visible=_visible,
    title=_title,
    url=_url,
    search_fields=("title", "symbol"),
)
