"""The records of the programme: plans, the work that they order, reminders, subscriptions."""

from __future__ import annotations

# The first migrations know it by this place.
from khuevan.core.private_files import private_storage
from khuevan.programme.models.plans import (
    Assignment,
    AssignmentQuerySet,
    Duty,
    DutyTask,
    InForceQuerySet,
    Obligation,
    Plan,
    PlanImport,
    PlanSection,
    PlanVersion,
    Task,
    TaskQuerySet,
    file_path,
)
from khuevan.programme.models.reminders import Reminder, ReminderRung
from khuevan.programme.models.replies import Difficulty, Evidence, Reply, evidence_path
from khuevan.programme.models.subscriptions import DeadlineFeed
from khuevan.programme.models.work import (
    Instalment,
    InstalmentQuerySet,
    Step,
    StepPrecedence,
    TaskPrecedence,
)

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "DeadlineFeed",
    "Difficulty",
    "Duty",
    "DutyTask",
    "Evidence",
    "InForceQuerySet",
    "Instalment",
    "InstalmentQuerySet",
    "Obligation",
    "Plan",
    "PlanImport",
    "PlanSection",
    "PlanVersion",
    "Reminder",
    "ReminderRung",
    "Reply",
    "Step",
    "StepPrecedence",
    "Task",
    "TaskPrecedence",
    "TaskQuerySet",
    "evidence_path",
    "file_path",
    "private_storage",
]
