"""What a signature looks like: the picture of a signature or a seal, or the words on an annex. Drawn by Typst."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zoneinfo import ZoneInfo

from khuevan.documents.signatures.pictures import Picture
from khuevan.documents.signatures.placement import Placement, ShownPage
from khuevan.documents.signatures.rules import signature_rules
from khuevan.plain.official_documents import writing

FONT_FOLDER: Final = Path(writing.__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class PictureAppearance:
    """A leader's signature or an agency's seal, as large as fits into `place` without being distorted."""

    picture: Picture
    place: Placement


@dataclass(frozen=True, slots=True)
class AnnexAppearance:
    """Number and symbol of the document and the time of signing, at the top right of the first page.

    `text_edge` is the right edge of the annex's text, in points from the right edge of the page; the decree's
    own margin where it is not given.
    """

    symbol: str
    text_edge: float | None = None


Appearance = PictureAppearance | AnnexAppearance

_PAGE: Final = """
#let points(name) = float(sys.inputs.at(name)) * 1pt
#let turned = sys.inputs.rotation in ("90", "270")
#set page(
  width: points(if turned { "height" } else { "width" }),
  height: points(if turned { "width" } else { "height" }),
  margin: 0pt, fill: none,
)
#let upright(content) = place(top + left, rotate(
  -int(sys.inputs.rotation) * 1deg, reflow: true,
  block(width: points("width"), height: points("height"), breakable: false, content),
))
"""
_PICTURE: Final = """
#upright(image(
  "picture.png", width: points("picture_width"), height: points("picture_height"), fit: "contain",
))
"""
# Lines as high as stacked accents reach, which would otherwise lie outside of the page and be cut off.
_WORDS: Final = """
#set text(
  font: sys.inputs.font, size: points("size"), lang: "vi", fill: black, hyphenate: false,
  top-edge: 0.94em, bottom-edge: -0.24em,
)
#set par(leading: 0pt, spacing: 0pt)
#upright(align(right + top, sys.inputs.lines.split("\\n").join(linebreak())))
"""
_LINE_HEIGHT: Final = 1.2
# pyHanko counts the sides of a drawing in whole points and cuts off what is beyond. A side that is a trifle
# longer than whole is counted whole, whatever the sums of its coordinates lose.
_TRIFLE: Final = 0.01


def annex_lines(symbol: str, at: datetime) -> tuple[str, str]:
    """The two lines on an annex: number and symbol, then the time of signing with its zone (ISO 8601)."""
    rules = signature_rules()
    moment = at.astimezone(ZoneInfo(rules.stamp_time_zone))
    zone = moment.strftime("%z")
    return (
        f"Số và ký hiệu: {symbol};",
        f"Thời gian ký: {moment.strftime(rules.stamp_time_format)} {zone[:3]}:{zone[3:]}",
    )


def place_of(appearance: Appearance, page: ShownPage) -> Placement:
    """Where the appearance stands: as given, or at the top right of an annex's first page."""
    if isinstance(appearance, PictureAppearance):
        return appearance.place
    rules = signature_rules()
    right = rules.stamp_right if appearance.text_edge is None else appearance.text_edge
    width = min(rules.stamp_width, page.width - right)
    height = 2 * _LINE_HEIGHT * rules.stamp_size
    return Placement(1, page.width - right - floor(width), rules.stamp_top, floor(width), height)


def field_place(place: Placement) -> Placement:
    """The field's own rectangle: `place`, a little longer to the right and down so that its sides are whole."""
    return Placement(
        place.page, place.left, place.top, ceil(place.width) + _TRIFLE, ceil(place.height) + _TRIFLE
    )


@contextmanager
def drawn(appearance: Appearance, place: Placement, page: ShownPage, at: datetime) -> Iterator[Path]:
    """The appearance as a PDF of one page, as large as the field in the file's own space, upright when shown.

    The file is there while the block runs.
    """
    # Not at the top of the module: Typst is needed only where somebody signs.
    import typst

    rules = signature_rules()
    inputs = {
        "width": str(ceil(place.width)),
        "height": str(ceil(place.height)),
        "rotation": str(page.rotation),
    }
    with TemporaryDirectory(prefix="khuevan-stamp-") as folder:
        root = Path(folder)
        if isinstance(appearance, PictureAppearance):
            (root / "picture.png").write_bytes(appearance.picture.png)
            source = _PICTURE
            inputs |= {"picture_width": str(place.width), "picture_height": str(place.height)}
        else:
            source = _WORDS
            inputs |= {"font": rules.stamp_font, "size": str(rules.stamp_size)}
            inputs["lines"] = "\n".join(annex_lines(appearance.symbol, at))
        (root / "stamp.typ").write_text(_PAGE + source, encoding="utf-8")
        typst.compile(
            str(root / "stamp.typ"),
            output=str(root / "stamp.pdf"),
            root=folder,
            font_paths=[str(FONT_FOLDER)],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            # Fonts embedded and colours calibrated as the archive format asks of the document; without tags,
            # whose marks would point to a structure that stays behind.
            pdf_standards=["a-2b"],
            pdf_tags=False,
            timestamp=int(at.timestamp()),
        )
        yield root / "stamp.pdf"
