"""What those who submit, decide, number and sign put in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.core import clock

# A key file holds a key and a few certificates; what is larger is another file.
MOST_KEY_BYTES = 100_000


class DayInput(forms.DateInput):
    """The browser's own date field: it needs no script and speaks the officer's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WordsForm(forms.Form):
    """Words that may go along."""

    words = forms.CharField(
        label=gettext_lazy("Words to go along"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """A reason; `needed` where none is not enough."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, *args: Any, label: str = "", needed: bool = True, missing: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.required = needed
        if label:
            field.label = label
        field.error_messages["required"] = missing or _("Give the reason.")


class PaperSignatureForm(forms.Form):
    """Who signed on paper, on which day, and the scan where there is one."""

    signer_name = forms.CharField(
        label=gettext_lazy("Signed by"),
        max_length=150,
        error_messages={"required": gettext_lazy("Say who signed.")},
    )
    signed_date = forms.DateField(
        label=gettext_lazy("Signed on"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=DayInput,
        error_messages={
            "required": gettext_lazy("Give the day on which it was signed."),
            "invalid": gettext_lazy("Write the day as 31/12/2025."),
        },
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan of the signed paper"),
        required=False,
        help_text=gettext_lazy("PDF or picture; it may follow later."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff"}),
    )

    def clean_signed_date(self) -> date:
        """The day, which is not in the future."""
        day: date = self.cleaned_data["signed_date"]
        if day > clock.today():
            raise ValidationError(_("A signature cannot lie in the future."))
        return day

    def signed_at(self) -> datetime:
        """The moment that is kept for the day: now for today, else its noon."""
        day: date = self.cleaned_data["signed_date"]
        return clock.now() if day == clock.today() else timezone.make_aware(datetime.combine(day, time(12)))


class KeyForm(forms.Form):
    """The signer's own key: a file used once, or a token that is plugged into the machine."""

    key_file = forms.FileField(
        label=gettext_lazy("Key file (.p12, .pfx)"),
        required=False,
        help_text=gettext_lazy("Used for this signature only; neither file nor passphrase is kept."),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase of the key"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    token_label = forms.CharField(label=gettext_lazy("Label of the token"), required=False, max_length=100)
    certificate_label = forms.CharField(
        label=gettext_lazy("Label of the certificate"), required=False, max_length=100
    )
    pin = forms.CharField(
        label=gettext_lazy("PIN of the token"),
        required=False,
        strip=False,
        max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, tokens: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not tokens:
            for name in ("token_label", "certificate_label", "pin"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The values, once it is sure that one key was given."""
        data: dict[str, Any] = super().clean() or {}
        file = data.get("key_file")
        if file is not None and file.size > MOST_KEY_BYTES:
            self.add_error("key_file", _("This is no key file: it is too large."))
        elif file is None and not data.get("token_label"):
            self.add_error("key_file", _("Choose the file with your key."))
        return data


class PictureForm(forms.Form):
    """The picture of one's signature."""

    picture = forms.FileField(
        label=gettext_lazy("Picture of your signature"),
        help_text=gettext_lazy("PNG with a transparent ground, the ink blue, at most 3 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
        error_messages={"required": gettext_lazy("Choose the picture.")},
    )


def carried_out(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Whether the form is right and the deed was done; what the deed refuses stands beside the form's fields."""
    if not form.is_valid():
        return False
    try:
        deed()
    except ValidationError as error:
        told = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in told.items():
            form.add_error(name if name in form.fields else None, ValidationError(errors))
        return False
    return True
