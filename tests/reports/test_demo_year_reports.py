"""`khuevan demo year` and the report of each quarter of 2025: every figure is counted again, slowly."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.database import copy_database
from tests.reports.recounting import (
    TARGETS,
    Office,
    Version,
    computed,
    document_of,
    frozen,
    indicators,
    versions,
)

ROOT = Path(__file__).resolve().parents[2]
ALL = pytest.mark.parametrize("version", versions(), ids=lambda one: f"quarter-{one.number}-{one.version}")
A4 = (595, 842)


@pytest.fixture(scope="module")
def lived(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data directory in which the whole year was lived through, and what the command said."""
    data_dir = tmp_path_factory.mktemp("whole-year")
    copy_database(demo_data / "khuevan.sqlite3", data_dir / "khuevan.sqlite3")
    if (demo_data / "private").exists():
        shutil.copytree(demo_data / "private", data_dir / "private")
    done = subprocess.run(
        [sys.executable, "-m", "khuevan", "demo", "year"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "KHUEVAN_DATA_DIR": str(data_dir), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return data_dir, done.stdout


@pytest.fixture(scope="module")
def office(lived: tuple[Path, str]) -> Office:
    return Office(lived[0] / "khuevan.sqlite3")


def pdf_of(lived: tuple[Path, str], office: Office, version: Version) -> pypdfium2.PdfDocument:
    document = document_of(office, version)
    [file] = [
        row
        for row in office.rows("documents_documentfile")
        if row["document_id"] == document["id"] and row["role"] == "PRINTED"
    ]
    return pypdfium2.PdfDocument((lived[0] / "private" / file["file"]).read_bytes())


def text_of(pdf: pypdfium2.PdfDocument) -> str:
    """All words in reading order, one space between two."""
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def printed(value: Decimal, kind: str) -> str:
    """The figure as Vietnamese officers write it; money by the million."""
    if kind == "MONEY":
        value = value / 1_000_000
    whole, _, rest = f"{value:,.2f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


@ALL
def test_each_figure_is_what_a_slow_count_finds(office, version):
    stored = frozen(office, version)
    again = office.recounted(version)
    assert list(stored) == list(again)
    assert {code: row["value"] for code, row in stored.items()} == {
        code: value for code, (value, _parts) in again.items()
    }


@ALL
def test_frozen_lists_are_the_records_that_a_slow_count_finds(office, version):
    again = office.recounted(version)
    for code, row in frozen(office, version).items():
        parts = [
            {
                "name": part["name"],
                "value": Decimal(part["value"]),
                "known": None if part["known"] is None else Decimal(part["known"]),
                "reason": part["reason"],
                "records": part["records"],
            }
            for part in row["parts"]
        ]
        assert (code, parts) == (code, again[code][1])


def test_programme_and_register_are_counted_from_the_second_quarter_on(office):
    # The plan came into the software after the first cut-off: the recount would be idle if it found nothing later.
    counted = [one["code"] for one in indicators() if "source_key" in one]
    found = {
        version: sum(len(part["records"]) for code in counted for part in office.recounted(version)[code][1])
        for version in versions()
    }
    assert [version.number for version, records in found.items() if records > 100] == [2, 2, 3, 4]
    assert [version.number for version, records in found.items() if records == 0] == [1]


@ALL
def test_comparisons_are_with_the_newest_reports_of_the_quarters_before(office, version):
    newest: dict[int, Version] = {}
    for one in versions():
        if one.number < version.number:
            newest[one.number] = one
    earlier = {number: office.recounted(one) for number, one in newest.items()}
    now = office.recounted(version)
    expected: dict[str, Any] = {}
    for indicator in indicators():
        code = indicator["code"]
        value = now[code][0]
        parts = [earlier[number][code][0] for number in sorted(earlier)] + [value]
        target = TARGETS.get(code)
        expected[code] = {
            "before": earlier[version.number - 1][code][0] if version.number > 1 else None,
            "last_year": None,
            "year_sum": None if None in parts else sum(parts, Decimal(0)),
            "target": None if target is None else Decimal(target),
        }
    sums = {code: row["year_sum"] for code, row in expected.items()}
    for indicator in indicators():
        if "formula" in indicator:
            expected[indicator["code"]]["year_sum"] = computed(indicator["code"], sums)
    stored = {
        code: {name: row[name] for name in ("before", "last_year", "year_sum", "target")}
        for code, row in frozen(office, version).items()
    }
    assert stored == expected


def test_units_that_did_not_send_are_named_in_the_report(lived, office):
    missing = [json.loads(frozen(office, one)["xong"]["report"]["missing_units"]) for one in versions()]
    assert missing == [["Phòng Tổ chức – Pháp chế"], [], [], [], []]
    assert "Phòng Tổ chức – Pháp chế" in text_of(pdf_of(lived, office, versions()[0]))


@ALL
def test_pdf_in_the_register_has_the_layout_and_each_figure(lived, office, version):
    document = document_of(office, version)
    pdf = pdf_of(lived, office, version)
    assert {tuple(round(side) for side in sorted(page.get_size())) for page in pdf} == {A4}
    text = text_of(pdf)
    first = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ VĂN HÓA VÀ THỂ THAO",
        f"Số: {document['symbol']}", "BÁO CÁO", document["title"],
    ):  # fmt: skip
        assert words in first
    assert "Nơi nhận: - Như trên;" in text
    pictures = [
        item for page in pdf for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    ]
    # In the first quarter the tasks have nothing to be drawn: the plan was not in the software yet.
    assert len(pictures) == (2 if version.number == 1 else 3)
    # A line that ends within a number or at a slash loses no sign by this; spaces are none of the layout's words.
    close = re.sub(r"\s+", "", text)
    for row in frozen(office, version).values():
        said = "chưacósốliệu" if row["value"] is None else printed(row["value"], row["type"])
        assert re.sub(r"\s+", "", f"{row['name']}: {said}") in close


@ALL
def test_report_lies_in_the_register_as_word_file_and_pdf_signed_and_sent(office, version):
    document = document_of(office, version)
    own = document["id"]
    files = {
        row["role"]: row["filename"]
        for row in office.rows("documents_documentfile")
        if row["document_id"] == own
    }
    stem = document["symbol"].replace("/", "-")
    assert files == {"EDITABLE": f"{stem}.docx", "PRINTED": f"{stem}.pdf"}
    signed = [row["signer_name"] for row in office.rows("documents_signature") if row["document_id"] == own]
    assert signed == ["Vũ Thị Giám"]
    sent = {row["state"] for row in office.rows("documents_dispatch") if row["document_id"] == own}
    assert sent == {"SENT"}


def test_numbers_go_forward_with_their_days(office):
    reports = [document_of(office, version) for version in versions()]
    assert [(row["symbol"], row["issued_date"], row["state"]) for row in reports] == [
        ("01/BC-SVHTT", "2025-03-24", "REGISTERED"),
        ("02/BC-SVHTT", "2025-06-24", "REPLACED"),
        ("03/BC-SVHTT", "2025-07-04", "REGISTERED"),
        ("04/BC-SVHTT", "2025-09-23", "REGISTERED"),
        ("05/BC-SVHTT", "2025-12-23", "REGISTERED"),
    ]
    given: dict[Any, list[tuple[int, str]]] = {}
    for row in office.rows("documents_issuednumber"):
        day = office.one("documents_document", row["document_id"])
        when = day["received_date"] or day["issued_date"]
        given.setdefault((row["book_id"], row["series"]), []).append((row["number"], when))
    assert all(
        [day for _number, day in sorted(rows)] == sorted(day for _number, day in rows)
        for rows in given.values()
    )


def test_corrected_report_names_the_one_that_it_corrects(lived, office):
    old, new = (one for one in versions() if one.number == 2)
    report = frozen(office, new)["su_kien"]["report"]
    assert report["corrects_id"] == frozen(office, old)["su_kien"]["report"]["id"]
    assert "02/BC-SVHTT" in text_of(pdf_of(lived, office, new))
    assert report["correction_reason"] in text_of(pdf_of(lived, office, new))
    changed = {
        code: (row["value"], frozen(office, new)[code]["value"])
        for code, row in frozen(office, old).items()
        if row["value"] != frozen(office, new)[code]["value"]
    }
    assert changed == {
        "su_kien": (Decimal(12), Decimal(14)), "su_kien_ban_do": (Decimal(11), Decimal(13)),
    }  # fmt: skip
    replaced = document_of(office, old)
    assert replaced["replaced_by_id"] == document_of(office, new)["id"]


def test_command_names_the_reports_and_where_they_are(lived, office):
    _data_dir, said = lived
    listed = said.split("Reports in the register, to open once `khuevan serve` runs:\n")[1].splitlines()
    reports = [next(iter(frozen(office, version).values()))["report"] for version in versions()]
    assert [line.split()[0] for line in listed] == [document_of(office, one)["symbol"] for one in versions()]
    assert [line.rsplit(": ", 1)[1] for line in listed] == [
        f"/quan-tri/bao-cao/tong-hop/{report['id']}/" for report in reports
    ]
