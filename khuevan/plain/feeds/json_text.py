"""JSON in UTF-8 for feeds, and JSON that may stand inside a script element of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

# HTML ends a script at "</" and opens a comment at "<!--" wherever they stand, within strings too; JavaScript
# once ended a line at the two separators. Inside JSON strings, and nowhere else, these characters occur.
_ESCAPED: Final = str.maketrans(
    {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def json_text(data: Mapping[str, Any]) -> str:
    """`data` as JSON on indented lines, in its own letters. Source: RFC 8259."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def script_text(data: Mapping[str, Any]) -> str:
    """`data` as JSON that ends no script element and opens no comment (HTML Living Standard, 4.12.1.3)."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPED)


def stated(data: Mapping[str, Any]) -> dict[str, Any]:
    """What `data` really says: without the members that are None, an empty text or an empty list or object."""
    return {key: value for key, value in data.items() if value is not None and value not in ("", [], {})}
