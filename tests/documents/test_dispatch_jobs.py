"""What dispatch does by itself: the jobs, their reports, and a folder that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from khuevan.background.failures import JobFailed
from khuevan.core import clock
from khuevan.documents.actions import prepare_dispatches, send_dispatches
from khuevan.documents.jobs import exchange_edxml, follow_dispatches
from khuevan.outbox.models import OutgoingMail
from tests.documents.dispatch_scenes import DAY, issued, scene
from tests.factories.work import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings) -> Iterator[None]:
    settings.ORGAN_CODE = "X26.05"
    with clock.stopped_at(at(DAY)):
        yield


def test_reports_say_how_many_moved_and_nothing_where_none_did(settings, tmp_path: Path):
    a = scene()
    document = issued(a)
    prepare_dispatches(by=a.clerk, document=document)
    send_dispatches(by=a.clerk, document=document)
    settings.EDXML_OUT, settings.EDXML_IN = tmp_path, None
    assert (follow_dispatches(), exchange_edxml()) == (
        "",
        "1 tệp chuyển đi, 0 tệp nhận vào, 0 tệp bị từ chối",
    )
    OutgoingMail.objects.update(state="SENT", next_attempt_at=None, sent_at=clock.now())
    assert (follow_dispatches(), exchange_edxml()) == ("1 lượt gửi có kết quả mới", "")


def test_folder_that_is_gone_fails_the_job_with_a_sentence(settings, tmp_path: Path):
    settings.EDXML_OUT, settings.EDXML_IN = None, tmp_path / "gone"
    with pytest.raises(JobFailed, match="Không dùng được thư mục trao đổi edXML: No such file or directory"):
        exchange_edxml()


def test_installation_without_folders_has_nothing_to_exchange(settings):
    settings.EDXML_OUT = settings.EDXML_IN = None
    assert exchange_edxml() == ""
