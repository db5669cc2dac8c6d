"""New moons and the sun's way against an implementation by others (XEphem, by way of ephem)."""

import math
from collections.abc import Iterator

import ephem

from khuevan.plain.calendar.moon_and_sun import new_moon, new_moon_number_near, sun_longitude

# Julian days of 1 January 1900 and 31 December 2100.
FIRST, LAST = 2415020.5, 2488433.5
_EPHEM_DAY_0 = 2415020.0


def _new_moons_by_ephem() -> Iterator[float]:
    moment = ephem.Date(FIRST - _EPHEM_DAY_0)
    while (moment := ephem.next_new_moon(moment)) + _EPHEM_DAY_0 < LAST:
        yield moment + _EPHEM_DAY_0
        moment = ephem.Date(moment + 1)


def _sun_by_ephem(julian_day: float) -> float:
    moment = ephem.Date(julian_day - _EPHEM_DAY_0)
    sun = ephem.Sun(moment, epoch=moment)
    ecliptic = ephem.Ecliptic(ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=moment), epoch=moment)
    return math.degrees(ecliptic.lon)


def test_each_new_moon_of_201_years_is_within_40_seconds_of_an_independent_one() -> None:
    errors = [abs(new_moon(new_moon_number_near(other)) - other) * 86400 for other in _new_moons_by_ephem()]
    assert len(errors) == 2487
    # Until 2026, when the turning of the earth has been measured, the two differ by half as much.
    assert max(errors) < 40
    assert max(errors[: 126 * 12]) < 20


def test_the_sun_stands_within_two_seconds_of_arc_of_an_independent_one() -> None:
    # The sun goes two seconds of arc in 49 seconds.
    days = [FIRST + 7.3 * step for step in range(int((LAST - FIRST) / 7.3))]
    errors = [abs((sun_longitude(day) - _sun_by_ephem(day) + 180) % 360 - 180) * 3600 for day in days]
    assert max(errors) < 2


def test_new_moon_is_the_worked_example_of_its_source() -> None:
    """Meeus, example 49.a: February 1977 has its new moon at 3:37:42 dynamical time, 47.5 s less universal."""
    assert round((new_moon(-283) - 2443192.5) * 86400) == (3 * 60 + 37) * 60 + 42 - 48
