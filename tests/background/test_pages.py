"""The page about background work: what it says, who may press what, and how often it asks the database."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_tasks_db.models import DBTaskResult

from khuevan.background.models import Intervention, PeriodicJob, Worker
from khuevan.background.presenters import moment_in_words, rhythm_in_words, span_in_words
from khuevan.background.rhythm import DailyAt, Every
from khuevan.background.scheduling import bring_rows_in_step
from khuevan.people.choices import Role
from tests.background.trial import tasks
from tests.factories.people import UserFactory, person_with_role

pytestmark = pytest.mark.django_db

NOBODY_WORKS = "Không có tiến trình nền nào đang chạy, nên các việc dưới đây chưa được làm."


@pytest.fixture
def administrator(client):
    person = person_with_role(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def text_of(html: str) -> str:
    """What a person reads, in one line."""
    return " ".join(unescape(strip_tags(re.sub(r"</(dt|dd|p|li)>", " ", html))).split())


def items(client) -> list[str]:
    """The text of each entry of the lists of jobs and of failed tasks."""
    page = client.get(reverse("background:index")).content.decode()
    return [text_of(item) for item in re.findall(r'<li class="bw-item.*?</li>', page, re.DOTALL)]


def words(client) -> str:
    """The text of the page."""
    page = client.get(reverse("background:index")).content.decode()
    return text_of(page[page.index('<div class="bw">') :])


def press(client, view: str, subject: object) -> list[str]:
    """What the page says once the button was pressed."""
    answer = client.post(reverse(f"background:{view}", args=[subject]), follow=True)
    assert answer.redirect_chain == [("/quan-tri/cong-viec-nen/", 302)]
    return [str(message) for message in answer.context["messages"]]


def test_each_job_is_told_with_its_rhythm_its_last_run_and_its_next(
    client, administrator, own_schedule, worker
):
    own_schedule.add("send", title="Gửi thư", every=timedelta(minutes=5))
    own_schedule.add("remind", title="Nhắc việc", at=time(7, 30))
    own_schedule.add("fetch", title="Đọc tin", every=timedelta(hours=1))
    bring_rows_in_step()
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    PeriodicJob.objects.filter(name="send").update(
        last_started_at=today,
        last_finished_at=today + timedelta(seconds=4),
        last_report="Đã gửi 12 thư.",
        next_run_at=today + timedelta(hours=23),
    )
    PeriodicJob.objects.filter(name="remind").update(
        last_started_at=today - timedelta(hours=1),
        last_finished_at=today,
        last_error="Máy chủ thư không trả lời.",
        failures=3,
        next_run_at=today + timedelta(days=1, hours=7.5),
    )
    PeriodicJob.objects.filter(name="fetch").update(
        paused_at=today, paused_by=UserFactory(full_name="Đỗ Văn Quản")
    )
    PeriodicJob.objects.create(name="gone", last_started_at=timezone.make_aware(datetime(2025, 3, 1, 9, 5)))
    assert items(client) == [
        "Gửi thư 5 phút một lần chạy đúng lịch Lần trước 00:00 hôm nay, mất 4 giây Lần tới 23:00 hôm nay"
        " Báo cáo Đã gửi 12 thư. Chạy ngay: Gửi thư Tạm dừng: Gửi thư",
        "Nhắc việc Mỗi ngày lúc 07:30 đang lỗi (3 lần) Lần trước 23:00 hôm qua, mất 60 phút"
        " Lần tới 07:30 ngày mai Lỗi gần nhất Máy chủ thư không trả lời. Chạy ngay: Nhắc việc Tạm dừng: Nhắc việc",
        "Đọc tin 1 giờ một lần tạm dừng bởi Đỗ Văn Quản, 00:00 hôm nay Lần trước chưa có"
        " Chạy ngay: Đọc tin Cho chạy tiếp: Đọc tin",
        "gone không còn trong phần mềm Lần trước 09:05 01/03/2025",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("READY", "đang chờ tiến trình nền Lần trước chưa có Lần tới ngay khi có tiến trình nền rảnh"),
        ("RUNNING", "đang chạy Lần trước chưa có Lần tới"),
    ],
)
def test_run_that_has_not_ended_shows_in_the_state_of_its_job(
    client, administrator, own_schedule, worker, status, said
):
    own_schedule.add("send", title="Gửi thư")
    assert press(client, "run_now", "send") == ["“Gửi thư” sẽ chạy ngay khi có tiến trình nền rảnh."]
    DBTaskResult.objects.update(status=status)
    assert said in items(client)[0]


def test_page_says_when_nobody_works_and_what_to_do(client, administrator, own_schedule):
    own_schedule.add("send", title="Gửi thư")
    Worker.objects.create(host="dead", pid=1, seen_at=timezone.now() - timedelta(minutes=5))
    Worker.objects.create(host="ended", pid=2, ended_at=timezone.now())
    said = words(client)
    assert NOBODY_WORKS in said
    assert "khởi động lại khuevan serve" in said
    assert "Không có tiến trình nào đang chạy." in said
    assert "chưa chạy lần nào" in items(client)[0]
    warning = "Chưa có tiến trình nền nào chạy, nên chưa việc nào được làm."
    assert warning in press(client, "run_now", "send")


def test_living_workers_are_listed_with_what_they_do(client, administrator, own_schedule, worker, tmp_path):
    task = tasks.take_long.enqueue(str(tmp_path), 60)
    DBTaskResult.objects.update(status="RUNNING")
    Worker.objects.update(host="may-chu", pid=4321, task_id=task.id, seen_at=timezone.now())
    said = words(client)
    assert NOBODY_WORKS not in said
    assert "Tiến trình 4321 trên máy may-chu Tín hiệu cách đây dưới một giây" in said
    assert "Đang làm: Take long" in said
    assert "Đang chờ 0 Đang làm 1 Việc lỗi 0" in said


def failed_task(task=tasks.fail, **values) -> DBTaskResult:
    """A single task that failed once."""
    row = DBTaskResult.objects.get(pk=task.enqueue("x").id)
    DBTaskResult.objects.filter(pk=row.pk).update(
        **{
            "status": "FAILED",
            "worker_ids": ["one"],
            "finished_at": timezone.now(),
            "exception_class_path": "builtins.ValueError",
            "traceback": "Tệp không còn trong kho.",
            **values,
        }
    )
    row.refresh_from_db()
    return row


def test_failed_task_is_told_and_can_be_run_again(client, administrator, own_schedule, worker):
    task = failed_task()
    assert "Fail" in items(client)[0]
    assert "1 lần thử Lỗi Tệp không còn trong kho. Chạy lại: Fail" in items(client)[0]
    question = client.get(reverse("background:run_again", args=[task.pk])).content.decode()
    assert "Lỗi đã ghi: Tệp không còn trong kho. Việc này sẽ được làm lại từ đầu." in question
    assert press(client, "run_again", task.pk) == ["“Fail” sẽ được làm lại ngay khi có tiến trình nền rảnh."]
    task.refresh_from_db()
    assert (task.status, task.worker_ids, task.finished_at, task.traceback) == ("READY", [], None, "")
    assert items(client) == []
    assert press(client, "run_again", task.pk) == [
        "Việc này không còn ở trạng thái lỗi; có thể người khác đã xử lý."
    ]
    assert [(done.kind, done.subject, done.by) for done in Intervention.objects.all()] == [
        ("RUN_AGAIN", "tests.background.trial.tasks.fail", administrator)
    ]


def test_failed_run_of_the_schedule_stands_with_its_job_alone(client, administrator, own_schedule, worker):
    task = failed_task(task_path="khuevan.background.running.run_periodic_job")
    assert items(client) == []
    assert client.get(reverse("background:run_again", args=[task.pk])).status_code == 404


def test_job_is_paused_and_resumed_by_a_person_and_that_stays_visible(
    client, administrator, own_schedule, worker
):
    own_schedule.add("send", title="Gửi thư", every=timedelta(hours=1))
    bring_rows_in_step()
    assert press(client, "pause", "send") == ["Đã tạm dừng “Gửi thư”."]
    row = PeriodicJob.objects.get()
    assert (row.paused_by, row.paused_at is not None) == (administrator, True)
    assert press(client, "pause", "send") == ["“Gửi thư” đã được tạm dừng từ trước."]
    assert press(client, "resume", "send") == ["“Gửi thư” lại tự chạy theo lịch."]
    row.refresh_from_db()
    assert (row.paused_by, row.paused_at) == (None, None)
    assert row.next_run_at > timezone.now() + timedelta(minutes=59)
    assert press(client, "resume", "send") == ["“Gửi thư” không ở trạng thái tạm dừng."]
    said = words(client)
    history = said[said.index("Can thiệp gần đây") :]
    assert history.index(f"Cho chạy tiếp: Gửi thư {administrator}") < history.index(
        f"Tạm dừng: Gửi thư {administrator}"
    )


def test_run_now_queues_one_run_whoever_presses_twice_and_a_paused_job_too(
    client, administrator, own_schedule, worker
):
    own_schedule.add("send", title="Gửi thư")
    press(client, "pause", "send")
    assert press(client, "run_now", "send") == ["“Gửi thư” sẽ chạy ngay khi có tiến trình nền rảnh."]
    assert press(client, "run_now", "send") == ["“Gửi thư” đang chạy hoặc đang chờ tiến trình nền."]
    assert DBTaskResult.objects.count() == 1
    assert [done.kind for done in Intervention.objects.all()] == ["RUN_NOW", "PAUSED"]


@pytest.mark.parametrize("role", [Role.PLANNING_OFFICER, Role.AUDITOR])
def test_who_only_looks_sees_no_button_and_changes_nothing(client, own_schedule, role):
    client.force_login(person_with_role(role))
    own_schedule.add("send", title="Gửi thư")
    task = failed_task()
    assert "Chạy ngay" not in words(client)
    assert "Chạy lại" not in words(client)
    for view, subject in (("run_now", "send"), ("pause", "send"), ("resume", "send"), ("run_again", task.pk)):
        answer = client.post(reverse(f"background:{view}", args=[subject]))
        assert (answer.status_code, answer.url) == (302, "/quan-tri/")
    task.refresh_from_db()
    assert (task.status, DBTaskResult.objects.count()) == ("FAILED", 1)
    assert not PeriodicJob.objects.exists()
    assert not Intervention.objects.exists()


@pytest.mark.parametrize(("role", "shown"), [(Role.AUDITOR, True), (Role.EDITOR, False)])
def test_menu_leads_there_for_those_who_may_look(client, role, shown):
    client.force_login(person_with_role(role))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("/quan-tri/cong-viec-nen/" in page) is shown


def test_job_that_the_software_lacks_cannot_be_run(client, administrator, own_schedule):
    PeriodicJob.objects.create(name="gone")
    assert client.get(reverse("background:run_now", args=["gone"])).status_code == 404
    assert client.post(reverse("background:run_now", args=["gone"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_three_jobs_as_for_one(
    client, administrator, own_schedule, count, django_assert_num_queries
):
    for number in range(count):
        own_schedule.add(f"job_{number}", title=f"Việc {number}")
        worker = Worker.objects.create(host=f"may-{number}", pid=number)
        Worker.objects.filter(pk=worker.pk).update(task_id=tasks.fail.enqueue("x").id)
        failed_task()
    bring_rows_in_step()
    for number in range(count):
        press(client, "pause", f"job_{number}")
        press(client, "run_now", f"job_{number}")
    address = reverse("background:index")
    # What Wagtail asks once and keeps.
    client.get(address)
    with django_assert_num_queries(QUERIES):
        page = client.get(address).content.decode()
    assert page.count('<li class="bw-item') == 2 * count


# Seven of the page's own: jobs, their tasks, workers, their tasks, figures, failures, interventions.
QUERIES = 7 + 9


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (DailyAt(time(7, 30)), "each day at 07:30"),
        (Every(timedelta(seconds=1)), "every second"),
        (Every(timedelta(seconds=90)), "every 90 seconds"),
        (Every(timedelta(minutes=1)), "every minute"),
        (Every(timedelta(minutes=5)), "every 5 minutes"),
        (Every(timedelta(minutes=60)), "every hour"),
        (Every(timedelta(hours=24)), "every day"),
        (Every(timedelta(days=7)), "every 7 days"),
    ],
)
def test_rhythm_reads_in_words(rhythm, said):
    assert rhythm_in_words(rhythm) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(milliseconds=900), "less than a second"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=119), "119 seconds"),
        (timedelta(seconds=120), "2 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_span_reads_in_words(span, said):
    assert span_in_words(span) == said


def test_moment_reads_on_the_offices_clock():
    noon = timezone.localtime().replace(hour=12, minute=5)
    day = timedelta(days=1)
    assert [moment_in_words(noon + day * days) for days in (-1, 0, 1)] == [
        "12:05 yesterday",
        "12:05 today",
        "12:05 tomorrow",
    ]
    assert moment_in_words(timezone.make_aware(datetime(2025, 3, 1, 9, 5))) == "09:05 01/03/2025"
    assert moment_in_words(None) == ""
