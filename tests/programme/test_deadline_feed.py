"""Private calendar addresses: made, renewed, revoked; what stands under them, to whom, and as RFC 5545 has it."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import Post
from khuevan.plain.calendar.deadline_rules import EachPeriod, OnDate, as_plain
from khuevan.programme.actions import (
    accept_reply,
    add_step,
    add_web_evidence,
    move_step,
    open_deadline_feed,
    revoke_deadline_feed,
    save_reply_draft,
    send_reply,
    waive_instalment,
)
from khuevan.programme.actions.subscriptions import feed_digest
from khuevan.programme.deadline_ics import Deadline, deadlines_as_ics
from khuevan.programme.deadline_queries import DeadlineLine, deadlines_of
from khuevan.programme.lines import UnitName
from khuevan.programme.models import DeadlineFeed, Instalment, Reply, Task
from khuevan.programme.presenters.deadlines import deadline
from khuevan.programme.private_addresses import WithoutSecrets
from tests.factories.people import PostFactory, UserFactory
from tests.factories.work import DAY, DUE, Office, assigned, at, office

HANOI = timezone(timedelta(hours=7))
MADE, CHANGED = datetime(2025, 3, 11, 9, tzinfo=HANOI), datetime(2025, 6, 2, 16, 30, tzinfo=HANOI)
FILM = "Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế"


@pytest.fixture
def work(db: None) -> Office:
    return office()


# The file


def a_deadline(**values: object) -> Deadline:
    plain: dict[str, object] = {
        "uid": "instalment-7@khuevan.example.vn", "day": DUE, "summary": FILM, "description": "Đơn vị: Văn phòng Sở",
        "url": "https://khuevan.example.vn/quan-tri/chuong-trinh/ky-han/7/", "categories": ("Thời hạn", "Chủ trì"),
        "made": MADE, "changed": CHANGED,
    }  # fmt: skip
    return Deadline(**{**plain, **values})  # type: ignore[arg-type]


def test_file_is_written_line_by_line_as_the_standard_has_it() -> None:
    assert deadlines_as_ics("Hạn công việc", "Việc của đơn vị", [a_deadline()]).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Khue Van//Deadlines//VI",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Việc của đơn vị",
        "X-WR-CALDESC:Việc của đơn vị",
        "NAME:Hạn công việc",
        "X-WR-CALNAME:Hạn công việc",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "SUMMARY:Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với ",
        " bạn bè quốc tế",
        "DTSTART;VALUE=DATE:20250620",
        "DTEND;VALUE=DATE:20250621",
        "DTSTAMP:20250602T093000Z",
        "UID:instalment-7@khuevan.example.vn",
        "SEQUENCE:7198200",
        "CATEGORIES:Thời hạn,Chủ trì",
        "CREATED:20250311T020000Z",
        "DESCRIPTION:Đơn vị: Văn phòng Sở",
        "LAST-MODIFIED:20250602T093000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://khuevan.example.vn/quan-tri/chuong-trinh/ky-han/7/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_file_without_deadlines_is_a_calendar_without_events() -> None:
    calendar = Calendar.from_ical(deadlines_as_ics("Hạn", "", []))
    assert (str(calendar["VERSION"]), calendar.walk("VEVENT")) == ("2.0", [])


def read_back(data: bytes) -> list[Deadline]:
    """The deadlines that another program would find in the file; entries of an unknown sort make it fail."""
    found = []
    for event in Calendar.from_ical(data).walk("VEVENT"):
        assert event.errors == []
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert end - start == timedelta(days=1)
        found.append(
            Deadline(
                str(event["UID"]), start, str(event["SUMMARY"]), str(event["DESCRIPTION"]), str(event["URL"]),
                tuple(str(item) for item in event["CATEGORIES"].cats), event["CREATED"].dt, event["LAST-MODIFIED"].dt,
            )
        )  # fmt: skip
    return found


def unescaped(text: str) -> str:
    """A TEXT value as RFC 5545, 3.3.11 reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


# Letters with one, two and three marks, some of them written with combining marks; and what iCalendar escapes.
LETTERS = (
    "aăâđêôơưấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵẤĐ ,;:\\\"'()%0129–“”✓" + "a\u0306\u0301" + "o\u031b\u0323"
)
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=400).map(str.strip).filter(bool)


@given(
    WORDS,
    st.lists(WORDS, min_size=1, max_size=6).map("\n".join),
    st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    st.dates(date(2015, 1, 1), date(2099, 12, 30)),
)
def test_long_vietnamese_words_come_back_whole(
    summary: str, description: str, categories: tuple[str, ...], day: date
) -> None:
    made, changed = MADE.astimezone(UTC), CHANGED.astimezone(UTC)
    item = a_deadline(
        summary=summary, description=description, categories=categories, day=day, made=made, changed=changed
    )
    data = deadlines_as_ics(summary, description, [item])
    assert read_back(data) == [item]
    calendar = Calendar.from_ical(data)
    assert [str(calendar[name]) for name in ("NAME", "DESCRIPTION")] == [summary, description]
    # The library hands extensions over as they are written.
    extensions = [unescaped(str(calendar[name])) for name in ("X-WR-CALNAME", "X-WR-CALDESC")]
    assert extensions == [summary, description]
    # RFC 5545, 3.1: no line is longer than 75 octets, and none is cut within a character.
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_sequence_never_falls_below_nothing_and_grows_with_changes() -> None:
    def sequence(changed: datetime) -> int:
        return int(
            Calendar.from_ical(deadlines_as_ics("a", "", [a_deadline(changed=changed)])).walk("VEVENT")[0][
                "SEQUENCE"
            ]
        )

    assert [sequence(MADE - timedelta(days=1)), sequence(MADE), sequence(MADE + timedelta(minutes=1))] == [
        0,
        0,
        60,
    ]


# The words


def a_line(**values: object) -> DeadlineLine:
    plain: dict[str, object] = {
        "pk": 7, "step": False, "verdict": False, "task": 3, "number": 12, "text": f"{FILM}.",
        "plan_name": "48/KH-SVHTT", "unit": UnitName(1, "Phòng Truyền thông số", "TTS"), "role": "SUPPORT",
        "day": DUE, "state": "WAITING",
        "made": MADE, "changed": CHANGED,
    }  # fmt: skip
    return DeadlineLine(**{**plain, **values})  # type: ignore[arg-type]


def in_words(line: DeadlineLine, today: date = DAY) -> Deadline:
    with translation.override("vi"):
        return deadline(
            line, today, "khuevan.example.vn", lambda item: f"https://khuevan.example.vn/{item.pk}/"
        )


def test_entry_says_the_task_the_unit_the_role_and_where_to_report() -> None:
    assert in_words(a_line()) == Deadline(
        "instalment-7@khuevan.example.vn", DUE, FILM,
        f"Nhiệm vụ: 12. {FILM}.\nKế hoạch: 48/KH-SVHTT\nĐơn vị: Phòng Truyền thông số\nVai trò: Phối hợp\n"
        "Thời hạn: 20/06/2025\nTrạng thái: Chưa triển khai\nTrang: https://khuevan.example.vn/7/",
        "https://khuevan.example.vn/7/", ("Thời hạn", "Phối hợp"), MADE, CHANGED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "today", "summary", "categories"),
    [
        ({"state": "DONE"}, DAY, f"✓ {FILM}", ("Thời hạn", "Phối hợp")),
        ({}, date(2025, 6, 21), f"QUÁ HẠN: {FILM}", ("Thời hạn", "Phối hợp")),
        ({}, DUE, FILM, ("Thời hạn", "Phối hợp")),
        ({"state": "DONE"}, date(2025, 7, 1), f"✓ {FILM}", ("Thời hạn", "Phối hợp")),
        ({"state": "REPORTED"}, date(2025, 7, 1), f"Chờ nghiệm thu: {FILM}", ("Thời hạn", "Phối hợp")),
        ({"state": "RETURNED"}, DAY, f"Bị trả lại: {FILM}", ("Thời hạn", "Phối hợp")),
        ({"state": "RETURNED"}, date(2025, 7, 1), f"QUÁ HẠN: {FILM}", ("Thời hạn", "Phối hợp")),
        (
            {"state": "REPORTED", "verdict": True}, date(2025, 7, 1), f"CẦN NGHIỆM THU: {FILM} (TTS)",
            ("Cần nghiệm thu",),
        ),
        ({"step": True, "text": "Dựng trang", "state": "TODO", "role": ""}, DAY, "Bước: Dựng trang", ("Bước",)),
        ({"step": True, "text": "Dựng trang", "state": "DONE", "role": ""}, DAY, "✓ Bước: Dựng trang", ("Bước",)),
    ],
)  # fmt: skip
def test_summary_begins_with_the_state(
    values: dict[str, object], today: date, summary: str, categories: tuple[str, ...]
) -> None:
    found = in_words(a_line(**values), today)
    assert (found.summary, found.categories) == (summary, categories)


def test_entry_changes_at_the_midnight_on_which_it_becomes_late() -> None:
    assert in_words(a_line(), DUE).changed == CHANGED
    midnight = datetime(2025, 6, 21, tzinfo=HANOI)
    assert in_words(a_line(), date(2025, 6, 25)).changed == midnight
    # Whoever changed it since changed it last.
    later = datetime(2025, 6, 23, 8, tzinfo=HANOI)
    assert in_words(a_line(changed=later), date(2025, 6, 25)).changed == later


# Whose deadlines


def reported(work: Office, instalment: Instalment, by, on: date = DAY) -> Reply:
    with clock.stopped_at(at(on)):
        draft = save_reply_draft(by=by, instalment=instalment, outcome="DONE", text="Đã xong.")
        add_web_evidence(by=by, reply=draft, url="https://example.vn/tin", title="Tin", seen_date=on)
        return send_reply(by=by, reply=draft)


def told(person, day: date = DAY) -> list[tuple[str, str, str, str]]:
    """What stands in the person's calendar on a day: kind, unit, day, state."""
    return [
        (
            "step" if line.step else "verdict" if line.verdict else "instalment",
            line.unit.short_name,
            line.day.isoformat(),
            line.state,
        )
        for line in deadlines_of(person, day)
    ]


def test_calendar_holds_what_the_unit_owes_and_its_steps(work):
    with clock.stopped_at(at(DAY)):
        step = add_step(
            by=work.planner, task=work.task, unit=work.support, title="Dựng trang", due_date=date(2025, 6, 16)
        )
        add_step(by=work.planner, task=work.task, unit=work.support, title="Không có hạn")
        move_step(by=work.support_officer, step=step, state="DONE")
    expected = [("step", "TTS", "2025-06-16", "DONE"), ("instalment", "TTS", "2025-06-20", "WAITING")]
    assert (told(work.support_officer), told(work.support_head)) == (expected, expected)
    assert told(work.lead_officer) == [("instalment", "TTBCXB", "2025-06-20", "WAITING")]
    for who in (work.other_officer, work.auditor, work.director, work.planner):
        assert told(who) == []


def test_reports_that_wait_stand_in_the_calendar_of_those_whose_turn_it_is(work):
    reported(work, work.support_instalment, work.support_officer)
    lead = reported(work, work.lead_instalment, work.lead_officer)
    support_waits, lead_waits = (
        ("verdict", "TTS", "2025-06-20", "REPORTED"),
        ("verdict", "TTBCXB", "2025-06-20", "REPORTED"),
    )
    own = ("instalment", "TTBCXB", "2025-06-20", "REPORTED")
    assert told(work.lead_head) == [own, support_waits]
    assert told(work.lead_officer) == [own]
    assert told(work.planner) == told(work.director) == told(work.deputy) == [lead_waits]
    with clock.stopped_at(at(DAY)):
        accept_reply(by=work.planner, reply=lead)
    assert told(work.planner) == []
    assert told(work.lead_officer) == [("instalment", "TTBCXB", "2025-06-20", "DONE")]


def test_report_of_long_ago_stands_on_the_day_it_was_made(work):
    early = assigned_on(work, date(2025, 4, 1))
    reported(work, Instalment.objects.get(assignment=early), work.lead_officer, date(2025, 6, 10))
    assert told(work.planner) == [("verdict", "TTBCXB", "2025-06-10", "REPORTED")]
    # Forty days later it is beyond both, and stands on the desk alone.
    assert told(work.planner, date(2025, 7, 20)) == []


def assigned_on(work: Office, day: date):
    with unaudited("a test's own task"):
        task = Task.objects.create(
            plan=work.plan, section=work.task.section, ref="II.1.-2", text="Họp báo.", order=1,
            deadline_rule=as_plain(OnDate(day)), read_in=work.task.read_in,
        )  # fmt: skip
    return assigned(task, work.lead, "LEAD")


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (DUE - timedelta(days=365), True),
        (DUE - timedelta(days=366), False),
        (DUE + timedelta(days=30), True),
        (DUE + timedelta(days=31), False),
    ],
)
def test_calendar_reaches_from_thirty_days_back_to_a_year_ahead(work, day, there):
    with unaudited("posts that last"):
        Post.objects.filter(person=work.lead_officer).update(from_date=date(2020, 1, 1))
    assert [item[2] for item in told(work.again(work.lead_officer), day)] == (["2025-06-20"] if there else [])


def test_what_is_not_required_or_was_given_away_leaves_the_calendar(work):
    with clock.stopped_at(at(DAY)):
        waive_instalment(by=work.planner, instalment=work.support_instalment, reason="Không cần.")
    assert told(work.support_officer) == []
    with unaudited("an ended assignment"):
        work.leading.ended_at, work.leading.ended_by, work.leading.end_reason = (
            at(DAY),
            work.planner,
            "Chuyển",
        )
        work.leading.save()
    assert told(work.lead_officer) == []


def test_draft_does_not_change_what_anybody_is_told(work):
    before = {
        who: told(getattr(work, who)) for who in ("lead_head", "planner", "director", "support_officer")
    }
    with clock.stopped_at(at(DAY)):
        save_reply_draft(
            by=work.support_officer, instalment=work.support_instalment, outcome="DONE", text="Kín"
        )
    assert {who: told(getattr(work, who)) for who in before} == before


# The address


def staff_page(client, **values: str):
    with clock.stopped_at(at(DAY)):
        url = reverse("programme:deadline_feed")
        return client.post(url, values) if values else client.get(url)


def feed(client, secret: str, day: date = DAY, **headers: str):
    with clock.stopped_at(at(day)):
        return client.get(f"/lich/{secret}.ics", headers=headers)


def made(client) -> str:
    """The secret part of the address that the page shows after it was made."""
    html = staff_page(client, deed="open").content.decode()
    found = re.search(rf'value="{re.escape(settings.WAGTAILADMIN_BASE_URL)}/lich/([-\w]+)\.ics"', html)
    assert found is not None
    return found[1]


def test_address_is_shown_once_works_at_once_and_ends_when_renewed_or_revoked(client, work):
    client.force_login(work.lead_officer)
    assert "Bạn chưa có địa chỉ riêng." in staff_page(client).content.decode()
    first = made(client)
    assert DeadlineFeed.objects.get().digest == feed_digest(first)
    again = staff_page(client)
    assert first not in again.content.decode()
    assert "Không thể hiện lại địa chỉ" in again.content.decode()
    assert again.headers["Cache-Control"] == "no-store, private, max-age=0, no-cache, must-revalidate"
    client.logout()
    assert feed(client, first).status_code == 200
    client.force_login(work.lead_officer)
    second = made(client)
    assert (feed(client, first).status_code, feed(client, second).status_code) == (404, 200)
    ended = staff_page(client, deed="revoke")
    assert ended.headers["Location"] == reverse("programme:deadline_feed")
    assert "Đã thu hồi địa chỉ" in staff_page(client).content.decode()
    assert feed(client, second).status_code == 404
    assert DeadlineFeed.objects.filter(revoked_at__isnull=True).count() == 0


def test_person_makes_and_revokes_the_own_address_only(client, work):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.director)
    client.force_login(work.lead_officer)
    staff_page(client, deed="revoke")
    made(client)
    assert feed(client, secret).status_code == 200
    assert set(DeadlineFeed.objects.filter(revoked_at__isnull=True).values_list("person", flat=True)) == {
        work.director.pk, work.lead_officer.pk,
    }  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_page_is_open_to_everyone_with_a_post(client, db, role):
    client.force_login(PostFactory(role=role).person)
    assert "Tạo địa chỉ riêng" in staff_page(client).content.decode()


def test_whatever_the_reason_a_calendar_that_is_not_there_answers_alike(client, work):
    with clock.stopped_at(at(DAY)):
        revoked = open_deadline_feed(by=work.lead_officer)
        revoke_deadline_feed(by=work.lead_officer)
        closed = open_deadline_feed(by=work.support_officer)
        without_post = open_deadline_feed(by=UserFactory())
        former = open_deadline_feed(by=work.other_officer)
    with unaudited("a closed account and an ended post"):
        work.support_officer.is_active = False
        work.support_officer.save()
        Post.objects.filter(person=work.other_officer).update(to_date=DAY - timedelta(days=1))
    answers = [feed(client, secret) for secret in ("unknown", revoked, closed, without_post, former)]
    assert {(answer.status_code, answer.content, answer.headers["Content-Type"]) for answer in answers} == {
        (404, b"No calendar at this address.\n", "text/plain; charset=utf-8")
    }
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


@pytest.mark.parametrize("path", ["/lich/", "/lich/.ics", "/lich/a.b.ics", "/lich/a/b.ics"])
def test_other_addresses_are_no_calendars(client, db, path):
    assert client.get(path).headers["Content-Type"].startswith("text/html")


def test_calendar_tells_the_persons_deadlines_in_vietnamese_with_full_addresses(client, work):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.lead_officer)
    response = feed(client, secret)
    assert [response.headers[name] for name in ("Content-Type", "Cache-Control", "X-Robots-Tag")] == [
        "text/calendar; charset=utf-8", "private, max-age=600", "noindex",
    ]  # fmt: skip
    calendar = Calendar.from_ical(response.content)
    assert str(calendar["X-WR-CALNAME"]) == "Hạn công việc – Lê Thị Viên"
    url = f"{settings.WAGTAILADMIN_BASE_URL}/quan-tri/chuong-trinh/ky-han/{work.lead_instalment.pk}/"
    (found,) = read_back(response.content)
    assert (found.uid, found.day, found.summary, found.url, found.categories) == (
        f"instalment-{work.lead_instalment.pk}@127.0.0.1", DUE, FILM, url, ("Thời hạn", "Chủ trì"),
    )  # fmt: skip
    assert found.description.splitlines()[-2:] == ["Trạng thái: Chưa triển khai", f"Trang: {url}"]
    assert [name for name in ("VALARM", "VTODO", "VTIMEZONE") if calendar.walk(name)] == []


def test_events_have_what_rfc_5545_asks_for(client, work):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.support_officer)
        add_step(
            by=work.planner, task=work.task, unit=work.support, title="Dựng trang; thử, sửa", due_date=DUE
        )
    calendar = Calendar.from_ical(feed(client, secret).content)
    # 3.6: both once. 3.6.1: UID and DTSTAMP once, DTSTART as there is no METHOD; DTEND is a date as DTSTART is.
    assert (str(calendar["VERSION"]), bool(str(calendar["PRODID"])), "METHOD" in calendar) == (
        "2.0",
        True,
        False,
    )
    events = calendar.walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) == 2
    for event in events:
        assert not isinstance(event["DTSTART"].dt, datetime)
        assert not isinstance(event["DTEND"].dt, datetime)
        assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)
        # 3.8.7.2: without METHOD the stamp is that of the last change.
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
        assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")


def test_key_of_an_event_stays_and_its_sequence_grows_when_work_is_done(client, work):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.lead_officer)

    def event():
        return Calendar.from_ical(feed(client, secret).content).walk("VEVENT")[0]

    before = event()
    with unaudited("a made day"):
        # Made a day before: changes of the same second would have the same number.
        Instalment.objects.filter(pk=work.lead_instalment.pk).update(
            created_at=before["CREATED"].dt - timedelta(days=1)
        )
    reply = reported(work, work.lead_instalment, work.lead_officer)
    with clock.stopped_at(at(DAY)):
        accept_reply(by=work.planner, reply=reply)
    after = event()
    assert (str(after["UID"]), str(after["SUMMARY"])) == (str(before["UID"]), f"✓ {FILM}")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


def test_calendar_is_sent_again_only_when_it_says_something_else(client, work):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.lead_officer)
    first = feed(client, secret)
    etag = first.headers["ETag"]
    same = feed(client, secret, if_none_match=etag)
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    # Late is something else to say, though nobody wrote anything.
    late = feed(client, secret, DUE + timedelta(days=1), if_none_match=etag)
    assert (late.status_code, late.headers["ETag"] != etag) == (200, True)
    with clock.stopped_at(at(DAY)):
        waive_instalment(by=work.planner, instalment=work.lead_instalment, reason="Không cần.")
    # What went away leaves no later moment behind: a question by time alone is answered in full.
    gone = feed(client, secret, if_modified_since=first.headers["Last-Modified"])
    assert (gone.status_code, read_back(gone.content)) == (200, [])


def test_only_reading_is_allowed(client, work):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.lead_officer)
        answers = [client.post(f"/lich/{secret}.ics"), client.head(f"/lich/{secret}.ics")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(405, b""), (200, b"")]


@pytest.mark.parametrize("who", ["lead_head", "director", "support_officer"])
def test_calendar_takes_the_same_queries_for_one_deadline_and_for_many(
    client, work, who, django_assert_num_queries
):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=getattr(work, who))
    with CaptureQueriesContext(connection) as asked:
        assert feed(client, secret).status_code == 200
    assert len(asked) < 15
    with unaudited("more work"):
        for order in range(1, 4):
            task = Task.objects.create(
                plan=work.plan, section=work.task.section, ref=f"II.1.-{order + 1}", text=f"Việc {order}",
                order=order, deadline_rule=as_plain(EachPeriod("MONTH", 1, 20)), read_in=work.task.read_in,
            )  # fmt: skip
            assigned(task, work.lead, "LEAD")
            assigned(task, work.support)
    for instalment in Instalment.objects.filter(assignment__unit=work.support, due_date=DUE):
        reported(work, instalment, work.support_officer)
    with django_assert_num_queries(len(asked)):
        assert feed(client, secret).status_code == 200


def test_secret_stands_in_no_line_of_the_log(client, work, caplog):
    with clock.stopped_at(at(DAY)):
        secret = open_deadline_feed(by=work.lead_officer)
        revoke_deadline_feed(by=work.lead_officer)
    with caplog.at_level(logging.DEBUG):
        assert feed(client, secret).status_code == 404
        assert client.post(f"/lich/{secret}.ics").status_code == 405
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("django.request")]
    assert lines == ["Not Found: /lich/….ics", "Method Not Allowed (POST): /lich/….ics"]
    everything = " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert secret not in everything


@pytest.mark.parametrize(
    ("message", "arguments", "line"),
    [
        ("%s: %s", ("Not Found", "/lich/aB-_9.ics"), "Not Found: /lich/….ics"),
        ("Internal Server Error: /lich/aB-_9.ics", (), "Internal Server Error: /lich/….ics"),
        ("%s of %s", (404, "/quan-tri/chuong-trinh/lich/"), "404 of /quan-tri/chuong-trinh/lich/"),
    ],
)
def test_filter_takes_secrets_out_of_messages_and_their_arguments(message, arguments, line):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, arguments, None)
    assert WithoutSecrets().filter(record) is True
    assert record.getMessage() == line
