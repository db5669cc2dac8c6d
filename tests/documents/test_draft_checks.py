"""What the checks of a draft take from the register and the organisation."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from khuevan.core import clock
from khuevan.core.recording import unaudited
from khuevan.documents.choices import Direction, DocumentState
from khuevan.documents.models import Document, Draft, LegalBasis
from khuevan.documents.presenters.checks import check_sentence, checks_view
from khuevan.documents.rules import checks_of, errors_of
from khuevan.people.models import Post
from khuevan.plain.official_documents.checks import RULES
from tests.factories.documents import CorrespondentFactory, NumberBookFactory
from tests.factories.reviews import BASIS, DAY, House, at, draft_in, house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.stopped_at(at(DAY)), translation.override("vi"):
        yield


def registered(work: House, symbol: str, issued: date, **values) -> Document:
    with unaudited("a document of the register"):
        return Document.objects.create(
            direction=Direction.IN,
            book=values.pop("book", None) or NumberBookFactory(direction=Direction.IN, unit=work.department),
            symbol=symbol,
            issued_date=issued,
            title=values.pop("title", "Quy chế quản lý hoạt động thông tin đối ngoại của thành phố Hà Nội"),
            issuer_name=values.pop("issuer_name", "Ủy ban nhân dân Thành phố"),
            received_date=DAY,
            registered_at=at(DAY),
            registered_by=work.clerk,
            **values,
        )


def codes(draft: Draft) -> list[str]:
    return [item.finding.rule.code for item in checks_of(Draft.objects.get(pk=draft.pk), DAY)]


def test_draft_in_order_passes():
    work = house()
    assert codes(draft_in(work)) == []


def test_basis_that_nobody_confirmed_stands_in_the_way():
    work = house()
    draft = draft_in(work)
    with unaudited("nobody vouches for it"):
        LegalBasis.objects.update(confirmed_at=None, confirmed_by=None)
    assert codes(draft) == ["LB1"]
    # The register has it, under the number as a clerk typed it.
    registered(work, "16/2020/QĐ-UBND", date(2020, 8, 17))
    assert codes(draft) == []


def test_basis_of_the_register_is_in_force():
    work = house()
    draft = draft_in(work)
    successor = registered(work, "20/2025/QĐ-UBND", date(2025, 5, 20))
    old = registered(
        work,
        "16/2020/QĐ-UBND",
        date(2020, 8, 17),
        state=DocumentState.REPLACED,
        replaced_by=successor,
        handling_unit=work.division,
    )
    with unaudited("picked from the register"):
        LegalBasis.objects.update(document=old, confirmed_at=None, confirmed_by=None)
    told = errors_of(Draft.objects.get(pk=draft.pk), DAY)
    assert [(item.finding.rule.code, item.finding.found.meant) for item in told] == [
        ("LB2", "20/2025/QĐ-UBND")
    ]
    # Of a document that whoever drafts may not read a finding says only that it is no longer in force.
    with unaudited("another unit handles it"):
        old.handling_unit = work.office
        old.save()
    told = errors_of(Draft.objects.get(pk=draft.pk), DAY)
    assert [(item.finding.rule.code, item.finding.found.meant) for item in told] == [("LB2", "")]


def test_date_of_the_register_is_asked_for():
    work = house()
    draft = draft_in(work)
    registered(work, "16/2020/QĐ-UBND", date(2020, 8, 18))
    assert [check_sentence(item.finding) for item in checks_of(draft, DAY)] == [
        "Văn bản có trong sổ được viện dẫn đúng ngày đã vào sổ. (Căn cứ 1: “Quyết định số 16/2020/QĐ-UBND ngày"
        " 17/8/2020 của UBND Thành phố”)"
    ]


@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize(
    ("issued", "title", "issuer", "code", "meant"),
    [
        (date(2020, 8, 18), "Quy chế thông tin đối ngoại", "Ủy ban nhân dân Thành phố", "CI2", "18/08/2020"),
        (date(2020, 8, 18), "Quy chế thông tin đối ngoại", "", "CI3", "18/08/2020"),
        (
            date(2020, 8, 17),
            "Phân bổ kinh phí sửa chữa trụ sở năm 2020",
            "Ủy ban nhân dân Thành phố",
            "CI4",
            "Phân bổ kinh phí sửa chữa trụ sở năm 2020",
        ),
    ],
)
def test_finding_shows_nothing_of_a_document_that_the_drafter_may_not_read(
    readable, issued, title, issuer, code, meant
):
    work = house()
    draft = draft_in(work)
    unit = work.division if readable else work.office
    registered(work, "16/2020/QĐ-UBND", issued, title=title, issuer_name=issuer, handling_unit=unit)
    assert [(item.finding.rule.code, item.finding.found.meant) for item in checks_of(draft, DAY)] == [
        (code, meant if readable else "")
    ]


def test_names_of_correspondents_and_units_are_known():
    work = house()
    CorrespondentFactory(name="Hội Hữu nghị Việt Nam - Nhật Bản", other_names="Hội hữu nghị Việt - Nhật\n")
    blocks = ["Mời Hội Hữu nghị Việt Nan - Nhật Bản; TTS và TTBCXB tham gia."]
    sections = [{"label": "I", "heading": "MỤC ĐÍCH", "blocks": blocks, "children": []}]
    found = checks_of(draft_in(work, text={"sections": sections}), DAY)
    assert [(item.finding.rule.code, item.finding.found.meant) for item in found] == [
        ("BD2", "Hội Hữu nghị Việt Nam - Nhật Bản")
    ]


def test_signer_who_left_the_post_no_longer_signs():
    work = house()
    draft = draft_in(work)
    Post.objects.filter(person=work.director)._update_unseen({"to_date": date(2025, 6, 1)})
    assert codes(draft) == ["SG5"]


def test_deputy_signs_for_the_head():
    work = house()
    assert codes(draft_in(work, signer=work.deputy)) == []
    assert codes(draft_in(work, signer=work.deputy, authority="HEAD")) == ["SG5"]


def test_checks_ask_the_same_queries_however_much_is_cited():
    work = house()
    one, three = draft_in(work), draft_in(work, text={"legal_bases": [BASIS, "Luật Báo chí", "Luật Thủ đô"]})
    counts = []
    for draft in (one, three):
        fresh = Draft.objects.select_related("book__unit", "type", "unit", "signer").get(pk=draft.pk)
        with CaptureQueriesContext(connection) as asked:
            checks_of(fresh, DAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] < 12


def test_findings_stand_by_subject_with_their_places():
    work = house()
    draft = draft_in(work, text={"place": "", "recipients": [{"name": "UBND Thành phố", "purpose": None}]})
    view = checks_view(checks_of(draft, DAY))
    assert (view.errors, view.warnings, view.confirmed, view.is_clear) == (2, 0, 0, False)
    assert [(subject, [rule.code for rule in rules]) for subject, rules in view.subjects] == [
        ("Thể thức và nội dung", ["FM3"]),
        ("Kính gửi và nơi nhận", ["RC1"]),
    ]


def test_every_rule_speaks_vietnamese():
    untranslated = [
        rule.code
        for rule in RULES
        if translation.gettext(rule.message) == rule.message
        or translation.gettext(rule.remedy) == rule.remedy
    ]
    assert untranslated == []
