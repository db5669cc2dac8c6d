"""Lines that the page or a crawler broke become paragraphs again."""

from __future__ import annotations

from khuevan.plain.official_documents.source import Line, Table
from khuevan.plain.official_documents.structure.blocks import Grid
from khuevan.plain.official_documents.structure.paragraphs import joined


def texts(text: str, *, wrapped: bool = True) -> list[str]:
    blocks = joined([Line(line) for line in text.split("\n")], wrapped=wrapped)
    return [block.text for block in blocks if not isinstance(block, Grid)]


CRAWLED = """**I. MỤC ĐÍCH,
YÊU CẦU**

1. Mục
đích

b) Phát huy vai trò chủ động của Công an thành phố
- Thường trực tham mưu thực hiện Chương trình, các cơ quan chủ trì triển khai
thực hiện các dự án thuộc Chương trình.

- Thi đua: Thường trực
Tỉnh ủy.
- Dòng sau không cách.
""".replace("**", "")


def test_blank_lines_part_paragraphs_of_crawled_text() -> None:
    assert texts(CRAWLED) == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "b) Phát huy vai trò chủ động của Công an thành phố - Thường trực tham mưu thực hiện Chương trình, "
        "các cơ quan chủ trì triển khai thực hiện các dự án thuộc Chương trình.",
        "- Thi đua: Thường trực Tỉnh ủy.",
        "- Dòng sau không cách.",
    ]


DOUBLE = """1. Mục đích

- Bám sát chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà

nước trong công tác thông tin đối ngoại; bám sát định hướng của Thành phố về

phát triển kinh tế - xã hội.

- Tăng cường công tác truyền thông quảng bá hình ảnh, tiềm năng của



5



thành phố Hà Nội ra thế giới thông qua việc tổ chức các hoạt động kỷ niệm

những ngày lễ lớn của đất nước, Thủ đô và các sự kiện văn hóa, thể thao, du lịch

trong nước và quốc tế.

2. Phòng Tổ chức - Pháp chế

Chủ trì, phối hợp với Phòng Thông tin – Báo chí – Xuất bản tổ chức các khoá

tập huấn, bồi dưỡng nghiệp vụ cho cán bộ.
"""


def test_text_of_a_pdf_with_a_blank_after_every_line_is_joined_and_its_page_number_goes() -> None:
    assert texts(DOUBLE) == [
        "1. Mục đích",
        "- Bám sát chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước trong công tác thông tin "
        "đối ngoại; bám sát định hướng của Thành phố về phát triển kinh tế - xã hội.",
        "- Tăng cường công tác truyền thông quảng bá hình ảnh, tiềm năng của thành phố Hà Nội ra thế giới thông "
        "qua việc tổ chức các hoạt động kỷ niệm những ngày lễ lớn của đất nước, Thủ đô và các sự kiện văn hóa, "
        "thể thao, du lịch trong nước và quốc tế.",
        "2. Phòng Tổ chức - Pháp chế",
        "Chủ trì, phối hợp với Phòng Thông tin – Báo chí – Xuất bản tổ chức các khoá tập huấn, bồi dưỡng nghiệp "
        "vụ cho cán bộ.",
    ]


def test_lines_of_an_unwrapped_source_are_paragraphs() -> None:
    assert texts("I. NỘI DUNG\nchữ thường đứng đầu\n- Ý một\n\n- Ý hai", wrapped=False) == [
        "I. NỘI DUNG",
        "chữ thường đứng đầu",
        "- Ý một",
        "- Ý hai",
    ]


def test_geometry_decides_where_it_is_known() -> None:
    blocks = [
        Line("Sở Văn hóa và Thể thao thành phố Hà Nội đề nghị các", 1, True),
        Line("Phòng thực hiện.", 1, False),
        Line("Văn phòng Sở theo dõi.", 1, True),
    ]
    found = [block.text for block in joined(blocks, wrapped=True) if not isinstance(block, Grid)]
    assert found == [
        "Sở Văn hóa và Thể thao thành phố Hà Nội đề nghị các Phòng thực hiện.",
        "Văn phòng Sở theo dõi.",
    ]


def test_tables_stay_where_they_stood_and_empty_ones_go() -> None:
    blocks = [Line("Trước."), Table((("1", "2"),)), Table((("", " "),)), Line("Sau.")]
    kinds = [block if isinstance(block, Grid) else block.text for block in joined(blocks, wrapped=True)]
    assert kinds == ["Trước.", Grid((("1", "2"),)), "Sau."]
