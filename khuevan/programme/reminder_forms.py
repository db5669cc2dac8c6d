"""The form of one rung of the ladder."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from khuevan.programme.models import ReminderRung

BEFORE, ON, AFTER = "BEFORE", "ON", "AFTER"


class RungForm(forms.ModelForm):  # type: ignore[type-arg]
    """When and whom a rung reminds. People say "three days before", so the sign is a choice of its own."""

    when = forms.ChoiceField(
        label=_("when"),
        choices=[(BEFORE, _("before the deadline")), (ON, _("on the day")), (AFTER, _("after the deadline"))],
    )
    days = forms.IntegerField(label=_("working days"), min_value=0, max_value=120, required=False)

    class Meta:
        model = ReminderRung
        fields: ClassVar[list[str]] = ["target", "repeat_every", "is_active"]

    def __init__(self, data: Any = None, *, instance: ReminderRung) -> None:
        super().__init__(data, instance=instance, auto_id="rung-%s")
        self.order_fields(["when", "days", "target", "repeat_every", "is_active"])
        if self.instance.pk is not None:
            offset = self.instance.offset
            self.initial["when"] = ON if offset == 0 else BEFORE if offset < 0 else AFTER
            self.initial["days"] = abs(offset)
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"rung-{name}-error"

    def clean(self) -> dict[str, Any]:
        """The values, with the day as working days from the deadline."""
        cleaned = super().clean() or {}
        when, days = cleaned.get("when"), cleaned.get("days")
        if when in (BEFORE, AFTER) and not days:
            self.add_error("days", _("Say how many working days."))
        elif when:
            self.instance.offset = 0 if when == ON else -int(days or 0) if when == BEFORE else int(days or 0)
        return cleaned
