"""The form's page: who opens it, what it keeps, what it sends, what it says when something is wrong."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from khuevan.core.actions import unaudited
from khuevan.people.choices import Role
from khuevan.reports.actions import close_cycle, return_unit_report
from khuevan.reports.choices import FigureSource, FigureType, UnitReportState
from khuevan.reports.models import FormSection, Indicator, UnitAnswer, UnitDifficulty, UnitFigure, UnitReport
from tests.factories.people import PostFactory
from tests.factories.reports import reporting_office
from tests.reports.form_pages import BEFORE_CUT_OFF, IN_TIME, fields_of, main_text, on, report_of
from tests.reports.test_quarter import done_by_the_lead

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def place():
    office = reporting_office()
    done_by_the_lead(office, date(2025, 6, 10))
    return office


@pytest.fixture
def report(place):
    return report_of(place)


def signed_in(client, person):
    client.force_login(person)
    return client


def stored_figures(report: UnitReport) -> dict[str, tuple[Decimal | None, str]]:
    return {
        one.indicator.code: (one.value, one.reason)
        for one in UnitFigure.objects.filter(report=report).select_related("indicator")
    }


def test_form_shows_what_is_known_and_what_was_sent_before(place, report, client):
    with on(date(2025, 3, 10)):
        earlier = place.cycle(2025, 1)
    with on(date(2025, 3, 17)):
        place.sent(earlier, place.office.lead, stories=12)
    with on():
        page = signed_in(client, place.office.lead_officer).get(report.get_absolute_url())
    fields = fields_of(page)
    assert fields[f"figure-{place.done.pk}"] == "1"
    assert fields[f"figure-{place.stories.pk}"] == ""
    assert f"figure-{place.rate.pk}" not in fields
    words = main_text(page)
    assert "Tin, bài đã đăng Kỳ trước: 12" in words
    assert "Phần mềm đếm được 1 Xem 1 mục" in words
    assert "Cách tính: 100 × “Nhiệm vụ hoàn thành” : “Nhiệm vụ đến hạn”" in words


def test_form_is_kept_as_it_was_sent_and_says_when(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        fields |= {
            f"figure-{place.stories.pk}": "1.234",
            f"figure-{place.money.pk}": "12 500 000 đồng",
            f"figure-{place.done.pk}": "3",
            f"reason-{place.done.pk}": "Hai việc chưa ghi vào phần mềm.",
            f"answer-{place.question.pk}": "Đã mở trang tin.\r\nĐã họp báo.",
            "difficulty-text": ["Thiếu người.", "", "Thiếu máy."],
            "difficulty-asks": ["Xin thêm.", "", ""],
            "proposals": "Bố trí kinh phí.",
            "do": "save",
        }
        page = client.post(report.get_absolute_url(), fields, follow=True)
    assert page.redirect_chain == [(report.get_absolute_url(), 302)]
    assert "Đã lưu lúc 09:00" in main_text(page)
    assert stored_figures(report) == {
        "xong": (Decimal(3), "Hai việc chưa ghi vào phần mềm."),
        "tin_bai": (Decimal(1234), ""),
        "kinh_phi": (Decimal(12_500_000), ""),
    }
    assert UnitAnswer.objects.get(report=report).text == "Đã mở trang tin.\nĐã họp báo."
    assert list(UnitDifficulty.objects.filter(report=report).values_list("text", "asks_for")) == [
        ("Thiếu người.", "Xin thêm."),
        ("Thiếu máy.", ""),
    ]
    report.refresh_from_db()
    assert (report.proposals, report.saved_by, report.version) == (
        "Bố trí kinh phí.",
        place.office.lead_officer,
        1,
    )


def test_a_bad_number_stays_in_its_field_and_the_rest_is_kept(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        fields |= {f"figure-{place.stories.pk}": "1.23.4", "proposals": "Giữ lại.", "do": "save"}
        page = client.post(report.get_absolute_url(), fields)
    assert page.status_code == 422
    shown = fields_of(page)
    assert (shown[f"figure-{place.stories.pk}"], shown["proposals"]) == ("1.23.4", "Giữ lại.")
    assert f'<a href="#figure-{place.stories.pk}">' in page.content.decode()
    assert "“1.23.4”: hàng nghìn viết theo nhóm ba chữ số (12.500.000)" in main_text(page)
    assert stored_figures(report) == {}
    report.refresh_from_db()
    assert report.proposals == "Giữ lại."


def test_sending_lists_every_problem_with_a_link_to_its_field(place, report, client):
    with unaudited("a test's own question"):
        place.question.is_required = True
        place.question.save()
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        page = client.post(report.get_absolute_url(), fields | {f"figure-{place.done.pk}": "5", "do": "send"})
    assert page.status_code == 422
    text = page.content.decode()
    for anchor in (
        f"figure-{place.done.pk}",
        f"figure-{place.stories.pk}",
        f"answer-{place.question.pk}",
    ):
        assert f'<li><a href="#{anchor}">' in text
        assert f'id="{anchor}"' in text
    assert "“Nhiệm vụ hoàn thành”: hãy ghi vì sao là 5 chứ không phải 1 như phần mềm đếm." in main_text(page)
    report.refresh_from_db()
    assert report.state == UnitReportState.WAITING
    # What was typed is kept all the same.
    assert stored_figures(report) == {"xong": (Decimal(5), "")}


def test_a_report_is_sent_and_then_only_read(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        page = client.post(
            report.get_absolute_url(), fields | {f"figure-{place.stories.pk}": "4", "do": "send"}, follow=True
        )
    assert "Lê Thị Viên đã gửi lúc 09:00 16/06/2025." in main_text(page)
    assert "uf-form" not in page.content.decode()
    report.refresh_from_db()
    assert (report.state, report.sent_by) == (UnitReportState.SENT, place.office.lead_officer)
    assert stored_figures(report) == {
        "xong": (Decimal(1), ""),
        "den_han": (Decimal(0), ""),
        "ty_le": (None, ""),
        "tin_bai": (Decimal(4), ""),
        "kinh_phi": (None, ""),
    }


def test_a_second_press_of_the_button_sends_nothing_twice(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        fields |= {f"figure-{place.stories.pk}": "4", "do": "send"}
        client.post(report.get_absolute_url(), fields)
        page = client.post(report.get_absolute_url(), fields, follow=True)
    assert "Báo cáo này đã được gửi; không gửi lặp lại." in main_text(page)
    assert UnitReport.objects.get(pk=report.pk).version == 2


def test_before_the_cut_off_it_is_filled_but_not_sent(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on(BEFORE_CUT_OFF):
        page = client.get(report.get_absolute_url())
        assert "Số liệu tính đến hết ngày 14/06/2025" in main_text(page)
        assert "Gửi báo cáo" not in main_text(page)
        fields = fields_of(page) | {f"figure-{place.stories.pk}": "4", "do": "send"}
        page = client.post(report.get_absolute_url(), fields)
    assert page.status_code == 422
    assert "hãy gửi báo cáo sau ngày đó" in main_text(page)
    assert stored_figures(report) == {"tin_bai": (Decimal(4), "")}
    report.refresh_from_db()
    assert report.state == UnitReportState.WAITING


def test_a_returned_report_says_why_on_top(place, report, client):
    with on():
        sent = place.sent(report.cycle, place.office.lead)
        return_unit_report(by=place.office.planner, report=sent, reason="Đếm lại tin, bài.")
        page = signed_in(client, place.office.lead_officer).get(report.get_absolute_url())
    words = main_text(page)
    assert "Nguyễn Thị Kế Hoạch trả lại lúc 09:00 16/06/2025 Đếm lại tin, bài." in words
    assert fields_of(page)[f"figure-{place.stories.pk}"] == "3"


def test_what_was_typed_into_a_form_that_was_sent_meanwhile_is_shown(place, report, client):
    signed_in(client, place.office.lead_head)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        place.sent(report.cycle, place.office.lead)
        page = client.post(
            report.get_absolute_url(),
            fields | {f"figure-{place.stories.pk}": "9", "proposals": "Thêm người."},
        )
    assert page.status_code == 409
    words = main_text(page)
    assert "Báo cáo đã gửi: chỉ sửa được khi báo cáo được trả lại." in words
    assert "Tin, bài đã đăng 9 Đề xuất, kiến nghị Thêm người." in words
    with on():
        page = client.post(report.get_absolute_url(), fields | {f"figure-{place.stories.pk}": "chín"})
    assert (page.status_code, "Tin, bài đã đăng chín" in main_text(page)) == (409, True)
    assert stored_figures(report)["tin_bai"] == (Decimal(3), "")


def test_a_draft_is_seen_by_its_own_people_alone(place, report, client):
    office = place.office
    with on():
        place.filled(report.cycle, office.lead)
        for person in (office.lead_head, office.lead_officer):
            assert signed_in(client, person).get(report.get_absolute_url()).status_code == 200
        strangers = (office.planner, office.director, office.auditor, office.support_officer)
        for view in ("unit_report", "form_sheet", "form_upload"):
            address = reverse(f"reports:{view}", args=[report.pk])
            assert [signed_in(client, one).get(address).status_code for one in strangers] == [404] * 4
        place.sent(report.cycle, office.lead)
        seen = [signed_in(client, one).get(report.get_absolute_url()).status_code for one in strangers]
        assert seen == [200, 200, 200, 404]
        # Whoever reads what was sent still fills nothing.
        answer = signed_in(client, office.planner).post(report.get_absolute_url(), {"do": "save"})
    assert answer.status_code == 403


def test_a_closed_cycle_shows_what_was_filled_and_takes_nothing(place, report, client):
    with on():
        place.filled(report.cycle, place.office.lead, stories=7)
        close_cycle(by=place.office.planner, cycle=report.cycle)
        signed_in(client, place.office.lead_officer)
        page = client.get(report.get_absolute_url())
        assert "Kỳ báo cáo đã đóng và báo cáo chưa được gửi." in main_text(page)
        page = client.post(report.get_absolute_url(), {f"figure-{place.stories.pk}": "8"})
    assert page.status_code == 409
    assert stored_figures(report) == {"tin_bai": (Decimal(7), "")}


def test_a_row_is_added_without_javascript_and_nothing_is_lost(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        fields |= {"difficulty-text": ["Một.", "Hai."], "difficulty-asks": ["", ""], "do": "row"}
        page = client.post(report.get_absolute_url(), fields)
    assert [words for words in fields_of(page)["difficulty-text"] if words] == ["Một.", "Hai."]
    assert fields_of(page)["difficulty-text"].count("") == 3


def test_records_of_a_figure_open_at_their_pages(place, report, client):
    signed_in(client, place.office.lead_officer)
    address = reverse("reports:unit_records", args=[report.pk, place.done.pk])
    instalment = reverse("programme:instalment", args=[place.office.lead_instalment.pk])
    with on():
        page, part = client.get(address), client.get(address, {"phan": "1"})
        nothing = client.get(reverse("reports:unit_records", args=[report.pk, place.stories.pk]))
        place.sent(report.cycle, place.office.lead)
        sent = client.get(address)
    assert f'<a href="{instalment}">Tổ chức tuần phim' in page.content.decode()
    assert f'<a href="{instalment}">Tổ chức tuần phim' in part.content.decode()
    assert "<main" not in part.content.decode()
    assert f'<a href="{instalment}">Tổ chức tuần phim' in sent.content.decode()
    assert nothing.status_code == 404


def test_an_untouched_counted_figure_is_no_correction_when_it_grows(place, report, client):
    """The page shows 0; before it is saved, work is accepted: 0 in the field must not become the unit's own."""
    support = report_of(place, place.office.support)
    signed_in(client, place.office.support_officer)
    with on():
        fields = fields_of(client.get(support.get_absolute_url()))
        assert fields[f"figure-{place.due.pk}"] == "0"
        with unaudited("work that became due meanwhile"):
            instalment = place.office.support_instalment
            instalment.due_date = date(2025, 6, 1)
            instalment.save()
        page = client.post(support.get_absolute_url(), fields | {"proposals": "Không."}, follow=True)
    assert fields_of(page)[f"figure-{place.due.pk}"] == "1"
    assert stored_figures(support) == {}


def test_a_figure_that_is_counted_since_the_page_was_opened_is_not_sent_unseen(place, report, client):
    support = report_of(place, place.office.support)
    signed_in(client, place.office.support_officer)
    with on():
        fields = fields_of(client.get(support.get_absolute_url()))
        with unaudited("work that became due meanwhile"):
            instalment = place.office.support_instalment
            instalment.due_date = date(2025, 6, 1)
            instalment.save()
        sending = {f"figure-{place.stories.pk}": "4", "proposals": "Mở lớp.", "do": "send"}
        page = client.post(support.get_absolute_url(), fields | sending)
        support.refresh_from_db()
        assert (page.status_code, support.state, support.proposals) == (
            422,
            UnitReportState.WAITING,
            "Mở lớp.",
        )
        assert (
            "“Nhiệm vụ đến hạn”: hiện phần mềm đếm được 1, trang đã hiển thị 0. Hãy xem lại rồi gửi."
            in main_text(page)
        )
        # Now it was seen.
        client.post(support.get_absolute_url(), fields_of(page) | {"do": "send"})
    support.refresh_from_db()
    assert support.state == UnitReportState.SENT
    assert stored_figures(support)["den_han"] == (Decimal(1), "")


def test_autosave_answers_with_what_stands_now(place, report, client):
    signed_in(client, place.office.lead_officer)
    with on():
        fields = fields_of(client.get(report.get_absolute_url()))
        fields |= {f"figure-{place.stories.pk}": "1200", f"figure-{place.money.pk}": "nhiều", "do": "save"}
        answer = client.post(report.get_absolute_url(), fields, **JSON)
    assert answer.status_code == 200
    found = answer.json()
    assert found["said"] == "Đã lưu, trừ những ô được đánh dấu: hãy sửa ở đó."
    assert found["problems"] == {f"figure-{place.money.pk}": ["“nhiều” không phải là số."]}
    assert found["texts"] == {
        f"figure-{place.done.pk}": "1",
        f"reason-{place.done.pk}": "",
        f"figure-{place.due.pk}": "0",
        f"reason-{place.due.pk}": "",
        f"figure-{place.rate.pk}": "",
        f"figure-{place.stories.pk}": "1.200",
        f"answer-{place.question.pk}": "",
        "proposals": "",
    }
    assert found["known"] == {str(place.done.pk): ["1", "1", 1], str(place.due.pk): ["0", "0", 0]}
    assert found["computed"] == {str(place.rate.pk): ""}
    assert found["open"] == {f"phan-{place.results.pk}": 0, f"phan-{place.media.pk}": 0}
    assert json.loads(found["seen"]).keys() >= {f"figure-{place.stories.pk}", f"known-{place.done.pk}"}
    assert stored_figures(report) == {"tin_bai": (Decimal(1200), "")}


def many_indicators(place, count: int) -> None:
    """More figures to ask: half of them counted, each in a part of its own of the plan."""
    with unaudited("a large form"):
        for number in range(count):
            section = FormSection.objects.create(
                rule=place.rule, heading=f"Phần {number}", plan_ref=f"II.{number}", order=10 + number
            )
            for source, key in ((FigureSource.ENTERED, ""), (FigureSource.COUNTED, "programme.done")):
                Indicator.objects.create(
                    section=section, code=f"{source.lower()}_{number}", name=f"Chỉ tiêu {number}",
                    source=source, source_key=key, within_section=bool(key), type=FigureType.COUNT,
                )  # fmt: skip


@pytest.mark.parametrize("pairs", [1, 30])
def test_form_asks_as_little_however_long_it_is(place, client, django_assert_max_num_queries, pairs):
    many_indicators(place, pairs)
    report = report_of(place)
    signed_in(client, place.office.lead_officer)
    with on():
        client.get(report.get_absolute_url())
        with django_assert_max_num_queries(19):
            page = client.get(report.get_absolute_url())
    assert page.content.decode().count('class="uf-figure') == 5 + 2 * pairs


def test_heads_of_a_department_fill_for_the_units_below(place, report, client):
    head = PostFactory(role=Role.UNIT_HEAD, unit=place.office.department).person
    with on(IN_TIME):
        assert signed_in(client, head).get(report.get_absolute_url()).status_code == 200
