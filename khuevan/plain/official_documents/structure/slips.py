"""What looks like a mistake of the document itself: told in a warning, never mended."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import Reference, Section

_MINISTRIES = (
    "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Nông nghiệp và Môi trường", "Bộ Khoa học và Công nghệ",
    "Bộ Giáo dục và Đào tạo", "Bộ Nội vụ", "Bộ Tài chính", "Bộ Y tế", "Bộ Công Thương", "Bộ Xây dựng",
    "Bộ Tư pháp",
    "Bộ Ngoại giao", "Bộ Quốc phòng", "Bộ Công an", "Bộ Dân tộc và Tôn giáo",
    # Until March 2025, as older documents and those that cite them print them.
    "Bộ Thông tin và Truyền thông", "Bộ Lao động - Thương binh và Xã hội", "Bộ Kế hoạch và Đầu tư",
    "Bộ Tài nguyên và Môi trường", "Bộ Giao thông vận tải", "Bộ Nông nghiệp và Phát triển nông thôn",
)  # fmt: skip
_FOLDED_MINISTRIES = tuple((fold(name).replace(",", ""), name) for name in _MINISTRIES)
_NEAR_MINISTRY = re.compile(r"\bBộ\s+[^\W\d_a-zà-ỹ][^\W\d_]*(?:[ ,]+(?:và\s+)?[^\W\d_]+){0,7}")
_MISPRINTED = (
    ("tuyền truyền", "tuyên truyền"),
    ("các đơn vị liên triển khai", "các đơn vị liên quan triển khai"),
    ("Ủy bân", "Ủy ban"),
    ("Ủy ban nhân tỉnh", "Ủy ban nhân dân tỉnh"),
    ("Ủy ban nhân thành phố", "Ủy ban nhân dân thành phố"),
    ("webside", "website"),
)
"""Misprints seen in real plans, as printed, and what is probably meant."""
_DOUBLED = frozenset(["các", "những", "và", "của", "cho", "phố", "về", "cơ", "tại", "với", "theo", "thực"])


def slips(
    paragraphs: Sequence[str],
    references: Sequence[Reference],
    sections: Sequence[Section],
    signed: date | None,
) -> list[str]:
    """The warnings, in the document's order of kinds: names, misprints, labels, references."""
    return [
        *_ministries(paragraphs),
        *_misprints(paragraphs),
        *_labels(sections),
        *_references(references, signed),
    ]


def _ministries(paragraphs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for paragraph in paragraphs:
        if "Bộ " not in paragraph:
            continue
        for match in _NEAR_MINISTRY.finditer(paragraph):
            printed = fold(match[0]).replace(",", "")
            if any(printed.startswith(folded) for folded, _ in _FOLDED_MINISTRIES):
                continue
            for folded, name in _FOLDED_MINISTRIES:
                words = folded.split()
                own = printed.split()
                if own[:3] == words[:3] and len(words) > 4:
                    shown = " ".join(match[0].split()[: _shared(own, words)]).rstrip(" ,")
                    shown = shown.removesuffix(" và")
                    warning = (
                        f"“{shown}”: there is no ministry of this name; probably {name} is meant. "
                        "The words were kept."
                    )
                    if warning not in found:
                        found.append(warning)
                    break
    return found


def _shared(own: Sequence[str], words: Sequence[str]) -> int:
    """How many of the printed words belong to the near name: as far as they occur in the right one."""
    count = 0
    for word in own:
        if word not in words:
            break
        count += 1
    return count


def _misprints(paragraphs: Sequence[str]) -> list[str]:
    found: list[str] = []
    for paragraph in paragraphs:
        found.extend(
            f"“{printed}”: probably “{meant}” is meant. The words were kept."
            for printed, meant in _MISPRINTED
            if printed in paragraph
        )
        found.extend(
            f"“{one} {two}”: a word is doubled. The words were kept."
            for one, two in itertools.pairwise(paragraph.split())
            if one == two and one in _DOUBLED
        )
    return list(dict.fromkeys(found))


def _labels(sections: Sequence[Section]) -> list[str]:
    found: list[str] = []
    seen: set[str] = set()
    for section in sections:
        if section.label and section.label != "-" and section.label in seen:
            found.append(f"The section label {section.label} stands twice.")
        seen.add(section.label)
    return found


def _references(references: Sequence[Reference], signed: date | None) -> list[str]:
    return [
        f"{reference.symbol or reference.text} is dated after this document."
        for reference in references
        if signed is not None and reference.date is not None and reference.date > signed
    ]
