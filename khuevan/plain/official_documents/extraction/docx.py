"""Word documents (DOCX): the printed text in reading order, with tables and generated numbers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.extraction import messages
from khuevan.plain.official_documents.extraction.characters import clean
from khuevan.plain.official_documents.extraction.docx_names import (
    COMPATIBILITY,
    MAIN,
    PACKAGE_RELATIONSHIP,
    VML_TEXT_PATH,
    number_of,
    value_of,
)
from khuevan.plain.official_documents.extraction.docx_numbering import Numbering
from khuevan.plain.official_documents.extraction.docx_runs import ParagraphText, RunReader, chosen_of
from khuevan.plain.official_documents.extraction.docx_styles import Styles
from khuevan.plain.official_documents.extraction.zip_package import ZipPackage
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, Deadline, Limits
from khuevan.plain.official_documents.source import Kind, Line, Source, Table

_PARAGRAPH: Final = MAIN + "p"
_TABLE: Final = MAIN + "tbl"
_ROW: Final = MAIN + "tr"
_CELL: Final = MAIN + "tc"
_WRAPPERS: Final = frozenset(
    MAIN + n for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_ALTERNATE: Final = COMPATIBILITY + "AlternateContent"
_REMOVED_MARKS: Final = ("del", "moveFrom")


def extract_docx(data: bytes, limits: Limits = DEFAULT_LIMITS, *, kind: Kind = "docx") -> Source:
    """The paragraphs and tables of a Word document as printed, tracked changes accepted.

    Generated numbers stand before their paragraphs; text boxes stand before the paragraph that anchors
    them; footnotes and endnotes follow at the end as "[1] …"; headers and footers go to `margin_texts`.
    """
    reader = _DocumentReader(ZipPackage(data, limits), limits)
    blocks = reader.blocks()
    if not any(isinstance(block, Table) or block.text for block in blocks):
        raise messages.unreadable(messages.NO_TEXT)
    return Source(kind, blocks, wrapped=False, margin_texts=reader.margin_texts())


class _DocumentReader:
    def __init__(self, package: ZipPackage, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._deadline = Deadline.after(limits.seconds)
        self._characters = 0
        self._cells = 0
        self._main = _main_part(package)
        self._related = _relationships(package, self._main)
        styles_part = self._part("styles")
        self._styles = Styles(styles_part)
        self._numbering = Numbering(self._part("numbering"))
        raw = package.read(self._main)
        old_fonts = any(
            name in text
            for name in (b'".Vn', b'"VNI-')
            for text in (raw, etree.tostring(styles_part) if styles_part is not None else b"")
        )
        self._runs = RunReader(self._styles, old_fonts=old_fonts)
        self._notes: list[tuple[str, str]] = []

    def blocks(self) -> tuple[Line | Table, ...]:
        body = self._package.xml(self._main).find(MAIN + "body")
        if body is None:
            raise messages.unreadable(messages.BROKEN_DOCX)
        blocks = list(self._blocks(body))
        blocks.extend(self._note_lines())
        while blocks and isinstance(blocks[-1], Line) and not blocks[-1].text:
            blocks.pop()
        return tuple(blocks)

    def margin_texts(self) -> tuple[str, ...]:
        """The lines of the page headers and footers, and the words of watermarks there, each once."""
        texts: dict[str, None] = {}
        for kind in ("header", "footer"):
            for name in self._related.get(kind, ()):
                if name in self._package:
                    part = self._package.xml(name)
                    for line in _texts_of(self._blocks(part)):
                        texts[line] = None
                    for mark in part.iter(VML_TEXT_PATH):
                        texts[clean(mark.get("string", "")).replace("\n", " ")] = None
        return tuple(text for text in texts if text)

    def _part(self, kind: str) -> etree._Element | None:
        for name in self._related.get(kind, ()):
            if name in self._package:
                return self._package.xml(name)
        return None

    def _blocks(self, container: etree._Element, *, in_cell: bool = False) -> Iterator[Line | Table]:
        removed_mark: str = ""
        for element in _content_of(container):
            if element.tag == _TABLE:
                yield from self._table(element)
                continue
            properties = element.find(MAIN + "pPr")
            style_name = value_of(properties, "pStyle")
            read = self._runs.read(element, self._styles.paragraph(style_name).appearance)
            self._notes.extend(read.notes)
            for box in read.boxes:
                yield from self._blocks(box)
            if _mark_is_removed(properties):
                # Its paragraph mark was deleted: what is left of it joins the next paragraph.
                removed_mark += read.text
                continue
            read.text = removed_mark + read.text
            removed_mark = ""
            yield from self._lines(read, self._label(properties, style_name), in_cell=in_cell)
        if removed_mark:
            yield from self._lines(ParagraphText(removed_mark), None, in_cell=in_cell)

    def _lines(self, read: ParagraphText, label: str | None, *, in_cell: bool) -> Iterator[Line]:
        if self._deadline.passed:
            raise messages.unreadable(messages.TOO_SLOW, seconds=round(self._limits.seconds))
        self._characters += len(read.text)
        if self._characters > self._limits.characters:
            raise messages.unreadable(messages.TOO_MUCH_TEXT, characters=self._limits.characters)
        texts = [text.strip(" ") for text in clean(read.text).split("\n")]
        texts = [text for text in texts if text]
        if not texts:
            # An empty numbered paragraph prints only its number: that of a row in a table, elsewhere a slip.
            yield Line(clean(label).strip() if label and in_cell else "")
            return
        if label and read.text.startswith("\n"):
            # The words begin below the number: "Chương I", line break, its title.
            texts.insert(0, clean(label).strip())
        elif label:
            texts[0] = clean(label) + texts[0]
        yield from map(Line, texts)

    def _label(self, properties: etree._Element | None, style_name: str | None) -> str | None:
        direct = properties.find(MAIN + "numPr") if properties is not None else None
        inherited = self._styles.paragraph(style_name).numbering
        number = value_of(direct, "numId") or (inherited[0] if inherited else None)
        if number is None or number == "0":
            return None
        level = value_of(direct, "ilvl")
        if level is None and direct is None:
            linked = self._numbering.level_of_style(number, style_name or self._styles.default_paragraph)
            level = str(linked) if linked is not None else (inherited[1] if inherited else None)
        return self._numbering.next_label(number, number_of(level))

    def _table(self, element: etree._Element) -> Iterator[Line | Table]:
        rows = [row for row in _found(element, _ROW) if not _row_is_removed(row)]
        cells = [[cell for cell in _found(row, _CELL) if not _cell_is_removed(cell)] for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1 and _is_frame(cells[0][0]):
            yield from self._blocks(cells[0][0])
            return
        grid: list[list[str]] = []
        begins: set[int] = set()
        for row, row_cells in zip(rows, cells, strict=True):
            row_properties = row.find(MAIN + "trPr")
            texts = [""] * min(number_of(value_of(row_properties, "gridBefore")), 100)
            for cell in row_cells:
                properties = cell.find(MAIN + "tcPr")
                span = max(1, min(number_of(value_of(properties, "gridSpan"), 1), 1_000))
                merge = properties.find(MAIN + "vMerge") if properties is not None else None
                continues = merge is not None and merge.get(MAIN + "val", "continue") == "continue"
                begins.add(len(texts))
                self._cells += span
                if self._cells > self._limits.table_cells:
                    raise messages.unreadable(messages.TOO_MANY_CELLS, cells=self._limits.table_cells)
                text = self._cell_text(cell)
                texts.append("" if continues else text)
                texts.extend([""] * (span - 1))
            grid.append(texts)
        # Grid columns in which no cell begins are only the seams of merged cells.
        columns = sorted(begins)
        if columns and grid:
            yield Table(tuple(tuple(row[c] if c < len(row) else "" for c in columns) for row in grid))

    def _cell_text(self, cell: etree._Element) -> str:
        return "\n".join(_texts_of(self._blocks(cell, in_cell=True)))

    def _note_lines(self) -> Iterator[Line]:
        parts = {kind: self._part(kind + "s") for kind in ("footnote", "endnote")}
        notes = {
            (kind, note.get(MAIN + "id", "")): note
            for kind, part in parts.items()
            if part is not None
            for note in part.iterfind(MAIN + kind)
        }
        # Reading a note may not add notes: the list is closed before.
        for number, reference in enumerate(tuple(dict.fromkeys(self._notes)), start=1):
            if (note := notes.get(reference)) is not None:
                text = " ".join(_texts_of(self._blocks(note)))
                yield Line(f"[{number}] {text}")


def _main_part(package: ZipPackage) -> str:
    targets = _relationships(package, "").get("officeDocument", ())
    for name in (*targets, "word/document.xml"):
        if name in package:
            return name
    raise messages.unreadable(messages.NOT_A_DOCX)


def _relationships(package: ZipPackage, part: str) -> dict[str, tuple[str, ...]]:
    """The parts that `part` names, by the last word of the relationship's type."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", name + ".rels")
    if relations not in package:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for element in package.xml(relations).iterfind(PACKAGE_RELATIONSHIP + "Relationship"):
        if element.get("TargetMode") == "External":
            continue
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        found[kind] = (*found.get(kind, ()), target)
    return found


def _content_of(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of `container`, wrappers looked through, in order."""
    for child in container:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _content_of(child)
        elif child.tag == _ALTERNATE:
            for chosen in chosen_of(child):
                yield from _content_of(chosen)


def _found(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, wrappers looked through."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _found(child, tag)


def _texts_of(blocks: Iterator[Line | Table]) -> list[str]:
    """The lines of `blocks`; a table inside gives one line a row, its cells apart by a bar."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            if block.text:
                texts.append(block.text)
            continue
        for row in block.rows:
            filled = [cell.replace("\n", " ") for cell in row if cell]
            if filled:
                texts.append(" | ".join(filled))
    return texts


def _mark_is_removed(properties: etree._Element | None) -> bool:
    mark = properties.find(MAIN + "rPr") if properties is not None else None
    return mark is not None and any(mark.find(MAIN + name) is not None for name in _REMOVED_MARKS)


def _row_is_removed(row: etree._Element) -> bool:
    properties = row.find(MAIN + "trPr")
    return properties is not None and properties.find(MAIN + "del") is not None


def _cell_is_removed(cell: etree._Element) -> bool:
    properties = cell.find(MAIN + "tcPr")
    return properties is not None and properties.find(MAIN + "cellDel") is not None


def _is_frame(cell: etree._Element) -> bool:
    """Whether a table's only cell is a frame around a piece of the document, not a box of its own."""
    content = list(_content_of(cell))
    return len(content) > 3 or any(element.tag == _TABLE for element in content)
