"""Writes docs/examples/bao-cao-tong-hop.json: a quarter's report as the software composes it, its figures made up.

Draws the summary for partners of the same report as docs/pictures/summary-for-partners.png; the report's own pages
are drawn with those of the other examples.

.venv/bin/python tools/example_report.py
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pypdfium2

from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import Composition
from khuevan.plain.official_documents.writing.composition_form import as_plain
from khuevan.plain.reporting.comparisons import Comparison
from khuevan.plain.reporting.composer import annexes_of_report, sections_of_report
from khuevan.plain.reporting.report import Answered, Figure, FigureType, Part, Report, Words
from khuevan.plain.reporting.summary import SummaryWords, write_summary

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
FILE: Final = DOCS / "examples" / "bao-cao-tong-hop.json"
PICTURE: Final = DOCS / "pictures" / "summary-for-partners.png"
DOTS_AN_INCH: Final = 96
WORDS: Final = SummaryWords(
    "Hanoi Department of Culture and Sports",
    (
        "Reports on heritage and craft villages were made with international channels, and nine teams of foreign "
        "journalists received official information on the capital.",
        "A set of panoramic pictures of the Temple of Literature can be visited in five languages.",
        "The films and reports broadcast abroad remain below the plan; translators for French are being sought.",
    ),
    "Division of Information, Press and Publishing; press@example.org",
)
DAY: Final = date(2025, 9, 19)
ISSUER: Final = "Sở Văn hóa và Thể thao"
CITY: Final = "Ủy ban nhân dân thành phố Hà Nội"
UNITS: Final = (
    "Phòng Thông tin – Báo chí – Xuất bản", "Phòng Truyền thông số", "Trung tâm Thông tin Triển lãm Hà Nội",
    "Ủy ban nhân dân phường Hoàn Kiếm", "Ủy ban nhân dân phường Ba Đình",
    "Ủy ban nhân dân phường Văn Miếu – Quốc Tử Giám", "Ủy ban nhân dân phường Tây Hồ", "Ủy ban nhân dân xã Bát Tràng",
)  # fmt: skip
# Code, name, name in English, unit, type, each unit's figure, then the quarter before, the quarter a year ago, the
# year so far, the year's target; None where nobody knows.
Row = tuple[
    str, str, str, str, FigureType, tuple[int | None, ...], int | None, int | None, int | None, int | None
]
NEWS: Final[tuple[Row, ...]] = (
    ("tin_bai", "Tin, bài bằng tiếng nước ngoài", "Stories in foreign languages", "tin, bài", "COUNT",
     (412, 318, 96, 124, 88, 131, 67, 32), 1120, 974, 3256, 4000),
    ("phim", "Phim, phóng sự phát trên kênh đối ngoại", "Films and reports broadcast abroad", "phim", "COUNT",
     (6, 3, 2, 1, 0, 2, 0, 0), 9, 11, 31, 40),
    ("san_pham", "Sản phẩm truyền thông trên nền tảng số", "Products on digital platforms", "sản phẩm", "COUNT",
     (40, 186, 21, 18, 12, 20, 9, None), 287, None, 812, 1000),
)  # fmt: skip
PRESS: Final[tuple[Row, ...]] = (
    ("doan", "Đoàn phóng viên nước ngoài được hỗ trợ", "Foreign press teams supported", "đoàn", "COUNT",
     (9, None, 2, 3, 1, 2, 0, 0), 11, 14, 39, 45),
    ("diem_tin", "Bài của báo chí nước ngoài về Thủ đô", "Articles of the foreign press on Hanoi", "bài", "COUNT",
     (64, 12, None, None, None, 3, None, None), 83, 71, 238, None),
)  # fmt: skip
MEANS: Final[tuple[Row, ...]] = (
    ("luot", "Lượt cán bộ được bồi dưỡng", "Officers trained", "lượt người", "COUNT",
     (40, 24, 16, 40, 36, 30, 30, 24), 120, 180, 480, 600),
    ("kinh_phi", "Kinh phí đã sử dụng", "Budget spent", "đồng", "MONEY",
     (612_500_000, 284_000_000, 145_250_000, 62_000_000, 38_500_000, 71_000_000, 24_750_000, 12_000_000),
     1_180_000_000, 980_500_000, 3_412_000_000, 4_800_000_000),
)  # fmt: skip


def example_report() -> Report:
    """The third quarter of 2025 of a small city; what is said of it is made up."""
    answers = (
        Words(
            UNITS[0],
            "Phối hợp với các kênh truyền hình đối ngoại sản xuất loạt phóng sự về di sản và làng nghề; cung cấp "
            "thông tin chính thức cho 9 đoàn phóng viên nước ngoài.",
        ),
        Words(UNITS[5], "Mở bộ ảnh 360 độ Văn Miếu – Quốc Tử Giám bằng 05 thứ tiếng."),
    )
    return Report(
        title="Báo cáo kết quả công tác thông tin đối ngoại quý III năm 2025",
        period="Quý III năm 2025",
        first=date(2025, 6, 15),
        last=date(2025, 9, 14),
        parts=(
            _part("Thông tin chính thức, quảng bá Thủ đô", "II.1", NEWS, "Kết quả nổi bật", answers),
            _part("Phối hợp với báo chí nước ngoài", "II.3", PRESS),
            _part("Bồi dưỡng nghiệp vụ và kinh phí", "II.5", MEANS),
        ),
        unit_count=10,
        missing_units=("Ủy ban nhân dân xã Sóc Sơn", "Ủy ban nhân dân xã Quảng Oai"),
        period_before="Quý II năm 2025",
        period_last_year="Quý III năm 2024",
        plan_title="Kế hoạch số 48/KH-UBND ngày 19 tháng 02 năm 2025 của Ủy ban nhân dân thành phố Hà Nội",
        opening="Trong quý, Sở đã ban hành 07 văn bản hướng dẫn, đôn đốc các đơn vị và tổ chức 02 cuộc họp giao ban "
        "với các cơ quan báo chí phối hợp.",
        assessment="Các chỉ tiêu chủ yếu tăng so với quý trước; nội dung bằng tiếng nước ngoài do các phường cung "
        "cấp tăng cả về số lượng và chất lượng.\nSố phim, phóng sự phát trên kênh đối ngoại còn thấp "
        "so với kế hoạch.",
        next_steps="Hoàn thành các nhiệm vụ còn lại của Kế hoạch năm 2025; tổng hợp số liệu, minh chứng "
        "trước ngày chốt số liệu năm.\nTham mưu xây dựng Kế hoạch thông tin đối ngoại năm 2026.",
        difficulties=(
            Words(UNITS[7], "Chưa có người biên dịch tiếng Pháp.\nĐề nghị: hỗ trợ cộng tác viên biên dịch"),
            Words(UNITS[4], "Cán bộ làm công tác thông tin đối ngoại kiêm nhiệm nhiều việc"),
        ),
        proposals=(Words(UNITS[2], "Bố trí kinh phí dịch thuật thường xuyên từ năm 2026"),),
        english_title="External information of Hanoi",
    )


def example_document() -> Composition:
    """The report as the department issues it."""
    report = example_report()
    return Composition(
        type="Báo cáo",
        number=214,
        notation="BC-SVHTT",
        parent_body="UBND thành phố Hà Nội",
        issuer=ISSUER,
        place="Hà Nội",
        date=DAY,
        title="Kết quả công tác thông tin đối ngoại quý III năm 2025",
        legal_bases=(),
        sections=sections_of_report(report, ISSUER, (CITY,)),
        recipients=(
            Recipient("Như trên", None),
            Recipient("Ban Chỉ đạo công tác thông tin đối ngoại Thành phố", "để b/c"),
            Recipient("Giám đốc, các Phó Giám đốc Sở", "để biết"),
            Recipient("Lưu: VT, TTBCXB", None),
        ),
        signatory=Signatory(authority=None, position="Giám đốc", name="Bạch Liên Hương"),
        addressees=(CITY,),
        annexes=annexes_of_report(report),
    )


def _part(
    heading: str, plan_ref: str, rows: tuple[Row, ...], question: str = "", words: tuple[Words, ...] = ()
) -> Part:
    figures, columns = [], []
    for code, name, english, unit, kind, values, *others in rows:
        given = [None if value is None else Decimal(value) for value in values]
        before, last_year, year_sum, plan = (None if one is None else Decimal(one) for one in others)
        total = sum((value for value in given if value is not None), Decimal(0))
        missing = tuple(name for name, value in zip(UNITS, given, strict=True) if value is None)
        figures.append(
            Figure(
                code=code, name=name, unit=unit, type=kind, comparison=Comparison(total, before, last_year, plan),
                year_sum=year_sum, missing=missing, in_chart=True, english_name=english,
            )
        )  # fmt: skip
        columns.append(given)
    by_unit = tuple((unit, tuple(column[place] for column in columns)) for place, unit in enumerate(UNITS))
    answered = (Answered(question, words),) if words else ()
    return Part(heading, plan_ref, tuple(figures), answered, by_unit)


def main() -> None:
    """Write the file and draw the picture."""
    values = as_plain(example_document())
    FILE.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    pdf = pypdfium2.PdfDocument(write_summary(example_report(), WORDS, DAY))
    pdf[0].render(scale=DOTS_AN_INCH / 72).to_pil().quantize(32).save(PICTURE, optimize=True)
    pdf.close()
    print(FILE, PICTURE)


if __name__ == "__main__":
    main()
