"""Each light at its boundary."""

from __future__ import annotations

from datetime import date

import pytest

from khuevan.plain.calendar.working_days import vietnamese_working_calendar
from khuevan.plain.work_lights import Light, Reason, Standing, light_of, reasons_of, soon_until


@pytest.mark.parametrize(
    ("standing", "light", "reasons"),
    [
        (Standing(total=2, open=0), Light.DONE, ()),
        (Standing(total=2, open=0, difficulties=1), Light.DONE, ()),
        (Standing(total=2, open=1), Light.GREEN, ()),
        (Standing(total=2, open=1, soon=1), Light.AMBER, (Reason.SOON,)),
        (Standing(total=2, open=1, returned=1), Light.AMBER, (Reason.RETURNED,)),
        (Standing(total=2, open=1, difficulties=1), Light.AMBER, (Reason.DIFFICULTY,)),
        (Standing(total=2, open=1, late=1), Light.RED, (Reason.LATE,)),
        (Standing(total=3, open=3, late=1, soon=1, returned=1, difficulties=2), Light.RED,
         (Reason.LATE, Reason.RETURNED, Reason.DIFFICULTY, Reason.SOON)),
        (Standing(total=0, has_lead=False), Light.AMBER, (Reason.NO_LEAD,)),
        (Standing(total=1, open=0, has_lead=False), Light.AMBER, (Reason.NO_LEAD,)),
        (Standing(total=1, open=1, late=1, has_lead=False), Light.RED, (Reason.LATE, Reason.NO_LEAD)),
    ],
)  # fmt: skip
def test_light_of_a_standing(standing, light, reasons):
    assert (light_of(standing), reasons_of(standing)) == (light, reasons)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2025, 11, 14), date(2025, 11, 21)),  # a Friday: the next one
        (date(2025, 11, 16), date(2025, 11, 21)),  # a Sunday
        (date(2025, 8, 27), date(2025, 9, 5)),  # Independence Day lies between, two days off
    ],
)
def test_soon_is_five_working_days_over_weekends_and_holidays(today, last):
    assert soon_until(today, vietnamese_working_calendar()) == last
