"""The pages of what was sent and of the ladder."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.programme.actions.reminding import remind_everyone
from khuevan.programme.models import ReminderRung
from khuevan.programme.presenters.reminders import RungRow, ladder_rows
from tests.factories.work import DUE, Office, assigned, at, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Office:
    return office()


def test_page_shows_who_was_told_what_and_why(work, client):
    with clock.stopped_at(at(DUE, 7, 30)):
        remind_everyone()
    client.force_login(work.planner)
    page = client.get(reverse("programme:reminders")).content.decode()
    shown = [name in page for name in ("Lê Thị Viên", "Hoàng Thị Mạng", "Trần Văn Trưởng")]
    assert shown == [True, True, False]
    assert "đúng ngày đến hạn, nhắc cán bộ đơn vị" in page
    assert "Việc ngày 20/06/2025: 1 đến hạn hôm nay" in page


def test_page_of_a_day_without_mails_says_so(work, client):
    client.force_login(work.director)
    assert "Chưa có thư nào" in client.get(reverse("programme:reminders")).content.decode()
    with clock.stopped_at(at(DUE, 7, 30)):
        remind_everyone()
    page = client.get(reverse("programme:reminders"), {"ngay": "2025-06-19"}).content.decode()
    assert "Ngày này không nhắc ai." in page
    # What is no day counts as none.
    assert client.get(reverse("programme:reminders"), {"ngay": "hôm qua"}).status_code == 200


def test_page_takes_as_many_queries_for_three_people_as_for_one(work, client, django_assert_num_queries):
    client.force_login(work.auditor)
    with clock.stopped_at(at(DUE, 7, 30)):
        remind_everyone()
    url = reverse("programme:reminders")
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)
    assigned(work.task, work.other)
    with clock.stopped_at(at(date(2025, 6, 23), 7, 30)):
        remind_everyone()
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 16


def test_rung_is_added_changed_and_taken_away(work, client):
    client.force_login(work.planner)
    ReminderRung.objects.all()._raw_delete("default")
    answer = client.post(
        reverse("programme:rung_add"), {"when": "BEFORE", "days": "7", "target": "HEAD", "is_active": "on"}
    )
    assert answer.url == reverse("programme:ladder")
    rung = ReminderRung.objects.get()
    assert ladder_rows([rung]) == [
        RungRow(rung.pk, "BEFORE", "7 working days before", "The unit's head", "", True)
    ]
    client.post(
        reverse("programme:rung_edit", args=[rung.pk]),
        {"when": "AFTER", "days": "2", "target": "DEPUTY", "repeat_every": "5", "is_active": "on"},
    )
    rung.refresh_from_db()
    assert (rung.offset, rung.target, rung.repeat_every) == (2, "DEPUTY", 5)
    client.post(reverse("programme:rung_remove", args=[rung.pk]))
    assert ReminderRung.objects.count() == 0
    verbs = AuditEntry.objects.filter(target_type__model="reminderrung").values_list("verb", flat=True)
    assert list(verbs) == ["keep_rung", "keep_rung", "remove_rung"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"when": "BEFORE", "days": "", "target": "UNIT"}, "Hãy ghi số ngày làm việc."),
        (
            {"when": "BEFORE", "days": "5", "target": "UNIT"},
            "Đã có bậc nhắc cho những người này vào ngày đó.",
        ),
        (
            {"when": "BEFORE", "days": "6", "target": "UNIT", "repeat_every": "2"},
            "Chỉ bậc nhắc từ ngày đến hạn trở đi mới được lặp lại.",
        ),
        ({"when": "BEFORE", "days": "70", "target": "UNIT"}, "Một bậc nhắc cách thời hạn nhiều nhất 60 ngày"),
    ],
)
def test_wrong_rung_is_refused_in_one_sentence_and_what_was_typed_stays(work, client, values, sentence):
    client.force_login(work.planner)
    page = client.post(reverse("programme:rung_add"), {**values, "is_active": "on"}).content.decode()
    assert sentence in page
    assert f'value="{values["days"]}"' in page or not values["days"]


def test_ladder_is_changed_by_those_who_plan_only(work, client):
    url = reverse("programme:rung_remove", args=[ReminderRung.objects.all()[0].pk])
    for person in (work.lead_head, work.lead_officer, work.director, work.auditor):
        client.force_login(person)
        assert client.post(url).status_code == 403
    assert ReminderRung.objects.count() == 7
