"""Two people of a unit in one form: what each typed is kept, and neither overwrites the other unseen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict

from khuevan.reports.actions import UnitWords, save_unit_report
from khuevan.reports.actions.filling import FigureEntry, ReportChangedMeanwhile
from khuevan.reports.models import UnitDifficulty, UnitFigure
from khuevan.reports.unit_form_writing import keep_typed
from tests.factories.reports import reporting_office
from tests.reports.form_pages import fields_of, main_text, on, report_of

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def place():
    return reporting_office()


@pytest.fixture
def report(place):
    return report_of(place)


@pytest.fixture
def opened(place, report, client):
    """The form's fields as the officer opened them."""
    client.force_login(place.office.lead_officer)
    with on():
        return fields_of(client.get(report.get_absolute_url()))


def by_the_head(place, report, **typed: str) -> None:
    """The head opens the form, types and saves."""
    sent = QueryDict(mutable=True)
    sent.update({name.replace("_", "-"): text for name, text in typed.items()})
    keep_typed(place.office.lead_head, report, sent)


def test_different_fields_of_two_people_are_both_kept(place, report, opened, client):
    money, stories = f"figure-{place.money.pk}", f"figure-{place.stories.pk}"
    with on():
        by_the_head(place, report, **{money: "500"})
        answer = client.post(report.get_absolute_url(), opened | {stories: "7", "do": "save"}, **JSON).json()
    assert answer["conflicts"] == {}
    assert answer["texts"][money] == "500"
    assert answer["theirs"] == [money]
    assert dict(UnitFigure.objects.filter(report=report).values_list("indicator__code", "value")) == {
        "kinh_phi": Decimal(500),
        "tin_bai": Decimal(7),
    }


def test_the_same_field_is_nobodys_until_somebody_saw_both(place, report, opened, client):
    stories = f"figure-{place.stories.pk}"
    with on():
        by_the_head(place, report, **{stories: "5", "proposals": "Của trưởng phòng."})
        typed = opened | {stories: "7", "proposals": "Của cán bộ.", "do": "save"}
        answer = client.post(report.get_absolute_url(), typed, **JSON).json()
        assert answer["conflicts"] == {
            stories: "Trần Văn Trưởng vừa ghi ở đây: “5”. Nội dung của bạn chưa được lưu: bấm Lưu lần nữa để giữ "
            "nội dung của bạn.",
            "proposals": "Trần Văn Trưởng vừa ghi ở đây: “Của trưởng phòng.”. Nội dung của bạn chưa được lưu: bấm "
            "Lưu lần nữa để giữ nội dung của bạn.",
        }
        assert stories not in answer["texts"]
        assert UnitFigure.objects.get(report=report).value == Decimal(5)
        page = client.post(report.get_absolute_url(), typed)
        assert page.status_code == 422
        shown = fields_of(page)
        assert (shown[stories], shown["proposals"]) == ("7", "Của cán bộ.")
        assert "Trần Văn Trưởng vừa ghi ở đây: “5”." in main_text(page)
        # Whoever saves this page has seen both.
        client.post(report.get_absolute_url(), shown | {"do": "save"})
    assert UnitFigure.objects.get(report=report).value == Decimal(7)
    report.refresh_from_db()
    assert report.proposals == "Của cán bộ."


def test_the_same_words_of_two_people_are_no_conflict(place, report, opened, client):
    with on():
        by_the_head(place, report, proposals="Thêm người.")
        answer = client.post(
            report.get_absolute_url(), opened | {"proposals": "Thêm người.\r\n"}, **JSON
        ).json()
    assert (answer["conflicts"], answer["problems"]) == ({}, {})


def test_difficulties_of_two_people_are_shown_both(place, report, opened, client):
    with on():
        save_unit_report(
            by=place.office.lead_head, report=report, seen_version=0, figures={},
            words=UnitWords(difficulties=[("Thiếu máy.", "Mua máy.")]),
        )  # fmt: skip
        typed = opened | {"difficulty-text": ["Thiếu người."], "difficulty-asks": [""], "do": "save"}
        page = client.post(report.get_absolute_url(), typed)
        assert "Trần Văn Trưởng vừa ghi ở đây: “Thiếu máy. – Mua máy.”" in main_text(page)
        assert fields_of(page)["difficulty-text"][0] == "Thiếu người."
    assert UnitDifficulty.objects.get(report=report).text == "Thiếu máy."


def test_a_save_between_look_and_turn_is_looked_at_anew(place, report, opened, monkeypatch):
    """A colleague saves between our look at the form and our own save: ours is tried again on what stands then."""
    from khuevan.reports import unit_form_writing

    real, turns = unit_form_writing.save_unit_report, []

    def slow(**wanted):
        if not turns:
            turns.append("the colleague's")
            real(
                by=place.office.lead_head,
                report=report,
                seen_version=0,
                figures={place.money.pk: FigureEntry(Decimal(9))},
                words=UnitWords(),
            )
        return real(**wanted)

    monkeypatch.setattr(unit_form_writing, "save_unit_report", slow)
    sent = QueryDict(mutable=True)
    sent.update({f"figure-{place.stories.pk}": "7", "seen": opened["seen"]})
    with on():
        written = keep_typed(place.office.lead_officer, report, sent)
    assert written.is_whole
    assert dict(UnitFigure.objects.filter(report=report).values_list("indicator__code", "value")) == {
        "kinh_phi": Decimal(9),
        "tin_bai": Decimal(7),
    }


def test_action_refuses_a_version_that_is_no_longer_the_last(place, report):
    with on():
        by_the_head(place, report, proposals="Một.")
        with pytest.raises(ReportChangedMeanwhile):
            save_unit_report(
                by=place.office.lead_officer, report=report, seen_version=0, figures={},
                words=UnitWords(proposals="Hai."),
            )  # fmt: skip
    report.refresh_from_db()
    assert report.proposals == "Một."


def test_words_that_are_not_named_stay(place, report):
    with on():
        by_the_head(place, report, proposals="Một.")
        save_unit_report(
            by=place.office.lead_officer, report=report, seen_version=1,
            figures={place.stories.pk: FigureEntry(Decimal(2))}, words=UnitWords(),
        )  # fmt: skip
    report.refresh_from_db()
    assert report.proposals == "Một."


@pytest.mark.parametrize("seen", ["", "[1]", "{", "null", '{"a":', "[" * 50_000])
def test_a_broken_token_loses_nothing(place, report, client, seen):
    client.force_login(place.office.lead_officer)
    with on():
        client.post(report.get_absolute_url(), {"seen": seen, "proposals": "Giữ."})
    report.refresh_from_db()
    assert report.proposals == "Giữ."
