"""Typst in this process: one compiler with the fonts loaded once, one document at a time."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst

from khuevan.plain.official_documents.writing.errors import UnwritableDocument
from khuevan.plain.official_documents.writing.messages import (
    OWN_ERROR,
    UNDECODED_PICTURE,
    UNKNOWN_SIGN,
    unwritable,
)

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

    def pdf(self, data: bytes, pictures: Mapping[str, bytes]) -> bytes:
        """The document that the JSON `data` describes; `pictures` by the names it uses.

        Raises UnwritableDocument.
        """
        sources = {"main.typ": self._templates["document.typ"], **self._templates, "document.json": data}
        # Typst takes only text from memory: pictures lie in a folder of their own while the document is set,
        # which is also the only one that the templates can read.
        with tempfile.TemporaryDirectory(prefix="khuevan-pdf-") as folder, self._lock:
            for name, content in pictures.items():
                (Path(folder) / name).write_bytes(content)
            return self._compiled(sources, folder)

    def _compiled(self, sources: dict[str, bytes], root: str) -> bytes:
        compiler = self._compiler or self._new_compiler()
        # Put back only when Typst answered: what a crash leaves behind is not used again.
        self._compiler = None
        try:
            made: bytes = compiler.compile(
                input=sources, root=root, format="pdf", pdf_standards=list(STANDARDS)
            )
        except typst.TypstError as error:
            self._compiler = compiler
            raise refusal(str(error)) from error
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # A panic of the Rust side is no Exception.
            raise unwritable(OWN_ERROR) from error
        self._compiler = compiler
        return made

    def _new_compiler(self) -> Any:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
        return typst.Compiler(font_paths=fonts)


def refusal(message: str) -> UnwritableDocument:
    """What an officer can do about an error of the typesetter."""
    letter = _LETTER.search(message)
    if letter is not None:
        return unwritable(UNKNOWN_SIGN, sign=letter[1])
    return unwritable(UNDECODED_PICTURE if "image" in message or "decode" in message else OWN_ERROR)
