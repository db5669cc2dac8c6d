"""What tests of the form's pages share: a cycle of the small office, its form as a browser would send it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from khuevan.core import clock
from khuevan.people.models import Unit
from khuevan.reports.models import UnitReport
from tests.factories.reports import ReportingOffice
from tests.factories.work import at

BEFORE_CUT_OFF, IN_TIME = date(2025, 6, 5), date(2025, 6, 16)


@contextmanager
def on(day: date = IN_TIME, hour: int = 9) -> Iterator[None]:
    """The office's clock stopped on the day."""
    with clock.stopped_at(at(day, hour)):
        yield


def report_of(place: ReportingOffice, unit: Unit | None = None) -> UnitReport:
    """The report of the second quarter of 2025 of the unit (the lead), as it is stored now."""
    with on(BEFORE_CUT_OFF):
        cycle = place.cycle(2025, 2)
    return place.report_of(cycle, unit or place.office.lead)


def fields_of(page: Any) -> dict[str, Any]:
    """The fields of the page's form as they stand, as a browser without JavaScript sends them."""
    text = page.content.decode()
    form = text[
        text.index('<form class="uf-form"') : text.index("</form>", text.index('<form class="uf-form"'))
    ]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found[_attribute(tag, "name")] = _attribute(tag, "value")
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        words = html.unescape(value)
        if name.startswith("difficulty-"):
            found.setdefault(name, []).append(words)
        else:
            found[name] = words
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def main_text(page: Any) -> str:
    """The words of the page's main part, spaces folded."""
    text = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    text = re.sub(r"<(script|style|template).*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
