"""The types of official documents (Decree 30/2020/ND-CP, art. 7; annex III), as a heading prints them."""

from __future__ import annotations

import re

from khuevan.plain.folding import fold

TYPES = (
    "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng",
    "Công văn", "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu",
    "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Thư công", "Nghị định", "Thông tư",
    "Kết luận",
    "Lệnh", "Luật", "Quy trình", "Điều lệ", "Thông tư liên tịch", "Nghị quyết liên tịch",
    "Chương trình phối hợp", "Kế hoạch phối hợp", "Chương trình hành động", "Quy chế phối hợp",
)  # fmt: skip
"""In sentence case. Those of other laws and of the Party, which occur beside them, are at the end."""

_BY_FOLDED = {fold(name): name for name in TYPES}
_SPACED = re.compile(r"^(?:\w\s){4,}\w$")


def type_of_heading(line: str) -> str | None:
    """The type whose name the line is, and nothing else: KẾ HOẠCH, K Ế H O Ạ C H, QUYẾT ĐỊNH."""
    text = line.strip(" :.")
    if len(text) > 60:
        return None
    if _SPACED.match(text):
        text = text.replace("  ", "\0").replace(" ", "").replace("\0", " ")
        for name in TYPES:
            if fold(name).replace(" ", "") == fold(text).replace(" ", ""):
                return name
    return _BY_FOLDED.get(fold(text))


def type_at_start(line: str) -> tuple[str, str] | None:
    """The type in capitals that a line opens with, and the rest of the line: KẾ HOẠCH Tổ chức … ."""
    for name in sorted(TYPES, key=len, reverse=True):
        if line.startswith(name.upper() + " "):
            return name, line[len(name) + 1 :].strip()
    return None
