"""Who leads and who works with whom, in sentences and in attribute values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.phrases.partners import Partners, find_partners, split_bodies


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        (
            "Phối hợp với Công an Thành phố và các đơn vị liên quan triển khai Kế hoạch",
            ("Công an Thành phố", "các đơn vị liên quan"),
        ),
        (
            "Tiếp tục phối hợp với Cục Thông tin cơ sở và Thông tin đối ngoại, Bộ Văn hóa và Thể thao quảng bá"
            " hình ảnh Thủ đô; phối hợp với các cơ quan, đơn vị cung cấp nội dung",
            ("Cục Thông tin cơ sở và Thông tin đối ngoại, Bộ Văn hóa và Thể thao", "các cơ quan, đơn vị"),
        ),
        (
            "văn bản phối hợp với các cơ quan báo chí Trung ương, địa phương và Thành phố tuyên truyền",
            ("các cơ quan báo chí Trung ương, địa phương và Thành phố",),
        ),
        (
            "Phối hợp với Thông tấn xã Việt Nam theo dõi và tổng hợp dư luận báo chí nước ngoài",
            ("Thông tấn xã Việt Nam",),
        ),
        ("Phối hợp Văn phòng Sở cung cấp các nội dung", ("Văn phòng Sở",)),
        ("Phối hợp các phòng, đơn vị thuộc Sở đăng tải tin, bài", ("các phòng, đơn vị thuộc Sở",)),
        (
            "Phối hợp với Bộ Văn hóa, Thể thao và Du lịch, Sở Giáo dục và Đào tạo tổ chức",
            ("Bộ Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo"),
        ),
        (
            "Phối hợp với các sở, ban, ngành, Ủy ban Mặt trận Tổ quốc Việt Nam thành phố và các tổ chức chính"
            " trị - xã hội, các cơ quan báo chí tuyên truyền",
            (
                "các sở, ban, ngành",
                "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố",
                "các tổ chức chính trị - xã hội",
                "các cơ quan báo chí",
            ),
        ),
        (
            "phối hợp với các Sở, ban, ngành của tỉnh; Ủy ban nhân dân các xã, phường; các cơ quan, đơn vị và các"
            " doanh nghiệp, hợp tác xã có liên quan triển khai",
            (
                "các Sở, ban, ngành của tỉnh",
                "Ủy ban nhân dân các xã, phường",
                "các cơ quan, đơn vị",
                "các doanh nghiệp, hợp tác xã có liên quan",
            ),
        ),
        (
            "Phối hợp chặt chẽ với Ban Tuyên giáo và Dân vận Thành ủy tuyên truyền",
            ("Ban Tuyên giáo và Dân vận Thành ủy",),
        ),
        (
            "phối hợp với Báo Hà Nội mới, Đài Phát thanh và Truyền hình Hà Nội, Báo Kinh tế và Đô thị mở chuyên mục",
            ("Báo Hà Nội mới", "Đài Phát thanh và Truyền hình Hà Nội", "Báo Kinh tế và Đô thị"),
        ),
        (
            "phối hợp với các Sở, ban, ngành được giao chủ trì để tham mưu",
            ("các Sở, ban, ngành được giao chủ trì",),
        ),
        (
            "Phối hợp với Công an, lực lượng Hải quan triển khai các giải pháp",
            ("Công an", "lực lượng Hải quan"),
        ),
        ("Chủ động phối hợp với đơn vị cung cấp phần mềm xây dựng trang", ("đơn vị cung cấp phần mềm",)),
        ("Phối hợp cùng Hội Nhà báo quảng bá", ("Hội Nhà báo",)),
        ("phối hợp ngăn chặn thông tin", ()),
        ("Phối hợp hướng dẫn và thực hiện các nhiệm vụ", ()),
        ("Phối hợp đồng bộ công tác tuyên truyền", ()),
        ("Hội đồng phối hợp phổ biến, giáo dục pháp luật", ()),
        ("thực hiện Quy chế phối hợp các lực lượng", ()),
        ("Huy động sự phối hợp, tham gia từ các chương trình", ()),
        ("hoàn thiện cơ chế phối hợp liên ngành giữa các ngành", ()),
    ],
)
def test_find_partners_names_those_after_phoi_hop(text: str, partners: tuple[str, ...]) -> None:
    assert find_partners(text).partners == partners


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu",
            Partners(("Sở Nội vụ",), ("Sở Tài chính",), True, False),
        ),
        (
            "Sở Du lịch chủ trì, phối hợp với Sở Văn hóa và Thể thao tổ chức",
            Partners(("Sở Du lịch",), ("Sở Văn hóa và Thể thao",), True, False),
        ),
        (
            "Bộ Nông nghiệp và Môi trường khẩn trương chủ trì, phối hợp với Bộ Tài chính hoàn thiện",
            Partners(("Bộ Nông nghiệp và Môi trường",), ("Bộ Tài chính",), True, False),
        ),
        ("Tổ chức hội nghị do Sở Ngoại vụ chủ trì", Partners(("Sở Ngoại vụ",), (), False, False)),
        (
            "Tổ chức Tuần văn hóa. Đơn vị chủ trì: Sở Du lịch. Đơn vị phối hợp: Sở Tài chính, Sở Nội vụ",
            Partners(("Sở Du lịch",), ("Sở Tài chính", "Sở Nội vụ"), False, False),
        ),
        (
            "Chủ trì, phối hợp với các đơn vị quảng bá hình ảnh",
            Partners((), ("các đơn vị",), True, False),
        ),
        ("Chủ trì tham mưu UBND Thành phố", Partners((), (), True, False)),
        ("Là đơn vị chủ trì, chịu trách nhiệm trước Ban Giám đốc", Partners((), (), True, False)),
        ("Phối hợp lan tỏa thông tin đối ngoại trên các nền tảng số", Partners((), (), False, True)),
        ("gửi các Bộ, cơ quan trung ương chủ trì dự án", Partners((), (), False, False)),
        ("phát huy vai trò chủ trì của lực lượng Công an", Partners((), (), False, False)),
        ("thực hiện Quy chế phối hợp kiểm tra", Partners((), (), False, False)),
        ("Ban hành văn bản chỉ đạo", Partners((), (), False, False)),
        ("Văn phòng Sở thực hiện thanh toán", Partners(("Văn phòng Sở",), (), False, False)),
        ("Đề nghị Hội Nông dân tỉnh phối hợp tuyên truyền", Partners((), (), False, True)),
        ("", Partners((), (), False, False)),
    ],
)
def test_find_partners_tells_lead_from_support(text: str, expected: Partners) -> None:
    assert find_partners(text) == expected


@pytest.mark.parametrize(
    ("value", "bodies"),
    [
        (
            "Sở Tài chính; Sở Nội vụ và UBND các xã, phường",
            ("Sở Tài chính", "Sở Nội vụ", "UBND các xã, phường"),
        ),
        ("Các sở, ban, ngành; UBND cấp xã", ("Các sở, ban, ngành", "UBND cấp xã")),
        ("Các Sở, ngành, đơn vị, UBND cấp xã.", ("Các Sở, ngành, đơn vị", "UBND cấp xã")),
        ("- Sở Nội vụ\n- Công an tỉnh\n- Sở Tư pháp", ("Sở Nội vụ", "Công an tỉnh", "Sở Tư pháp")),
        (
            "Các Sở: Nội vụ, Tài chính, Giáo dục và Đào tạo",
            ("Sở Nội vụ", "Sở Tài chính", "Sở Giáo dục và Đào tạo"),
        ),
        ("Sở KH&CN, Sở VH,TT&DL", ("Sở KH&CN", "Sở VH,TT&DL")),
        ("Phòng Kế hoạch - Tài chính", ("Phòng Kế hoạch - Tài chính",)),
        ("Phòng Thông tin – Báo chí – Xuất bản", ("Phòng Thông tin – Báo chí – Xuất bản",)),
        ("Bộ Lao động - Thương binh và Xã hội", ("Bộ Lao động - Thương binh và Xã hội",)),
        (
            "Sở Nông nghiệp và Môi trường và Sở Công Thương",
            ("Sở Nông nghiệp và Môi trường", "Sở Công Thương"),
        ),
        (
            "Báo và Phát thanh, Truyền hình tỉnh; Sở Tư pháp, các cơ quan, đơn vị, địa phương",
            ("Báo và Phát thanh, Truyền hình tỉnh", "Sở Tư pháp", "các cơ quan, đơn vị, địa phương"),
        ),
        (
            "phòng Quản lý Di sản (Sở Văn hóa và Thể thao), Ban Quản lý Di tích",
            ("phòng Quản lý Di sản (Sở Văn hóa và Thể thao)", "Ban Quản lý Di tích"),
        ),
        ("UBND các quận, huyện, thị xã", ("UBND các quận, huyện, thị xã",)),
        ("Như trên", ("Như trên",)),
        ("", ()),
        (" - ", ()),
    ],
)
def test_split_bodies_parts_the_bodies_of_a_value(value: str, bodies: tuple[str, ...]) -> None:
    assert split_bodies(value) == bodies


_WORDS = (
    "Phối hợp|chủ trì|giao|do|với|Sở|Sở Văn hóa, Thể thao và Du lịch|các|đơn vị|tổ chức|,|và|;|(|)|-|:|UBND|liên quan"
    "|triển khai|Đơn vị chủ trì:|Cục|Bộ|Ban Chỉ đạo|Thành phố|.|“"
)
_FRAGMENTS = st.lists(st.sampled_from(_WORDS.split("|"))).map(" ".join)


@given(_FRAGMENTS | st.text())
def test_named_bodies_are_the_texts_own_and_never_both_lead_and_partner(text: str) -> None:
    found = find_partners(text)
    assert not set(found.lead) & set(found.partners)
    assert not (found.leads and found.supports)
    assert all(name == name.strip() and name for name in (*found.lead, *found.partners, *split_bodies(text)))
