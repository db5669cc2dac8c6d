"""What an officer is told when a document cannot be written: one sentence each, with what to do.

The sentences are English templates, so that the command line and the screens can translate them:
`template_of` gives back the template and the parameters of a message.
"""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.official_documents.writing.errors import UnwritableDocument

NO_URGENCY: Final = "“{mark}” is no degree of urgency; {rules} knows {known}."
NO_CIRCULATION: Final = "“{mark}” is no mark of circulation; {rules} knows {known}."
WORDLESS_PICTURE: Final = (
    "A picture has no words that say what it shows; write them for those who cannot see it."
)
OTHER_PICTURE: Final = "The picture “{shown}” is neither PNG nor JPEG; give it in one of these."
BROKEN_PICTURE: Final = "The picture “{shown}” is broken; take it from its source again."
LARGE_PICTURE: Final = "The picture “{shown}” has more than {dots} million dots; make it smaller."
UNDECODED_PICTURE: Final = (
    "A picture in the document cannot be decoded; save it anew as PNG or JPEG and put it in again."
)
UNKNOWN_SIGN: Final = "The sign “{sign}” is in no font that documents are set in; write it in another way."
OWN_ERROR: Final = (
    "The document could not be set as PDF; report it with its file, for this is an error of the program."
)

TEMPLATES: Final[tuple[str, ...]] = tuple(
    value for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, str)
)


def unwritable(template: str, **parameters: object) -> UnwritableDocument:
    """The refusal that says `template`, its parameters filled in."""
    return UnwritableDocument(template.format(**parameters))


def template_of(message: str) -> tuple[str, dict[str, str]] | None:
    """The template and parameters that a message was made from, so that it can be translated."""
    for template in TEMPLATES:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template))
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return template, match.groupdict()
    return None
