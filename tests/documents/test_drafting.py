"""Drafts are begun, saved without writing over anybody, taken back, given up; with bases, comments and pictures."""

from __future__ import annotations

import dataclasses
import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from PIL import Image

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents import actions
from khuevan.documents.actions import Basis, DraftChangedMeanwhile, DraftContents
from khuevan.documents.choices import DraftState, SigningAuthority, Urgency
from khuevan.documents.draft_content import composition_of, whole_composition
from khuevan.documents.draft_pictures import WIDEST, checked_picture
from khuevan.documents.models import Comment, Draft, DraftTemplate, DraftVersion
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Post
from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import Composition, Picture, Section, paragraph
from tests.factories.documents import DAY, NumberBookFactory, Registry, came_in, registry, type_named
from tests.factories.people import PostFactory, UnitFactory
from tests.factories.work import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Any:
    with clock.stopped_at(at(DAY)):
        yield registry()


def begun(office: Registry, kind: str = "Kế hoạch", **values: Any) -> Draft:
    return actions.begin_draft(
        by=office.again(office.division_officer),
        document_type=type_named(kind),
        book=office.outgoing,
        unit=office.division,
        title=values.pop("title", "Tổ chức tuần lễ Thăng Long"),
        **values,
    )


def contents(draft: Draft, **values: Any) -> DraftContents:
    """What the draft holds, with some fields of the composition changed."""
    own = {field.name for field in dataclasses.fields(DraftContents)}
    given = {name: values.pop(name) for name in list(values) if name in own}
    return DraftContents(
        **{
            "composition": dataclasses.replace(composition_of(draft.content), **values),
            "signer": draft.signer,
            "authority": draft.authority,
            "urgency": draft.urgency,
            **given,
        }
    )


def saved(office: Registry, draft: Draft, **values: Any) -> Draft:
    return actions.save_draft(
        by=office.again(office.division_officer),
        draft=draft,
        seen_version=draft.version,
        contents=contents(draft, **values),
    )


def words(*texts: str) -> tuple[Section, ...]:
    return tuple(Section(str(n), None, (paragraph(text),)) for n, text in enumerate(texts, 1))


def test_new_draft_has_the_head_of_the_house(office: Registry) -> None:
    draft = begun(office)
    assert composition_of(draft.content) == Composition(
        type="Kế hoạch",
        number=None,
        notation="KH-SVHTT",
        parent_body="",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO THÀNH PHỐ HÀ NỘI",
        place="Hà Nội",
        date=None,
        title="Tổ chức tuần lễ Thăng Long",
        legal_bases=(),
        sections=(),
        recipients=(Recipient("Lưu: VT, TTBCXB", None),),
        signatory=Signatory(None, "GIÁM ĐỐC", "Vũ Thị Giám"),
    )
    assert (draft.version, draft.state, draft.signer) == (1, DraftState.DRAFTING, office.director)
    assert list(draft.versions.values_list("number", "saved_by")) == [(1, office.division_officer.pk)]


def test_letter_names_its_unit_in_the_symbol_and_decision_its_authority(office: Registry) -> None:
    letter = composition_of(begun(office, "Công văn").content)
    decision = composition_of(begun(office, "Quyết định").content)
    assert (letter.notation, letter.recipients[0]) == ("SVHTT-TTBCXB", Recipient("Như trên", None))
    assert decision.enacting_authority == "GIÁM ĐỐC SỞ VĂN HÓA VÀ THỂ THAO THÀNH PHỐ HÀ NỘI"


def test_next_draft_of_a_book_has_the_head_of_the_last(office: Registry) -> None:
    first = begun(office)
    saved(office, first, parent_body="UBND THÀNH PHỐ HÀ NỘI", contact="47 Hàng Dầu, Hà Nội")
    second = composition_of(begun(office).content)
    assert (second.parent_body, second.contact) == ("UBND THÀNH PHỐ HÀ NỘI", "47 Hàng Dầu, Hà Nội")


def test_answer_goes_to_who_wrote(office: Registry) -> None:
    letter = came_in(office, handling_unit=office.division)
    draft = begun(office, "Công văn", answers=letter)
    assert draft.answers == letter
    assert composition_of(draft.content).addressees == ("Ủy ban nhân dân thành phố Hà Nội",)


def test_document_of_another_unit_is_not_answered(office: Registry) -> None:
    letter = came_in(office, handling_unit=office.other)
    with pytest.raises(PermissionDenied):
        begun(office, "Công văn", answers=letter)


def test_only_what_changed_makes_a_version(office: Registry) -> None:
    draft = begun(office)
    same = saved(office, draft)
    changed = saved(office, same, sections=words("Giới thiệu di sản."))
    again = saved(office, changed, due_date=date(2025, 7, 1))
    assert [same.version, changed.version, again.version, again.due_date] == [1, 2, 2, date(2025, 7, 1)]
    assert DraftVersion.objects.filter(draft=draft).count() == 2


def test_version_that_another_saved_is_not_written_over(office: Registry) -> None:
    draft = begun(office)
    saved(office, draft, sections=words("Của người trước."))
    with pytest.raises(DraftChangedMeanwhile) as refused:
        saved(office, draft, sections=words("Của người sau."))
    assert (refused.value.draft.version, composition_of(Draft.objects.get().content).sections) == (
        2,
        words("Của người trước."),
    )


def test_draft_in_review_is_not_changed(office: Registry) -> None:
    draft = begun(office)
    Draft.objects.filter(pk=draft.pk)._update_unseen({"state": DraftState.IN_REVIEW})
    with pytest.raises(PermissionDenied):
        saved(office, draft, sections=words("Muộn."))


@pytest.mark.parametrize(
    "values",
    [
        {"title": "TUYỆT MẬT"},
        {"circulation": "MẬT"},
        {"sections": words("Tối mật")},
        {"contact": "Độ mật: Tối mật"},
        {"addressees": ("MẬT",)},
    ],
)
def test_state_secret_marking_is_refused(office: Registry, values: dict[str, Any]) -> None:
    draft = begun(office)
    with pytest.raises(ValidationError):
        saved(office, draft, **values)
    assert Draft.objects.get().version == 1


def test_text_that_speaks_of_secrecy_is_no_marking(office: Registry) -> None:
    draft = saved(office, begun(office), sections=words("Bảo vệ bí mật nhà nước theo quy định.", "Bảo mật"))
    assert draft.version == 2


def test_circulation_is_one_that_the_layout_knows(office: Registry) -> None:
    draft = saved(office, begun(office), circulation="LƯU HÀNH NỘI BỘ")
    with pytest.raises(ValidationError):
        saved(office, draft, circulation="CHỈ ĐỌC TẠI CHỖ")


def test_deputy_signs_for_the_director(office: Registry) -> None:
    deputy = PostFactory(unit=office.department, role=Role.DEPUTY_DIRECTOR, title="Phó Giám đốc").person
    draft = saved(
        office, begun(office), signer=deputy, authority=SigningAuthority.DEPUTY, urgency=Urgency.URGENT
    )
    printed = composition_of(draft.content)
    assert (printed.signatory, printed.urgency) == (
        Signatory("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", deputy.full_name),
        "KHẨN",
    )
    with pytest.raises(ValidationError):
        saved(office, draft, signer=deputy, authority=SigningAuthority.HEAD)


def test_head_of_a_division_signs_by_order(office: Registry) -> None:
    draft = saved(office, begun(office), signer=office.division_head, authority=SigningAuthority.BY_ORDER)
    assert composition_of(draft.content).signatory == Signatory(
        "TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG THÔNG TIN - BÁO CHÍ - XUẤT BẢN", "Trần Văn Trưởng"
    )


def test_bases_are_kept_in_order_and_confirmed_where_they_are_words_alone(office: Registry) -> None:
    letter = came_in(office, handling_unit=office.division)
    draft = saved(
        office,
        begun(office),
        bases=[
            Basis("Căn cứ Luật Báo chí;"),
            Basis("Thực hiện Công văn số 1234/UBND-KGVX", letter),
            Basis("  "),
        ],
    )
    first, second = draft.legal_bases.all()
    actions.confirm_basis(by=office.again(office.division_officer), basis=first)
    turned = saved(
        office,
        draft,
        bases=[Basis(second.words, letter), Basis(first.words)],
    )
    assert [
        (row.words, row.document, row.confirmed_by) for row in turned.legal_bases.all()
    ] == [
        ("Thực hiện Công văn số 1234/UBND-KGVX", letter, None),
        ("Căn cứ Luật Báo chí", None, office.division_officer),
    ]  # fmt: skip
    assert composition_of(turned.content).legal_bases == (
        "Thực hiện Công văn số 1234/UBND-KGVX",
        "Căn cứ Luật Báo chí",
    )
    with pytest.raises(ValidationError):
        actions.confirm_basis(
            by=office.again(office.division_officer), basis=turned.legal_bases.get(document=letter)
        )


def test_clause_names_only_a_document_that_the_officer_reads_or_that_stood_there(office: Registry) -> None:
    letter = came_in(office, handling_unit=office.division)
    draft = saved(office, begun(office), bases=[Basis("Thực hiện Công văn số 1234/UBND-KGVX", letter)])
    with unaudited("another unit handles it"):
        letter.handling_unit = office.other
        letter.save()
    kept = saved(office, draft, bases=[Basis("Thực hiện Công văn 1234/UBND-KGVX", letter)])
    assert [row.document for row in kept.legal_bases.all()] == [letter]
    with pytest.raises(ValidationError):
        saved(office, begun(office), bases=[Basis("Thực hiện Công văn số 1234/UBND-KGVX", letter)])


def test_changed_clause_is_confirmed_anew(office: Registry) -> None:
    draft = saved(office, begun(office), bases=[Basis("Căn cứ Luật Báo chí", confirmed=True)])
    changed = saved(office, draft, bases=[Basis("Căn cứ Luật Xuất bản")])
    assert [(row.words, row.confirmed_by) for row in changed.legal_bases.all()] == [
        ("Căn cứ Luật Xuất bản", None)
    ]


def test_earlier_version_comes_back_as_a_new_one(office: Registry) -> None:
    draft = saved(office, begun(office), sections=words("Một."), bases=[Basis("Căn cứ Luật Báo chí")])
    later = saved(office, draft, sections=words("Hai."), bases=[])
    restored = actions.restore_version(
        by=office.again(office.division_officer), draft=later, seen_version=3, number=2
    )
    assert (restored.version, composition_of(restored.content).sections) == (4, words("Một."))
    assert [row.words for row in restored.legal_bases.all()] == ["Căn cứ Luật Báo chí"]
    assert restored.versions.count() == 4
    with pytest.raises(ValidationError):
        actions.restore_version(
            by=office.again(office.division_officer), draft=restored, seen_version=4, number=9
        )


def test_clause_that_comes_back_names_its_document_again(office: Registry) -> None:
    letter = came_in(office, handling_unit=office.division)
    words = (
        "Thực hiện Công văn số 1234/UBND-KGVX ngày 10 tháng 6 năm 2025 của Ủy ban nhân dân thành phố Hà Nội"
    )
    draft = saved(office, begun(office), bases=[Basis(words, letter)])
    without = saved(office, draft, bases=[])
    restored = actions.restore_version(
        by=office.again(office.division_officer), draft=without, seen_version=3, number=2
    )
    assert [(row.words, row.document) for row in restored.legal_bases.all()] == [(words, letter)]


def test_draft_is_given_up_with_a_reason(office: Registry) -> None:
    draft = begun(office)
    with pytest.raises(ValidationError):
        actions.abandon_draft(by=office.again(office.division_officer), draft=draft, reason=" ")
    given_up = actions.abandon_draft(
        by=office.again(office.division_officer), draft=draft, reason="Gộp vào kế hoạch năm"
    )
    assert (given_up.state, given_up.abandoned_reason) == (DraftState.ABANDONED, "Gộp vào kế hoạch năm")
    with pytest.raises(ValidationError):
        actions.abandon_draft(by=office.again(office.division_officer), draft=draft, reason="Nữa")


def test_comment_is_answered_and_settled(office: Registry) -> None:
    draft = begun(office)
    officer, head = office.again(office.division_officer), office.again(office.division_head)
    comment = actions.comment_on_draft(by=head, draft=draft, ref="II.2.-1", text="Thiếu thời hạn.")
    answer = actions.comment_on_draft(by=officer, draft=draft, text="Đã thêm.", parent=comment)
    assert (answer.ref, answer.parent, answer.version) == ("II.2.-1", comment, 1)
    actions.settle_comment(by=officer, comment=comment)
    fresh = Comment.objects.get(pk=comment.pk)
    assert fresh.settled_by == officer
    with pytest.raises(ValidationError):
        actions.comment_on_draft(by=officer, draft=draft, text="Thêm.", parent=fresh)
    with pytest.raises(ValidationError):
        actions.comment_on_draft(by=officer, draft=draft, text="  ")


def test_auditor_says_nothing_about_a_draft(office: Registry) -> None:
    with pytest.raises(PermissionDenied):
        actions.comment_on_draft(by=office.again(office.auditor), draft=begun(office), text="Sai.")


def picture_file(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGBA") -> io.BytesIO:
    stream = io.BytesIO()
    Image.new(mode, size, (140, 47, 27, 128)[: len(mode)]).save(stream, kind)
    stream.seek(0)
    return stream


def test_picture_is_encoded_anew_and_printed_with_the_draft(office: Registry) -> None:
    draft = begun(office)
    officer = office.again(office.division_officer)
    checked = checked_picture("C:\\anh\\Khuê Văn Các.png", picture_file())
    row = actions.add_draft_picture(by=officer, draft=draft, picture=checked)
    again = actions.add_draft_picture(by=officer, draft=draft, picture=checked)
    shown = Picture(row.name.encode(), "Khuê Văn Các", width=0.5)
    draft = saved(office, draft, sections=(Section("", None, (shown,)),))
    (section,) = whole_composition(draft).sections
    assert (row.pk, row.filename) == (again.pk, "Khuê Văn Các.png")
    assert section.blocks == (Picture(checked.data, "Khuê Văn Các", width=0.5),)
    with Image.open(io.BytesIO(checked.data)) as opened:
        assert (opened.format, opened.mode, opened.size, opened.info) == ("PNG", "RGB", (40, 20), {})


def test_wide_picture_is_made_as_wide_as_paper_shows() -> None:
    checked = checked_picture("rong.jpg", picture_file("JPEG", (WIDEST * 2, 100), "RGB"))
    with Image.open(io.BytesIO(checked.data)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (WIDEST, 50))


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a...", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n..."]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:  # fmt: skip
    with pytest.raises(ValidationError):
        checked_picture("hinh.png", io.BytesIO(data))


def test_text_kept_as_a_template_begins_another_draft(office: Registry) -> None:
    draft = saved(
        office, begun(office), sections=words("Nội dung mẫu."), bases=[Basis("Căn cứ Luật Báo chí")]
    )
    template = actions.keep_template(
        by=office.again(office.division_head),
        name="Kế hoạch sự kiện",
        source=draft,
        unit=office.division,
    )
    second = begun(office, title="Kế hoạch mới", from_template=composition_of(template.content))
    printed = composition_of(second.content)
    assert (printed.title, printed.sections, printed.legal_bases) == (
        "Kế hoạch mới",
        words("Nội dung mẫu."),
        ("Căn cứ Luật Báo chí",),
    )
    with pytest.raises(PermissionDenied):
        actions.keep_template(
            by=office.again(office.division_officer),
            name="Khác",
            source=draft,
            unit=office.division,
        )
    retired = actions.retire_template(by=office.again(office.division_head), template=template)
    assert retired.valid_to == date(2025, 6, 11)


def test_head_keeps_templates_of_the_own_unit_for_it_alone(office: Registry) -> None:
    head, other = (
        PostFactory(unit=unit, role=Role.UNIT_HEAD).person for unit in (office.division, office.other)
    )
    PostFactory(person=other, unit=office.division, role=Role.UNIT_OFFICER)
    draft = begun(office)
    for by, unit in ((head, None), (head, office.other), (other, office.other), (other, office.division)):
        with pytest.raises(PermissionDenied):
            actions.keep_template(by=office.again(by), name="Mẫu", source=draft, unit=unit)
    template = actions.keep_template(by=head, name="Mẫu", source=draft, unit=office.division)
    with pytest.raises(PermissionDenied):
        actions.retire_template(by=office.again(other), template=template)
    with unaudited("issued"):
        draft.state = DraftState.APPROVED
        draft.approved_version = 1
        draft.save()
    for_all = actions.keep_template(by=office.again(office.clerk), name="Mẫu chung", source=draft)
    with pytest.raises(PermissionDenied):
        actions.retire_template(by=office.again(head), template=for_all)


def test_template_of_a_document_is_what_is_kept_of_it(office: Registry) -> None:
    with pytest.raises(ValidationError):
        actions.keep_template(by=office.again(office.clerk), name="Mẫu", source=came_in(office))
    assert DraftTemplate.objects.count() == 0


def test_signer_of_another_body_is_refused_and_one_who_left_stays(office: Registry) -> None:
    draft = begun(office)
    stranger = PostFactory(unit=UnitFactory(kind=UnitKind.DEPARTMENT), role=Role.DIRECTOR).person
    with pytest.raises(ValidationError) as refused:
        saved(office, draft, signer=stranger)
    assert list(refused.value.message_dict) == ["signer"]
    elsewhere = NumberBookFactory(unit=stranger.posts.get().unit)
    with pytest.raises(ValidationError):
        saved(office, draft, book=elsewhere, signer=office.division_head)
    assert saved(office, draft, book=elsewhere, signer=stranger).signer == stranger
    Post.objects.filter(person=stranger)._update_unseen({"to_date": date(2025, 6, 1)})
    kept = saved(office, Draft.objects.get(pk=draft.pk), title="Tên khác")
    assert (kept.signer, composition_of(kept.content).signatory) == (
        stranger, Signatory(None, "GIÁM ĐỐC", stranger.full_name),
    )  # fmt: skip


def test_copy_has_the_text_and_its_own_head(office: Registry) -> None:
    draft = saved(office, begun(office), sections=words("Một."))
    copy = actions.copy_as_draft(
        by=office.again(office.division_officer),
        source=draft,
        composition=composition_of(draft.content),
        unit=office.division,
        book=office.outgoing,
        title="Bản sao",
    )
    assert (copy.pk != draft.pk, composition_of(copy.content).sections, copy.title) == (
        True,
        words("Một."),
        "Bản sao",
    )
