"""Orders to report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.official_documents.phrases.reports import ReportOrder, report_order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        (
            "Định kỳ tổng hợp báo cáo kết quả công tác thông tin đối ngoại của Thành phố gửi Bộ Văn hóa và Thể thao"
            " và Ban Chỉ đạo công tác thông tin đối ngoại Thành phố; định kỳ hằng quý báo cáo công tác tuyên truyền"
            " của Sở gửi Ban Chỉ đạo công tác thông tin đối ngoại Thành phố và thực hiện các báo cáo đột xuất khác",
            ReportOrder(
                ("periodic", "quarterly", "ad-hoc"),
                ("Bộ Văn hóa và Thể thao", "Ban Chỉ đạo công tác thông tin đối ngoại Thành phố"),
            ),
        ),
        (
            "Thực hiện chế độ tổng hợp, báo cáo về công tác thông tin đối ngoại định kỳ và đột xuất",
            ReportOrder(("periodic", "ad-hoc"), ()),
        ),
        (
            "Báo cáo Ủy ban nhân dân tỉnh về kết quả Đợt thi đua (qua Sở Nội vụ) khi tổng kết",
            ReportOrder((), ("Ủy ban nhân dân tỉnh",)),
        ),
        (
            "Định kỳ hằng năm (trước ngày 15 tháng 12) báo cáo kết quả về Ủy ban nhân dân thành phố (qua Công an"
            " thành phố) để tổng hợp chung",
            ReportOrder(("yearly",), ("Ủy ban nhân dân thành phố",)),
        ),
        (
            "Hướng dẫn, theo dõi, đôn đốc, tổng hợp, báo cáo UBND tỉnh kết quả Đợt thi đua",
            ReportOrder((), ("UBND tỉnh",)),
        ),
        (
            "Hoàn thành, báo cáo kết quả Ủy ban nhân dân tỉnh (qua Công an tỉnh) trong tháng 11/2025",
            ReportOrder(("by-date",), ("Ủy ban nhân dân tỉnh",)),
        ),
        (
            "Định kỳ hằng tháng (trước ngày 16 hằng tháng), 6 tháng (trước ngày 16/6) hoặc khi có yêu cầu báo cáo"
            " tình hình thực hiện, gửi Sở Công Thương tổng hợp báo cáo UBND tỉnh",
            ReportOrder(("monthly", "half-yearly", "ad-hoc"), ("Sở Công Thương",)),
        ),
        (
            "thống kê thiệt hại, gửi Bộ Tài chính để tổng hợp, báo cáo Thủ tướng Chính phủ",
            ReportOrder((), ("Bộ Tài chính",)),
        ),
        (
            "Theo dõi, kiểm tra, đôn đốc và báo cáo Chủ tịch UBND tỉnh về tình hình",
            ReportOrder((), ("Chủ tịch UBND tỉnh",)),
        ),
        (
            "Thực hiện chế độ báo cáo tình hình chi phí với UBND Thành phố theo quy định",
            ReportOrder((), ("UBND Thành phố",)),
        ),
        ("Tổng hợp, xây dựng báo cáo tổng hợp", ReportOrder((), ())),
        ("tham mưu Ủy ban nhân dân thành phố báo cáo theo quy định", ReportOrder((), ())),
        ("Báo cáo tình hình thực hiện Chương trình", ReportOrder((), ())),
        ("Tình hình thực hiện chế độ báo cáo của chủ chương trình", None),
        ("Thu thập các văn bản chỉ đạo; báo cáo giám sát và các tài liệu", None),
        ("thông báo về BHXH Thành phố để phối hợp theo dõi, tổng hợp, báo cáo", None),
        ("nghiên cứu, báo cáo cấp có thẩm quyền xem xét, quyết định", None),
        ("đơn vị chịu trách nhiệm tổng hợp, báo cáo và các đơn vị khác", None),
        ("rà soát, báo cáo, đề xuất khen thưởng", None),
        ("mời báo cáo viên, phối hợp cơ quan báo chí", None),
        ("", None),
    ],
)
def test_report_order_is_found_where_a_report_is_to_be_made(text: str, order: ReportOrder | None) -> None:
    assert report_order(text) == order


_WORDS = "báo cáo|gửi|về|để|tổng hợp,|UBND tỉnh|Sở A|định kỳ|hằng quý|(|)|;|. |kết quả|6 tháng"


@given(st.text() | st.lists(st.sampled_from(_WORDS.split("|"))).map(" ".join))
def test_report_order_never_fails_and_repeats_nothing(text: str) -> None:
    order = report_order(text)
    if order is not None:
        assert len(set(order.frequencies)) == len(order.frequencies)
        assert len(set(order.to)) == len(order.to)
