"""Word files for the tests: made by python-docx, their XML then written by hand where it cannot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_file(body: str, *, parts: Mapping[str, str] | None = None) -> bytes:
    """A DOCX with the XML `body`; `parts` are the contents of numbering, footnotes, … by kind."""
    return with_parts(saved(docx.Document()), body, parts or {})


def with_parts(data: bytes, body: str, parts: Mapping[str, str]) -> bytes:
    """`data` with another body and further parts, related to the document by their kind."""
    written = unzipped(data)
    written["word/document.xml"] = (
        f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>".encode()
    )
    relations = written["word/_rels/document.xml.rels"].decode()
    for number, (kind, content) in enumerate(parts.items()):
        written[f"word/{kind}.xml"] = content.encode()
        relation = (
            f'<Relationship Id="t{number}" Target="{kind}.xml" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind.rstrip("0123456789")}"/>'
        )
        if f'Target="{kind}.xml"' not in relations:
            relations = relations.replace("</Relationships>", relation + "</Relationships>")
    written["word/_rels/document.xml.rels"] = relations.encode()
    return zipped(written)


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of `parts`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph; plain text becomes one run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, more_numbers: str = "") -> str:
    """The part that defines list 1 with `levels`."""
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more_numbers}</w:numbering>'
    )


def cell(content: str, properties: str = "") -> str:
    """A table cell; plain text becomes one paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def drawn_box(text: str) -> str:
    """A run with a text box as Word writes it: DrawingML, and VML for old programs."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>{content}</wps:txbx></wp:anchor></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
