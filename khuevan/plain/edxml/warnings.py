"""What the reader of edXML was unsure of: sentences as templates that screens can translate."""

from __future__ import annotations

import re
from typing import Final

OLD_NAMESPACE: Final = (
    "The message is written in the namespace of the older edXML (e-doc.vn); its elements were read by name."
)
OTHER_NAMESPACE: Final = (
    "Line {line}: elements are not in the namespace of QCVN 102:2016; they were read by their names."
)
UNDECLARED_PREFIX: Final = "Line {line}: a prefix is used that was never declared; it was passed over."
REPEATED: Final = "Line {line}: {element} stands more than once; only the first was read."
UNKNOWN_ELEMENT: Final = "Line {line}: there is an element that the standard does not have; it was not read."
NO_NUMBER: Final = "Line {line}: {element} is not a number; it was left out."
NO_FLAG: Final = "Line {line}: {element} is neither true nor false; it was left out."
NO_DATE: Final = "Line {line}: {element} is not a date of the form yyyy/MM/dd; it was left out."
NO_TIME: Final = "Line {line}: {element} is not a time of the form yyyy/MM/dd HH:mm:ss; it was left out."
UNKNOWN_CODE: Final = "Line {line}: {element} has a code that the standard does not have; it was kept."
TOO_LONG: Final = "{element} is longer than the {maximum} characters of the standard; it was kept."
ABSENT: Final = "The message does not say {element}."
NO_CONTENT: Final = "The attachment “{name}” is announced in the message but is not in it."
NOT_ANNOUNCED: Final = "The attachment “{name}” is in the message but not in its list."
NO_NAME: Final = "Attachment {number} has no name."
NAME_SHORTENED: Final = "The name of the attachment “{name}” held a path; only the last part was kept."
NAME_CUT: Final = (
    "The name of the attachment “{name}” was longer than {maximum} characters; it was shortened."
)
EMPTY_ATTACHMENT: Final = "The attachment “{name}” is empty."
PACKED: Final = "The attachment “{name}” is packed in a ZIP archive."
DECLARED_OTHERWISE: Final = "The attachment “{name}” is declared as {declared}, but its content is {found}."
DECLARED_UNLIKE: Final = (
    "The attachment “{name}” is declared as {declared}, but its content is something else."
)
NAMED_OTHERWISE: Final = (
    "The attachment “{name}” has the content of a {found} file, which its name does not say."
)
NAMED_UNLIKE: Final = "The attachment “{name}” does not have the content that its name promises."
SIGNED: Final = "The message bears a digital signature, which was not verified."
WEAKLY_SIGNED: Final = (
    "The message bears a digital signature made with SHA-1, which is no longer safe; it was not verified."
)

TEMPLATES: Final[tuple[str, ...]] = tuple(
    value for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, str)
)
_PATTERNS: Final = tuple(
    (template, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL))
    # The one with the most words of its own first: another may match it with a word for a parameter.
    for template in sorted(TEMPLATES, key=lambda each: -len(re.sub(r"\{\w+\}", "", each)))
)


def template_of_warning(warning: str) -> tuple[str, dict[str, str]] | None:
    """The template and parameters of a warning; None for one that has no template."""
    for template, pattern in _PATTERNS:
        match = pattern.fullmatch(warning)
        if match is not None:
            return template, match.groupdict()
    return None
