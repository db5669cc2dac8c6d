"""A read document on the terminal: head, legal bases, sections with their tasks, duties by unit, warnings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from khuevan.cli.vietnamese import in_vietnamese
from khuevan.plain.official_documents import OfficialDocument
from khuevan.plain.official_documents.document import Due, Section

ROLES = {"lead": "chủ trì", "support": "phối hợp", "carry-out": "thực hiện"}
RECURRENCES = {
    "continuous": "thường xuyên",
    "weekly": "hằng tuần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half-yearly": "6 tháng",
    "yearly": "hằng năm",
}


def print_document(document: OfficialDocument, console: Console) -> None:
    """Prints the document's structure; colours only where the terminal shows them."""
    for part in _parts(document):
        console.print(part)


def _parts(document: OfficialDocument) -> Iterator[RenderableType]:
    yield Text(f"{document.type or 'VĂN BẢN'}", style="bold cyan")
    if document.title:
        yield Text(document.title, style="bold")
    yield Padding(_head(document), (1, 0))
    if document.legal_bases:
        yield _heading("Căn cứ", len(document.legal_bases))
        for basis in document.legal_bases:
            yield Padding(Text(f"• {basis.text}"), (0, 0, 0, 2))
    if document.sections:
        yield _heading("Nội dung")
        tasks = {task.ref: task for task in document.tasks}
        tree = Tree(Text("☐ = nhiệm vụ", style="dim"), guide_style="dim")
        for section in document.sections:
            _add_section(tree, section, {ref: task.due for ref, task in tasks.items()})
        yield Padding(tree, (0, 0, 0, 2))
    if document.duties:
        yield _heading("Phân công", len(document.duties))
        for unit, duties in groupby(document.duties, key=lambda duty: duty.unit):
            branch = Tree(Text(unit, style="bold"), guide_style="dim")
            for duty in duties:
                line = Text()
                line.append(f"[{ROLES[duty.role]}] ", style="green" if duty.role == "lead" else "yellow")
                line.append(_shortened(duty.text))
                if duty.task_refs:
                    line.append(f"  → {', '.join(duty.task_refs)}", style="dim")
                branch.add(_with_due(line, duty.due))
            yield Padding(branch, (0, 0, 0, 2))
    dues = [
        *((task.ref, task.due) for task in document.tasks),
        *((duty.ref, duty.due) for duty in document.duties),
    ]
    deadlines = [(ref, due) for ref, due in dues if due is not None]
    if deadlines:
        yield _heading("Thời hạn", len(deadlines))
        table = Table.grid(padding=(0, 2))
        for ref, due in deadlines:
            table.add_row(Text(ref, style="dim"), Text(due.text), _meaning(due))
        yield Padding(table, (0, 0, 0, 2))
    if document.recipients:
        yield _heading("Nơi nhận", len(document.recipients))
        for recipient in document.recipients:
            purpose = f" ({recipient.purpose})" if recipient.purpose else ""
            yield Padding(Text(f"• {recipient.name}{purpose}"), (0, 0, 0, 2))
    if document.signatory is not None:
        signed = " · ".join(
            value
            for value in (document.signatory.authority, document.signatory.position, document.signatory.name)
            if value
        )
        yield _heading("Ký")
        yield Padding(Text(signed), (0, 0, 0, 2))
    if document.warnings:
        yield Text(f"\nLưu ý ({len(document.warnings)})", style="bold yellow")
        for warning in document.warnings:
            yield Padding(Text(f"! {in_vietnamese(warning)}", style="yellow"), (0, 0, 0, 2))


def _head(document: OfficialDocument) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    period = document.period
    rows = (
        ("Cơ quan ban hành", " / ".join(x for x in (document.parent_body, document.issuer) if x)),
        ("Số, ký hiệu", document.symbol),
        ("Nơi, ngày", ", ".join(x for x in (document.place, _day(document.date)) if x)),
        ("Thời kỳ", f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}" if period else None),
        ("Văn bản được nhắc", str(len(document.references)) if document.references else None),
        ("Số nhiệm vụ", str(len(document.tasks))),
        ("Số việc phân công", str(len(document.duties))),
        ("Kinh phí", ", ".join(a.text for a in document.funding.amounts) if document.funding else None),
    )
    for name, value in rows:
        table.add_row(
            Text(name, style="dim"), Text(value) if value else Text("không nêu", style="dim italic")
        )
    return table


def _heading(name: str, count: int | None = None) -> RenderableType:
    return Text(f"\n{name}" + (f" ({count})" if count is not None else ""), style="bold cyan")


def _add_section(tree: Tree, section: Section, dues: dict[str, Due | None]) -> None:
    is_task = section.ref in dues
    words = section.heading or _shortened(" ".join(section.paragraphs))
    line = Text()
    line.append("☐ " if is_task else "", style="green")
    if section.label not in ("", "-"):
        line.append(f"{section.label} ", style="bold")
    line.append(_shortened(words), style="bold" if section.heading and section.children else "")
    branch = tree.add(_with_due(line, dues.get(section.ref)))
    for child in section.children:
        _add_section(branch, child, dues)


def _with_due(line: Text, due: Due | None) -> RenderableType:
    if due is None:
        return line
    return Group(line, Text(f"⏱ {due.text}", style="magenta"))


def _meaning(due: Due) -> Text:
    if due.date is not None:
        return Text(_day(due.date) or "", style="magenta")
    return Text(RECURRENCES.get(due.recurrence or "", ""), style="magenta")


def _day(day: object) -> str | None:
    return None if day is None else f"{day:%d/%m/%Y}"


def _shortened(text: str, length: int = 160) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
