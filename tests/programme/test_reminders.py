"""Who is reminded of what on which day, and that nobody is told twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.outbox.models import OutgoingMail
from khuevan.people.models import Charge, Post
from khuevan.plain.calendar.deadline_rules import OnDate
from khuevan.programme.actions import accept_reply, return_reply
from khuevan.programme.actions.reminding import ReminderReport, remind_everyone
from khuevan.programme.jobs import remind
from khuevan.programme.models import Reminder, ReminderRung, Step
from khuevan.programme.reminder_queries import units_without_people
from tests.factories.people import PostFactory, UserFactory
from tests.factories.work import DUE, Office, at, office
from tests.programme.test_replies import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Office:
    """Due on Friday 20 June 2025; the ladder of a new installation."""
    return office(OnDate(DUE))


def told_on(day: date) -> set[tuple[str, str, int]]:
    """Who was reminded on the day, as what, how many working days from the deadline."""
    with clock.stopped_at(at(day, 7, 30)):
        remind_everyone()
    rows = Reminder.objects.filter(day=day).values_list("person__full_name", "target", "offset")
    return set(rows)


LEAD_OFFICER = "Lê Thị Viên"
SUPPORT_OFFICER = "Hoàng Thị Mạng"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 6, 12), set()),
        (date(2025, 6, 13), {(LEAD_OFFICER, "UNIT", -5), (SUPPORT_OFFICER, "UNIT", -5)}),
        (date(2025, 6, 14), set()),  # a Saturday
        (date(2025, 6, 20), {(LEAD_OFFICER, "UNIT", 0), (SUPPORT_OFFICER, "UNIT", 0)}),
        (date(2025, 6, 25), {("Trần Văn Trưởng", "HEAD", 3), ("Phạm Văn Số", "HEAD", 3)}),
        (
            date(2025, 7, 4),
            {("Đặng Văn Phó", "DEPUTY", 10), ("Trần Văn Trưởng", "HEAD", 10), ("Phạm Văn Số", "HEAD", 10)},
        ),
    ],
)  # fmt: skip
def test_ladder_climbs_from_the_unit_to_its_head_to_the_deputy(work, day, expected):
    # Nobody ran the days before: what fell longer ago than the catch-up is not told, so each day stands alone.
    with clock.stopped_at(at(day - timedelta(days=1), 7, 30)):
        remind_everyone()
    assert told_on(day) == expected


def test_whole_ladder_of_three_weeks_is_told_once_each(work):
    for distance in range(-14, 29):
        told_on(DUE + timedelta(days=distance))
    offsets = Reminder.objects.filter(instalment=work.support_instalment).order_by("day", "target")
    assert list(offsets.values_list("day", "target", "offset")) == [
        (date(2025, 6, 13), "UNIT", -5),
        (date(2025, 6, 19), "UNIT", -1),
        (date(2025, 6, 20), "UNIT", 0),
        (date(2025, 6, 23), "UNIT", 1),
        (date(2025, 6, 25), "HEAD", 3),
        (date(2025, 6, 27), "HEAD", 5),
        (date(2025, 7, 4), "DEPUTY", 10),
        (date(2025, 7, 4), "HEAD", 10),
        (date(2025, 7, 11), "HEAD", 15),
        (date(2025, 7, 18), "DEPUTY", 20),
        (date(2025, 7, 18), "HEAD", 20),
    ]


def test_second_run_of_the_day_adds_nothing(work):
    with clock.stopped_at(at(DUE, 7, 30)):
        assert remind_everyone() == ReminderReport(mails=2, reminders=2)
        assert remind_everyone() == ReminderReport()
    assert OutgoingMail.objects.count() == 2


def test_one_mail_a_person_holds_everything(work):
    reported(work, work.support_instalment, work.support_officer, on=date(2025, 6, 19))
    with unaudited("a step of the lead"):
        Step.objects.create(task=work.task, unit=work.lead, title="Chọn phim", due_date=date(2025, 6, 18))
    with clock.stopped_at(at(DUE, 7, 30)):
        remind_everyone()
    mail = OutgoingMail.objects.get(person=work.lead_head)
    assert mail.subject == "Việc ngày 20/06/2025: 1 quá hạn, 1 đến hạn hôm nay, 1 chờ nghiệm thu"
    assert OutgoingMail.objects.filter(person=work.lead_officer).count() == 1
    body = OutgoingMail.objects.get(person=work.lead_officer).text
    assert [body.count(words) for words in ("Chọn phim", "Tổ chức tuần phim")] == [1, 1]


def test_what_was_reported_or_accepted_reminds_nobody(work):
    for unit_instalment, by in (
        (work.support_instalment, work.support_officer),
        (work.lead_instalment, work.lead_officer),
    ):
        reply = reported(work, unit_instalment, by)
        with clock.stopped_at(at(date(2025, 6, 13))):
            accept_reply(by=work.director, reply=reply)
    assert told_on(DUE) == set()
    assert OutgoingMail.objects.count() == 0


def test_returned_report_is_told_the_next_working_day_with_its_reason(work):
    reply = reported(work, work.support_instalment, work.support_officer, on=date(2025, 6, 9))
    with clock.stopped_at(at(date(2025, 6, 10), 15)):
        return_reply(by=work.lead_head, reply=reply, reason="Thiếu ảnh lễ khai mạc.")
    with clock.stopped_at(at(date(2025, 6, 11), 7, 30)):
        remind_everyone()
    mail = OutgoingMail.objects.get(person=work.support_officer)
    assert "Thiếu ảnh lễ khai mạc." in mail.text
    assert mail.reason == "Một báo cáo của đơn vị bị trả lại."
    with clock.stopped_at(at(date(2025, 6, 12), 7, 30)):
        remind_everyone()
    assert OutgoingMail.objects.filter(person=work.support_officer).count() == 1


def test_report_that_waits_is_told_to_whoever_accepts_once(work):
    reported(work, work.support_instalment, work.support_officer, on=date(2025, 6, 9))
    for day in (date(2025, 6, 10), date(2025, 6, 11)):
        with clock.stopped_at(at(day, 7, 30)):
            remind_everyone()
    assert list(OutgoingMail.objects.values_list("person__full_name", "day", "reason")) == [
        ("Trần Văn Trưởng", date(2025, 6, 10), "Có báo cáo chờ nghiệm thu.")
    ]


def test_no_mail_on_days_off_and_the_job_says_so(work):
    with clock.stopped_at(at(date(2025, 9, 2), 7, 30)), translation.override("vi"):
        assert remind() == "Ngày nghỉ: không nhắc ai."
    assert OutgoingMail.objects.count() == 0


def test_missed_days_are_made_up_for_by_the_last_call(work):
    # Nothing ran on Thursday 19 and Friday 20 June.
    assert told_on(date(2025, 6, 23)) == {(LEAD_OFFICER, "UNIT", 1), (SUPPORT_OFFICER, "UNIT", 1)}


def test_charge_names_the_deputy(work):
    second = PostFactory(
        person=UserFactory(full_name="Ngô Thị Hai"), role="DEPUTY_DIRECTOR", unit=work.department
    ).person
    with unaudited("a charge"):
        Charge.objects.create(person=second, unit=work.lead, from_date=date(2025, 1, 1))
        ReminderRung.objects.exclude(target="DEPUTY").delete()
    told_on(date(2025, 7, 4))
    told = Reminder.objects.values_list("person__full_name", "instalment__assignment__unit__short_name")
    # The press division is in the second deputy's charge; the digital one in nobody's, so both deputies hear of it.
    assert set(told) == {("Ngô Thị Hai", "TTBCXB"), ("Ngô Thị Hai", "TTS"), ("Đặng Văn Phó", "TTS")}


def test_unit_without_officers_is_asked_through_its_head(work):
    with unaudited("the officer left"):
        Post.objects.filter(person=work.support_officer).delete()
    assert told_on(DUE) == {(LEAD_OFFICER, "UNIT", 0), ("Phạm Văn Số", "HEAD", 0)}
    with unaudited("the head left too"):
        Post.objects.filter(person=work.support_head).delete()
    assert [unit.name for unit in units_without_people(DUE)] == [work.support.name]


def test_person_without_an_address_is_counted_not_mailed(work):
    work.support_officer.email = ""
    work.support_officer.save()
    with clock.stopped_at(at(DUE, 7, 30)):
        assert remind_everyone() == ReminderReport(mails=1, reminders=2, without_address=1)
        assert remind_everyone() == ReminderReport()


def test_deadline_put_off_calls_again_for_its_new_day(work):
    told_on(DUE)
    with unaudited("the deadline is put off"):
        item = work.lead_instalment
        item.nominal_date = item.due_date = date(2025, 6, 27)
        item.save()
    told_on(date(2025, 6, 26))
    assert told_on(date(2025, 6, 27)) == {(LEAD_OFFICER, "UNIT", 0), ("Phạm Văn Số", "HEAD", 5)}
