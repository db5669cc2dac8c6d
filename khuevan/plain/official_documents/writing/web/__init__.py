"""Official documents as HTML for the web: classes only (`document.css` of the documents app gives them looks)."""

from khuevan.plain.official_documents.writing.web.document import html_page, write_html

__all__ = ["html_page", "write_html"]
