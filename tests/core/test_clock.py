"""The office's clock: the machine's, a stopped one, the day that a demonstration keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from khuevan.core import clock


@pytest.fixture
def data_dir(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_clock_goes_with_the_machine_in_the_offices_zone(data_dir):
    assert abs(clock.now() - timezone.now()) < timedelta(minutes=1)
    assert clock.now().utcoffset() == timedelta(hours=7)
    assert clock.kept_day() is None


def test_stopped_clock_stands_until_the_block_ends(data_dir):
    # Eight in the evening in London is the next day in Hà Nội.
    moment = datetime.fromisoformat("2025-06-12T20:00:00+00:00")
    with clock.stopped_at(moment):
        assert clock.now() == moment
        assert clock.today() == date(2025, 6, 13)
        with clock.stopped_at(moment - timedelta(days=30)):
            assert clock.today() == date(2025, 5, 14)
        assert clock.today() == date(2025, 6, 13)
    assert clock.today() == timezone.localdate()


def test_kept_day_holds_until_it_is_let_go(data_dir):
    clock.keep_day(date(2025, 11, 20))
    assert (clock.today(), clock.kept_day()) == (date(2025, 11, 20), date(2025, 11, 20))
    clock.keep_day(None)
    clock.keep_day(None)
    assert clock.today() == timezone.localdate()


def test_broken_file_is_no_day(data_dir):
    (data_dir / "kept-day").write_bytes(b"\xff20/11/2025")
    assert clock.kept_day() is None


def test_installation_that_is_no_demonstration_keeps_no_day(data_dir):
    clock.keep_day(date(2025, 11, 20))
    with override_settings(DEMO=False):
        assert clock.kept_day() is None
        assert clock.today() == timezone.localdate()
        with pytest.raises(RuntimeError):
            clock.keep_day(date(2025, 11, 20))


@pytest.mark.django_db
def test_staff_page_says_which_day_is_kept(data_dir, admin_client):
    clock.keep_day(date(2025, 11, 20))
    assert "Bản dùng thử: hôm nay là 20/11/2025" in admin_client.get("/quan-tri/").content.decode()
    clock.keep_day(None)
    assert "Bản dùng thử" not in admin_client.get("/quan-tri/").content.decode()
