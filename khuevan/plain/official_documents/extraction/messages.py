"""What an officer is told when a file cannot be read: one sentence each, with what to do.

The sentences are English templates, so that the command line and the screens can translate them:
`template_of` gives back the template and the parameters of a message.
"""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.official_documents.errors import MissingProgram, UnreadableDocument

MISSING_FILE: Final = "There is no file at this place: check the path."
NOT_A_FILE: Final = "This is not a file but a folder or a device: choose one document."
CANNOT_OPEN: Final = "The file cannot be opened: check that you may read it."
EMPTY: Final = "The file is empty: export or copy the document again."
NO_TEXT: Final = "The document holds no text: export or scan it again."
TOO_BIG: Final = "The file is larger than {megabytes} MB: split it or export it without its pictures."
TOO_MUCH_TEXT: Final = "The document holds more than {characters} characters: split it into its parts."
TOO_MANY_PAGES: Final = "The document has more than {pages} pages: split it into its parts."
TOO_MANY_CELLS: Final = "The tables of the document have more than {cells} cells: split it into its parts."
TOO_MANY_OCR_PAGES: Final = (
    "The scanned document has more than {pages} pages to recognise: split it into its parts."
)
TOO_SLOW: Final = "Reading the file took longer than {seconds} seconds: split it or export it again."
NOT_TEXT: Final = (
    "The file is neither text, Word, PDF nor a scanned picture: export the document as DOCX or PDF."
)
OTHER_OFFICE_FILE: Final = "The file is {kind}, not a text document: export the document as DOCX or PDF."
BROKEN_DOCX: Final = "The Word file is damaged or incomplete: open it in Word, save it again and retry."
NOT_A_DOCX: Final = "The file is a ZIP archive without a Word document in it: unpack it or choose the DOCX."
ENCRYPTED_DOCX: Final = "The Word file is protected by a password: save it without the password and retry."
ZIP_BOMB: Final = "The file unpacks to far more than its size: it is refused, export the document again."
FORBIDDEN_XML: Final = "The Word file holds XML declarations that are not allowed: save it again in Word."
DEEP_XML: Final = "The Word file is nested too deeply: open it in Word, save it again and retry."
BROKEN_PDF: Final = "The PDF is damaged or incomplete: export or download it again."
ENCRYPTED_PDF: Final = "The PDF is protected by a password: save it without the password and retry."
BROKEN_DOC: Final = "LibreOffice could not convert the file: open it in Word and save it as DOCX."
BROKEN_PICTURE: Final = "The picture is damaged or too large: scan the page again."
MISSING_PROGRAM: Final = "Reading {what} needs {program}, which is not installed: install {packages}."

TEMPLATES: Final[tuple[str, ...]] = tuple(
    value for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, str)
)


def unreadable(template: str, **parameters: object) -> UnreadableDocument:
    """The refusal that says `template`, its parameters filled in."""
    return UnreadableDocument(template.format(**parameters))


def missing_program(*, what: str, program: str, packages: str) -> MissingProgram:
    """The refusal that names the program that is missing and the Debian packages that bring it."""
    return MissingProgram(MISSING_PROGRAM.format(what=what, program=program, packages=packages))


def template_of(message: str) -> tuple[str, dict[str, str]] | None:
    """The template and parameters that a message was made from, so that it can be translated."""
    for template in TEMPLATES:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template))
        if match := re.fullmatch(pattern, message):
            return template, match.groupdict()
    return None
