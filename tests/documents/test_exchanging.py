"""edXML in and out through folders and by hand: two sides that answer each other, nothing lost and nothing twice."""

from __future__ import annotations

import base64
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.exceptions import ValidationError

from khuevan.core import clock
from khuevan.core.private_files import private_storage
from khuevan.core.recording import unaudited
from khuevan.documents import edxml_folders, edxml_reading
from khuevan.documents.actions import (
    DispatchLine,
    PossibleDuplicate,
    decline_edxml,
    exchanging,
    hand_out_staged,
    keep_edxml_message,
    note_refused_edxml,
    prepare_dispatches,
    recall_dispatches,
    record_answer,
    register_edxml,
    send_dispatches,
    settle_edxml_business,
    stage_files,
    tell_status,
)
from khuevan.documents.actions.envelopes import data_of_message, document_spoken_of
from khuevan.documents.actions.exchanging import ExchangeReport, exchange_files
from khuevan.documents.choices import Channel, FileRole
from khuevan.documents.dispatch_files import data_of
from khuevan.documents.edxml_reading import (
    CheckedMessage,
    UnfitMessage,
    checked_message,
    details_from,
    received_files_of,
)
from khuevan.documents.models import Dispatch, Document, EdxmlMessage, EdxmlStatus
from khuevan.people.queries import system_person
from khuevan.plain.edxml import (
    Business,
    BusinessType,
    DocumentCode,
    Envelope,
    Organisation,
    Replacement,
    read_edxml,
    write_edxml,
)
from tests.documents.dispatch_scenes import DAY, PDF, Scene, issued, scene
from tests.factories.documents import CorrespondentFactory
from tests.factories.work import at
from tests.plain.edxml.samples import NATIONAL

pytestmark = pytest.mark.django_db

OURS, THEIRS = "X26.05", "X26"


@pytest.fixture(autouse=True)
def _day(settings) -> Iterator[None]:
    settings.ORGAN_CODE = OURS
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def a() -> Scene:
    return scene()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    out, into = tmp_path / "out", tmp_path / "in"
    out.mkdir()
    into.mkdir()
    return out, into


def dispatched(a: Scene) -> Dispatch:
    """The plan on its way to the committee as edXML."""
    document = issued(a)
    line = DispatchLine(name="UBND Thành phố", channel=Channel.EDXML, correspondent=a.committee)
    prepare_dispatches(by=a.clerk, document=document, lines=[line])
    [row] = send_dispatches(by=a.clerk, document=document)
    return row


def laid(folder: Path, name: str, data: bytes) -> Path:
    """A file that has lain in the folder for a minute."""
    path = folder / name
    path.write_bytes(data)
    long_ago = path.stat().st_mtime - 60
    os.utime(path, (long_ago, long_ago))
    return path


def taken_in(a: Scene, data: bytes, name: str = "den.edxml") -> EdxmlMessage:
    return keep_edxml_message(by=a.clerk, checked=checked_message(name, data))[0]


def registered(a: Scene, message: EdxmlMessage, **more) -> Document:
    envelope = read_edxml(data_of_message(message)).message
    return register_edxml(
        by=a.clerk,
        message=message,
        book=a.office.incoming,
        received_date=DAY,
        details=details_from(envelope),
        files=received_files_of(envelope),
        **more,
    )


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_document_goes_round_between_two_bodies(a, folders, settings):
    """Out here, in there, registered, the status back, noted here: whole circle through the folders."""
    out, into = folders
    CorrespondentFactory(name="Sở Văn hóa và Thể thao", organ_code=OURS)
    row = dispatched(a)
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport()
    row.refresh_from_db()
    assert (names(out), row.state) == ([f"01-KH-SVHTT-{row.file_id}.edxml"], "SENT")

    settings.ORGAN_CODE = THEIRS
    laid(into, "tu-truc.edxml", next(out.glob("*.edxml")).read_bytes())
    assert exchange_files(by=system_person(), out=None, into=into) == ExchangeReport(taken_in=1)
    assert names(into) == ["done/tu-truc.edxml"]
    message = EdxmlMessage.objects.get()
    assert (message.state, message.symbol, message.sender_code) == ("WAITING", "01/KH-SVHTT", OURS)
    document = registered(a, message, tell_sender=True)
    assert (document.symbol, document.issuer_name, document.edxml_id, document.type_name) == (
        "01/KH-SVHTT",
        "Sở Văn hóa và Thể thao thành phố Hà Nội",
        "X26.05,2025/06/12,01/KH-SVHTT",
        "Kế hoạch",
    )
    assert sorted(document.files.values_list("role", "filename")) == [
        ("ENVELOPE", "tu-truc.edxml"), ("RECEIVED", "01-KH-SVHTT.pdf"),
    ]  # fmt: skip
    assert data_of(document.files.get(role=FileRole.RECEIVED)) == PDF
    tell_status(by=a.clerk, message=message, code="06", words="Đã thực hiện")
    with pytest.raises(ValidationError, match="told this already"):
        tell_status(by=a.clerk, message=message, code="06")
    with pytest.raises(ValidationError, match="told this already, or more"):
        tell_status(by=a.clerk, message=message, code="05")
    for path in out.glob("*.edxml"):
        path.unlink()
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=2)

    settings.ORGAN_CODE = OURS
    for path in sorted(out.glob("*.edxml")):
        laid(into, path.name, path.read_bytes())
    assert exchange_files(by=system_person(), out=None, into=into) == ExchangeReport(taken_in=2)
    row.refresh_from_db()
    assert row.state == "PROCESSED"
    assert list(row.events.values_list("state", "status_code", "words").order_by("pk")) == [
        ("QUEUED", "", ""),
        ("SENT", "", ""),
        ("RECEIVED", "03", "Đã tiếp nhận"),
        ("PROCESSED", "06", "Đã thực hiện"),
    ]
    assert not EdxmlStatus.objects.filter(handed_over_at=None).exists()


def test_crash_between_laying_ready_and_handing_out_neither_loses_nor_repeats(a, folders):
    out, _into = folders
    row = dispatched(a)
    stage_files(by=system_person(), folder=out)
    name = f"01-KH-SVHTT-{row.file_id}.edxml"
    assert names(out) == [f".waiting/{name}"]
    # Killed here: the next run hands out what was laid ready.
    assert hand_out_staged(by=system_person(), folder=out) == 1
    assert names(out) == [name]

    # Killed between handing out and writing that down: nothing is laid there again.
    with unaudited("what a crash leaves"):
        Dispatch.objects.update(state="QUEUED")
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)
    row.refresh_from_db()
    assert (names(out), row.state) == ([name], "SENT")


def test_staged_file_that_lies_nowhere_is_uncertain_never_sent(a, folders):
    out, _into = folders
    row = dispatched(a)
    stage_files(by=system_person(), folder=out)
    for path in (out / ".waiting").iterdir():
        path.unlink()
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport()
    row.refresh_from_db()
    assert (row.state, row.trouble) == (
        "UNCERTAIN", "The edXML file is no longer in the folder of the exchange: ask whether it arrived.",
    )  # fmt: skip


def test_status_that_lies_nowhere_is_laid_ready_again(a, folders):
    out, _into = folders
    status = decline_edxml(by=a.clerk, message=taken_in(a, NATIONAL.encode()), reason="Gửi nhầm")
    stage_files(by=system_person(), folder=out)
    (out / f".waiting/trang-thai-02-{status.message_id}-{status.pk}.edxml").unlink()
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)
    status.refresh_from_db()
    assert status.handed_over_at is not None


def test_one_file_for_more_bodies_than_a_run_takes_files_goes_out_once(a, folders, monkeypatch):
    monkeypatch.setattr(exchanging, "FILES_AT_ONCE", 1)
    out, _into = folders
    document = issued(a)
    lines = [
        DispatchLine(
            name=f"Sở {number}",
            channel=Channel.EDXML,
            correspondent=CorrespondentFactory(name=f"Sở {number}", organ_code=f"X26.{number}"),
        )
        for number in (11, 12, 13)
    ]
    prepare_dispatches(by=a.clerk, document=document, lines=lines)
    send_dispatches(by=a.clerk, document=document)
    other = dispatched(a)
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)
    assert set(document.dispatches.values_list("state", flat=True)) == {"SENT"}
    other.refresh_from_db()
    assert other.state == "QUEUED"
    for path in out.glob("*.edxml"):
        path.unlink()
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)
    assert names(out) == [f"02-KH-SVHTT-{other.file_id}.edxml"]


def test_file_gone_from_the_storage_keeps_back_no_other(a, folders):
    out, _into = folders
    lost, other = dispatched(a), dispatched(a)
    private_storage().delete(lost.file.file.name)
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)
    lost.refresh_from_db()
    other.refresh_from_db()
    assert (lost.state, other.state) == ("FAILED", "SENT")
    assert lost.trouble == (
        "The edXML file is missing in the storage: send it anew, or tell the administrator."
    )
    send_dispatches(by=a.clerk, document=lost.document)
    assert exchange_files(by=system_person(), out=out, into=None) == ExchangeReport(handed_out=1)


@pytest.mark.parametrize("name", [b"den-\xff\xfe.edxml", b"d" * 249 + b".edxml"])
def test_name_that_cannot_be_stored_stops_no_file(a, folders, name):
    _out, into = folders
    laid(into, os.fsdecode(name), NATIONAL.encode())
    laid(into, os.fsdecode(name[1:]), NATIONAL.replace("</edXML:From>", "", 1).encode())
    report = exchange_files(by=system_person(), out=None, into=into)
    assert report == ExchangeReport(taken_in=1, refused=1)
    assert list(edxml_folders.arrived(into)) == []
    assert sorted(path.parent.name for path in into.rglob("*") if path.is_file()) == [
        "done", "refused", "refused",
    ]  # fmt: skip


def test_file_over_which_the_reader_stumbles_is_put_aside_and_stops_no_other(a, folders, monkeypatch, caplog):
    def stumbling(name: str, data: bytes) -> CheckedMessage:
        if name == "hong.edxml":
            raise LookupError("words of the file")
        return checked_message(name, data)

    monkeypatch.setattr(exchanging, "checked_message", stumbling)
    _out, into = folders
    laid(into, "hong.edxml", b"<edXML/>")
    laid(into, "tot.edxml", NATIONAL.encode())
    report = exchange_files(by=system_person(), out=None, into=into)
    assert report == ExchangeReport(taken_in=1, refused=1)
    assert names(into) == ["done/tot.edxml", "refused/hong.edxml", "refused/hong.edxml.txt"]
    assert [record.getMessage() for record in caplog.records] == [
        "An edXML file cannot be taken in: LookupError"
    ]
    assert EdxmlMessage.objects.get(filename="hong.edxml").state == "REFUSED"


def test_file_that_the_disk_cannot_give_waits_and_stops_no_other(a, folders, monkeypatch):
    def broken(path: Path) -> bytes:
        if path.name == "hong.edxml":
            raise OSError(5, "Input/output error")
        return path.read_bytes()

    monkeypatch.setattr(edxml_folders, "content_of", broken)
    _out, into = folders
    laid(into, "hong.edxml", NATIONAL.encode())
    laid(into, "tot.edxml", NATIONAL.encode())
    with pytest.raises(OSError, match="Input/output error"):
        exchange_files(by=system_person(), out=None, into=into)
    assert names(into) == ["done/tot.edxml", "hong.edxml"]


def test_message_that_was_refused_once_comes_in_later(a):
    checked = checked_message("den.edxml", NATIONAL.encode())
    refused = note_refused_edxml(
        by=a.clerk, filename="den.edxml", sha256=checked.sha256, reason="Không rõ nguyên nhân"
    )
    message, is_new = keep_edxml_message(by=a.clerk, checked=checked)
    assert (message.pk, is_new, message.state, message.trouble) == (refused.pk, True, "WAITING", "")
    assert data_of_message(EdxmlMessage.objects.get()) == NATIONAL.encode()
    assert registered(a, message).edxml_id == message.edxml_id
    assert keep_edxml_message(by=a.clerk, checked=checked)[1] is False


@pytest.mark.parametrize("business", [BusinessType.REVOKE, BusinessType.UPDATE, BusinessType.REPLACE])
def test_body_speaks_of_its_own_documents_only(a, business):
    document = registered(a, taken_in(a, NATIONAL.encode()))
    stranger = write_edxml(
        Envelope(
            sender=Organisation("Z99", "Cơ quan khác"),
            receivers=(Organisation(OURS),),
            code=DocumentCode("7", "QĐ-CQK"),
            subject="Nói về văn bản của người khác",
            document_id="Z99,2025/06/12,7/QĐ-CQK",
            promulgation_date=DAY,
            business=Business(
                type=business,
                document_id="" if business == BusinessType.REPLACE else document.edxml_id,
                reason="Sai số liệu",
                information_changes=1 if business == BusinessType.UPDATE else None,
                replacements=(Replacement(document.edxml_id, (OURS,)),)
                if business == BusinessType.REPLACE
                else (),
            ),
        )
    )
    message = taken_in(a, stranger, "nguoi-la.edxml")
    assert document_spoken_of(message) is None
    assert message.warnings[-1] == (
        f"It speaks of a document that another body sent ({document.edxml_id}): nothing of that one is changed "
        "by it."
    )
    if business == BusinessType.REPLACE:
        registered(a, message, allow_duplicate=True)
    else:
        with pytest.raises(ValidationError, match="No document of the register"):
            settle_edxml_business(by=a.clerk, message=message, agree=True)
    document.refresh_from_db()
    assert document.state == "REGISTERED"


def test_same_file_twice_is_one_message(a, folders):
    _out, into = folders
    laid(into, "mot.edxml", NATIONAL.encode())
    laid(into, "hai.edxml", NATIONAL.encode())
    report = exchange_files(by=system_person(), out=None, into=into)
    assert (report, EdxmlMessage.objects.count()) == (ExchangeReport(taken_in=2), 1)
    assert names(into) == ["done/hai.edxml", "done/mot.edxml"]


def test_malformed_file_is_refused_with_its_line_beside_it(a, folders):
    _out, into = folders
    broken = NATIONAL.replace("</edXML:From>", "", 1)
    laid(into, "hong.edxml", broken.encode())
    assert exchange_files(by=system_person(), out=None, into=into) == ExchangeReport(refused=1)
    assert names(into) == ["refused/hong.edxml", "refused/hong.edxml.txt"]
    message = EdxmlMessage.objects.get()
    reason = (into / "refused/hong.edxml.txt").read_text(encoding="utf-8").strip()
    assert (message.state, message.trouble, message.file.name) == ("REFUSED", reason, "")
    assert re.match(r"(Line|Dòng) \d+: ", reason)


def test_secret_message_leaves_nothing_but_the_reason(a, folders):
    _out, into = folders
    secret = re.sub(r"(<edXML:Subject>)[^<]*", r"\1TỐI MẬT", NATIONAL)
    laid(into, "ten-lo-bi-mat.edxml", secret.encode())
    assert exchange_files(by=system_person(), out=None, into=into) == ExchangeReport(refused=1)
    message = EdxmlMessage.objects.get()
    assert (message.filename, message.sha256, message.file.name, message.title) == ("", "", "", "")
    [note] = names(into)
    assert re.fullmatch(r"refused/\d+-\d+\.txt", note)
    assert "TỐI MẬT" not in (into / note).read_text(encoding="utf-8")


def word_file(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(**files: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return stream.getvalue()


def carrying(name: str, data: bytes) -> bytes:
    """The message of the national exchange with another file of another name."""
    first = read_edxml(NATIONAL.encode()).message.attachments[0]
    changed = NATIONAL.replace(
        base64.b64encode(first.data).decode(), base64.b64encode(data).decode()
    ).replace(first.name, name)
    assert read_edxml(changed.encode()).message.attachments[0].data == data
    return changed.encode()


MARKED = ("ỦY BAN NHÂN DÂN", "TỐI MẬT", "Nội dung")


@pytest.mark.parametrize("name", ["phu-luc.docx", "phu-luc", "phu-luc.bin", "phu-luc.pdf"])
def test_marked_attachment_refuses_the_whole_message_whatever_its_name(a, name):
    with pytest.raises(UnfitMessage) as refused:
        checked_message("den.edxml", carrying(name, word_file(*MARKED)))
    assert refused.value.secret


def test_marked_file_in_an_archive_refuses_the_whole_message(a):
    plain = word_file("ỦY BAN NHÂN DÂN", "Nội dung")
    inner = archive(mot=plain, hai=word_file(*MARKED))
    for packed in (inner, archive(ba=plain, trong=inner)):
        with pytest.raises(UnfitMessage) as refused:
            checked_message("den.edxml", carrying("ho-so.zip", packed))
        assert refused.value.secret
    assert checked_message("den.edxml", carrying("ho-so.zip", archive(mot=plain, hai=plain)))


@pytest.mark.parametrize(
    "packed",
    [
        archive(**{f"tep-{number}": b"x" for number in range(31)}),
        archive(trong=archive(trong=archive(mot=b"x"))),
        archive(mot=b"x" * 99).replace(b"PK\x01\x02", b"PK\x01\x03"),
        b"Rar!\x1a\x07\x00" + bytes(20),
        b"7z\xbc\xaf\x27\x1c" + bytes(20),
        b"\x1f\x8b" + bytes(20),
    ],
    ids=["too many", "too deep", "damaged", "RAR", "7-Zip", "GZIP"],
)
def test_archive_that_cannot_be_looked_through_is_refused_but_not_as_a_secret(a, packed):
    with pytest.raises(UnfitMessage, match="cannot be looked through") as refused:
        checked_message("den.edxml", carrying("ho-so.zip", packed))
    assert not refused.value.secret


def test_archive_of_more_than_can_be_read_is_refused(a, monkeypatch):
    monkeypatch.setattr(edxml_reading, "MOST_PACKED_BYTES", 100)
    assert checked_message("den.edxml", carrying("ho-so.zip", archive(vua=b"x" * 100)))
    with pytest.raises(UnfitMessage, match="cannot be looked through"):
        checked_message("den.edxml", carrying("ho-so.zip", archive(mot=b"x" * 60, hai=b"x" * 60)))


def test_attachment_that_is_too_large_is_refused_but_not_destroyed(a, folders, monkeypatch):
    from khuevan.documents import received_files

    monkeypatch.setattr(received_files, "MOST_BYTES", 10)
    _out, into = folders
    laid(into, "lon.edxml", NATIONAL.encode())
    assert exchange_files(by=system_person(), out=None, into=into) == ExchangeReport(refused=1)
    assert names(into) == ["refused/lon.edxml", "refused/lon.edxml.txt"]


def test_file_that_is_still_written_is_left_alone(folders, a):
    _out, into = folders
    (into / "moi.edxml").write_bytes(NATIONAL.encode())
    laid(into, "dang-ghi.edxml.part", NATIONAL.encode())
    laid(into, ".an.edxml", NATIONAL.encode())
    assert list(edxml_folders.arrived(into)) == []


def test_duplicate_is_warned_of(a):
    message = taken_in(a, NATIONAL.encode())
    registered(a, message)
    second = taken_in(a, NATIONAL.encode() + b"\n")
    with pytest.raises(PossibleDuplicate):
        registered(a, second)
    assert registered(a, second, allow_duplicate=True).edxml_id == message.edxml_id


def test_message_is_registered_once(a):
    message = taken_in(a, NATIONAL.encode())
    registered(a, message)
    with pytest.raises(ValidationError, match="dealt with this message meanwhile"):
        registered(a, message, allow_duplicate=True)


def test_declined_document_goes_back_with_the_reason(a):
    message = taken_in(a, NATIONAL.encode())
    with pytest.raises(ValidationError, match="Give the reason"):
        decline_edxml(by=a.clerk, message=message, reason=" ")
    status = decline_edxml(by=a.clerk, message=message, reason="Gửi nhầm cơ quan")
    read = read_edxml(status.file.read()).message
    status.file.close()
    assert (read.sender.code, read.status, read.description, read.response.document_id) == (
        OURS, "02", "Gửi nhầm cơ quan", message.edxml_id,
    )  # fmt: skip
    message.refresh_from_db()
    assert (message.state, message.trouble) == ("DECLINED", "Gửi nhầm cơ quan")


def test_status_that_answers_nothing_is_kept_and_says_so(a, settings):
    message = taken_in(a, NATIONAL.encode())
    status = decline_edxml(by=a.clerk, message=message, reason="Gửi nhầm")
    kept = taken_in(a, status.file.read(), "trang-thai.edxml")
    status.file.close()
    assert (kept.kind, kept.state) == ("STATUS", "UNMATCHED")
    assert kept.trouble == "No document that we sent has the identifier or the symbol that this status names."


def test_refusal_of_the_recipient_comes_back_with_its_words(a, settings):
    row = dispatched(a)
    record_answer(by=a.clerk, dispatch=row, state="SENT")
    settings.ORGAN_CODE = THEIRS
    status = decline_edxml(
        by=a.clerk, message=taken_in(a, data_of(row.file)), reason="Không thuộc thẩm quyền"
    )
    settings.ORGAN_CODE = OURS
    kept = taken_in(a, status.file.read(), "tu-choi.edxml")
    status.file.close()
    row.refresh_from_db()
    assert (kept.state, row.state, row.trouble) == ("APPLIED", "REFUSED", "Không thuộc thẩm quyền")


def test_status_of_a_stranger_moves_nothing(a, settings):
    row = dispatched(a)
    settings.ORGAN_CODE = "Z99"
    status = decline_edxml(
        by=a.clerk, message=taken_in(a, data_of(row.file)), reason="Không phải của chúng tôi"
    )
    settings.ORGAN_CODE = OURS
    kept = taken_in(a, status.file.read(), "la.edxml")
    status.file.close()
    row.refresh_from_db()
    assert (kept.state, row.state) == ("UNMATCHED", "QUEUED")
    assert kept.trouble == "01/KH-SVHTT was not sent by edXML to a body with the code Z99."


def test_recalled_document_is_revoked_on_the_other_side(a, settings):
    row = dispatched(a)
    record_answer(by=a.clerk, dispatch=row, state="SENT")
    first = data_of(row.file)
    recall_dispatches(by=a.clerk, document=row.document, reason="Sai số liệu biểu 2")
    row.refresh_from_db()
    second = data_of(row.file)

    settings.ORGAN_CODE = THEIRS
    document = registered(a, taken_in(a, first))
    settle_edxml_business(by=a.clerk, message=taken_in(a, second, "thu-hoi.edxml"), agree=True)
    document.refresh_from_db()
    assert (document.state, document.revoked_reason) == ("REVOKED", "Sai số liệu biểu 2")
    agreed = EdxmlStatus.objects.get(code="15")
    settings.ORGAN_CODE = OURS
    taken_in(a, agreed.file.read(), "dong-y.edxml")
    agreed.file.close()
    assert row.events.order_by("-pk").values_list("state", "status_code").first() == ("RECALLED", "15")


def test_details_are_what_the_envelope_says(a):
    details = details_from(read_edxml(NATIONAL.encode()).message)
    assert (details.symbol, details.issued_date, details.place) == ("48/KH-SVHTT", date(2025, 3, 5), "Hà Nội")
    assert (details.issuer_name, details.sender) == ("Sở Văn hóa và Thể thao", None)
