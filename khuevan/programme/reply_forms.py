"""What an officer puts in about an instalment: the report itself, web addresses, a word, a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.core import clock
from khuevan.programme.choices import Outcome
from khuevan.programme.models import Instalment, Reply

# Ten pages; what is longer belongs into a file.
MOST_WORDS = 20_000
# What an officer may send in one go; more than anybody types.
MOST_WEB_ROWS = 50


def _words(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MOST_WORDS,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "cols": 60}),
    )


class ReplyForm(forms.Form):
    """The words and figures of a report. Nothing is required here: what a report must say is asked at sending."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Progress"),
        choices=Outcome.choices,
        initial=Outcome.IN_PROGRESS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the work goes on or is done.")},
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Percent done"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": 5, "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Write a whole number from 0 to 100.")
        ),
    )
    text = _words(gettext_lazy("What was done"), 5)
    no_evidence_reason = _words(
        gettext_lazy("Why there is no evidence"), 2, gettext_lazy("Only where nothing can be attached.")
    )
    difficulty = _words(gettext_lazy("What is in the way"), 3)
    asks_for = _words(
        gettext_lazy("What is asked for"), 2, gettext_lazy("Who should do what, so that the work can go on.")
    )
    proposals = _words(gettext_lazy("Proposals"), 3)

    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="reply-%s")

    def clean(self) -> dict[str, Any]:
        """A percentage says nothing of what is done; what is asked for needs what it is asked for."""
        data = self.cleaned_data
        if data.get("outcome") == Outcome.DONE and "percent" in self.errors:
            del self.errors["percent"]
        if data.get("asks_for") and "difficulty" in data and not data["difficulty"]:
            self.add_error("difficulty", _("Say what the difficulty is for which you ask this."))
        return data

    def kept_values(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The values for `save_reply_draft`: a field that was not understood keeps what it held `before`."""
        data = {name: _lines(value) for name, value in self.cleaned_data.items() if value is not None}
        if "difficulty" in self.errors:
            data.pop("asks_for", None)
        values = {**before, **data}
        return values | {"percent": 100} if values["outcome"] == Outcome.DONE else values


def _lines(value: Any) -> Any:
    """The text with plain line ends: browsers send two signs for each."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def stored_values(
    draft: Reply | None, instalment: Instalment, returned: Reply | None = None
) -> dict[str, Any]:
    """What the fields of the form hold at first: the draft, or for a new one the percentage last reported.

    A report that came back is begun with its own words: often only a piece of evidence was missing.
    """
    if draft is None:
        values: dict[str, Any] = dict.fromkeys(
            ("text", "proposals", "no_evidence_reason", "difficulty", "asks_for"), ""
        )
        values |= {"outcome": Outcome.IN_PROGRESS.value, "percent": instalment.percent}
        if returned is not None:
            values |= {"outcome": returned.outcome, "text": returned.text}
        return values
    difficulty = getattr(draft, "difficulty", None)
    return {
        "outcome": draft.outcome,
        "percent": draft.percent,
        "text": draft.text,
        "proposals": draft.proposals,
        "no_evidence_reason": draft.no_evidence_reason,
        "difficulty": difficulty.text if difficulty else "",
        "asks_for": difficulty.asks_for if difficulty else "",
    }


class WebEvidenceForm(forms.Form):
    """One web address; a row left empty counts as none. Without a title the address itself is the title."""

    web_url = forms.URLField(
        label=gettext_lazy("Web address"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.TextInput(
            attrs={
                "inputmode": "url",
                "autocapitalize": "off",
                "spellcheck": "false",
                "placeholder": "https://",
            }
        ),
        error_messages={
            "required": gettext_lazy("Write the address, beginning with https://."),
            "invalid": gettext_lazy("This is no web address: copy it whole from the browser."),
        },
    )
    web_title = forms.CharField(label=gettext_lazy("Title"), max_length=500, required=False)
    web_seen = forms.DateField(
        label=gettext_lazy("Seen on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as 15/06/2025.")},
    )

    use_required_attribute = False

    def clean_web_url(self) -> str:
        """The address, of the kind that a browser opens as a page."""
        url: str = self.cleaned_data["web_url"]
        URLValidator(
            schemes=["http", "https"],
            message=_("This is no web address: copy it whole from the browser."),
        )(url)
        return url

    def clean_web_seen(self) -> Any:
        """The day, today where none was written; nobody has seen a page tomorrow."""
        today = clock.today()
        day = self.cleaned_data["web_seen"] or today
        if day > today:
            raise ValidationError(_("The day on which you saw the page cannot lie ahead."))
        return day

    @property
    def title(self) -> str:
        """The title, else the address without its scheme. Only of a valid form."""
        written: str = self.cleaned_data["web_title"]
        parts = urlsplit(self.cleaned_data["web_url"])
        return written or f"{parts.netloc}{parts.path}".rstrip("/")[:500]


def web_row(number: int, values: Mapping[str, str] | None = None) -> WebEvidenceForm:
    """The row of this number on the page, empty or as it was sent in."""
    auto_id = f"reply-%s-{number}"
    if values is None:
        return WebEvidenceForm(auto_id=auto_id, initial={"web_seen": clock.today()})
    return WebEvidenceForm(values, auto_id=auto_id)


def web_rows(data: QueryDict) -> list[WebEvidenceForm]:
    """The rows in which an address or a title was written, in their order on the page."""
    names = ("web_url", "web_title", "web_seen")
    columns = [data.getlist(name)[:MOST_WEB_ROWS] for name in names]
    rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=False)]
    return [
        web_row(number, row)
        for number, row in enumerate(rows)
        if row["web_url"].strip() or row["web_title"].strip()
    ]


class WordsForm(forms.Form):
    """One field for words: a reason, an answer, a word with an acceptance."""

    words = forms.CharField(
        max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3, "cols": 60})
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        label: str,
        auto_id: str,
        help_text: str = "",
        required: bool = True,
    ) -> None:
        super().__init__(data, auto_id=auto_id)
        field = self.fields["words"]
        field.label, field.help_text = label, help_text
        if required:
            # Only for the browser: what is missing is the action's to say.
            field.widget.attrs["required"] = True

    @property
    def value(self) -> str:
        """What was written, with plain line ends; empty where it cannot be kept."""
        return str(_lines(self.cleaned_data.get("words", "")))


class DifficultyFilterForm(forms.Form):
    """Which difficulties are listed, read from the address. A value that is no choice counts as left out."""

    state = forms.ChoiceField(required=False)
    unit = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    plan = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(
        self, data: QueryDict, *, units: Sequence[tuple[int, str]], plans: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        offers: dict[str, tuple[str, list[tuple[Any, str]]]] = {
            "state": (_("State"), [("", _("Not answered yet")), ("answered", _("Answered"))]),
            "unit": (_("Unit"), [("", _("All units")), *units]),
            "plan": (_("Plan"), [("", _("All plans")), *plans]),
        }
        for name, (label, choices) in offers.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.label, field.choices = label, choices

    def wishes(self) -> tuple[bool, int | None, int | None]:
        """Whether answered ones are asked for, then the unit and the plan."""
        self.is_valid()
        data = self.cleaned_data
        return data.get("state") == "answered", data.get("unit"), data.get("plan")
