"""The ladder that a new installation starts with, and the deadline rules of plans that were imported before."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone

# (working days from the deadline, who, again every so many working days)
LADDER = (
    (-5, "UNIT", None),
    (-1, "UNIT", None),
    (0, "UNIT", None),
    (1, "UNIT", None),
    (3, "HEAD", None),
    (5, "HEAD", 5),
    (10, "DEPUTY", 10),
)


def first_ladder(apps: Any, schema_editor: Any) -> None:
    """Puts the rungs in; an office changes them on its page."""
    rung = apps.get_model("programme", "ReminderRung")
    now = timezone.now()
    rung.objects.bulk_create(
        rung(offset=offset, target=target, repeat_every=again, created_at=now, updated_at=now)
        for offset, target, again in LADDER
    )


def rules_of_words(apps: Any, schema_editor: Any) -> None:
    """Reads the rule from the words of each deadline, as an import does."""
    # The reading of words is the program's present one; it needs no model.
    from khuevan.plain.calendar.deadline_reading import rule_of_due
    from khuevan.plain.calendar.deadline_rules import BadRule, as_plain
    from khuevan.plain.calendar.working_days import OutsideWorkingCalendar

    task_model = apps.get_model("programme", "Task")
    for task in task_model.objects.exclude(due_text="", due_date=None, recurrence="").iterator():
        recurrence = task.recurrence.lower().replace("_", "-") or None
        try:
            rule = rule_of_due(task.due_text, recurrence, task.due_date)
        except (BadRule, OutsideWorkingCalendar):
            continue
        if rule is not None:
            # The historical model has no audit trail: the words have not changed, only what is read in them.
            task_model.objects.filter(pk=task.pk).update(deadline_rule=as_plain(rule))


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_work")]

    operations = [
        migrations.RunPython(first_ladder, migrations.RunPython.noop),
        migrations.RunPython(rules_of_words, migrations.RunPython.noop),
    ]
