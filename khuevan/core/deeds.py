"""What actions are called on screen. Each app names its own, in its `deeds.py`:

name_deeds({"rename_unit": gettext_lazy("Rename a unit")})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # Types only; not a package that running needs from us.

_names: dict[str, StrOrPromise] = {}


def name_deeds(names: Mapping[str, StrOrPromise]) -> None:
    """Gives the actions their names, by the name of the function; raises ImproperlyConfigured for one twice."""
    twice = sorted(names.keys() & _names.keys())
    if twice:
        raise ImproperlyConfigured(f"Named twice: {', '.join(twice)}.")
    _names.update(names)


def deed_name(verb: str) -> str:
    """What the action is called in the language of the moment; empty for one that has no name."""
    return str(_names.get(verb, ""))


def named_deeds() -> list[tuple[str, str]]:
    """Every action that has a name, as (function, name in the language of the moment)."""
    return [(verb, str(name)) for verb, name in _names.items()]
