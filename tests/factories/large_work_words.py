"""The words of a large programme: names of units, plans and headings, and tasks as an office writes them."""

from __future__ import annotations

DIVISIONS = (
    ("Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB"),
    ("Phòng Truyền thông số", "TTS"),
    ("Văn phòng Sở", "VPS"),
    ("Phòng Tổ chức – Pháp chế", "TCPC"),
    ("Phòng Kế hoạch – Tài chính", "KHTC"),
    ("Phòng Quản lý Di sản văn hóa", "QLDS"),
    ("Phòng Nghệ thuật và Quản lý biểu diễn", "NTBD"),
    ("Phòng Quản lý Thể dục thể thao", "TDTT"),
    ("Phòng Xây dựng nếp sống văn hóa và Gia đình", "NSVH"),
    ("Trung tâm Thông tin Triển lãm Hà Nội", "TTTL"),
    ("Trung tâm Văn hóa và Thư viện Hà Nội", "TTVH"),
    ("Trung tâm Hoạt động Văn hóa khoa học Văn Miếu – Quốc Tử Giám", ""),
)
PLACES = (
    "Hoàn Kiếm", "Cửa Nam", "Ba Đình", "Ngọc Hà", "Giảng Võ", "Hai Bà Trưng", "Vĩnh Tuy", "Bạch Mai", "Đống Đa",
    "Kim Liên", "Văn Miếu – Quốc Tử Giám", "Láng", "Ô Chợ Dừa", "Hồng Hà", "Lĩnh Nam", "Hoàng Mai", "Vĩnh Hưng",
    "Tương Mai", "Định Công", "Hoàng Liệt", "Yên Sở", "Thanh Xuân", "Khương Đình", "Phương Liệt", "Cầu Giấy",
    "Nghĩa Đô", "Yên Hòa", "Tây Hồ", "Phú Thượng", "Tây Tựu", "Phú Diễn", "Xuân Đỉnh", "Đông Ngạc", "Thượng Cát",
    "Từ Liêm", "Xuân Phương", "Tây Mỗ", "Đại Mỗ", "Long Biên", "Bồ Đề", "Việt Hưng", "Phúc Lợi", "Hà Đông",
    "Dương Nội", "Yên Nghĩa", "Phú Lương", "Kiến Hưng", "Thanh Liệt", "Chương Mỹ", "Sơn Tây", "Tùng Thiện",
)  # fmt: skip
PLANS = (
    "Tổ chức triển khai các hoạt động thông tin đối ngoại",
    "Quảng bá di sản và làng nghề Thủ đô trên báo chí nước ngoài",
    "Phát triển bản đồ số sự kiện văn hóa, thể thao",
    "Tuyên truyền, cổ động trực quan các ngày lễ lớn",
    "Chuyển đổi số trong cung cấp thông tin cho người nước ngoài",
    "Giới thiệu ẩm thực Hà Nội với bạn bè quốc tế",
    "Phối hợp với cơ quan đại diện ngoại giao tại Hà Nội",
    "Tập huấn nghiệp vụ thông tin đối ngoại cho cơ sở",
    "Xuất bản ấn phẩm song ngữ giới thiệu Thủ đô",
    "Đón tiếp, hỗ trợ phóng viên nước ngoài tác nghiệp",
)
# Each part of a plan with its headings.
PARTS = (
    ("II", "NỘI DUNG TRỌNG TÂM", ("Chỉ đạo, điều hành", "Thông tin trên báo chí", "Trang tin tiếng Anh")),
    ("III", "QUẢNG BÁ, TUYÊN TRUYỀN", ("Sự kiện lớn trong năm", "Ấn phẩm, sản phẩm số", "Cửa khẩu quốc tế")),
    ("IV", "PHỐI HỢP VỚI CƠ SỞ", ("Phường, xã", "Làng nghề, di tích", "Cộng tác viên")),
    ("V", "BỒI DƯỠNG, BÁO CÁO", ("Tập huấn nghiệp vụ", "Báo cáo định kỳ", "Thi đua, khen thưởng")),
)
SUBJECTS = (
    "lễ hội truyền thống", "di sản đô thị", "ẩm thực đường phố", "làng nghề lụa Vạn Phúc", "gốm Bát Tràng",
    "áo dài Việt Nam", "nghệ thuật múa rối nước", "phố đi bộ hồ Hoàn Kiếm", "du lịch sông Hồng",
    "giải chạy quốc tế Hà Nội", "thành phố sáng tạo", "ca trù và hát xẩm", "Hoàng thành Thăng Long",
)  # fmt: skip
COUNTRIES = ("Nhật Bản", "Hàn Quốc", "Pháp", "Lào", "Ấn Độ", "Đức", "Ô-xtơ-rây-li-a", "Hoa Kỳ", "Xin-ga-po")
TASKS = (
    "Tổ chức chuỗi hoạt động giới thiệu {subject} với bạn bè quốc tế đợt {n}; phối hợp với các cơ quan báo chí "
    "Trung ương và địa phương tuyên truyền trên các nền tảng.",
    "Biên soạn, xuất bản ấn phẩm song ngữ số {n} về {subject}, phát hành tại các sự kiện đối ngoại.",
    "Đón và hỗ trợ đoàn phóng viên {country} lần thứ {n} tác nghiệp về {subject} trên địa bàn Thành phố.",
    "Cập nhật chuyên mục về {subject} trên trang tin tiếng Anh, kỳ {n}, bảo đảm chính xác và kịp thời.",
    "Tổng hợp dư luận báo chí {country} viết về {subject}, chuyên đề {n}.",
    "Thực hiện trang trí, cổ động trực quan cụm số {n} tại các trục đường chính, gắn với {subject}.",
    "Tổ chức lớp tập huấn số {n} về kỹ năng cung cấp thông tin cho người nước ngoài, nội dung {subject}.",
    "Sản xuất phim ngắn, phóng sự số {n} giới thiệu {subject} phục vụ công chúng {country}.",
)
STEPS = (
    "Xây dựng đề cương", "Lấy ý kiến các đơn vị", "Trình lãnh đạo phê duyệt", "Tổ chức thực hiện", "Tổng kết",
)  # fmt: skip
PROGRESS = (
    "Đã hoàn thành phần nội dung, đang chờ các đơn vị góp ý.",
    "Đã họp thống nhất với các cơ quan phối hợp, đang triển khai đúng tiến độ.",
    "Đang biên dịch và hiệu đính bản tiếng Anh.",
    "Đã thu thập được hơn một nửa số liệu của cơ sở.",
)
DONE = (
    "Đã tổ chức xong, có ảnh và danh sách khách mời kèm theo.",
    "Đã hoàn thành và đăng trên trang tin tiếng Anh.",
    "Đã phát hành đủ số lượng theo kế hoạch.",
    "Đã gửi báo cáo tổng hợp tới Văn phòng Sở.",
)
RETURNS = (
    "Thiếu danh sách đơn vị tham gia, đề nghị bổ sung.",
    "Số liệu chưa khớp với báo cáo tháng trước.",
    "Đề nghị bổ sung đường dẫn bài đăng.",
)
DIFFICULTIES = (
    ("Chưa được bố trí kinh phí in ấn phẩm.", "Đề nghị Phòng Kế hoạch – Tài chính ứng trước kinh phí."),
    ("Chưa có bản quyền hình ảnh của tác giả.", "Đề nghị Văn phòng Sở gửi công văn xin phép."),
    ("Thiếu người biên dịch tiếng Nhật.", "Đề nghị cho thuê cộng tác viên dịch thuật."),
    ("Lịch của đoàn phóng viên thay đổi vào phút chót.", "Đề nghị lùi thời hạn mười ngày."),
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương")
MIDDLES = ("Thị", "Văn", "Minh", "Thu", "Đức", "Ngọc", "Quang", "Thanh")
GIVENS = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hùng",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quỳnh",
    "Sơn",
)


def unit_name(number: int) -> tuple[str, str]:
    """The name and abbreviation of unit `number`: divisions of the department first, then wards and communes."""
    if number < len(DIVISIONS):
        return DIVISIONS[number]
    place = number - len(DIVISIONS)
    if place < len(PLACES):
        return f"Ủy ban nhân dân phường {PLACES[place]}", ""
    return f"Ủy ban nhân dân xã số {place - len(PLACES) + 1}", ""


def person_name(number: int) -> str:
    """A person's name; the numbers up to 1,300 have a name each."""
    given, rest = number % len(GIVENS), number // len(GIVENS)
    return f"{FAMILIES[rest % len(FAMILIES)]} {MIDDLES[number // 168 % len(MIDDLES)]} {GIVENS[given]}"


def task_text(number: int) -> str:
    """The words of task `number`, counted from 0 through a plan."""
    text = TASKS[number % len(TASKS)]
    return text.format(
        subject=SUBJECTS[number % len(SUBJECTS)], country=COUNTRIES[number % len(COUNTRIES)], n=number + 1
    )
