"""What a PDF shows, measured: its lines of text with face and size, its ruling lines and boxes, in millimetres."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass

import pdfplumber

MM = 25.4 / 72


@dataclass(frozen=True)
class PrintedLine:
    """Letters on one baseline without a wide gap; places in mm from the left and upper edges, `size` in points.

    `bold` and `italic` are None where the line has both kinds of letters.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool | None
    italic: bool | None
    colour: object

    @property
    def centre(self) -> float:
        """The middle of the line."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """The length of the line."""
        return self.right - self.left


@dataclass(frozen=True)
class Rule:
    """A horizontal ruling line."""

    page: int
    left: float
    right: float
    at: float

    @property
    def length(self) -> float:
        """From end to end."""
        return self.right - self.left

    @property
    def centre(self) -> float:
        """The middle of the rule."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Box:
    """A drawn frame."""

    page: int
    left: float
    top: float
    width: float
    height: float
    colour: object


@dataclass(frozen=True)
class MeasuredPages:
    """All pages of one PDF."""

    sizes: tuple[tuple[float, float], ...]
    lines: tuple[PrintedLine, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...]

    def line(self, beginning: str, page: int | None = None) -> PrintedLine:
        """The one line that begins so."""
        found = [
            line
            for line in self.lines
            if line.text.startswith(beginning) and (page is None or line.page == page)
        ]
        assert len(found) == 1, (beginning, [line.text for line in found], [line.text for line in self.lines])
        return found[0]

    def rule_below(self, line: PrintedLine) -> Rule:
        """The nearest ruling line below a line of text, not further than 4 mm."""
        found = [
            rule
            for rule in self.rules
            if rule.page == line.page
            and 0 < rule.at - line.baseline < 4
            and rule.left < line.centre < rule.right
        ]
        assert found, (line, self.rules)
        return min(found, key=lambda rule: rule.at)

    def on_page(self, page: int) -> list[PrintedLine]:
        """The lines of a page from top to bottom."""
        return sorted((line for line in self.lines if line.page == page), key=lambda line: line.baseline)


def measured(pdf: bytes) -> MeasuredPages:
    """Everything that the pages show."""
    sizes, lines, rules, boxes = [], [], [], []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            height = float(page.height)
            sizes.append((float(page.width) * MM, height * MM))
            lines.extend(_lines(page.chars, number, height))
            for drawn in (*page.lines, *page.rects, *page.curves):
                width, tall = drawn["x1"] - drawn["x0"], drawn["bottom"] - drawn["top"]
                if tall < 1.5 and width > 5:
                    rules.append(
                        Rule(
                            number,
                            drawn["x0"] * MM,
                            drawn["x1"] * MM,
                            (drawn["top"] + drawn["bottom"]) / 2 * MM,
                        )
                    )
                elif tall >= 1.5 and width >= 1.5:
                    boxes.append(
                        Box(
                            number,
                            drawn["x0"] * MM,
                            drawn["top"] * MM,
                            width * MM,
                            tall * MM,
                            drawn["stroking_color"],
                        )
                    )
    return MeasuredPages(tuple(sizes), tuple(lines), tuple(rules), tuple(boxes))


def _lines(chars: list[dict], page: int, height: float) -> list[PrintedLine]:
    made: list[PrintedLine] = []
    ordered = sorted(chars, key=lambda char: (round(height - char["matrix"][5], 1), char["x0"]))
    for _, row in itertools.groupby(ordered, key=lambda char: round(height - char["matrix"][5], 1)):
        run: list[dict] = []
        for char in row:
            if run and _parts(run[-1], char):
                made.extend(_line(run, page, height))
                run = []
            run.append(char)
        made.extend(_line(run, page, height))
    return made


def _parts(before: dict, after: dict) -> bool:
    """Whether a gap parts two lines; a justified line has wide ones too, but beside a space."""
    gap = (after["x0"] - before["x1"]) / after["size"]
    return gap > 2.2 or (gap > 0.3 and " " not in (before["text"], after["text"]))


def _line(run: list[dict], page: int, height: float) -> list[PrintedLine]:
    shown = [char for char in run if char["text"].strip("\u200b\u00a0 ")]
    if not shown:
        return []
    bold = {"Bold" in char["fontname"] for char in shown}
    italic = {"Italic" in char["fontname"] for char in shown}
    text = "".join(char["text"] for char in run).replace("\u200b", "").strip()
    return [
        PrintedLine(
            text,
            page,
            shown[0]["x0"] * MM,
            shown[-1]["x1"] * MM,
            (height - shown[0]["matrix"][5]) * MM,
            round(max(char["size"] for char in shown), 2),
            bold.pop() if len(bold) == 1 else None,
            italic.pop() if len(italic) == 1 else None,
            shown[0]["non_stroking_color"],
        )
    ]
