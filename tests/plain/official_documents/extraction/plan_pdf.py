"""A plan in the layout of Decree 30/2020, set with Typst, for the tests of PDF files."""

from __future__ import annotations

from pathlib import Path

import typst

# Set in the face that the package brings, so that recognition of scans reads the same letters on all machines.
FONTS = Path(__file__).parents[4] / "khuevan" / "plain" / "official_documents" / "writing" / "fonts"
SENTENCE = (
    "Tổ chức triển khai các hoạt động thông tin đối ngoại bám sát phương châm chủ động, thống nhất, đồng bộ, "
    "sáng tạo, hiệu quả, góp phần nâng cao uy tín, vị thế Thủ đô với bạn bè quốc tế"
)

_HEAD = """
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 20mm),
  header: context if counter(page).get().first() > 1 [#align(center)[#counter(page).display()]],
  footer: {footer})
#set text(font: "Tinos", size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true), spacing: 12pt)
#grid(columns: (42%, 58%), align: center, row-gutter: 6pt,
  text(12pt)[UBND THÀNH PHỐ HÀ NỘI], text(12pt)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*],
  text(12pt)[*SỞ VĂN HÓA VÀ THỂ THAO*], text(13pt)[*Độc lập - Tự do - Hạnh phúc*],
  text(13pt)[Số: 123/KH-SVHTT], text(13pt)[_Hà Nội, ngày 05 tháng 3 năm 2025_])
#v(12pt)
#align(center)[*KẾ HOẠCH*]
#align(center)[*Tổ chức triển khai các hoạt động thông tin đối ngoại năm 2025*]
"""

_TAIL = """
#v(12pt)
#block(breakable: false, grid(columns: (50%, 50%),
  [#set par(first-line-indent: 0pt)
   #text(12pt)[_Nơi nhận:_] \\
   #text(11pt)[\\- UBND Thành phố;] \\
   #text(11pt)[\\- Các phòng, đơn vị thuộc Sở;] \\
   #text(11pt)[\\- Lưu: VT, TTBCXB.]],
  align(center)[*KT. GIÁM ĐỐC* \\ *PHÓ GIÁM ĐỐC* \\ #v(40pt) *Nguyễn Văn A*]))
"""


def plan_pdf(*, paragraphs: int = 60, table_rows: int = 0, footer: str = "none", tail: bool = True) -> bytes:
    """A plan of `paragraphs` numbered paragraphs, then a ruled table, then recipients and signature."""
    body = "\n\n".join(f"{number}) {SENTENCE} lần thứ {number}." for number in range(1, paragraphs + 1))
    table = ""
    if table_rows:
        rows = "\n".join(
            f"[{number}], [Tổ chức hoạt động số {number} theo kế hoạch đã được phê duyệt],"
            f" [Phòng số {number}], [Quý II/2025],"
            for number in range(1, table_rows + 1)
        )
        table = (
            "#{ set par(justify: false, first-line-indent: 0pt)\n"
            "table(columns: (12mm, 1fr, 35mm, 30mm),\n"
            "table.header([*TT*], [*Nội dung*], [*Chủ trì*], [*Thời gian*]),\n" + rows + ")}"
        )
    source = _HEAD.format(footer=footer) + body.replace(")", "\\)") + "\n\n" + table + (_TAIL if tail else "")
    return compiled(source)


def compiled(source: str) -> bytes:
    """The PDF that Typst sets from `source`."""
    made = typst.compile(source.encode(), format="pdf", font_paths=[FONTS], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made
