"""Addresses of the press room that are no pages: calendars, kits to take away, accreditation."""

from __future__ import annotations

from django.urls import re_path

from khuevan.website.views import accreditation, press

LANGUAGE = r"(?P<language>[a-z]{2}(?:-[a-z]+)?)"
CONFERENCE = rf"^{LANGUAGE}/press-conferences/(?P<pk>[0-9]{{1,9}})"

urlpatterns = [
    re_path(rf"{CONFERENCE}\.ics$", press.conference_calendar, name="press_conference_calendar"),
    re_path(rf"{CONFERENCE}/accreditation/$", accreditation.ask, name="press_accreditation"),
    re_path(
        rf"{CONFERENCE}/accreditation/received/$", accreditation.received, name="press_accreditation_received"
    ),
    re_path(
        rf"^{LANGUAGE}/press-kits/(?P<pk>[0-9]{{1,9}})\.zip$", press.kit_archive, name="press_kit_archive"
    ),
]
