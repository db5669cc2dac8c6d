"""Documents written by hand for the layout tests: one with every component, and those that offices write most."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import (
    Annex,
    Composition,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    paragraph,
)

RECIPIENTS = (
    Recipient("Như trên", None),
    Recipient("UBND Thành phố", "để b/c"),
    Recipient("Lưu: VT, TTBCXB", None),
)
DEPUTY = Signatory("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Minh Ước")


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 400)) -> bytes:
    """The bytes of a drawn picture."""
    stream = io.BytesIO()
    image = Image.new("RGB", size, (190, 60, 40))
    image.paste((240, 210, 120), (size[0] // 4, size[1] // 4, 3 * size[0] // 4, 3 * size[1] // 4))
    image.save(stream, kind)
    return stream.getvalue()


def point(label: str, text: str) -> Section:
    """A point without a heading."""
    return Section(label, None, (paragraph(text),))


def letter() -> Composition:
    """A letter to several bodies, urgent, with an address at the foot of page 1."""
    return Composition(
        type="Công văn",
        number=7,
        notation="SVHTT-TTBCXB",
        parent_body="ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        date=date(2026, 2, 3),
        title="Phối hợp cung cấp thông tin phục vụ công tác thông tin đối ngoại của thành phố Hà Nội",
        legal_bases=(),
        addressees=(
            "Ủy ban nhân dân các xã, phường",
            "Trung tâm Báo chí Thủ đô Hà Nội",
            "Cục Thông tin cơ sở và Thông tin đối ngoại, Bộ Văn hóa, Thể thao và Du lịch",
        ),
        sections=(
            Section(
                "",
                None,
                (
                    paragraph(
                        "Thực hiện Kế hoạch số 48/KH-UBND ngày 19 tháng 02 năm 2026 của UBND Thành phố, Sở Văn hóa và"
                        " Thể thao đề nghị các cơ quan phối hợp thực hiện một số nội dung sau:"
                    ),
                ),
            ),
            point(
                "1", "Cung cấp thông tin, hình ảnh về các sự kiện đối ngoại diễn ra trên địa bàn trong quý I."
            ),
            point("2", "Cử một cán bộ làm đầu mối, gửi danh sách về Sở."),
            Section(
                "",
                None,
                (
                    Paragraph(
                        (
                            Run("Văn bản gửi về Sở "),
                            Run("trước ngày 15 tháng 02 năm 2026", bold=True),
                            Run(" để tổng hợp./."),
                        )
                    ),
                ),
            ),
        ),
        recipients=RECIPIENTS,
        signatory=DEPUTY,
        urgency="THƯỢNG KHẨN",
        contact="47 Hàng Dầu, phường Hoàn Kiếm, Hà Nội - Điện thoại: 024.38253456 - svhtt.hanoi.gov.vn",
        drafter_mark="TTBCXB.(12)",
    )


def report(rows: int = 40) -> Composition:
    """A report with a table over several pages and a picture."""
    table = Table(
        (1, 6, 2.4, 3),
        ("center", "left", "right", "left"),
        (
            ("TT", "Nội dung", "Số lượng", "Đơn vị thực hiện"),
            *(
                (
                    str(place),
                    f"Tin, bài về sự kiện văn hóa số {place} của Thủ đô trên báo chí nước ngoài",
                    f"{place * 137:,}".replace(",", "."),
                    "Phòng TTBCXB\nVăn phòng Sở",
                )
                for place in range(1, rows + 1)
            ),
        ),
        1,
        "Bảng 1. Tin, bài về Hà Nội trong 6 tháng đầu năm 2026",
    )
    return Composition(
        type="Báo cáo",
        number=112,
        notation="BC-SVHTT",
        parent_body="UBND THÀNH PHỐ HÀ NỘI",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        date=date(2026, 6, 20),
        title="Kết quả công tác thông tin đối ngoại 6 tháng đầu năm 2026 và nhiệm vụ trọng tâm 6 tháng cuối năm 2026",
        legal_bases=(),
        sections=(
            Section(
                "",
                None,
                (paragraph("Sở Văn hóa và Thể thao báo cáo Ủy ban nhân dân Thành phố kết quả như sau:"),),
            ),
            Section(
                "I",
                "KẾT QUẢ THỰC HIỆN",
                (),
                (
                    Section(
                        "1",
                        "Thông tin trên báo chí nước ngoài",
                        (paragraph("Số lượng tin, bài được nêu tại Bảng 1."), table),
                    ),
                    Section(
                        "2",
                        "Hình ảnh Thủ đô",
                        (
                            Picture(
                                picture(), "Khuê Văn Các nhìn từ giếng Thiên Quang", "Hình 1. Khuê Văn Các", 0.6
                            ),
                        ),
                    ),
                ),
            ),
            Section("II", "NHIỆM VỤ TRỌNG TÂM", (), tuple(
                point(label, f"Duy trì chuyên trang tiếng nước ngoài, phần {label}.") for label in "abcdđeg"
            )),
        ),
        recipients=RECIPIENTS[1:],
        signatory=Signatory(None, "GIÁM ĐỐC", "Bạch Liên Hương"),
    )  # fmt: skip


def decision() -> Composition:
    """A decision by articles, with the plan that it issues and a wide annex."""
    plan = (
        Section("I", "MỤC ĐÍCH, YÊU CẦU", (), (
            Section("1", "Mục đích", (), (point("-", "Quảng bá hình ảnh Thủ đô."), point("+", "Bằng tiếng Anh."))),
            Section("2", "Yêu cầu", (), (point("a", "Đúng đối tượng."), point("b", "Tiết kiệm."))),
        )),
        Section("II", "NỘI DUNG", (), (
            Section("1", "Tuyên truyền", (), (
                Section("1.1", "Báo chí", (), (point("-", "Cung cấp thông tin."),)),
                Section("1.2", "Mạng xã hội", (), (point("-", "Duy trì tài khoản."),)),
            )),
            Section("3", "Sự kiện (mục 2 đã bỏ)", (paragraph("Tổ chức Ngày hội."),)),
            Section("4", "Ấn phẩm", (paragraph("Biên soạn sách ảnh."),)),
        )),
    )  # fmt: skip
    wide = Table(
        (1, 5, 3, 3, 3, 3),
        ("center", "left", "right", "right", "right", "left"),
        (
            ("TT", "Nội dung", "Quý I", "Quý II", "Quý III", "Ghi chú"),
            ("", "", "(đồng)", "(đồng)", "(đồng)", ""),
            ("1", "Biên soạn ấn phẩm", "120.000.000", "80.000.000", "0", "Ngân sách Thành phố"),
        ),
        2,
    )
    return Composition(
        type="Quyết định",
        number=1205,
        notation="QĐ-SVHTT",
        parent_body="ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        date=date(2026, 1, 5),
        title="Về việc ban hành Kế hoạch hoạt động thông tin đối ngoại năm 2026",
        legal_bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
            "Theo đề nghị của Trưởng phòng Thông tin - Báo chí - Xuất bản",
        ),
        enacting_authority="GIÁM ĐỐC SỞ VĂN HÓA VÀ THỂ THAO",
        sections=(
            point(
                "Điều 1", "Ban hành kèm theo Quyết định này Kế hoạch hoạt động thông tin đối ngoại năm 2026."
            ),
            point("Điều 2", "Quyết định này có hiệu lực kể từ ngày ký."),
            point(
                "Điều 3", "Chánh Văn phòng Sở và Trưởng các phòng chịu trách nhiệm thi hành Quyết định này./."
            ),
        ),
        recipients=(Recipient("Như Điều 3", None), *RECIPIENTS[1:]),
        signatory=DEPUTY,
        circulation="LƯU HÀNH NỘI BỘ",
        annexes=(
            Annex("", "Hoạt động thông tin đối ngoại năm 2026", plan, type="Kế hoạch"),
            Annex(
                "Phụ lục",
                "Dự toán kinh phí hoạt động thông tin đối ngoại",
                (Section("", None, (wide,)),),
                landscape=True,
            ),
        ),
    )


def regulation() -> Composition:
    """A regulation by chapters, its articles counted through, with labels that Word cannot count."""
    return Composition(
        type="Quy chế",
        number=3,
        notation="QC-SVHTT",
        parent_body="",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        place="Hà Nội",
        date=date(2026, 3, 2),
        title="Quản lý hoạt động thông tin đối ngoại",
        legal_bases=(),
        sections=(
            Section("Chương I", "QUY ĐỊNH CHUNG", (), (
                Section("Điều 1", "Phạm vi điều chỉnh", (paragraph("Quy chế này quy định việc quản lý."),)),
                Section("Điều 2", "Giải thích từ ngữ", (), (
                    point("1", "Thông tin chính thức là thông tin do cơ quan có thẩm quyền cung cấp."),
                    Section("2", None, (paragraph("Hình thức cung cấp gồm:"),), tuple(
                        point(label, f"Hình thức {label}.") for label in "abcdđe"
                    )),
                )),
            )),
            Section("Chương II", "TỔ CHỨC THỰC HIỆN", (), (
                Section("Mục 1", "TRÁCH NHIỆM", (), (
                    Section("Điều 3", "Trách nhiệm của Sở", (), (
                        point("1", "Hướng dẫn."), point("2", "Kiểm tra."),
                    )),
                )),
                Section("Mục 2", "THI HÀNH", (), (
                    Section("Điều 4", "Hiệu lực", (), (point("1", "Từ ngày ký."), point("1.1", "Trừ Điều 2."))),
                )),
            )),
        ),
        recipients=RECIPIENTS[1:],
        signatory=Signatory(None, "GIÁM ĐỐC", "Bạch Liên Hương"),
    )  # fmt: skip
