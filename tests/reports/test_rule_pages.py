"""Pages of rules: what they show, and a rule written, put in force and followed by another through them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import Unit, User
from khuevan.people.queries import system_person
from khuevan.people.units_file import import_units
from khuevan.reports.actions import begin_new_version, put_in_force
from khuevan.reports.bundled_rules import put_in_bundled_rule
from khuevan.reports.choices import FigureSource, RuleState
from khuevan.reports.forms.rule_form import code_from_name
from khuevan.reports.models import (
    FormSection,
    Indicator,
    Question,
    ReportingRule,
    RuleRecipient,
    Target,
)
from tests.factories.people import UnitFactory, person_with_role
from tests.factories.reporting_rules import (
    CODE,
    bare_rule,
    computed,
    indicator,
    question,
    section_of,
    written_rule,
)
from tests.factories.work import at, office

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 20)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def planner() -> User:
    return person_with_role(Role.PLANNING_OFFICER)


@pytest.fixture
def officer() -> User:
    return person_with_role(Role.UNIT_OFFICER)


@pytest.fixture
def division() -> Unit:
    return UnitFactory(name="Phòng Thông tin", kind="DIVISION")


def url(name: str, *args: Any) -> str:
    return reverse(f"reports:{name}", args=args)


def page(client: Client, person: User, address: str) -> str:
    """What the person reads there, in one line."""
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().split('<div class="vb">', 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def sent(client: Client, person: User, address: str, **data: Any) -> Any:
    client.force_login(person)
    return client.post(address, data)


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


HEAD = {
    "name": "Báo cáo đột xuất về tuần phim",
    "code": "bc-tuan-phim",
    "kind": "AD_HOC",
    "frequency": "",
    "content_kind": "BOTH",
    "content": "Kết quả tuần phim.",
    "way": "Trên phần mềm",
    "deadline_number": "2",
    "deadline_basis": "WORKING_DAYS",
    "opens_before": "10",
    "closes_after": "15",
    "calls": "-2; 0, +1",
}


def test_list_has_rules_in_force_being_written_and_ended(client, planner, officer, division):
    first = put_in_force(by=planner, rule=written_rule(division), valid_from=DAY)
    begin_new_version(by=planner, rule=first)
    written_rule(division, code="moi", name="Báo cáo mới soạn")
    written_rule(
        division, code="cu", name="Báo cáo cũ", state=RuleState.ENDED,
        valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31),
    )  # fmt: skip
    text = page(client, planner, url("rules"))
    places = [
        text.index(words)
        for words in (
            "Đang có hiệu lực",
            "Báo cáo tháng về thông tin đối ngoại",
            "đang soạn phiên bản 2",
            "Đang soạn",
            "Báo cáo mới soạn",
            "Đã kết thúc",
            "Báo cáo cũ",
            "từ 01/01/2024 đến 31/12/2024",
        )
    ]
    assert places == sorted(places)
    # What is only being written is nobody else's business.
    text = page(client, officer, url("rules"))
    assert ("Báo cáo cũ" in text, "Báo cáo mới soạn" in text, "phiên bản 2" in text) == (True, False, False)


def test_empty_list_says_who_sets_rules_up(client, planner, officer):
    assert "Quy định báo cáo mới" in page(client, planner, url("rules"))
    text = page(client, officer, url("rules"))
    assert "Cán bộ kế hoạch và quản trị viên lập các quy định." in text
    assert "Quy định báo cáo mới" not in text


def test_rule_reads_like_article_8_with_the_days_of_the_next_period(client, officer):
    import_units(by=system_person())
    rule = put_in_bundled_rule(by=system_person())
    text = page(client, officer, rule.get_absolute_url())
    for words in (
        "Nội dung báo cáo Kết quả thực hiện kế hoạch",
        "Đối tượng báo cáo Mọi đơn vị thuộc loại: phường, xã Phòng Thông tin – Báo chí – Xuất bản",
        "Hiện có 5 đơn vị",
        "Phương thức gửi Các đơn vị điền biểu mẫu",
        "Tần suất Hằng quý",
        "quý II năm 2025: 15/03/2025 – 14/06/2025",
        "Các đơn vị gửi Phòng Thông tin – Báo chí – Xuất bản trong 3 ngày làm việc sau ngày chốt số liệu 18/06/2025",
        "Ủy ban nhân dân Thành phố (để báo cáo) chậm nhất ngày 25 của tháng cuối kỳ 25/06/2025",
        "trước hạn 3 ngày làm việc; đúng ngày đến hạn; sau hạn 1 ngày làm việc",
        "27 chỉ tiêu, 4 câu hỏi",
        "2. Xây dựng, tham mưu ban hành các văn bản chỉ đạo mục II.1 của kế hoạch chỉ hỏi: phòng, văn phòng",
        "phần mềm đếm: Nhiệm vụ được nghiệm thu hoàn thành, trong mục II.1 của kế hoạch",
        "tính: 100 * dung_han / den_han",
    ):
        assert words in text, words
    assert "Lập phiên bản mới" not in text


def test_thematic_rule_has_no_period_and_a_recipient_before_the_units_is_marked(client, planner, division):
    rule = written_rule(division, code="chuyen-de", kind="THEMATIC", frequency="")
    assert "Chốt số liệu ghi khi mở báo cáo" in page(client, planner, rule.get_absolute_url())
    monthly = written_rule(division)
    with unaudited("an early recipient"):
        RuleRecipient.objects.create(rule=monthly, name="Bộ", deadline_basis="LAST_MONTH", deadline_number=14)
    assert "trước hạn gửi của đơn vị" in page(client, planner, monthly.get_absolute_url())


def test_rule_is_written_and_put_in_force_by_its_pages_alone(client, planner, division):
    ward = UnitFactory(name="Phường Hoàn Kiếm", kind="WARD")
    answer = sent(client, planner, url("rule_new"), **HEAD, gatherer=division.pk)
    rule = ReportingRule.objects.get()
    assert (answer.status_code, answer.url) == (302, url("rule_people", rule.pk))
    assert (rule.code, rule.calls, rule.frequency, rule.state) == (
        "bc-tuan-phim",
        [-2, 0, 1],
        "",
        RuleState.WRITTEN,
    )
    text = page(client, planner, url("rule_in_force", rule.pk))
    assert "Còn 3 điểm cần hoàn thiện" in text
    sent(client, planner, url("rule_people", rule.pk), kinds=["COMMUNE"], units=[ward.pk])
    sent(
        client, planner, url("part_new", rule.pk, "noi-nhan"),
        name="UBND Thành phố", purpose="để báo cáo", deadline_number="5", deadline_basis="DAYS", is_addressed="on",
    )  # fmt: skip
    sent(client, planner, url("part_new", rule.pk, "phan"), heading="Kết quả", asked_kinds=["WARD"])
    section = FormSection.objects.get()
    answer = sent(
        client, planner, url("line_new", section.pk, "chi-tieu"),
        name="Buổi chiếu phim", section=section.pk, type="COUNT", source="ENTERED", is_required="on", another="1",
        counted="programme.done", formula="left over",
    )  # fmt: skip
    # The next one is asked for at once, and what belongs to another source is not kept.
    assert answer.url == url("line_new", section.pk, "chi-tieu")
    sent(
        client, planner, url("line_new", section.pk, "chi-tieu"),
        name="Lượt khách mỗi buổi", code="moi_buoi", section=section.pk, type="DECIMAL", source="COMPUTED",
        formula="100 / buoi_chieu_phim",
    )  # fmt: skip
    sent(
        client, planner, url("line_new", section.pk, "chi-tieu"),
        name="Kế hoạch đã ban hành", code="ke_hoach", section=section.pk, type="COUNT", source="COUNTED",
        counted="documents.issued|Kế hoạch",
    )  # fmt: skip
    sent(client, planner, url("line_new", section.pk, "cau-hoi"), text="Nổi bật?", section=section.pk)
    assert list(
        Indicator.objects.values_list(
            "code", "source", "source_key", "source_detail", "formula", "is_required", "order"
        )
    ) == [
        ("buoi_chieu_phim", FigureSource.ENTERED, "", "", "", True, 1),
        ("moi_buoi", FigureSource.COMPUTED, "", "", "100 / buoi_chieu_phim", False, 2),
        ("ke_hoach", FigureSource.COUNTED, "documents.issued", "Kế hoạch", "", False, 3),
    ]
    assert (section.asked_kinds, Question.objects.get().order, RuleRecipient.objects.get().is_addressed) == (
        ["WARD"],
        1,
        True,
    )
    answer = sent(client, planner, url("rule_in_force", rule.pk), day="2025-05-20")
    rule.refresh_from_db()
    assert (answer.url, rule.state, rule.valid_from) == (rule.get_absolute_url(), RuleState.IN_FORCE, DAY)
    assert rule.reporter_kinds == ["COMMUNE"]
    assert list(rule.reporters.values_list("unit", flat=True)) == [ward.pk]


def test_version_in_force_is_followed_by_another_through_the_pages(client, planner, division):
    rule = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 5, 1))
    client.force_login(planner)
    assert client.get(url("rule_form", rule.pk)).status_code == 403
    answer = sent(client, planner, url("rule_new_version", rule.pk))
    new = ReportingRule.objects.get(version=2)
    assert answer.url == url("rule_form", new.pk)
    refused = told(sent(client, planner, url("rule_new_version", rule.pk)))[-1]
    assert refused == "Đang có một phiên bản mới của quy định này rồi: hãy soạn tiếp phiên bản đó."
    text = page(client, planner, url("rule_in_force", new.pk))
    assert "Phiên bản 1 (từ 01/05/2025) hết hiệu lực vào ngày hôm trước." in text
    answer = sent(client, planner, url("rule_in_force", new.pk), day="2025-04-01")
    assert "Phiên bản trước có hiệu lực từ 01/05/2025" in answer.content.decode()
    sent(client, planner, url("rule_in_force", new.pk), day="20/05/2025")
    rule.refresh_from_db()
    assert (rule.state, rule.valid_to) == (RuleState.ENDED, date(2025, 5, 19))
    assert "Phiên bản 1 Đã kết thúc, từ 01/05/2025 đến 19/05/2025" in page(
        client, planner, new.get_absolute_url()
    )


def test_version_that_is_written_is_refused_to_others_with_the_reason(client, officer, division):
    client.force_login(officer)
    answer = client.get(written_rule(division).get_absolute_url())
    assert answer.status_code == 403
    assert "Chỉ cán bộ kế hoạch và quản trị viên lập quy định báo cáo." in answer.content.decode()


def test_version_is_discarded_and_a_rule_ended_once_it_is_confirmed(client, planner, division):
    rule = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 5, 1))
    new = begin_new_version(by=planner, rule=rule)
    assert "Bỏ phiên bản 2?" in page(client, planner, url("rule_discard", new.pk))
    sent(client, planner, url("rule_discard", new.pk))
    assert ReportingRule.objects.get() == rule
    answer = sent(client, planner, url("rule_end", rule.pk), day="2025-06-01")
    assert "Ngày này chưa đến" in answer.content.decode()
    sent(client, planner, url("rule_end", rule.pk), day="2025-05-20")
    rule.refresh_from_db()
    assert (rule.state, rule.valid_to) == (RuleState.ENDED, DAY)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "PERIODIC"}, "Báo cáo định kỳ phải có tần suất."),
        ({"code": "Bc Quy"}, "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối: bc-quy-ttdn."),
        ({"calls": "hai ngày"}, "“hai” không phải là số ngày."),
        ({"calls": "-99"}, "Nhiều nhất 10 lần nhắc"),
        ({"cut_from_day": "15"}, "Hãy ghi cả hai ngày chốt số liệu"),
    ],
)
def test_head_says_what_is_wrong_and_keeps_what_was_typed(client, planner, division, changed, sentence):
    answer = sent(client, planner, url("rule_new"), **{**HEAD, "gatherer": division.pk, **changed})
    text = answer.content.decode()
    assert (answer.status_code, sentence in text, "Kết quả tuần phim." in text) == (200, True, True)
    assert not ReportingRule.objects.exists()


def test_head_of_a_later_version_keeps_its_code(client, planner, division):
    rule = put_in_force(by=planner, rule=written_rule(division), valid_from=date(2025, 5, 1))
    new = begin_new_version(by=planner, rule=rule)
    data = {**HEAD, "kind": "PERIODIC", "frequency": "MONTH", "gatherer": division.pk, "code": "bc-khac"}
    sent(client, planner, url("rule_head", new.pk), **data)
    new.refresh_from_db()
    assert (new.code, new.name) == (CODE, HEAD["name"])


def test_thematic_report_gives_up_its_frequency(client, planner, division):
    rule = bare_rule(division)
    sent(
        client, planner, url("rule_head", rule.pk), **{**HEAD, "frequency": "MONTH", "gatherer": division.pk}
    )
    rule.refresh_from_db()
    assert (rule.kind, rule.frequency) == ("AD_HOC", "")


def test_indicator_page_names_a_wrong_formula_at_its_field_and_lists_the_codes(client, planner, division):
    rule = bare_rule(division)
    section = section_of(rule)
    indicator(section, "tin_bai", "Tin, bài đã đăng")
    address = url("line_new", section.pk, "chi-tieu")
    text = page(client, planner, address)
    assert "tin_bai Tin, bài đã đăng" in text
    figure = {"name": "Tỷ lệ", "section": section.pk, "type": "PERCENT", "source": "COMPUTED"}
    answer = sent(client, planner, address, **figure, formula="100 * tin_bi")
    found = re.search(
        r'name="formula".*?class="errorlist"[^>]*><li>([^<]+)<', answer.content.decode(), re.DOTALL
    )
    assert found is not None
    assert found[1] == "“Tỷ lệ”: biểu mẫu này không có chỉ tiêu nào mang mã tin_bi."
    answer = sent(client, planner, address, **{**figure, "source": "COUNTED"})
    assert "Hãy chọn nội dung được đếm." in answer.content.decode()
    answer = sent(
        client,
        planner,
        address,
        **{**figure, "source": "COUNTED"},
        counted="programme.done",
        within_section="on",
    )
    assert "chưa ghi mục nào của kế hoạch" in answer.content.decode()
    assert Indicator.objects.count() == 1


def test_counted_figure_whose_source_is_gone_can_still_be_seen(client, planner, division):
    rule = bare_rule(division)
    lost = indicator(section_of(rule), "a", source=FigureSource.COUNTED, source_key="campaigns.up")
    client.force_login(planner)
    text = client.get(url("part", "chi-tieu", lost.pk)).content.decode()
    assert '<option value="campaigns.up" selected>campaigns.up</option>' in text
    assert "phần mềm không đếm nội dung nào mang tên campaigns.up" in page(
        client, planner, url("rule_form", rule.pk)
    )


def test_parts_are_moved_edited_and_removed(client, planner, division):
    rule = bare_rule(division)
    section, other = section_of(rule, "Một", order=1), section_of(rule, "Hai", order=2)
    first, second = indicator(section, "a", order=1), indicator(section, "b", order=2)
    asked = question(section, "Gì?")
    answer = sent(client, planner, url("part_move", "chi-tieu", second.pk), to="up")
    assert answer.url == f"{url('rule_form', rule.pk)}#chi-tieu-{second.pk}"
    assert list(Indicator.objects.values_list("code", flat=True)) == ["b", "a"]
    sent(client, planner, url("part_move", "phan", section.pk), to="down")
    assert list(FormSection.objects.values_list("heading", flat=True)) == ["Hai", "Một"]
    sent(
        client, planner, url("part", "cau-hoi", asked.pk), text="Gì mới?", section=other.pk, is_required="on"
    )
    asked.refresh_from_db()
    assert (asked.text, asked.section, asked.is_required) == ("Gì mới?", other, True)
    assert "mã a của chỉ tiêu này sẽ không tính được" in page(
        client, planner, url("part_removal", "chi-tieu", first.pk)
    )
    assert "Bỏ cả 2 chỉ tiêu và 0 câu hỏi của phần này." in page(
        client, planner, url("part_removal", "phan", section.pk)
    )
    sent(client, planner, url("part_removal", "phan", section.pk))
    assert (FormSection.objects.get(), Indicator.objects.count()) == (other, 0)


def test_builder_names_what_is_missing_where_the_form_is_built(client, planner, division):
    rule = bare_rule(division, content="Gì đó", way="Thư")
    computed(section_of(rule), "ty_le", "xong +", name="Tỷ lệ")
    text = page(client, planner, url("rule_form", rule.pk))
    assert "Còn 3 điểm cần hoàn thiện" in text
    assert "“Tỷ lệ”: công thức kết thúc khi còn thiếu một số hoặc mã chỉ tiêu." in text
    assert "Biểu mẫu chưa có phần nào" in page(
        client, planner, url("rule_form", bare_rule(division, code="khac").pk)
    )


def test_section_page_offers_the_refs_of_the_newest_plan(client, planner, division):
    office_with_a_plan = office()
    rule = bare_rule(division)
    client.force_login(planner)
    text = client.get(url("part_new", rule.pk, "phan")).content.decode()
    listed = text.partition('<datalist id="plan-refs">')[2].partition("</datalist>")[0]
    assert re.findall(r'<option value="([^"]+)">', listed) == ["II", office_with_a_plan.task.ref]


@pytest.mark.parametrize(
    "address",
    [
        lambda rule, section: url("part_new", rule.pk, "chi-tieu"),
        lambda rule, section: url("line_new", section.pk, "phan"),
        lambda rule, section: url("part", "khac", section.pk),
        lambda rule, section: url("part", "phan", section.pk + 1000),
        lambda rule, section: url("rule", rule.pk + 1000),
        lambda rule, section: url("targets", "khong-co"),
    ],
)
def test_what_is_not_there_is_not_found(client, planner, division, address):
    rule = bare_rule(division)
    section = section_of(rule)
    client.force_login(planner)
    assert client.get(address(rule, section)).status_code == 404


def test_targets_are_kept_for_a_year_and_read_by_all(client, planner, officer, division):
    put_in_force(by=planner, rule=written_rule(division), valid_from=DAY)
    address = f"{url('targets', CODE)}?year=2026"
    answer = sent(client, planner, address, value_tin_bai="1.200", source_tin_bai="Kế hoạch 48")
    assert (answer.url, told(answer)) == (address, ["Đã lưu chỉ tiêu kế hoạch năm 2026."])
    assert list(Target.objects.values_list("indicator_code", "year", "value", "source")) == [
        ("tin_bai", 2026, Decimal(1200), "Kế hoạch 48")
    ]
    assert "Tin, bài đã đăng 1.200 Kế hoạch 48" in page(client, officer, address)
    assert "Chưa có chỉ tiêu kế hoạch năm 2025" in page(client, officer, url("targets", CODE))
    assert sent(client, officer, address, value_tin_bai="").status_code == 403
    for typed, sentence in (
        ("1.5", "hai cách"),
        ("nhiều", "“nhiều”"),
        ("1,5", "số nguyên"),
        ("", "Hãy ghi số, hoặc xóa phần nơi quy định."),
    ):
        answer = sent(client, planner, address, value_tin_bai=typed, source_tin_bai="Kế hoạch 48")
        assert (answer.status_code, sentence in answer.content.decode()) == (200, True), typed
    assert Target.objects.get().value == Decimal(1200)
    sent(client, planner, address, value_tin_bai="", source_tin_bai="")
    assert not Target.objects.exists()


def test_year_that_is_none_is_this_year(client, officer, planner, division):
    put_in_force(by=planner, rule=written_rule(division), valid_from=DAY)
    for wrong in ("abcd", "1999", "20255", "²⁰²⁵"):
        assert "năm 2025" in page(client, officer, f"{url('targets', CODE)}?year={wrong}")


def test_code_made_of_a_name_is_free_and_short():
    assert [
        code_from_name("Tin, bài tiếng Anh đã đăng", ()),
        code_from_name("Tin, bài", {"tin_bai", "tin_bai_2"}),
        code_from_name("24 giờ", ()),
        code_from_name("???", ()),
        code_from_name("Sự kiện văn hóa, thể thao, giao lưu quốc tế đã tổ chức", ()),
    ] == ["tin_bai_tieng_anh_da_dang", "tin_bai_3", "gio", "chi_tieu", "su_kien_van_hoa_the_thao_giao_luu"]


def test_list_asks_the_same_however_many_rules(client, officer, division):
    client.force_login(officer)
    counts = []
    for codes in (("a",), ("b", "c")):
        for code in codes:
            written_rule(division, code=code, state=RuleState.IN_FORCE, valid_from=DAY)
        counts.append(_queries(client, url("rules")))
    assert counts[0] == counts[1]


def test_page_and_builder_ask_the_same_however_long_the_form(client, planner, division):
    rule = written_rule(division)
    client.force_login(planner)
    addresses = [rule.get_absolute_url(), url("rule_form", rule.pk), url("targets", CODE)]
    section = FormSection.objects.get(rule=rule)
    before = [_queries(client, address) for address in addresses]
    for number in range(2):
        indicator(section, f"a{number}")
        question(section)
        indicator(section_of(rule, f"Phần {number}"), f"b{number}", source=FigureSource.COUNTED,
                  source_key="programme.done", within_section=True)  # fmt: skip
    assert [_queries(client, address) for address in addresses] == before


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
