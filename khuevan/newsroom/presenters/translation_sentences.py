"""Why a file, or a paragraph of it, is not taken: each in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from khuevan.plain.translation_files import Fault, FileRefused, Refused


def file_sentence(refused: FileRefused) -> str:
    """Why the whole file is not taken."""
    sentences = {
        "too_large": _("The file is too large: at most %(most)s MB."),
        "too_many": _("The file has too many paragraphs: at most %(most)s."),
        "not_xml": _("This is no XML file, or it is damaged."),
        "not_xliff": _("This is no XLIFF 1.2 file: export the translation as XLIFF 1.2."),
        "has_dtd": _("The file declares a document type or entities: such files are not taken."),
        "one_file": _("The file must hold the paragraphs of one piece (one <file>)."),
        "not_utf8": _("The file is not written in UTF-8."),
        "not_po": _("This is no PO file: line %(line)s cannot be read."),
        "other_language": _("The file is for another language (%(language)s)."),
        "other_translation": _("The file was made for another translation."),
        "not_known": _("Choose a file whose name ends in .xlf, .xliff or .po."),
    }
    return sentences[refused.code] % refused.values


def refused_sentence(refused: Refused) -> str:
    """Why one paragraph of the file is not taken."""
    marks = ", ".join(refused.marks)
    sentences = {
        Fault.UNKNOWN: _("The piece has no such paragraph."),
        Fault.TWICE: _("The file has this paragraph twice."),
        Fault.SOURCE_CHANGED: _("The source has changed since the file was made."),
        Fault.MARKS_BROKEN: _("The marks in the text (bold, links, breaks) are broken."),
        Fault.MARKS_MISSING: _("Marks of the original are missing: %(marks)s."),
        Fault.MARKS_EXTRA: _("There are marks that the original has not: %(marks)s."),
    }
    return sentences[refused.fault] % {"marks": marks}
