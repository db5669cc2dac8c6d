"""JSON Feed against the published JSON Schema of version 1.1 (sonicdoe/jsonfeed-schema, MIT)."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from khuevan.plain.feeds import Feed, json_feed
from tests.conformance.standards import standard
from tests.plain.feeds import samples
from tests.plain.feeds.samples import ADDRESS, EMPTY_FEED, FEED


@cache
def validator() -> Draft7Validator:
    """The schema, with its formats (uri, date-time) checked as well."""
    schema = json.loads(standard("json-feed/schema-v1.1.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def faults(feed: Feed) -> list[str]:
    """What the schema finds wrong with `feed` as it is written."""
    written = json.loads(json_feed(feed, address=ADDRESS, next_address=f"{ADDRESS}?p=2"))
    return [f"{list(fault.path)}: {fault.message}" for fault in validator().iter_errors(written)]


@pytest.mark.parametrize("feed", [FEED, EMPTY_FEED], ids=["full", "empty"])
def test_feed_keeps_to_the_schema(feed: Feed) -> None:
    assert faults(feed) == []


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(samples.feeds)
def test_any_feed_keeps_to_the_schema(feed: Feed) -> None:
    assert faults(feed) == []


def test_schema_finds_what_is_wrong() -> None:
    written = json.loads(json_feed(FEED, address=ADDRESS))
    written["items"][0]["url"] = "tin mới"
    written["items"][1]["date_published"] = "05/03/2026"
    written["words"] = 1
    assert sorted(fault.validator for fault in validator().iter_errors(written)) == [
        "additionalProperties",
        "format",
        "format",
    ]
