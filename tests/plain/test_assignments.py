"""Who answers for a task."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.assignments import Answer, Answers, LinkedDuty, answers_for


def test_nobody_named_means_nobody_answers() -> None:
    assert answers_for([], [], []) == Answers((), ())


def test_a_duty_that_leads_makes_its_unit_the_lead_and_others_support() -> None:
    found = answers_for(
        [],
        [9],
        [
            LinkedDuty(11, 1, "SUPPORT", 0.9),
            LinkedDuty(12, 2, "LEAD", 0.3),
            LinkedDuty(13, 3, "CARRY_OUT", 1),
        ],
    )

    assert found == Answers(
        (
            Answer(2, "LEAD", "DUTY", 12),
            Answer(1, "SUPPORT", "DUTY", 11),
            Answer(3, "SUPPORT", "DUTY", 13),
            Answer(9, "SUPPORT", "TASK_TEXT", None),
        ),
        (),
    )


def test_a_unit_that_simply_carries_out_leads_where_nobody_else_does() -> None:
    found = answers_for([], [], [LinkedDuty(11, 1, "SUPPORT", 0.9), LinkedDuty(12, 2, "CARRY_OUT", 0.1)])

    assert found == Answers((Answer(2, "LEAD", "DUTY", 12), Answer(1, "SUPPORT", "DUTY", 11)), ())


def test_supporting_duties_alone_make_no_lead() -> None:
    assert answers_for([], [7], [LinkedDuty(11, 1, "SUPPORT", 0.9)]) == Answers(
        (Answer(1, "SUPPORT", "DUTY", 11), Answer(7, "SUPPORT", "TASK_TEXT", None)), ()
    )


def test_the_task_s_own_sentence_decides_before_any_duty() -> None:
    found = answers_for([5], [], [LinkedDuty(11, 1, "LEAD", 1.0)])

    assert found == Answers((Answer(5, "LEAD", "TASK_TEXT", None), Answer(1, "SUPPORT", "DUTY", 11)), (1,))


def test_of_two_duties_that_lead_the_better_evidence_leads_and_the_other_is_shown() -> None:
    found = answers_for([], [], [LinkedDuty(11, 1, "LEAD", 0.4), LinkedDuty(12, 2, "LEAD", 0.7)])

    assert found == Answers((Answer(2, "LEAD", "DUTY", 12), Answer(1, "SUPPORT", "DUTY", 11)), (1,))


def test_a_unit_answers_once_for_its_strongest_reason() -> None:
    found = answers_for(
        [],
        [1],
        [
            LinkedDuty(11, 1, "SUPPORT", 1.0),
            LinkedDuty(12, 1, "LEAD", 0.2),
            LinkedDuty(13, 1, "CARRY_OUT", 1),
        ],
    )

    assert found == Answers((Answer(1, "LEAD", "DUTY", 12),), ())


UNITS = st.integers(1, 6)
DUTIES = st.lists(
    st.tuples(UNITS, st.sampled_from(["LEAD", "SUPPORT", "CARRY_OUT"]), st.floats(0, 1)), max_size=8
)


@given(st.lists(UNITS, max_size=3), st.lists(UNITS, max_size=3), DUTIES)
def test_every_named_unit_answers_once_and_one_at_most_leads(
    leads: list[int], partners: list[int], duties: list[tuple[int, str, float]]
) -> None:
    linked = [LinkedDuty(i, unit, role, evidence) for i, (unit, role, evidence) in enumerate(duties)]  # type: ignore[arg-type]
    found = answers_for(leads, partners, linked)

    named = {*leads, *partners, *(unit for unit, _, _ in duties)}
    assert sorted(answer.unit for answer in found.answers) == sorted(named)
    leading = [answer for answer in found.answers if answer.role == "LEAD"]
    someone_may = bool(leads) or any(role != "SUPPORT" for _, role, _ in duties)
    assert len(leading) == (1 if someone_may else 0)
    assert not {answer.unit for answer in leading} & set(found.rival_leads)
