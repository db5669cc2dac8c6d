"""A frozen report as an official document: its draft, the checks, the PDF and the Word file."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from decimal import Decimal

import docx
import pdfplumber
import pytest

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.draft_content import composition_of, content_of, whole_composition
from khuevan.documents.draft_printing import draft_pdf, draft_word
from khuevan.documents.models import NumberBook
from khuevan.documents.rules import errors_of
from khuevan.plain.official_documents.writing.composition import Picture, Table, every_section
from khuevan.plain.reporting.composer import annexes_of_report, sections_of_report
from khuevan.plain.reporting.narrative import annexes_of
from khuevan.plain.reporting.report import Part
from khuevan.reports.actions import compose_report, correct_report, edit_report_words, freeze_report
from khuevan.reports.models import RuleRecipient
from tests.factories.documents import NumberBookFactory, plan_content
from tests.factories.reports import ReportingOffice, reporting_office
from tests.factories.work import at
from tests.plain.reporting.reports import figure, report
from tests.reports.composing_scenes import numbered

pytestmark = pytest.mark.django_db
MM = 25.4 / 72
DAY = date(2025, 6, 16)
STORIES = "Tin, bài đã đăng: 12 tin, bài; tăng 4 tin, bài (50%) so với quý I năm 2025; lũy kế từ đầu năm 20 tin, bài."


@pytest.fixture
def place():
    """The office, whose second quarter both divisions have sent; the first quarter's report is issued."""
    office = reporting_office(plan_title="Kế hoạch thông tin đối ngoại năm 2025")
    with unaudited("a test's own name"):
        # The head of a document takes its place from the name of the body.
        office.office.department.name = "Sở Văn hóa và Thể thao thành phố Hà Nội"
        office.office.department.save()
    with clock.stopped_at(at(date(2025, 3, 17))):
        first = office.cycle(2025, 1)
        office.sent(first, office.office.lead, stories=8)
        numbered(frozen(office, compose_report(by=office.office.planner, cycle=first)), office.office.other)
    with clock.stopped_at(at(date(2025, 6, 5))):
        cycle = office.cycle(2025, 2)
    with clock.stopped_at(at(DAY)):
        office.sent(cycle, office.office.lead, stories=5, answer="- Mở trang tiếng Anh\n- Có 3 phim")
        office.sent(cycle, office.office.support, stories=7, money=("1250000000", ""))
        yield office, cycle


def frozen(place: ReportingOffice, report):
    """The report, frozen with a draft of the planner's division."""
    book = NumberBook.objects.first() or NumberBookFactory(unit=place.office.department, body_code="SVHTT")
    unit = place.office.planner.posts.get().unit
    return freeze_report(by=place.office.planner, report=report, book=book, unit=unit)


def texts(sections):
    return [
        block.text
        for one in every_section(sections)
        for block in one.blocks
        if not isinstance(block, Table | Picture)
    ]


def test_report_becomes_a_document_that_no_check_stops(place):
    office, cycle = place
    with clock.stopped_at(at(DAY)):
        report = compose_report(by=office.office.planner, cycle=cycle)
        report = edit_report_words(
            by=office.office.planner, report=report, title=report.title, opening="Sở đã ban hành 02 văn bản.",
            assessment="Đúng tiến độ.", next_steps="Hoàn thành kế hoạch năm.",
        )  # fmt: skip
        draft = frozen(office, report).draft
        assert errors_of(draft, DAY) == ()
        composition = whole_composition(draft)
    assert (composition.title, composition.type, composition.addressees) == (
        "Công tác thông tin đối ngoại quý II năm 2025",
        "Báo cáo",
        ("UBND Thành phố",),
    )
    assert [(one.name, one.purpose) for one in composition.recipients] == [
        ("Như trên", None),
        ("Lưu: VT, KHTC", None),
    ]
    assert [annex.label for annex in composition.annexes] == ["Phụ lục"]
    said = texts(composition.sections)
    assert said[0] == (
        "Thực hiện Kế hoạch thông tin đối ngoại năm 2025, Sở Văn hóa và Thể thao thành phố Hà Nội báo cáo công "
        "tác thông tin đối ngoại quý II năm 2025 như sau:"
    )
    assert STORIES in said
    assert (
        "Kinh phí đã sử dụng: 1,25 tỷ đồng; quý I năm 2025 chưa có số liệu; lũy kế từ đầu năm chưa đủ số liệu; chưa "
        "có số liệu của Phòng Thông tin – Báo chí – Xuất bản." in said
    )
    assert said[-1] == (
        "Trên đây là báo cáo công tác thông tin đối ngoại quý II năm 2025, Sở Văn hóa và Thể thao thành phố Hà Nội "
        "kính báo cáo UBND Thành phố./."
    )
    assert [picture.filename for picture in draft.pictures.all()] == ["bieu-do-1.png"]


def test_printed_report_shows_its_charts_and_figures_in_both_files(place):
    office, cycle = place
    with clock.stopped_at(at(DAY)):
        draft = frozen(office, compose_report(by=office.office.planner, cycle=cycle)).draft
        pdf, word = draft_pdf(draft), draft_word(draft)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        images = [image for page in document.pages for image in page.images]
        words = " ".join(" ".join(page.extract_text().split()) for page in document.pages)
    assert [round((image["x1"] - image["x0"]) * MM) for image in images] == [160]
    assert all(image["x0"] * MM >= 29.9 and image["x1"] * MM <= 190.1 for image in images)
    assert STORIES in words
    written = docx.Document(io.BytesIO(word))
    assert any(STORIES in one.text for one in written.paragraphs)
    assert len(written.inline_shapes) == 1


def test_correction_names_the_version_that_it_corrects(place):
    office, cycle = place
    with clock.stopped_at(at(DAY)):
        composed = frozen(office, compose_report(by=office.office.planner, cycle=cycle))
        first = numbered(composed, office.office.other)
        symbol = first.draft.document.symbol
        second = correct_report(by=office.office.planner, report=first, reason="Phòng đếm lại tin, bài.")
        said = texts(whole_composition(frozen(office, second).draft).sections)
    assert said[:2] == [
        f"Báo cáo này đính chính và thay thế Báo cáo số {symbol} ngày 16 tháng 6 năm 2025.",
        "Lý do đính chính: Phòng đếm lại tin, bài.",
    ]


def test_recipients_who_are_not_addressed_stand_below(place):
    office, cycle = place
    with unaudited("a test's own recipient"):
        RuleRecipient.objects.create(rule=office.rule, name="Ban Chỉ đạo", purpose="để b/c", order=2)
    with clock.stopped_at(at(DAY)):
        composition = whole_composition(
            frozen(office, compose_report(by=office.office.planner, cycle=cycle)).draft
        )
    assert [(one.name, one.purpose) for one in composition.recipients] == [
        ("Như trên", None),
        ("Ban Chỉ đạo", "để b/c"),
        ("Lưu: VT, KHTC", None),
    ]


def test_body_that_no_list_knows_is_named_as_the_organisation_names_it(place):
    office, cycle = place
    with unaudited("a test's own name"):
        office.office.department.name = "Quỹ Phát triển Ẩm thực thành phố Hà Nội"
        office.office.department.save()
    # A book without drafts: the head of the next is made from the name, in capitals.
    book = NumberBookFactory(unit=office.office.department, body_code="QPT")
    unit = office.office.planner.posts.get().unit
    with clock.stopped_at(at(DAY)):
        report = compose_report(by=office.office.planner, cycle=cycle)
        draft = freeze_report(by=office.office.planner, report=report, book=book, unit=unit).draft
        composition = whole_composition(draft)
    assert texts(composition.sections)[-1] == (
        "Trên đây là báo cáo công tác thông tin đối ngoại quý II năm 2025, Quỹ Phát triển Ẩm thực thành phố Hà Nội "
        "kính báo cáo UBND Thành phố./."
    )


def test_largest_annex_is_one_that_a_draft_holds():
    """Any shape of figures by unit that is said to fit does: few figures of many units, and many of few."""
    for units, count in ((6_500, 1), (170, 78), (20, 470)):
        figures = tuple(figure(count, code=f"c{place}", year_sum=1) for place in range(count))
        rows = tuple((f"Phường {number}", (Decimal(10**9),) * count) for number in range(units))
        one = report(parts=(Part("Phần", "", figures, (), rows),))
        assert annexes_of(one).by_unit
        empty = composition_of(plan_content())
        content_of(
            dataclasses.replace(empty, sections=sections_of_report(one), annexes=annexes_of_report(one))
        )
