"""Checks at start that no kind of record escapes the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from khuevan.core.models import Record, RecordQuerySet


@register()
def check_records_are_guarded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each record whose manager could update or create rows behind the trail's back."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, Record):
            continue
        for manager in model._meta.managers:
            if not isinstance(manager.get_queryset(), RecordQuerySet):
                errors.append(
                    Error(
                        f"{model._meta.label}.{manager.name} is not built on RecordQuerySet.",
                        hint="Derive its QuerySet from khuevan.core.models.RecordQuerySet.",
                        obj=model,
                        id="core.E001",
                    )
                )
    return errors
