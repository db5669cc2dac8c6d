"""A programme of any size, written straight into the tables: what a city's largest plan would look like."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from django.utils import timezone

from khuevan.core.recording import unaudited
from khuevan.people.choices import UnitKind
from khuevan.people.models import Unit, User
from khuevan.plain.official_documents.document import as_stored
from khuevan.programme.choices import AssignmentRole, AssignmentSource, DutyRole
from khuevan.programme.models import (
    Assignment,
    Duty,
    DutyTask,
    Plan,
    PlanSection,
    PlanVersion,
    Task,
)
from tests.factories.programme import plan_document

RECURRENCES = ("", "QUARTERLY", "MONTHLY", "CONTINUOUS", "", "HALF_YEARLY", "WEEKLY", "YEARLY")
SUBJECTS = ("lễ hội", "di sản", "ẩm thực", "làng nghề", "báo chí nước ngoài", "bản đồ số", "tập huấn")


def task_text(number: int) -> str:
    """The words of a task: the subject goes round, the number makes it one of its own."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    return (
        f"Tổ chức chương trình số {number} quảng bá {subject} của Thủ đô Hà Nội với bạn bè quốc tế; "
        f"phối hợp với các cơ quan báo chí Trung ương và địa phương tuyên truyền trên các nền tảng, "
        f"bảo đảm đúng tiến độ, tiết kiệm và hiệu quả."
    )


def large_programme(
    by: User, tasks: int = 500, units: int = 60, *, parent: Unit | None = None, title: str = "Kế hoạch lớn"
) -> Plan:
    """A plan of 2025 whose tasks each have a lead, two supporting units and a duty; every fifth has no lead.

    Task n is led by unit n modulo `units`, is due on day 3n of the year where n is even, and recurs by
    the codes of `RECURRENCES` in turn. Sections: ten parts of four headings.
    """
    with unaudited("a test's own large programme"):
        bodies = _units(units, parent)
        texts = [task_text(number) for number in range(tasks)]
        document = plan_document(texts, (), title=title)
        digest = hashlib.sha256(f"{title} {tasks} {units}".encode()).hexdigest()
        plan = Plan.objects.create(
            title=title,
            type="Kế hoạch",
            symbol="48/KH-SVHTT",
            number=48,
            issuer_name="Sở Văn hóa và Thể thao thành phố Hà Nội",
            signed_date=date(2025, 3, 10),
            period_first=date(2025, 1, 1),
            period_last=date(2025, 12, 31),
        )
        version = PlanVersion.objects.create(
            plan=plan,
            number=1,
            filename="ke-hoach-lon.docx",
            sha256=digest,
            reading=as_stored(document),
            imported_at=timezone.make_aware(datetime(2025, 3, 11, 9, 30)),
            imported_by=by,
        )
        headings = _sections(plan)
        made = Task.objects.bulk_create(
            Task(
                plan=plan,
                section=headings[number * len(headings) // max(tasks, 1)],
                ref=f"II.{number // 10 + 1}.-{number % 10 + 1}",
                text=text,
                order=number,
                place=as_stored(document)["tasks"][number]["place"] if number < 5 else None,
                due_text="" if number % 2 else "trước ngày 15 của tháng cuối quý",
                due_date=None if number % 2 else date(2025, 1, 1) + timedelta(days=number * 3 % 365),
                recurrence=RECURRENCES[number % len(RECURRENCES)],
                partner_names=["Thông tấn xã Việt Nam"] if number % 7 == 0 else [],
                read_in=version,
            )
            for number, text in enumerate(texts)
        )
        duties = Duty.objects.bulk_create(
            Duty(
                plan=plan,
                unit=bodies[number % units],
                unit_name=bodies[number % units].name,
                ref=f"IV.{number % units + 1}.-{number // units + 1}",
                text=f"Chủ trì {text[0].lower()}{text[1:]}",
                role=DutyRole.LEAD,
                order=number,
                read_in=version,
            )
            for number, text in enumerate(texts)
        )
        DutyTask.objects.bulk_create(
            DutyTask(duty=duty, task=task) for duty, task in zip(duties, made, strict=True)
        )
        Assignment.objects.bulk_create(
            Assignment(
                task=task,
                unit=bodies[(number + step) % units],
                role=AssignmentRole.LEAD if step == 0 else AssignmentRole.SUPPORT,
                source=AssignmentSource.DUTY if step == 0 else AssignmentSource.TASK_TEXT,
                origin=duties[number] if step == 0 else None,
            )
            for number, task in enumerate(made)
            for step in range(min(3, units))
            if step or number % 5
        )
    return plan


def _units(count: int, parent: Unit | None) -> list[Unit]:
    base = parent.path if parent else ""
    made = Unit.objects.bulk_create(
        Unit(name=f"Phòng Chuyên môn số {number}", kind=UnitKind.DIVISION, parent=parent, order=number)
        for number in range(count)
    )
    for unit in made:
        unit.path = f"{base}{unit.order:04d}-{unit.pk}/"
        unit.save(update_fields=["path"])
    return made


def _sections(plan: Plan) -> list[PlanSection]:
    found = []
    for part in range(10):
        label = str(part + 1)
        top = PlanSection.objects.create(
            plan=plan, ref=label, label=label, heading=f"PHẦN VIỆC {label}", order=part * 10
        )
        found += [
            PlanSection.objects.create(
                plan=plan,
                parent=top,
                ref=f"{part + 1}.{place + 1}",
                label=f"{place + 1}",
                heading=f"Nhóm nhiệm vụ {part + 1}.{place + 1}",
                order=part * 10 + place + 1,
            )
            for place in range(4)
        ]
    return found
