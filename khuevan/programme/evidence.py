"""Which records of the software can prove work: a registry that the apps above fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from khuevan.people.models import User


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """One kind of record that can prove work.

    `label` names the kind on screens. `visible` gives the records that a person may name, `title` and `url`
    (empty for none) what a record is called and where it stands. `search_fields` are looked through when an
    officer searches for the record.
    """

    model: type[Model]
    label: str
    visible: Callable[[User], QuerySet[Model]]
    title: Callable[[Model], str]
    url: Callable[[Model], str]
    search_fields: tuple[str, ...]


_sources: dict[str, EvidenceSource] = {}


def register_evidence(source: EvidenceSource) -> None:
    """Lets records of this kind be named as evidence; called in an app's `ready`. Once a model."""
    key = source.model._meta.label_lower
    if key in _sources:
        raise ValueError(f"{key} is registered as evidence already.")
    _sources[key] = source


def evidence_sources() -> tuple[EvidenceSource, ...]:
    """The registered kinds in the order of their labels."""
    return tuple(sorted(_sources.values(), key=lambda source: str(source.label)))


def evidence_source(model_label: str) -> EvidenceSource | None:
    """The source for a model's label in lower case ("programme.plan"); None where it is not registered."""
    return _sources.get(model_label)
