"""The issuing body in the document's own words, where the head of the page is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ISSUES = re.compile(
    r"(?:^|[.;,:]\s+)(?P<body>(?:Ủy ban|UBND|Sở|Bộ|Hội đồng|HĐND|Cục|Tổng cục|Ban|Văn phòng|Trung tâm|"
    r"Thành ủy|Tỉnh ủy|Chi cục|Công an)\b[^.;:]{2,140}?)\s+"
    r"(?:đã\s+)?(?:ban hành|xây dựng|phát động|yêu cầu|đề nghị|thông báo|báo cáo|tổ chức|quyết định|"
    r"kính báo|trân trọng|chỉ đạo)\s"
)


def issuer_in_words(opening: Sequence[str], closing: Sequence[str]) -> str | None:
    """The body that "… ban hành Kế hoạch …" names in the opening, or in the closing; None where none does."""
    for paragraphs in (list(reversed(opening)), closing):
        for verb_first in (True, False):
            for paragraph in paragraphs:
                for match in _ISSUES.finditer(paragraph):
                    if verb_first and "ban hành" not in match[0]:
                        continue
                    body = re.sub(r"\s*\((?:[^()]*)\)", "", match["body"]).strip(" ,")
                    if "," not in body or re.match(r"^(Sở|Bộ) Văn hóa, ", body):
                        return body
    return None
