"""A composition as the plain values that the Typst template sets: words as printed, sizes from the rules."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from khuevan.plain.official_documents.writing.arrangement import (
    ADDRESSEES_HEAD,
    MOTTO,
    NATIONAL_TITLE,
    RECIPIENTS_HEAD,
    addressee_lines,
    annex_origin,
    body_in_head,
    circulation_mark,
    legal_basis_lines,
    letter_subject,
    number_line,
    place_and_date,
    recipient_lines,
    signing_lines,
    urgency_box,
)
from khuevan.plain.official_documents.writing.composition import Composition, Picture, Run, Section, Table
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules
from khuevan.plain.official_documents.writing.messages import LARGE_PICTURE, unwritable
from khuevan.plain.official_documents.writing.picture_files import kind_and_size
from khuevan.plain.official_documents.writing.printed_body import (
    PrintedHeading,
    PrintedParagraph,
    printed_body,
)
from khuevan.plain.official_documents.writing.xml_text import safe

# Measures of Tinos (and of Times New Roman, for which it stands in): parts of the size above and below the
# baseline, and the distance of lines at single spacing.
_FACE: Final = {"ascent": 0.891, "descent": 0.2163, "line": 1.149}
# The second only for signs that the first lacks.
_FONTS: Final = ("Tinos", "Libertinus Serif")
_POINTS_A_MM: Final = 72 / 25.4
_AVERAGE_LETTER: Final = 0.46
_LONGEST_WORD: Final = 60
# What a picture may take when it is decoded, 3 bytes a dot.
_MOST_DOTS: Final = 40_000_000
_BREAK_HERE: Final = "\u200b"
_PARTS_OF_ADDRESS: Final = re.compile(r"[^/._?&=@-]*[/._?&=@-]+|[^/._?&=@-]+")


class PagePlan:
    """The values of one document and the pictures that they name, by file name."""

    def __init__(self, composition: Composition, rules: LayoutRules, created: datetime | date) -> None:
        self.pictures: dict[str, bytes] = {}
        self._rules = rules
        self._width = rules.page.text_width
        self.values = self._values(composition, created)

    def _values(self, composition: Composition, created: datetime | date) -> dict[str, Any]:
        rules = self._rules
        enacting = rules.enacting.get(composition.type, "")
        title = clean(composition.title)
        return {
            "title": " ".join(part for part in (composition.type, title) if part) or "Văn bản",
            "author": clean(composition.issuer) or "—",
            "created": _in_utc(created),
            "fonts": list(_FONTS),
            "face": _FACE,
            "components": {name: dataclasses.asdict(each) for name, each in rules.components.items()},
            "page": {
                **{
                    side: getattr(rules.page, side)
                    for side in ("width", "height", "top", "bottom", "left", "right")
                },
                "text_width": rules.page.text_width,
                "landscape_width": rules.page.height - rules.page.top - rules.page.bottom,
            },
            "body": {
                "first_line": rules.first_line,
                "paragraph_gap": rules.paragraph_gap,
                "line_spacing": rules.line_spacing,
            },
            "head": {
                "left": rules.head_left,
                "issuer_rule": rules.issuer_rule,
                "right": rules.head_right,
                "title_rule": rules.title_rule,
                "parent": body_in_head(self._printed("parent_body", composition.parent_body)),
                "issuer": body_in_head(self._printed("issuer", composition.issuer)),
                "national_title": NATIONAL_TITLE,
                "motto": MOTTO,
                "number": clean(number_line(composition)),
                "place_date": clean(place_and_date(composition, created.year)),
                "subject": clean(letter_subject(composition)) if composition.is_letter and title else "",
                "urgency": self._urgency(composition),
                "circulation": circulation_mark(composition, rules),
            },
            "title_lines": {
                "type": "" if composition.is_letter else self._printed("type_name", composition.type),
                "title": "" if composition.is_letter else title,
            },
            "authority": self._printed("enacting_authority", composition.enacting_authority),
            "bases": [clean(line) for line in legal_basis_lines(composition)],
            "enacting_words": enacting,
            "addressees": {
                "lead": ADDRESSEES_HEAD,
                "lines": [clean(line) for line in addressee_lines(composition)],
            },
            "items": _with_last_word(self._items(composition.sections, self._width)),
            "tail": self._tail(composition),
            "contact": clean(composition.contact),
            "annexes": [
                {
                    "label": clean(annex.label),
                    "type": self._printed("type_name", annex.type),
                    "title": clean(annex.title) if annex.type else self._printed("annex_title", annex.title),
                    "origin": clean(annex_origin(composition, annex)),
                    "landscape": annex.landscape,
                    "items": self._items(
                        annex.sections,
                        rules.page.height - rules.page.top - rules.page.bottom
                        if annex.landscape
                        else self._width,
                    ),
                }
                for annex in composition.annexes
            ],
        }

    def _printed(self, component: str, words: str) -> str:
        """The words in capitals where the component is set in them."""
        return clean(words).upper() if self._rules.component(component).caps else clean(words)

    def _urgency(self, composition: Composition) -> dict[str, Any] | None:
        box = urgency_box(composition, self._rules)
        return None if box is None else {"text": composition.urgency, "width": box[0], "height": box[1]}

    def _tail(self, composition: Composition) -> dict[str, Any] | None:
        signatory = composition.signatory
        if signatory is None and not composition.recipients and not composition.drafter_mark:
            return None
        return {
            "recipients_head": RECIPIENTS_HEAD,
            "recipients": [clean(line) for line in recipient_lines(composition)],
            "mark": self._printed("drafter_mark", composition.drafter_mark),
            "signing": [clean(line) for line in signing_lines(composition)],
            "name": clean(signatory.name or "") if signatory else "",
        }

    def _items(self, sections: Iterable[Section], width: float) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for block in printed_body(sections):
            if isinstance(block, PrintedHeading):
                items.append(
                    {
                        "kind": "heading",
                        "style": block.style,
                        "level": block.level,
                        "lead": clean(block.lead),
                        "text": clean(block.text),
                    }
                )
            elif isinstance(block, PrintedParagraph):
                items.append(_paragraph(block))
            elif isinstance(block, Table):
                items.append(self._table(block, width))
            else:
                items.append(self._picture(block))
        return items

    def _table(self, table: Table, width: float) -> dict[str, Any]:
        size = self._rules.component("table").size
        total = sum(table.widths)
        letters = [
            max(3, int((width * share / total * _POINTS_A_MM - 8) / (size * _AVERAGE_LETTER)))
            for share in table.widths
        ]
        most = (self._rules.page.height - self._rules.page.top - self._rules.page.bottom) * _POINTS_A_MM
        most_lines = 0.6 * most / (size * _FACE["line"])

        def lines_of(text: str, column: int) -> list[str]:
            return [breakable(clean(line), letters[column]) for line in text.split("\n")]

        def height(lines: list[str], column: int) -> int:
            return sum(1 + len(line) // letters[column] for line in lines)

        def row(cells: Sequence[str]) -> dict[str, Any]:
            lines = [lines_of(text, column) for column, text in enumerate(cells)]
            return {"cells": lines, "height": max(height(each, column) for column, each in enumerate(lines))}

        rows = [row(cells) for cells in table.rows]
        head = rows[: table.head_rows]
        return {
            "kind": "table",
            "widths": list(table.widths),
            "aligns": list(table.aligns),
            "head": [each["cells"] for each in head],
            # A row that may be taller than a page is allowed to break.
            "rows": [
                {"cells": each["cells"], "breaks": each["height"] > most_lines}
                for each in rows[table.head_rows :]
            ],
            "repeat_head": sum(each["height"] for each in head) < 0.5 * most_lines,
            "caption": clean(table.caption),
        }

    def _picture(self, picture: Picture) -> dict[str, Any]:
        picture = dataclasses.replace(picture, alternative=clean(picture.alternative))
        kind, across, down = kind_and_size(picture)
        if across * down > _MOST_DOTS:
            raise unwritable(
                LARGE_PICTURE, shown=picture.alternative.strip()[:60], dots=_MOST_DOTS // 1_000_000
            )
        name = f"picture-{len(self.pictures)}.{kind}"
        self.pictures[name] = picture.data
        return {
            "kind": "picture",
            "file": f"/{name}",
            "width": min(max(picture.width, 0.05), 1.0),
            "alternative": picture.alternative,
            "caption": clean(picture.caption),
        }


def clean(words: str) -> str:
    """The words in NFC on one line, without what no page shows."""
    return safe(unicodedata.normalize("NFC", words)).replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _in_utc(moment: datetime | date) -> list[int]:
    """Year to second of the moment, of which the file says that it is UTC; of a bare day its beginning."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return list(moment.timetuple()[:6])


def breakable(words: str, most: int) -> str:
    """The words, those longer than `most` letters (addresses of pages) with places where a line may end."""
    if len(words) <= most:
        return words
    return " ".join(word if len(word) <= most else _pieces(word, most) for word in words.split(" "))


def _pieces(word: str, most: int) -> str:
    parts = [
        part[start : start + most]
        for part in _PARTS_OF_ADDRESS.findall(word)
        for start in range(0, len(part), most)
    ]
    return _BREAK_HERE.join(parts)


def _paragraph(block: PrintedParagraph) -> dict[str, Any]:
    runs = [_run(run) for run in block.runs if run.text]
    return {"kind": "paragraph", "lead": clean(block.lead), "bold_lead": block.bold_lead, "runs": runs}


def _with_last_word(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items, of the last paragraph the last word apart: it is set as the box that holds the signature's room."""
    if not items or items[-1]["kind"] != "paragraph":
        return items
    item = items[-1]
    runs = [dict(run) for run in item["runs"]]
    while runs and not runs[-1]["text"].strip():
        runs.pop()
    if not runs:
        last = {"text": item["lead"], "bold": item["bold_lead"], "italic": False}
        return [*items[:-1], {**item, "lead": "", "runs": [], "last": last}]
    before, space, word = runs[-1]["text"].rstrip().rpartition(" ")
    last = {**runs[-1], "text": word}
    runs[-1]["text"] = before + space
    return [*items[:-1], {**item, "runs": runs, "last": last}]


def _run(run: Run) -> dict[str, Any]:
    return {"text": breakable(clean(run.text), _LONGEST_WORD), "bold": run.bold, "italic": run.italic}
