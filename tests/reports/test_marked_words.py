"""Words with a state-secret marking: refused before database, trail, mail or draft hold any of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from khuevan.core import clock
from khuevan.core.actions import unaudited
from khuevan.core.models import AuditEntry
from khuevan.outbox.models import OutgoingMail
from khuevan.plain.reporting.form_sheet import FIGURES
from khuevan.reports.actions import (
    UnitWords,
    correct_report,
    edit_english_summary,
    edit_passage,
    edit_report_words,
    keep_target,
    open_cycle,
    return_unit_report,
    save_unit_report,
    send_unit_report,
)
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.models import (
    ComposedReport,
    Cycle,
    Passage,
    Target,
    UnitAnswer,
    UnitDifficulty,
    UnitFigure,
    UnitReport,
)
from khuevan.reports.secrecy import refusal
from tests.factories.reports import CODE, reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed
from tests.reports.form_pages import fields_of, main_text, on, report_of

pytestmark = pytest.mark.django_db
SENTENCE = "Nội dung có dấu Mật, Tối mật hoặc Tuyệt mật không được soạn trên hệ thống nối mạng"
MARKED = "Đã kiểm tra 3 cơ sở.\nTối mật\nĐợt kiểm tra kín."


def kept() -> tuple[Any, ...]:
    """What a refused deed must leave as it was."""
    models = (UnitReport, UnitAnswer, UnitDifficulty, UnitFigure, ComposedReport, Passage, Cycle, Target)
    rows = tuple(list(model.objects.order_by("pk").values()) for model in models)
    return (*rows, AuditEntry.objects.count(), list(OutgoingMail.objects.values_list("text", flat=True)))


@pytest.fixture
def place():
    return reporting_office()


@pytest.fixture
def report(place):
    return report_of(place)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("answer", lambda place: UnitWords(answers={place.question.pk: MARKED})),
        ("difficulties", lambda place: UnitWords(difficulties=[("Thiếu người", ""), (MARKED, "")])),
        ("difficulties", lambda place: UnitWords(difficulties=[("Thiếu người", "Bổ sung (mật)")])),
        ("proposals", lambda place: UnitWords(proposals="TUYỆT MẬT: đề xuất")),
    ],
)
def test_a_units_marked_words_are_refused_by_field(place, report, field, words):
    before = kept()
    with on(), pytest.raises(ValidationError) as caught:
        save_unit_report(
            by=place.office.lead_officer,
            report=report,
            seen_version=0,
            figures={place.stories.pk: FigureEntry(Decimal(3))},
            words=words(place),
        )
    key = f"answer-{place.question.pk}" if field == "answer" else field
    assert caught.value.message_dict == {key: [refusal()]}
    assert kept() == before


def test_a_marked_reason_is_refused(place, report):
    before = kept()
    with on(), pytest.raises(ValidationError) as caught:
        place.filled(report.cycle, place.office.lead, done=(2, "Tối mật"))
    assert caught.value.message_dict == {f"reason-{place.done.pk}": [refusal()]}
    assert kept() == before


def test_words_that_were_stored_before_are_not_sent(place, report):
    with on():
        report = place.filled(report.cycle, place.office.lead, answer="Đã mở trang tin.")
        with unaudited("words of before the check"):
            UnitAnswer.objects.update(text=MARKED)
        before = kept()
        with pytest.raises(ValidationError, match="paper"):
            send_unit_report(by=place.office.lead_officer, report=report, seen_version=report.version)
    assert kept() == before


def test_the_page_keeps_nothing_of_a_form_with_a_marked_field_and_shows_the_other_fields(
    place, report, client
):
    client.force_login(place.office.lead_officer)
    with on():
        opened = fields_of(client.get(report.get_absolute_url()))
        before = kept()
        typed = opened | {
            f"answer-{place.question.pk}": MARKED,
            f"figure-{place.stories.pk}": "12",
            "proposals": "Thêm người.",
            "difficulty-text": ["Thiếu máy ảnh", "Mật"],
            "difficulty-asks": ["Mua", "x"],
        }
        for deed in ("save", "send"):
            page = client.post(report.get_absolute_url(), typed | {"do": deed})
            assert page.status_code == 422
            assert SENTENCE in main_text(page)
            assert "Tối mật\n" not in page.content.decode()
            shown = fields_of(page)
            assert (shown[f"figure-{place.stories.pk}"], shown["proposals"]) == ("12", "Thêm người.")
            assert shown[f"answer-{place.question.pk}"] == ""
            assert [one for one in shown["difficulty-text"] if one] == ["Thiếu máy ảnh"]
        script = client.post(
            report.get_absolute_url(), typed | {"do": "save"}, HTTP_ACCEPT="application/json"
        ).json()
    assert SENTENCE in script["said"]
    assert set(script["problems"]) == {f"answer-{place.question.pk}", "difficulties"}
    # The script leaves alone what is typed but not stored.
    assert f"figure-{place.stories.pk}" not in script["texts"]
    assert script["difficulties"] is None
    assert kept() == before


DEEDS: dict[str, Callable[[Scene], object]] = {
    "return": lambda scene: return_unit_report(
        by=scene.planner, report=scene.place.report_of(scene.cycle, scene.place.office.lead), reason=MARKED
    ),
    "passage": lambda scene: edit_passage(
        by=scene.planner, passage=Passage.objects.order_by("pk")[0], text=MARKED, is_included=True
    ),
    "title": lambda scene: edit_report_words(
        by=scene.planner, report=scene.report, title="Mật", opening="", assessment="", next_steps=""
    ),
    "opening": lambda scene: edit_report_words(
        by=scene.planner, report=scene.report, title="A", opening=MARKED, assessment="", next_steps=""
    ),
    "next steps": lambda scene: edit_report_words(
        by=scene.planner, report=scene.report, title="A", opening="", assessment="", next_steps=MARKED
    ),
    "english": lambda scene: edit_english_summary(
        by=scene.planner, report=scene.report, issuer="", words="Three shows.\nTỐI MẬT", contact=""
    ),
    "target": lambda scene: keep_target(
        by=scene.planner,
        target=Target(rule_code=CODE, indicator_code="tin_bai", year=2025, value=Decimal(4), source="Mật"),
    ),
}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_marked_words_of_those_who_gather_are_refused(deed):
    scene = composed()
    before = kept()
    with clock.stopped_at(at(SENT, 10)), pytest.raises(ValidationError, match="paper"):
        DEEDS[deed](scene)
    assert kept() == before


def test_a_marked_reason_of_a_correction_and_a_marked_name_are_refused():
    scene = composed()
    with clock.stopped_at(at(SENT, 10)):
        frozen = scene.frozen()
        before = kept()
        with pytest.raises(ValidationError, match="paper"):
            correct_report(by=scene.planner, report=frozen, reason=MARKED)
    assert kept() == before
    thematic = scene.place.rule
    with unaudited("a thematic rule"):
        thematic.frequency, thematic.kind = "", "THEMATIC"
        thematic.save()
    before = kept()
    with clock.stopped_at(at(SENT, 10)), pytest.raises(ValidationError, match="paper"):
        open_cycle(
            by=scene.planner, rule=thematic, name="Tối mật", first_date=date(2025, 1, 1), last_date=SENT
        )
    assert kept() == before


def test_no_draft_is_begun_of_a_report_that_holds_marked_words():
    scene = composed()
    with unaudited("words of before the check"):
        Passage.objects.filter(unit=scene.place.office.lead).update(text=MARKED)
    before = kept()
    with clock.stopped_at(at(SENT, 10)):
        with pytest.raises(ValidationError, match="paper"):
            scene.frozen()
        assert kept() == before
        edit_passage(by=scene.planner, passage=Passage.objects.get(text=MARKED), text="", is_included=False)
        assert scene.frozen().draft is not None


def test_words_whose_passage_is_gone_are_not_kept_in_a_message(client):
    scene = composed()
    client.force_login(scene.planner)
    gone = reverse("reports:passage", args=[scene.report.pk, 10**6])
    with clock.stopped_at(at(SENT, 10)):
        shown = client.post(gone, {"text": "Tối mật"}, follow=True)
    assert "Tối mật" not in shown.content.decode()


def marked_cell(book: Workbook) -> None:
    book["Khó khăn"]["A300"] = "Tối mật"


def marked_beside(book: Workbook) -> None:
    book[FIGURES]["Z9"] = "mật"


def marked_sheet(book: Workbook) -> None:
    book.create_sheet("Ghi chép")["C3000"] = "Tuyệt mật"


def marked_tab(book: Workbook) -> None:
    book.create_sheet("TỐI MẬT")


def marked_comment(book: Workbook) -> None:
    book[FIGURES]["A1"].comment = Comment("Tối mật", "Cán bộ")


def marked_head(book: Workbook) -> None:
    book[FIGURES].oddHeader.center.text = "MẬT"
    book[FIGURES].oddHeader.center.size = 12


def marked_fonts(book: Workbook) -> None:
    book["Câu hỏi"]["C5"] = CellRichText("T", TextBlock(InlineFont(b=True), "ối mật"))


def marked_title(book: Workbook) -> None:
    book.properties.title = "Tối mật"


@pytest.mark.parametrize(
    "mark",
    [
        marked_cell,
        marked_beside,
        marked_sheet,
        marked_tab,
        marked_comment,
        marked_head,
        marked_fonts,
        marked_title,
    ],
)
def test_a_file_with_a_marking_in_any_corner_is_refused(place, report, client, mark):
    client.force_login(place.office.lead_officer)
    with on():
        answer = client.get(reverse("reports:form_sheet", args=[report.pk]))
    book = load_workbook(io.BytesIO(answer.content))
    mark(book)
    stream = io.BytesIO()
    book.save(stream)
    before = kept()
    with on():
        page = client.post(
            reverse("reports:form_upload", args=[report.pk]),
            {"file": SimpleUploadedFile("bieu-mau.xlsx", stream.getvalue())},
        )
    assert page.status_code == 422
    assert "Tệp này có dấu độ mật" in main_text(page)
    assert kept() == before


def test_a_file_with_a_marking_as_its_name_is_refused_without_repeating_it(place, report, client):
    client.force_login(place.office.lead_officer)
    with on():
        page = client.post(
            reverse("reports:form_upload", args=[report.pk]),
            {"file": SimpleUploadedFile("TỐI MẬT.pdf", b"x")},
        )
    assert page.status_code == 422
    assert "Tệp này có dấu độ mật" in main_text(page)
    assert "TỐI MẬT" not in page.content.decode()
