"""What a clerk puts in about dispatches and what came as edXML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from khuevan.core.search import folded_words
from khuevan.documents.actions import DispatchLine
from khuevan.documents.choices import Channel, DispatchState
from khuevan.documents.edxml_sentences import status_name
from khuevan.documents.models import Correspondent, Dispatch
from khuevan.documents.queries import correspondents_named
from khuevan.documents.queries.dispatching import Proposal, members_of, usual_way
from khuevan.people.queries import units_by_folded_name
from khuevan.plain.edxml import DEFAULT_LIMITS

# Rows that stand empty below the proposals, for recipients that the document does not print.
EMPTY_ROWS = 3
MOST_ROWS = 200


class LineForm(forms.Form):
    """One recipient; a row without a name is none."""

    take = forms.BooleanField(label=gettext_lazy("Send"), required=False)
    name = forms.CharField(label=pgettext_lazy("dispatch", "Recipient"), max_length=500, required=False)
    purpose = forms.CharField(label=gettext_lazy("For"), max_length=200, required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    copy_count = forms.IntegerField(
        label=gettext_lazy("Copies"), min_value=1, max_value=999, required=False, initial=1
    )
    split = forms.BooleanField(label=gettext_lazy("Split among its units"), required=False)

    def clean(self) -> dict[str, Any]:
        """The values; an address of a mail must be one."""
        values = super().clean() or {}
        name = " ".join((values.get("name") or "").split())
        values["name"], values["copy_count"] = name, values.get("copy_count") or 1
        if name and values.get("channel") == Channel.EMAIL and values.get("address"):
            try:
                validate_email(values["address"].strip())
            except ValidationError:
                self.add_error("address", _("This is no e-mail address."))
        return values


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=MOST_ROWS, validate_max=True)


def initial_lines(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The rows of the form: what is proposed, ticked, then empty ones."""
    rows: list[dict[str, Any]] = [
        {
            "take": True,
            "name": each.name,
            "purpose": each.purpose,
            "channel": each.channel,
            "address": each.address,
            "copy_count": 1,
            "split": bool(each.members),
        }
        for each in proposals[: MOST_ROWS - EMPTY_ROWS]
    ]
    empty = {"take": True, "channel": Channel.PRINTED, "copy_count": 1}
    return rows + [dict(empty) for _number in range(EMPTY_ROWS)]


def lines_of(forms_of_lines: Iterable[LineForm], day: date) -> list[DispatchLine]:
    """What the rows order: a recipient each, a group that is to be split as the units that it stands for."""
    taken = [form.cleaned_data for form in forms_of_lines if form.cleaned_data.get("take")]
    taken = [values for values in taken if values["name"]]
    known = correspondents_named([values["name"] for values in taken])
    units = units_by_folded_name(day)
    lines: list[DispatchLine] = []
    for values in taken:
        name = values["name"]
        body = known.get(name)
        unit = body.unit if body is not None else units.get(folded_words(name))
        members = members_of(name, unit, day) if values.get("split") else ()
        if not members:
            lines.append(
                DispatchLine(
                    name=name,
                    purpose=values["purpose"],
                    channel=values["channel"],
                    address=values["address"],
                    copy_count=values["copy_count"],
                    correspondent=body,
                    unit=unit,
                )
            )
            continue
        bodies = {each.unit_id: each for each in Correspondent.objects.filter(unit__in=members)}
        for member in members:
            channel, address = usual_way(bodies.get(member.pk), member)
            lines.append(
                DispatchLine(
                    name=member.name,
                    purpose=values["purpose"],
                    channel=channel,
                    address=address,
                    copy_count=values["copy_count"],
                    correspondent=bodies.get(member.pk),
                    unit=member,
                )
            )
    return lines


class ChangeForm(forms.Form):
    """Another way, address or number of copies of one dispatch."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Left empty, the address of the correspondent for this channel."),
    )
    copy_count = forms.IntegerField(label=gettext_lazy("Copies"), min_value=1, max_value=999)
    purpose = forms.CharField(label=gettext_lazy("For"), max_length=200, required=False)


class ReasonForm(forms.Form):
    """A reason that the recipients read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason: the recipients read it.")},
    )


class AnswerForm(forms.Form):
    """What the clerk was told of a dispatch."""

    state = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what became of it.")},
    )
    words = forms.CharField(
        label=gettext_lazy("By whom, or why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Such as who signed for it, or why it was refused."),
    )

    def __init__(self, *args: Any, states: Sequence[DispatchState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(state.value, answer_label(state)) for state in states]


def answer_label(state: DispatchState) -> str:
    """A state as the answer that a clerk records."""
    labels = {
        DispatchState.SENT: _("Handed over, on its way"),
        DispatchState.ARRIVED: _("Arrived, not in their register yet"),
        DispatchState.RECEIVED: _("Received, signed for"),
        DispatchState.PROCESSED: _("Dealt with"),
        DispatchState.REFUSED: _("Refused"),
        DispatchState.FAILED: _("Did not arrive"),
    }
    return labels[state]


class ConfirmForm(forms.Form):
    """What a unit says of a document that it was sent."""

    words = forms.CharField(
        label=gettext_lazy("Note to the clerk"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    finished = forms.BooleanField(label=gettext_lazy("What was asked is done already"), required=False)


class DispatchFilterForm(forms.Form):
    """The filters above the list of dispatches; each may be left out."""

    q = forms.CharField(required=False, max_length=200, label=gettext_lazy("Search"))
    channel = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Channel"),
        choices=[("", gettext_lazy("All channels")), *Channel.choices],
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["q"].widget.attrs["placeholder"] = _("Document or recipient, with or without accents")


class EdxmlUploadForm(forms.Form):
    """One edXML file."""

    file = forms.FileField(
        label=gettext_lazy("edXML file"),
        error_messages={"required": gettext_lazy("Choose the edXML file that the exchange gave you.")},
    )

    def clean_file(self) -> Any:
        """The file; one that is larger than a message may be is refused before it is read."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > DEFAULT_LIMITS.file_bytes:
            raise ValidationError(
                _("The file is larger than %d MB: ask the sender to divide the attachments among messages.")
                % (DEFAULT_LIMITS.file_bytes // 1_000_000)
            )
        return uploaded


class TellForm(forms.Form):
    """A status for the sender of a document."""

    code = forms.ChoiceField(
        label=gettext_lazy("Status"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the sender is told.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Note to the sender"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(code), status_name(str(code))) for code in codes]


class BusinessForm(forms.Form):
    """Whether the clerk agrees with a recall or an update."""

    agree = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("Agree")), ("no", gettext_lazy("Decline"))],
        error_messages={"required": gettext_lazy("Choose whether to agree.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Reason, or a note to the sender"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def change_initial(row: Dispatch) -> dict[str, Any]:
    """The form's first values: how the dispatch stands."""
    return {
        "channel": row.channel,
        "address": row.address,
        "copy_count": row.copy_count,
        "purpose": row.purpose,
    }
