"""Pages of dispatch and of the edXML inbox: what they say, what they do, how many queries they take."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khuevan.core import clock
from khuevan.documents.actions import (
    change_dispatch,
    prepare_dispatches,
    record_answer,
    revoke_document,
    send_dispatches,
)
from khuevan.documents.dispatch_files import link_to
from khuevan.documents.models import Dispatch, Document, EdxmlMessage
from khuevan.outbox.models import OutgoingMail
from tests.documents.dispatch_scenes import DAY, PDF, Scene, issued, revoking_message, scene
from tests.factories.work import at
from tests.plain.edxml.samples import NATIONAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings) -> Iterator[None]:
    settings.ORGAN_CODE = "X26.05"
    with clock.stopped_at(at(DAY)):
        yield


@pytest.fixture
def a() -> Scene:
    return scene()


@pytest.fixture
def clerk(client: Client, a: Scene) -> Client:
    client.force_login(a.office.clerk)
    return client


def url(name: str, *pk: int) -> str:
    return reverse(f"documents:{name}", args=pk)


def prepared(a: Scene) -> Document:
    document = issued(a)
    prepare_dispatches(by=a.clerk, document=document)
    return document


def sent(a: Scene) -> Document:
    document = prepared(a)
    send_dispatches(by=a.clerk, document=document)
    return document


def lines(document: Document) -> set[tuple[str, str, str]]:
    return set(document.dispatches.values_list("name", "channel", "state"))


def form_of(page) -> dict[str, str]:
    """What the browser would send of the form of recipients as it stands."""
    data = {f"dong-{key}": value for key, value in page.context["formset"].management_form.initial.items()}
    for form in page.context["formset"].forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value not in (False, None):
                data[field.html_name] = str(value)
    return data


def test_recipients_are_prepared_as_the_clerk_corrects_them(clerk, a):
    document = issued(a)
    page = clerk.get(url("dispatches_prepare", document.pk))
    data = form_of(page)
    names = [data.get(f"dong-{number}-name", "") for number in range(7)]
    assert names == ["UBND Thành phố", "Sở Du lịch", "Báo Hà Nội Mới", "Phòng Truyền thông số", "", "", ""]
    del data["dong-2-take"]
    data |= {"dong-0-channel": "PRINTED", "dong-4-name": "Hội Nhà báo", "dong-4-channel": "EMAIL"}
    data["dong-4-address"] = "hoi@nhabao.example.invalid"
    answer = clerk.post(url("dispatches_prepare", document.pk), data)
    assert answer.url == f"{document.get_absolute_url()}#noi-nhan"
    assert lines(document) == {
        ("UBND Thành phố", "PRINTED", "PREPARED"),
        ("Sở Du lịch", "EMAIL", "PREPARED"),
        ("Phòng Truyền thông số", "INTERNAL", "PREPARED"),
        ("Hội Nhà báo", "EMAIL", "PREPARED"),
    }


def test_what_was_typed_stays_where_an_address_is_wrong(clerk, a):
    document = issued(a)
    data = form_of(clerk.get(url("dispatches_prepare", document.pk)))
    data["dong-1-address"] = "khong phai dia chi"
    page = clerk.post(url("dispatches_prepare", document.pk), data)
    assert page.status_code == 422
    assert [str(error) for error in page.context["formset"].forms[1].errors["address"]] == [
        "Đây không phải địa chỉ thư điện tử."
    ]
    assert 'value="khong phai dia chi"' in page.content.decode()
    assert lines(document) == set()


def test_page_of_sending_says_what_blocks_and_sends_the_ticked(clerk, a):
    document = issued(a, recipient_lines=("- Sở Du lịch;", "- Báo Hà Nội Mới;"))
    prepare_dispatches(by=a.clerk, document=document)
    page = clerk.get(url("dispatches_send", document.pk))
    assert [(each.row.name, each.blocked) for each in page.context["rows"]] == [
        ("Sở Du lịch", ""), ("Báo Hà Nội Mới", ""),
    ]  # fmt: skip
    row = document.dispatches.get(name="Báo Hà Nội Mới")
    clerk.post(url("dispatches_send", document.pk), {"gui": [row.pk]})
    assert lines(document) == {("Sở Du lịch", "EMAIL", "PREPARED"), ("Báo Hà Nội Mới", "PRINTED", "SENT")}
    page = clerk.post(url("dispatches_send", document.pk), {"gui": [row.pk]})
    assert (page.status_code, page.context["problem"]) == (422, "Hãy đánh dấu ít nhất một nơi nhận.")


def test_document_without_a_signature_says_why_it_stays(clerk, a):
    document = issued(a, signed=False)
    prepare_dispatches(by=a.clerk, document=document)
    sentence = "Văn bản chưa được ký: chỉ gửi đi sau khi đã ghi nhận chữ ký."
    page = clerk.get(url("dispatches_send", document.pk)).content.decode()
    assert sentence in page
    assert "Gửi ngay" not in page
    assert sentence in clerk.get(document.get_absolute_url()).content.decode()


def test_panel_shows_each_recipient_to_those_who_read_and_deeds_to_the_clerk(clerk, client, a):
    document = sent(a)
    page = clerk.get(document.get_absolute_url()).content.decode()
    for words in ("UBND Thành phố", "Tải tệp edXML, chuyển lên trục", "Ghi kết quả", "Phiếu chuyển giao"):
        assert words in page
    client.force_login(a.office.auditor)
    page = client.get(document.get_absolute_url()).content.decode()
    assert "UBND Thành phố" in page
    assert "Ghi kết quả" not in page


def test_answer_is_recorded(clerk, a):
    document = sent(a)
    row = document.dispatches.get(channel="PRINTED")
    page = clerk.post(url("dispatch", row.pk), {"state": "REFUSED", "words": ""})
    assert page.status_code == 422
    clerk.post(url("dispatch", row.pk), {"state": "RECEIVED", "words": "Chị Hoa ký nhận"})
    row.refresh_from_db()
    assert (row.state, row.events.last().words) == ("RECEIVED", "Chị Hoa ký nhận")


def test_change_remove_and_recall_by_their_pages(clerk, a):
    document = prepared(a)
    paper, mail = document.dispatches.get(channel="PRINTED"), document.dispatches.get(channel="EMAIL")
    clerk.post(
        url("dispatch_change", mail.pk), {"channel": "PRINTED", "address": "5 phố A", "copy_count": "2"}
    )
    clerk.post(url("dispatch_remove", paper.pk))
    mail.refresh_from_db()
    assert (mail.channel, mail.address, mail.copy_count) == ("PRINTED", "5 phố A", 2)
    assert not Dispatch.objects.filter(pk=paper.pk).exists()
    send_dispatches(by=a.clerk, document=document)
    page = clerk.post(url("dispatches_recall", document.pk), {"reason": ""})
    assert page.status_code == 422
    clerk.post(url("dispatches_recall", document.pk), {"reason": "Sai ngày"})
    assert set(document.dispatches.values_list("state", flat=True)) == {"RECALLED"}


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        ("to-send", {"Sở Du lịch"}),
        ("trouble", {"Báo Hà Nội Mới"}),
        ("leaving", {"UBND Thành phố"}),
        ("under-way", {"Phòng Truyền thông số"}),
        ("unanswered", set()),
        ("", {"Sở Du lịch", "Báo Hà Nội Mới", "UBND Thành phố", "Phòng Truyền thông số"}),
    ],
)
def test_list_is_narrowed_by_its_address(clerk, a, standing, names):
    document = prepared(a)
    mail = document.dispatches.get(channel="EMAIL")
    send_dispatches(by=a.clerk, document=document, dispatches=list(document.dispatches.exclude(pk=mail.pk)))
    record_answer(
        by=a.clerk, dispatch=document.dispatches.get(channel="PRINTED"), state="REFUSED", words="Sai địa chỉ"
    )
    page = clerk.get(url("dispatches"), {"trang-thai": standing})
    assert {each.row.name for each in page.context["rows"]} == names


def test_list_finds_without_diacritics_and_by_channel(clerk, a):
    sent(a)
    page = clerk.get(url("dispatches"), {"q": "so du lich"})
    assert [each.row.name for each in page.context["rows"]] == ["Sở Du lịch"]
    page = clerk.get(url("dispatches"), {"channel": "EDXML"})
    assert [each.row.name for each in page.context["rows"]] == ["UBND Thành phố"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_a_constant_number_of_queries(clerk, a, count, django_assert_num_queries):
    for _number in range(count):
        sent(a)
    clerk.get(url("dispatches"))
    with django_assert_num_queries(15):
        clerk.get(url("dispatches"))
    clerk.force_login(a.office.other_officer)
    with django_assert_num_queries(13):
        clerk.get(url("received"))


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_takes_a_constant_number_of_queries(clerk, a, count, django_assert_num_queries):
    for number in range(count):
        data = NATIONAL.replace("48/KH-SVHTT", f"4{number}/KH-SVHTT")
        clerk.post(url("edxml_upload"), {"file": SimpleUploadedFile("a.edxml", data.encode())})
    assert EdxmlMessage.objects.count() == count
    with django_assert_num_queries(13):
        clerk.get(url("edxml_inbox"))


def test_what_is_held_back_of_a_revoked_document_is_not_said_to_wait(clerk, a):
    document = sent(a)
    revoke_document(by=a.clerk, document=Document.objects.get(pk=document.pk), reason="Sai số liệu")
    page = clerk.get(url("dispatches"), {"trang-thai": "to-send"})
    assert page.context["rows"] == []
    page = clerk.get(url("dispatches"), {"channel": "EMAIL"})
    assert [each.next_step for each in page.context["rows"]] == ["Văn bản không còn hiệu lực: không gửi nữa."]


def test_sheet_has_what_goes_on_paper(clerk, a):
    document = sent(a)
    page = clerk.get(url("delivery_sheet"), {"van-ban": document.pk})
    assert [row.name for _day, rows in page.context["groups"] for row in rows] == ["Báo Hà Nội Mới"]
    page = clerk.get(url("delivery_sheet"), {"ngay": "2025-06-11"})
    assert page.context["groups"] == []


def test_unit_sees_what_it_was_sent_and_confirms(client, a):
    document = sent(a)
    row = document.dispatches.get(channel="INTERNAL")
    client.force_login(a.office.other_officer)
    page = client.get(url("received"), {"loc": "new"})
    assert [each["row"].pk for each in page.context["rows"]] == [row.pk]
    assert client.get(document.get_absolute_url()).status_code == 200
    client.post(url("received_confirm", row.pk), {"words": "Đã nhận"})
    row.refresh_from_db()
    assert (row.state, row.events.last().told_by) == ("RECEIVED", a.office.other_officer)
    client.force_login(a.office.division_officer)
    assert client.get(url("received_confirm", row.pk)).status_code == 404


def test_upload_leads_to_the_form_filled_from_the_envelope(clerk, a):
    uploaded = SimpleUploadedFile("den.edxml", NATIONAL.encode())
    answer = clerk.post(url("edxml_upload"), {"file": uploaded})
    message = EdxmlMessage.objects.get()
    assert answer.url == url("edxml_message", message.pk)
    page = clerk.get(url("edxml_register", message.pk))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    assert (data["symbol"], data["issuer_name"]) == ("48/KH-SVHTT", "Sở Văn hóa và Thể thao")
    data |= {"issued_date": "2025-03-05", "received_date": "2025-06-12", "tell_sender": "1"}
    data["type"] = data["type"].pk if hasattr(data["type"], "pk") else data["type"]
    data.pop("due_date", None)
    answer = clerk.post(url("edxml_register", message.pk), data)
    message.refresh_from_db()
    assert answer.status_code == 302
    assert (message.state, message.document.symbol) == ("REGISTERED", "48/KH-SVHTT")
    assert list(message.answers.values_list("code", flat=True)) == ["03"]
    assert clerk.get(url("edxml_register", message.pk)).status_code == 404
    page = clerk.get(url("edxml_message", message.pk)).content.decode()
    assert "Đã báo cho nơi gửi" in page
    file = clerk.get(url("edxml_status_file", message.answers.get().pk))
    assert b"StatusCode>03<" in b"".join(file.streaming_content)


def test_malformed_upload_is_refused_with_its_line_in_vietnamese(clerk, a):
    broken = NATIONAL.replace("</edXML:From>", "", 1).encode()
    page = clerk.post(url("edxml_upload"), {"file": SimpleUploadedFile("hong.edxml", broken)})
    [sentence] = page.context["form"].errors["file"]
    assert (page.status_code, sentence.startswith("Dòng ")) == (422, True)
    page = clerk.get(url("edxml_inbox"), {"phan": "unsettled"}).content.decode()
    assert "hong.edxml" in page


def test_recall_by_the_sender_is_decided_on_its_page(clerk, a):
    clerk.post(url("edxml_upload"), {"file": SimpleUploadedFile("den.edxml", NATIONAL.encode())})
    first = EdxmlMessage.objects.get()
    from khuevan.documents.actions import register_edxml
    from khuevan.documents.edxml_reading import checked_message, details_from

    document = register_edxml(
        by=a.clerk,
        message=first,
        book=a.office.incoming,
        received_date=DAY,
        details=details_from(checked_message("a.edxml", NATIONAL.encode()).message),
    )
    data = revoking_message(first.edxml_id).encode()
    clerk.post(url("edxml_upload"), {"file": SimpleUploadedFile("thu-hoi.edxml", data)})
    second = EdxmlMessage.objects.exclude(pk=first.pk).get()
    page = clerk.post(url("edxml_business", second.pk), {"agree": "no", "words": ""})
    assert page.status_code == 422
    clerk.post(url("edxml_business", second.pk), {"agree": "yes", "words": ""})
    document.refresh_from_db()
    assert (document.state, document.revoked_reason) == ("REVOKED", "Sai số liệu")


def test_link_of_a_mail_gives_its_file_until_the_recall(client, a):
    from khuevan.documents.queries.dispatching import files_to_send

    document = sent(a)
    row = document.dispatches.get(channel="EMAIL")
    [file] = files_to_send(document)
    path = "/" + link_to(row, file).split("/", 3)[3]
    answer = client.get(path)
    assert (b"".join(answer.streaming_content), answer["Content-Disposition"]) == (
        PDF, 'attachment; filename="01-KH-SVHTT.pdf"',
    )  # fmt: skip
    assert client.get(path[:-2] + "x/").status_code == 404
    Dispatch.objects.filter(pk=row.pk)._update_unseen({"state": "RECALLED"})
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("end", ["revoked", "failed", "sent anew"])
def test_link_of_a_mail_ends_with_its_mail_and_with_the_document(client, a, end):
    from khuevan.documents.queries.dispatching import files_to_send

    document = sent(a)
    row = document.dispatches.get(channel="EMAIL")
    [file] = files_to_send(document)
    path = "/" + link_to(row, file).split("/", 3)[3]
    assert client.get(path).status_code == 200
    if end == "revoked":
        Document.objects.filter(pk=document.pk)._update_unseen({"state": "REVOKED", "revoked_reason": "Sai"})
    else:
        record_answer(by=a.clerk, dispatch=row, state="FAILED", words="Sai địa chỉ")
    if end == "sent anew":
        change_dispatch(by=a.clerk, dispatch=row, channel="EMAIL", address="moi@dulich.example.invalid")
        send_dispatches(by=a.clerk, document=document, dispatches=[row])
        row.refresh_from_db()
        assert client.get("/" + link_to(row, file).split("/", 3)[3]).status_code == 200
    assert client.get(path).status_code == 404


def test_link_without_a_mail_opens_nothing(client, a):
    from khuevan.documents.queries.dispatching import files_to_send

    document = sent(a)
    [file] = files_to_send(document)
    path = "/" + link_to(document.dispatches.get(channel="PRINTED"), file).split("/", 3)[3]
    assert client.get(path).status_code == 404


def test_recall_says_which_mail_it_could_not_overtake(clerk, a):
    document = sent(a)
    OutgoingMail.objects.update(
        state="SENDING", next_attempt_at=None, claim=uuid.uuid4(), claimed_at=clock.now()
    )
    page = clerk.post(url("dispatches_recall", document.pk), {"reason": "Sai số liệu"}, follow=True)
    assert "Một thư đang được gửi đi nên chưa thu hồi được: hãy thu hồi lại sau một phút." in (
        page.content.decode()
    )
