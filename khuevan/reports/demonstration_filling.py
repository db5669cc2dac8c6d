"""Units' forms in the demonstration's year: begun, sent, returned, sent again, as the data file has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from khuevan.people.models import Unit, User
from khuevan.reports.actions import UnitWords, return_unit_report, save_unit_report, send_unit_report
from khuevan.reports.actions.filling import FigureEntry
from khuevan.reports.models import Cycle, Indicator, Question, UnitReport

Row = Mapping[str, Any]


def person_named(username: str) -> User:
    """The person as the database has them now: what may be done is asked anew each day."""
    return User.objects.get(username=username)


def cycle_of(data: Row, number: int) -> Cycle:
    """The cycle of a quarter of the year."""
    found: Cycle = Cycle.objects.select_related("rule").get(
        rule_code=data["rule"], year=data["year"], number=number
    )
    return found


def question_of(data: Row, number: int, name: str) -> Question:
    """The question of the form that the data file calls `name`."""
    found: Question = Question.objects.get(
        section__rule=cycle_of(data, number).rule, text=data["questions"][name]
    )
    return found


@dataclass(frozen=True, slots=True)
class UnitForm:
    """One unit's form of one quarter, as its row has it."""

    data: Row
    number: int
    row: Row

    def begin(self) -> None:
        """The figures first, saved; the words come when the form is sent."""
        self._save(self._figures(), UnitWords())

    def send(self) -> None:
        """Everything filled in, saved and sent."""
        self._save(self._figures(), self._words())
        self._send()

    def give_back(self) -> None:
        """Returned by the gatherer, with the reason."""
        again = self.row["again"]
        return_unit_report(
            by=person_named(self.data["gatherer"]), report=self._report(), reason=again["reason"]
        )  # fmt: skip

    def send_again(self) -> None:
        """What the return asked for, changed, and sent again."""
        again = self.row["again"]
        figures = {key: FigureEntry(Decimal(value)) for key, value in self._keyed(again["figures"]).items()}
        self._save(figures, self._words(again["answers"]))
        self._send()

    def _report(self) -> UnitReport:
        cycle = cycle_of(self.data, self.number)
        unit = Unit.objects.get(short_name=self.row["unit"])
        found: UnitReport = UnitReport.objects.select_related("cycle__rule", "unit").get(
            cycle=cycle, unit=unit
        )
        return found

    def _by(self) -> User:
        return person_named(self.data["fills"][self.row["unit"]])

    def _save(self, figures: Mapping[int, FigureEntry], words: UnitWords) -> None:
        report = self._report()
        save_unit_report(
            by=self._by(), report=report, seen_version=report.version, figures=figures, words=words
        )

    def _send(self) -> None:
        report = self._report()
        send_unit_report(by=self._by(), report=report, seen_version=report.version)

    def _keyed(self, by_code: Mapping[str, Any]) -> dict[int, Any]:
        rule = cycle_of(self.data, self.number).rule
        keys = dict(Indicator.objects.filter(section__rule=rule).values_list("code", "pk"))
        return {keys[code]: value for code, value in by_code.items()}

    def _figures(self) -> dict[int, FigureEntry]:
        entered = dict(zip(self.data["codes"], self.row["figures"], strict=True))
        found = {key: FigureEntry(Decimal(value)) for key, value in self._keyed(entered).items()}
        for own in self.row.get("corrected", ()):
            [(key, value)] = self._keyed({own["code"]: own["value"]}).items()
            found[key] = FigureEntry(Decimal(value), own["reason"])
        return found

    def _words(self, changed: Mapping[str, str] | None = None) -> UnitWords:
        said = {**self.row["answers"], **(changed or {})}
        return UnitWords(
            answers={question_of(self.data, self.number, name).pk: text for name, text in said.items()},
            difficulties=[(text, asks) for text, asks in self.row.get("difficulties", ())],
            proposals=self.row.get("proposals", ""),
        )
