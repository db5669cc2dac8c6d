"""Documents to sign, set by Typst, and pictures to sign with."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import typst
from PIL import Image, ImageDraw

from khuevan.documents.signatures.appearance import FONT_FOLDER

AT = datetime(2026, 11, 26, 9, 5, 7, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
NAME = "Bạch Liên Hương"
BLUE, RED = (10, 40, 200), (210, 20, 20)

_LETTER = """
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set text(font: "Tinos", size: 14pt, lang: "vi", top-edge: "ascender", bottom-edge: "descender")
#grid(columns: (1fr, 1fr), align: center,
  [ỦY BAN NHÂN DÂN\\ THÀNH PHỐ HÀ NỘI\\ *SỞ VĂN HÓA VÀ THỂ THAO*],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ *Độc lập - Tự do - Hạnh phúc*])
#v(12pt)
#align(center)[*KẾ HOẠCH*\\ *Thông tin đối ngoại năm 2026*]
#(("Bạch Liên Hương chủ trì; các phòng phối hợp thực hiện theo phân công và báo cáo đúng hạn. ") * PARAGRAPHS)
#v(12pt)
#block(breakable: false, grid(columns: (1fr, 1fr),
  [*_Nơi nhận:_*\\ #text(size: 11pt)[\\- Như trên;\\ \\- Lưu: VT, TTBCXB.]],
  align(center)[*GIÁM ĐỐC*#v(72pt)*Bạch Liên Hương*]))
"""


@cache
def letter(paragraphs: int = 4) -> bytes:
    """A plan with its signature block, PDF/A-2b as the department's own writer makes it."""
    return _set(_LETTER.replace("PARAGRAPHS", str(paragraphs)))


@cache
def annex() -> bytes:
    """The first page of an annex in a file of its own."""
    return _set(
        '#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))\n'
        '#set text(font: "Tinos", size: 14pt, lang: "vi")\n#align(center)[*Phụ lục I*\\ *DANH MỤC NHIỆM VỤ*]'
    )


@cache
def blank(width: float = 400, height: float = 600, pages: int = 1) -> bytes:
    """Empty pages of a size in points."""
    return _set(f"#set page(width: {width}pt, height: {height}pt)\n" + "#pagebreak()\n" * (pages - 1))


def _set(source: str) -> bytes:
    # Its type stubs want the source and the folders of the fonts to be of one type.
    options: Any = {"font_paths": [str(FONT_FOLDER)], "ignore_system_fonts": True, "pdf_standards": ["a-2b"]}
    content = typst.compile(source.encode(), timestamp=1_764_000_000, **options)
    assert isinstance(content, bytes)
    return content


@cache
def signature_png(*, margin: int = 40) -> bytes:
    """A blue signature on a transparent ground: a filled shape of 300 × 120 dots, and an empty margin."""
    picture = Image.new("RGBA", (300 + 2 * margin, 120 + 2 * margin), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((margin, margin, margin + 299, margin + 119), outline=(*BLUE, 255), width=8)
    draw.line((margin + 20, margin + 108, margin + 280, margin + 12), fill=(*BLUE, 255), width=8)
    return _encoded(picture, None)


@cache
def seal_png(*, millimetres: float = 36.0, dots: int = 425) -> bytes:
    """A red ring on a transparent ground; its resolution says how large it is."""
    picture = Image.new("RGBA", (dots, dots), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, dots - 1, dots - 1), outline=(*RED, 255), width=18)
    return _encoded(picture, dots / (millimetres / 25.4))


def _encoded(picture: Image.Image, resolution: float | None) -> bytes:
    content = io.BytesIO()
    if resolution is None:
        picture.save(content, "PNG")
    else:
        picture.save(content, "PNG", dpi=(resolution, resolution))
    return content.getvalue()
