"""Names of Vietnamese bodies: how they begin, which commas and "và" are theirs, where they end."""

from __future__ import annotations

import re

# Names with a comma of their own; what follows the comma is part of the name.
_NAMES_WITH_COMMAS = re.compile(
    r"(?:Văn\s+h(?:óa|oá)\s*,\s*(?:Thể\s+thao(?:\s*(?:và|&)\s*Du\s+lịch)?"
    r"|Thông\s+tin(?:\s+và\s+(?:Thể\s+thao|Du\s+lịch))?"
    r"|Gia\s+đình|Giáo\s+dục(?:\s*,\s*Thanh\s+niên(?:\s*,\s*Thiếu\s+niên\s+và\s+Nhi\s+đồng)?)?"
    r"|Khoa\s+học(?:\s+và\s+Thông\s+tin)?|Xã\s+hội)"
    r"|Khoa\s+học\s*,\s*Công\s+nghệ(?:\s+và\s+(?:Môi\s+trường|Đổi\s+mới\s+sáng\s+tạo|Chuyển\s+đổi\s+số))?"
    r"|Phát\s+thanh\s*,\s*Truyền\s+hình|Báo\s+chí\s*,\s*Phát\s+thanh"
    r"|Kinh\s+tế\s*,\s*Hạ\s+tầng(?:\s+và\s+Đô\s+thị)?"
    r"|Kế\s+hoạch\s*,\s*Tài\s+chính|VH\s*,\s*TT(?:\s*(?:&|và)\s*DL)?|VH\s*,\s*TTDL)",
    re.IGNORECASE,
)
# Lower-case words inside names of bodies that issue documents.
_WORDS = """
an ban bí bảo bộ cao chính chấp chủ công cấp cục doanh dân gia giao giám hiểm huyện hành hạ học hội khu khẩu
kiểm lao liên luật lâm nghiệp nghệ ngoại ngành ngân ngạch nhà nhân nông nước pháp phòng phó phường phố
quân quận quốc sát sư sở thanh thành thôn thư thường thể thị thủ tra trung trưởng trấn trực tài tòa tư
tướng tỉnh tịch tối tổng uỷ viên viện văn vực xã án đoàn đảng đặc đồng đội động ương ủy
"""
_WORDS_IN_NAMES = frozenset(_WORDS.split())
# Bodies whose names run on in lower case ("Ban Chỉ đạo công tác thông tin đối ngoại Thành phố").
_LONG_NAMES = re.compile(
    r"(?:(?:Trưởng\s+[Bb]an|Phó\s+Trưởng\s+[Bb]an|Chủ\s+tịch|Tổ\s+trưởng)\s+)?"
    r"(?:Ban\s+[Cc]hỉ\s+đạo|Tiểu\s+ban|Tổ\s+công\s+tác|Hội\s+đồng\s+(?!nhân\s+dân|Nhân\s+dân|Thẩm\s+phán)"
    r"|Ủy\s+ban\s+Quốc\s+gia|Ban\s+Tổ\s+chức\s+)"
)
# Where a name ends: the words that open what the document is about, or what is done.
_NAME_ENDS = re.compile(
    r"(?:về|v/v|hướng dẫn|quy định|qui định|quy chế|sửa đổi|bổ sung|phê duyệt|ban hành|công bố|triển khai"
    r"|thực hiện"
    r"|thành lập|kiện toàn|phê chuẩn|thông qua|giao\s+(?:chỉ tiêu|dự toán|nhiệm vụ|kế hoạch)|tăng cường"
    r"|đẩy mạnh"
    r"|bãi bỏ|điều chỉnh|nâng cao|đề nghị|yêu cầu|xây dựng|tại|đã|được|có|ngày|số|nhằm|để|theo|trong|trên"
    r"|cho|đến"
    r"|từ|là|gửi|kết luận|thông báo|tiếp tục|phân bổ|hỗ trợ|trình|báo cáo|chỉ đạo|phát động)(?!\w)",
    re.IGNORECASE,
)
_ENDING_VERB_IN_CAPITALS = re.compile(
    r"(?:Về|Hướng\s+dẫn|Quy\s+định|Qui\s+định|Sửa\s+đổi|Phê\s+duyệt|Ban\s+hành|Công\s+bố|Triển\s+khai"
    r"|Thực\s+hiện"
    r"|Tăng\s+cường|Đẩy\s+mạnh|Bãi\s+bỏ)(?!\w)"
)
_DOCUMENT_AHEAD = re.compile(
    r"(?:các\s+|những\s+)?(?:Nghị\s+quyết|Nghị\s+định|Quyết\s+định|Chỉ\s+thị|Thông\s+tư"
    r"|Kế\s+hoạch\s+(?:số|\d)|Công\s+văn|Kết\s+luận"
    r"|Thông\s+báo|Hướng\s+dẫn|Luật\s|Chương\s+trình\s|Văn\s+bản\s+số|Tờ\s+trình|Báo\s+cáo|Công\s+điện"
    r"|Quy\s+định\s+số)"
)
_PLAN_AHEAD = re.compile(r"Kế\s+hoạch(?!\s+và)")
_TOKEN = re.compile(r"\s*(?:(?P<word>\w[\w.&/]*(?:-\w+)*)|(?P<mark>\S))")
_MOST_WORDS = 30


def end_of_issuer(text: str, start: int) -> int:
    """The offset after the name of the body that begins at `start`; `start` where none begins there."""
    long_name = _LONG_NAMES.match(text, start)
    end = position = long_name.end() if long_name else start
    after_capital = False
    for _ in range(_MOST_WORDS):
        token = _TOKEN.match(text, position)
        if token is None:
            break
        if token["mark"]:
            if token["mark"] in "-–—" and end > start and _opens_name_part(text, token):
                position = token.end()
                continue
            if token["mark"] == ",":
                joined = comma_name_over(text, token.start("mark"))
                if joined is not None:
                    end = position = joined
                    after_capital = False
                    continue
            break
        word, word_start = token["word"].rstrip("./"), token.start("word")
        word_end = word_start + len(word)
        if word == "và":
            following = _TOKEN.match(text, token.end())
            if (
                following is None
                or not following["word"]
                or not following["word"][0].isupper()
                or _DOCUMENT_AHEAD.match(text, following.start("word"))
                or _PLAN_AHEAD.match(text, following.start("word"))
                or _ENDING_VERB_IN_CAPITALS.match(text, following.start("word"))
            ):
                break
        elif not word[0].isupper():
            if _NAME_ENDS.match(text, word_start) and not (
                long_name is not None and text.startswith(("thực hiện", "triển khai", "xây dựng"), word_start)
            ):
                break
            # A capital opens a word of up to two syllables: "Chính trị", "Thương binh", "Đào tạo".
            if long_name is None and not after_capital and word not in _WORDS_IN_NAMES:
                break
        elif end > start and (
            _ENDING_VERB_IN_CAPITALS.match(text, word_start) or _DOCUMENT_AHEAD.match(text, word_start)
        ):
            break
        end = position = word_end
        after_capital = word[0].isupper() and (len(word) == 1 or not word.isupper())
        if word_end < token.end("word"):
            break
    return end


def _opens_name_part(text: str, dash: re.Match[str]) -> bool:
    """Whether the dash joins two parts of one name: "Lao động - Thương binh", not " - Như Điều 3"."""
    following = _TOKEN.match(text, dash.end())
    return following is not None and bool(following["word"]) and following["word"][0].isupper()


def comma_name_over(text: str, comma: int) -> int | None:
    """The end of the name with a comma of its own that lies over the comma at `comma`; None without one."""
    for match in _NAMES_WITH_COMMAS.finditer(text, max(0, comma - 24), comma + 60):
        if match.start() < comma < match.end():
            return match.end()
    return None
