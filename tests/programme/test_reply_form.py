"""The form in which a unit reports: one submit for all, nothing lost, nobody overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.models import User
from khuevan.programme.actions import (
    add_web_evidence,
    answer_difficulty,
    discard_reply_draft,
    return_reply,
    save_reply_draft,
    send_reply,
)
from khuevan.programme.choices import Outcome
from khuevan.programme.models import Difficulty, Evidence, Instalment, Reply
from khuevan.programme.reply_forms import ReplyForm
from khuevan.programme.reply_writing import Meanwhile, Writing, keep_words, seen_token, send_as_written
from tests.factories.work import DAY, Office, at, office, plan_of_2025
from tests.programme.reply_scenes import PNG, sentences, signed_in, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.stopped_at(at(DAY, 10)):
        yield


@pytest.fixture
def work() -> Office:
    return office()


class Form:
    """The form as one person has it open: what the page held when it was shown."""

    def __init__(self, who: User, instalment: Instalment) -> None:
        self.client: Client = signed_in(who)
        self.page_url = reverse("programme:instalment", args=[instalment.pk])
        self.url = reverse("programme:reply", args=[instalment.pk])
        self.seen = self.client.get(self.page_url).context["token"]

    def send(self, do: str = "send", **fields: Any) -> Any:
        """The answer to the form with these fields; what is not said is as the empty page has it."""
        empty = {
            "outcome": "IN_PROGRESS",
            "percent": "0",
            "text": "",
            "web_url": "",
            "web_title": "",
            "web_seen": "",
        }
        return self.client.post(self.url, {**empty, "seen": self.seen, "do": do, **fields})


def values_of(reply: Reply | None = None) -> tuple[Any, ...]:
    found = reply or Reply.objects.get()
    return found.state, found.outcome, found.percent, found.text


def evidence() -> list[tuple[str, str]]:
    return list(Evidence.objects.order_by("pk").values_list("kind", "title"))


def test_done_with_files_an_address_and_a_record_is_sent_in_one_submit(work: Office) -> None:
    form = Form(work.support_officer, work.support_instalment)
    response = form.send(
        outcome="DONE",
        text="Đã tổ chức xong.\r\nĐông khách.",
        files=[upload("ảnh 1.png"), upload("ảnh 2.png", PNG + b"2")],
        web_url=["sovhtt.hanoi.gov.vn/tin-tuc/1", "https://example.vn/x/"],
        web_title=["Tin khai mạc", ""],
        web_seen=["2025-06-11", ""],
        record=f"programme.plan:{work.plan.pk}",
        proposals="Thêm một suất chiếu.",
    )
    assert (response.status_code, response.headers["Location"]) == (302, form.page_url)
    assert sentences(response) == [
        "Đã gửi báo cáo hoàn thành. Chờ Trần Văn Trưởng (Phòng Thông tin – Báo chí – Xuất bản) nghiệm thu."
    ]
    assert values_of() == ("SENT", "DONE", 100, "Đã tổ chức xong.\nĐông khách.")
    assert list(Evidence.objects.order_by("pk").values_list("kind", "title", "url", "seen_date")) == [
        ("WEB", "Tin khai mạc", "https://sovhtt.hanoi.gov.vn/tin-tuc/1", date(2025, 6, 11)),
        ("WEB", "example.vn/x", "https://example.vn/x/", DAY),
        ("FILE", "ảnh 1.png", "", None),
        ("FILE", "ảnh 2.png", "", None),
        ("RECORD", str(work.plan), "", None),
    ]
    assert (work.support_instalment.state, work.support_instalment.percent) == ("REPORTED", 100)


def test_progress_is_sent_with_its_difficulty(work: Office) -> None:
    response = Form(work.lead_officer, work.lead_instalment).send(
        percent="45", text="Đang chọn phim.", difficulty="Chưa có bản quyền.", asks_for="Gửi công văn."
    )
    assert sentences(response) == ["Đã gửi báo cáo: công việc hoàn thành 45%."]
    assert values_of() == ("SENT", "IN_PROGRESS", 45, "Đang chọn phim.")
    assert list(Difficulty.objects.values_list("text", "asks_for")) == [
        ("Chưa có bản quyền.", "Gửi công văn.")
    ]


def test_draft_is_saved_and_shown_again(work: Office) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    response = form.send("save", outcome="DONE", text="Xong một nửa.", no_evidence_reason="Họp nội bộ.")
    assert (response.headers["Location"], sentences(response)) == (
        f"{form.page_url}#reply-form",
        ["Đã lưu bản nháp. Chỉ đơn vị của bạn xem được cho đến khi gửi."],
    )
    shown = signed_in(work.lead_head).get(form.page_url).context
    assert {name: shown["form"][name].value() for name in ("outcome", "text", "no_evidence_reason")} == {
        "outcome": "DONE", "text": "Xong một nửa.", "no_evidence_reason": "Họp nội bộ.",
    }  # fmt: skip
    assert values_of() == ("DRAFT", "DONE", 100, "Xong một nửa.")


def test_what_is_wrong_is_said_and_everything_else_is_kept(work: Office) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    response = form.send(
        percent="150",
        text="Đang làm.",
        asks_for="Cấp kinh phí.",
        files=[upload("chay.exe", b"MZ"), upload("ảnh.png"), upload("rong.pdf", b"")],
        web_url=["không phải địa chỉ", "https://a.vn/", "", "https://b.vn/", "ftp://c.vn/"],
        web_title=["Tin", "A", "Quên địa chỉ", "B", ""],
        web_seen=["2025-06-01", "2025-06-01", "2025-06-01", "2025-06-13", "mai"],
    )
    assert response.status_code == 422
    assert response.context["problems"] == [
        ("reply-percent", "Hãy ghi một số nguyên từ 0 đến 100."),
        (
            "reply-files",
            "“chay.exe” không thuộc loại tệp được lưu làm minh chứng: hãy dùng pdf, doc, docx, odt, rtf, txt, xls, "
            "xlsx, ods, csv, ppt, pptx, odp, jpg, jpeg, png, gif, webp, heic, mp3, mp4, mov, zip, eml, msg.",
        ),
        ("reply-files", "“rong.pdf” không có nội dung: hãy chọn lại tệp."),
        ("reply-web_url-0", "Đây không phải địa chỉ web: hãy sao chép trọn địa chỉ từ trình duyệt."),
        ("reply-web_url-2", "Hãy ghi địa chỉ, bắt đầu bằng https://."),
        ("reply-web_seen-3", "Ngày xem trang không thể ở tương lai."),
        ("reply-web_url-4", "Đây không phải địa chỉ web: hãy sao chép trọn địa chỉ từ trình duyệt."),
        ("reply-web_seen-4", "Hãy ghi ngày theo dạng 15/06/2025."),
        ("reply-difficulty", "Hãy ghi khó khăn dẫn tới đề nghị này."),
    ]
    html = response.content.decode()
    for anchor, _ in response.context["problems"]:
        assert html.count(f'id="{anchor}"') == 1, anchor
        assert f'href="#{anchor}"' in html
    assert values_of() == ("DRAFT", "IN_PROGRESS", 0, "Đang làm.")
    assert evidence() == [("WEB", "A"), ("FILE", "ảnh.png")]
    shown = response.context["form"]
    assert (shown["percent"].value(), shown["asks_for"].value()) == ("150", "Cấp kinh phí.")
    assert [row["web_url"].value() for row in response.context["rows"]] == [
        "không phải địa chỉ", "", "https://b.vn/", "ftp://c.vn/", None,
    ]  # fmt: skip
    # The page that came back can be sent: what was kept is not kept twice.
    form.seen = response.context["token"]
    again = form.send(
        percent="50", text="Đang làm.", files=[upload("ảnh.png")], web_url="https://a.vn/", web_title="A"
    )
    assert again.status_code == 302
    assert evidence() == [("WEB", "A"), ("FILE", "ảnh.png")]


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        (
            {"outcome": "DONE", "text": ""},
            [
                ("reply-text", "Hãy ghi một câu về kết quả đã thực hiện."),
                ("reply-no_evidence_reason", "Hãy đính kèm minh chứng, hoặc ghi lý do không có."),
            ],
        ),
        ({"percent": "10"}, [("reply-text", "Hãy ghi một câu về tiến độ, hoặc khó khăn đang gặp.")]),
        ({"percent": "100", "text": "Gần xong"}, [("reply-percent", "Việc đã xong thì báo là hoàn thành.")]),
    ],
)
def test_report_that_says_too_little_stays_a_draft(
    work: Office, fields: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    response = Form(work.lead_officer, work.lead_instalment).send(**fields)
    assert response.status_code == 422
    assert response.context["problems"] == problems
    assert Reply.objects.get().state == "DRAFT"


def test_percent_is_not_asked_of_what_is_done(work: Office) -> None:
    response = Form(work.lead_officer, work.lead_instalment).send(
        outcome="DONE", percent="rất nhiều", text="Xong.", no_evidence_reason="Họp nội bộ."
    )
    assert response.status_code == 302
    assert values_of() == ("SENT", "DONE", 100, "Xong.")


def test_state_secret_is_refused_and_no_copy_kept(work: Office) -> None:
    response = Form(work.lead_officer, work.lead_instalment).send(
        outcome="DONE", text="Xong.", files=[upload("mat.txt", "SỞ VĂN HÓA\nMẬT\nBáo cáo".encode())]
    )
    assert [anchor for anchor, _ in response.context["problems"]] == ["reply-files"]
    assert evidence() == []


def test_evidence_is_taken_out_and_the_words_kept(work: Office) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    form.send("save", text="Đang làm.", web_url="https://a.vn/", web_title="A")
    form = Form(work.lead_officer, work.lead_instalment)
    response = form.send("", text="Đang làm tiếp.", remove=str(Evidence.objects.get().pk))
    assert response.headers["Location"] == f"{form.page_url}#reply-evidence"
    assert (evidence(), values_of()) == ([], ("DRAFT", "IN_PROGRESS", 0, "Đang làm tiếp."))


def test_evidence_of_another_draft_cannot_be_taken_out(work: Office) -> None:
    draft = save_reply_draft(by=work.support_officer, instalment=work.support_instalment, text="Nháp")
    other = add_web_evidence(
        by=work.support_officer, reply=draft, url="https://a.vn/", title="A", seen_date=DAY
    )
    form = Form(work.lead_officer, work.lead_instalment)
    for key in (str(other.pk), "²", "x", "9" * 30):
        form.send("", text="Việc khác.", remove=key)
    assert evidence() == [("WEB", "A")]


def test_records_are_found_without_accents_and_kept_by_their_tick(work: Office) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    response = form.send("find", text="Đang làm.", words="ke hoach doi ngoai")
    assert response.headers["Location"] == f"{form.page_url}?words=ke+hoach+doi+ngoai#reply-records"
    shown = form.client.get(f"{form.page_url}?words=ke+hoach+doi+ngoai").context
    assert [(record.kind, record.title) for record in shown["found"]] == [("Kế hoạch", str(work.plan))]
    assert shown["form"]["text"].value() == "Đang làm."
    form.seen = shown["token"]
    form.send(
        "save", text="Đang làm.", record=[shown["found"][0].value, "programme.plan:999", "people.user:1", "x"]
    )
    assert evidence() == [("RECORD", str(work.plan))]


def test_records_view_finds_what_the_person_sees(work: Office) -> None:
    url = reverse("programme:evidence_records", query={"words": "đối ngoại"})
    titles = {
        who: [record.title for record in signed_in(getattr(work, who)).get(url).context["found"]]
        for who in ("lead_officer", "other_officer", "auditor")
    }
    assert titles == {"lead_officer": [str(work.plan)], "other_officer": [], "auditor": [str(work.plan)]}
    nothing = signed_in(work.auditor).get(reverse("programme:evidence_records", query={"words": " … "}))
    assert nothing.context["found"] == []


def test_record_that_the_officer_does_not_see_is_no_evidence(work: Office) -> None:
    hidden, _version, _section = plan_of_2025(work.planner, "Kế hoạch của đơn vị khác")
    form = Form(work.lead_officer, work.lead_instalment)
    form.send("save", text="Đang làm.", record=f"programme.plan:{hidden.pk}")
    assert evidence() == []


def test_colleagues_words_are_not_overwritten(work: Office) -> None:
    mine, theirs = Form(work.lead_officer, work.lead_instalment), Form(work.lead_head, work.lead_instalment)
    theirs.send("save", text="Bản của trưởng phòng.", percent="30")
    response = mine.send(text="Bản của tôi.", percent="20", files=[upload("ảnh.png")])
    assert response.status_code == 409
    assert values_of() == ("DRAFT", "IN_PROGRESS", 30, "Bản của trưởng phòng.")
    assert evidence() == [("FILE", "ảnh.png")]
    assert response.context["theirs"] == [
        ("Tình hình thực hiện", "Đang thực hiện"),
        ("Mức độ hoàn thành (%)", "30%"),
        ("Kết quả đã thực hiện", "Bản của trưởng phòng."),
    ]
    assert response.context["form"]["text"].value() == "Bản của tôi."
    assert (
        "Trần Văn Trưởng đã lưu bản nháp này lúc 10:00, trong khi bạn đang viết" in response.content.decode()
    )
    # Having read theirs, the officer may still put the own words in their place.
    mine.seen = response.context["token"]
    assert mine.send("save", text="Bản của tôi.", percent="20").status_code == 302
    assert values_of() == ("DRAFT", "IN_PROGRESS", 20, "Bản của tôi.")


def test_page_sent_in_again_unchanged_is_no_conflict(work: Office) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    form.send("save", text="Đang làm.", percent="30")
    assert form.send("save", text="Đang làm.", percent="30").status_code == 302
    assert values_of() == ("DRAFT", "IN_PROGRESS", 30, "Đang làm.")


def test_words_become_a_new_draft_where_a_colleague_sent_meanwhile(work: Office) -> None:
    mine, theirs = Form(work.lead_officer, work.lead_instalment), Form(work.lead_head, work.lead_instalment)
    theirs.send(text="Bản của trưởng phòng.", percent="30")
    response = mine.send(text="Bản của tôi.", percent="20")
    assert sentences(response) == [
        "Trong lúc bạn viết, một đồng nghiệp đã gửi báo cáo cho kỳ hạn này (xem bên dưới). Nội dung bạn viết được "
        "lưu thành bản nháp mới và chưa gửi."
    ]
    assert [values_of(reply) for reply in Reply.objects.order_by("pk")] == [
        ("SENT", "IN_PROGRESS", 30, "Bản của trưởng phòng."),
        ("DRAFT", "IN_PROGRESS", 20, "Bản của tôi."),
    ]


def test_words_become_a_new_draft_where_a_colleague_discarded_meanwhile(work: Office) -> None:
    draft = save_reply_draft(by=work.lead_head, instalment=work.lead_instalment, text="Cũ.")
    mine = Form(work.lead_officer, work.lead_instalment)
    discard_reply_draft(by=work.lead_head, reply=draft)
    response = mine.send(text="Bản của tôi.")
    assert sentences(response) == [
        "Trong lúc bạn viết, một đồng nghiệp đã bỏ bản nháp. Nội dung bạn viết được lưu thành bản nháp mới và chưa "
        "gửi."
    ]
    assert values_of() == ("DRAFT", "IN_PROGRESS", 0, "Bản của tôi.")


@pytest.mark.parametrize(
    "fields",
    [{"percent": "30"}, {"outcome": "DONE", "no_evidence_reason": "Họp nội bộ."}],
    ids=["progress", "done"],
)
def test_button_pressed_twice_sends_once(work: Office, fields: dict[str, str]) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    form.send(text="Đã làm.", **fields)
    again = form.send(text="Đã làm.", **fields)
    assert (again.status_code, sentences(again)[-1]) == (302, "Báo cáo này đã được gửi; không gửi lặp lại.")
    assert Reply.objects.count() == 1


def test_words_are_shown_once_more_where_nothing_can_be_kept(work: Office) -> None:
    mine, theirs = Form(work.lead_officer, work.lead_instalment), Form(work.lead_head, work.lead_instalment)
    theirs.send(outcome="DONE", text="Xong.", no_evidence_reason="Họp.")
    response = mine.send(text="Bản của tôi.", difficulty="Thiếu kinh phí.")
    assert response.status_code == 409
    assert response.context["lost"] == [
        ("Kết quả đã thực hiện", "Bản của tôi."),
        ("Khó khăn, vướng mắc gặp phải", "Thiếu kinh phí."),
    ]
    assert Reply.objects.count() == 1


def test_returned_report_is_begun_with_its_own_words(work: Office) -> None:
    Form(work.lead_officer, work.lead_instalment).send(
        outcome="DONE", text="Xong.", no_evidence_reason="Họp."
    )
    return_reply(by=work.planner, reply=Reply.objects.get(), reason="Thiếu biên bản.")
    form = Form(work.lead_officer, work.lead_instalment)
    shown = form.client.get(form.page_url)
    assert (shown.context["form"]["outcome"].value(), shown.context["form"]["text"].value()) == (
        "DONE",
        "Xong.",
    )
    assert "Nguyễn Thị Kế Hoạch trả lại ngày 12/06/2025" in shown.content.decode()
    assert form.send(outcome="DONE", text="Xong.", files=[upload("bien-ban.png")]).status_code == 302
    assert [reply.state for reply in Reply.objects.order_by("pk")] == ["RETURNED", "SENT"]


def test_task_without_a_lead_shows_why_there_is_no_form(work: Office) -> None:
    with unaudited("a task that lost its lead"):
        Instalment.objects.filter(assignment=work.leading).delete()
        work.leading.delete()
    response = signed_in(work.support_officer).get(
        reverse("programme:instalment", args=[work.support_instalment.pk])
    )
    assert "form" not in response.context
    assert response.context["turn"] == (
        "Nhiệm vụ chưa có đơn vị chủ trì nên chưa thể bắt đầu: đề nghị cán bộ tổng hợp kế hoạch giao đơn vị chủ trì."
    )


def test_draft_is_discarded_after_a_question(work: Office) -> None:
    url = reverse("programme:discard_draft", args=[work.lead_instalment.pk])
    client = signed_in(work.lead_officer)
    none = client.get(url)
    assert (none.status_code, sentences(none)) == (302, ["Không có bản nháp nào để bỏ."])
    draft = save_reply_draft(by=work.lead_head, instalment=work.lead_instalment, text="Nháp của phòng.")
    add_web_evidence(by=work.lead_head, reply=draft, url="https://a.vn/", title="A", seen_date=DAY)
    asked = client.get(url)
    assert "Nháp của phòng." in asked.content.decode()
    assert Reply.objects.count() == 1
    assert sentences(client.post(url, {"seen": asked.context["seen"]}))[-1] == "Đã bỏ bản nháp."
    assert (Reply.objects.count(), Evidence.objects.count()) == (0, 0)


def test_draft_that_a_colleague_has_written_into_is_not_discarded_unseen(work: Office) -> None:
    url = reverse("programme:discard_draft", args=[work.lead_instalment.pk])
    save_reply_draft(by=work.lead_officer, instalment=work.lead_instalment, text="Nháp.")
    client = signed_in(work.lead_officer)
    seen = client.get(url).context["seen"]
    save_reply_draft(by=work.lead_head, instalment=work.lead_instalment, text="Bản của trưởng phòng.")
    response = client.post(url, {"seen": seen})
    assert (response.status_code, values_of()) == (409, ("DRAFT", "IN_PROGRESS", 0, "Bản của trưởng phòng."))
    assert "Bản của trưởng phòng." in response.content.decode()
    assert client.post(url, {"seen": response.context["seen"]}).status_code == 302
    assert Reply.objects.count() == 0


def test_too_much_evidence_is_said_once_and_the_rest_kept(work: Office) -> None:
    draft = save_reply_draft(by=work.lead_officer, instalment=work.lead_instalment, text="Nháp")
    for number in range(49):
        add_web_evidence(
            by=work.lead_officer, reply=draft, url=f"https://a.vn/{number}", title="A", seen_date=DAY
        )
    response = Form(work.lead_officer, work.lead_instalment).send(
        text="Nháp", files=[upload(f"{number}.png", PNG + bytes([number])) for number in range(3)]
    )
    assert response.context["problems"] == [("reply-files", "Một báo cáo có nhiều nhất 50 minh chứng.")]
    assert Evidence.objects.count() == 50


def test_sent_report_goes_back_to_where_the_officer_came_from(work: Office) -> None:
    form = Form(work.lead_officer, work.lead_instalment)
    response = form.send(text="Đang làm.", percent="10", next=reverse("programme:difficulties"))
    assert response.headers["Location"] == reverse("programme:difficulties")


def kept(work: Office, text: str = "Của tôi.") -> Writing:
    """What stands between the keeping and the sending of one form of the lead's officer."""
    form = ReplyForm(QueryDict(f"outcome=IN_PROGRESS&percent=20&text={text}"))
    assert form.is_valid()
    return keep_words(work.lead_officer, work.lead_instalment, form, seen_token([]))


def test_send_does_not_take_a_colleagues_words_along(work: Office) -> None:
    writing = kept(work)
    save_reply_draft(by=work.lead_head, instalment=work.lead_instalment, text="Của trưởng phòng.")
    send_as_written(work.lead_officer, writing)
    assert (writing.meanwhile, writing.sent) == (Meanwhile.CHANGED, None)
    assert values_of() == ("DRAFT", "IN_PROGRESS", 0, "Của trưởng phòng.")


def test_send_of_what_was_sent_at_this_moment_sends_nothing_more(work: Office) -> None:
    first, second = kept(work), kept(work)
    send_as_written(work.lead_officer, first)
    send_as_written(work.lead_officer, second)
    assert (first.sent, second.meanwhile, second.sent) == (Reply.objects.get(), Meanwhile.TWICE, None)


def test_send_of_what_was_discarded_at_this_moment_asks_to_send_once_more(work: Office) -> None:
    writing = kept(work)
    assert writing.draft is not None
    discard_reply_draft(by=work.lead_head, reply=writing.draft)
    with pytest.raises(ValidationError):
        send_as_written(work.lead_officer, writing)
    assert Reply.objects.count() == 0


def test_verdict_does_not_count_as_a_change_of_the_draft(work: Office) -> None:
    """A difficulty answered, or an earlier report judged, while the officer writes is no conflict."""
    first = Form(work.lead_officer, work.lead_instalment)
    first.send(text="Đang làm.", percent="10", difficulty="Thiếu.")
    form = Form(work.lead_officer, work.lead_instalment)
    answer_difficulty(by=work.planner, difficulty=Difficulty.objects.get(), answer="Đã cấp.")
    assert form.send(text="Làm tiếp.", percent="20").status_code == 302
    assert [reply.state for reply in Reply.objects.all()] == ["SENT", "SENT"]


def test_nothing_is_taken_from_a_form_for_a_sent_report(work: Office) -> None:
    draft = save_reply_draft(
        by=work.lead_officer,
        instalment=work.lead_instalment,
        outcome=Outcome.DONE,
        text="Xong.",
        no_evidence_reason="Họp.",
    )
    form = Form(work.lead_officer, work.lead_instalment)
    send_reply(by=work.lead_officer, reply=draft)
    response = form.send("save", outcome="DONE", text="Sửa lại.", files=[upload("ảnh.png")])
    assert (response.status_code, values_of(), evidence()) == (409, ("SENT", "DONE", 100, "Xong."), [])
