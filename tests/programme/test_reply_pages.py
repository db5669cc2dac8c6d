"""Who reaches which page about reports, by GET and by POST; what an instalment's page says to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.models import User
from khuevan.plain.calendar.deadline_rules import AllYear
from khuevan.programme.actions import (
    accept_reply,
    add_record_evidence,
    add_web_evidence,
    answer_difficulty,
    end_assignment,
    return_reply,
    save_reply_draft,
    send_reply,
    set_task_deadline,
    waive_instalment,
)
from khuevan.programme.choices import Outcome
from khuevan.programme.models import Instalment, Plan, Reply
from khuevan.programme.reply_writing import seen_token
from tests.factories.work import DAY, at, office
from tests.programme.reply_scenes import PEOPLE, PNG, Scene, scene, sentences, signed_in, undone, upload

pytestmark = pytest.mark.django_db

# What a person gets, in the order of PEOPLE: the lead's head and officer, the support's head and officer, an
# officer of another unit, the planning officer, director and deputy, the auditor.
READERS = (200, 200, 200, 200, 404, 200, 200, 200, 200)
LEAD_ONLY = (200, 200, 403, 403, 404, 403, 403, 403, 403)
SUPPORT_ONLY = (403, 403, 200, 200, 404, 403, 403, 403, 403)
JUDGES_OF_SUPPORT = (200, 403, 403, 403, 404, 200, 200, 200, 403)
JUDGES_OF_LEAD = (403, 403, 403, 403, 404, 200, 200, 200, 403)
EVERYBODY = (200,) * 9


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.stopped_at(at(DAY, 10)):
        yield


@pytest.fixture
def now() -> Scene:
    return scene()


def addresses(now: Scene) -> dict[str, tuple[str, tuple[int, ...], dict[str, Any] | None]]:
    """By name: the address, what each person gets, and what is sent by POST (None: it takes none)."""

    def to(name: str, *args: int) -> str:
        return reverse(f"programme:{name}", args=args)

    lead, support = now.work.lead_instalment.pk, now.work.support_instalment.pk
    words = {"words": "Vì lý do này."}
    draft = {"outcome": "IN_PROGRESS", "percent": "50", "text": "Đang làm.", "do": "save", "seen": "?"}
    return {
        "support's instalment": (to("instalment", support), READERS, None),
        "lead's instalment": (to("instalment", lead), READERS, None),
        "lead's report": (to("reply", lead), LEAD_ONLY, draft | {"seen": token(now)}),
        "support's report": (to("reply", support), SUPPORT_ONLY, None),
        "lead's draft discarded": (to("discard_draft", lead), LEAD_ONLY, {"seen": seen_token([now.draft])}),
        "support waived": (to("waive_instalment", support), JUDGES_OF_SUPPORT, words),
        "lead waived": (to("waive_instalment", lead), JUDGES_OF_LEAD, words),
        "accept": (to("accept_reply", now.waiting.pk), JUDGES_OF_SUPPORT, {}),
        "return": (to("return_reply", now.waiting.pk), JUDGES_OF_SUPPORT, words),
        "answer": (to("answer_difficulty", now.difficulty.pk), JUDGES_OF_LEAD, words),
        "sent file": (to("evidence_file", now.sent_file.pk), READERS, None),
        # Not even that it is there is told to others.
        "draft's file": (
            to("evidence_file", now.draft_file.pk),
            (200, 200, 404, 404, 404, 404, 404, 404, 404),
            None,
        ),
        "draft accepted": (to("accept_reply", now.draft.pk), (404,) * 9, {}),
        "draft returned": (to("return_reply", now.draft.pk), (404,) * 9, words),
        "records": (to("evidence_records"), EVERYBODY, None),
        "difficulties": (to("difficulties"), EVERYBODY, None),
        "to be accepted": (to("to_judge"), (200, 403, 200, 403, 403, 200, 200, 200, 403), None),
    }


def token(now: Scene) -> str:
    """What the form of the lead's people brings along."""
    page = signed_in(now.work.lead_officer).get(
        reverse("programme:instalment", args=[now.work.lead_instalment.pk])
    )
    found: str = page.context["token"]
    return found


def status(response: Any) -> int:
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


@pytest.mark.parametrize("place", range(len(PEOPLE)), ids=PEOPLE)
def test_each_person_reaches_what_is_theirs_by_get(now: Scene, place: int) -> None:
    client = signed_in(getattr(now.work, PEOPLE[place]))
    asked = addresses(now)
    assert {name: status(client.get(url)) for name, (url, _, _) in asked.items()} == {
        name: expected[place] for name, (_, expected, _) in asked.items()
    }


@pytest.mark.parametrize("place", range(len(PEOPLE)), ids=PEOPLE)
def test_each_person_does_what_is_theirs_by_post_and_nothing_else(now: Scene, place: int) -> None:
    client = signed_in(getattr(now.work, PEOPLE[place]))
    answers, expected = {}, {}
    for name, (url, gets, data) in addresses(now).items():
        before = list(Reply.objects.order_by("pk").values()), list(Instalment.objects.order_by("pk").values())
        with undone():
            answers[name] = status(client.post(url, data or {}))
            after = (
                list(Reply.objects.order_by("pk").values()),
                list(Instalment.objects.order_by("pk").values()),
            )
        if data is None:
            # Pages to look at refuse; a report of what waits for a verdict is too late for its own people.
            looks = 409 if name == "support's report" and gets[place] == 200 else 405
            expected[name] = looks if name != "support's report" or gets[place] == 200 else gets[place]
        else:
            expected[name] = 302 if gets[place] == 200 else gets[place]
        if expected[name] != 302:
            assert after == before, name
    assert answers == expected


def page(now: Scene, who: User, instalment: Instalment | None = None) -> Any:
    chosen = instalment or now.work.support_instalment
    response = signed_in(who).get(reverse("programme:instalment", args=[chosen.pk]))
    assert response.status_code == 200
    return response


def test_draft_and_its_evidence_are_shown_to_the_unit_only(now: Scene) -> None:
    own = page(now, now.work.lead_head, now.work.lead_instalment)
    assert own.context["draft"] == now.draft
    assert "nhap.png" in own.content.decode()
    for who in ("support_head", "planner", "director", "auditor"):
        other = page(now, getattr(now.work, who), now.work.lead_instalment)
        html = other.content.decode()
        assert ("nhap.png" in html, "Đã tổ chức xong." in html, "form" in other.context) == (False,) * 3
        assert "Đã chọn xong phim." in html


def test_page_says_whose_turn_it_is(now: Scene) -> None:
    assert page(now, now.work.auditor).context["turn"] == (
        "Chờ Trần Văn Trưởng (Phòng Thông tin – Báo chí – Xuất bản) nghiệm thu."
    )
    lead = now.work.lead_instalment
    assert page(now, now.work.auditor, lead).context["turn"] == (
        "Đến lượt Phòng Thông tin – Báo chí – Xuất bản báo cáo."
    )
    send_reply(by=now.work.lead_officer, reply=now.draft)
    assert page(now, now.work.auditor, lead).context["turn"] == (
        "Chờ bộ phận tổng hợp kế hoạch hoặc lãnh đạo Sở nghiệm thu."
    )
    accept_reply(by=now.work.director, reply=now.draft)
    assert page(now, now.work.auditor, lead).context["turn"] == "Vũ Thị Giám nghiệm thu ngày 12/06/2025."
    waive_instalment(by=now.work.director, instalment=now.work.support_instalment, reason="Hoãn sự kiện.")
    assert page(now, now.work.auditor).context["turn"] == "Không yêu cầu thực hiện: Hoãn sự kiện."


def test_turn_names_the_title_of_the_nearest_head() -> None:
    work = office()
    waiting = save_reply_draft(
        by=work.support_officer,
        instalment=work.support_instalment,
        outcome=Outcome.DONE,
        text="Xong.",
        no_evidence_reason="Họp.",
    )
    send_reply(by=work.support_officer, reply=waiting)
    post = work.lead_head.posts.get()
    with unaudited("the head has a title, then leaves, and a head above is left"):
        post.title = "Trưởng phòng"
        post.save()
        first = signed_in(work.auditor).get(
            reverse("programme:instalment", args=[work.support_instalment.pk])
        )
        post.unit = work.department
        post.title = "Chánh Văn phòng"
        post.save()
        second = signed_in(work.auditor).get(
            reverse("programme:instalment", args=[work.support_instalment.pk])
        )
        post.delete()
        third = signed_in(work.auditor).get(
            reverse("programme:instalment", args=[work.support_instalment.pk])
        )
    unit = "Phòng Thông tin – Báo chí – Xuất bản"
    assert [answer.context["turn"] for answer in (first, second, third)] == [
        f"Chờ Trưởng phòng Trần Văn Trưởng ({unit}) nghiệm thu.",
        f"Chờ Chánh Văn phòng Trần Văn Trưởng ({unit}) nghiệm thu.",
        f"Chờ thủ trưởng {unit} nghiệm thu.",
    ]


def test_verdict_is_offered_to_those_who_may_give_it(now: Scene) -> None:
    accept = reverse("programme:accept_reply", args=[now.waiting.pk])
    offered = {who for who in PEOPLE if who != "other_officer" and accept in _html(now, who)}
    assert offered == {"lead_head", "planner", "director", "deputy"}


def _html(now: Scene, who: str, instalment: Instalment | None = None) -> str:
    text: str = page(now, getattr(now.work, who), instalment).content.decode()
    return text


def test_difficulty_shows_its_answer_or_the_way_to_answer(now: Scene) -> None:
    lead = now.work.lead_instalment
    answer = reverse("programme:answer_difficulty", args=[now.difficulty.pk])
    assert (answer in _html(now, "planner", lead), answer in _html(now, "support_head", lead)) == (
        True,
        False,
    )
    assert "Chưa được trả lời" in _html(now, "support_head", lead)
    answer_difficulty(by=now.work.planner, difficulty=now.difficulty, answer="Đã gửi công văn 215.")
    html = _html(now, "planner", lead)
    assert ("Đã gửi công văn 215." in html, answer in html) == (True, False)


def test_story_is_told_newest_first_with_verdicts(now: Scene) -> None:
    with clock.stopped_at(at(date(2025, 6, 13))):
        return_reply(by=now.work.lead_head, reply=now.waiting, reason="Thiếu ảnh.")
    with clock.stopped_at(at(date(2025, 6, 14))):
        draft = save_reply_draft(
            by=now.work.support_head, instalment=now.work.support_instalment, text="Đang bổ sung.", percent=80
        )
        send_reply(by=now.work.support_head, reply=draft)
    cards = page(now, now.work.auditor).context["cards"]
    assert [(card.title, card.sign.label, card.by, card.verdict, card.judged_by) for card in cards] == [
        ("Báo cáo tiến độ: 80%", "Đang thực hiện", "Phạm Văn Số", "", ""),
        ("Báo cáo hoàn thành", "Bị trả lại", "Hoàng Thị Mạng", "Thiếu ảnh.", "Trần Văn Trưởng"),
    ]


def test_evidence_leads_where_the_reader_may_go(now: Scene) -> None:
    work = now.work
    send_reply(by=work.lead_officer, reply=now.draft)
    return_reply(by=work.planner, reply=now.draft, reason="Thiếu.")
    draft = save_reply_draft(by=work.lead_officer, instalment=work.lead_instalment, text="Đang làm.")
    add_web_evidence(
        by=work.lead_officer, reply=draft, url="https://example.vn/tin", title="Tin", seen_date=DAY
    )
    add_record_evidence(by=work.lead_officer, reply=draft, record=work.plan)
    sent = send_reply(by=work.lead_officer, reply=draft)
    card = page(now, work.auditor, work.lead_instalment).context["cards"][0]
    assert card.pk == sent.pk
    assert [(item.kind, item.title, item.url, item.detail, item.outside) for item in card.evidence] == [
        ("Địa chỉ trang tin", "Tin", "https://example.vn/tin", "xem ngày 12/06/2025", True),
        ("Kế hoạch", str(work.plan), Plan.objects.get().get_absolute_url(), "", False),
    ]
    html = _html(now, "auditor", work.lead_instalment)
    assert '<a href="https://example.vn/tin" target="_blank" rel="noopener noreferrer">Tin' in html


def test_file_is_handed_out_as_a_download_that_no_browser_opens(now: Scene) -> None:
    response = signed_in(now.work.auditor).get(reverse("programme:evidence_file", args=[now.sent_file.pk]))
    assert (
        response.headers["Content-Type"],
        response.headers["Content-Disposition"],
        response.headers["X-Content-Type-Options"],
        b"".join(response.streaming_content),  # type: ignore[attr-defined]
    ) == ("application/octet-stream", 'attachment; filename="bien-ban.png"', "nosniff", PNG + b"bien-ban.png")


def test_file_that_is_gone_from_the_disk_is_said_so(now: Scene) -> None:
    now.sent_file.file.storage.delete(now.sent_file.file.name)
    response = signed_in(now.work.auditor).get(reverse("programme:evidence_file", args=[now.sent_file.pk]))
    assert response.status_code == 404


def test_web_evidence_is_no_file(now: Scene) -> None:
    item = add_web_evidence(
        by=now.work.lead_officer, reply=now.draft, url="https://example.vn/", title="Tin", seen_date=DAY
    )
    response = signed_in(now.work.lead_officer).get(reverse("programme:evidence_file", args=[item.pk]))
    assert response.status_code == 404


def test_instalments_of_the_assignment_stand_beside(now: Scene) -> None:
    set_task_deadline(by=now.work.planner, task=now.work.task, rule=AllYear())
    first = now.work.lead_instalment
    lines = page(now, now.work.planner, first).context["beside"]
    assert (len(lines), [line.here for line in lines].index(True)) == (
        Instalment.objects.filter(assignment=now.work.leading).count(),
        [
            row.pk
            for row in Instalment.objects.filter(assignment=now.work.leading).order_by("due_date", "pk")
        ].index(first.pk),
    )
    assert page(now, now.work.planner, now.work.support_instalment).context["beside"] != []


def test_ended_assignment_keeps_its_story_and_takes_no_report(now: Scene) -> None:
    end_assignment(by=now.work.planner, assignment=now.work.supporting, reason="Chuyển việc.")
    response = page(now, now.work.lead_head, Instalment.objects.get(pk=now.waiting.instalment_id))
    assert response.context["turn"] == "Không yêu cầu thực hiện: Chuyển việc."
    assert [card.sign.label for card in response.context["cards"]] == ["Chưa nghiệm thu"]
    assert (response.context["may_waive"], "form" in response.context) == (False, False)


# Nine are the frame's own; a head's units take three for what is seen and three for what is answered for.
@pytest.mark.parametrize(
    ("who", "queries"), [("lead_head", 17), ("planner", 14), ("auditor", 13), ("support_officer", 16)]
)
def test_page_takes_the_same_queries_whatever_its_story(
    now: Scene, django_assert_num_queries: Any, who: str, queries: int
) -> None:
    work = now.work
    url = reverse("programme:instalment", args=[work.lead_instalment.pk])
    client = signed_in(getattr(work, who))
    for reports in (1, 2):
        for _ in range(reports):
            send_reply(by=work.lead_officer, reply=_progress(now))
        _progress(now)
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def _progress(now: Scene) -> Reply:
    """The lead's draft of progress with a file, a page and a record."""
    work = now.work
    draft = save_reply_draft(
        by=work.lead_officer,
        instalment=work.lead_instalment,
        text="Đang làm.",
        percent=50,
        difficulty="Thiếu.",
    )
    add_web_evidence(by=work.lead_officer, reply=draft, url="https://a.vn/", title="A", seen_date=DAY)
    add_record_evidence(by=work.lead_officer, reply=draft, record=work.plan)
    return draft


def test_way_back_never_leaves_the_installation(now: Scene) -> None:
    url = reverse("programme:accept_reply", args=[now.waiting.pk])
    own = reverse("programme:instalment", args=[now.waiting.instalment_id])
    list_url = reverse("programme:to_judge")
    for wanted, reached in (
        (list_url, list_url),
        ("https://evil.example/", own),
        ("//evil.example/", own),
        ("/\\evil.example/", own),
        ("javascript:alert(1)", own),
        ("", own),
    ):
        client = signed_in(now.work.lead_head)
        with undone():
            response = client.post(url, {"next": wanted})
        assert (response.status_code, response.headers["Location"]) == (302, reached), wanted
    assert sentences(response) == ["Đã nghiệm thu báo cáo của Phòng Truyền thông số."]


def test_upload_name_is_shown_and_never_a_path(now: Scene) -> None:
    client = signed_in(now.work.lead_officer)
    client.post(
        reverse("programme:reply", args=[now.work.lead_instalment.pk]),
        {
            "outcome": "DONE",
            "text": "Xong",
            "do": "save",
            "seen": token(now),
            "files": [upload("../../x<b>.png")],
        },
    )
    html = _html(now, "lead_officer", now.work.lead_instalment)
    assert ("x&lt;b&gt;.png" in html, "x<b>.png" in html, "../x" in html) == (True, False, False)
