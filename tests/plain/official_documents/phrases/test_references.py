"""Numbered documents and legal bases, in sentences shaped like those of real documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.phrases.references import (
    FoundReference,
    find_references,
    split_legal_bases,
)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Quyết định số 16/2020/QĐ-UBND ngày", "16/2020/QĐ-UBND"),
        ("Kế hoạch số 48/KH-UBND ngày", "48/KH-UBND"),
        ("Nghị quyết số 47/NQ-CP", "47/NQ-CP"),
        ("Kết luận số 57-KL/TW", "57-KL/TW"),
        ("Kết luận số 132- KL/TW", "132-KL/TW"),
        ("Kế hoạch 223/KH- UBND", "223/KH-UBND"),
        ("Quyết định số 2437/QĐ-TTg", "2437/QĐ-TTg"),
        ("Quyết định số 4255/QĐ-BNN-KHCN", "4255/QĐ-BNN-KHCN"),
        ("Nghị quyết số 163/2024/QH15", "163/2024/QH15"),
        ("Chương trình số 04-CTr/TU", "04-CTr/TU"),
        ("Hướng dẫn số 37-HD/BTGDVTW", "37-HD/BTGDVTW"),
        ("Thông tư số 24/2018/TT-BNNPTNT", "24/2018/TT-BNNPTNT"),
        ("Thông tư số 10/2022/TT-BLĐTBXH", "10/2022/TT-BLĐTBXH"),
        ("Nghị quyết số 1656/NQ-UBTVQH15", "1656/NQ-UBTVQH15"),
        ("Thông tư số 48/2017/TT- BYT", "48/2017/TT-BYT"),
        ("Thông tư số 48/2017-TT-BYT", "48/2017/TT-BYT"),
        ("Công văn số 3679/STC-QLGCS", "3679/STC-QLGCS"),
        ("Kết luận số 23/KL-LNTPTW", "23/KL-LNTPTW"),
        ("Tờ trình số 5/TTr-SVHTT", "5/TTr-SVHTT"),
        ("Thông báo số 2820-TB/TU", "2820-TB/TU"),
        ("Số: 0124/KH-UBND", "0124/KH-UBND"),
        ("Nghị quyết số 01/NQ - CP của Chính phủ", "01/NQ-CP"),
        ("Nghị quyết số 05/2019/NQ-HĐTP", "05/2019/NQ-HĐTP"),
        ("Chỉ thị số 23/CT-TTg.", "23/CT-TTg"),
        ("(163/2024/QH15)", "163/2024/QH15"),
    ],
)
def test_find_references_normalises_the_symbol(text: str, symbol: str) -> None:
    assert [found.symbol for found in find_references(text)] == [symbol]


@pytest.mark.parametrize(
    "text",
    [
        "thông suốt 24/7, tỷ lệ 1/3 số hộ, từ ngày 01/01/2026 đến 31/3/2026",
        "giai đoạn 2021-2025, định hướng 2030",
        "công suất 500 m3/ngày, tốc độ 50 km/h, 240 mẫu/năm",
        "các thông số DO, NH4+-N, NO2--N, PO43-P, TSS",
        "QCVN 14:2008/BTNMT và TCVN 6909:2001",
        "Số: /KH-SVHTT",
        "Luật Khám bệnh, chữa bệnh",
        "giai đoạn 1 - UBND tỉnh và 2 - Sở Tài chính",
        "",
    ],
)
def test_find_references_takes_nothing_else_for_a_symbol(text: str) -> None:
    assert find_references(text) == ()


def _found(text: str) -> list[tuple[str, str | None, str | None, date | None, str | None]]:
    return [(one.text, one.type, one.symbol, one.date, one.issuer) for one in find_references(text)]


@pytest.mark.parametrize(
    ("text", "kind", "day", "issuer", "words"),
    [
        (
            "theo Quyết định số 16/2020/QĐ-UBND ngày 17/8/2020 của UBND Thành phố về việc ban hành Quy chế",
            "Quyết định",
            date(2020, 8, 17),
            "UBND Thành phố",
            "Quyết định số 16/2020/QĐ-UBND ngày 17/8/2020 của UBND Thành phố",
        ),
        (
            "Thông tư số 10/2022/TT-BLĐTBXH ngày 31 tháng 5 năm 2022 của Bộ trưởng Bộ Lao động - Thương binh"
            " và Xã hội hướng dẫn giám sát",
            "Thông tư",
            date(2022, 5, 31),
            "Bộ trưởng Bộ Lao động - Thương binh và Xã hội",
            "Thông tư số 10/2022/TT-BLĐTBXH ngày 31 tháng 5 năm 2022 của Bộ trưởng Bộ Lao động - Thương binh"
            " và Xã hội",
        ),
        (
            "Quyết định số 9/QĐ-BVHTTDL ngày 01 tháng 7 năm 2025 của Bộ Văn hóa, Thể thao và Du lịch phê duyệt",
            "Quyết định",
            date(2025, 7, 1),
            "Bộ Văn hóa, Thể thao và Du lịch",
            "Quyết định số 9/QĐ-BVHTTDL ngày 01 tháng 7 năm 2025 của Bộ Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Công văn số 12/SGDĐT-VP ngày 5-1-2025 của Sở Giáo dục và Đào tạo, đề nghị",
            "Công văn",
            date(2025, 1, 5),
            "Sở Giáo dục và Đào tạo",
            "Công văn số 12/SGDĐT-VP ngày 5-1-2025 của Sở Giáo dục và Đào tạo",
        ),
        (
            "thực hiện Nghị quyết 93/NQ-CP của Chính phủ về",
            "Nghị quyết",
            None,
            "Chính phủ",
            "Nghị quyết 93/NQ-CP của Chính phủ",
        ),
        (
            "Quyết định số 7/QĐ-BCA của Bộ trưởng Bộ Công an và Kế hoạch này",
            "Quyết định",
            None,
            "Bộ trưởng Bộ Công an",
            "Quyết định số 7/QĐ-BCA của Bộ trưởng Bộ Công an",
        ),
        (
            "Kết luận liên ngành tư pháp Trung ương số 23/KL-LNTPTW ngày 21/11/2024 về",
            "Kết luận",
            date(2024, 11, 21),
            None,
            "Kết luận liên ngành tư pháp Trung ương số 23/KL-LNTPTW ngày 21/11/2024",
        ),
        (
            "Luật Phòng, chống ma túy số 73/2021/QH14;",
            "Luật",
            None,
            None,
            "Luật Phòng, chống ma túy số 73/2021/QH14",
        ),
        (
            "Công văn của Bộ Y tế số 5/BYT-DP, yêu cầu",
            "Công văn",
            None,
            "Bộ Y tế",
            "Công văn của Bộ Y tế số 5/BYT-DP",
        ),
        (
            "QUYẾT ĐỊNH SỐ 505/QĐ-TTg NGÀY 22/4/2022",
            "Quyết định",
            date(2022, 4, 22),
            None,
            "QUYẾT ĐỊNH SỐ 505/QĐ-TTg NGÀY 22/4/2022",
        ),
        (
            "Kế hoạch số 5/KH-UBND ngày 31/6/2025 của Ủy ban nhân dân thành phố Cần Thơ về",
            "Kế hoạch",
            None,
            "Ủy ban nhân dân thành phố Cần Thơ",
            "Kế hoạch số 5/KH-UBND ngày 31/6/2025 của Ủy ban nhân dân thành phố Cần Thơ",
        ),
    ],
)
def test_find_references_reads_type_date_and_issuer(
    text: str, kind: str, day: date | None, issuer: str | None, words: str
) -> None:
    (found,) = find_references(text)
    assert (found.type, found.date, found.issuer, found.text) == (kind, day, issuer, words)


def test_find_references_carries_the_type_over_a_list() -> None:
    text = "các Quyết định: số 1/QĐ-UBND ngày 01/02/2025, số 2/QĐ-UBND ngày 03 tháng 4 năm 2025 của UBND tỉnh"
    assert _found(text) == [
        ("Quyết định: số 1/QĐ-UBND ngày 01/02/2025", "Quyết định", "1/QĐ-UBND", date(2025, 2, 1), None),
        (
            "số 2/QĐ-UBND ngày 03 tháng 4 năm 2025 của UBND tỉnh",
            "Quyết định",
            "2/QĐ-UBND",
            date(2025, 4, 3),
            "UBND tỉnh",
        ),
    ]


def test_find_references_gives_every_mention_in_order() -> None:
    text = "Nghị quyết số 50/NQ-CP thực hiện Nghị quyết số 163/2024/QH15; theo Nghị quyết số 50/NQ-CP"
    assert [found.symbol for found in find_references(text)] == ["50/NQ-CP", "163/2024/QH15", "50/NQ-CP"]


@pytest.mark.parametrize(
    ("clause", "bases"),
    [
        (
            "Căn cứ Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố về việc tổ chức hoạt động;",
            ["Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố về việc tổ chức hoạt động"],
        ),
        (
            "Thực hiện Quyết định số 7/QĐ-BCA ngày 08/9/2025 của Bộ Công an phê duyệt Chương trình A (sau đây"
            " viết tắt là Chương trình), Ủy ban nhân dân thành phố ban hành Kế hoạch thực hiện như sau:",
            [
                "Quyết định số 7/QĐ-BCA ngày 08/9/2025 của Bộ Công an phê duyệt Chương trình A (sau đây"
                " viết tắt là Chương trình)"
            ],
        ),
        (
            "Căn cứ Quyết định số 4/QĐ-BNN ngày 04/12/2024 về việc phê duyệt Chương trình “Quan trắc” và Kế hoạch"
            " 223/KH- UBND ngày 24/10/2025 của UBND tỉnh về quan trắc; Ủy ban nhân dân tỉnh ban hành Kế hoạch X",
            [
                "Quyết định số 4/QĐ-BNN ngày 04/12/2024 về việc phê duyệt Chương trình “Quan trắc”",
                "Kế hoạch 223/KH- UBND ngày 24/10/2025 của UBND tỉnh về quan trắc",
            ],
        ),
        (
            "Căn cứ Thông tư số 75/2024/TT-BTC ngày 31/10/2024 của Bộ trưởng Bộ Tài chính sửa đổi một số điều"
            " của Thông tư số 55/2023/TT-BTC ngày 15/8/2023 của Bộ trưởng Bộ Tài chính;",
            [
                "Thông tư số 75/2024/TT-BTC ngày 31/10/2024 của Bộ trưởng Bộ Tài chính sửa đổi một số điều"
                " của Thông tư số 55/2023/TT-BTC ngày 15/8/2023 của Bộ trưởng Bộ Tài chính"
            ],
        ),
        (
            "Thực hiện Nghị quyết số 163/2024/QH15 của Quốc hội (Nghị quyết số 163/2024/QH15), Nghị quyết số"
            " 50/NQ-CP của Chính phủ triển khai Nghị quyết số 163/2024/QH15 (Nghị quyết số 50/NQ-CP) và Quyết"
            " định số 7619/QĐ-BCA của Bộ Công an;",
            [
                "Nghị quyết số 163/2024/QH15 của Quốc hội (Nghị quyết số 163/2024/QH15)",
                "Nghị quyết số 50/NQ-CP của Chính phủ triển khai Nghị quyết số 163/2024/QH15 (Nghị quyết số"
                " 50/NQ-CP)",
                "Quyết định số 7619/QĐ-BCA của Bộ Công an",
            ],
        ),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            ["Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"],
        ),
        (
            "Căn cứ Luật Ngân sách nhà nước ngày 25/6/2015; Luật Đầu tư công số 58/2024/QH15;",
            ["Luật Ngân sách nhà nước ngày 25/6/2015", "Luật Đầu tư công số 58/2024/QH15"],
        ),
        ("Theo đề nghị của Giám đốc Sở Tư pháp.", ["Theo đề nghị của Giám đốc Sở Tư pháp"]),
        (
            "Theo đề nghị của Sở Tài chính tại Công văn số 36/STC-QLGCS ngày 05 tháng 11 năm 2025.",
            ["Công văn số 36/STC-QLGCS ngày 05 tháng 11 năm 2025"],
        ),
        (
            "Thực hiện Quyết định số 2/QĐ-TTg ngày 04/11/2025 của Thủ tướng Chính phủ ban hành Kế hoạch của Đảng."
            " Để tiếp tục đẩy mạnh các phong trào, UBND tỉnh phát động Đợt thi đua",
            ["Quyết định số 2/QĐ-TTg ngày 04/11/2025 của Thủ tướng Chính phủ ban hành Kế hoạch của Đảng"],
        ),
        ("Sở Văn hóa và Thể thao ban hành Kế hoạch tổ chức hoạt động như sau:", []),
        ("", []),
    ],
)
def test_split_legal_bases_gives_the_heads_only(clause: str, bases: list[str]) -> None:
    assert [base.text for base in split_legal_bases(clause)] == bases


def test_split_legal_bases_names_the_proposing_body_as_issuer() -> None:
    clause = "Theo đề nghị của Sở Tài chính tại Công văn số 36/STC-QLGCS ngày 05 tháng 11 năm 2025."
    words = "Công văn số 36/STC-QLGCS ngày 05 tháng 11 năm 2025"
    start = clause.index("Công văn")
    assert split_legal_bases(clause) == (
        FoundReference(
            words,
            "Công văn",
            "36/STC-QLGCS",
            date(2025, 11, 5),
            "Sở Tài chính",
            start,
            start + len(words),
        ),
    )


_WORDS = (
    "Căn cứ|Quyết định|số|16/2020/QĐ-UBND|57-KL/TW|ngày|17/8/2020|31 tháng 10 năm 2024|của|UBND|Thành phố|và|,|;"
    "|Luật|sửa đổi|(|)|“|”|Bộ Văn hóa, Thể thao và Du lịch|về việc|1/3|.|:|thực hiện|-"
)
_FRAGMENTS = st.lists(st.sampled_from(_WORDS.split("|"))).map(" ".join)


@given(_FRAGMENTS | st.text())
def test_offsets_of_references_and_bases_cut_out_their_text(text: str) -> None:
    for found in (*find_references(text), *split_legal_bases(text)):
        assert text[found.start : found.end] == found.text
        assert found.text
