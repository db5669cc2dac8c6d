"""The figures of the demonstration's reports, counted again by loops over rows: slow, obvious, without our code.

Rows are read with `sqlite3` as dictionaries; what units typed is read from the demonstration's data file. Nothing
here asks `khuevan.reports` how it counts.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

REPORTS = Path(__file__).resolve().parents[2] / "khuevan" / "reports"
TYPED = tomllib.loads((REPORTS / "data" / "demonstration_reports.toml").read_text(encoding="utf-8"))
FORM = tomllib.loads((REPORTS / "data" / "quarterly_report.toml").read_text(encoding="utf-8"))
TARGETS = tomllib.loads((REPORTS / "data" / "demonstration_targets.toml").read_text(encoding="utf-8"))[
    "targets"
]
OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
# Decree 09/2019, article 12: a quarter counts from the 15th of the month before it to the 14th of its last month.
PERIODS = {
    1: (date(2024, 12, 15), date(2025, 3, 14)),
    2: (date(2025, 3, 15), date(2025, 6, 14)),
    3: (date(2025, 6, 15), date(2025, 9, 14)),
    4: (date(2025, 9, 15), date(2025, 12, 14)),
}
Row = dict[str, Any]


@dataclass
class Office:
    """All rows of an installation, table by table."""

    path: Path
    _tables: dict[str, list[Row]] = field(default_factory=dict)
    _by_key: dict[str, dict[Any, Row]] = field(default_factory=dict)
    _recounted: dict[Version, dict[str, tuple[Decimal | None, list[Row]]]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        if table not in self._tables:
            with closing(sqlite3.connect(self.path)) as database:
                database.row_factory = sqlite3.Row
                self._tables[table] = [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
        return self._tables[table]

    def one(self, table: str, key: Any) -> Row:
        if table not in self._by_key:
            self._by_key[table] = {row["id"]: row for row in self.rows(table)}
        return self._by_key[table][key]

    def recounted(self, version: Version) -> dict[str, tuple[Decimal | None, list[Row]]]:
        """What `recounted` finds, found once."""
        if version not in self._recounted:
            self._recounted[version] = recounted(self, version)
        return self._recounted[version]


@dataclass(frozen=True)
class Version:
    """One version of a quarter's report: who had sent when it was gathered, and at which moment."""

    number: int
    version: int
    gathered: datetime

    def sent(self) -> dict[str, tuple[datetime, dict[str, Decimal], dict[str, tuple[Decimal, str]]]]:
        """By the unit's short name: when it sent, what it typed, and which counted figures it said otherwise."""
        found = {}
        [quarter] = [one for one in TYPED["quarter"] if one["number"] == self.number]
        for row in quarter["unit"]:
            moment = row["sent"]
            typed = {code: Decimal(value) for code, value in zip(TYPED["codes"], row["figures"], strict=True)}
            again = row.get("again")
            if again is not None and "sent" in again and again["sent"] <= self.gathered:
                moment = again["sent"]
                for code, value in again["figures"].items():
                    typed[code] = Decimal(value)
            if moment <= self.gathered:
                own = {
                    one["code"]: (Decimal(one["value"]), one["reason"]) for one in row.get("corrected", ())
                }
                found[row["unit"]] = (moment, typed, own)
        return found


def versions() -> list[Version]:
    """Every report that is issued in the year, in the order of issue."""
    found = []
    for quarter in TYPED["quarter"]:
        report = quarter["report"]
        found.append(Version(quarter["number"], 1, report.get("gathered_again", report["composed"])))
        if "correction" in quarter:
            found.append(Version(quarter["number"], 2, quarter["correction"]["composed"]))
    return found


def indicators() -> list[Row]:
    """The form's indicators in order, each with the section of the plan that it is narrowed to (or none)."""
    found = []
    for section in FORM["section"]:
        for one in section.get("indicator", ()):
            narrowed = section.get("plan_ref", "") if one.get("within_section") else ""
            found.append({**one, "narrowed": narrowed})
    return found


def stored_moment(text: str | None) -> datetime | None:
    """A moment of the database (UTC) on the office's clock, without its zone."""
    if text is None:
        return None
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(OFFICE).replace(tzinfo=None)


def records(
    office: Office, key: str, detail: str, ref: str, unit_id: int, number: int, moment: datetime
) -> list[list[Any]]:
    """What a source counts for a unit in a quarter, as it stood at the moment: [label, key, title, day, "1"]."""
    first, last = PERIODS[number]
    found: list[tuple[Any, int, str, str]] = []
    if key in ("documents.issued", "documents.handed"):
        for row in office.rows("documents_document"):
            issued = key == "documents.issued"
            day = row["issued_date"] if issued else row["received_date"]
            unit = row["drafting_unit_id"] if issued else row["handling_unit_id"]
            if row["direction"] != ("OUT" if issued else "IN") or unit != unit_id or day is None:
                continue
            if not first.isoformat() <= day <= last.isoformat():
                continue
            if issued and (row["state"] == "REVOKED" or (detail and row["type_name"] != detail)):
                continue
            found.append((day, row["id"], _short(f"{row['symbol']} {row['title']}"), "documents.document"))
    elif key in ("programme.difficulties", "programme.web"):
        seen: list[str] = []
        replies = sorted(
            office.rows("programme_reply"), key=lambda row: stored_moment(row["sent_at"]) or datetime.max
        )
        for reply in replies:
            sent = stored_moment(reply["sent_at"])
            if sent is None or not first <= sent.date() <= last:
                continue
            instalment = office.one("programme_instalment", reply["instalment_id"])
            assignment = office.one("programme_assignment", instalment["assignment_id"])
            if assignment["unit_id"] != unit_id or not _within(office, assignment, ref):
                continue
            if key == "programme.difficulties":
                for row in office.rows("programme_difficulty"):
                    if row["reply_id"] == reply["id"]:
                        found.append((sent, row["id"], _short(row["text"]), "programme.difficulty"))
                continue
            judged = stored_moment(reply["judged_at"])
            if reply["state"] == "RETURNED" and judged is not None and judged <= moment:
                continue
            for row in office.rows("programme_evidence"):
                if row["reply_id"] == reply["id"] and row["kind"] == "WEB" and row["url"] not in seen:
                    seen.append(row["url"])
                    found.append((sent, row["id"], _short(row["title"]), "programme.evidence"))
    else:
        for row in office.rows("programme_instalment"):
            assignment = office.one("programme_assignment", row["assignment_id"])
            if assignment["unit_id"] != unit_id or not _within(office, assignment, ref):
                continue
            reported, accepted = _standing(office, row, moment)
            due = None if row["due_date"] is None else date.fromisoformat(row["due_date"])
            if key == "programme.done":
                if accepted is not None and first <= accepted.date() <= last:
                    found.append((accepted, row["id"], _task_title(office, assignment), ""))
                continue
            # What ended after the cut-off day was owed on it.
            ended = stored_moment(assignment["ended_at"])
            if ended is not None and ended.date() <= last:
                continue
            if row["state"] == "CANCELLED" and ended is None:
                continue
            if due is None or not first <= due <= last:
                continue
            if key == "programme.in_time" and not (reported is not None and reported <= due):
                continue
            if key == "programme.late" and reported is not None and reported <= last:
                continue
            found.append((due, row["id"], _task_title(office, assignment), ""))
    return [
        [label or "programme.instalment", pk, title, _day(when), "1"]
        for when, pk, title, label in sorted(found, key=lambda one: (one[0], one[1]))
    ]


def computed(code: str, sums: dict[str, Decimal | None]) -> Decimal | None:
    """The three figures that the form computes, written out."""
    if code == "tong_tin":
        parts = [sums["tin_tieng_viet"], sums["tin_tieng_anh"], sums["tin_tieng_khac"]]
        return None if None in parts else sum(parts, Decimal(0))
    due = sums["den_han"]
    if not due:
        return None
    part = due - sums["qua_han"] if code == "ty_le_hoan_thanh" else sums["dung_han"]
    return (100 * part / due).quantize(Decimal("0.01"), ROUND_HALF_UP)


def recounted(office: Office, version: Version) -> dict[str, tuple[Decimal | None, list[Row]]]:
    """Each figure of a report with its parts, in the order of units: name, value, known, reason, records."""
    kinds = {row["short_name"]: row for row in office.rows("people_unit") if row["short_name"]}
    sent = version.sent()
    found: dict[str, tuple[Decimal | None, list[Row]]] = {}
    for indicator in indicators():
        code = indicator["code"]
        if "formula" in indicator:
            found[code] = (computed(code, {key: value for key, (value, _parts) in found.items()}), [])
            continue
        parts = []
        for short in sorted(sent, key=lambda name: kinds[name]["path"]):
            moment, typed, own = sent[short]
            if "source_key" not in indicator:
                known, listed, value, reason = None, [], typed[code], ""
            else:
                listed = records(
                    office, indicator["source_key"], indicator.get("source_detail", ""),
                    indicator["narrowed"], kinds[short]["id"], version.number, moment,
                )  # fmt: skip
                known = Decimal(len(listed))
                value, reason = own.get(code, (known, ""))
            parts.append(
                {
                    "name": kinds[short]["name"],
                    "value": value,
                    "known": known,
                    "reason": reason,
                    "records": listed,
                }
            )
        found[code] = (sum((part["value"] for part in parts), Decimal(0)), parts)
    return found


def frozen(office: Office, version: Version) -> dict[str, Row]:
    """The figures of the frozen report by code, as they are stored, numbers as Decimal and lists read."""
    [cycle] = [row for row in office.rows("reports_cycle") if row["number"] == version.number]
    [report] = [
        row
        for row in office.rows("reports_composedreport")
        if row["cycle_id"] == cycle["id"] and row["version"] == version.version and row["state"] == "FROZEN"
    ]
    found = {}
    for row in sorted(office.rows("reports_reportfigure"), key=lambda one: one["order"]):
        if row["report_id"] == report["id"]:
            numbers = {
                name: None if row[name] is None else Decimal(str(row[name]))
                for name in ("value", "before", "last_year", "year_sum", "target")
            }
            found[row["code"]] = {**row, **numbers, "parts": json.loads(row["parts"]), "report": report}
    return found


def document_of(office: Office, version: Version) -> Row:
    """The document that the report became."""
    report = next(iter(frozen(office, version).values()))["report"]
    draft = office.one("documents_draft", report["draft_id"])
    return office.one("documents_document", draft["document_id"])


def _standing(office: Office, instalment: Row, moment: datetime) -> tuple[date | None, datetime | None]:
    """At the moment: the day on which it was last reported done (none after a return), and when it was accepted."""
    last = None
    for reply in office.rows("programme_reply"):
        sent = stored_moment(reply["sent_at"])
        if reply["instalment_id"] != instalment["id"] or reply["outcome"] != "DONE":
            continue
        if sent is not None and sent <= moment and (last is None or sent > last[0]):
            last = (sent, reply)
    if last is None:
        return None, None
    sent, reply = last
    judged = stored_moment(reply["judged_at"])
    if judged is None or judged > moment:
        return sent.date(), None
    return (sent.date(), judged) if reply["state"] == "ACCEPTED" else (None, None)


def _within(office: Office, assignment: Row, ref: str) -> bool:
    task = office.one("programme_task", assignment["task_id"])
    return not ref or task["ref"] == ref or task["ref"].startswith(ref + ".")


def _task_title(office: Office, assignment: Row) -> str:
    return _short(office.one("programme_task", assignment["task_id"])["text"])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 200 else words[:199] + "…"


def _day(when: Any) -> str:
    if isinstance(when, datetime):
        return when.date().isoformat()
    return when.isoformat() if isinstance(when, date) else when
