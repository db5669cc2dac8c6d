"""The pages of drafts: lists, a new draft, the editor with its buttons, versions, comments, templates."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.actions import begin_draft
from khuevan.documents.bundled_templates import bundled_templates
from khuevan.documents.choices import DraftState
from khuevan.documents.draft_content import composition_of
from khuevan.documents.models import Comment, Draft, DraftTemplate
from khuevan.people.models import User
from khuevan.plain.official_documents.writing.composition import every_section
from khuevan.plain.official_documents.writing.layout_rules import all_rules
from tests.factories.documents import DAY, Registry, came_in, registry, type_named
from tests.factories.work import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Any:
    with clock.stopped_at(at(DAY)):
        yield registry()


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def begun(office: Registry, title: str = "Cung cấp số liệu") -> Draft:
    return begin_draft(
        by=office.again(office.division_officer),
        document_type=type_named("Công văn"),
        book=office.outgoing,
        unit=office.division,
        title=title,
    )


def fields(draft: Draft, *rows: tuple[str, str, str], **values: Any) -> dict[str, Any]:
    """What the editor's form sends: the head as it is, and rows of (key, level, words)."""
    composition = composition_of(draft.content)
    sent: dict[str, Any] = {
        "seen_version": draft.version,
        "title": draft.title,
        "issuer": composition.issuer,
        "notation": composition.notation,
        "place": composition.place,
        "recipients": "Như trên\nUBND Thành phố (để b/c)\nLưu: VT, TTBCXB",
        "addressees": "Ủy ban nhân dân các xã, phường",
        "signer": draft.signer_id or "",
        "authority": draft.authority,
        "urgency": draft.urgency,
        "book": draft.book_id,
        "row": [key for key, _level, _words in rows],
        "do": "save",
    }
    for key, level, words in rows:
        sent |= {f"level-{key}": level, f"text-{key}": words}
    return {**sent, **values}


def url(draft: Draft, name: str = "draft") -> str:
    return reverse(f"documents:{name}", args=[draft.pk])


def test_list_asks_as_much_for_three_drafts_as_for_one(
    office: Registry, client: Client, django_assert_max_num_queries: Any
) -> None:
    signed_in(client, office.division_head)
    asked = []
    for count in (1, 3):
        while Draft.objects.count() < count:
            begun(office, f"Cung cấp số liệu {Draft.objects.count()}")
        client.get(reverse("documents:drafts"))
        with django_assert_max_num_queries(19) as queries:
            answer = client.get(reverse("documents:drafts"), {"scope": "unit"})
        asked.append(len(queries))
        assert [draft.title for draft in answer.context["sheet"].object_list] == [
            f"Cung cấp số liệu {number}" for number in reversed(range(count))
        ]
    assert asked[0] == asked[1]


def test_list_is_narrowed_by_words_without_accents_and_by_state(office: Registry, client: Client) -> None:
    begun(office, "Tổ chức lễ hội")
    begun(office, "Cung cấp số liệu")
    signed_in(client, office.division_officer)

    def titles(**wishes: str) -> list[str]:
        answer = client.get(reverse("documents:drafts"), wishes)
        return [draft.title for draft in answer.context["sheet"].object_list]

    assert titles(q="le hoi") == ["Tổ chức lễ hội"]
    assert titles(state="OPEN") == ["Cung cấp số liệu", "Tổ chức lễ hội"]
    assert titles(state="ISSUED") == []
    signed_in(client, office.other_officer)
    assert titles(scope="all") == []


def test_every_bundled_template_is_of_a_type_and_can_be_begun(office: Registry, client: Client) -> None:
    types = set(all_rules()[-1].types)
    assert [template.type_name for template in bundled_templates() if template.type_name not in types] == []
    signed_in(client, office.division_officer)
    for template in bundled_templates():
        address = f"{reverse('documents:draft_new')}?template={template.slug}"
        page = client.get(address).content.decode()
        assert template.name in page
        answer = client.post(
            address,
            {"title": "Việc mới", "unit": office.division.pk, "book": office.outgoing.pk},
        )
        draft = Draft.objects.latest("pk")
        assert answer.url == draft.get_absolute_url()
        printed = composition_of(draft.content)
        assert (printed.sections, len(printed.annexes)) == (
            template.composition.sections,
            len(template.composition.annexes),
        )
        assert any(True for _section in every_section(printed.sections))


def test_new_draft_needs_a_subject(office: Registry, client: Client) -> None:
    signed_in(client, office.division_officer)
    address = f"{reverse('documents:draft_new')}?type={type_named('Kế hoạch').pk}"
    answer = client.post(address, {"title": " ", "unit": office.division.pk, "book": office.outgoing.pk})
    assert (answer.status_code, Draft.objects.count()) == (422, 0)
    assert "trích yếu" in answer.content.decode()


def test_incoming_document_is_answered_from_its_address(office: Registry, client: Client) -> None:
    letter = came_in(office, handling_unit=office.division)
    signed_in(client, office.division_officer)
    address = f"{reverse('documents:draft_new')}?template=04-cong-van-tra-loi&answers={letter.pk}"
    assert 'name="title"' in (page := client.get(address).content.decode())
    assert "Trả lời Công văn số 1234/UBND-KGVX" in page
    client.post(address, {"title": "Trả lời", "unit": office.division.pk, "book": office.outgoing.pk})
    draft = Draft.objects.get()
    assert (draft.answers, composition_of(draft.content).addressees) == (
        letter,
        ("Ủy ban nhân dân thành phố Hà Nội",),
    )
    first = composition_of(draft.content).sections[0].blocks[0].text  # type: ignore[union-attr]
    assert first.startswith(
        "Sở Văn hóa và Thể thao nhận được Công văn số 1234/UBND-KGVX ngày 10 tháng 6 năm 2025 của Ủy ban nhân dân "
        "thành phố Hà Nội về việc đôn đốc báo cáo"
    )


def test_saved_page_becomes_a_version(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    sent = fields(
        draft,
        ("r1", "number", "Nội dung"),
        ("n1", "dash", "Một **đậm** ý\nvà đoạn sau"),
        **{"titled-r1": "1", "basis": ["b1"], "basis-b1": "Căn cứ Luật Báo chí;"},
    )
    answer = client.post(url(draft), sent)
    saved = Draft.objects.get()
    printed = composition_of(saved.content)
    (section,) = printed.sections
    assert (answer.status_code, answer.url, saved.version) == (302, draft.get_absolute_url(), 2)
    assert (section.label, section.heading, section.children[0].blocks[0].text) == (  # type: ignore[union-attr]
        "1",
        "Nội dung",
        "Một đậm ý",
    )
    assert printed.legal_bases == ("Căn cứ Luật Báo chí",)
    assert [(one.name, one.purpose) for one in printed.recipients] == [
        ("Như trên", None),
        ("UBND Thành phố", "để b/c"),
        ("Lưu: VT, TTBCXB", None),
    ]


def test_script_hears_what_was_saved_and_what_was_wrong(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    headers = {"Accept": "application/json"}
    right = client.post(url(draft), fields(draft, ("r1", "text", "Một.")), headers=headers)
    assert right.json()["version"] == 2
    stale = client.post(url(draft), fields(draft, ("r1", "text", "Hai.")), headers=headers)
    assert (stale.status_code, stale.json()["conflict"]) == (409, True)
    wrong = client.post(
        url(draft), fields(draft, ("r1", "text", "Ba."), seen_version=2, issuer=""), headers=headers
    )
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["issuer"])
    marked = client.post(
        url(draft), fields(draft, ("r1", "text", "TUYỆT MẬT"), seen_version=2), headers=headers
    )
    assert (marked.status_code, Draft.objects.get().version) == (422, 2)


def test_two_texts_are_shown_and_mine_is_kept(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    client.post(url(draft), fields(draft, ("r1", "text", "Của người trước.")))
    answer = client.post(url(draft), fields(draft, ("r1", "text", "Của tôi.")))
    assert answer.status_code == 409
    assert [row.row.text for row in answer.context["rows"]] == ["Của tôi."]
    assert answer.context["seen_version"] == 2
    kinds = [entry["change"].kind for entry in answer.context["theirs"] if entry["change"]]
    assert "added" in kinds
    client.post(url(draft), fields(draft, ("r1", "text", "Của tôi."), seen_version=2))
    assert Draft.objects.get().version == 3


def test_buttons_of_the_page_work_without_script(office: Registry, client: Client) -> None:
    letter = came_in(office, handling_unit=office.division)
    draft = begun(office)
    signed_in(client, office.division_officer)
    rows = (("r1", "number", "Một"), ("r2", "number", "Hai"))

    def pressed(do: str, **values: Any) -> Any:
        return client.post(url(draft), fields(draft, *rows, do=do, **values)).context

    assert [row.row.key for row in pressed("up:r2")["rows"]] == ["r2", "r1"]
    assert [row.label for row in pressed("in:r2")["rows"]] == ["1.", "a)"]
    pasted = pressed("paste:r1", **{"paste-text": "- Ý một.\n- Ý hai."})["rows"]
    assert [(row.label, row.row.text) for row in pasted] == [
        ("1.", "Một"), ("-", "Ý một."), ("-", "Ý hai."), ("2.", "Hai"),
    ]  # fmt: skip
    found = pressed("basis-search", **{"basis-words": "don doc bao cao"})["found"]
    assert [citation.document for citation in found] == [letter]
    added = pressed(f"basis-add:{letter.pk}", basis=["b1"], **{"basis-b1": "Theo đề nghị của Trưởng phòng"})
    assert [(basis.document, basis.words[:9]) for basis in added["bases"]] == [
        (letter.pk, "Thực hiện"),
        (None, "Theo đề n"),
    ]
    assert Draft.objects.get().version == 1


def test_picture_is_put_in_and_shown(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "#8c2f1b").save(stream, "PNG")
    stream.seek(0)
    stream.name = "khue-van-cac.png"
    sent = fields(draft, ("r1", "text", "Hình dưới đây."), do="picture:r1")
    answer = client.post(url(draft), {**sent, "picture-file": stream, "picture-alternative": "Khuê Văn Các"})
    row = answer.context["rows"][1]
    assert row.row.picture.alternative == "Khuê Văn Các"
    client.post(
        url(draft),
        fields(
            draft,
            ("r1", "text", "Hình dưới đây."),
            row=["r1", row.row.key],
            **{
                f"kind-{row.row.key}": "picture",
                f"picture-{row.row.key}": row.picture_name,
                f"alternative-{row.row.key}": "Khuê Văn Các",
                f"picture_width-{row.row.key}": "40",
            },
        ),
    )
    shown = client.get(reverse("documents:draft_picture", args=[draft.pk, row.picture_name]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    pdf = client.get(url(draft, "draft_pdf"))
    assert pdf.content.startswith(b"%PDF-")
    assert 'filename="DU-THAO-cong-van-cung-cap-so-lieu.pdf"' in pdf["Content-Disposition"]


def test_pages_are_pictures_of_the_version(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    page = client.get(reverse("documents:draft_page", args=[draft.pk, 1, 1]))
    with Image.open(io.BytesIO(page.content)) as picture:
        assert (picture.format, round(picture.width / picture.height, 3)) == ("PNG", 0.707)
    assert client.get(reverse("documents:draft_page", args=[draft.pk, 1, 9])).status_code == 404
    assert client.get(reverse("documents:draft_page", args=[draft.pk, 7, 1])).status_code == 404
    word = client.get(url(draft, "draft_word"))
    assert word.content.startswith(b"PK")


def test_versions_are_compared_and_taken_up_again(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    client.post(url(draft), fields(draft, ("r1", "text", "Gửi trước ngày 15.")))
    client.post(url(draft), fields(draft, ("r1", "text", "Gửi trước ngày 20."), seen_version=2))
    answer = client.get(url(draft, "draft_versions"))
    changed = [entry["change"] for entry in answer.context["lines"] if entry["change"]]
    assert [line.kind for line in changed if line.kind != "same"] == ["changed"]
    page = answer.content.decode()
    assert "<del>15</del><ins>20</ins>" in page
    client.post(url(draft, "draft_restore"), {"seen_version": 3, "version": 2})
    assert Draft.objects.get().version == 4
    assert composition_of(Draft.objects.get().content).sections[0].blocks[0].text == "Gửi trước ngày 15."  # type: ignore[union-attr]


def test_pasted_text_comes_back_as_lines_and_a_marked_one_is_refused(
    office: Registry, client: Client
) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    answer = client.post(url(draft, "draft_paste"), {"paste-text": "1. Một\n- Ý.", "row": ["p1"]})
    assert [row.row.key for row in answer.context["rows"]] == ["p2", "p3"]
    refused = client.post(url(draft, "draft_paste"), {"paste-text": "TỐI MẬT\n1. Một"})
    assert refused.status_code == 422
    assert "Tối mật" in refused.json()["problem"]


def test_comment_stands_at_its_place(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_head)
    client.post(url(draft), fields(draft, ("r1", "number", "Thời hạn")))
    client.post(url(draft, "draft_comment"), {"text": "Ghi rõ ngày.", "ref": "1"})
    comment = Comment.objects.get()
    page = client.get(url(draft))
    assert [(row.ref, row.comments) for row in page.context["rows"]] == [("1", 1)]
    client.post(reverse("documents:draft_comment_settle", args=[comment.pk]))
    assert [row.comments for row in client.get(url(draft)).context["rows"]] == [0]


def test_head_keeps_a_template_for_the_own_unit_and_retires_no_other(
    office: Registry, client: Client
) -> None:
    draft = begun(office)
    with unaudited("a clerk reads it once it is approved"):
        draft.state, draft.approved_version = DraftState.APPROVED, 1
        draft.save()
    client.force_login(office.clerk)
    assert 'name="only_unit"' in client.get(url(draft, "draft_as_template")).content.decode()
    client.post(url(draft, "draft_as_template"), {"name": "Mẫu chung"})
    client.force_login(office.division_head)
    assert 'name="only_unit"' not in client.get(url(draft, "draft_as_template")).content.decode()
    client.post(url(draft, "draft_as_template"), {"name": "Mẫu của phòng"})
    rows = {row.name: row for row in DraftTemplate.objects.all()}
    assert {name: row.unit for name, row in rows.items()} == {
        "Mẫu chung": None,
        "Mẫu của phòng": office.division,
    }
    shown = client.get(reverse("documents:draft_templates")).content.decode()
    retire = {
        name: reverse("documents:draft_template_retire", args=[row.pk]) in shown for name, row in rows.items()
    }
    assert retire == {"Mẫu chung": False, "Mẫu của phòng": True}


def test_draft_is_kept_as_a_template_and_that_begins_another(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_head)
    client.post(url(draft), fields(draft, ("r1", "text", "Nội dung mẫu.")))
    client.post(url(draft, "draft_as_template"), {"name": "Mẫu đôn đốc"})
    template = DraftTemplate.objects.get()
    address = f"{reverse('documents:draft_new')}?own={template.pk}"
    client.post(address, {"title": "Đôn đốc", "unit": office.division.pk, "book": office.outgoing.pk})
    assert composition_of(Draft.objects.latest("pk").content).sections[0].blocks[0].text == "Nội dung mẫu."  # type: ignore[union-attr]
    assert "Mẫu đôn đốc" in client.get(reverse("documents:draft_templates")).content.decode()
    client.post(reverse("documents:draft_template_retire", args=[template.pk]))
    groups = client.get(reverse("documents:draft_new")).context["groups"]
    assert [own for group in groups for own in group["own"]] == []


def test_draft_is_given_up_on_its_page(office: Registry, client: Client) -> None:
    draft = begun(office)
    signed_in(client, office.division_officer)
    assert client.post(url(draft, "draft_abandon"), {"reason": ""}).status_code == 422
    client.post(url(draft, "draft_abandon"), {"reason": "Trùng"})
    assert "Trùng" in client.get(url(draft)).content.decode()
