"""Which kind of section a heading opens: one that orders work, organises it, funds it, or explains."""

from __future__ import annotations

import re
from enum import Enum

from khuevan.plain.folding import fold


class SectionKind(Enum):
    """What a section's items are."""

    EXPLAINS = "explains"
    ORDERS = "orders"
    ORGANISES = "organises"
    FUNDS = "funds"


_ORGANISES = re.compile(
    r"^(phan cong|trach nhiem|to chuc va trach nhiem|nhiem vu cua (cac|thanh vien|so|ban)|giao nhiem vu|"
    r"co quan (thuc hien|chu tri)$|don vi thuc hien$|dieu khoan thi hanh|hieu luc thi hanh|"
    r"nhiem vu cu the cua|"
    r"(cong tac )?to chuc(,? trien khai)?,? thuc hien( (ke hoach|chuong trinh|de an|chi thi|"
    r"nghi quyet)\b.{0,60})?$|"
    r"(che do|cong tac) (thong tin,? )?bao cao$)"
)
_ORGANISES_AT_TOP = re.compile(
    r"^(cong tac )?to chuc,? (thuc hien|trien khai|chi dao)|\bto chuc thuc hien$|"
    r"\btrach nhiem (thuc hien|cua)|"
    r"^(thong tin,? )?(che do )?bao cao$"
)
_FUNDS = re.compile(
    r"^(ve |nguon |du toan |du kien )?(kinh phi|nguon kinh phi|nguon von|du toan|nguon luc thuc hien|"
    r"ngan sach|co che tai chinh|kinh phi)"
)
_WORK = re.compile(
    r"noi dung|nhiem vu|giai phap|hoat dong|cong viec|bien phap|cong tac trong tam|"
    r"chuong trinh cong tac|phuong an"
)
_EXPLAINS = re.compile(
    r"^(mot so )?(muc dich|yeu cau|muc tieu|cac muc tieu|chi tieu|cac chi tieu|quan diem|pham vi|"
    r"doi tuong|danh gia (chung|tinh hinh|nguy co|thuc trang|ket qua)|"
    r"(khai quat )?tinh hinh|thuc trang|ket qua (dat|thuc hien|nam)|nhung ket qua|ton tai|han che|"
    r"nguyen nhan|su can thiet|can cu|nguyen tac|thoi gian|dia diem|"
    r"thanh phan|khai quat|boi canh|dac diem|chu de|ten goi|ten |giai thich|tu ngu|co so (phap ly|"
    r"xay dung|thuc tien)|phuong cham|dinh huong den|tam nhin|"
    r"khen thuong|tieu chi|tieu chuan|ky luat|quy mo|so luong|hieu qua|tac dong|dieu kien|nhan dinh|"
    r"du bao|uu diem|thuan loi|kho khan|bai hoc|"
    r"noi dung (trong tam )?tuyen truyen$|dinh huong noi dung)"
)
_FACT = re.compile(
    r"^(?:cac )?(thoi gian|dia diem|thanh phan|so luong|doi tuong|kinh phi|chu de|ten goi|ten |"
    r"dia ban|pham vi|quy mo|don vi tinh|ghi chu|muc tieu|muc dich|yeu cau|chi tieu|"
    r"khau hieu|tan suat|thong so|diem quan trac|gia tri|co cau giai)"
)


def kind_of_heading(heading: str, inherited: SectionKind | None) -> SectionKind | None:
    """The kind a heading gives its section; `inherited` (the parent's) where it says nothing of its own."""
    folded = fold(heading).strip(' .:"“”')
    if _ORGANISES.match(folded) or (inherited is None and _ORGANISES_AT_TOP.search(folded)):
        return SectionKind.ORGANISES
    if _FUNDS.match(folded) and inherited is not SectionKind.ORGANISES:
        return SectionKind.FUNDS
    if inherited is SectionKind.ORGANISES:
        return inherited
    if _EXPLAINS.match(folded) and not (_WORK.search(folded) and inherited is None):
        return SectionKind.EXPLAINS
    if inherited is SectionKind.EXPLAINS:
        return inherited
    if inherited is None and _WORK.search(folded):
        return SectionKind.ORDERS
    return inherited


def is_fact(text: str) -> bool:
    """Whether an item only states a circumstance ("Số lượng: 500 cuốn"), nothing to be done."""
    return text.find(":", 0, 80) > 0 and bool(_FACT.match(fold(text[:80])))
