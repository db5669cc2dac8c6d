"""Writes: a file becomes a draft import, the draft a plan; each as one deed of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.people.models import User
from khuevan.plain.official_documents.document import as_stored
from khuevan.programme.carrying_out import carry_out
from khuevan.programme.choices import ImportState
from khuevan.programme.models import Plan, PlanImport
from khuevan.programme.permissions import check_can_import
from khuevan.programme.queries import ImportReview, import_of_file, imports_for_review, plan_it_may_amend
from khuevan.programme.reader import ReadFile, read_plan_path


@action
def start_import(*, by: User, file: ReadFile) -> tuple[PlanImport, bool]:
    """The draft import of a file, and whether it is new: a file has one import that is not discarded.

    A draft that looks like a new version of a plan is proposed as its amendment.
    """
    check_can_import(by, clock.today())
    there = import_of_file(file.sha256)
    if there is not None:
        return there, False
    draft = PlanImport(
        filename=file.filename,
        sha256=file.sha256,
        reading=as_stored(file.document),
        amends=plan_it_may_amend(file.document),
        started_at=clock.now(),
        started_by=by,
    )
    draft.file.save(file.filename, ContentFile(file.data), save=False)
    try:
        with transaction.atomic():
            draft.save()
    except BaseException as error:
        draft.file.storage.delete(str(draft.file.name))
        # Someone else's import of the same file was faster; theirs is the one.
        there = import_of_file(file.sha256) if isinstance(error, IntegrityError) else None
        if there is None:
            raise
        return there, False
    return draft, True


@action
def save_import_choices(
    *,
    by: User,
    plan_import: PlanImport,
    units: Mapping[str, str],
    links: Mapping[str, Sequence[int]],
) -> PlanImport:
    """The draft with these choices added to what was chosen before; creates nothing else."""
    check_can_import(by, clock.today())
    draft = _locked_draft(plan_import)
    draft.unit_choices = {**draft.unit_choices, **units}
    draft.link_choices = {
        **draft.link_choices,
        **{key: list(value) for key, value in links.items()},
    }
    draft.save()
    return draft


@action
def choose_amended_plan(*, by: User, plan_import: PlanImport, plan: Plan | None) -> PlanImport:
    """The draft as a new version of `plan`, or as a plan of its own for None.

    What was chosen for links is forgotten, since it was chosen against another comparison.
    """
    check_can_import(by, clock.today())
    draft = _locked_draft(plan_import)
    if draft.amends != plan:
        draft.amends = plan
        draft.link_choices = {}
        draft.save()
    return draft


@action
def discard_import(*, by: User, plan_import: PlanImport) -> PlanImport:
    """The import, ended without a plan: the file and what was read in it are removed."""
    check_can_import(by, clock.today())
    draft = _locked_draft(plan_import)
    storage, name = draft.file.storage, str(draft.file.name)
    draft.state = ImportState.DISCARDED
    draft.file = ""
    draft.reading, draft.unit_choices, draft.link_choices = {}, {}, {}
    draft.finished_at, draft.finished_by = clock.now(), by
    draft.save()
    # Only once the row no longer names it: a file without a row can be swept, the reverse cannot be mended.
    transaction.on_commit(lambda: storage.delete(name))
    return draft


@action
def carry_out_import(*, by: User, plan_import: PlanImport, seen_version: int | None = None) -> Plan:
    """The plan with its sections, tasks, duties, links, assignments and new units, in one transaction.

    `seen_version` is the version of the amended plan that the officer saw the file compared with; None
    asks for no look. Carried out once: a second call returns the plan and changes nothing. Raises
    ValidationError where a discarded import is carried out, the amended plan has a newer version than the
    one seen, a name has no unit, or a new unit's name leads to another unit.
    """
    day = clock.today()
    check_can_import(by, day)
    # Locked before it is read: what a lock waited for must not be judged by what was there before.
    locked = PlanImport.objects.only("amends").select_for_update().get(pk=plan_import.pk)
    if locked.amends_id is not None:
        # Two files that amend one plan come one after the other.
        Plan.objects.only("pk").select_for_update().get(pk=locked.amends_id)
    draft: Any = imports_for_review().get(pk=plan_import.pk)
    if draft.state == ImportState.FINISHED and draft.plan is not None:
        return draft.plan  # type: ignore[no-any-return]
    if draft.state == ImportState.DISCARDED:
        raise ValidationError(_("This import was discarded. Upload the file again."))
    if seen_version is not None and draft.amends_id is not None and draft.old_version != seen_version:
        raise ValidationError(
            _(
                "Meanwhile the plan got version %(number)s from another file. The page now compares with it: "
                "look at the changes again, then apply."
            )
            % {"number": draft.old_version}
        )
    plan: Plan = carry_out(ImportReview(draft, day), by=by)
    draft.plan = plan
    draft.state = ImportState.FINISHED
    draft.finished_at, draft.finished_by = clock.now(), by
    draft.save()
    plan_import.refresh_from_db()
    return plan


def import_plan_file(*, by: User, path: Path | str) -> Plan:
    """The plan that a file on this machine became, its proposals accepted and unknown units made.

    The same file again changes nothing and gives the same plan; a draft that someone left is carried
    out with what was chosen in it. Raises UnreadableDocument with one sentence.
    """
    check_can_import(by, clock.today())
    draft, _is_new = start_import(by=by, file=read_plan_path(Path(path)))
    return carry_out_import(by=by, plan_import=draft)


def _locked_draft(plan_import: PlanImport) -> PlanImport:
    """The row as it is now, locked until the deed is done; raises ValidationError if it has ended."""
    draft = PlanImport.objects.select_for_update(of=("self",)).get(pk=plan_import.pk)
    if draft.state != ImportState.DRAFT:
        raise ValidationError(_("This import has ended; its choices can no longer be changed."))
    return draft
