"""Typst in this process: one compiler with the fonts loaded once, one document at a time."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any, Final

import typst

from khuevan.plain.official_documents.writing.errors import UnwritableDocument

TEMPLATES: Final = Path(__file__).parent
FONTS: Final = TEMPLATES.parent / "fonts"
# Archive for long with the structure tagged (ISO 19005-2, level A), and accessible (ISO 14289-1).
STANDARDS: Final = ("a-2a", "ua-1")
_LETTER: Final = re.compile(r'the text `"(.+?)"` could not be displayed')


class Typesetter:
    """Sets documents by the templates of this package; safe to be called from several threads."""

    def __init__(self) -> None:
        # A Typst compiler refuses a second caller while it works.
        self._lock = threading.Lock()
        self._compiler: Any = None
        self._templates = {path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))}

    def pdf(self, files: dict[str, bytes]) -> bytes:
        """The document as PDF; `files` are what the templates read, by name. Raises UnwritableDocument."""
        sources = {"main.typ": self._templates["document.typ"], **self._templates, **files}
        with self._lock:
            compiler = self._compiler or self._new_compiler()
            # Put back only after success: what a crash leaves behind is not used again.
            self._compiler = None
            try:
                made: bytes = compiler.compile(input=sources, format="pdf", pdf_standards=list(STANDARDS))
            except typst.TypstError as error:
                self._compiler = compiler
                raise UnwritableDocument(_sentence(str(error))) from error
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # A panic of the Rust side is no Exception.
                raise UnwritableDocument(
                    "The document could not be set as PDF; report it with its file, for this is an error of the"
                    " program."
                ) from error
            self._compiler = compiler
        return made

    def _new_compiler(self) -> Any:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
        # The root is where a template could read files from: nothing but the templates themselves.
        return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)


def _sentence(message: str) -> str:
    """What an officer can do about an error of the typesetter."""
    letter = _LETTER.search(message)
    if letter is not None:
        return f"The sign “{letter[1]}” is in none of the fonts that documents are set in; write it in another way."
    if "image" in message or "decode" in message:
        return "A picture in the document cannot be decoded; save it anew as PNG or JPEG and put it in again."
    return (
        "The document could not be set as PDF; report it with its file, for this is an error of the program."
    )
