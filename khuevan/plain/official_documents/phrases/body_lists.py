"""Lists of bodies in running text: where one begins, where it ends, and which bodies it holds."""

from __future__ import annotations

import re

from khuevan.plain.official_documents.phrases.bodies import comma_name_over
from khuevan.plain.official_documents.phrases.letters import UPPER
from khuevan.plain.official_documents.phrases.verbs import VERB

# Words with which the name of one body begins. After "và" or a comma they open the next body.
_HEADS = (
    "Sở|Bộ|Ban|Cục|Vụ|Viện|Phòng|Văn phòng|VP|Trung tâm|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Hội|Công an"
    "|Tòa án|Toà án|Đài|Báo|Tạp chí"
    "|Thông tấn xã|TTXVN|Đoàn|Liên đoàn|LĐLĐ|Chi cục|Tổng cục|Bảo hiểm|BHXH|Kho bạc|Thanh tra|Ngân hàng"
    "|Trường|Học viện|Đại học|Công ty"
    "|Tổng công ty|Tập đoàn|Hiệp hội|Liên hiệp|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Đảng ủy|Đảng uỷ|Quận ủy"
    "|Huyện ủy|Tỉnh đoàn|Thành đoàn|Mặt trận|MTTQ"
    "|UBMTTQ|BCH|Chủ tịch|Giám đốc|Thủ trưởng|Trưởng|Bưu điện|Cảnh sát|Hải quan|Thuế|Quỹ|Nhà hát|Bảo tàng"
    "|Thư viện|Cổng|Đại sứ quán|Lãnh sự quán"
    "|Cơ quan|Đơn vị|Quân khu|Bộ đội|Lực lượng|Viện kiểm sát|Thường trực|Tổ|Cảng|Tòa|Chính phủ"
    "|Nhà xuất bản|Doanh nghiệp|Câu lạc bộ|Đội|Chi nhánh"
    "|Tổng Công ty|Tổ chức|Quốc hội|Thủ tướng|Phó Thủ tướng|Hợp tác xã|Khu|Điện lực|Ngành"
)
_HEAD = re.compile(rf"(?:{_HEADS})(?!\w)")
# Words that look like a head and open something else.
_NO_HEAD = re.compile(
    r"(?:Ban\s+hành|Ban\s+bố|Báo\s+cáo|Báo\s+chí|Bộ\s+(?:chỉ\s+số|tiêu\s+chí|phận|TTHC|thủ\s+tục"
    r"|tài\s+liệu|sản\s+phẩm|nhận\s+diện|công\s+cụ|luật|mặt)|Hội\s+(?:thảo|nghị|thi|chợ|diễn|họp|nhập)"
    r"|Đoàn\s+kết|Viện\s+(?:trợ|dẫn)|Phòng\s*(?:,|ngừa|chống|dịch|bệnh|cháy)|Đài\s+thọ|Thanh\s+tra\s*,"
    r"|Tổ\s+chức\s+(?!chính|xã|tôn|quốc|đảng|Đảng|đoàn)|Trường\s+hợp|Hội\s+nhập"
    r"|Bảo\s+hiểm\s+y\s+tế|Trưởng\s+thành|Khu\s+vực|Quỹ\s+đất|Thuế\s+(?:thu|giá)|Đội\s+ngũ"
    r"|Tổ\s+công\s+nhân|Thường\s+trực\s+tiếp|Người|Đơn\s+vị\s+(?:chủ|thực|phối)|Cơ\s+quan\s+(?:chủ|thực"
    r"|phối)|Ngành\s+nghề|Doanh\s+nghiệp\s+hóa)"
)
_GENERIC = (
    r"(?:sở|bộ|ban|ngành|cơ\s+quan|đơn\s+vị|tổ\s+chức|địa\s+phương|lực\s+lượng|cấp\s+[uủ][ỷy]|đoàn\s+thể"
    r"|hội|cấp|trường|cơ\s+sở|doanh\s+nghiệp|nhà\s+trường|chính\s+quyền"
    r"|gia\s+đình|chủ\s+đầu\s+tư|chủ\s+(?:tiểu\s+)?dự\s+án|nhà\s+thầu|thành\s+viên|chuyên\s+gia|đối\s+tác"
    r"|cộng\s+đồng|phòng|trung\s+tâm|viện|đài|báo|quận|huyện|xã|phường|thị\s+xã|thị\s+trấn|tỉnh"
    r"|thành\s+phố"
    r"|công\s+ty|hiệp\s+hội|tập\s+đoàn|cá\s+nhân|nhân\s+dân|người|nhà|tổ|đội|bên|hợp\s+tác\s+xã|khu|vụ"
    r"|cục|chi\s+cục|ủy\s+ban|uỷ\s+ban|mặt\s+trận|công\s+an|cảng|câu\s+lạc\s+bộ|nghệ\s+sĩ|nghệ\s+nhân"
    r"|phóng\s+viên|kênh|hãng|bộ\s+phận|quốc\s+gia|nước|đại\s+sứ\s+quán|văn\s+phòng|liên\s+đoàn"
    r"|phòng\s+ban|ban\s+ngành|thủ\s+trưởng)(?!\w)"
)
_PLURAL = re.compile(rf"(?:[Tt]ất\s+cả\s+)?(?:[Cc]ác|[Nn]hững|[Mm]ột\s+số)\s+(?=[{UPPER}]|{_GENERIC})")
_SINGULAR = re.compile(_GENERIC)
_TITLE = re.compile(rf"[{UPPER}]")
# Lower-case words that belong to the naming of bodies and never to an order.
_IN_NAMES = re.compile(
    r"(?:sở|bộ|ban|ngành|cơ|quan|đơn|vị|tổ|chức|địa|phương|lực|lượng|cấp|ủy|uỷ|đoàn|thể|hội|trường|sở"
    r"|doanh|nghiệp|nhà|chính|quyền|liên|có|năng|thuộc|trực|trên|bàn|trong|ngoài|nước"
    r"|tỉnh|thành|phố|huyện|quận|xã|phường|thị|trấn|trung|ương|báo|chí|trị|dân|nhân|các|cá|khác|chuyên"
    r"|môn|công|an|quốc|gia|đội|khu|vực|vùng|cùng|của|và|tới|thôn|bản|tòa|án|tối|cao"
    r"|kiểm|sát|mẹ|học|sinh|cha|phụ|huynh|giáo|dục|mầm|non|phổ|thông|đại|diện|cơ|quân|sự|biên|phòng|y|tế"
    r"|khám|chữa|bệnh|viên|ấp|đảng|nghề|văn|hóa|hoá|thể|thao|du|lịch|khối|lao|động|ở|nêu|nghiệp|viện|kinh"
    r"|tế|xã|hội|mọi|tầng|lớp|trưởng|phó|thường|thủ|đặc|thương|mại|nghĩa|hữu|ngoại|chủ|luật|thi|hành|điện"
    r"|tử|truyền|hình|phát|thanh|lớn|nhỏ|vừa|hợp|tác|tư|tập|đầu|thầu|đô|nông|lâm|ngư|chi|cục|sản|cán|bộ"
    r"|đầu|mối|tư|pháp|phát|quản|lý|nhà|giới|cửa|khẩu|dự|tiểu|phần|mặt|trận|nghệ|sĩ)(?!\w)"
)
_TOKEN = re.compile(r"\s*(?:(?P<word>\w[\w.&/]*(?:-\w+)*)|(?P<mark>\S))")
_STOP = re.compile(
    r"(?:về|kết quả|tình hình|danh mục|tiến độ|phương án|nội dung|xem xét|tháo gỡ|để|nhằm|theo|khi|bằng"
    r"|qua|do|cho|đến|sau|trước|nếu|mà|như|vào|được|đã|sẽ|cần|phải|không|nhất|đối với|định kỳ|cụ thể|tiếp"
    r"|trở|là|trong\s+(?:việc|công\s+tác|quá\s+trình|thực|tổ|triển|xây|tuyên|rà|kiểm|quản|thời|năm|năm"
    r"|hoạt|đó)|trên\s+(?:cơ\s+sở|các|nền|hệ|mạng|báo|Cổng|tinh|không)|tại|từ|kịp|chặt chẽ|thường xuyên"
    r"|hoạt động|công tác|các\s+(?:hoạt|nội|giải|nhiệm|biện|chương|hình|vấn|quy|văn|dự|chính|sự|thông|chỉ"
    r"|mục|kế|lớp|cuộc|buổi|khóa|khoá|sản|chỉ|loại|tin|bài))(?!\w)"
)
# Verbs that only say what kind of body it is: "cơ quan quản lý nhà nước", "cơ sở đào tạo".
_KIND = re.compile(
    r"(?:(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ trì|chủ quản|quản lý|điều tra|thanh tra|kiểm tra|thi hành"
    r"|truyền thông|thông tin|nghiên cứu|tham mưu|tổ chức|phát hành|tiếp nhận)"
    r"|(?:cơ\s+sở|doanh\s+nghiệp|trường|viện|tổ\s+chức|lực\s+lượng|công\s+ty|tổ|đội|đơn\s+vị)"
    r"\s+(?:sản xuất|đào tạo|nghiên cứu|quảng cáo|bảo vệ|thi công|tư vấn|chăm sóc|bảo tồn|tuần tra"
    r"|kiểm soát|quản lý|truyền thông|phát hành|thiết kế|vận hành|thông tin))$"
)
# What a group is told by, though a verb is in it: "Bộ, ngành trực tiếp quản lý".
_QUALIFIER = re.compile(
    r"(?:trực\s+tiếp\s+quản\s+lý|được\s+giao(?:\s+(?:chủ\s+trì|nhiệm\s+vụ))?|được\s+phân\s+công"
    r"|quản\s+lý\s+cấp\s+trên|chủ\s+quản\s+(?:cấp\s+trên|Chương\s+trình)"
    r"|tại\s+(?:khu\s+vực|địa\s+phương|địa\s+bàn|cơ\s+sở|các\s+nước|nước\s+ngoài))(?!\w)"
)
_ORGANISATIONS = re.compile(r"(?:các|những|,|và|của|với)\s*$")
_ORGANISATION_AHEAD = re.compile(
    r"tổ\s+chức\s*(?:,|chính|xã|đoàn|quốc|cá|liên|có|kinh|tôn|thành|phi|đảng|hội|khác|trong|ngoài|nước"
    r"|trên|thuộc|tín|hữu|công\s+đoàn|và|$|\.|;)"
)
_COMMON_OFFICE = re.compile(
    r"(?:Văn\s+phòng|VP\.?)\s+(?:HĐND|Hội\s+đồng\s+nhân\s+dân|Đoàn\s+ĐBQH(?:\s*,\s*HĐND)?|Đoàn\s+đại\s+biểu\s+Quốc\s+hội)",
    re.IGNORECASE,
)
_PARENT_AFTER = re.compile(r"(?:Bộ|Tổng\s+cục)(?!\w)")
_OF_A_MINISTRY = re.compile(r"(?:Cục|Vụ|Tổng\s+cục)(?!\w)")
# Orders that stand after a heading on one line: "Sở Y tế Chủ trì, phối hợp …". No name has these words.
_ORDER_IN_CAPITALS = re.compile(
    r"(?:Chủ\s+trì|Phối\s+hợp|Thực\s+hiện|Hướng\s+dẫn|Tham\s+mưu|Theo\s+dõi|Tổng\s+hợp|Chủ\s+động"
    r"|Căn\s+cứ|Tiếp\s+tục|Rà\s+soát|Triển\s+khai|Tăng\s+cường"
    r"|Đẩy\s+mạnh|Chỉ\s+đạo\s+(?:các|việc|đơn|lực))(?!\w)"
)
# Steering committees, named by their subject: the name runs to the level that they belong to.
_LONG_NAME = re.compile(
    r"(?:Ban\s+[Cc]hỉ\s+đạo|Tổ\s+công\s+tác|Hội\s+đồng\s+(?!nhân|Nhân))(?:\s+(?!về\s+kết|kết\s+quả"
    r"|tình\s+hình|[Tt]hành\s+phố|[Tt]ỉnh|Trung\s+ương|[Cc]ấp\s)\w+){0,24}"
    r"\s*(?:[Tt]hành\s+phố|[Tt]ỉnh|Trung\s+ương|[Cc]ấp\s+(?:tỉnh|xã))(?!\w)"
)
_BODY_AHEAD = re.compile(rf"\s*(?:và\s+)?(?:các\s+{_GENERIC}|UBND|Ủy\s+ban\s+nhân|Sở\s|Công\s+an|các\s+Sở)")
_MOST_WORDS = 90


def starts_body(text: str, start: int, *, proper: bool = False) -> bool:
    """Whether the name of a body, or "các cơ quan …", begins at `start`; with `proper`, a capitalised one."""
    if _NO_HEAD.match(text, start):
        return False
    if _HEAD.match(text, start):
        return True
    plural = _PLURAL.match(text, start)
    if plural is not None:
        return not proper or _HEAD.match(text[plural.end() : plural.end() + 20].capitalize()) is not None
    if proper:
        return False
    verb = VERB.match(text, start)
    generic = _SINGULAR.match(text, start)
    if generic is not None:
        longer = verb is None or generic.end() > verb.end()
        return longer or bool(_ORGANISATION_AHEAD.match(text, start))
    return bool(_TITLE.match(text, start)) and not VERB.match(text[start : start + 40].lower())


def body_list_end(text: str, start: int) -> int:
    """Where the list of bodies that begins at `start` ends; `start` where none begins there."""
    end = _read_list(text, start)
    hanging = _HANGING.search(text, max(start, end - 30), end)
    return end if hanging is None else hanging.start()


def _read_list(text: str, start: int) -> int:
    end = position = start
    safe = start
    unknown = 0
    after_capital = False
    for _ in range(_MOST_WORDS):
        token = _TOKEN.match(text, position)
        if token is None:
            break
        if token["mark"]:
            after = _over_mark(text, token, end)
            if after is None:
                break
            position = after
            if token["mark"] == "(" or text[after - 1 : after].isalnum():
                end = after
                safe = end if unknown == 0 else safe
            after_capital = False
            continue
        at = token.start("word")
        whole = _LONG_NAME.match(text, at) or (_QUALIFIER.match(text, at) if end > start else None)
        if whole is not None:
            end = position = safe = whole.end()
            after_capital = False
            continue
        word = token["word"].rstrip("./")
        if word in ("và", "cùng", "với", "hoặc"):
            if not _goes_on(text, token.end("word")):
                break
            position = token.end("word")
            after_capital = False
            continue
        if _ends_before(text, at, start):
            return end if unknown == 0 or unknown <= 5 else safe
        known = word[0].isupper() or word[0].isdigit() or after_capital or _IN_NAMES.match(text, at)
        after_capital = word[0].isupper() and (len(word) == 1 or not word.isupper())
        end = position = at + len(word)
        if known:
            safe = end if unknown == 0 else safe
        else:
            unknown += 1
            if unknown > 5:
                return safe
        if end < token.end("word"):
            break
    return safe if unknown > 3 else end


def _ends_before(text: str, at: int, start: int) -> bool:
    """Whether the word at `at` opens what is to be done, and so ends the list."""
    if at == start:
        return False
    if _STOP.match(text, at) or _ORDER_IN_CAPITALS.match(text, at):
        return True
    verb = VERB.match(text, at)
    if verb is None:
        return False
    generic = _SINGULAR.match(text, at)
    if generic is not None and generic.end() > verb.end():
        # "hợp tác xã" is a body, though "hợp tác" is a verb.
        return False
    before = text[max(start, at - 24) : at]
    if (
        verb[0].startswith("tổ chức")
        and _ORGANISATIONS.search(before)
        and (before.rstrip().endswith(("các", "những")) or _ORGANISATION_AHEAD.match(text, at))
    ):
        return False
    if verb[0].startswith("báo cáo") or verb[0].startswith("thông báo"):
        return True
    return not _KIND.search(
        _last_words(text[max(start, at - 40) : at], 2) + " " + verb[0]
    ) and not _names_supplier(text, start, at)


def _last_words(text: str, count: int) -> str:
    return " ".join(text.split()[-count:])


def _names_supplier(text: str, start: int, at: int) -> bool:
    """ "đơn vị cung cấp phần mềm": one body not named otherwise is told by what it does."""
    return text[start:at].strip() in (
        "đơn vị",
        "cơ quan",
        "nhà thầu",
        "doanh nghiệp",
        "công ty",
        "đơn vị được giao",
    )


def _over_mark(text: str, token: re.Match[str], end: int) -> int | None:
    """Where to read on after a mark inside the list; None where the mark ends it."""
    mark = token["mark"]
    at = token.start("mark")
    if mark == ",":
        joined = comma_name_over(text, at)
        if joined is not None:
            return joined
        return token.end() if _goes_on(text, token.end()) else None
    if mark == ";":
        # Nothing was said yet of what is to be done together: the list goes on after the semicolon.
        return token.end() if _BODY_AHEAD.match(text, token.end()) else None
    if mark in "-–—":
        return token.end() if _opens_name_part(text, token.end()) else None
    if mark == "(":
        close = text.find(")", at, at + 80)
        following = text[close + 1 : close + 12].lstrip() if close >= 0 else ""
        if close >= 0 and (following.startswith((",", "và "))):
            return close + 1
        return None
    if mark == ":" and re.search(
        r"(?:[Ss]ở|[Bb]an|ngành|[Pp]hòng|đơn\s+vị|cơ\s+quan)\s*$", text[max(0, at - 12) : at]
    ):
        return token.end()
    if mark in "“”\"&/'’":
        return token.end()
    return None


def _opens_name_part(text: str, start: int) -> bool:
    """Whether a dash joins two parts of one name ("Kế hoạch - Tài chính"), and no new line of a list."""
    following = _TOKEN.match(text, start)
    if following is None or not following["word"]:
        return False
    at = following.start("word")
    return not (VERB.match(text, at) or _ORDER_IN_CAPITALS.match(text, at))


def _goes_on(text: str, start: int) -> bool:
    """Whether a body, or more of one, follows a comma or "và"."""
    following = _TOKEN.match(text, start)
    if following is None or not following["word"]:
        return False
    at = following.start("word")
    if following["word"] == "và":
        return _goes_on(text, following.end())
    if starts_body(text, at):
        return True
    if following["word"][0].isupper():
        return True
    return bool(_IN_NAMES.match(text, at)) and not VERB.match(text, at) and not _STOP.match(text, at)


_JOINTS = re.compile(r"\s*[,;]\s*(?:(?:và|cùng)\s+)?|\s+(?:và|cùng(?:\s+với)?|hoặc)\s+|\s*:\s*")
_NAMES_WITH_AND = re.compile(
    r"(?:Sở|Bộ|Cục|Vụ|Phòng|Ban|Đài|Trung\s+tâm|Viện|Ủy\s+ban|Uỷ\s+ban|Hội|Chi\s+cục|Tổng\s+cục"
    r"|Thông\s+tấn|Báo|Trường|Đại\s+học|Văn\s+phòng|Liên\s+hiệp|Công\s+ty|Tổng\s+công\s+ty|Cổng)(?!\w)"
)
_GROUPS = re.compile(r"(?:[Cc]ác|[Nn]hững)\s+(?P<head>Sở|Bộ|Ban|Phòng|sở|bộ|phòng)\s*$")
_OWN_HEAD = re.compile(
    r"(?:cơ\s+quan|đơn\s+vị|lực\s+lượng|chính\s+quyền|đoàn\s+thể|các\s+|những\s+|một\s+số\s+)"
)


_HANGING = re.compile(r"(?:\s+(?:trong|(?<!cấp )trên|của|tại|từ|và|với|có|cùng|ở|thuộc|là))+$")
_EDGES = re.compile(r"^[\s,;.:–-]+|(?<![\s,;.:–-])[\s,;.:–-]+$")
_HEAD_SEEN = 60


def split_list(words: str) -> tuple[str, ...]:
    """The bodies of a list, each as written; names keep the commas and "và" that are theirs."""
    found: list[str] = []
    begun = 0
    head_of_group: str | None = None
    position = depth = seen = 0
    while (joint := _JOINTS.search(words, position)) is not None:
        position = joint.end()
        begins = words[begun : min(joint.start(), begun + _HEAD_SEEN)]
        rest = words[joint.end() : joint.end() + _HEAD_SEEN]
        depth += words.count("(", seen, joint.start()) - words.count(")", seen, joint.start())
        seen = joint.start()
        if depth > 0:
            continue
        if ":" in joint[0]:
            group = _GROUPS.search(words, max(begun, joint.start() - 20), joint.start())
            head_of_group = group["head"].capitalize() if group is not None else None
            begun = joint.end() if group is not None else begun
            continue
        if "," in joint[0]:
            over = comma_name_over(words, joint.start() + joint[0].index(","))
            if over is not None:
                position = max(position, over)
                continue
        if _one_name(begins, joint[0], rest, grouped=head_of_group is not None):
            continue
        found.append(_with_head(words[begun : joint.start()], head_of_group))
        if (head_of_group is not None and _HEAD.match(rest)) or _PLURAL.match(rest):
            head_of_group = None
        begun = joint.end()
    found.append(_with_head(words[begun:], head_of_group))
    names = dict.fromkeys(_EDGES.sub("", name) for name in found)
    return tuple(name for name in names if any(letter.isalnum() for letter in name))


def _with_head(name: str, head: str | None) -> str:
    """ "Sở Nội vụ" for the "Nội vụ" of "các Sở: Nội vụ, Tài chính"."""
    name = name.strip(" ,;.")
    if head is None or not name or _HEAD.match(name) or _PLURAL.match(name) or not name[0].isupper():
        return name
    return f"{head} {name}"


def _one_name(current: str, joint: str, rest: str, *, grouped: bool) -> bool:
    """Whether the joint stands inside one name (or one group like "các sở, ban, ngành")."""
    if _PLURAL.match(rest):
        return bool(re.match(r"các\s+(?:khu\s+vực|cấp|Khu\s|tổ\s+chức\s+thành\s+viên)(?!\w)", rest))
    if joint.strip() == "và" and _COMMON_OFFICE.fullmatch(current):
        return True
    if "," in joint and _PARENT_AFTER.match(rest) and _OF_A_MINISTRY.match(current):
        return True
    if _HEAD.match(rest) and not _NO_HEAD.match(rest):
        # "các Sở, Ngành" is one group; "các sở, Ủy ban …" is not.
        return bool(
            _PLURAL.match(current)
            and re.match(r"(?:Ban|Ngành|Sở|Vụ|Cục)(?=\s*[,.;]|\s*$|\s+(?:và|liên|ngành|có))", rest)
        )
    if rest[:1].islower():
        return not (_TITLE.match(current) and not _PLURAL.match(current) and _OWN_HEAD.match(rest))
    if grouped:
        return "," not in joint and not _ends_group(rest)
    if _PLURAL.match(current):
        return True
    if "," in joint:
        return False
    return bool(_NAMES_WITH_AND.match(current))


def _ends_group(rest: str) -> bool:
    """In "các Sở: A, B và C" the last joint parts two bodies, but "Giáo dục và Đào tạo" is one."""
    return not re.match(
        r"(?:Đào\s+tạo|Công\s+nghệ|Môi\s+trường|Du\s+lịch|Thể\s+thao|Tôn\s+giáo|Truyền\s+thông|Xã\s+hội"
        r"|Đầu\s+tư|Phát\s+triển)",
        rest,
    )
