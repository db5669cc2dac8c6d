"""The documents written for the tests, set as Word and as PDF files in the layout of Decree 30/2020."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .extraction.plan_pdf import compiled
from .extraction.word_files import cell, level, numbered, numbering, paragraph, row, table, word_file
from .samples import OWN

Rows = list[list[str]]


@dataclass(frozen=True)
class Paper:
    """A document in its parts: the two columns of the head, title, body, the two columns of the foot, annex."""

    left: list[str]
    right: list[str]
    title: list[str]
    body: list[str | Rows]
    recipients: list[str]
    signature: list[str]
    attached: list[str | Rows]


def paper(name: str, *, columns: int = 0) -> Paper:
    """A document of `documents/` in its parts; a table of `columns` columns stands one cell a line."""
    lines = [line.strip() for line in (OWN / name).read_text(encoding="utf-8").split("\n") if line.strip()]
    lines = [line for line in lines if set(line) - set("-")]
    start = next(
        n for n, line in enumerate(lines) if line in ("KẾ HOẠCH", "QUYẾT ĐỊNH", "CHỈ THỊ", "THÔNG BÁO")
    )
    is_right = [
        bool(re.match(r"CỘNG HÒA|ĐẢNG CỘNG SẢN|Độc lập|.{2,20}, ngày", line)) for line in lines[:start]
    ]
    end_of_title = next(
        n
        for n, line in enumerate(lines)
        if n > start + 1 and re.match(r"Căn cứ|Thực hiện|Trên cơ sở|Thời gian qua|Ngày|BỘ TRƯỞNG", line)
    )
    foot = lines.index("Nơi nhận:")
    signed = next(n for n in range(foot + 1, len(lines)) if not lines[n].startswith(("-", "+", "(")))
    name_at = next(n for n in range(signed, len(lines)) if not lines[n].isupper())
    return Paper(
        [line for line, right in zip(lines[:start], is_right, strict=True) if not right],
        [line for line, right in zip(lines[:start], is_right, strict=True) if right],
        lines[start:end_of_title],
        _with_table(lines[end_of_title:foot], columns),
        lines[foot:signed],
        lines[signed : name_at + 1],
        _with_table(lines[name_at + 1 :], columns),
    )


def _with_table(lines: Sequence[str], columns: int) -> list[str | Rows]:
    if not columns or "TT" not in lines:
        return list(lines)
    first = lines.index("TT")
    last = next(n for n in range(first, len(lines)) if re.match(r"[IVX]+\. ", lines[n]))
    cells = list(lines[first:last])
    return [*lines[:first], [cells[n : n + columns] for n in range(0, len(cells), columns)], *lines[last:]]


def as_docx(made: Paper) -> bytes:
    """The paper as a Word file whose Roman and Arabic numbers Word generates, with real tables."""
    body = _columns(made.left, made.right) + _paragraphs(made.title, "")
    body += _paragraphs(made.body, r"([IVX]+)[.-] |(\d+)[.-] ")
    body += _columns(made.recipients, made.signature) + _paragraphs(
        made.attached, r"([IVX]+)[.-] |(\d+)[.-] "
    )
    levels = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%2."))
    return word_file(body, parts={"numbering": levels})


def _columns(left: Iterable[str], right: Iterable[str]) -> str:
    return table(row(*("".join(cell_of) for cell_of in (_cell(left), _cell(right)))))


def _cell(lines: Iterable[str]) -> str:
    return cell("".join(paragraph(escape(line)) for line in lines))


def _paragraphs(items: Iterable[str | Rows], labels: str) -> str:
    made = []
    for item in items:
        if not isinstance(item, str):
            made.append(table(*(row(*(cell(escape(text)) for text in cells)) for cells in item)))
        elif labels and (label := re.match(labels, item)):
            made.append(numbered(escape(item[label.end() :]), level=0 if label[1] else 1))
        else:
            made.append(paragraph(escape(item)))
    return "".join(made)


_PAGE = """
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 20mm),
  header: context if counter(page).get().first() > 1 [#align(center)[#counter(page).display()]])
#set text(font: ("Liberation Serif", "Times New Roman", "Libertinus Serif"), size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true), spacing: 12pt)
"""


def as_pdf(made: Paper) -> bytes:
    """The paper as a PDF file: head and foot in two columns, ruled tables, page numbers at the top."""
    source = _PAGE + _grid(made.left, made.right, 12)
    source += "".join(f"#align(center)[*{_text(line)}*]\n" for line in made.title)
    source += _set(made.body) + "#v(12pt)\n" + _grid(made.recipients, made.signature, 11)
    if made.attached:
        source += "#pagebreak()\n" + _set(made.attached)
    return compiled(source)


def _grid(left: Sequence[str], right: Sequence[str], size: int) -> str:
    columns = ", ".join(
        f"align({where})[#set par(first-line-indent: 0pt)\n{lines}]"
        for where, lines in (
            (
                "center" if size == 12 else "left",
                " \\\n".join(f"#text({size}pt)[{_text(line)}]" for line in left),
            ),
            ("center", " \\\n".join(_text(line) for line in right)),
        )
    )
    return f"#grid(columns: (45%, 55%), column-gutter: 4mm, {columns})\n#v(12pt)\n"


def _set(items: Iterable[str | Rows]) -> str:
    made = []
    for item in items:
        if isinstance(item, str):
            made.append(f"{_text(item)}\n\n")
            continue
        cells = ", ".join(f"[{_text(text)}]" for cells in item for text in cells)
        made.append(
            "#{ set par(justify: false, first-line-indent: 0pt)\n set text(size: 11pt)\n"
            f" table(columns: (10mm, 1fr, 30mm, 30mm, 22mm, 22mm), {cells}) }}\n\n"
        )
    return "".join(made)


def _text(words: str) -> str:
    return f"#{json.dumps(words, ensure_ascii=False)}"
