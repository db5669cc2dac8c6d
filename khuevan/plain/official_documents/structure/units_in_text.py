"""The unit that a heading names, or that a sentence opens with."""

from __future__ import annotations

import re

_ORDER_WORDS = re.compile(
    r"^(?:(?:giao|đề nghị|yêu cầu|phân công|đối với|trách nhiệm của|nhiệm vụ của|về phía|ủy quyền cho|"
    r"kính đề nghị|trân trọng đề nghị)\s+)+"
    r"(?:cho\s+)?(?:(?:các\s+)?đồng chí\s+|đ/c\s+)?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:(?:tất cả|toàn thể|mọi|các|những|một số|lãnh đạo|đại diện)\s+)*"
    r"(?:sở|bộ(?! (?:phận )?(?:chỉ số|tiêu chí|mã|thủ tục))|ubnd|uỷ ban|ủy ban|ubmttq\w*|mttq|"
    r"hội đồng|hđnd|công an|ban(?! hành)|văn phòng|vp\w*|"
    r"phòng(?!,? (?:chống|ngừa|bệnh|dịch|tránh|cháy|không|vệ))|trung tâm|tt|chi cục|cục|tổng cục|"
    r"báo(?! (?:cáo|động))|đài|hội(?! (?:nghị|thảo|thi|chợ|nhập|họp|diễn))|"
    r"liên đoàn|liên minh|liên hiệp|mặt trận|đoàn(?! kết)|toà án|tòa án|tand|viện|vksnd|"
    r"trường(?! hợp)|thủ trưởng|giám đốc|chủ tịch|phó|thành viên|cơ quan|"
    r"đơn vị|(?<=các )tổ chức|(?<=, )tổ chức|doanh nghiệp|địa phương|cơ sở(?! (?:dữ liệu|vật chất|"
    r"hạ tầng|pháp lý))|bảo hiểm|bhxh|kho bạc|ngân hàng|thanh tra(?!,)|tổ(?! chức)|tiểu ban|"
    r"hiệp hội|bệnh viện|thông tấn xã|công ty|tập đoàn|nhà(?! nước)|chính quyền|cấp uỷ|cấp ủy|đảng uỷ|"
    r"đảng ủy|thành uỷ|thành ủy|tỉnh uỷ|tỉnh ủy|"
    r"thường trực|hiệu trưởng|xã(?! hội)|phường|quận|huyện|thị xã|người đứng đầu|đội|hợp tác xã|"
    r"chủ đầu tư|cổng thông tin|thư viện|bảo tàng|"
    r"học viện|đại học|ngành|đoàn thể|lực lượng|chánh|trưởng|công đoàn|bch|quân đoàn|cấp(?= (?:uỷ|ủy|"
    r"xã|huyện|tỉnh))|các cấp|chủ chương trình|chủ dự án|khối|cụm|"
    r"lãnh đạo|quỹ|hải quan|thuế|bưu điện|viễn thông|điện lực|cá nhân|nhà thầu|đối tượng|cán bộ|thôn|"
    r"ấp|khu phố|khu vực|tổ dân phố|đồng chí|đ/c|đồn|bí thư|đảng bộ|vụ(?! (?:việc|án|mùa|đông|hè))|"
    r"công chức|viên chức|chuyên viên|"
    r"vườn quốc gia|khu bảo tồn|tạp chí|tổng công ty|tỉnh đoàn|thành đoàn|trạm|hạt|ubmt\w*|câu lạc bộ|"
    r"lữ đoàn|bộ phận|kênh|nhóm(?= (?:công tác|giúp việc|chuyên gia|chuyên môn))|"
    r"trung đoàn|kiểm toán|kiểm lâm|quản lý thị trường|đặc khu|bản quản lý)(?![\w])",
)
_NAMED = re.compile(
    r"(?:Sở|Bộ|Phòng|Ban|Cục|Chi cục|Văn phòng|Công an|Trung tâm|UBND|Ủy ban|Báo|Đài|Hội|Liên đoàn|"
    r"Bảo hiểm|Viện|Tòa án|"
    r"Kho bạc|Thanh tra|Bảo tàng|Thư viện)\s+(?!,|ban,)[^\W\d_]"
)
_VERB = (
    r"chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|căn cứ|theo dõi|theo chức năng|"
    r"theo nhiệm vụ|theo thẩm quyền|thực hiện|triển khai|xây dựng|chỉ đạo|"
    r"hướng dẫn|tham mưu|tiếp tục|tăng cường|khẩn trương|chủ động|trong phạm vi|tập trung|rà soát|làm|"
    r"ban hành|nghiêm túc|kịp thời|đôn đốc|"
    r"tổng hợp|báo cáo|bố trí|cân đối|thẩm định|nghiên cứu|đẩy mạnh|phát huy|quán triệt|lồng ghép|cử|"
    r"thông báo|định kỳ|hằng năm|hàng năm|"
    r"hằng quý|hàng quý|trên cơ sở|tùy|giúp|đề xuất|cung cấp|vận động|lập|lựa chọn|bảo đảm|đảm bảo|"
    r"tiếp nhận|xử lý|hoàn thiện|gửi|"
    r"thường xuyên|phân công|quan tâm|tạo điều kiện|giám sát|duy trì|khai thác|sử dụng|thành lập|"
    r"kiện toàn|trình|điều phối|dự báo|"
    r"vận hành|tiến hành|huy động|đăng tải|tham gia|bám sát|khắc phục|kiểm tra|phổ biến|tuyên truyền|"
    r"tổ chức|được giao|phê duyệt|là\s+(?:cơ quan|đơn vị|đầu mối)|"
    r"cập nhật|quản lý|công khai|chuẩn bị|bàn giao|xem xét|tự kiểm tra|phản ánh|phát hiện|nâng cao|"
    r"truyền hình trực tiếp|đưa tin|phát sóng|lãnh đạo(?:, chỉ đạo)?(?=\s+(?:các|việc|tổ chức|chính quyền|Ủy|UBND))|"
    r"giải quyết|bổ sung|hỗ trợ|đề nghị|yêu cầu|giao|ưu tiên|cam kết|chấp hành"
)
_VERB_AFTER_BODY = re.compile(rf"(?<![\w/])(?:{_VERB})(?![\w])")
_KEEPS = re.compile(r"(?:\b(?:các|những|và|của|được giao|lĩnh vực|tham gia|cán bộ)|,)\s*$")
_LEADING_CLAUSE = re.compile(
    r"^(?:Trên cơ sở|Căn cứ|Theo|Sau khi|Hằng năm|Hàng năm|Định kỳ|Hằng quý|Khi|Trong thời hạn|"
    r"Đồng thời|Riêng|Bên cạnh đó|Ngoài ra|Trước ngày|Chậm nhất)\b"
    r"[^.;:]{0,400}?,\s+(?=\S)"
)
_ANNOUNCES = re.compile(r"\b(?:sau|nhiệm vụ|trách nhiệm|nội dung|cụ thể|việc)\s*:\s*$")
_LONGEST_UNIT = 260
# "Phòng Văn hóa - Xã hội: (Đ/c Nguyễn Văn A - Trưởng phòng)": who answers there is no part of the name.
_PERSON = re.compile(r"\s*[:-]?\s*\((?:đ/c|đồng chí|đ\.c|ông|bà)\s[^()]*\)?\s*:?\s*$", re.IGNORECASE)


def without_order_words(text: str) -> str:
    """The text without Giao, Đề nghị, Trách nhiệm của … before the unit."""
    return _ORDER_WORDS.sub("", text.strip(), count=1).strip()


def is_collective(unit: str) -> bool:
    """Whether the words mean a kind of bodies (các sở, thủ trưởng …), not one with a name of its own."""
    return not _NAMED.match(unit)


def names_body(text: str) -> bool:
    """Whether the text opens with the name of a body or a kind of bodies."""
    return bool(_BODY.match(without_order_words(text).lower()))


def unit_of_heading(heading: str) -> str | None:
    """The unit a heading of the organisation section names, without order words; None where it names none.

    "Sở Nông nghiệp và Môi trường chỉ đạo Chi cục … thực hiện các nội dung sau:" names the first body;
    a heading that is only a name is the unit whole, whatever words it holds.
    """
    announced = bool(_ANNOUNCES.search(heading))
    heading = _PERSON.sub("", heading)
    text = without_order_words(heading).strip(" :.;")
    if not text or len(text) > _LONGEST_UNIT or not _BODY.match(text.lower()):
        return None
    if announced or len(text) > 120:
        cut = _cut_before_verb(text)
        if cut:
            return cut
    return text


def unit_opening(sentence: str) -> str | None:
    """The unit that a sentence opens with and gives work to, None where it opens otherwise."""
    text = sentence.strip()
    ordered = _ORDER_WORDS.match(text)
    if not ordered:
        position = 0
        while True:
            clause = _LEADING_CLAUSE.match(text[position:])
            if clause is None:
                break
            position += clause.end()
            if _BODY.match(text[position : position + 60].lower()) and _cut_before_verb(text[position:]):
                break
            if position > 600:
                return None
        text = text[position:]
    text = without_order_words(text)
    if not _BODY.match(text[:80].lower()):
        return None
    colon = text.find(":")
    unit = _cut_before_verb(text)
    if 0 < colon < _LONGEST_UNIT and (unit is None or colon < len(unit)):
        return text[:colon].strip(" ,")
    return unit


def _cut_before_verb(text: str) -> str | None:
    """The words before the first verb that follows a body's name; None where no verb follows in reach."""
    for match in _VERB_AFTER_BODY.finditer(text, 0, _LONGEST_UNIT + 60):
        before = text[: match.start()]
        if not before.strip() or match.start() > _LONGEST_UNIT:
            return None
        if _KEEPS.search(before):
            continue
        unit = before.strip(" ,;-–")
        if "." in unit.replace("TP.", "").replace("VP.", "").replace("TT.", ""):
            return None
        return unit
    return None
