"""The codes that the programme stores, and what the screens call them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyRole(models.TextChoices):
    """What the section on organisation asks of a unit."""

    LEAD = "LEAD", _("Lead")
    SUPPORT = "SUPPORT", _("Support")
    CARRY_OUT = "CARRY_OUT", _("Carry out")


class AssignmentRole(models.TextChoices):
    """How a unit answers for a task: the lead for the whole, a supporting unit for its own part."""

    LEAD = "LEAD", _("Lead")
    SUPPORT = "SUPPORT", _("Support")


class AssignmentSource(models.TextChoices):
    """Where an assignment comes from."""

    DUTY = "DUTY", _("From a duty of the plan")
    TASK_TEXT = "TASK_TEXT", _("Named in the task's own sentence")
    PERSON = "PERSON", _("Decided by an officer")


class TaskState(models.TextChoices):
    """Whether a task is still in force."""

    OPEN = "OPEN", _("In force")
    DROPPED = "DROPPED", _("Dropped by an amended plan")


class Recurrence(models.TextChoices):
    """How often the work comes back, as the reader names it in upper case."""

    CONTINUOUS = "CONTINUOUS", _("Continuous")
    WEEKLY = "WEEKLY", _("Weekly")
    MONTHLY = "MONTHLY", _("Monthly")
    QUARTERLY = "QUARTERLY", _("Quarterly")
    HALF_YEARLY = "HALF_YEARLY", _("Half-yearly")
    YEARLY = "YEARLY", _("Yearly")


class InstalmentState(models.TextChoices):
    """How far one unit's instalment has come, and whose turn it is."""

    WAITING = "WAITING", _("Not started")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    REPORTED = "REPORTED", _("Reported done")
    RETURNED = "RETURNED", _("Returned")
    DONE = "DONE", _("Done")
    CANCELLED = "CANCELLED", _("Not required")


# It is the unit's turn.
OWED_STATES = (InstalmentState.WAITING, InstalmentState.IN_PROGRESS, InstalmentState.RETURNED)
# Somebody still has something to do: the unit, or whoever accepts.
OPEN_STATES = (*OWED_STATES, InstalmentState.REPORTED)


class Outcome(models.TextChoices):
    """What a reply says of the work."""

    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    DONE = "DONE", _("Done")


class ReplyState(models.TextChoices):
    """Where a reply stands."""

    DRAFT = "DRAFT", _("Draft")
    SENT = "SENT", _("Sent")
    ACCEPTED = "ACCEPTED", _("Accepted")
    RETURNED = "RETURNED", _("Returned")


class EvidenceKind(models.TextChoices):
    """What shows that the work was done."""

    RECORD = "RECORD", _("Record in this software")
    FILE = "FILE", _("File")
    WEB = "WEB", _("Web address")


class StepState(models.TextChoices):
    """How far a step has come."""

    TODO = "TODO", _("Not started")
    DOING = "DOING", _("In progress")
    DONE = "DONE", _("Done")


class RungTarget(models.TextChoices):
    """Whom a rung of the ladder reminds."""

    UNIT = "UNIT", _("The unit's officers")
    HEAD = "HEAD", _("The unit's head")
    DEPUTY = "DEPUTY", _("The deputy director in charge")


class ImportState(models.TextChoices):
    """How far an import has come."""

    DRAFT = "DRAFT", _("Being reviewed")
    FINISHED = "FINISHED", _("In the programme")
    DISCARDED = "DISCARDED", _("Discarded")


def stored_code(word: str | None) -> str:
    """The stored code for a word of the reader: "half-yearly" is HALF_YEARLY, None is empty."""
    return "" if word is None else word.upper().replace("-", "_")
