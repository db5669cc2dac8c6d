"""What each kind of mail is called. Apps above name theirs in their AppConfig.ready()."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_labels: dict[str, str | Promise] = {"DIGEST": _("daily mail")}


def register_kind(code: str, label: str | Promise) -> None:
    """Makes a kind of mail known, so that pages can call it by a name that people understand."""
    if not code.isupper() or not code.replace("_", "").isalnum() or not code.isascii():
        raise ValueError(f"{code!r} is no code: write it in upper case, such as DIGEST.")
    _labels[code] = label


def is_kind(code: str) -> bool:
    """Whether the code was registered."""
    return code in _labels


def kind_label(code: str) -> str:
    """The name of the kind; the code itself for one that no app names any more."""
    return str(_labels.get(code, code))


def kind_choices() -> list[tuple[str, str]]:
    """Every kind as (code, label), by label."""
    return sorted(((code, str(label)) for code, label in _labels.items()), key=lambda choice: choice[1])
