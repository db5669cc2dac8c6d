"""Documents on their way: who gets what by which channel, once; what came back; called back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuevan.core import clock
from khuevan.documents.actions import (
    DispatchLine,
    change_dispatch,
    confirm_receipt,
    follow_mail_courses,
    prepare_dispatches,
    recall_dispatches,
    record_answer,
    remove_dispatch,
    replace_document,
    revoke_document,
    send_dispatches,
    stage_files,
    update_dispatches,
)
from khuevan.documents.actions.exchanging import ExchangeReport, exchange_files
from khuevan.documents.choices import Channel, DispatchState, FileRole
from khuevan.documents.dispatch_files import data_of
from khuevan.documents.models import Dispatch, DispatchEvent, Document
from khuevan.outbox.models import OutgoingMail
from khuevan.outbox.sending import send_waiting
from khuevan.people.choices import UnitKind
from khuevan.people.queries import system_person
from khuevan.plain.edxml import BusinessType, read_edxml
from tests.documents.dispatch_scenes import DAY, PDF, Scene, issued, scene, sign
from tests.factories.people import UnitFactory
from tests.factories.work import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings) -> Iterator[None]:
    settings.ORGAN_CODE = "X26.05"
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def a() -> Scene:
    return scene()


def states(document: Document) -> dict[str, str]:
    return dict(document.dispatches.values_list("name", "state"))


def of(document: Document, channel: str) -> Dispatch:
    return document.dispatches.get(channel=channel)


def sent(a: Scene) -> Document:
    document = issued(a)
    prepare_dispatches(by=a.clerk, document=document)
    send_dispatches(by=a.clerk, document=document)
    return document


def test_recipients_of_the_lines_are_proposed_by_their_usual_channel(a):
    document = issued(a)
    prepare_dispatches(by=a.clerk, document=document)
    prepare_dispatches(by=a.clerk, document=document)
    rows = document.dispatches.values_list("name", "purpose", "channel", "address", "state")
    assert list(rows) == [
        ("UBND Thành phố", "để b/c", "EDXML", "X26", "PREPARED"),
        ("Sở Du lịch", "", "EMAIL", "vanthu@dulich.example.invalid", "PREPARED"),
        ("Báo Hà Nội Mới", "", "PRINTED", "44 Lê Thái Tổ, Hà Nội", "PREPARED"),
        ("Phòng Truyền thông số", "", "INTERNAL", "", "PREPARED"),
    ]


def test_group_is_proposed_with_its_units(a):
    from khuevan.documents.queries.dispatching import proposals_for

    UnitFactory(name="Các phòng, đơn vị thuộc Sở", kind=UnitKind.GROUP, parent=a.office.department)
    wards = [
        UnitFactory(name="UBND phường Hoàn Kiếm", kind=UnitKind.WARD),
        UnitFactory(name="UBND xã Sóc Sơn", kind=UnitKind.COMMUNE),
    ]
    document = issued(
        a, recipient_lines=("- Các phòng, đơn vị thuộc Sở;", "- UBND các xã, phường;", "- Lưu: VT.")
    )
    found = {each.name: [unit.name for unit in each.members] for each in proposals_for(document, DAY)}
    assert found == {
        "Các phòng, đơn vị thuộc Sở": [
            "Văn phòng Sở", "Phòng Thông tin – Báo chí – Xuất bản", "Phòng Truyền thông số",
        ],
        "UBND các xã, phường": [ward.name for ward in wards],
    }  # fmt: skip


def test_unit_of_the_house_becomes_a_correspondent_once(a):
    document = issued(a)
    line = DispatchLine(name=a.office.division.name, channel=Channel.INTERNAL, unit=a.office.division)
    prepare_dispatches(by=a.clerk, document=document, lines=[line, line])
    other = issued(a)
    prepare_dispatches(by=a.clerk, document=other, lines=[line])
    assert of(document, "INTERNAL").correspondent == of(other, "INTERNAL").correspondent
    assert of(document, "INTERNAL").correspondent.unit == a.office.division


def test_document_that_is_not_signed_stays(a):
    document = issued(a, signed=False)
    prepare_dispatches(by=a.clerk, document=document)
    with pytest.raises(ValidationError, match="not signed yet"):
        send_dispatches(by=a.clerk, document=document)
    assert set(states(document).values()) == {"PREPARED"}
    sign(a, document)
    send_dispatches(by=a.clerk, document=document)
    assert states(document) == {
        "UBND Thành phố": "QUEUED",
        "Sở Du lịch": "QUEUED",
        "Báo Hà Nội Mới": "SENT",
        "Phòng Truyền thông số": "SENT",
    }


def test_paper_without_a_scan_goes_on_paper_only(a):
    document = issued(a, scan=False)
    prepare_dispatches(by=a.clerk, document=document)
    with pytest.raises(ValidationError, match="no signed file to send"):
        send_dispatches(by=a.clerk, document=document)
    send_dispatches(by=a.clerk, document=document, dispatches=[of(document, "PRINTED")])
    assert states(document)["Báo Hà Nội Mới"] == "SENT"


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [("EMAIL", "no e-mail address"), ("EDXML", "no code in edXML"), ("INTERNAL", "no unit that works")],
)
def test_recipient_who_cannot_be_reached_refuses_all_with_one_sentence(a, channel, sentence):
    document = issued(a)
    lines = [DispatchLine(name="Báo Hà Nội Mới"), DispatchLine(name="Nhà hát Lớn", channel=channel)]
    prepare_dispatches(by=a.clerk, document=document, lines=lines)
    with pytest.raises(ValidationError, match=sentence):
        send_dispatches(by=a.clerk, document=document)
    assert set(states(document).values()) == {"PREPARED"}


def test_edxml_without_an_own_code_is_refused(a, settings):
    settings.ORGAN_CODE = ""
    document = issued(a)
    prepare_dispatches(by=a.clerk, document=document)
    with pytest.raises(ValidationError, match="no organ code yet"):
        send_dispatches(by=a.clerk, document=document)
    assert document.files.filter(role=FileRole.ENVELOPE).count() == 0


def test_sending_again_sends_nothing_twice(a):
    document = sent(a)
    with pytest.raises(ValidationError, match="has left already"):
        send_dispatches(by=a.clerk, document=document)
    assert OutgoingMail.objects.count() == 1
    assert document.files.filter(role=FileRole.ENVELOPE).count() == 1
    assert DispatchEvent.objects.filter(dispatch__document=document).count() == 4


def test_only_a_clerk_sends(a):
    document = issued(a)
    for person in (a.office.director, a.office.auditor, a.office.division_head):
        with pytest.raises(PermissionDenied):
            send_dispatches(by=a.office.again(person), document=document)


def test_envelope_says_what_the_register_says(a):
    """What is expected is written by hand, not by the writer's own words."""
    document = sent(a)
    document.refresh_from_db()
    row = of(document, "EDXML")
    data = data_of(row.file)
    read = read_edxml(data).message
    assert (read.sender.code, read.sender.name) == ("X26.05", "Sở Văn hóa và Thể thao thành phố Hà Nội")
    assert [(body.code, body.name) for body in read.receivers] == [
        ("X26", "Ủy ban nhân dân thành phố Hà Nội")
    ]
    assert (read.document_id, document.edxml_id) == ("X26.05,2025/06/12,01/KH-SVHTT",) * 2
    assert (read.code.number, read.code.notation) == ("01", "KH-SVHTT")
    assert read.subject == "Tổ chức tuần lễ giới thiệu Thăng Long với bạn bè quốc tế"
    assert (read.place, read.promulgation_date) == ("Hà Nội", DAY)
    assert (read.document_type.code, read.document_type.name) == (10, "Kế hoạch")
    assert (read.signer.full_name, read.signer.position) == ("Vũ Thị Giám", "Giám đốc")
    assert (read.business.type, read.other.priority) == (BusinessType.NEW, 0)
    assert [(file.name, file.content_type, file.data) for file in read.attachments] == [
        ("01-KH-SVHTT.pdf", "application/pdf", PDF)
    ]
    text = data.decode()
    assert "<edXML:BussinessDocType>0</edXML:BussinessDocType>" in text
    assert "<edXML:PromulgationDate>2025/06/12</edXML:PromulgationDate>" in text
    assert (row.file.filename, row.state) == ("01-KH-SVHTT.edxml", "QUEUED")


def test_one_envelope_names_all_its_recipients(a):
    from tests.factories.documents import CorrespondentFactory

    second = CorrespondentFactory(name="Cục TTĐN", organ_code="G12.04", channel=Channel.EDXML)
    document = issued(a)
    lines = [
        DispatchLine(name="UBND Thành phố", channel=Channel.EDXML, correspondent=a.committee),
        DispatchLine(name="Cục TTĐN", channel=Channel.EDXML, correspondent=second),
    ]
    prepare_dispatches(by=a.clerk, document=document, lines=lines)
    send_dispatches(by=a.clerk, document=document)
    [file] = document.files.filter(role=FileRole.ENVELOPE)
    assert [body.code for body in read_edxml(data_of(file)).message.receivers] == ["X26", "G12.04"]
    assert set(document.dispatches.values_list("file", flat=True)) == {file.pk}


@pytest.mark.django_db(transaction=True)
def test_mail_arrives_with_the_signed_file_and_its_outcome_comes_back(smtp_server, settings):
    smtp_server.use(settings)
    a = scene()
    document = sent(a)
    send_waiting()
    send_waiting()
    assert follow_mail_courses(by=system_person()) == 1
    assert follow_mail_courses(by=system_person()) == 0

    [mail] = smtp_server.received
    assert mail.recipients == ["vanthu@dulich.example.invalid"]
    files = [(part.get_filename(), part.get_content()) for part in mail.message.iter_attachments()]
    assert files == [("01-KH-SVHTT.pdf", PDF)]
    assert "Kế hoạch 01/KH-SVHTT" in str(mail.message["Subject"])
    row = of(document, "EMAIL")
    assert (row.state, row.trouble) == ("SENT", "")
    assert list(row.events.values_list("state", "told_by")) == [("QUEUED", a.clerk.pk), ("SENT", None)]


@pytest.mark.django_db(transaction=True)
def test_refused_mail_is_corrected_and_sent_anew_under_a_new_key(smtp_server, settings):
    smtp_server.use(settings)
    smtp_server.answer("RCPT", "550 5.1.1 No such user")
    a = scene()
    document = sent(a)
    send_waiting()
    follow_mail_courses(by=system_person())
    row = of(document, "EMAIL")
    assert (row.state, "550 5.1.1 No such user" in row.trouble) == ("FAILED", True)

    change_dispatch(by=a.clerk, dispatch=row, channel="EMAIL", address="moi@dulich.example.invalid")
    send_dispatches(by=a.clerk, document=document)
    send_waiting()
    follow_mail_courses(by=system_person())
    assert [mail.recipients for mail in smtp_server.received] == [["moi@dulich.example.invalid"]]
    assert list(OutgoingMail.objects.order_by("pk").values_list("key", flat=True)) == [
        f"dispatch:{row.pk}:1", f"dispatch:{row.pk}:2",
    ]  # fmt: skip
    assert of(document, "EMAIL").state == "SENT"


@pytest.mark.django_db(transaction=True)
def test_uncertain_mail_is_never_sent_again_by_itself(smtp_server, settings):
    smtp_server.use(settings)
    smtp_server.drop("TAKEN")
    a = scene()
    document = sent(a)
    send_waiting()
    follow_mail_courses(by=system_person())
    row = of(document, "EMAIL")
    assert row.state == "UNCERTAIN"
    with pytest.raises(ValidationError):
        send_dispatches(by=a.clerk, document=document)

    record_answer(by=a.clerk, dispatch=row, state="FAILED", words="Sở Du lịch báo chưa nhận được")
    send_dispatches(by=a.clerk, document=document)
    send_waiting()
    assert follow_mail_courses(by=system_person()) == 1
    assert (of(document, "EMAIL").state, len(smtp_server.received)) == ("SENT", 2)


def test_files_too_large_for_a_mail_go_as_links(a, monkeypatch):
    from khuevan.outbox import attachments

    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    sent(a)
    mail = OutgoingMail.objects.get()
    assert mail.attachments.count() == 0
    assert "/van-ban/tep/" in mail.text


def test_unit_confirms_once_and_only_the_unit(a):
    document = sent(a)
    row = of(document, "INTERNAL")
    officer = a.office.again(a.office.other_officer)
    with pytest.raises(PermissionDenied):
        confirm_receipt(by=a.clerk, dispatch=row)
    with pytest.raises(PermissionDenied):
        confirm_receipt(by=a.office.again(a.office.division_officer), dispatch=row)
    confirm_receipt(by=officer, dispatch=row)
    with pytest.raises(ValidationError, match="confirmed this already"):
        confirm_receipt(by=officer, dispatch=row)
    confirm_receipt(by=officer, dispatch=row, words="Đã đăng bài", finished=True)
    assert list(row.events.values_list("state", "words")) == [
        ("SENT", ""), ("RECEIVED", ""), ("PROCESSED", "Đã đăng bài"),
    ]  # fmt: skip


def test_clerk_records_who_signed_for_the_paper(a):
    document = sent(a)
    row = of(document, "PRINTED")
    with pytest.raises(ValidationError, match="Say why"):
        record_answer(by=a.clerk, dispatch=row, state="REFUSED")
    record_answer(by=a.clerk, dispatch=row, state="RECEIVED", words="Chị Hoa, văn thư Báo, ký nhận")
    with pytest.raises(ValidationError, match="does not follow"):
        record_answer(by=a.clerk, dispatch=row, state="SENT")
    assert of(document, "PRINTED").state == "RECEIVED"


def test_refused_one_is_sent_again_only_when_it_is_chosen(a):
    document = sent(a)
    row = of(document, "PRINTED")
    record_answer(by=a.clerk, dispatch=row, state="REFUSED", words="Sai địa chỉ")
    with pytest.raises(ValidationError, match="has left already"):
        send_dispatches(by=a.clerk, document=document)
    change_dispatch(by=a.clerk, dispatch=row, channel="PRINTED", address="5 Lý Thường Kiệt")
    send_dispatches(by=a.clerk, document=document, dispatches=[row])
    row = of(document, "PRINTED")
    assert (row.state, row.trouble, row.address) == ("SENT", "", "5 Lý Thường Kiệt")
    assert list(row.events.values_list("state", flat=True)) == ["SENT", "REFUSED", "SENT"]


def test_recall_reaches_each_recipient_by_its_channel(a):
    document = sent(a)
    OutgoingMail.objects.update(state="SENT", next_attempt_at=None, sent_at=clock.now())
    follow_mail_courses(by=system_person())
    record_answer(by=a.clerk, dispatch=of(document, "EDXML"), state="SENT")
    recall_dispatches(by=a.clerk, document=document, reason="Sai số liệu")

    assert set(states(document).values()) == {"RECALLED"}
    revoke = read_edxml(data_of(of(document, "EDXML").file)).message.business
    assert (revoke.type, revoke.document_id, revoke.reason) == (
        BusinessType.REVOKE, "X26.05,2025/06/12,01/KH-SVHTT", "Sai số liệu",
    )  # fmt: skip
    recall = OutgoingMail.objects.get(key__startswith="recall:")
    assert "Sai số liệu" in recall.text
    # What was recalled can be sent to the same recipients again.
    prepare_dispatches(by=a.clerk, document=document)
    assert document.dispatches.filter(state=DispatchState.PREPARED).count() == 4


def in_hand(key: str) -> None:
    """A sender has the mail in hand at this moment."""
    OutgoingMail.objects.filter(key=key).update(
        state="SENDING", next_attempt_at=None, claim=uuid.uuid4(), claimed_at=clock.now()
    )


def test_mail_that_waits_is_withdrawn_when_the_clerk_says_that_it_did_not_arrive(a):
    document = sent(a)
    row = of(document, "EMAIL")
    record_answer(by=a.clerk, dispatch=row, state="FAILED", words="Sai địa chỉ")
    change_dispatch(by=a.clerk, dispatch=row, channel="EMAIL", address="moi@dulich.example.invalid")
    send_dispatches(by=a.clerk, document=document, dispatches=[row])
    assert list(OutgoingMail.objects.order_by("pk").values_list("to_address", "state")) == [
        ("vanthu@dulich.example.invalid", "WITHDRAWN"), ("moi@dulich.example.invalid", "WAITING"),
    ]  # fmt: skip


def test_mail_in_hand_is_not_said_to_have_failed(a):
    document = sent(a)
    row = of(document, "EMAIL")
    in_hand(row.mail_key)
    with pytest.raises(ValidationError, match="A mail is just leaving"):
        record_answer(by=a.clerk, dispatch=row, state="FAILED", words="Sai địa chỉ")
    assert of(document, "EMAIL").mail_key == row.mail_key


def test_recall_withdraws_the_mail_that_waits(a):
    document = sent(a)
    recall_dispatches(by=a.clerk, document=document, reason="Sai số liệu")
    assert set(states(document).values()) == {"RECALLED"}
    assert list(OutgoingMail.objects.values_list("key", "state")) == [
        (f"dispatch:{of(document, 'EMAIL').pk}:1", "WITHDRAWN")
    ]


def test_mail_in_hand_is_left_out_of_the_recall_and_hinders_no_other(a):
    document = sent(a)
    row = of(document, "EMAIL")
    in_hand(row.mail_key)
    recall_dispatches(by=a.clerk, document=document, reason="Sai số liệu")
    assert states(document) == {
        "UBND Thành phố": "RECALLED",
        "Sở Du lịch": "QUEUED",
        "Báo Hà Nội Mới": "RECALLED",
        "Phòng Truyền thông số": "RECALLED",
    }
    with pytest.raises(ValidationError, match="A mail is just leaving"):
        recall_dispatches(by=a.clerk, document=document, reason="Sai số liệu")


@pytest.mark.parametrize("by_what", ["revoked", "replaced"])
def test_nothing_more_leaves_of_a_document_out_of_force(a, tmp_path, by_what):
    document = sent(a)
    fresh = Document.objects.get(pk=document.pk)
    if by_what == "revoked":
        revoke_document(by=a.clerk, document=fresh, reason="Sai số liệu")
    else:
        replace_document(by=a.clerk, document=fresh, new=issued(a))
    assert states(document) == {
        "UBND Thành phố": "PREPARED",
        "Sở Du lịch": "PREPARED",
        "Báo Hà Nội Mới": "SENT",
        "Phòng Truyền thông số": "SENT",
    }
    assert list(OutgoingMail.objects.values_list("state", flat=True)) == ["WITHDRAWN"]
    assert exchange_files(by=system_person(), out=tmp_path, into=None) == ExchangeReport()
    assert of(document, "EMAIL").events.values_list("state", "told_by", "words").last() == (
        "PREPARED", a.clerk.pk, f"Held back: the document was {by_what} before this left.",
    )  # fmt: skip


def test_file_laid_ready_for_the_exchange_is_not_handed_out_after_the_revocation(a, tmp_path):
    document = sent(a)
    stage_files(by=system_person(), folder=tmp_path)
    revoke_document(by=a.clerk, document=Document.objects.get(pk=document.pk), reason="Sai số liệu")
    assert exchange_files(by=system_person(), out=tmp_path, into=None) == ExchangeReport()
    assert list(tmp_path.glob("*.edxml")) == []


@pytest.fixture
def updating(a, settings, tmp_path) -> Document:
    """A document that the committee has received, and whose update has not left yet."""
    settings.EDXML_OUT = tmp_path
    document = issued(a)
    line = DispatchLine(name="UBND Thành phố", channel=Channel.EDXML, correspondent=a.committee)
    prepare_dispatches(by=a.clerk, document=document, lines=[line])
    send_dispatches(by=a.clerk, document=document)
    record_answer(by=a.clerk, dispatch=of(document, "EDXML"), state="RECEIVED")
    update_dispatches(by=a.clerk, document=document, reason="Thay biểu 2")
    return document


def test_who_has_the_document_still_has_it_when_its_update_is_held_back(a, updating, tmp_path):
    revoke_document(by=a.clerk, document=Document.objects.get(pk=updating.pk), reason="Sai số liệu")
    row = of(updating, "EDXML")
    assert (row.state, row.file, row.sent_by) == ("RECEIVED", None, a.office.clerk)
    assert exchange_files(by=system_person(), out=tmp_path, into=None) == ExchangeReport()
    recall_dispatches(by=a.clerk, document=updating, reason="Sai số liệu")
    assert of(updating, "EDXML").file.filename == "thu-hoi-01-KH-SVHTT.edxml"


def test_who_has_the_document_is_told_of_the_recall_also_while_an_update_waits(a, updating):
    recall_dispatches(by=a.clerk, document=updating, reason="Sai số liệu")
    revoke = read_edxml(data_of(of(updating, "EDXML").file)).message.business
    assert revoke.type == BusinessType.REVOKE


def test_mail_in_hand_keeps_its_course_when_the_document_is_revoked(a):
    document = sent(a)
    in_hand(of(document, "EMAIL").mail_key)
    revoke_document(by=a.clerk, document=Document.objects.get(pk=document.pk), reason="Sai số liệu")
    assert states(document)["Sở Du lịch"] == "QUEUED"


def test_file_handed_over_by_hand_is_called_back_although_nobody_said_so(a, settings):
    settings.EDXML_OUT = None
    document = sent(a)
    recall_dispatches(by=a.clerk, document=document, reason="Sai số liệu")
    revoke = read_edxml(data_of(of(document, "EDXML").file)).message.business
    assert (revoke.type, revoke.reason) == (BusinessType.REVOKE, "Sai số liệu")


def test_envelope_that_nobody_took_along_is_recalled_without_a_message(a, settings, tmp_path):
    settings.EDXML_OUT = tmp_path
    document = issued(a)
    line = DispatchLine(name="UBND Thành phố", channel=Channel.EDXML, correspondent=a.committee)
    prepare_dispatches(by=a.clerk, document=document, lines=[line])
    send_dispatches(by=a.clerk, document=document)
    recall_dispatches(by=a.clerk, document=document, reason="Gửi nhầm")
    assert of(document, "EDXML").file is None
    assert document.files.filter(role=FileRole.ENVELOPE).count() == 1


def test_update_brings_the_files_anew(a):
    document = sent(a)
    with pytest.raises(ValidationError, match="nothing to update"):
        update_dispatches(by=a.clerk, document=document, reason="Thay biểu 2")
    record_answer(by=a.clerk, dispatch=of(document, "EDXML"), state="RECEIVED")
    update_dispatches(by=a.clerk, document=document, reason="Thay biểu 2")
    row = of(document, "EDXML")
    business = read_edxml(data_of(row.file)).message.business
    assert (row.state, business.type, business.document_id) == (
        "QUEUED", BusinessType.UPDATE, "X26.05,2025/06/12,01/KH-SVHTT",
    )  # fmt: skip


def test_replacing_document_says_what_it_replaces(a):
    old = sent(a)
    record_answer(by=a.clerk, dispatch=of(old, "EDXML"), state="SENT")
    new = issued(a)
    replace_document(by=a.clerk, document=Document.objects.get(pk=old.pk), new=new)
    line = DispatchLine(name="UBND Thành phố", channel=Channel.EDXML, correspondent=a.committee)
    prepare_dispatches(by=a.clerk, document=new, lines=[line])
    send_dispatches(by=a.clerk, document=new)
    business = read_edxml(data_of(of(new, "EDXML").file)).message.business
    assert business.type == BusinessType.REPLACE
    assert [(each.document_id, each.organisations) for each in business.replacements] == [
        ("X26.05,2025/06/12,01/KH-SVHTT", ("X26",))
    ]
    with pytest.raises(ValidationError, match="replaced by another"):
        send_dispatches(by=a.clerk, document=Document.objects.get(pk=old.pk))


def test_what_has_left_is_neither_changed_nor_taken_away(a):
    document = sent(a)
    row = of(document, "PRINTED")
    with pytest.raises(ValidationError, match="left already"):
        change_dispatch(by=a.clerk, dispatch=row, channel="EMAIL", address="x@example.invalid")
    with pytest.raises(ValidationError, match="recall it instead"):
        remove_dispatch(by=a.clerk, dispatch=row)


def test_prepared_recipient_can_be_taken_away(a):
    document = issued(a)
    prepare_dispatches(by=a.clerk, document=document)
    remove_dispatch(by=a.clerk, dispatch=of(document, "PRINTED"))
    assert "Báo Hà Nội Mới" not in states(document)
