"""Import in the browser: upload, review, the end, and who may."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from khuevan.core.recording import unaudited
from khuevan.people.choices import Role
from khuevan.people.models import Unit, User
from khuevan.plain.official_documents.limits import Limits
from khuevan.programme.actions import (
    carry_out_import,
    choose_amended_plan,
    discard_import,
    start_import,
)
from khuevan.programme.choices import ImportState
from khuevan.programme.models import Plan, PlanImport, Task
from khuevan.programme.views import imports as import_views
from tests.factories.programme import (
    DIGITAL,
    TASKS,
    plan_document,
    plan_with_tasks,
    read_file_of,
    without_places,
)
from tests.programme.conftest import MakePerson

SAMPLE = Path(__file__).parents[2] / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
UPLOAD = "programme:import_upload"


@pytest.fixture
def officer(client: Client, planner: User) -> Client:
    """A browser in which a planning officer is signed in."""
    client.force_login(planner)
    return client


@pytest.fixture
def draft(planner: User) -> PlanImport:
    """A small plan under review."""
    return start_import(by=planner, file=read_file_of(plan_document()))[0]


def uploaded(client: Client, data: bytes, name: str = "ke-hoach.txt") -> object:
    return client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, data)})


def review_url(draft: PlanImport) -> str:
    return reverse("programme:import_review", args=[draft.pk])


@pytest.fixture(autouse=True)
def empty_storage() -> None:
    """Files are kept in memory and outlive a test: takes them away."""
    for name in stored_files():
        storages["private"].delete(name)


def stored_files() -> list[str]:
    storage = storages["private"]
    if not storage.exists("plans"):
        return []
    folders = [f"plans/{folder}" for folder in storage.listdir("plans")[0]]
    return [f"{folder}/{name}" for folder in folders for name in storage.listdir(folder)[1]]


def test_the_plan_of_2025_goes_in_as_a_file_and_stands_in_the_programme(
    officer: Client, department: Unit
) -> None:
    response = uploaded(officer, SAMPLE.read_bytes(), SAMPLE.name)
    draft = PlanImport.objects.get()
    assert (response.status_code, response["Location"]) == (302, review_url(draft))  # type: ignore[attr-defined, index]
    assert Plan.objects.count() == 0

    page = officer.get(review_url(draft)).content.decode()
    assert page.count('<article class="kv-item') == 16 + 14
    assert "4 cảnh báo" in page
    form = dict(re.findall(r'name="(unit-\d+)"[^>]*>\s*<option value="([^"]*)" selected', page))
    officer.post(review_url(draft), {"finish": "1", **form})

    plan = Plan.objects.get()
    assert (plan.tasks.count(), plan.duties.count(), plan.issuer) == (16, 14, department)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "trong.txt", "Tệp trống: hãy xuất hoặc sao chép lại văn bản."),
        (bytes(range(256)) * 20, "rac.bin", "Tệp không phải văn bản thuần, Word, PDF hay ảnh quét"),
        (b"%PDF-1.7\nnothing", "hong.pdf", "Tệp PDF bị hỏng hoặc thiếu"),
        (b"PK\x03\x04 broken", "hong.docx", "Tệp Word bị hỏng hoặc thiếu"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence_and_is_not_kept(
    officer: Client, data: bytes, name: str, sentence: str
) -> None:
    response = uploaded(officer, data, name)

    assert response.status_code == 422  # type: ignore[attr-defined]
    assert sentence in response.content.decode()  # type: ignore[attr-defined]
    assert (PlanImport.objects.count(), stored_files()) == (0, [])


def test_a_file_that_is_too_big_is_refused_before_it_is_read(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_views, "DEFAULT_LIMITS", Limits(file_bytes=1_000_000))
    response = uploaded(officer, b"x" * 1_000_001)

    assert "Tệp lớn hơn 1 MB" in response.content.decode()  # type: ignore[attr-defined]
    assert PlanImport.objects.count() == 0


def test_a_marked_document_is_refused_and_leaves_no_trace(
    officer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    text = "UBND THÀNH PHỐ HÀ NỘI\n\nTỐI MẬT\n\nKẾ HOẠCH\nVề việc hết sức riêng tư\n\n1. Nội dung.\n"
    response = uploaded(officer, text.encode())

    page = response.content.decode()  # type: ignore[attr-defined]
    assert "Văn bản mang dấu chỉ độ mật" in page
    assert "riêng tư" not in page + caplog.text
    assert (PlanImport.objects.count(), stored_files()) == (0, [])


def test_no_file_at_all_keeps_the_officer_on_the_form(officer: Client) -> None:
    response = officer.post(reverse(UPLOAD), {})

    assert (response.status_code, "Hãy chọn tệp kế hoạch trước." in response.content.decode()) == (422, True)


def test_uploading_the_same_file_again_leads_to_what_is_there(officer: Client, planner: User) -> None:
    uploaded(officer, SAMPLE.read_bytes())
    draft = PlanImport.objects.get()
    again = uploaded(officer, SAMPLE.read_bytes(), "ten-khac.txt")
    assert again["Location"] == review_url(draft)  # type: ignore[index]

    plan = carry_out_import(by=planner, plan_import=draft)
    response = officer.post(
        reverse(UPLOAD), {"file": SimpleUploadedFile("x.txt", SAMPLE.read_bytes())}, follow=True
    )
    assert response.redirect_chain[0][0] == plan.get_absolute_url()
    assert "Chính tệp này đã có trong chương trình. Không có gì thay đổi." in response.content.decode()
    assert (Plan.objects.count(), PlanImport.objects.count()) == (1, 1)


def test_text_of_a_plan_is_never_markup(officer: Client, planner: User) -> None:
    evil = "<script>alert('x')</script> & \"quoted\" <img src=x onerror=alert(1)>"
    document = plan_document(
        tasks=[evil, *TASKS],
        duties=[(f"Phòng {evil}", f"Chủ trì {evil}", "lead", (0,))],
        title=evil,
        warnings=(evil,),
    )
    draft, _ = start_import(by=planner, file=read_file_of(document, f"{evil[:40]}.txt"))
    page = officer.get(review_url(draft)).content.decode()
    plan = carry_out_import(by=planner, plan_import=draft)
    source = officer.get(reverse("programme:source", args=[plan.pk])).content.decode()

    for text in (page, source, officer.get(reverse("programme:imports")).content.decode()):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert escape(evil) in page


def test_an_item_links_to_its_sentence_and_back_without_javascript(
    officer: Client, draft: PlanImport
) -> None:
    page = officer.get(review_url(draft)).content.decode()

    for key in ("t0", "t3", "d4", "b0"):
        assert f'id="at-{key}"' in page
        assert f'href="#at-{key}"' in page
        assert f'href="#{key}"' in page
        assert f'id="{key}"' in page


def test_a_reading_without_places_is_shown_without_links(officer: Client, planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(without_places(plan_document())))
    page = officer.get(review_url(draft)).content.decode()

    assert 'id="at-t0"' not in page
    assert TASKS[0] in page


def test_pages_hold_no_inline_script_or_style(officer: Client, draft: PlanImport) -> None:
    page = officer.get(review_url(draft)).content.decode()
    ours = page[page.index('<div class="kv-page') : page.index('<div class="kv-bar">')]

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", ours)


def sent(draft: PlanImport, page: str, **changes: object) -> dict[str, object]:
    """What a browser would send of the page, with changes."""
    data: dict[str, object] = {
        name: value
        for select in re.findall(r'<select name="([^"]+)".*?</select>', page, re.DOTALL)
        for name, value in [(select, _selected(page, select))]
    }
    data["duties"] = re.findall(r'name="duties" value="(\d+)"', page)
    for name, value in re.findall(r'name="(duty-\d+)" value="(\d+)" checked', page):
        data.setdefault(name, [])
        data[name].append(value)  # type: ignore[attr-defined]
    return {**data, **changes}


def _selected(page: str, name: str) -> str:
    block = page.split(f'<select name="{name}"')[1].split("</select>", maxsplit=1)[0]
    return re.findall(r'<option value="([^"]*)" selected', block)[0]


def test_saving_half_way_without_javascript_comes_back_as_it_was_left(
    officer: Client, draft: PlanImport
) -> None:
    page = officer.get(review_url(draft)).content.decode()
    # The fourth duty is unticked, the fifth gets the fourth task by its number.
    data = sent(draft, page, save="1", **{"duty-3": [], "duty-4-other": "4"})
    response = officer.post(review_url(draft), data, follow=True)

    assert "Đã lưu lựa chọn." in response.content.decode()
    draft.refresh_from_db()
    assert (draft.link_choices["3"], draft.link_choices["4"], draft.state) == ([], [3], ImportState.DRAFT)
    assert (Plan.objects.count(), Task.objects.count()) == (0, 0)
    again = officer.get(review_url(draft)).content.decode()
    assert 'name="duty-4" value="3" checked' in again
    assert 'name="duty-3" value="2" checked' not in again


def test_choices_are_saved_as_one_goes(officer: Client, draft: PlanImport) -> None:
    page = officer.get(review_url(draft)).content.decode()
    data = sent(draft, page, **{"unit-1": "NEW", "unit-1-kind": "CENTRE"})
    response = officer.post(review_url(draft), data, headers={"Accept": "application/json"})

    assert response.json() == {"saved": True, "errors": {}, "reload": False}
    draft.refresh_from_db()
    assert draft.unit_choices["phong truyen thong so"] == "NEW:CENTRE"


def test_a_unit_may_be_named_by_its_abbreviation(
    officer: Client, draft: PlanImport, department: Unit
) -> None:
    page = officer.get(review_url(draft)).content.decode()
    data = sent(draft, page, **{"unit-1-other": "ttbcxb"})
    response = officer.post(review_url(draft), data, headers={"Accept": "application/json"})

    assert response.json() == {"saved": True, "errors": {}, "reload": True}
    draft.refresh_from_db()
    press = Unit.objects.get(short_name="TTBCXB")
    assert draft.unit_choices["phong truyen thong so"] == str(press.pk)


def test_what_cannot_be_understood_is_said_beside_its_field_and_kept(
    officer: Client, draft: PlanImport
) -> None:
    page = officer.get(review_url(draft)).content.decode()
    data = sent(draft, page, finish="1", **{"unit-1-other": "Phòng Không Có", "duty-0-other": "99"})
    response = officer.post(review_url(draft), data)

    again = response.content.decode()
    assert response.status_code == 422
    assert "Không có đơn vị nào trong danh mục tên là “Phòng Không Có”." in again
    assert "Không có nhiệm vụ số “99”." in again
    assert 'value="Phòng Không Có"' in again
    assert Plan.objects.count() == 0
    json = officer.post(review_url(draft), data, headers={"Accept": "application/json"})
    assert (json.status_code, sorted(json.json()["errors"])) == (422, ["duty-0", "unit-1"])


def test_finishing_sends_all_choices_along(officer: Client, draft: PlanImport) -> None:
    page = officer.get(review_url(draft)).content.decode()
    response = officer.post(review_url(draft), sent(draft, page, finish="1", **{"duty-4": ["3"]}))

    plan = Plan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert plan.tasks.get(ref="II.2.-2").duties.count() == 1
    assert officer.get(review_url(draft))["Location"] == plan.get_absolute_url()


def test_a_name_taken_meanwhile_is_said_and_nothing_is_made(officer: Client, draft: PlanImport) -> None:
    page = officer.get(review_url(draft)).content.decode()
    with unaudited("a colleague"):
        Unit.objects.create(name=DIGITAL, kind="DIVISION", path="9/")
    response = officer.post(review_url(draft), sent(draft, page, finish="1"))

    assert response.status_code == 422
    assert Plan.objects.count() == 0


def test_an_amended_plan_shows_what_it_adds_changes_and_drops(officer: Client, planner: User) -> None:
    first, _ = start_import(by=planner, file=read_file_of(plan_document()))
    plan = carry_out_import(by=planner, plan_import=first)
    tasks = ["Xây dựng ấn phẩm song ngữ.", TASKS[0], TASKS[1].replace("tổng hợp", "phân tích"), TASKS[2]]
    draft, _ = start_import(by=planner, file=read_file_of(plan_document(tasks)))
    page = officer.get(review_url(draft)).content.decode()

    assert "Rà soát kế hoạch sửa đổi" in page
    assert re.findall(r'kv-chip-\w+"><strong>(\d+)</strong> ([^<]+)<', page) == [
        ("1", "thêm mới"),
        ("1", "thay đổi"),
        ("1", "bỏ"),
        ("7", "giữ nguyên"),
    ]
    assert "<del>tổng hợp</del><ins>phân tích</ins>" in page
    assert f'<option value="{plan.pk}" selected>' in page
    assert "Không còn trong bản mới" in page

    officer.post(review_url(draft), sent(draft, page, save="1", amends=""))
    assert "Rà soát trước khi nhập" in officer.get(review_url(draft)).content.decode()


def test_discarding_asks_first(officer: Client, draft: PlanImport) -> None:
    url = reverse("programme:import_discard", args=[draft.pk])
    assert draft.filename in officer.get(url).content.decode()
    assert PlanImport.objects.get().state == ImportState.DRAFT

    assert officer.post(url)["Location"] == reverse("programme:imports")
    assert PlanImport.objects.get().state == ImportState.DISCARDED
    assert officer.get(review_url(draft))["Location"] == reverse("programme:imports")


def test_the_signed_file_comes_back_byte_by_byte_as_a_download(officer: Client, planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document(), "kế hoạch.html"))
    plan = carry_out_import(by=planner, plan_import=draft)
    response = officer.get(reverse("programme:source_file", args=[plan.pk, 1]))

    assert b"".join(response.streaming_content) == read_file_of(plan_document()).data  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_imports(
    officer: Client, planner: User, count: int
) -> None:
    for n in range(count):
        start_import(by=planner, file=read_file_of(plan_document(title=f"Kế hoạch tháng {n + 1} nghìn {n}")))
        other, _ = start_import(
            by=planner, file=read_file_of(plan_document(title=f"Chương trình {n} vạn {n}"))
        )
        carry_out_import(by=planner, plan_import=other)
    officer.get(reverse("programme:imports"))
    with CaptureQueriesContext(connection) as queries:
        officer.get(reverse("programme:imports"))

    assert len(queries) == LIST_QUERIES


LIST_QUERIES = 11


@pytest.mark.parametrize("amending", [False, True])
def test_the_review_of_500_tasks_stays_under_15_queries(
    officer: Client, planner: User, amending: bool
) -> None:
    document = plan_with_tasks(500)
    draft, _ = start_import(by=planner, file=read_file_of(document))
    if amending:
        carry_out_import(by=planner, plan_import=draft)
        shorter = dataclasses.replace(
            document, tasks=document.tasks[1:], paragraphs=(*document.paragraphs, "Sửa đổi.")
        )
        draft, _ = start_import(by=planner, file=read_file_of(shorter))
        assert draft.amends is not None
    officer.get(review_url(draft))
    with CaptureQueriesContext(connection) as queries:
        assert officer.get(review_url(draft)).status_code == 200

    assert len(queries) < 15


ALLOWED = {Role.PLANNING_OFFICER, Role.ADMINISTRATOR}
READERS = ALLOWED | {Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.AUDITOR}


@pytest.mark.parametrize("role", list(Role))
def test_every_page_for_every_role(
    role: Role, client: Client, planner: User, make_person: MakePerson, department: Unit
) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    done, _ = start_import(
        by=planner, file=read_file_of(plan_document(title="Một kế hoạch hoàn toàn khác hẳn"))
    )
    plan = carry_out_import(by=planner, plan_import=done)
    unit = Unit.objects.get(name="Phòng Tổ chức – Pháp chế")
    client.force_login(planner if role == Role.PLANNING_OFFICER else make_person(role, unit))

    imports = 200 if role in ALLOWED else 403
    source = 200 if role in READERS else 403
    assert {
        "list": client.get(reverse("programme:imports")).status_code,
        "upload": client.get(reverse(UPLOAD)).status_code,
        "review": client.get(review_url(draft)).status_code,
        "discard": client.get(reverse("programme:import_discard", args=[draft.pk])).status_code,
        "source": client.get(reverse("programme:source", args=[plan.pk])).status_code,
        "file": client.get(reverse("programme:source_file", args=[plan.pk, 1])).status_code,
    } == {
        "list": imports,
        "upload": imports,
        "review": imports,
        "discard": imports,
        "source": source,
        "file": source,
    }
    if role not in ALLOWED:
        refused = client.post(reverse(UPLOAD), {"file": SimpleUploadedFile("x.txt", b"x")})
        assert "Chỉ cán bộ tổng hợp kế hoạch và quản trị viên" in refused.content.decode()
        assert client.post(review_url(draft), {"finish": "1"}).status_code == 403
        assert Plan.objects.count() == 1


def test_who_is_not_signed_in_is_asked_to(client: Client, draft: PlanImport) -> None:
    for name, args in (("imports", []), ("import_upload", []), ("import_review", [draft.pk])):
        response = client.get(reverse(f"programme:{name}", args=args))
        assert (response.status_code, "login" in response["Location"]) == (302, True)


def fields_of(page: str, *names: str) -> dict[str, str]:
    """The hidden fields of a review page whose names are given."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {name: found[name] for name in names}


def test_a_window_overwrites_nothing_that_another_one_chose(officer: Client, draft: PlanImport) -> None:
    shown = officer.get(review_url(draft)).content.decode()
    press = fields_of(shown, "unit-0-was")
    legal = Unit.objects.get(name="Phòng Tổ chức – Pháp chế")
    officer.post(review_url(draft), {"unit-0": legal.pk, **press})
    links = fields_of(shown, "duty-0-was")

    # The other window still shows what stood before, and saves a tick of its own.
    officer.post(
        review_url(draft),
        {"unit-0": press["unit-0-was"], **press, "duties": ["0"], "duty-0": ["3"], **links},
    )

    draft.refresh_from_db()
    assert draft.unit_choices == {"phong thong tin bao chi xuat ban": str(legal.pk)}
    assert draft.link_choices == {"0": [3]}


def test_finishing_from_a_page_that_is_out_of_date_asks_to_look_again(
    officer: Client, draft: PlanImport
) -> None:
    shown = officer.get(review_url(draft)).content.decode()
    press = fields_of(shown, "unit-0-was")
    legal = Unit.objects.get(name="Phòng Tổ chức – Pháp chế")
    officer.post(review_url(draft), {"unit-0": legal.pk, **press})

    response = officer.post(review_url(draft), {"unit-0": press["unit-0-was"], **press, "finish": "1"})

    assert response.status_code == 422
    assert "một số lựa chọn đã được đổi ở cửa sổ khác" in response.content.decode()
    assert Plan.objects.count() == 0
    shown = officer.get(review_url(draft)).content.decode()
    press = fields_of(shown, "unit-0-was")
    assert press == {"unit-0-was": str(legal.pk)}
    response = officer.post(review_url(draft), {"unit-0": legal.pk, **press, "finish": "1"})
    assert response.status_code == 302
    assert Plan.objects.count() == 1


def amendment(planner: User, *, words: str, symbol: str | None = None) -> PlanImport:
    texts = (*TASKS[:3], words)
    return start_import(by=planner, file=read_file_of(plan_document(texts, symbol=symbol)))[0]


def test_a_plan_chosen_as_amended_is_compared_before_it_is_applied(
    officer: Client, planner: User, draft: PlanImport
) -> None:
    plan = carry_out_import(by=planner, plan_import=draft)
    other = amendment(planner, words="Xây dựng bộ nhận diện song ngữ.")
    choose_amended_plan(by=planner, plan_import=other, plan=None)

    response = officer.post(review_url(other), {"amends": plan.pk, "amends-was": "", "finish": "1"})

    assert response.status_code == 422
    assert "Hãy xem bản mới thêm, sửa và bỏ những gì rồi mới áp dụng." in response.content.decode()
    assert plan.versions.count() == 1


def test_a_newer_version_than_the_one_compared_with_is_looked_at_first(
    officer: Client, planner: User, draft: PlanImport
) -> None:
    plan = carry_out_import(by=planner, plan_import=draft)
    first = amendment(planner, words="Xây dựng bộ nhận diện song ngữ.")
    second = amendment(planner, words="Mở chuyên mục tiếng Anh trên cổng thông tin.")
    seen = fields_of(officer.get(review_url(second)).content.decode(), "seen-version")
    assert seen == {"seen-version": "1"}
    carry_out_import(by=planner, plan_import=first)

    response = officer.post(review_url(second), {**seen, "finish": "1"})

    assert response.status_code == 422
    assert "kế hoạch đã có phiên bản 2 từ một tệp khác" in response.content.decode()
    assert plan.versions.count() == 2
    assert officer.post(review_url(second), {"seen-version": "2", "finish": "1"}).status_code == 302
    assert plan.versions.count() == 3


def test_a_name_that_two_units_bear_is_asked_for(
    officer: Client, planner: User, department: Unit, draft: PlanImport
) -> None:
    with unaudited("two units of one name"):
        twins = [
            Unit.objects.create(name="Phòng Truyền thông số", kind="DIVISION", parent=department)
            for _ in range(2)
        ]
    page = officer.get(review_url(draft)).content.decode()
    assert "Có nhiều đơn vị trùng tên" in page
    place = re.search(r'name="unit-(\d+)-was" value=""', page)
    assert place is not None
    field = f"unit-{place[1]}"

    refused = officer.post(review_url(draft), {field: "", f"{field}-was": "", "finish": "1"})
    assert refused.status_code == 422
    assert Plan.objects.count() == 0
    with pytest.raises(ValidationError, match="Phòng Truyền thông số"):
        carry_out_import(by=planner, plan_import=draft)
    assert Plan.objects.count() == 0

    officer.post(review_url(draft), {field: twins[1].pk, f"{field}-was": "", "finish": "1"})
    assert Plan.objects.get().duties.get(unit_name="Phòng Truyền thông số").unit == twins[1]


def test_a_unit_that_had_ended_is_marked_for_a_look(officer: Client, planner: User, department: Unit) -> None:
    with unaudited("a unit that ended"):
        Unit.objects.create(
            name="Phòng Truyền thông số", kind="DIVISION", parent=department, valid_to=date(2024, 12, 31)
        )
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    assert "Không tồn tại vào ngày của kế hoạch" in officer.get(review_url(draft)).content.decode()


def test_an_amendment_without_a_head_leaves_the_plan_its_own(planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document(symbol="48/KH-SVHTT")))
    plan = carry_out_import(by=planner, plan_import=draft)
    bare = dataclasses.replace(
        plan_document(TASKS[:3]), title=None, symbol=None, issuer=None, date=None, period=None, type=None
    )
    other, _ = start_import(by=planner, file=read_file_of(bare))
    choose_amended_plan(by=planner, plan_import=other, plan=plan)
    carry_out_import(by=planner, plan_import=other)

    kept = Plan.objects.get()
    names = ("title", "type", "symbol", "number", "issuer_name", "issuer_id", "signed_date", "period_first")
    assert {name: getattr(kept, name) for name in names} == {name: getattr(plan, name) for name in names}
    assert kept.symbol == "48/KH-SVHTT"


def test_a_plan_of_the_same_title_by_another_body_is_no_amendment(planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_document()))
    carry_out_import(by=planner, plan_import=draft)
    citys = dataclasses.replace(plan_document(TASKS[:3]), issuer="Ủy ban nhân dân thành phố Hà Nội")
    other, _ = start_import(by=planner, file=read_file_of(citys))
    assert other.amends is None


def test_a_long_review_comes_in_parts_that_link_to_each_other(officer: Client, planner: User) -> None:
    draft, _ = start_import(by=planner, file=read_file_of(plan_with_tasks(130)))
    first = officer.get(review_url(draft)).content.decode()
    shown = re.findall(r'<article class="kv-item" id="([td]\d+)"', first)
    assert shown == [f"t{n}" for n in range(60)] + [f"d{n}" for n in range(60)]
    assert 'href="?tasks=3&amp;duties=1#t129"' in first
    assert 'href="#t5"' in first

    # The button of another part saves what is ticked here.
    response = officer.post(
        review_url(draft),
        {"duties": ["0"], "duty-0": ["7"], "duty-0-was": "0", "page": "?tasks=1&duties=3#duties-heading"},
    )
    assert response["Location"] == f"{review_url(draft)}?tasks=1&duties=3#duties-heading"
    draft.refresh_from_db()
    assert draft.link_choices == {"0": [7]}
    last = officer.get(response["Location"].partition("#")[0]).content.decode()
    shown = re.findall(r'<article class="kv-item" id="(d\d+)"', last)
    assert shown == [f"d{n}" for n in range(120, 130)]

    outside = officer.post(review_url(draft), {"page": "//elsewhere.example/"})
    assert outside["Location"] == review_url(draft)


def test_a_choice_for_an_import_that_ended_is_answered_in_one_sentence(
    officer: Client, planner: User, draft: PlanImport
) -> None:
    discard_import(by=planner, plan_import=draft)
    response = officer.post(review_url(draft), {"unit-0": "NEW"}, headers={"Accept": "application/json"})
    assert response.status_code == 409
    assert response.json() == {
        "saved": False,
        "errors": {"form": "Lần nhập này đã bị bỏ. Hãy tải tệp lên lại."},
    }


def test_a_signed_file_that_is_gone_from_the_disk_is_said_so(
    officer: Client, planner: User, draft: PlanImport
) -> None:
    plan = carry_out_import(by=planner, plan_import=draft)
    version = plan.versions.get()
    version.file.storage.delete(str(version.file.name))
    assert officer.get(reverse("programme:source_file", args=[plan.pk, 1])).status_code == 404
