"""Pages of reviews, checks, numbers and signatures: what they show, what they do, how many queries they ask."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents import actions
from khuevan.documents.choices import DraftState, Seat, SignatureKind, StepState
from khuevan.documents.models import Document, Draft, ReviewStep, Route, Signature
from khuevan.documents.queries.signed import file_to_sign
from tests.documents.signatures import authority
from tests.documents.signatures.papers import signature_png
from tests.factories.reviews import DAY, House, at, content, draft_in, house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.stopped_at(at(DAY)):
        yield


def page(name: str, *arguments: object) -> str:
    return reverse(f"documents:{name}", args=arguments)


def submitted(work: House, **values) -> ReviewStep:
    draft = draft_in(work, **values)
    actions.submit_draft(by=work.again(draft.drafter), draft=draft)
    return ReviewStep.objects.get(draft=draft, state=StepState.CURRENT)


def approved(work: House, **values) -> Draft:
    with unaudited("approved as it stands"):
        return draft_in(work, state=DraftState.APPROVED, approved_version=1, **values)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_draft_goes_from_officer_to_register(client):
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    draft = draft_in(work)
    client.force_login(work.officer)
    shown = text_of(client.get(page("draft_submit", draft.pk)))
    assert "Quy trình chung" in shown
    assert "Không còn gì phải sửa" in shown
    answer = client.post(page("draft_submit", draft.pk), {"words": "Kính trình"})
    assert (answer.status_code, answer.url) == (302, draft.get_absolute_url())
    client.force_login(work.head)
    assert draft.title in text_of(client.get(page("reviews")))
    step = ReviewStep.objects.get(draft=draft, state=StepState.CURRENT)
    refused = client.post(page("review_return", step.pk), {"reason": ""})
    assert "Hãy ghi rõ nội dung cần sửa." in text_of(refused)
    client.post(page("review_return", step.pk), {"reason": "Thiếu địa điểm"})
    client.force_login(work.officer)
    assert "Thiếu địa điểm" in text_of(client.get(draft.get_absolute_url()))
    client.post(page("draft_submit", draft.pk), {"words": ""})
    for person in (work.head, work.director):
        client.force_login(person)
        step = ReviewStep.objects.get(draft=draft, state=StepState.CURRENT)
        asked = client.get(page("review_approve", step.pk))
        assert 'name="seen_version" value="1"' in text_of(asked)
        client.post(page("review_approve", step.pk), {"seen_version": "1", "words": ""})
    client.force_login(work.clerk)
    assert "01/KH-SVHTT" in text_of(client.get(page("to_number")))
    assert "01/KH-SVHTT" in text_of(client.get(page("number", draft.pk)))
    answer = client.post(page("number", draft.pk))
    document = Document.objects.get(draft=draft)
    assert answer.url == document.get_absolute_url()
    assert sorted(document.files.values_list("role", flat=True)) == ["EDITABLE", "PRINTED"]
    answer = client.post(
        page("sign_paper", document.pk), {"signer_name": "Vũ Thị Giám", "signed_date": "2025-06-12"}
    )
    assert answer.status_code == 302
    assert [(row.kind, row.signer_name) for row in Signature.objects.all()] == [("PAPER", "Vũ Thị Giám")]
    shown = text_of(client.get(document.get_absolute_url()))
    assert "Ký trên bản giấy" in shown


def test_draft_with_errors_is_not_taken_and_each_is_named(client):
    work = house()
    draft = draft_in(work, text={"place": "", "signatory": None})
    client.force_login(work.officer)
    shown = text_of(client.post(page("draft_submit", draft.pk), {"words": ""}))
    assert "Văn bản ghi đủ cơ quan ban hành, địa danh và ký hiệu. (Phần đầu văn bản: “địa danh”)" in shown
    assert "Văn bản ghi chức vụ và họ tên người ký. (Ký: “họ tên người ký”)" in shown
    assert f"{draft.get_absolute_url()}#draft-notation" in shown
    assert Draft.objects.get(pk=draft.pk).state == DraftState.DRAFTING


def test_warning_is_left_standing_on_its_page(client):
    work = house()
    sections = [{"label": "I", "heading": "MỤC ĐÍCH", "blocks": ["Phối hợp với BTGDV."], "children": []}]
    draft = draft_in(work, text={"sections": sections})
    client.force_login(work.officer)
    key = actions.reviewing.checks_of(draft, DAY)[0].finding.key
    shown = text_of(client.get(page("draft_checks", draft.pk)))
    assert page("check_confirm", draft.pk, key) in shown
    assert "#row-" in shown
    client.post(page("check_confirm", draft.pk, key), {"reason": "Tên riêng của dự án"})
    shown = text_of(client.get(page("draft_checks", draft.pk)))
    assert "Lê Thị Viên giữ nguyên: Tên riêng của dự án" in shown
    assert "1 cảnh báo được giữ nguyên" in shown
    assert client.get(page("check_confirm", draft.pk, "0" * 16)).status_code == 404


def test_decided_step_says_that_it_waits_no_longer(client):
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    step = submitted(work)
    client.force_login(work.head)
    client.post(page("review_approve", step.pk), {"seen_version": "1", "words": ""})
    answer = client.post(page("review_approve", step.pk), {"seen_version": "1", "words": ""})
    assert answer.status_code == 403
    assert "đã có ý kiến, hoặc dự thảo đã được rút lại" in text_of(answer)


def test_what_changed_since_the_last_decision_is_a_link_away(client):
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    step = submitted(work)
    actions.return_step(by=work.again(work.head), step=step, reason="Sửa mục đích")
    with unaudited("a second version"):
        draft = Draft.objects.get(pk=step.draft_id)
        draft.content, draft.version = content(title="Tổ chức Tuần văn hóa"), 2
        draft.title = "Tổ chức Tuần văn hóa"
        draft.save()
        draft.versions.model.objects.create(
            draft=draft, number=2, content=draft.content, saved_at=at(DAY), saved_by=work.officer
        )
    actions.submit_draft(by=work.again(work.officer), draft=draft)
    client.force_login(work.head)
    shown = text_of(client.get(draft.get_absolute_url()))
    assert f"{page('draft_versions', draft.pk)}?from=1&amp;to=2" in shown
    assert "Lần trước bạn cho ý kiến ở phiên bản 1; đây là phiên bản 2." in shown


def test_files_that_failed_are_made_again_from_the_page(client):
    work = house((Seat.SIGNER,))
    document = actions.issue_document(by=work.again(work.clerk), draft=approved(work))
    client.force_login(work.clerk)
    shown = text_of(client.get(document.get_absolute_url()))
    assert page("make_files", document.pk) in shown
    client.post(page("make_files", document.pk))
    assert document.files.count() == 2
    assert page("make_files", document.pk) not in text_of(client.get(document.get_absolute_url()))


def test_key_file_that_is_none_is_refused_in_one_sentence(client):
    work = house((Seat.SIGNER,))
    document = actions.issue_document(by=work.again(work.clerk), draft=approved(work))
    actions.make_document_files(by=work.again(work.clerk), document=document)
    client.force_login(work.director)
    assert "Chưa có ảnh chữ ký của bạn." in text_of(client.get(page("sign_digital", document.pk)))
    picture = SimpleUploadedFile("ky.png", signature_png(), content_type="image/png")
    client.post(page("own_signature"), {"picture": picture})
    assert client.get(page("own_signature_picture")).headers["Content-Type"] == "image/png"
    sent = {"passphrase": "bí mật của tôi", "seen_sha256": file_to_sign(document).sha256}
    shown = text_of(client.post(page("sign_digital", document.pk), sent))
    assert "Hãy chọn tệp khóa." in shown
    key = SimpleUploadedFile("khoa.p12", b"no key at all")
    answer = client.post(page("sign_digital", document.pk), {**sent, "key_file": key})
    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 1
    assert "không còn là tệp bạn đã xem" not in text_of(answer)
    assert "bí mật của tôi" not in text_of(answer)
    assert Signature.objects.count() == 0


def test_only_the_file_that_the_page_showed_is_signed(client):
    work = house((Seat.SIGNER,))
    document = actions.issue_document(by=work.again(work.clerk), draft=approved(work))
    actions.make_document_files(by=work.again(work.clerk), document=document)
    actions.keep_signature_image(by=work.director, person=work.director, content=signature_png())
    client.force_login(work.director)
    file = file_to_sign(document)
    asked = text_of(client.get(page("sign_digital", document.pk)))
    assert page("file_inline", file.pk) in asked
    assert f'name="seen_sha256" value="{file.sha256}"' in asked

    def signed(seen: str) -> str:
        key = SimpleUploadedFile("khoa.p12", authority.issued("Vũ Thị Giám").file().content)
        sent = {"key_file": key, "passphrase": authority.PASSPHRASE, "seen_sha256": seen}
        return text_of(client.post(page("sign_digital", document.pk), sent, follow=True))

    shown = signed("0" * 64)
    assert "Tệp này không còn là tệp bạn đã xem: hãy xem lại rồi ký." in shown
    assert f'name="seen_sha256" value="{file.sha256}"' in shown
    assert Signature.objects.count() == 0
    signed(file.sha256)
    assert [row.signer_name for row in Signature.objects.all()] == ["Vũ Thị Giám"]


def test_digital_signature_is_called_verified_only_where_authorities_are_named(client, settings, tmp_path):
    work = house((Seat.SIGNER,))
    document = actions.issue_document(by=work.again(work.clerk), draft=approved(work))
    file = actions.make_document_files(by=work.again(work.clerk), document=document)[-1]
    with unaudited("signed with a key"):
        Signature.objects.create(
            document=document,
            kind=SignatureKind.DIGITAL,
            signer_name="Vũ Thị Giám",
            certificate="Common Name: Vũ Thị Giám",
            signed_at=at(DAY),
            recorded_by=work.director,
            file=file,
        )
    client.force_login(work.clerk)
    assert "Chưa xác minh nơi cấp" in text_of(client.get(document.get_absolute_url()))
    settings.TRUST_ROOTS = tmp_path
    assert "Chưa xác minh nơi cấp" not in text_of(client.get(document.get_absolute_url()))


def test_token_that_cannot_be_opened_is_told_and_its_pin_is_not_repeated(client, settings, tmp_path):
    settings.TOKEN_MODULE = tmp_path / "token.so"
    settings.TOKEN_MODULE.write_bytes(b"no library")
    work = house((Seat.SIGNER,))
    document = actions.issue_document(by=work.again(work.clerk), draft=approved(work))
    actions.make_document_files(by=work.again(work.clerk), document=document)
    actions.keep_signature_image(by=work.director, person=work.director, content=signature_png())
    client.force_login(work.director)
    sent = {"token_label": "Giám đốc", "certificate_label": "ký", "pin": "73190462"}
    sent["seen_sha256"] = file_to_sign(document).sha256
    answer = client.post(page("sign_digital", document.pk), sent)
    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 1
    assert "không còn là tệp bạn đã xem" not in text_of(answer)
    assert "73190462" not in text_of(answer)
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "who"),
    [("reviews", "head"), ("reviews", "deputy"), ("to_number", "clerk"), ("to_sign", "clerk")],
)
def test_lists_ask_the_same_queries_for_one_and_for_three(client, name, who, django_assert_num_queries):
    work = house((Seat.DEPUTY if who == "deputy" else Seat.DRAFTING_HEAD, Seat.SIGNER))
    person = getattr(work, who)

    def one_more() -> None:
        if name == "reviews":
            submitted(work)
        elif name == "to_number":
            approved(work)
        else:
            actions.issue_document(by=work.again(work.clerk), draft=approved(work))

    one_more()
    client.force_login(person)
    client.get(page(name))
    with CaptureQueriesContext(connection) as asked:
        first = client.get(page(name))
    one_more()
    one_more()
    with django_assert_num_queries(len(asked)):
        third = client.get(page(name))
    assert len(asked) < 20
    assert text_of(first).count("<tr>") + 2 == text_of(third).count("<tr>")


def test_first_page_names_what_waits(client):
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    step = submitted(work)
    client.force_login(work.head)
    shown = text_of(client.get("/quan-tri/"))
    assert step.draft.get_absolute_url() in shown
    approved(work)
    client.force_login(work.clerk)
    assert "dự thảo đã duyệt chờ cấp số" in text_of(client.get("/quan-tri/"))
    client.force_login(work.other_officer)
    shown = text_of(client.get("/quan-tri/"))
    assert "cấp số" not in shown
    assert step.draft.get_absolute_url() not in shown


def test_route_is_set_up_with_its_seats(client):
    work = house((Seat.DRAFTING_HEAD, Seat.SIGNER))
    client.force_login(work.clerk)
    assert "Trưởng đơn vị soạn thảo → Người ký" in text_of(client.get(reverse("routes:index")))
    sent = {
        "name": "Quy trình kế hoạch",
        "type": str(Draft._meta.get_field("type").related_model.objects.get(name="Kế hoạch").pk),
    }
    refused = client.post(reverse("routes:add"), {**sent, "seat_1": Seat.DIRECTOR})
    assert "Vị trí cuối của quy trình phải là người ký." in text_of(refused)
    sent |= {"seat_1": f"UNIT_HEAD:{work.office.pk}", "seat_3": Seat.SIGNER}
    assert client.post(reverse("routes:add"), sent).status_code == 302
    route = Route.objects.get(name="Quy trình kế hoạch")
    assert [(step.order, step.seat, step.unit) for step in route.steps.all()] == [
        (1, Seat.UNIT_HEAD, work.office), (2, Seat.SIGNER, None),
    ]  # fmt: skip
    again = client.post(reverse("routes:add"), {**sent, "name": "Quy trình thứ hai"})
    assert "đang áp dụng cho cùng loại dự thảo" in text_of(again)
    edited = client.post(reverse("routes:edit", args=[route.pk]), {**sent, "seat_2": Seat.DEPUTY})
    assert edited.status_code == 302
    assert [step.seat for step in route.steps.all()] == [Seat.UNIT_HEAD, Seat.DEPUTY, Seat.SIGNER]
