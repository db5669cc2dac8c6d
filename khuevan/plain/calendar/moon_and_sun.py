"""When the moon is new, and where the sun stands.

Source: Jean Meeus, Astronomical Algorithms, 2nd edition: the new moon by chapter 49, the sun by chapter 25
in its higher accuracy with the periodic terms of the earth of appendix III (a selection of VSOP87), nutation
by chapter 22 in its lower accuracy. The difference between dynamical and universal time is the polynomials of
Espenak and Meeus, Five Millennium Canon of Solar Eclipses (NASA/TP-2006-214141).

Errors, against an independent implementation, are measured in the tests: under 1 minute for each new moon and
each principal term of 1900 to 2100. After 2026 the turning of the earth is itself a forecast: some 20 seconds
of doubt in 2050, two minutes in 2100.
"""

from __future__ import annotations

import math

from khuevan.plain.calendar.earth_terms import EARTH_LONGITUDE

# Julian days (ephemeris) are counted from this noon, 1 January 2000.
_J2000 = 2451545.0
_DAYS_A_CENTURY = 36525.0


def new_moon(number: int) -> float:
    """The Julian day, universal time, of the new moon `number`: 0 is the first of the year 2000.

    Source: Meeus chapter 49; `number` is its k.
    """
    t = number / 1236.85
    mean = (
        2451550.09766 + 29.530588861 * number + t * t * (0.00015437 + t * (-0.000000150 + t * 0.00000000073))
    )
    e = 1 + t * (-0.002516 - t * 0.0000074)
    sun = 2.5534 + 29.10535670 * number + t * t * (-0.0000014 - t * 0.00000011)
    moon = 201.5643 + 385.81693528 * number + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058))
    latitude = 160.7108 + 390.67050284 * number + t * t * (-0.0016118 + t * (-0.00000227 + t * 0.000000011))
    node = 124.7746 - 1.56375588 * number + t * t * (0.0020672 + t * 0.00000215)
    days = sum(
        size * e**power * _sin(a * sun + b * moon + c * latitude + d * node)
        for size, power, a, b, c, d in _MOON_TERMS
    )
    days += 0.000325 * _sin(299.77 + 0.107408 * number - 0.009173 * t * t)
    days += sum(size * _sin(start + speed * number) for size, start, speed in _PLANET_TERMS)
    return _universal(mean + days)


def sun_longitude(julian_day: float) -> float:
    """The sun's apparent longitude in degrees, 0 up to 360, at a Julian day in universal time.

    Source: Meeus chapter 25, higher accuracy; nutation in longitude to half a second of arc (chapter 22).
    """
    t = (julian_day + _delta_t(julian_day) - _J2000) / _DAYS_A_CENTURY
    millennia = t / 10
    earth, power = 0.0, 1.0
    for series in EARTH_LONGITUDE:
        earth += power * sum(a * math.cos(b + c * millennia) for a, b, c in series)
        power *= millennia
    anomaly = 357.52911 + 35999.05029 * t
    radius = 1.000140 - 0.016708 * _cos(anomaly) - 0.000139 * _cos(2 * anomaly)
    node, mean_sun, mean_moon = (
        125.04452 - 1934.136261 * t,
        280.4665 + 36000.7698 * t,
        218.3165 + 481267.8813 * t,
    )
    nutation = (
        -17.20 * _sin(node) - 1.32 * _sin(2 * mean_sun) - 0.23 * _sin(2 * mean_moon) + 0.21 * _sin(2 * node)
    )
    to_fk5, aberration = -0.09033, -20.4898 / radius
    return (math.degrees(earth * 1e-8) + 180 + (nutation + to_fk5 + aberration) / 3600) % 360


def new_moon_number_near(julian_day: float) -> int:
    """The number of the new moon nearest to a day, by the mean month: one off at most."""
    return round((julian_day - 2451550.09766) / 29.530588861)


def _universal(dynamical_day: float) -> float:
    return dynamical_day - _delta_t(dynamical_day)


def _delta_t(julian_day: float) -> float:
    """Dynamical less universal time, in days, for 1890 to 2150."""
    y = 2000 + (julian_day - 2451544.5) / 365.2425
    if y < 1900:
        seconds = _polynomial(y - 1860, 7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1 / 233174)
    elif y < 1920:
        seconds = _polynomial(y - 1900, -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)
    elif y < 1941:
        seconds = _polynomial(y - 1920, 21.20, 0.84493, -0.076100, 0.0020936)
    elif y < 1961:
        seconds = _polynomial(y - 1950, 29.07, 0.407, -1 / 233, 1 / 2547)
    elif y < 1986:
        seconds = _polynomial(y - 1975, 45.45, 1.067, -1 / 260, -1 / 718)
    elif y < 2005:
        seconds = _polynomial(y - 2000, 63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)
    elif y < 2050:
        seconds = _polynomial(y - 2000, 62.92, 0.32217, 0.005589)
    else:
        seconds = -20 + 32 * ((y - 1820) / 100) ** 2 - 0.5628 * (2150 - y)
    return seconds / 86400


def _polynomial(x: float, *coefficients: float) -> float:
    value = 0.0
    for coefficient in reversed(coefficients):
        value = value * x + coefficient
    return value


def _sin(degrees: float) -> float:
    return math.sin(math.radians(degrees))


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


# Days; the power of the earth's eccentricity; multiples of the sun's anomaly, the moon's anomaly, the moon's
# argument of latitude and its node (chapter 49, second table, column "new moon").
_MOON_TERMS: tuple[tuple[float, int, int, int, int, int], ...] = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
    (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0),
    (0.00004, 0, 3, 0, 0, 0),
    (0.00003, 0, 1, 1, -2, 0),
    (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0),
    (0.00003, 0, -1, 1, 2, 0),
    (-0.00002, 0, -1, 1, -2, 0),
    (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)
# Days, degrees, degrees a lunation (chapter 49, the planetary arguments A2 to A14).
_PLANET_TERMS: tuple[tuple[float, float, float], ...] = (
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
    (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824),
    (0.000040, 291.34, 1.844379),
    (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099),
    (0.000023, 331.55, 3.592518),
)
