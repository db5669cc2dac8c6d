"""Words made safe for XML and HTML."""

from __future__ import annotations

import re
from typing import Final

# What XML 1.0 does not allow among characters or advises against, and the marks that say only how bytes were
# stored; these say nothing on a page.
_NOT_IN_XML: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def safe(text: str) -> str:
    """The text without the characters that XML does not allow."""
    return _NOT_IN_XML.sub("", text)
