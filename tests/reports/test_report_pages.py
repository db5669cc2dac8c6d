"""The list and the page of composed reports: what they show to whom, editing in place, freezing, correcting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.models import User
from khuevan.reports.actions import (
    correct_report,
    edit_english_summary,
    edit_passage,
    edit_report_words,
    gather_again,
    open_cycle,
    return_unit_report,
)
from khuevan.reports.actions.stamps import stamp_of_words
from khuevan.reports.choices import ReportKind, ReportState
from khuevan.reports.models import ComposedReport, Passage, ReportFigure
from tests.factories.documents import NumberBookFactory
from tests.factories.reports import reporting_office
from tests.factories.work import at
from tests.reports.composing_scenes import SENT, Scene, composed, issued

pytestmark = pytest.mark.django_db

LEAD, SUPPORT = "Phòng Thông tin – Báo chí – Xuất bản", "Phòng Truyền thông số"
TITLE = "Báo cáo công tác thông tin đối ngoại quý II năm 2025"
FREEZE, CORRECT, TAKE_ALONG = "Chốt và soạn dự thảo văn bản", "Đính chính báo cáo", "Tải số liệu về"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.stopped_at(at(SENT, 10)):
        yield


def url(name: str, *parts: object) -> str:
    return reverse(f"reports:{name}", args=parts)


def words_of(answer) -> str:
    """What is seen on the page, without tags, in one line."""
    main = answer.content.decode().split('<div class="vb">', 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def page(client: Client, person: User, address: str) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return words_of(answer)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def report_url(scene: Scene) -> str:
    return url("report", scene.report.pk)


def passage_of(scene: Scene, unit: str) -> Passage:
    return Passage.objects.select_related("report").get(report=scene.report, unit__name=unit)


# The list


def test_the_list_shows_versions_the_newest_first_and_what_became_of_them(client):
    scene = composed()
    first = issued(scene)
    correct_report(by=scene.planner, report=first, reason="Đếm lại.")
    client.force_login(scene.planner)
    rows = client.get(url("reports")).context["rows"]
    assert [(row["report"].version, [str(tag.label) for tag in row["tags"]]) for row in rows] == [
        (2, ["Đang biên tập"]),
        (1, ["Đã chốt", "Văn bản: đã ban hành"]),
    ]
    shown = page(client, scene.planner, url("reports"))
    assert f"{first.draft.document.symbol}" in shown
    assert "(đính chính bản 1)" in shown


def test_a_report_is_begun_from_the_list(client):
    scene = composed()
    client.force_login(scene.planner)
    client.post(url("discard", scene.report.pk))
    assert "Kỳ báo cáo chờ tổng hợp" in page(client, scene.planner, url("reports"))
    answer = client.post(url("compose", scene.cycle.pk))
    new = ComposedReport.objects.get(version=2)
    assert (answer.status_code, answer.url, new.composed_by) == (302, url("report", new.pk), scene.planner)
    again = client.post(url("compose", scene.cycle.pk))
    assert (again.url, said(again)[-1:]) == (
        url("reports"),
        ["Đang có một bản của báo cáo này được biên tập: hãy làm tiếp bản đó."],
    )


def test_an_officer_without_reports_finds_the_reason_and_no_button(client):
    scene = composed()
    shown = page(client, scene.place.office.lead_officer, url("reports"))
    assert "Chưa có báo cáo tổng hợp" in shown
    assert client.post(url("compose", scene.cycle.pk)).status_code == 403


@pytest.mark.parametrize("name", ["reports", "report", "figure"])
def test_pages_ask_as_much_for_three_as_for_one(client, name, django_assert_max_num_queries):
    scene = composed(both=False)
    parts = {"reports": (), "report": (scene.report.pk,), "figure": (scene.report.pk, "tin_bai")}[name]
    client.force_login(scene.planner)

    def asked() -> int:
        with django_assert_max_num_queries(30) as seen:
            assert client.get(url(name, *parts)).status_code == 200
        return len(seen)

    asked()
    for_one = asked()
    three_of_each(scene.report)
    assert asked() == for_one


def three_of_each(report: ComposedReport) -> None:
    """Two more versions, two more figures with two more units each, two more units' words."""
    figure, words = (
        ReportFigure.objects.get(report=report, code="tin_bai"),
        Passage.objects.get(report=report),
    )
    parts = [{**figure.parts[0], "unit": unit, "name": f"Phòng {unit}"} for unit in (901, 902)]
    with unaudited("a test's own data"):
        figure.parts = [*figure.parts, *parts]
        figure.save()
        for number in (2, 3):
            version = ComposedReport.objects.get(pk=report.pk)
            version.pk, version.version, version.state = None, number, ReportState.DISCARDED
            version.save(force_insert=True)
            figure.pk, figure.code = None, f"chi_tieu_{number}"
            figure.save(force_insert=True)
            words.pk = None
            words.save(force_insert=True)


# The page


def test_the_page_reads_as_the_document_will_and_each_figure_is_a_link(client):
    scene = composed()
    client.force_login(scene.planner)
    text = client.get(report_url(scene)).content.decode()
    links = re.findall(r'<a class="rc-figure[^"]*" href="([^"]+)">([^<]+)', text)
    figure = f"/quan-tri/bao-cao/tong-hop/{scene.report.pk}/so-lieu"
    sentences = [(f"{figure}/xong/", "0 nhiệm vụ"), (f"{figure}/tin_bai/", "7 tin, bài")]
    cells = [(f"{figure}/tin_bai/", "7"), (f"{figure}/ty_le/", "chưa có số liệu")]
    assert [one in links for one in sentences + cells] == [True] * 4
    shown = page(client, scene.planner, report_url(scene))
    assert "Tin, bài đã đăng: 7 tin, bài ." in shown
    assert f"{LEAD} Đã mở trang tin." in shown


def test_what_is_missing_is_said(client):
    scene = composed(both=False)
    shown = page(client, scene.planner, report_url(scene))
    assert f"1/2 đơn vị chưa gửi {SUPPORT}" in shown
    assert "2 chỉ tiêu chưa có số liệu Tỷ lệ hoàn thành Kinh phí đã sử dụng" in shown
    assert "1 chỉ tiêu có đơn vị bỏ trống Kinh phí đã sử dụng" in shown


def test_changes_since_are_warned_of_and_gathered_with_one_click(client):
    scene = composed(both=False)
    warning = "Số liệu đã đổi sau khi tổng hợp: hãy tổng hợp lại."
    assert warning not in page(client, scene.planner, report_url(scene))
    scene.place.sent(scene.cycle, scene.place.office.support, stories=2)
    assert f"{warning} {SUPPORT}: gửi lúc 10:00 16/06/2025" in page(client, scene.planner, report_url(scene))
    with clock.stopped_at(at(SENT, 11)):
        answer = client.post(url("gather_again", scene.report.pk))
        assert answer.url == report_url(scene)
        shown = page(client, scene.planner, report_url(scene))
    assert warning not in shown
    assert "Tin, bài đã đăng: 7 tin, bài ." in shown


def test_words_are_edited_in_place(client):
    scene = composed()
    words = passage_of(scene, LEAD)
    client.force_login(scene.planner)
    form = client.get(f"{report_url(scene)}?sua={words.pk}").content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{16})"', form)
    assert seen is not None
    address = url("passage", scene.report.pk, words.pk)
    posted = {"text": "Mở trang tin mới.", "is_included": "on", "seen": seen[1]}
    answer = client.post(address, posted)
    assert answer.url == f"{report_url(scene)}#words-{words.pk}"
    shown = page(client, scene.planner, report_url(scene))
    assert f"{LEAD} Đã biên tập Mở trang tin mới. Nguyên văn của đơn vị : {LEAD} Đã mở trang tin." in shown


def test_words_that_a_colleague_edited_meanwhile_are_shown_and_what_was_typed_stays(client):
    scene = composed()
    words = passage_of(scene, LEAD)
    client.force_login(scene.planner)
    form = client.get(f"{report_url(scene)}?sua={words.pk}").content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{16})"', form)
    assert seen is not None
    edit_passage(by=scene.planner, passage=words, text="Của đồng nghiệp.", is_included=True)
    posted = {"text": "Của tôi.", "is_included": "on", "seen": seen[1]}
    answer = client.post(url("passage", scene.report.pk, words.pk), posted)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Của tôi.</textarea>" in text
    assert "Đồng nghiệp vừa sửa đoạn này" in text
    again = re.search(r'name="seen" value="([0-9a-f]{16})"', text)
    assert again is not None
    posted["seen"] = again[1]
    assert client.post(url("passage", scene.report.pk, words.pk), posted).status_code == 302
    assert passage_of(scene, LEAD).text == "Của tôi."


def test_words_are_left_out_taken_in_and_moved_with_one_click(client):
    scene = composed()
    lead, support = passage_of(scene, LEAD), passage_of(scene, SUPPORT)
    client.force_login(scene.planner)

    def deed(words: Passage, name: str) -> int:
        return client.post(url("passage_deed", scene.report.pk, words.pk, name)).status_code

    def stand() -> list[tuple[str, bool]]:
        rows = Passage.objects.filter(report=scene.report).select_related("unit")
        return [(one.unit.name, one.is_included) for one in rows]

    assert deed(support, "len") == 302
    assert stand() == [(SUPPORT, True), (LEAD, True)]
    assert deed(support, "xuong") == 302
    assert stand() == [(LEAD, True), (SUPPORT, True)]
    assert deed(lead, "bo-ra") == 302
    assert stand() == [(LEAD, False), (SUPPORT, True)]
    assert "1 ý kiến không đưa vào báo cáo" in page(client, scene.planner, report_url(scene))
    assert deed(lead, "dua-vao") == 302
    assert stand() == [(LEAD, True), (SUPPORT, True)]
    assert deed(lead, "xoa") == 404


def test_words_that_are_gone_give_back_what_was_typed(client):
    scene = composed()
    words = passage_of(scene, SUPPORT)
    client.force_login(scene.planner)
    return_unit_report(
        by=scene.planner,
        report=scene.place.report_of(scene.cycle, scene.place.office.support),
        reason="Xem lại.",
    )
    # Sent again without these words.
    scene.place.sent(scene.cycle, scene.place.office.support, stories=2, answer="")
    gather_again(by=scene.planner, report=scene.report)
    answer = client.post(url("passage", scene.report.pk, words.pk), {"text": "Viết rất lâu.", "seen": ""})
    assert (answer.url, said(answer)) == (
        report_url(scene),
        [
            "Đoạn này không còn trong báo cáo: đơn vị đã gửi nội dung khác hoặc rút lại. "
            "Nội dung bạn đã viết: Viết rất lâu."
        ],
    )


def test_the_own_words_of_the_department_stand_in_the_report(client):
    scene = composed()
    client.force_login(scene.planner)
    posted = {
        "title": TITLE,
        "opening": "Quý II có nhiều sự kiện.",
        "assessment": "Tiến độ tốt.",
        "next_steps": "Chuẩn bị 02/9.",
        "seen": stamp_of_words(scene.report),
    }
    assert client.post(url("report_words", scene.report.pk), posted).url == report_url(scene)
    shown = page(client, scene.planner, report_url(scene))
    for words in ("Quý II có nhiều sự kiện.", "Đánh giá chung Tiến độ tốt.", "Chuẩn bị 02/9."):
        assert words in shown
    posted["seen"] = stamp_of_words(ComposedReport.objects.get(pk=scene.report.pk))
    refused = client.post(url("report_words", scene.report.pk), {**posted, "title": " "})
    assert refused.status_code == 422
    assert "Đặt tên cho báo cáo." in words_of(refused)


def seen(text: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{16})"', text)
    assert found is not None
    return found[1]


def test_two_who_write_the_english_words_lose_nothing(client):
    scene = composed()
    client.force_login(scene.planner)
    address = url("report_english", scene.report.pk)
    posted = {"issuer": "Mine", "words": "My words.", "contact": ""}
    posted["seen"] = seen(client.get(address).content.decode())
    edit_english_summary(
        by=scene.planner, report=scene.report, issuer="Theirs", words="Their words.", contact=""
    )
    refused = client.post(address, posted)
    text = refused.content.decode()
    assert (refused.status_code, "My words.</textarea>" in text, "Their words." in text) == (422, True, True)
    assert client.post(address, {**posted, "seen": seen(text)}).status_code == 302
    assert ComposedReport.objects.get(pk=scene.report.pk).english_words == "My words."


def test_two_who_write_the_own_words_lose_nothing(client):
    scene = composed()
    client.force_login(scene.planner)
    address = url("report_words", scene.report.pk)
    posted = {"title": TITLE, "opening": "", "assessment": "Của tôi.", "next_steps": ""}
    posted["seen"] = seen(client.get(address).content.decode())
    edit_report_words(
        by=scene.planner,
        report=scene.report,
        title=TITLE,
        opening="",
        assessment="Của đồng nghiệp.",
        next_steps="",
    )
    refused = client.post(address, posted)
    text = refused.content.decode()
    assert (refused.status_code, "Của tôi.</textarea>" in text) == (422, True)
    assert "Đánh giá chung Của đồng nghiệp." in words_of(refused)
    assert client.post(address, {**posted, "seen": seen(text)}).status_code == 302
    assert ComposedReport.objects.get(pk=scene.report.pk).assessment == "Của tôi."


# Freezing, correcting, discarding


def test_freezing_shows_what_will_be_made_and_makes_the_draft(client):
    scene = composed(both=False)
    shown = page(client, scene.planner, url("freeze", scene.report.pk))
    assert "1/2 đơn vị chưa gửi" in shown
    assert "UBND Thành phố (để b/c) kính gửi" in shown
    unit = scene.planner.posts.get().unit
    client.force_login(scene.planner)
    freeze = url("freeze", scene.report.pk)
    posted = {"unit": unit.pk, "book": scene.book.pk, "seen": seen(client.get(freeze).content.decode())}
    # Words that a colleague writes meanwhile are frozen by nobody who did not see them.
    edit_report_words(
        by=scene.planner, report=scene.report, title=TITLE, opening="", assessment="Mới.", next_steps=""
    )
    refused = client.post(freeze, posted)
    assert (refused.status_code, ComposedReport.objects.get(pk=scene.report.pk).state) == (422, "COMPOSED")
    assert "Đồng nghiệp vừa sửa báo cáo này: hãy xem lại rồi mới chốt." in words_of(refused)
    answer = client.post(freeze, {**posted, "seen": seen(refused.content.decode())})
    frozen = ComposedReport.objects.select_related("draft").get(pk=scene.report.pk)
    assert (answer.url, frozen.state, frozen.draft.unit, frozen.draft.book) == (
        report_url(scene),
        ReportState.FROZEN,
        unit,
        scene.book,
    )
    shown = page(client, scene.planner, report_url(scene))
    # What was not issued is replaced, not corrected.
    assert (FREEZE in shown, CORRECT in shown, "Thay báo cáo" in shown) == (False, False, True)
    assert client.get(url("freeze", scene.report.pk)).status_code == 403
    assert client.get(url("discard", scene.report.pk)).status_code == 403


def test_a_correction_names_the_version_before_and_shows_what_differs(client):
    scene = composed(both=False)
    frozen = issued(scene)
    scene.place.sent(scene.cycle, scene.place.office.support, stories=2)
    client.force_login(scene.planner)
    refused = client.post(url("correct", frozen.pk), {"reason": " "})
    assert (refused.status_code, "Cho biết đính chính điều gì" in words_of(refused)) == (422, True)
    answer = client.post(url("correct", frozen.pk), {"reason": "Thêm một đơn vị."})
    new = ComposedReport.objects.get(version=2)
    assert (answer.url, new.corrects) == (url("report", new.pk), frozen)
    assert "Đính chính bản 1: Thêm một đơn vị." in page(client, scene.planner, url("report", new.pk))
    old = page(client, scene.planner, report_url(scene))
    assert "Đang biên tập bản đính chính của bản này. Bản 2" in old
    assert CORRECT not in old
    differs = page(client, scene.planner, url("report_changes", new.pk))
    assert "Tin, bài đã đăng (tin, bài) 5 Tin, bài đã đăng 7 Tin, bài đã đăng +2" in differs
    assert "4 số liệu còn lại giống nhau ở cả hai bản." in differs
    assert f"Đơn vị trước chưa gửi, nay đã gửi {SUPPORT}" in differs
    assert client.get(url("report_changes", frozen.pk)).status_code == 404


def test_a_discarded_report_stays_readable(client):
    scene = composed()
    client.force_login(scene.planner)
    assert client.post(url("discard", scene.report.pk)).url == url("reports")
    shown = page(client, scene.planner, report_url(scene))
    assert "Bản này đã bỏ, chỉ giữ lại để xem." in shown
    assert (FREEZE in shown, CORRECT in shown) == (False, False)


# Who sees what


def test_those_who_only_read_have_no_buttons(client):
    scene = composed()
    shown = page(client, scene.place.office.director, report_url(scene))
    assert (FREEZE in shown, "Sửa" in shown, TAKE_ALONG in shown) == (False, False, True)
    for name in ("report_words", "freeze", "discard", "report_english"):
        assert client.get(url(name, scene.report.pk)).status_code == 403
    words = passage_of(scene, LEAD)
    assert client.post(url("passage", scene.report.pk, words.pk), {"text": "Khác."}).status_code == 403
    assert client.post(url("passage_deed", scene.report.pk, words.pk, "bo-ra")).status_code == 403
    assert client.post(url("gather_again", scene.report.pk)).status_code == 403


def test_a_head_reads_the_issued_report_and_nothing_that_was_left_out_of_it(client):
    scene = composed()
    edit_passage(by=scene.planner, passage=passage_of(scene, LEAD), text="Gọn.", is_included=True)
    edit_passage(by=scene.planner, passage=passage_of(scene, SUPPORT), text="Bỏ.", is_included=False)
    head = scene.place.office.lead_head
    client.force_login(head)
    assert client.get(report_url(scene)).status_code == 403
    report = issued(scene)
    shown = page(client, head, report_url(scene))
    assert report.draft.document.symbol in shown
    assert f"{LEAD} Gọn." in shown
    for hidden in ("Đã mở trang tin.", "Bỏ.", "không đưa vào báo cáo", TAKE_ALONG, CORRECT):
        assert hidden not in shown
    assert client.get(url("report_xlsx", report.pk)).status_code == 403
    assert client.get(url("report_csv", report.pk, "loi-van")).status_code == 403


# Reports without a period


def test_an_ad_hoc_report_is_composed_and_frozen_by_the_same_means(client):
    place = reporting_office(kind=ReportKind.AD_HOC, frequency="")
    name = "Báo cáo đột xuất về tuần phim Việt Nam"
    cycle = open_cycle(
        by=place.office.planner,
        rule=place.rule,
        name=name,
        first_date=date(2025, 6, 1),
        last_date=date(2025, 6, 15),
    )
    place.sent(cycle, place.office.lead, stories=5)
    client.force_login(place.office.planner)
    client.post(url("compose", cycle.pk))
    report = ComposedReport.objects.get(cycle=cycle)
    shown = page(client, place.office.planner, url("report", report.pk))
    assert "Tin, bài đã đăng: 5 tin, bài ." in shown
    assert "Kỳ trước" not in shown
    assert "So sánh" not in page(client, place.office.planner, url("figure", report.pk, "tin_bai"))
    answer = client.get(url("report_csv", report.pk, "so-lieu"))
    assert f'filename="bc-quy-{cycle.pk}-ban-1-so-lieu.csv"' in answer.headers["Content-Disposition"]
    book = NumberBookFactory(unit=place.office.department)
    unit = place.office.planner.posts.get().unit
    freeze = url("freeze", report.pk)
    stamp = seen(client.get(freeze).content.decode())
    client.post(freeze, {"unit": unit.pk, "book": book.pk, "seen": stamp})
    assert ComposedReport.objects.get(pk=report.pk).state == ReportState.FROZEN
