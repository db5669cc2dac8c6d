"""Pages that LibreOffice makes of a Word file, and where their lines stand."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest

FONTS = Path(__file__).resolve().parents[5] / "khuevan/plain/official_documents/writing/fonts"
PACKAGES = "libreoffice-writer"
MM = 25.4 / 72
# Times New Roman, which no free system has, stands in Tinos, which is as wide.
FONT_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="same"><string>Tinos</string></edit></match></fontconfig>"""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text: its page from 1, where it begins, ends, and stands (top of its letters), in millimetres."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of a document: their sizes, lines, and drawn rules (page, left, right, top)."""

    sizes: list[tuple[int, int]]
    lines: list[PrintedLine]
    rules: list[tuple[int, float, float, float]]

    def line(self, start: str, page: int | None = None) -> PrintedLine:
        """The first line that begins so."""
        return next(each for each in self.lines if each.text.startswith(start) and page in (None, each.page))


def office() -> str:
    """LibreOffice's program; the test is skipped where there is none, and fails under CI."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"install {PACKAGES}")
        pytest.skip(f"not installed: {PACKAGES}")
    return found


def printed(data: bytes, folder: Path) -> Printed:
    """The pages that LibreOffice makes of the file."""
    return printed_all([data], folder)[0]


def printed_all(files: Sequence[bytes], folder: Path) -> list[Printed]:
    """The pages of each file, all made by one run of the program."""
    program = office()
    names = [folder / f"document-{place}.docx" for place in range(len(files))]
    for name, data in zip(names, files, strict=True):
        name.write_bytes(data)
    settings = folder / "fonts.conf"
    settings.write_text(FONT_SETTINGS.format(fonts=FONTS, cache=folder / "fonts"), encoding="utf-8")
    done = subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, names),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(settings), "HOME": str(folder)},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return [measured(name.with_suffix(".pdf").read_bytes()) for name in names]


def measured(data: bytes) -> Printed:
    """Where the lines and rules of a PDF stand."""
    sizes: list[tuple[int, int]] = []
    lines: list[PrintedLine] = []
    rules: list[tuple[int, float, float, float]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            sizes.append((round(page.width * MM), round(page.height * MM)))
            for words in page.extract_words(
                x_tolerance=2, y_tolerance=2, keep_blank_chars=True, extra_attrs=["size"], use_text_flow=False
            ):
                if not words["text"].strip():
                    continue
                letters = [
                    letter
                    for letter in page.chars
                    if words["x0"] - 0.1 <= letter["x0"] <= words["x1"]
                    and abs(letter["top"] - words["top"]) < 2
                ]
                lines.append(
                    PrintedLine(
                        number,
                        words["text"].strip(),
                        words["x0"] * MM,
                        words["x1"] * MM,
                        words["top"] * MM,
                        words["bottom"] * MM,
                        round(words["size"], 1),
                        letters[0]["fontname"].split("+")[-1],
                    )
                )
            rules.extend(
                (number, each["x0"] * MM, each["x1"] * MM, each["top"] * MM)
                for each in [*page.lines, *page.rects, *page.curves]
                if each["x1"] - each["x0"] > 10 and abs(each["bottom"] - each["top"]) < 2
            )
    return Printed(sizes, lines, rules)
