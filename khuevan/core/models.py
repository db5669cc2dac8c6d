"""The base of every record, and the audit trail that its writes leave."""

from __future__ import annotations

import datetime
import decimal
import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.core import clock
from khuevan.core.append_only import AppendOnly, AppendOnlyQuerySet
from khuevan.core.audit_links import AuditLink  # noqa: F401  (Django knows it by this line)
from khuevan.core.recording import Deed, required_deed
from khuevan.plain.folding import fold

if TYPE_CHECKING:
    from khuevan.people.models import User  # Types only: core knows nothing of people when it runs.

Changes = dict[str, list[Any]]


def _stored(value: Any) -> Any:
    """The value as the JSON of an audit entry keeps it: dates in ISO form, files by name."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID | datetime.timedelta):
        return str(value)
    if isinstance(value, FieldFile):
        return value.name or ""
    return value


def _fingerprint(value: Any) -> str | None:
    """Twelve digits that tell two long values apart without keeping either."""
    if value in (None, "", [], {}):
        return None
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


AnyRecord = TypeVar("AnyRecord", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[AnyRecord]):
    """A QuerySet whose bulk writes leave audit entries as `save` does."""

    def update(self, **kwargs: Any) -> int:
        """How many rows changed. Reads them before and after, so that the trail holds the difference."""
        deed = required_deed(f"{self.model.__name__}.objects.update()")
        if deed.by is None:
            return super().update(**kwargs)
        before = {record.pk: record.audited_values() for record in self.select_for_update(of=("self",))}
        keys = list(before)
        count = 0
        # In pieces, because databases bound the number of parameters of one statement.
        for start in range(0, len(keys), 500):
            piece: RecordQuerySet[Any] = RecordQuerySet(self.model, using=self.db).filter(
                pk__in=keys[start : start + 500]
            )
            count += piece._update_unseen({"updated_at": timezone.now(), **kwargs})
            happenings = [
                (AuditEntry.Kind.CHANGED, record, difference(before[record.pk], record.audited_values()))
                for record in piece.all()
            ]
            AuditEntry.write(deed, [happening for happening in happenings if happening[2]])
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def _update_unseen(self, values: dict[str, Any]) -> int:
        """Writes the values without looking at the trail; only for `update`."""
        return super().update(**values)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """The records, saved with one entry each; conflicts may not be ignored, or the trail would lie."""
        deed = required_deed(f"{self.model.__name__}.objects.bulk_create()")
        ignoring = kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts") or len(args) > 1
        if ignoring and deed.by is not None:
            raise NotImplementedError(
                "bulk_create cannot say which rows it wrote when conflicts are ignored."
            )
        created = super().bulk_create(objs, *args, **kwargs)
        for record in created:
            record.remember_values()
        AuditEntry.write(
            deed,
            [
                (AuditEntry.Kind.CREATED, record, difference({}, record.audited_values()))
                for record in created
            ],
        )
        self.model.after_bulk_create(created)
        return created


class Record(models.Model):
    """Something the department keeps. Written only inside an action, which leaves entries in the trail."""

    created_at = models.DateTimeField(_("created at"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, editable=False)

    # Fields too long to keep twice: the trail says that they changed, by fingerprint, not what they held.
    fingerprinted_fields: ClassVar[tuple[str, ...]] = ()
    # Fields that only repeat what other fields say (a path, a folded name): not in the trail at all.
    derived_fields: ClassVar[tuple[str, ...]] = ()

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Self:
        """The record as stored, remembering what it held so that a save can tell the difference."""
        record = super().from_db(db, field_names, values, **kwargs)
        record.remember_values()
        return record

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Reads the record again, and forgets what it held before."""
        super().refresh_from_db(*args, **kwargs)
        self.remember_values()

    def audited_values(self) -> Changes:
        """What each field holds now, by field name, as the trail keeps it; deferred fields are left out."""
        values: dict[str, Any] = {}
        deferred = self.get_deferred_fields()
        for field in self._meta.concrete_fields:
            if (
                field.name in {"id", "created_at", "updated_at", *self.derived_fields}
                or field.attname in deferred
            ):
                continue
            value = _stored(getattr(self, field.attname))
            values[field.name] = _fingerprint(value) if field.name in self.fingerprinted_fields else value
        return values

    def remember_values(self) -> None:
        """Takes what the record holds now for what is stored."""
        # A copy through JSON, because a list or dict inside a field may be changed in place.
        self._stored_values = json.loads(json.dumps(self.audited_values(), default=str))

    @classmethod
    def after_bulk_create(cls, records: list[Self]) -> None:
        """Called with records created in bulk, for which Django sends no signal."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the record and leaves an entry with what changed; raises UnrecordedWrite outside an action."""
        deed = required_deed(f"{type(self).__name__}.save()")
        creating = self._state.adding
        update_fields = kwargs.get("update_fields")
        if update_fields is not None:
            kwargs["update_fields"] = {*update_fields, "updated_at"}
        before: dict[str, Any] = {} if creating else getattr(self, "_stored_values", {})
        super().save(*args, **kwargs)
        after = self.audited_values()
        if update_fields is not None:
            names = {f.name for f in self._meta.concrete_fields if {f.name, f.attname} & set(update_fields)}
            after = {name: value for name, value in after.items() if name in names}
            before = {name: value for name, value in before.items() if name in names}
        changes = difference(before, after)
        if changes or creating:
            kind = AuditEntry.Kind.CREATED if creating else AuditEntry.Kind.CHANGED
            AuditEntry.write(deed, [(kind, self, changes)])
        if update_fields is None:
            self.remember_values()
        else:
            self._stored_values = {
                **getattr(self, "_stored_values", {}),
                **json.loads(json.dumps(after, default=str)),
            }

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Removes the record and leaves an entry with what it held; raises UnrecordedWrite outside an action."""
        required_deed(f"{type(self).__name__}.delete()")
        return super().delete(*args, **kwargs)


def difference(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """The fields that differ, as name → [old, new]; a field that was and stays empty does not count."""
    changes: Changes = {}
    for name in after.keys() | before.keys():
        old, new = before.get(name), after.get(name)
        if old != new and not (old in (None, "") and new in (None, "")):
            changes[name] = [old, new]
    return dict(sorted(changes.items()))


class AuditEntryQuerySet(AppendOnlyQuerySet["AuditEntry"]):
    """Filters of entries."""

    def about(self, target: models.Model) -> Self:
        """Entries about one record."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)


class AuditEntry(AppendOnly):
    """One change of one record: who, when, in which action, and each changed field before and after.

    All entries of one action, with the actions that it called, share a `batch`. `changes` maps a field's
    name to [old, new]; relations are kept as primary keys. `target_label` is the record's name at the time,
    because the record may be gone. Entries are tied into a chain of digests afterwards (`AuditLink`).
    """

    class Kind(models.TextChoices):
        """What happened to the record."""

        CREATED = "CREATED", _("created")
        CHANGED = "CHANGED", _("changed")
        DELETED = "DELETED", _("deleted")
        NOTED = "NOTED", _("noted")

    at = models.DateTimeField(_("at"), default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    verb = models.CharField(_("action"), max_length=100, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, editable=False)
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+", editable=False)
    target_id = models.PositiveBigIntegerField(editable=False)
    target_label = models.CharField(_("record"), max_length=200, editable=False)
    # The label without case and diacritics, so that "le hoi" finds Lễ hội on every database.
    target_folded = models.CharField(max_length=400, default="", editable=False)
    changes = models.JSONField(_("changes"), default=dict, editable=False)
    batch = models.UUIDField(editable=False, db_index=True)

    kept_as: ClassVar[str] = "Audit entries"
    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "at"], name="core_audit_target"),
            # The page of the trail: newest first, and those of one action.
            models.Index(fields=["at", "id"], name="core_audit_newest"),
            models.Index(fields=["verb", "at"], name="core_audit_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.target_label}"

    @classmethod
    def write(cls, deed: Deed, happenings: Sequence[tuple[AuditEntry.Kind, models.Model, Changes]]) -> None:
        """Adds one entry for each (kind, record, changes) in the name of the deed; none inside `unaudited`."""
        by: User | None = deed.by
        if by is None or not happenings:
            return
        cls.objects.bulk_create(
            [
                cls(
                    by=by,
                    verb=deed.verb,
                    kind=kind,
                    target_type=ContentType.objects.get_for_model(target),
                    target_id=target.pk,
                    target_label=(label := str(target)[:200]),
                    target_folded=fold(label)[:400],
                    changes=changes,
                    batch=deed.batch,
                )
                for kind, target, changes in happenings
            ],
            batch_size=500,
        )


def record_deletion(sender: type[Record], instance: Record, **kwargs: Any) -> None:
    """Leaves an entry with what a deleted record held, also when it went with another (a cascade)."""
    deed = required_deed(f"Deleting a {sender.__name__}")
    AuditEntry.write(deed, [(AuditEntry.Kind.DELETED, instance, difference(instance.audited_values(), {}))])
