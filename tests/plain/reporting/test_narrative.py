"""The report in sentences: what is told, in what order, and that nothing that is missing is hidden."""

from __future__ import annotations

from datetime import date

from hypothesis import given

from khuevan.plain.reporting.amounts import NO_FIGURE, amount
from khuevan.plain.reporting.narrative import MOST_CELLS, Annexes, annexes_of, narrative, subject_of
from khuevan.plain.reporting.report import Answered, Part, Words
from tests.plain.reporting.reports import CITY, ISSUER, any_report, figure, report, wards


def told(one, *who):
    """The chapters as lines: headings, points with a dash, questions with a question mark."""
    lines = []
    for chapter in narrative(one, *who):
        lines.append(f"[{chapter.kind}] {chapter.heading}".strip())
        lines += [f"- {each.text}" if each.is_point else each.text for each in chapter.paragraphs]
        for said in chapter.said:
            lines.append(f"? {said.question}")
            lines += [f"- {each.text}" if each.is_point else each.text for each in said.paragraphs]
    return lines


def general(one):
    """The sentences of the second chapter."""
    return [each.text for each in narrative(one)[1].paragraphs]


def test_quarter_is_told_from_its_opening_to_its_end():
    parts = (
        Part(
            "Truyền thông đối ngoại",
            "II.1",
            (figure(42, 38, None, 150, year_sum=80),),
            (
                Answered(
                    "Kết quả nổi bật",
                    (Words("Phòng Truyền thông số", "- Mở trang tiếng Anh\n\n+ Có 3 phim."),),
                ),
            ),
            (("Phòng Truyền thông số", (None,)),),
        ),
        Part("Bồi dưỡng nghiệp vụ", "", ()),
    )
    one = report(
        parts=parts,
        plan_title="Kế hoạch số 48/KH-UBND",
        opening="Sở đã ban hành 07 văn bản hướng dẫn",
        missing_units=("Phường Ba Đình", "Phường Láng"),
        difficulties=(Words("Phường Láng", "Thiếu người.\nĐề nghị: thêm người"),),
        proposals=(Words("Phường Láng", "Bố trí kinh phí"),),
        assessment="Các nhiệm vụ đúng tiến độ.",
        next_steps="Hoàn thành kế hoạch năm.",
    )
    assert told(one, ISSUER, (CITY,)) == [
        "[OPENING]",
        "Thực hiện Kế hoạch số 48/KH-UBND, Sở Văn hóa và Thể thao báo cáo công tác thông tin đối ngoại quý II "
        "năm 2025 như sau:",
        "[GENERAL] Tình hình chung",
        "Sở đã ban hành 07 văn bản hướng dẫn.",
        "Số liệu tính từ ngày 15/3/2025 đến hết ngày 14/6/2025 theo Nghị định số 09/2019/NĐ-CP; 43/45 đơn vị đã gửi "
        "báo cáo.",
        "Còn 2 đơn vị chưa gửi báo cáo, chưa có trong số liệu tổng hợp: Phường Ba Đình, Phường Láng.",
        "Chưa có số liệu của cùng kỳ năm 2024 để so sánh.",
        "Số liệu của từng đơn vị nêu tại Phụ lục.",
        "[PART] Truyền thông đối ngoại",
        "Nội dung này ứng với mục II.1 của kế hoạch. Kết quả trong kỳ theo các chỉ tiêu:",
        "- Tin, bài đã đăng: 42 tin, bài; tăng 4 tin, bài (10,5%) so với quý I năm 2025; lũy kế từ đầu năm 80 tin, "
        "bài, đạt 53,3% kế hoạch năm (150 tin, bài).",
        "? Kết quả nổi bật",
        "- Phòng Truyền thông số: Mở trang tiếng Anh.",
        "Có 3 phim.",
        "[PART] Bồi dưỡng nghiệp vụ",
        "Các đơn vị chưa gửi nội dung của phần này.",
        "[DIFFICULTIES] Khó khăn, vướng mắc",
        "- Phường Láng: Thiếu người.",
        "Đề nghị: thêm người.",
        "[PROPOSALS] Đề xuất, kiến nghị",
        "- Phường Láng: Bố trí kinh phí.",
        "[ASSESSMENT] Đánh giá chung",
        "Các nhiệm vụ đúng tiến độ.",
        "[NEXT] Nhiệm vụ trọng tâm kỳ tiếp theo",
        "Hoàn thành kế hoạch năm.",
        "[CLOSING]",
        "Trên đây là báo cáo công tác thông tin đối ngoại quý II năm 2025, Sở Văn hóa và Thể thao kính báo cáo Ủy "
        "ban nhân dân Thành phố./.",
    ]


def test_correction_begins_with_the_version_that_it_corrects():
    one = report(
        corrects="Báo cáo số 12/BC-SVHTT ngày 20/06/2025", correction_reason="Phòng đếm lại\ntin, bài"
    )
    assert [each.text for each in narrative(one)[0].paragraphs] == [
        "Báo cáo này đính chính và thay thế Báo cáo số 12/BC-SVHTT ngày 20/06/2025.",
        "Lý do đính chính: Phòng đếm lại tin, bài.",
        "Đơn vị báo cáo công tác thông tin đối ngoại quý II năm 2025 như sau:",
    ]


def test_title_begins_small_within_a_sentence_unless_it_is_a_name():
    said = [
        narrative(report(title=title))[0].paragraphs[0].text
        for title in (
            "Kết quả công tác quý II",
            "Báo cáo Kết quả quý II",
            "Hà Nội qua báo chí",
            "UBND phường quý II",
        )
    ]
    assert said == [
        "Đơn vị báo cáo kết quả công tác quý II như sau:",
        "Đơn vị báo cáo kết quả quý II như sau:",
        "Đơn vị báo cáo Hà Nội qua báo chí như sau:",
        "Đơn vị báo cáo UBND phường quý II như sau:",
    ]


def test_several_tasks_of_the_next_period_are_a_list():
    lines = told(report(next_steps="Trình kế hoạch năm\nTổ chức tập huấn."))
    place = lines.index("[NEXT] Nhiệm vụ trọng tâm kỳ tiếp theo")
    assert lines[place + 1 : place + 3] == ["- Trình kế hoạch năm.", "- Tổ chức tập huấn."]


def test_section_of_the_plan_is_named_as_officers_name_it():
    parts = tuple(Part("Phần", ref, (figure(1),)) for ref in ("II.1", "II.2.-3"))
    said = [
        chapter.paragraphs[0].text for chapter in narrative(report(parts=parts)) if chapter.kind == "PART"
    ]
    assert said == [
        "Nội dung này ứng với mục II.1 của kế hoạch. Kết quả trong kỳ theo các chỉ tiêu:",
        "Nội dung này ứng với gạch đầu dòng thứ 3 mục II.2 của kế hoạch. Kết quả trong kỳ theo các chỉ tiêu:",
    ]


def test_what_no_figure_is_held_against_is_said_once():
    assert general(report(figure(3), figure(4, code="b"))) == [
        "Số liệu tính từ ngày 15/3/2025 đến hết ngày 14/6/2025 theo Nghị định số 09/2019/NĐ-CP; 45/45 đơn vị đã gửi "
        "báo cáo.",
        "Chưa có số liệu của quý I năm 2025 và cùng kỳ năm 2024 để so sánh.",
        "Chưa tính được số lũy kế từ đầu năm vì số liệu của các kỳ trong năm chưa đủ.",
    ]


def test_year_is_held_against_the_year_before_once():
    one = report(
        figure(3, 2, 2, year_sum=3),
        title="Báo cáo năm 2025",
        period="Năm 2025",
        period_before="Năm 2024",
        period_last_year="Năm 2024",
        first=date(2024, 12, 15),
        last=date(2025, 12, 14),
    )
    [_heading, point] = narrative(one)[2].paragraphs
    assert point.text == "Tin, bài đã đăng: 3 tin, bài; tăng 1 tin, bài (50%) so với năm 2024."
    assert general(one) == [
        "Số liệu tính từ ngày 15/12/2024 đến hết ngày 14/12/2025 theo Nghị định số 09/2019/NĐ-CP; 45/45 đơn vị đã "
        "gửi báo cáo."
    ]


def test_report_without_a_period_claims_no_decree_and_compares_with_nothing():
    one = report(
        figure(3),
        period="",
        period_before="",
        period_last_year="",
        first=date(2025, 3, 1),
        last=date(2025, 3, 31),
    )
    assert general(one) == [
        "Số liệu tính từ ngày 1/3/2025 đến hết ngày 31/3/2025; 45/45 đơn vị đã gửi báo cáo."
    ]


def test_many_units_are_named_in_an_annex():
    one = report(figure(3, missing=wards(5)), missing_units=wards(9))
    assert annexes_of(one) == Annexes("", "Phụ lục")
    assert general(one)[1] == (
        "Còn 9 đơn vị chưa gửi báo cáo, chưa có trong số liệu tổng hợp: Phường 1, Phường 2, Phường 3, Phường 4, "
        "Phường 5 và 4 đơn vị khác (Phụ lục)."
    )
    rows = tuple((name, (None,)) for name in wards(9))
    assert annexes_of(
        report(parts=(Part("x", "", (figure(3),), (), rows),), missing_units=wards(9))
    ) == Annexes("Phụ lục I", "Phụ lục II")


def test_figures_of_more_units_than_a_document_holds_are_said_to_be_left_out_and_no_file_is_promised():
    rows = tuple((name, (None,)) for name in wards(MOST_CELLS + 1))
    one = report(parts=(Part("x", "", (figure(3),), (), rows),))
    assert annexes_of(one) == Annexes("", "", too_large=True)
    assert general(one)[-1] == (
        "Số liệu của từng đơn vị nhiều hơn một phụ lục chứa được nên không kèm theo báo cáo này."
    )


def test_no_difficulties_are_said():
    assert told(report())[-4:-2] == [
        "[DIFFICULTIES] Khó khăn, vướng mắc",
        "Các đơn vị đã gửi báo cáo không nêu khó khăn, vướng mắc.",
    ]


def test_subject_leaves_the_type_out():
    assert subject_of("Báo cáo  công tác năm 2025") == "công tác năm 2025"
    assert subject_of("Kết quả công tác") == "Kết quả công tác"


@given(any_report())
def test_every_figure_of_any_report_stands_once_in_the_text_as_it_is(one):
    runs = [
        (chapter.part, run.code, run.text)
        for chapter in narrative(one, ISSUER)
        for paragraph in chapter.paragraphs
        for run in paragraph.runs
        if run.code
    ]
    assert runs == [
        (place, each.code, NO_FIGURE if each.value is None else amount(each, each.value))
        for place, part in enumerate(one.parts)
        for each in part.figures
    ]


@given(any_report())
def test_words_of_units_stand_behind_their_names(one):
    for chapter in narrative(one):
        for said in chapter.said:
            for paragraph in said.paragraphs:
                assert not paragraph.is_point or ": " in paragraph.text


@given(any_report())
def test_what_is_missing_is_said(one):
    words = "\n".join(told(one))
    if one.missing_units:
        assert f"Còn {len(one.missing_units)} đơn vị chưa gửi báo cáo" in words
    for part in one.parts:
        for each in part.figures:
            if each.value is None:
                assert NO_FIGURE in words
            if each.missing:
                assert f"{NO_FIGURE} của" in words or f"{NO_FIGURE} này" in words
