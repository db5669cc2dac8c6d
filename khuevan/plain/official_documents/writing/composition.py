"""What is to be written: one official document as structure, before any page is made of it.

The JSON form (`as_plain`, `from_plain`) is what drafts are stored as and what `khuevan write` takes beside
the reader's contract. All text is Unicode NFC. Labels (I, 1, 1.1, a, Điều 1, -, +) are given, not counted:
`numbering` gives them to a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from khuevan.plain.official_documents.document import Recipient, Signatory

CellAlign = Literal["left", "center", "right"]
LETTER = "Công văn"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one style, within a paragraph that has its own."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `widths` are shares of the text's width, in any unit; `aligns` one for each column.

    The first `head_rows` rows are repeated where the table breaks over pages. Every row has as many cells
    as there are widths; a cell's lines are kept apart by newlines.
    """

    widths: tuple[float, ...]
    aligns: tuple[CellAlign, ...]
    rows: tuple[tuple[str, ...], ...]
    head_rows: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text: its bytes (PNG or JPEG), its width as a share of the text's, what it shows."""

    data: bytes
    alternative: str
    caption: str = ""
    width: float = 1.0


Block = Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the body: its label, empty for a block without one; its heading; blocks; what stands below.

    A dash and a numbered point without a heading hold their words as the first paragraph.
    """

    label: str
    heading: str | None = None
    blocks: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows the signature on pages of its own, numbered by themselves.

    `label` is Phụ lục, Phụ lục I …, or empty for a document issued with this one (a plan with its decision);
    `type` is that document's type, empty for an annex.
    """

    label: str
    title: str
    sections: tuple[Section, ...]
    type: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole document. `notation` is what stands behind the number and its stroke: KH-SVHTT.

    `number` and `date` are None while the document has none. `legal_bases` are whole clauses without their
    final mark. `enacting_authority` is the line above the bases of a decision (GIÁM ĐỐC SỞ …). `urgency` and
    `circulation` are marks that the rules know, empty for none; a state-secret marking is none of them.
    `drafter_mark` is PL.(300); `contact` the address at the foot of page 1. `number_width` is how many digits the
    number is padded to: two by the decree, more where a body numbers so (0124/KH-UBND).
    """

    type: str
    number: int | None
    notation: str
    parent_body: str
    issuer: str
    place: str
    date: date | None
    title: str
    legal_bases: tuple[str, ...]
    sections: tuple[Section, ...]
    recipients: tuple[Recipient, ...]
    signatory: Signatory | None
    addressees: tuple[str, ...] = ()
    enacting_authority: str = ""
    urgency: str = ""
    circulation: str = ""
    drafter_mark: str = ""
    contact: str = ""
    annexes: tuple[Annex, ...] = ()
    number_width: int = 2

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, which has no name of a type but a subject under its number."""
        return self.type == LETTER


def paragraph(text: str) -> Paragraph:
    """A paragraph in one style."""
    return Paragraph((Run(text),))


def every_section(sections: tuple[Section, ...]) -> Iterator[Section]:
    """All sections, each before those below it."""
    for section in sections:
        yield section
        yield from every_section(section.children)
