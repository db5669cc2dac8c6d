"""Official documents as PDF: tagged, PDF/A-2a and PDF/UA-1, set by Typst from a page plan."""

from __future__ import annotations

from .document import write_pdf

__all__ = ["write_pdf"]
