"""Reads of the audit trail."""

from __future__ import annotations

from django.db.models import Model

from khuevan.core.models import AuditEntry, AuditEntryQuerySet


def history_of(record: Model) -> AuditEntryQuerySet:
    """The entries about a record, oldest first, each with its person loaded."""
    return AuditEntry.objects.about(record).select_related("by")
