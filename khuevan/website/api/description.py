"""The API's description (OpenAPI 3.1), made from the tables that its answers are made from."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from khuevan.website.api import blocks, media
from khuevan.website.api.library import TOMBSTONE
from khuevan.website.api.tables import (
    ADDRESS,
    NUMBER,
    TEXT,
    ApiTable,
    Parameter,
    Schema,
    closed,
    list_of,
    one_of,
)
from khuevan.website.api.viewsets import AT_ONCE, FARTHEST, MOST_AT_ONCE, TABLES

VERSION: Final = "1.0.0"
LIMIT: Final = Parameter(
    "limit", f"How many at once: {AT_ONCE} if nothing is said, {MOST_AT_ONCE} at most.",
    {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE, "default": AT_ONCE},
)  # fmt: skip
OFFSET: Final = Parameter(
    "offset", f"How many to pass over, {FARTHEST:,} at most; meta.next is the address of the next page.",
    {"type": "integer", "minimum": 0, "maximum": FARTHEST, "default": 0},
)  # fmt: skip
FIELDS: Final = Parameter(
    "fields",
    "Which fields, separated by commas: a name adds, -name leaves out; * first gives all, _ first none.",
    TEXT,
)  # fmt: skip
PAGING: Final = (LIMIT, OFFSET, FIELDS)
_REFUSED: Final = {"type": "object", "properties": {"message": TEXT}, "required": ["message"]}


def description(request: HttpRequest, title: str) -> dict[str, Any]:
    """The whole description, for the host that was asked."""
    schemas: dict[str, Any] = {
        **media.SCHEMAS,
        "Block": blocks.SCHEMA,
        "Problem": _REFUSED,
        "Tombstone": TOMBSTONE,
    }
    paths: dict[str, Any] = {}
    for table in TABLES:
        schemas |= schemas_of(table)
        paths |= _paths(table)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "description": "Read only, for everybody, without a key. Answers carry an ETag: ask again with "
            "If-None-Match. Nothing under embargo is ever here before its minute; what was withdrawn stands in "
            "the list of withdrawals.",
        },
        "servers": [{"url": request.build_absolute_uri("/api/v1/").rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def schemas_of(table: ApiTable) -> dict[str, Schema]:
    """The schemas of a table by their names: a record, and a page of the list."""
    listed = f"Listed{table.thing}"
    found = {
        listed: table.schema(everything=False),
        f"{table.thing}List": closed(
            {
                "meta": closed({"total_count": NUMBER, "next": {"anyOf": [ADDRESS, {"type": "null"}]}}),
                "items": list_of(one_of(listed)),
            }
        ),
    }
    if table.has_details:
        found[table.thing] = table.schema(everything=True)
    return found


def parameters_of(table: ApiTable) -> tuple[Parameter, ...]:
    """The parameters of a table's list: its own, then those of every list."""
    return (*table.parameters, *PAGING)


def _paths(table: ApiTable) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"/{table.name}/": {
            "get": {
                "operationId": f"list_{table.name}",
                "summary": table.words,
                "parameters": [_parameter(each) for each in parameters_of(table)],
                "responses": {"200": _answer(f"{table.thing}List", "A page of the list."), **_refusals()},
            }
        }
    }
    if table.has_details:
        key = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
        responses = {
            "200": _answer(
                table.thing, "The record; with `fields`, what was asked for.", f"Listed{table.thing}"
            ),
            "404": _answer("Problem", "There is none that the public may have."),
            **_refusals(),
        }
        if table.name == "stories":
            responses["410"] = _answer("Tombstone", "It was withdrawn.")
        found[f"/{table.name}/{{id}}/"] = {
            "get": {
                "operationId": f"get_{table.name}",
                "summary": f"One of the {table.name}.",
                "parameters": [key, _parameter(FIELDS)],
                "responses": responses,
            }
        }
    return found


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.words,
        "schema": parameter.schema,
    }


def _answer(schema: str, words: str, other: str = "") -> dict[str, Any]:
    """An answer of the schema, or of another where fields may be missing."""
    written = {"anyOf": [one_of(schema), one_of(other)]} if other else one_of(schema)
    return {"description": words, "content": {"application/json": {"schema": written}}}


def _refusals() -> dict[str, Any]:
    return {
        "304": {"description": "Nothing has changed since."},
        "400": _answer("Problem", "A parameter is not understood."),
        "429": _answer("Problem", "Too many requests; Retry-After says when to ask again."),
    }
