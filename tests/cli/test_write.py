"""`khuevan write`: a document from its JSON to PDF, Word and HTML; one sentence for what cannot be written."""

from __future__ import annotations

import dataclasses
import json
import stat
import threading
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from khuevan.cli.commands import group
from khuevan.plain.official_documents import as_contract, read_bytes, read_file
from khuevan.plain.official_documents.writing.composition_form import as_plain
from khuevan.plain.official_documents.writing.from_reading import from_reading
from tests.plain.official_documents.writing import examples

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.json"))


def write(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["write", *map(str, arguments)], prog_name="khuevan")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.json"
    file.write_text(json.dumps(as_plain(examples.letter()), ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")]
)
def test_the_ending_says_what_is_written(letter, tmp_path, ending, begins):
    output = tmp_path / f"letter.{ending}"
    done = write(letter, "-o", output)
    assert (done.exit_code, done.output) == (0, "")
    data = output.read_bytes()
    assert data.startswith(begins)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["letter.json", output.name])
    if ending != "html":
        read = from_reading(read_bytes(data, output.name))
        assert (read.type, read.number, read.notation) == ("Công văn", 7, "SVHTT-TTBCXB")
    else:
        assert "Phối hợp cung cấp thông tin" in data.decode()


def test_what_was_read_is_written_again_with_number_and_day(tmp_path):
    read = read_file(PLAN)
    file, output = tmp_path / "plan.json", tmp_path / "plan.pdf"
    file.write_text(json.dumps({**as_contract(read), "place": "Hà Nội"}), encoding="utf-8")
    done = write(file, "-o", output, "--number", 7, "--date", "2025-03-05", "--symbol", "KH-SVHTT")
    assert (done.exit_code, done.output) == (0, "")
    again = read_file(output)
    assert (again.number, again.symbol, again.date) == (
        7,
        "7/KH-SVHTT".replace("7", "07", 1),
        date(2025, 3, 5),
    )
    assert again.title == read.title
    assert [basis.text for basis in again.legal_bases] == [basis.text for basis in read.legal_bases]
    assert (again.recipients, again.signatory) == (read.recipients, read.signatory)

    def without_gaps(document):
        # "…Duy trì": a line may end behind the sign, and nobody can tell that no space stood there.
        return [(task.ref, task.text.replace("… ", "…")) for task in document.tasks]

    assert without_gaps(again) == without_gaps(read)
    assert [(duty.unit, duty.text) for duty in again.duties] == [
        (duty.unit, duty.text) for duty in read.duties
    ]


def test_the_same_file_is_written_with_the_same_bytes(letter, tmp_path):
    for name in ("one.pdf", "other.pdf"):
        assert write(letter, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()


def test_a_file_that_is_there_is_kept_unless_it_is_forced(letter, tmp_path):
    output = tmp_path / "letter.pdf"
    output.write_text("signed")
    done = write(letter, "-o", output)
    assert (done.exit_code, output.read_text()) == (2, "signed")
    assert done.output == f"{output} is there already: choose another name, or --force to write over it.\n"
    assert write(letter, "-o", output, "--force").exit_code == 0
    assert output.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(output.stat().st_mode) & 0o044 or stat.S_IMODE(letter.stat().st_mode) & 0o044 == 0


def test_of_several_that_write_the_same_file_at_once_one_does(letter, tmp_path):
    from khuevan.cli.write import _put

    output, ended = tmp_path / "x.pdf", []

    def put(data: bytes) -> None:
        try:
            _put(output, data, over=False)
            ended.append(data)
        except SystemExit:
            pass

    threads = [threading.Thread(target=put, args=(bytes([65 + n]) * 1000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [output.read_bytes()] == ended
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.json", "x.pdf"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "x.json is no JSON: line 1, column 1: Expecting value."),
        ("{", "x.json is no JSON: line 1, column 2: Expecting property name enclosed in double quotes."),
        ("\udcff", "x.json is no JSON: it holds bytes that are no UTF-8 text."),
        ("[" * 100_000, "x.json is no document: its values stand in one another too deep."),
        ("[]", "x.json holds no document: the document: an object was expected."),
        ("{}", "x.json holds no document: the document: type is missing."),
        (
            '{"form": "khuevan-composition-2"}',
            "x.json holds no document: form: khuevan-composition-1 was expected; the file is of another kind.",
        ),
        (
            json.dumps({**as_plain(examples.letter()), "number": 0}),
            "x.json holds no document: number: a whole number from 1, or null, was expected.",
        ),
        (
            json.dumps({**as_plain(examples.letter()), "urgency": "RẤT KHẨN"}),
            "“RẤT KHẨN” is no degree of urgency; Nghị định 30/2020/NĐ-CP knows KHẨN, THƯỢNG KHẨN, HỎA TỐC.",
        ),
        (
            json.dumps({**as_plain(examples.letter()), "title": "東"}),
            "The sign “東” is in no font that documents are set in; write it in another way.",
        ),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_leaves_no_file(tmp_path, content, sentence):
    file, output = tmp_path / "x.json", tmp_path / "x.pdf"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    done = write(file, "-o", output)
    assert (done.exit_code, done.output) == (2, f"{sentence}\n")
    assert not output.exists()


@pytest.mark.parametrize(
    "changes",
    [{"circulation": "MẬT"}, {"urgency": "TỐI MẬT"}, {"title": "TUYỆT MẬT"}, {"contact": "Độ mật: Tối mật"}],
)
def test_a_state_secret_is_not_written(tmp_path, changes):
    file, output = tmp_path / "x.json", tmp_path / "x.pdf"
    file.write_text(json.dumps(as_plain(dataclasses.replace(examples.letter(), **changes))), encoding="utf-8")
    done = write(file, "-o", output)
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert "mật" in done.output or "state-secret" in done.output
    assert not output.exists()


def test_paths_that_do_not_serve_are_refused(letter, tmp_path):
    for arguments, sentence in (
        ((letter, "-o", tmp_path / "x.odt"), "x.odt ends in none of .pdf, .docx, .html"),
        ((tmp_path / "none.json", "-o", tmp_path / "x.pdf"), f"{tmp_path / 'none.json'} cannot be read"),
        ((letter, "-o", tmp_path / "none" / "x.pdf"), f"{tmp_path / 'none' / 'x.pdf'} cannot be written"),
    ):
        done = write(*arguments)
        assert done.exit_code == 2
        assert done.output.startswith(sentence)


def test_a_day_that_is_none_is_refused(letter, tmp_path):
    done = write(letter, "-o", tmp_path / "x.pdf", "--date", "2026-02-30")
    assert done.exit_code == 2
    assert "'2026-02-30' does not match the format" in done.output


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_of_the_documentation_is_written_and_read(example, tmp_path):
    output = tmp_path / "example.pdf"
    done = write(example, "-o", output)
    assert (done.exit_code, done.output) == (0, "")
    values, read = json.loads(example.read_text(encoding="utf-8")), read_file(output)
    assert (read.type, read.number, read.title) == (values["type"], values["number"], values["title"])
    assert len(read.recipients) == len(values["recipients"])


def test_the_documentation_has_examples():
    assert [path.name for path in EXAMPLES] == [
        "bao-cao-tong-hop.json",
        "bao-cao.json",
        "quyet-dinh.json",
        "thu-moi.json",
    ]
