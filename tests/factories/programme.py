"""Readings of plans, written by hand: what the reader would return for a small plan, and for a large one."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from datetime import date

from khuevan.plain.official_documents.document import (
    Due,
    Duty,
    OfficialDocument,
    Period,
    Place,
    Recipient,
    Reference,
    Section,
    Signatory,
    Task,
)
from khuevan.programme.reader import ReadFile

PRESS = "Phòng Thông tin – Báo chí – Xuất bản"
DIGITAL = "Phòng Truyền thông số"
OFFICE = "Văn phòng Sở"
LEGAL = "Phòng Tổ chức - Pháp chế"
ALL_UNITS = "Các phòng, đơn vị thuộc Sở"

TASKS = (
    "Đẩy mạnh thông tin đối ngoại thông qua các hoạt động trang trí, cổ động trực quan tại các sự kiện lớn.",
    "Phối hợp với Thông tấn xã Việt Nam theo dõi và tổng hợp dư luận báo chí nước ngoài về thành phố Hà Nội.",
    "Tổ chức tập huấn, bồi dưỡng nghiệp vụ cho cán bộ phụ trách công tác thông tin đối ngoại.",
    "Định kỳ hằng quý báo cáo công tác tuyên truyền gửi Ban Chỉ đạo; hoàn thành trước ngày 15/11/2025.",
)
# unit, text, role, places of the tasks that it is proposed to carry out
DUTIES: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    (
        PRESS,
        "Thực hiện công tác thông tin đối ngoại qua các hoạt động trang trí, cổ động trực quan.",
        "carry-out",
        (0, 1),
    ),
    (PRESS, "Phối hợp Phòng Tổ chức – Pháp chế tổ chức lớp tập huấn, bồi dưỡng nghiệp vụ.", "support", (2,)),
    (DIGITAL, "Phối hợp lan tỏa thông tin đối ngoại trên các nền tảng số.", "support", (0,)),
    (LEGAL, "Chủ trì tổ chức các khoá tập huấn, bồi dưỡng nghiệp vụ cho cán bộ phụ trách.", "lead", (2,)),
    (ALL_UNITS, "Chủ động cung cấp nội dung, tài liệu thông tin đối ngoại.", "carry-out", ()),
)  # fmt: skip


def plan_document(
    tasks: Sequence[str] = TASKS,
    duties: Sequence[tuple[str, str, str, tuple[int, ...]]] = DUTIES,
    *,
    title: str = "Tổ chức triển khai các hoạt động thông tin đối ngoại năm 2025",
    symbol: str | None = None,
    warnings: tuple[str, ...] = (),
) -> OfficialDocument:
    """A plan with sections II.1 (the first half of the tasks), II.2 (the rest) and IV (the duties by unit).

    Every text is a paragraph of its own, so that places are easy to say.
    """
    paragraphs = ["KẾ HOẠCH", title, "Căn cứ Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố;"]

    def placed(text: str) -> Place:
        paragraphs.append(text)
        return Place(len(paragraphs) - 1, 0, len(paragraphs) - 1, len(text))

    half = (len(tasks) + 1) // 2
    placed("II. NỘI DUNG THỰC HIỆN")
    parts = []
    found_tasks: list[Task] = []
    for number, group in ((1, tasks[:half]), (2, tasks[half:])):
        placed(f"{number}. Nhóm nhiệm vụ {number}")
        leaves = []
        for place, text in enumerate(group, 1):
            ref = f"II.{number}.-{place}"
            where = placed(text)
            partners = ("Thông tấn xã Việt Nam",) if "Thông tấn xã Việt Nam" in text else ()
            due = None
            if "trước ngày 15/11/2025" in text:
                due = Due("trước ngày 15/11/2025", date(2025, 11, 15), "quarterly")
            found_tasks.append(Task(ref, text, (), partners, due, where))
            leaves.append(Section("-", None, (text,), (), ref, where))
        parts.append(Section(str(number), f"Nhóm nhiệm vụ {number}", (), tuple(leaves), f"II.{number}"))
    placed("IV. TỔ CHỨC THỰC HIỆN")
    units = list(dict.fromkeys(unit for unit, *_ in duties))
    found_duties: list[Duty] = []
    bodies = []
    for number, unit in enumerate(units, 1):
        placed(f"{number}. {unit}")
        own = [entry for entry in duties if entry[0] == unit]
        for place, (_, text, role, links) in enumerate(own, 1):
            refs = tuple(found_tasks[task].ref for task in links if task < len(found_tasks))
            ref = f"IV.{number}.-{place}"
            found_duties.append(Duty(ref, unit, text, role, (), None, refs, placed(text)))  # type: ignore[arg-type]
        bodies.append(Section(str(number), unit, (), (), f"IV.{number}"))
    return OfficialDocument(
        type="Kế hoạch",
        number=None if symbol is None else int(symbol.partition("/")[0]),
        symbol=symbol,
        parent_body=None,
        issuer="Sở Văn hóa và Thể thao thành phố Hà Nội",
        place="Hà Nội",
        date=date(2025, 3, 10),
        title=title,
        period=Period(date(2025, 1, 1), date(2025, 12, 31)),
        legal_bases=(
            Reference(
                "Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND Thành phố",
                "Kế hoạch", "48/KH-UBND", date(2025, 2, 19), "UBND Thành phố", Place(2, 8, 2, 65),
            ),
        ),
        references=(),
        sections=(
            Section("II", "NỘI DUNG THỰC HIỆN", (), tuple(parts), "II"),
            Section("IV", "TỔ CHỨC THỰC HIỆN", (), tuple(bodies), "IV"),
        ),
        tasks=tuple(found_tasks),
        duties=tuple(found_duties),
        funding=None,
        reporting=(),
        recipients=(Recipient("UBND Thành phố", "để b/c"),),
        signatory=Signatory(None, "GIÁM ĐỐC", "Bạch Liên Hương"),
        warnings=warnings,
        paragraphs=tuple(paragraphs),
    )  # fmt: skip


def read_file_of(document: OfficialDocument, filename: str = "ke-hoach.txt") -> ReadFile:
    """A read file whose bytes are the document's paragraphs: another text, another digest."""
    data = "\n".join(document.paragraphs).encode()
    return ReadFile(filename, data, hashlib.sha256(data).hexdigest(), document)


def plan_with_tasks(count: int, units: int = 60) -> OfficialDocument:
    """A plan of `count` tasks, each carried out by one of `units` units that lead in turn."""
    texts = [
        f"Tổ chức chương trình số {n} quảng bá di sản, ẩm thực và làng nghề thứ {n * 7} "
        "của Thủ đô với bạn bè quốc tế."
        for n in range(count)
    ]
    duties = [
        (f"Phòng Chuyên môn số {n % units}", f"Chủ trì {text[0].lower()}{text[1:]}", "lead", (n,))
        for n, text in enumerate(texts)
    ]
    return plan_document(texts, duties, title=f"Kế hoạch lớn {count}")


def without_places(document: OfficialDocument) -> OfficialDocument:
    """The same reading as a reader without places would give it."""
    return dataclasses.replace(
        document,
        tasks=tuple(dataclasses.replace(task, place=None) for task in document.tasks),
        duties=tuple(dataclasses.replace(duty, place=None) for duty in document.duties),
    )
