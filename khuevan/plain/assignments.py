"""Which units answer for a task, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["LEAD", "SUPPORT"]
Source = Literal["DUTY", "TASK_TEXT"]


@dataclass(frozen=True, slots=True)
class LinkedDuty:
    """A duty that carries out the task. `evidence`: how much of its sentence the task's holds, 0 to 1."""

    duty: int
    unit: int
    role: Literal["LEAD", "SUPPORT", "CARRY_OUT"]
    evidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One unit that answers for the task; `duty` is None where the task's own sentence names it."""

    unit: int
    role: Role
    source: Source
    duty: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers for one task. `rival_leads` are units that claim the lead too and support instead."""

    answers: tuple[Answer, ...]
    rival_leads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    unit: int
    rank: int  # 0 the task's own sentence, 1 a duty that leads, 2 one that carries out, 3 support
    evidence: float
    order: int
    duty: int | None


def answers_for(leads: Sequence[int], partners: Sequence[int], duties: Sequence[LinkedDuty]) -> Answers:
    """The lead first, then the supporting units in the order in which the plan names them.

    `leads` and `partners` are units that the task's own sentence names; `duties` those that an
    officer confirmed to carry it out, in the plan's order. The rule:

    1. One unit leads. The task's own sentence decides; else a duty that says "chủ trì"; else, where
       nobody is said to lead, a duty that simply orders the work.
    2. Among equals the better evidence leads (the larger share of the duty's sentence in the
       task's), then the one named first. The others support; those that were said to lead are
       `rival_leads`, for the officer to look at.
    3. Every other named unit supports, once, for the strongest of its reasons.
    """
    claims = [_Claim(unit, 0, 1.0, order, None) for order, unit in enumerate(leads)]
    ranks = {"LEAD": 1, "CARRY_OUT": 2, "SUPPORT": 3}
    claims += [
        _Claim(duty.unit, ranks[duty.role], duty.evidence, order, duty.duty)
        for order, duty in enumerate(duties)
    ]
    # A partner in the task's sentence supports; a duty of its own that says so is better evidence.
    claims += [_Claim(unit, 4, 0.0, order, None) for order, unit in enumerate(partners)]
    claims.sort(key=lambda claim: (claim.rank, -claim.evidence, claim.order))

    best: dict[int, _Claim] = {}
    for claim in claims:
        best.setdefault(claim.unit, claim)
    ranked = list(best.values())
    if not ranked:
        return Answers((), ())
    lead = ranked[0] if ranked[0].rank <= 2 else None
    rivals = [claim.unit for claim in ranked if claim is not lead and claim.rank <= 1]
    named: dict[int, int] = {}
    for unit in (*leads, *(duty.unit for duty in duties), *partners):
        named.setdefault(unit, len(named))
    ranked.sort(key=lambda claim: (claim is not lead, named[claim.unit]))
    return Answers(
        tuple(
            Answer(
                claim.unit,
                "LEAD" if claim is lead else "SUPPORT",
                "TASK_TEXT" if claim.duty is None else "DUTY",
                claim.duty,
            )
            for claim in ranked
        ),
        tuple(rivals),
    )
