"""What an import proposes, and what overrides the proposal."""

from __future__ import annotations

from datetime import date

from khuevan.plain.unit_names import RegisteredUnit
from khuevan.programme.decisions import Choices, RegisteredUnits, decide
from tests.factories.programme import ALL_UNITS, DIGITAL, LEGAL, PRESS, plan_document

REGISTER = RegisteredUnits(
    (
        RegisteredUnit(1, "Sở Văn hóa và Thể thao thành phố Hà Nội"),
        RegisteredUnit(2, PRESS),
        RegisteredUnit(3, LEGAL),
        RegisteredUnit(4, "Thông tấn xã Việt Nam"),
    ),
    {1: "DEPARTMENT", 2: "DIVISION", 3: "DIVISION", 4: "OUTSIDE"},
    {1: "1/", 2: "1/2/", 3: "1/3/", 4: "4/"},
)
DAY = date(2025, 3, 10)


def chosen(choices: Choices) -> dict[str, str]:
    return {unit.name: unit.choice for unit in decide(plan_document(), REGISTER, choices, DAY).units}


def test_units_with_duties_are_matched_or_new_and_outside_bodies_stay_words() -> None:
    assert chosen(Choices()) == {
        PRESS: "2",
        DIGITAL: "NEW:DIVISION",
        LEGAL: "3",
        ALL_UNITS: "NEW:GROUP",
        "Thông tấn xã Việt Nam": "WORDS",
    }


def test_what_the_officer_saved_goes_before_what_an_earlier_version_settled() -> None:
    settled = {"phong truyen thong so": "3", "thong tan xa viet nam": "4"}
    found = chosen(Choices(units={"phong truyen thong so": "NEW:CENTRE"}, settled_units=settled))

    assert (found[DIGITAL], found["Thông tấn xã Việt Nam"]) == ("NEW:CENTRE", "4")


def test_a_choice_that_no_longer_holds_falls_back_to_the_proposal() -> None:
    gone = {"phong truyen thong so": "99", "van phong so": "x", "cac phong don vi thuoc so": "WORDS"}

    assert chosen(Choices(units=gone)) == chosen(Choices())


def test_only_the_first_proposal_is_taken_and_only_above_the_threshold() -> None:
    decisions = decide(plan_document(), REGISTER, Choices(), DAY)

    assert [[(p.task, p.taken) for p in links] for links in decisions.links] == [
        [(0, True), (1, False)],
        [(2, True)],
        [(0, False)],
        [(2, True)],
        [],
    ]


def test_saved_links_replace_the_proposal_and_added_tasks_stand_first() -> None:
    decisions = decide(plan_document(), REGISTER, Choices(links={"0": [3, 1], "1": [], "4": [77]}), DAY)

    assert [[(p.task, p.taken) for p in decisions.links[duty]] for duty in (0, 1, 4)] == [
        [(3, True), (0, False), (1, True)],
        [(2, False)],
        [],
    ]
