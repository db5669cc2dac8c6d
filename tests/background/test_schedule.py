"""How a job is declared, and what is refused."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from khuevan.background.rhythm import DailyAt, Every
from khuevan.background.schedule import periodic, schedule
from khuevan.background.single_jobs import BACKEND, titles
from tests.background.trial import tasks

MINUTE = timedelta(minutes=1)


def nothing() -> str:
    return "nothing"


def test_declared_job_stands_in_the_schedule_and_stays_a_function(own_schedule):
    assert periodic(name="a", title="A", every=MINUTE)(nothing) is nothing
    periodic(name="b", title="B", at=time(7, 30))(nothing)
    found = [(job.name, job.title, job.rhythm, job.run()) for job in schedule().values()]
    assert found == [("a", "A", Every(MINUTE), "nothing"), ("b", "B", DailyAt(time(7, 30)), "nothing")]


def test_name_is_given_once(own_schedule):
    own_schedule.add("a")
    with pytest.raises(
        ImproperlyConfigured, match=r"Two periodic jobs are named 'a'.*test_schedule\.nothing"
    ):
        periodic(name="a", title="A", every=MINUTE)(nothing)


@pytest.mark.parametrize("name", ["", "A", "gửi_thư", "send-mail", "x" * 51, "1st"])
def test_name_that_cannot_stand_in_an_address_is_refused(own_schedule, name):
    with pytest.raises(ImproperlyConfigured, match="name is made of a-z"):
        periodic(name=name, title="A", every=MINUTE)


@pytest.mark.parametrize(
    "rhythm",
    [
        {},
        {"every": MINUTE, "at": time(7, 30)},
        {"every": timedelta(0)},
        {"every": timedelta(milliseconds=10)},
        {"every": -MINUTE},
    ],
)
def test_rhythm_is_an_interval_or_a_time_and_not_both(own_schedule, rhythm):
    with pytest.raises(ImproperlyConfigured, match="needs either every="):
        periodic(name="a", title="A", **rhythm)


def test_job_that_wants_arguments_is_refused(own_schedule):
    def greedy(count: int) -> str:
        return str(count)

    with pytest.raises(ImproperlyConfigured, match="without arguments"):
        periodic(name="a", title="A", every=MINUTE)(greedy)


def test_single_job_is_a_task_of_the_background_with_a_title():
    assert (tasks.write_mark.backend, tasks.write_mark.priority) == (BACKEND, 0)
    assert titles()["tests.background.trial.tasks.write_mark"] == "Write a mark"


def test_production_has_no_job_of_the_tests():
    assert [job.run.__module__ for job in schedule().values() if "tests" in job.run.__module__] == []
    assert schedule()["clear_background_work"].rhythm == DailyAt(time(3, 0))
