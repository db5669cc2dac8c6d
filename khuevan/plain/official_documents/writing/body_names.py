"""The name of a body in running text, where the head of the page has it in capitals.

Source: Decree 30/2020/ND-CP, annex II, III: capital letters open the kind of a body, its field and its place. Which
words of a name belong together only a list can tell: a name that the list does not cover stays in capitals, as
it was given, rather than be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_PHRASES: Final = (
    # Kinds.
    "Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND", "Sở", "Bộ", "Cục", "Tổng cục", "Chi cục", "Trung tâm",
    "Ban", "Ban Chỉ đạo", "Phòng", "Văn phòng", "Viện", "Bảo tàng", "Thư viện", "Nhà hát", "Nhà xuất bản", "Công an",
    "Thanh tra", "Thành ủy", "Tỉnh ủy", "Đảng ủy", "Ban quản lý", "Ban Tuyên giáo", "Mặt trận Tổ quốc",
    # Fields.
    "Văn hóa", "Thể thao", "Du lịch", "Thông tin", "Truyền thông", "Truyền thông số", "Triển lãm", "Báo chí",
    "Xuất bản", "Gia đình", "Nghệ thuật", "Di sản", "Tài chính", "Kế hoạch", "Đầu tư", "Nội vụ", "Giáo dục",
    "Đào tạo", "Khoa học", "Công nghệ", "Xây dựng", "Tư pháp", "Y tế", "Công Thương", "Nông nghiệp", "Môi trường",
    "Ngoại vụ", "Ngoại giao", "Quốc phòng", "Dân tộc", "Tôn giáo", "Dân vận", "Tổ chức", "Pháp chế", "Hành chính",
    "Quản trị", "Thông tin cơ sở", "Thông tin đối ngoại", "Xã hội", "Kinh tế", "Hạ tầng", "Đô thị",
    "Quy hoạch", "Kiến trúc", "công tác thông tin đối ngoại",
    # Places, and what joins.
    "Hà Nội", "Thủ đô", "Việt Nam", "Trung ương", "và",
)  # fmt: skip
_BY_WORDS: Final = {tuple(phrase.casefold().split()): phrase for phrase in _PHRASES}
_LONGEST: Final = max(map(len, _BY_WORDS))
_PLACES: Final = ("thành phố", "thị xã", "đặc khu", "tỉnh", "phường", "xã", "quận", "huyện", "thị trấn")
_PLACE: Final = re.compile(rf"(?P<kind>{'|'.join(_PLACES)})\s+(?P<name>\S.*)", re.IGNORECASE)
_MARK: Final = re.compile(r"^(?P<word>.*?)(?P<mark>[,;–-]*)$")


def in_running_text(name: str, words: Iterable[str] = ()) -> str:
    """Sở Văn hóa và Thể thao for SỞ VĂN HÓA VÀ THỂ THAO; a name that is not all capitals as it is.

    `words` are texts that may name the body as it writes itself: the first that does is followed.
    """
    if name != name.upper() or not name.strip():
        return name
    own = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    for text in words:
        for match in own.finditer(text):
            if match[0] != match[0].upper():
                return " ".join(match[0].split())
    return _by_phrases(name.split()) or name


def _by_phrases(left: list[str]) -> str | None:
    """The words in the capitals of the list, None where one of them is not on it."""
    written: list[str] = []
    while left:
        place = _PLACE.fullmatch(" ".join(left))
        if place is not None:
            named = " ".join(word.capitalize() for word in place["name"].split())
            return " ".join([*written, place["kind"].lower(), named])
        for length in range(min(_LONGEST, len(left)), 0, -1):
            *before, last = left[:length]
            parted = _MARK.fullmatch(last)
            assert parted is not None
            if length == 1 and not parted["word"]:
                written.append(last)
                break
            phrase = _BY_WORDS.get(tuple(word.casefold() for word in (*before, parted["word"])))
            if phrase is not None:
                written.append(phrase + parted["mark"])
                break
        else:
            return None
        left = left[length:]
    return " ".join(written)
