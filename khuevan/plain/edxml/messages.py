"""What an officer is told when a message is refused: one sentence each, with what to do.

The sentences are English templates, so that screens can translate them: `template_of` gives back the
template and the parameters of a sentence. The reader puts no text of a file into one, but for the
elements that the standard names and the names of attachments.
"""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.edxml.errors import EdxmlError

EMPTY: Final = "The file is empty: ask the sender to send the message again."
TOO_BIG: Final = (
    "The file is larger than {megabytes} MB: ask the sender to divide the attachments among messages."
)
NOT_XML: Final = "The file is not XML, so it is no edXML message: choose the file that the sender exported."
NOT_EDXML: Final = (
    "Line {line}: the file is XML but no edXML message: choose the file that the sender exported."
)
NO_HEADER: Final = "Line {line}: the message has no MessageHeader: ask the sender to export it again."
ENCODING: Final = "Line 1: the file is written in {encoding}: ask the sender for a message in UTF-8."
BROKEN_ENCODING: Final = (
    "Line {line}: there are bytes that are no text: ask the sender to export the message again in UTF-8."
)
DOCTYPE: Final = (
    "Line {line}: the file declares a document type (DOCTYPE), which is not allowed in edXML:"
    " ask the sender to export the message without it."
)
ENTITY: Final = (
    "Line {line}: an entity is used that was never declared: ask the sender to export the message again."
)
BARE_SIGN: Final = (
    "Line {line}: a sign “<” or “&” stands in the text by itself: ask the sender to export the message again."
)
NOT_CLOSED: Final = (
    "Line {line}: another element is closed while {element} of line {opened} is still open:"
    " ask the sender to export the message again."
)
ANOTHER_NOT_CLOSED: Final = (
    "Line {line}: another element is closed while that of line {opened} is still open:"
    " ask the sender to export the message again."
)
CUT_OFF: Final = (
    "Line {line}: the file ends in the middle of the message: it arrived incomplete, ask the sender to"
    " send it again."
)
FORBIDDEN_CHARACTER: Final = (
    "Line {line}: there is a character that XML does not allow: ask the sender to export the message again."
)
NOT_WELL_FORMED: Final = (
    "Line {line}: the file is not well-formed XML here: ask the sender to export the message again."
)
TOO_DEEP: Final = (
    "Line {line}: elements are nested more than {depth} deep: ask the sender to export the message again."
)
TOO_MANY_ELEMENTS: Final = (
    "Line {line}: the message has more than {elements} elements: ask the sender to export it again."
)
TOO_MUCH_MARKUP: Final = (
    "Line {line}: the message holds more than {megabytes} MB beside its attachments:"
    " ask the sender to export it again."
)
TOO_MANY_ATTACHMENTS: Final = (
    "Line {line}: the message has more than {attachments} attachments:"
    " ask the sender to divide them among messages."
)
ATTACHMENT_TOO_BIG: Final = (
    "Line {line}: an attachment is larger than {megabytes} MB: ask the sender to make it smaller."
)
ATTACHMENTS_TOO_BIG: Final = (
    "Line {line}: the attachments are larger than {megabytes} MB together:"
    " ask the sender to divide them among messages."
)
NOT_BASE64: Final = (
    "Line {line}: the attachment is not encoded in base64: ask the sender to export the message again."
)
BASE64_CUT_OFF: Final = (
    "Line {line}: the base64 of the attachment is incomplete: ask the sender to send the message again."
)
MISSING: Final = (
    "Line {line}: the message lacks what the standard requires ({fields}): ask the sender to fill it in"
    " and send the message again."
)
PROGRAM: Final = (
    "Line {line}: the attachment “{name}” is a program or holds one: ask the sender for documents only."
)

UNWRITABLE_MISSING: Final = "The message cannot be written without {fields}: fill it in."
UNWRITABLE_LENGTH: Final = "{field} is longer than {maximum} characters: shorten it."
UNWRITABLE_CHARACTER: Final = "{field} holds a control character: delete it and type the text again."
UNWRITABLE_CODE: Final = (
    "{field} has a code that the standard does not have ({code}): choose one of its list."
)
UNWRITABLE_NUMBER: Final = "{field} is too large a number ({number}): enter the right one."
UNWRITABLE_DATE: Final = "{field} lies too far back ({day}): enter the right date."
UNWRITABLE_NAME: Final = "The name of attachment {number} cannot be a file name: give the file another name."
UNWRITABLE_EMPTY: Final = "The attachment “{name}” is empty: attach the file again."
UNWRITABLE_PROGRAM: Final = "The attachment “{name}” is a program or holds one: attach documents only."
UNWRITABLE_COUNT: Final = (
    "The message has more than {attachments} attachments: divide them among several messages."
)
UNWRITABLE_SIZE: Final = (
    "The attachments are larger than {megabytes} MB together: divide them among several messages."
)
UNPACKABLE: Final = "The archive “{name}” cannot be unpacked: unpack it by hand or ask for the file itself."

TEMPLATES: Final[tuple[str, ...]] = tuple(
    value for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, str)
)
_PATTERNS: Final = tuple(
    (template, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL))
    # The one with the most words of its own first: another may match it with a word for a parameter.
    for template in sorted(TEMPLATES, key=lambda each: -len(re.sub(r"\{\w+\}", "", each)))
)


def refused(template: str, **parameters: object) -> EdxmlError:
    """The refusal that says `template`, its parameters filled in."""
    return EdxmlError(template.format(**parameters))


def template_of(message: str) -> tuple[str, dict[str, str]] | None:
    """The template and parameters that a sentence was made from, so that it can be translated."""
    for template, pattern in _PATTERNS:
        match = pattern.fullmatch(message)
        if match is not None:
            return template, match.groupdict()
    return None
