"""The values that entries keep, in words: fields by their names, codes by their labels, keys by what they name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khuevan.core.models import AuditEntry, Record

# (model, key) of a record → what it is called.
Names = Mapping[tuple[type[models.Model], Any], str]


def field_of(entry: AuditEntry, name: str) -> models.Field[Any, Any] | None:
    """The field of the entry's kind of record; None where the field or the kind is no longer there."""
    model = entry.target_type.model_class()
    if model is None:
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def field_name(entry: AuditEntry, name: str) -> str:
    """What the field is called on screen, with a capital letter; its code where it has no name."""
    field = field_of(entry, name)
    label = name if field is None else str(field.verbose_name)
    return label[:1].upper() + label[1:]


def before_and_after(value: Any) -> tuple[Any, Any]:
    """The two values that an entry keeps of one field."""
    if isinstance(value, list) and len(value) == 2:
        return value[0], value[1]
    return None, value


def names_of_related(entries: Iterable[AuditEntry]) -> Names:
    """What the records are called to which the entries' values lead.

    Of records the latest name in the trail, which deleted ones have too, in one query; then one query for each
    kind that the trail does not follow (accounts), or about which it has no entry.
    """
    wanted: dict[type[models.Model], set[Any]] = {}
    for entry in entries:
        for name, value in entry.changes.items():
            related = _related_model(field_of(entry, name))
            if related is not None:
                # No database has a greater key; whatever else stands there is shown as it is.
                keys = {key for key in before_and_after(value) if isinstance(key, int) and 0 < key < 2**63}
                wanted.setdefault(related, set()).update(keys)
    wanted = {model: keys for model, keys in wanted.items() if keys}
    names = _names_in_trail(wanted)
    for model, keys in wanted.items():
        missing = {key for key in keys if (model, key) not in names}
        if missing:
            names |= {(model, row.pk): str(row) for row in _rows(model, missing)}
    return names


def _related_model(field: models.Field[Any, Any] | None) -> type[models.Model] | None:
    if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type):
        return field.related_model
    return None


def _names_in_trail(
    wanted: Mapping[type[models.Model], set[Any]],
) -> dict[tuple[type[models.Model], Any], str]:
    records = [model for model in wanted if issubclass(model, Record)]
    if not records:
        return {}
    types = ContentType.objects.get_for_models(*records)
    models_by_type = {kind.pk: model for model, kind in types.items()}
    asked = Q()
    for model in records:
        asked |= Q(target_type=types[model], target_id__in=wanted[model])
    latest = (
        AuditEntry.objects.filter(asked)
        .order_by()
        .values("target_type", "target_id")
        .annotate(latest=Max("pk"))
        .values("latest")
    )
    rows = AuditEntry.objects.filter(pk__in=latest).values_list("target_type", "target_id", "target_label")
    return {(models_by_type[kind], key): label for kind, key, label in rows}


def _rows(model: type[models.Model], keys: set[Any]) -> models.QuerySet[Any]:
    """The records, with what their names may be made of and without what is too long to read."""
    related = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    rows = model._base_manager.filter(pk__in=keys)
    if related:
        rows = rows.select_related(*related)
    return rows.defer(*getattr(model, "fingerprinted_fields", ()))


def in_words(entry: AuditEntry, name: str, value: Any, names: Names) -> str:
    """The value as the page shows it; empty for none."""
    if value in (None, "", [], {}):
        return ""
    field = field_of(entry, name)
    # A list or a map is no key and no code, whatever the field is today.
    if field is not None and isinstance(value, str | int):
        related = _related_model(field)
        if related is not None:
            return names.get((related, value)) or _("no. %s") % value
        if field.choices:
            labels = dict(field.flatchoices)
            return str(labels.get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(field, models.DateField) and isinstance(value, str):
        return _moment_in_words(value)
    if isinstance(value, str) and value.startswith("sha256:"):
        return _("a text with the fingerprint %s") % value.removeprefix("sha256:")
    return str(value)


def _moment_in_words(value: str) -> str:
    """A day or moment in ISO form as offices write it; as it is where it is neither."""
    try:
        if len(value) == len("2025-11-24"):
            return date_format(date.fromisoformat(value), "d/m/Y")
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "H:i d/m/Y")
