"""Each rule on a document that breaks it, and on those that nearly do."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from khuevan.plain.official_documents import read_file
from khuevan.plain.official_documents.checks import RULES, Basis, Body, Facts, KnownDocument, Signer
from khuevan.plain.official_documents.document import Recipient, Signatory
from khuevan.plain.official_documents.writing.composition import Annex, Section, Table, paragraph
from khuevan.plain.official_documents.writing.from_reading import from_reading
from tests.plain.official_documents.checks.papers import (
    BASIS,
    FACTS,
    KNOWN,
    LETTER,
    PLAN,
    found,
    saying,
    with_facts,
)

ROOT = Path(__file__).resolve().parents[4]
SEED = ROOT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
UNITS = ROOT / "khuevan" / "people" / "data" / "hanoi_units.toml"
LAW = "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025"
KEPT = Recipient("Lưu: VT, TTBCXB", None)


def listed(*labels: str) -> tuple[Section, ...]:
    return tuple(Section(label, None, (paragraph("Nội dung."),)) for label in labels)


def receiving(*names: str, last: Recipient = KEPT, paper=PLAN):
    return replace(paper, recipients=(*(Recipient(name, None) for name in names), last))


def signing(authority, position, name="Vũ Thị Giám", paper=PLAN):
    return replace(paper, signatory=Signatory(authority, position, name))


def test_plan_and_letter_in_order_pass():
    assert found(PLAN) == []
    assert found(LETTER, with_facts(type_code="")) == []


BROKEN = {
    "SS1": (saying("MẬT"), [("SS1", "§2", "", "")]),
    "SS1-circulation": (replace(PLAN, circulation="TỐI MẬT"), [("SS1", "head", "", "")]),
    "SS1-cell": (
        replace(
            PLAN,
            sections=(Section("", None, (Table((1.0,), ("left",), (("Độ mật: Tuyệt mật",),)),)), *PLAN.sections[1:]),
        ),
        [("SS1", "§1", "", "")],
    ),
    "FM1": (replace(PLAN, title=" […] "), [("FM1", "title", "", ""), ("FM6", "title", "[…]", "")]),
    "FM2": (replace(PLAN, title="Tổ chức " * 63), [("FM2", "title", "504", "500")]),
    "FM3": (
        replace(PLAN, issuer="", notation=""),
        [("FM3", "head", "", "issuer"), ("FM3", "head", "", "notation")],
    ),
    "FM4": (replace(PLAN, notation="BC-SVHTT"), [("FM4", "head", "BC-SVHTT", "KH-…")]),
    "FM5": (replace(PLAN, sections=(Section("", None),)), [("FM5", "body", "", "")]),
    "FM6": (
        saying("Thời gian: [ngày, tháng, năm] tại [...], liên hệ [Họ và tên]."),
        [
            ("FM6", "§2", "[ngày, tháng, năm]", ""),
            ("FM6", "§2", "[...]", ""),
            ("FM6", "§2", "[Họ và tên]", ""),
        ],
    ),
    "FM7": (
        saying("Tổ chức  trưng bày , giới thiệu."),
        [("FM7", "§2", "Tổ chức  trưng bày , giới thiệu.", "")],
    ),
    "FM8-decomposed": (
        saying("Trưng " + unicodedata.normalize("NFD", "bày")),
        [("FM8", "§2", unicodedata.normalize("NFD", "bày"), "bày")],
    ),
    "FM8-foreign": (saying("Thủ \u00d0ô; bảo t\u0430ng"), None),
    "FM9": (
        replace(PLAN, sections=(*PLAN.sections[:2], replace(PLAN.sections[2], label="IV"))),
        [("FM9", "IV", "IV", "II")],
    ),
    "FM9-twice": (
        replace(PLAN, sections=(Section("I", "Nội dung", (), listed("1", "2", "2", "5")),)),
        [("FM9", "I.2(2)", "2", "3"), ("FM9", "I.5", "5", "3")],
    ),
    "FM9-articles": (
        replace(PLAN, sections=listed("Điều 1", "Điều 3")),
        [("FM9", "Điều 3", "Điều 3", "Điều 2")],
    ),
    "LB1": (replace(PLAN, legal_bases=(BASIS, LAW)), [("LB1", "legal_bases.2", LAW, "")]),
    "LB3": (
        replace(PLAN, legal_bases=(BASIS, "Căn cứ Kế hoạch số 048/KH-UBND ngày 19/02/2025 của UBND Thành phố")),
        [("LB3", "legal_bases.2", "Kế hoạch số 048/KH-UBND ngày 19/02/2025 của UBND Thành phố", "")],
    ),
    "LB4": (
        replace(PLAN, legal_bases=("Căn cứ Nghị định số 99/2025/NĐ-CP ngày 20/12/2025 của Chính phủ",)),
        [("LB4", "legal_bases.1", "Nghị định số 99/2025/NĐ-CP ngày 20/12/2025 của Chính phủ", "")],
    ),
    "CI1": (
        saying("Thực hiện Kế hoạch số 112/KH-UBND ngày 31/3/2023, Kế hoạch số 112/KH-UBND ngày 30/3/2023."),
        [("CI1", "§2", "Kế hoạch số 112/KH-UBND ngày 30/3/2023", "Kế hoạch số 112/KH-UBND ngày 31/3/2023")],
    ),
    "CI2": (
        saying("Theo Kế hoạch số 48/KH-UBND ngày 29/02/2024 của UBND Thành phố."),
        [
            (
                "CI1",
                "§2",
                "Kế hoạch số 48/KH-UBND ngày 29/02/2024 của UBND Thành phố",
                "Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố",
            ),
            ("CI2", "§2", "Kế hoạch số 48/KH-UBND ngày 29/02/2024 của UBND Thành phố", "19/02/2025"),
        ],
    ),
    "CI4": (
        replace(
            PLAN,
            legal_bases=(
                "Căn cứ Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố về phòng, chống bão lụt mùa mưa",
            ),
        ),
        [("CI4", "legal_bases.1", "phòng, chống bão lụt mùa mưa", KNOWN.title)],
    ),
    "CI5": (
        saying(
            "Theo Kế hoạch số 12/KH-UBND ngày 01/4/2025 của UBND phường Tây Hồ.",
            "Triển khai Kế hoạch số 12/KH-UBND ngày 01/4/2025 của UBND phường Ba Đình.",
        ),
        [
            (
                "CI5",
                "§3",
                "Kế hoạch số 12/KH-UBND ngày 01/4/2025 của UBND phường Ba Đình",
                "Kế hoạch số 12/KH-UBND ngày 01/4/2025 của UBND phường Tây Hồ",
            )
        ],
    ),
    "DT1": (
        saying("Trước ngày 31/6, ngày 30 tháng 02 năm 2026 và 31/11/2025."),
        [
            ("DT1", "§2", "ngày 31/6", ""),
            ("DT1", "§2", "ngày 30 tháng 02 năm 2026", ""),
            ("DT1", "§2", "31/11/2025", ""),
        ],
    ),
    "DT2": (
        saying("Khai mạc thứ Hai, ngày 14/10/2025; bế mạc ngày 19/10/2025 (thứ 7)."),
        [
            ("DT2", "§2", "thứ Hai, ngày 14/10/2025", "thứ Ba"),
            ("DT2", "§2", "19/10/2025 (thứ 7", "Chủ nhật"),
        ],
    ),
    "DT3": (
        saying("Hoàn thành việc trang trí trước ngày 10/3/2025."),
        [("DT3", "§2", "Hoàn thành việc trang trí trước ngày 10/3/2025.", "")],
    ),
    "DT4": (
        saying("Gửi báo cáo chậm nhất ngày 19/10/2025."),
        [("DT4", "§2", "Gửi báo cáo chậm nhất ngày 19/10/2025.", "thứ Sáu, 17/10/2025")],
    ),
    "DT5": (
        saying("Từ ngày 20/10/2025 đến ngày 10/10/2025; từ 20/11 đến 15/11/2025."),
        [
            ("DT5", "§2", "Từ ngày 20/10/2025 đến ngày 10/10/2025", ""),
            ("DT5", "§2", "từ 20/11 đến 15/11/2025", ""),
        ],
    ),
    "RC1": (
        replace(PLAN, recipients=PLAN.recipients[:2]),
        [("RC1", "recipients", "Các phòng, đơn vị thuộc Sở", "Lưu: VT")],
    ),
    "RC1-none": (replace(PLAN, recipients=()), None),
    "RC2": (
        receiving("Các phòng, đơn vị thuộc Sở", last=Recipient("Lưu: VT, KHTC", None)),
        [("RC2", "recipients.2", "Lưu: VT, KHTC", "TTBCXB")],
    ),
    "RC3": (
        receiving("Như trên", "Các phòng, đơn vị thuộc Sở"),
        [("RC3", "recipients.1", "Như trên", "")],
    ),
    "RC5": (
        replace(PLAN, type="Báo cáo", notation="BC-SVHTT"),
        None,
    ),
    "RC6": (
        receiving("Sở Du lịch", "Các phòng, đơn vị thuộc Sở", "Sở Du Lịch"),
        [("RC6", "recipients.3", "Sở Du Lịch", "")],
    ),
    "RC7": (
        receiving("UBND Thành phố"),
        [("RC7", "II.2", "Trung tâm Thông tin Triển lãm Hà Nội", "")],
    ),
    "SG1": (
        replace(PLAN, signatory=None),
        [("SG1", "signatory", "", "position"), ("SG1", "signatory", "", "name")],
    ),
    "SG2": (signing(None, "PHÓ GIÁM ĐỐC"), [("SG2", "signatory", "PHÓ GIÁM ĐỐC", "KT. GIÁM ĐỐC")]),
    "SG3": (signing("KT. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), [("SG3", "signatory", "KT. GIÁM ĐỐC / TRƯỞNG PHÒNG", "")]),
    "SG4": (signing("TL.", "CHÁNH VĂN PHÒNG"), [("SG4", "signatory", "TL.", "")]),
    "SG6": (signing(None, "GIÁM ĐỐC", "Đặng Văn Phó"), [("SG6", "signatory", "Đặng Văn Phó", "Vũ Thị Giám")]),
    "SG7": (signing(None, "GIÁM ĐỐC", "ThS. Vũ Thị Giám"), [("SG7", "signatory", "ThS. Vũ Thị Giám", "Vũ Thị Giám")]),
    "BD1": (
        saying("Gửi Bộ Văn hóa và Thể thao tuyền truyền."),
        [
            ("BD1", "§2", "Bộ Văn hóa và Thể thao", "Bộ Văn hóa, Thể thao và Du lịch"),
            ("BD1", "§2", "tuyền truyền", "tuyên truyền"),
        ],
    ),
    "BD2-marks": (
        saying("Phối hợp Ban Tuyên giáo và Dân vân Thành ủy."),
        [("BD2", "§2", "Ban Tuyên giáo và Dân vân Thành ủy", "Ban Tuyên giáo và Dân vận Thành ủy")],
    ),
    "BD2-letter": (
        saying("Phối hợp Trung tâm Thông tin Triển lảmm Hà Nội."),
        [("BD2", "§2", "Trung tâm Thông tin Triển lảmm Hà Nội", "Trung tâm Thông tin Triển lãm Hà Nội")],
    ),
    "BD2-word": (
        saying("Phối hợp Trung tâm Thông tin Lãm Hà Nội."),
        [("BD2", "§2", "Trung tâm Thông tin Lãm Hà Nội", "Trung tâm Thông tin Triển lãm Hà Nội")],
    ),
    "BD3": (
        saying("UBND các quận, huyện, thị xã trang trí; quận Ba Đình tổ chức khai mạc."),
        [("BD3", "§2", "UBND các quận, huyện, thị xã trang trí; quận Ba Đình tổ chức khai mạc.", "")],
    ),
    "AB1": (saying("Phối hợp với BTGDV và VTV."), [("AB1", "§2", "BTGDV", "")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_document_is_told(name):
    paper, expected = BROKEN[name]
    code = name.split("-")[0]
    if expected is None:
        assert code in {item[0] for item in found(paper)}
    else:
        assert found(paper) == expected


NEARLY = {
    "secrecy spoken of": saying("Bảo vệ bí mật nhà nước, chế độ bảo mật.", "NỘI DUNG BẢO MẬT"),
    "omission in a quotation": saying("Theo “Quy hoạch […] đến năm 2030”, các phim, ảnh…"),
    "brackets of a citation": saying("Theo tài liệu [3] và [Nguyễn Văn A, 2020]."),
    "tone on the other vowel": saying("Sở Văn hoá và Thể thao phối hợp Uỷ ban nhân dân phường Tây Hồ."),
    "word of another language": saying("Chương trình Россия tại Hà Nội và tạp chí Đông Á."),
    "chapters count articles on": replace(
        PLAN,
        sections=(
            Section("Chương I", "QUY ĐỊNH CHUNG", (), listed("Điều 1", "Điều 2")),
            Section("Chương II", "QUY ĐỊNH KHÁC", (), listed("Điều 3")),
        ),
        annexes=(Annex("", "Quy chế", listed("Điều 1", "Điều 2"), type="Quy chế"),),
    ),
    "letters skip f": replace(
        PLAN, sections=(Section("I", "Nội dung", (), listed("a", "b", "c", "d", "đ", "e", "g", "h")),)
    ),
    "decimals": replace(
        PLAN,
        sections=(
            Section("I", "Nội dung", (), (Section("1", "Một", (), listed("1.1", "1.2")), *listed("2", "-", "3"))),
        ),
    ),
    "same number of two bodies": saying(
        "Kế hoạch số 12/KH-UBND ngày 01/4/2025 của UBND phường Tây Hồ và Kế hoạch số 12/KH-UBND ngày 02/4/2025 của"
        " UBND phường Ba Đình."
    ),
    "body cited short again": saying(
        "Kế hoạch số 48/KH-UBND ngày 19/02/2025 của Ủy ban nhân dân thành phố Hà Nội; Kế hoạch số 48/KH-UBND."
    ),
    "basis cited short again": saying("Triển khai Kế hoạch số 48/KH-UBND của UBND Thành phố."),
    "shares are no days": saying("Đạt 35/40 chỉ tiêu, 31/6 đơn vị, số 3/4, đến 30/2 lượt."),
    "leap day": saying("Tổng kết trước ngày 29/02/2028."),
    "right weekday": saying("Khai mạc thứ Ba, ngày 14/10/2025 và Chủ nhật (19/10/2025)."),
    "meetings are counted": saying("Hội nghị lần thứ 3, ngày 14/10/2025; Kỳ họp thứ 5 ngày 15/10/2025."),
    "deadline of what was": saying("Sở đã hoàn thành báo cáo trước ngày 10/3/2025.", "Giải phóng trước ngày 30/4/1975."),
    "date of a document is no deadline": saying("Thực hiện Quyết định số 08/2021/QĐ-UBND ngày 15/7/2021."),
    "deadline on a working day": saying("Gửi báo cáo chậm nhất ngày 17/10/2025."),
    "period over the new year": saying("Từ ngày 15/12 đến ngày 14/3/2026; từ ngày 01/10/2025 đến ngày 05/10/2025."),
    "drafter in brackets": receiving("Các phòng, đơn vị thuộc Sở", last=Recipient("Lưu: VT, TTBCXB(Giang)", None)),
    "copies behind": receiving("Các phòng, đơn vị thuộc Sở", last=Recipient("Lưu: VT, TTBCXB (03)", None)),
    "unit received by name": receiving("Trung tâm Thông tin Triển lãm Hà Nội"),
    "receivers named by an article": replace(
        PLAN,
        type="Quyết định",
        sections=(
            Section("Điều 1", None, (paragraph("Ban hành Kế hoạch."),)),
            Section("Điều 2", None, (paragraph("Chánh Văn phòng Sở, Trưởng các phòng chịu trách nhiệm thi hành."),)),
        ),
        annexes=(Annex("", "Kế hoạch", PLAN.sections[1:], type="Kế hoạch"),),
        recipients=(Recipient("Như Điều 2", None), KEPT),
    ),
    "deputy": signing("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    "vice-minister": signing("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    "first deputy": signing("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC THƯỜNG TRỰC"),
    "by order": signing("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    "acting": signing("Q. GIÁM ĐỐC", None),
    "collective": signing("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "collective in one line": signing("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "in charge": signing(None, "PHÓ TRƯỞNG PHÒNG PHỤ TRÁCH"),
    "right names": saying(
        "Phối hợp Ban Tuyên giáo và Dân vận Thành ủy, Bộ Văn hóa, Thể thao và Du lịch, Sở Văn hóa và Thể thao, "
        "Phòng Văn hóa - Xã hội phường Tây Hồ."
    ),
    "another ward": saying("UBND phường Tây Mỗ tổ chức."),
    "former district": saying("Địa bàn quận Ba Đình (cũ), trước đây là huyện Đông Anh."),
    "explained": saying("Đài Tiếng nói Nhân dân (TNND) phát sóng; TNND đưa tin.", "Giai đoạn II, quý III."),
    "symbols": saying("Công văn số 12/SVHTT-TTBCXB ngày 01/4/2025 của Sở Văn hóa và Thể thao."),
    "capitals": saying("KHẨU HIỆU: HÀ NỘI - THÀNH PHỐ VÌ HÒA BÌNH"),
}  # fmt: skip


@pytest.mark.parametrize("name", NEARLY)
def test_document_that_nearly_breaks_a_rule_passes(name):
    paper = NEARLY[name]
    assert found(paper) == []


def test_plan_of_2025_has_only_its_own_slips():
    plan = from_reading(read_file(SEED))
    units = tomllib.loads(UNITS.read_text(encoding="utf-8"))["unit"]
    facts = Facts(
        today=date(2025, 3, 17),
        bases=(Basis(in_register=True), Basis(confirmed=True)),
        bodies=tuple(
            Body(
                unit["name"],
                (unit.get("short_name", ""), *unit.get("aliases", ())),
                unit["kind"],
                inside=unit.get("parent") == "so",
            )
            for unit in units
        ),
        drafting_unit=("Phòng Thông tin – Báo chí – Xuất bản", "TTBCXB"),
        type_code="KH",
    )
    written = replace(plan, notation="KH-SVHTT", place="Hà Nội", issuer="Sở Văn hóa và Thể thao")
    ministry = ("Bộ Văn hóa và Thể thao", "Bộ Văn hóa, Thể thao và Du lịch")
    assert found(written, facts) == [
        ("BD1", "I.2.-1", "tuyền truyền", "tuyên truyền"),
        ("BD1", "II.2.-4", "các đơn vị liên triển khai", "các đơn vị liên quan triển khai"),
        *(("BD1", place, *ministry) for place in ("II.2.-6", "II.2.-11", "IV.1.-2")),
    ]


def test_basis_confirmed_by_a_person_is_known():
    paper = replace(PLAN, legal_bases=(BASIS, LAW))
    assert found(paper, with_facts(bases=(Basis(in_register=True), Basis(confirmed=True)))) == []


def test_basis_typed_in_full_is_found_in_the_register():
    assert found(PLAN, with_facts(bases=())) == []


def test_basis_no_longer_in_force_names_its_successor():
    ended = (Basis(in_register=True, ended="REPLACED", replaced_by="12/KH-UBND"),)
    told = ("LB2", "legal_bases.1", "Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố", "12/KH-UBND")
    assert found(PLAN, with_facts(bases=ended)) == [told]


def test_date_of_a_document_without_known_body_is_a_warning():
    register = (KnownDocument("112/KH-UBND", date(2023, 3, 31)),)
    paper = saying("Thực hiện Kế hoạch số 112/KH-UBND ngày 30/3/2023.")
    assert found(paper, with_facts(known=(KNOWN, *register))) == [
        ("CI3", "§2", "Kế hoạch số 112/KH-UBND ngày 30/3/2023", "31/03/2023")
    ]


def test_letter_names_whom_it_addresses_and_begins_as_above():
    facts = with_facts(type_code="")
    assert found(replace(LETTER, addressees=()), facts) == [
        ("RC3", "recipients.1", "Như trên", ""),
        ("RC4", "addressees", "", "Kính gửi"),
    ]
    assert found(replace(LETTER, recipients=(PLAN.recipients[1], KEPT)), facts) == [
        ("RC3", "recipients.1", "Các phòng, đơn vị thuộc Sở", "Như trên")
    ]


@pytest.mark.parametrize(
    ("signer", "codes"),
    [
        (Signer("Vũ Thị Giám", "HEAD", is_director=True), []),
        (Signer("Vũ Thị Giám", "HEAD", heads_unit=True), []),
        (Signer("Vũ Thị Giám", "HEAD", is_deputy=True), ["SG5"]),
        (Signer("Vũ Thị Giám", "HEAD", holds_post=False, is_director=True), ["SG5"]),
        (Signer("Vũ Thị Giám", "DEPUTY", "KT.", is_director=True), ["SG5", "SG6"]),
        (Signer("Vũ Thị Giám", "ACTING", "Q."), ["SG6"]),
    ],
)
def test_authority_fits_the_account(signer, codes):
    assert [item[0] for item in found(PLAN, with_facts(signer=signer))] == codes


def test_districts_stay_in_documents_of_their_time():
    paper = saying("UBND các quận, huyện, thị xã trang trí.")
    assert found(replace(paper, date=date(2025, 6, 30))) == []
    assert [item[0] for item in found(replace(paper, date=date(2025, 7, 1)))] == ["BD3"]


def test_ward_in_the_register_never_corrects_another():
    bodies = (*FACTS.bodies, Body("Phường Tây Hồ", (), "WARD"))
    assert found(saying("Công an phường Tây Hố tham gia."), with_facts(bodies=bodies)) == []


def test_finding_keeps_its_key_where_it_moves():
    from khuevan.plain.official_documents.checks import check

    first = check(saying("Phối hợp với BTGDV."), FACTS)
    moved = check(saying("Mở đầu.", "Cùng BTGDV."), FACTS)
    assert [item.key for item in first] == [item.key for item in moved]
    assert len(first) == 1


def test_every_rule_says_what_shall_be_and_what_to_do():
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert [
        rule.code for rule in RULES if not rule.message.endswith(".") or not rule.remedy.endswith(".")
    ] == []
    broken = {item[0] for paper, _ in BROKEN.values() for item in found(paper)}
    assert set(codes) - broken == {"LB2", "CI3", "RC4", "SG5"}
