"""A piece's paragraphs out to translators' tools and back: XLIFF 1.2 and PO, written, read and compared.

Texts are short pieces of HTML with inline marks alone (`<b>`, `<i>`, `<a id="a1">`, `<br/>`), as wagtail-localize
keeps them. Nothing here trusts a file: it is bounded, holds no DTD and no entity, and reaches no network.
"""

from __future__ import annotations

from khuevan.plain.translation_files.comparing import Change, Comparison, Fault, Refused, compared
from khuevan.plain.translation_files.po import po_text, read_po
from khuevan.plain.translation_files.units import BROKEN, FileRefused, Incoming, Unit
from khuevan.plain.translation_files.xliff import read_xliff, xliff_bytes

__all__ = [
    "BROKEN", "Change", "Comparison", "Fault", "FileRefused", "Incoming", "Refused", "Unit", "compared",
    "po_text", "read_po", "read_xliff", "xliff_bytes",
]  # fmt: skip
