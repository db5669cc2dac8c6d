"""What one list of the API is made of: fields with their schema and value, parameters with what they narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

Schema = Mapping[str, Any]

TEXT: Final[Schema] = {"type": "string"}
TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
NUMBER: Final[Schema] = {"type": "integer"}
ADDRESS: Final[Schema] = {"type": "string", "format": "uri"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
DAY_OR_NULL: Final[Schema] = {"type": ["string", "null"], "format": "date"}
LONGEST_PARAMETER: Final = 200


class WrongParameter(Exception):
    """A parameter whose value cannot be understood; its text is the sentence that the answer carries."""


def one_of(name: str) -> Schema:
    """The schema that stands under the name among the description's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(schema: Schema) -> Schema:
    """The schema, or nothing."""
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(schema: Schema) -> Schema:
    """A list of what the schema says."""
    return {"type": "array", "items": schema}


def closed(properties: Mapping[str, Schema], *, optional: Iterable[str] = ()) -> Schema:
    """An object with these properties and no other; all are there but the optional ones."""
    left_out = set(optional)
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in left_out],
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class ApiField:
    """One field: what it holds in words, its schema, and its value for a record.

    `in_list` says whether a list carries it without being asked; `is_meta` that it stands within `meta`.
    """

    name: str
    words: str
    schema: Schema
    value: Callable[[HttpRequest, Any], Any]
    in_list: bool = True
    is_meta: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a list: what it does in words, its schema, and the condition that a value makes.

    `condition` raises WrongParameter; it may look at the other parameters that were given. Paging has none.
    """

    name: str
    words: str
    schema: Schema
    condition: Callable[[str, Mapping[str, str]], Q] | None = None


def _as_they_are(request: HttpRequest, records: Iterable[Any]) -> list[Any]:
    return list(records)


@dataclass(frozen=True, slots=True)
class ApiTable:
    """One list of the API: its name in the address, what it holds, its fields and parameters.

    `records` gives all that the public may have at the moment, in the list's order; `prepare` asks for what the
    fields of many records need, all at once, and gives what the fields' values are made of.
    """

    name: str
    thing: str
    words: str
    fields: tuple[ApiField, ...]
    parameters: tuple[Parameter, ...]
    records: Callable[[datetime], QuerySet[Any]]
    has_details: bool = True
    prepare: Callable[[HttpRequest, Iterable[Any]], list[Any]] = _as_they_are

    def names(self, *, meta: bool) -> list[str]:
        """The names of the fields within or outside `meta`, in their order."""
        return [each.name for each in self.fields if each.is_meta is meta]

    def list_names(self) -> list[str]:
        """The names of the fields that a list carries without being asked."""
        return [each.name for each in self.fields if each.in_list]

    def schema(self, *, everything: bool) -> Schema:
        """The schema of one record; in a list whoever asks chooses the fields, so that none is sure to be there."""
        meta = closed({each.name: each.schema for each in self.fields if each.is_meta})
        body = {each.name: each.schema for each in self.fields if not each.is_meta}
        if not everything:
            meta = {**meta, "required": []}
        properties = {"id": body.pop("id"), "meta": meta, **body} if meta["properties"] else body
        whole = closed(properties)
        return whole if everything else {**whole, "required": []}


def moment_of(text: str) -> datetime:
    """The moment that a parameter names: a day begins at midnight in Hà Nội, and so does a moment without zone."""
    try:
        found = parse_datetime(text.replace(" ", "+")) if len(text) > 10 else None
        day = parse_date(text) if found is None else None
    except ValueError:
        found, day = None, None
    if isinstance(day, date):
        found = datetime.combine(day, time())
    if found is None:
        raise WrongParameter("since must be a day (2026-03-05) or a moment (2026-03-05T09:30:00+07:00)")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def choice_of(name: str, text: str, choices: Iterable[str]) -> str:
    """The text, which is one of the choices."""
    known = list(choices)
    if text not in known:
        raise WrongParameter(f"{name} must be one of: {', '.join(known)}")
    return text


def languages() -> list[str]:
    """The codes of the languages that the site publishes in."""
    return [code for code, _name in settings.LANGUAGES]
