"""The page of the audit trail: what it says, what it lets through, what it costs, and that it only reads."""

from __future__ import annotations

import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver, reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from khuevan.core import clock
from khuevan.core.actions import action, note
from khuevan.core.audit_chain import chain_state, link_entries
from khuevan.core.audit_links import AuditLink
from khuevan.core.models import AuditEntry
from khuevan.core.trail import ENTRIES_A_PAGE, Place, TrailCriteria, entries_asked_for
from khuevan.people.actions import appoint, end_post, rename_unit
from khuevan.people.choices import Role
from khuevan.people.models import Unit, UnitAlias, User
from khuevan.plain.audit_file import TrailFile
from khuevan.plain.folding import fold
from tests.factories.people import PostFactory, UnitFactory, UserFactory, person_with_role

pytestmark = pytest.mark.django_db

URL = "/quan-tri/nhat-ky/"


@pytest.fixture
def auditor(client) -> User:
    """Somebody who may see the trail, signed in."""
    person = person_with_role(Role.AUDITOR)
    client.force_login(person)
    return person


@action
def name_unit(*, by: User, unit: Unit, name: str) -> None:
    unit.name = name
    unit.save()


@action
def remove_alias(*, by: User, alias: UnitAlias) -> None:
    alias.delete()


def entry(label: str, at: datetime, person: User | None = None, **values: object) -> AuditEntry:
    """An entry as an action would have left it at another time."""
    written = AuditEntry(
        **{
            "by": person or UserFactory(),
            "verb": "name_unit",
            "kind": "NOTED",
            "target_type": ContentType.objects.get_for_model(Unit),
            "target_id": 1,
            "batch": uuid.UUID(int=1),
            "at": at,
            "target_label": label,
            "target_folded": fold(label),
        }
        | values
    )
    written.save()
    return written


def noon(day: int, second: int = 0) -> datetime:
    return timezone.make_aware(datetime(2025, 11, day, 12, 0, second))


def words(html: str) -> str:
    """The text between the tags, one space between its words."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def text_of(response) -> str:
    """The text of the page's main part."""
    return words(response.content.decode().split('<div class="trail">')[1].split("</main>")[0])


def lines(response) -> list[str]:
    """The text of each entry on the page."""
    found = re.findall(r'<li class="trail-entry">(.*?)</li>', response.content.decode(), re.DOTALL)
    return [words(each) for each in found]


def test_page_says_who_did_what_when_and_from_what_to_what(client, auditor):
    person = person_with_role(Role.ADMINISTRATOR)
    User.objects.filter(pk=person.pk).update(full_name="Trần Văn Quản")
    unit = UnitFactory(name="Phòng cũ")
    with clock.stopped_at(noon(20)), translation.override("vi"):
        rename_unit(by=person, unit=unit, name="Phòng mới", day=date(2025, 11, 20))
    link_entries()
    assert lines(client.get(URL)) == [
        "12:00:00 Trần Văn Quản · Thêm tên khác của đơn vị đã tạo tên khác Phòng cũ "
        "Tên Phòng cũ Đơn vị Phòng mới Dùng đến ngày 19/11/2025 vị trí 2",
        "12:00:00 Trần Văn Quản · Đổi tên đơn vị đã sửa đơn vị Phòng mới "
        "Tên Phòng cũ → đổi thành Phòng mới vị trí 1",
    ]


def test_values_are_in_words(client, auditor):
    person = UserFactory(full_name="Lê Thị Cán Bộ")
    unit, holder = UnitFactory(name="Phòng A"), UserFactory(full_name="Vũ Thị Giám")
    with clock.stopped_at(noon(20)), translation.override("vi"):
        post = appoint(
            by=person_with_role(Role.ADMINISTRATOR),
            person=holder,
            unit=unit,
            role=Role.EDITOR,
            from_date=date(2025, 11, 1),
        )
        end_post(by=person_with_role(Role.ADMINISTRATOR), post=post, day=date(2025, 11, 30))
        name_unit(by=person, unit=unit, name="Phòng B")
    shown = [line.split(" đã ", 1)[1] for line in lines(client.get(URL))]
    assert shown == [
        "sửa đơn vị Phòng B Tên Phòng A → đổi thành Phòng B chờ nối",
        "sửa chức vụ Vũ Thị Giám, biên tập viên Đến ngày trống → đổi thành 30/11/2025 chờ nối",
        "tạo chức vụ Vũ Thị Giám, biên tập viên Từ ngày 01/11/2025 Người Vũ Thị Giám "
        # As the unit is called now: the trail's latest name of it.
        "Vai trò biên tập viên Đơn vị Phòng B chờ nối",
    ]


def test_deleted_records_keep_their_names(client, auditor):
    unit = UnitFactory(name="Phòng A")
    rename_unit(by=person_with_role(Role.ADMINISTRATOR), unit=unit, name="Phòng B", day=date(2025, 11, 20))
    remove_alias(by=auditor, alias=UnitAlias.objects.get())
    [deleted, *_others] = lines(client.get(URL))
    assert (
        "remove_alias đã xóa tên khác Phòng A Tên Phòng A Đơn vị Phòng B Dùng đến ngày 19/11/2025" in deleted
    )


def test_action_without_a_name_is_shown_by_its_code(client, auditor):
    name_unit(by=auditor, unit=UnitFactory(), name="Phòng A")
    response = client.get(URL)
    assert "<code>name_unit</code>" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"shown": [None, True]}, "Shown có"),
        ({"list": [["a"], ["a", "b"]]}, "List a → đổi thành a, b"),
        ({"map": [None, {"a": 1}]}, "Map {&quot;a&quot;: 1}"),
        ({"reading": [None, "sha256:0123456789ab"]}, "Reading nội dung có dấu vân tay 0123456789ab"),
        ({"parent": [None, 987654]}, "Thuộc số 987654"),
        ({"parent": [[1], 2**70]}, f"Thuộc 1 → đổi thành số {2**70}"),
        ({"kind": [["WARD"], "WARD"]}, "Loại WARD → đổi thành phường"),
        ({"valid_to": ["no day", "2025-11-24"]}, "Đến ngày no day → đổi thành 24/11/2025"),
        ({"odd": "no pair"}, "Odd no pair"),
        ({"name": ["<script>", "&"]}, "Tên &lt;script&gt; → đổi thành &amp;"),
    ],
)
def test_whatever_an_entry_holds_is_shown(client, auditor, changes, shown):
    entry("Phòng A", noon(20), changes=changes)
    [line] = lines(client.get(URL))
    assert line.endswith(f"Phòng A {shown} chờ nối")


def test_kind_of_record_that_is_gone_is_shown_by_its_code(client, auditor):
    gone = ContentType.objects.create(app_label="people", model="committee")
    entry("Ban A", noon(20), target_type=gone, changes={"head": [1, 2]})
    response = client.get(URL)
    assert lines(response)[0].endswith("committee Ban A Head 1 → đổi thành 2 chờ nối")
    narrowed = client.get(URL, {"kind": gone.pk}).content.decode()
    assert f'<option value="{gone.pk}" selected>Committee</option>' in narrowed


def test_long_values_begin_where_they_differ(client, auditor):
    same = "Nội dung giữ nguyên của nhiệm vụ " * 20
    entry("A", noon(20), kind="CHANGED", changes={"name": [f"{same}cũ.", f"{same}mới và dài hơn."]})
    content = client.get(URL).content.decode()
    excerpts = re.findall(r"<summary>(…[^<]*)</summary>", content)
    assert excerpts == [
        "…nhiệm vụ Nội dung giữ nguyên của nhiệm vụ cũ.",
        "…nhiệm vụ Nội dung giữ nguyên của nhiệm vụ mới và dài hơn.",
    ]
    assert f'<span class="trail-whole">{same}cũ.</span>' in content


def test_many_fields_open_on_demand(client, auditor):
    entry("A", noon(20), changes={f"field{number}": [None, number + 1] for number in range(5)})
    assert re.search(r"<summary>\s*5 trường\s*</summary>", client.get(URL).content.decode())


@pytest.fixture
def three_entries() -> dict[str, AuditEntry]:
    """Three entries on three days by three people about two kinds of records, the first two linked."""
    names = ("Trần Văn Một", "Lê Thị Hai", "Vũ Văn Ba")
    people = [UserFactory(full_name=name) for name in names]
    found = {
        "one": entry("Lễ hội Gióng", noon(1), people[0], verb="first_deed", target_id=7),
        "two": entry("Phòng Đối ngoại", noon(2), people[1], verb="second_deed", target_id=8),
    }
    link_entries()
    user_type = ContentType.objects.get_for_model(User)
    found["three"] = entry(
        "Lễ khai mạc", noon(3), people[2], verb="second_deed", target_type=user_type, target_id=7
    )
    return found


@pytest.mark.parametrize(
    ("wishes", "labels"),
    [
        ({}, ["Lễ khai mạc", "Phòng Đối ngoại", "Lễ hội Gióng"]),
        ({"q": "le"}, ["Lễ khai mạc", "Lễ hội Gióng"]),
        ({"q": "HOI  giong"}, ["Lễ hội Gióng"]),
        ({"q": "đối"}, ["Phòng Đối ngoại"]),
        ({"q": "100%"}, []),
        ({"verb": "second_deed"}, ["Lễ khai mạc", "Phòng Đối ngoại"]),
        ({"person": "two"}, ["Phòng Đối ngoại"]),
        ({"kind": "unit"}, ["Phòng Đối ngoại", "Lễ hội Gióng"]),
        ({"kind": "unit", "record": "7"}, ["Lễ hội Gióng"]),
        ({"record": "7"}, ["Lễ khai mạc", "Phòng Đối ngoại", "Lễ hội Gióng"]),
        ({"first": "2025-11-02"}, ["Lễ khai mạc", "Phòng Đối ngoại"]),
        ({"last": "02/11/2025"}, ["Phòng Đối ngoại", "Lễ hội Gióng"]),
        ({"first": "2025-11-02", "last": "2025-11-02"}, ["Phòng Đối ngoại"]),
        ({"position": "2"}, ["Phòng Đối ngoại"]),
        ({"position": "3"}, []),
    ],
)
def test_filters_let_through_what_meets_them(client, auditor, three_entries, wishes, labels):
    asked = dict(wishes)
    if "person" in asked:
        asked["person"] = str(three_entries[asked["person"]].by_id)
    if "kind" in asked:
        asked["kind"] = str(ContentType.objects.get_for_model(Unit).pk)
    response = client.get(URL, asked)
    found = re.findall(r'record=\d+">([^<]*)</a>', response.content.decode())
    assert found == labels
    assert f"{len(labels)} mục" in text_of(response)


@pytest.mark.parametrize(
    ("wishes", "error"),
    [
        ({"first": "2025-11-03", "last": "2025-11-02"}, "Ngày cuối trước ngày đầu."),
        ({"first": "0001-01-01"}, "1900"),
        ({"first": "soon"}, "ngày"),
        ({"verb": "x" * 101}, "100"),
        ({"person": "999999999999999999999"}, "999999999999999999999"),
        ({"kind": "x"}, "x"),
        ({"position": "0"}, "1"),
        ({"q": "a" * 300}, "200"),
    ],
)
def test_wish_that_is_not_understood_is_an_error(client, auditor, three_entries, wishes, error):
    response = client.get(URL, wishes)
    [told] = re.findall(r'<p class="trail-error"[^>]*>(.*?)</p>', response.content.decode())
    assert error in told
    assert '<details class="trail-narrow" open>' in response.content.decode()


@pytest.mark.parametrize(
    "wishes",
    [
        {"q": "a\x00b"},
        {"before": "x"},
        {"before": "9" * 30},
        {"after": "-1"},
        {"position": str(2**70)},
        {"record": "-5", "kind": "x"},
        {"before": "²"},
        {"before": "9" * 18 + "-1"},
        {"kind": str(2**70)},
        {"kind": "9" * 18},
    ],
)
def test_odd_addresses_are_answered(client, auditor, three_entries, wishes):
    assert client.get(URL, wishes).status_code == 200


def test_pages_turn_by_the_place_in_time(client, auditor):
    """Written in another order than they happened, several in one moment: none is lost, none comes twice."""
    person, count = UserFactory(), 2 * ENTRIES_A_PAGE + 7
    order = [(number * 37) % count for number in range(count)]
    for number in order:
        entry(f"N{number:03}", noon(1, number // 4), person)
    newest_first = list(AuditEntry.objects.order_by("-at", "-pk").values_list("target_label", flat=True))
    assert newest_first == [
        label
        for _moment, _key, label in sorted(
            ((e.at, e.pk, e.target_label) for e in AuditEntry.objects.all()), reverse=True
        )
    ]

    def turn(url: str, rel: str | None) -> tuple[list[str], str]:
        content = client.get(url).content.decode()
        labels = re.findall(r'record=\d+">([^<]*)</a>', content)
        link = re.search(rf'<a href="([^"]*)" rel="{rel}">', content)
        return labels, URL + link[1].replace("&amp;", "&") if link else ""

    collected, url = [], URL + "?q=n"
    while url:
        here = url
        labels, url = turn(url, "next")
        collected.append(labels)
    assert [len(page) for page in collected] == [ENTRIES_A_PAGE, ENTRIES_A_PAGE, 7]
    assert list(chain.from_iterable(collected)) == newest_first

    back, url = [], here
    while url:
        labels, url = turn(url, "prev")
        back.insert(0, labels)
    assert list(chain.from_iterable(back))[-count:] == newest_first


@given(st.datetimes(min_value=datetime(1, 1, 3), timezones=st.just(UTC)), st.integers(0, 10**18 - 1))
def test_place_is_read_as_it_was_written(at, key):
    assert Place.read(str(Place(at, key))) == Place(at, key)


@given(st.text() | st.from_regex(r"-?[0-9]{1,20}-[0-9]{1,20}", fullmatch=True))
def test_any_text_is_a_place_or_none(text):
    assert Place.read(text) is None or isinstance(Place.read(text), Place)


def test_page_before_the_first_entry_leads_back(client, auditor):
    first = entry("A", noon(1))
    content = client.get(URL, {"before": str(Place.of(first))}).content.decode()
    assert words(re.search(r'<nav class="trail-pages".*?</nav>', content, re.DOTALL)[0]) == "Mới nhất"
    assert "Chưa có mục nào" not in content


def test_chain_is_shown_with_its_digest_and_what_waits(client, auditor):
    assert "Số mục trong chuỗi 0 Nối gần nhất chưa có Chờ nối 0" in text_of(client.get(URL))
    entry("A", noon(1))
    entry("B", noon(2))
    link_entries()
    entry("C", noon(3))
    response = client.get(URL)
    linked_at = timezone.localtime(AuditLink.objects.get(position=2).linked_at)
    assert f"Số mục trong chuỗi 2 Nối gần nhất {linked_at:%H:%M %d/%m/%Y} Chờ nối 1" in text_of(response)
    shown = re.search(r'<p class="trail-digest".*?</p>', response.content.decode(), re.DOTALL)
    assert words(shown[0]).replace(" ", "") == chain_state().head


def test_file_is_the_whole_chain_with_what_waited_tied_in(client, auditor):
    User.objects.filter(pk=auditor.pk).update(full_name="Bùi Thị Kiểm", username="kiemtra")
    entry("A", noon(1))
    link_entries()
    entry("B", noon(2))
    with clock.stopped_at(noon(24)):
        response = client.get(reverse("audit:export"))
    content = b"".join(response.streaming_content)
    assert response.headers["Content-Type"] == "application/jsonl"
    assert response.headers["Content-Disposition"] == 'attachment; filename="nhat-ky-2025-11-24-1200.jsonl"'
    file = TrailFile(io.BytesIO(content))
    assert file.made_by == "Bùi Thị Kiểm (kiemtra)"
    assert list(file.findings()) == []
    assert (file.entries, file.head) == (2, chain_state().head)


def test_nothing_here_can_be_posted(client, auditor):
    for pattern in get_resolver("khuevan.core.urls").url_patterns:
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(reverse(f"audit:{pattern.name}")).status_code == 405
    content = client.get(URL).content.decode()
    assert re.findall(r'<form[^>]*method="(\w+)"', content.split('<div class="trail">')[1]) == ["get"]


@pytest.mark.parametrize(
    ("role", "shown"),
    [(Role.AUDITOR, True), (Role.ADMINISTRATOR, True), (Role.DIRECTOR, True), (Role.PLANNING_OFFICER, False)],
)
def test_menu_leads_there_for_those_who_may(client, role, shown):
    client.force_login(person_with_role(role))
    content = client.get("/quan-tri/").content.decode()
    assert ('"url": "/quan-tri/nhat-ky/"' in content) is shown


def test_refusal_says_why(client):
    client.force_login(person_with_role(Role.CLERK))
    response = client.get(URL)
    assert (response.status_code, response.url) == (302, "/quan-tri/")


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_whatever_its_length(client, auditor, count, django_assert_num_queries):
    """Entries of several kinds whose values lead to people, to units in the trail and to units outside it."""
    for number in range(count):
        unit, parent = UnitFactory(name=f"Phòng {number}"), UnitFactory()
        manager = person_with_role(Role.ADMINISTRATOR)
        rename_unit(by=manager, unit=unit, name=f"Ban {number}", day=date(2025, 11, 20))
        post = PostFactory(unit=parent)
        end_post(by=person_with_role(Role.ADMINISTRATOR), post=post, day=date(2025, 11, 30))
        entry(
            f"Chức vụ {number}",
            noon(1),
            target_type=ContentType.objects.get_for_model(post),
            changes={"person": [UserFactory().pk, UserFactory().pk], "unit": [unit.pk, parent.pk]},
        )
    link_entries()
    client.get(URL)  # content types and the like are read once a process
    with django_assert_num_queries(QUERIES):
        assert len(lines(client.get(URL))) == 4 * count
    with django_assert_num_queries(QUERIES):
        client.get(URL, {"q": "chuc vu", "first": "2025-01-01"})


QUERIES = 15


def test_every_note_of_an_account_is_shown(client, auditor):
    @action
    def praise(*, by: User) -> None:
        note(auditor, {"praise": [None, "yes"]})

    praise(by=auditor)
    assert lines(client.get(URL))[0].endswith(f"tài khoản {auditor.full_name} Praise yes chờ nối")


def test_days_are_those_of_the_office():
    """Five in the morning in Hà Nội is still the day before in UTC."""
    early = timezone.make_aware(datetime(2025, 11, 20, 5, 0))
    found = entry("A", early)
    entry("B", early - timedelta(hours=6))
    asked = entries_asked_for(TrailCriteria(first_day=date(2025, 11, 20), last_day=date(2025, 11, 20)))
    assert list(asked) == [found]
