"""The ladder of reminders, and what was reminded of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record
from khuevan.programme.choices import RungTarget
from khuevan.programme.models.work import Instalment, Step


class ReminderRung(Record):
    """One rung of the ladder: so many working days from the deadline, these people are reminded.

    `offset` counts working days from the deadline: -3 three before, 0 on the day, 5 five after. With
    `repeat_every` the rung comes again every so many working days until the work is reported.
    """

    offset = models.SmallIntegerField(_("working days from the deadline"))
    target = models.CharField(_("who is reminded"), max_length=8, choices=RungTarget.choices)
    repeat_every = models.PositiveSmallIntegerField(_("again every … working days"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("rung of reminders")
        verbose_name_plural = _("ladder of reminders")
        ordering: ClassVar[list[str]] = ["offset", "target"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["offset", "target"],
                name="reminder_rung_once",
                violation_error_message=_("There is a rung for these people on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(offset__gte=-60, offset__lte=120),
                name="reminder_rung_within_reach",
                violation_error_message=_("A rung stands at most 60 working days before and 120 after."),
            ),
            models.CheckConstraint(
                condition=Q(repeat_every__isnull=True) | Q(repeat_every__gte=1, offset__gte=0),
                name="reminder_rung_repeats_after_the_deadline",
                violation_error_message=_("Only rungs on or after the deadline repeat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offset:+d} · {self.get_target_display()}"


class Reminder(models.Model):
    """One person was reminded of one instalment or step on one day, because of one rung. Never changed.

    A log, not a `Record`: the mail that carries it is its trail. `rung` is empty where the rung has gone;
    `target` and `offset` keep what it said, counted from `due_date`. `mail` is empty where the person has no address.
    """

    day = models.DateField(_("day"))
    due_date = models.DateField(_("deadline"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    instalment = models.ForeignKey(
        Instalment, models.CASCADE, related_name="reminders", null=True, blank=True
    )
    step = models.ForeignKey(Step, models.CASCADE, related_name="reminders", null=True, blank=True)
    rung = models.ForeignKey(ReminderRung, models.SET_NULL, related_name="+", null=True, blank=True)
    target = models.CharField(max_length=8, choices=RungTarget.choices)
    offset = models.SmallIntegerField()
    mail = models.ForeignKey(
        "outbox.OutgoingMail", models.PROTECT, related_name="reminders", null=True, blank=True
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar[list[str]] = ["-day", "person", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "instalment", "due_date", "target", "offset"],
                condition=Q(instalment__isnull=False),
                name="reminder_of_instalment_once",
            ),
            models.UniqueConstraint(
                fields=["person", "step", "due_date", "target", "offset"],
                condition=Q(step__isnull=False),
                name="reminder_of_step_once",
            ),
            models.CheckConstraint(
                condition=Q(instalment__isnull=False, step__isnull=True)
                | Q(instalment__isnull=True, step__isnull=False),
                name="reminder_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.person_id}"
