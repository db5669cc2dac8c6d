"""Rows of the view × role table for the import of plans and a plan's source."""

from __future__ import annotations

from django.urls import reverse

from khuevan.people.choices import SEES_EVERYTHING
from khuevan.people.queries import system_person
from khuevan.programme.actions import carry_out_import, start_import
from khuevan.programme.models import PlanImport
from khuevan.programme.permissions import IMPORTERS
from tests.factories.programme import plan_document, read_file_of
from tests.permission_rows import Row


def _draft() -> PlanImport:
    return start_import(by=system_person(), file=read_file_of(plan_document()))[0]


def _plan() -> int:
    return carry_out_import(by=system_person(), plan_import=_draft()).pk


def rows() -> list[Row]:
    """The list, the upload, the review and its end for importers; the source for who sees every unit."""
    return [
        Row("programme:imports", lambda: reverse("programme:imports"), IMPORTERS),
        Row("programme:import_upload", lambda: reverse("programme:import_upload"), IMPORTERS),
        Row(
            "programme:import_review",
            lambda: reverse("programme:import_review", args=[_draft().pk]),
            IMPORTERS,
        ),
        Row(
            "programme:import_discard",
            lambda: reverse("programme:import_discard", args=[_draft().pk]),
            IMPORTERS,
        ),
        Row("programme:source", lambda: reverse("programme:source", args=[_plan()]), SEES_EVERYTHING),
        Row(
            "programme:source_version",
            lambda: reverse("programme:source_version", args=[_plan(), 1]),
            SEES_EVERYTHING,
        ),
        Row(
            "programme:source_file",
            lambda: reverse("programme:source_file", args=[_plan(), 1]),
            SEES_EVERYTHING,
        ),
    ]
