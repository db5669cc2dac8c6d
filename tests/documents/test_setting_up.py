"""Types, books of numbers, correspondents: what is set up once, and what stays once numbers rest on it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from khuevan.core import clock
from khuevan.core.models import AuditEntry
from khuevan.documents.actions import issue_document, keep_correspondent, keep_document_type, keep_number_book
from khuevan.documents.models import CitedName, Correspondent, DocumentType, NumberBook
from khuevan.documents.queries import correspondents_named
from tests.factories.documents import DAY, approved_draft, came_in, registry, type_named
from tests.factories.work import at

pytestmark = pytest.mark.django_db


def test_names_of_a_correspondent_follow_it():
    office = registry()
    with clock.stopped_at(at(DAY)):
        body = keep_correspondent(
            by=office.clerk,
            correspondent=Correspondent(
                name="Bộ Văn hóa, Thể thao và Du lịch", other_names="Bộ VHTTDL\nBộ VH,TT&DL"
            ),
        )
        body.other_names = "Bộ VHTTDL"
        keep_correspondent(by=office.clerk, correspondent=body)
    assert sorted(CitedName.objects.values_list("folded", flat=True)) == [
        "bo van hoa the thao va du lich",
        "bo vhttdl",
    ]
    assert correspondents_named(["BỘ VHTTDL", "Bộ VH,TT&DL"]) == {"BỘ VHTTDL": body}


@pytest.mark.parametrize(("name", "value"), [("per_type", False), ("direction", "IN")])
def test_a_book_keeps_what_its_numbers_rest_on(name, value):
    office = registry()
    with clock.stopped_at(at(DAY)):
        issue_document(by=office.clerk, draft=approved_draft(office))
        book = NumberBook.objects.get(pk=office.outgoing.pk)
        setattr(book, name, value)
        with pytest.raises(ValidationError):
            keep_number_book(by=office.clerk, book=book)
        renamed = NumberBook.objects.get(pk=office.outgoing.pk)
        renamed.name = "Sổ văn bản đi 2025"
        keep_number_book(by=office.clerk, book=renamed)
    assert NumberBook.objects.get(pk=office.outgoing.pk).name == "Sổ văn bản đi 2025"


def test_a_type_keeps_the_code_under_which_numbers_were_given():
    office = registry()
    with clock.stopped_at(at(DAY)):
        issue_document(by=office.clerk, draft=approved_draft(office))
        kind = type_named("Kế hoạch")
        kind.code = "K"
        with pytest.raises(ValidationError):
            keep_document_type(by=office.clerk, document_type=kind)
        other = type_named("Đề án")
        other.code = "DeA"
        keep_document_type(by=office.clerk, document_type=other)
    assert DocumentType.objects.get(name="Đề án").code == "DeA"


def test_a_document_finds_its_sender_by_any_name(client):
    office = registry()
    with clock.stopped_at(at(DAY)):
        keep_correspondent(by=office.clerk, correspondent=Correspondent(name="Sở Du lịch", other_names="SDL"))
        came_in(office)
    assert correspondents_named(["SDL", "sở du lịch", "Sở Nội vụ"]).keys() == {"SDL", "sở du lịch"}


def test_the_pages_store_by_actions(client):
    office = registry()
    client.force_login(office.clerk)
    saved = client.post(
        reverse("correspondents:add"), {"name": "  Sở   Du lịch ", "other_names": "SDL", "channel": "PRINTED"}
    )
    body = Correspondent.objects.get()
    assert (saved.status_code, body.name) == (302, "Sở Du lịch")
    assert sorted(body.cited_names.values_list("folded", flat=True)) == ["sdl", "so du lich"]
    saved = client.post(
        reverse("number_books:add"),
        {
            "name": "Sổ giấy mời",
            "direction": "OUT",
            "unit": office.department.pk,
            "body_code": "SVHTT",
            "width": 2,
        },
    )
    assert saved.status_code == 302
    entries = AuditEntry.objects.filter(by=office.clerk).values_list("verb", flat=True)
    assert sorted(entries) == ["keep_correspondent", "keep_number_book"]
