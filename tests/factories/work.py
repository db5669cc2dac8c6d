"""A small programme at work: a department, a lead and two supporting divisions, their people, one task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from khuevan.core.recording import unaudited
from khuevan.people.choices import Role, UnitKind
from khuevan.people.models import Unit, User
from khuevan.plain.calendar.deadline_rules import DeadlineRule, OnDate, as_plain
from khuevan.plain.official_documents.document import as_stored
from khuevan.programme.choices import AssignmentRole, AssignmentSource
from khuevan.programme.models import Assignment, Instalment, Plan, PlanSection, PlanVersion, Task
from khuevan.programme.scheduling import keep_instalments
from tests.factories.people import PostFactory, UnitFactory, UserFactory
from tests.factories.programme import plan_document

# A Thursday; the deadlines of the factories lie around it.
DAY = date(2025, 6, 12)
DUE = date(2025, 6, 20)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """The moment in the office's time zone, for `khuevan.core.clock.stopped_at`."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


@dataclass(frozen=True)
class Office:
    """A department with its people. `lead`, `support` and `other` are divisions; `other` has no part in the task."""

    department: Unit
    lead: Unit
    support: Unit
    other: Unit
    planner: User
    director: User
    deputy: User
    auditor: User
    lead_head: User
    lead_officer: User
    support_head: User
    support_officer: User
    other_officer: User
    plan: Plan
    task: Task
    leading: Assignment
    supporting: Assignment

    @property
    def lead_instalment(self) -> Instalment:
        """The first instalment that the lead owes, as it is stored now."""
        return Instalment.objects.filter(assignment=self.leading).order_by("due_date")[0]

    @property
    def support_instalment(self) -> Instalment:
        """The first instalment that the supporting unit owes, as it is stored now."""
        return Instalment.objects.filter(assignment=self.supporting).order_by("due_date")[0]

    def again(self, user: User) -> User:
        """The person read anew, without what an earlier question remembered."""
        return User.objects.get(pk=user.pk)


ONCE = OnDate(DUE)


def office(rule: DeadlineRule | None = ONCE) -> Office:
    """The department at work on one task of a plan of 2025, due by the rule; nobody has replied yet."""
    department = UnitFactory(name="Sở Văn hóa và Thể thao", kind=UnitKind.DEPARTMENT, short_name="SVHTT")
    lead = UnitFactory(name="Phòng Thông tin – Báo chí – Xuất bản", parent=department, short_name="TTBCXB")
    support = UnitFactory(name="Phòng Truyền thông số", parent=department, short_name="TTS")
    other = UnitFactory(name="Văn phòng Sở", parent=department, kind=UnitKind.OFFICE, short_name="VPS")
    planning = UnitFactory(name="Phòng Kế hoạch – Tài chính", parent=department, short_name="KHTC")
    people = {
        "planner": _person("Nguyễn Thị Kế Hoạch", Role.PLANNING_OFFICER, planning),
        "director": _person("Vũ Thị Giám", Role.DIRECTOR, department),
        "deputy": _person("Đặng Văn Phó", Role.DEPUTY_DIRECTOR, department),
        "auditor": _person("Bùi Thị Kiểm", Role.AUDITOR, department),
        "lead_head": _person("Trần Văn Trưởng", Role.UNIT_HEAD, lead),
        "lead_officer": _person("Lê Thị Viên", Role.UNIT_OFFICER, lead),
        "support_head": _person("Phạm Văn Số", Role.UNIT_HEAD, support),
        "support_officer": _person("Hoàng Thị Mạng", Role.UNIT_OFFICER, support),
        "other_officer": _person("Đỗ Văn Phòng", Role.UNIT_OFFICER, other),
    }
    plan, version, section = plan_of_2025(people["planner"])
    with unaudited("a test's own task"):
        task = Task.objects.create(
            plan=plan,
            section=section,
            ref="II.1.-1",
            text="Tổ chức tuần phim Việt Nam giới thiệu Hà Nội với bạn bè quốc tế.",
            order=0,
            deadline_rule=None if rule is None else as_plain(rule),
            read_in=version,
        )
    leading = assigned(task, lead, AssignmentRole.LEAD)
    supporting = assigned(task, support, AssignmentRole.SUPPORT)
    return Office(
        department=department, lead=lead, support=support, other=other, plan=plan, task=task, leading=leading,
        supporting=supporting, **people,
    )  # fmt: skip


def plan_of_2025(
    by: User, title: str = "Kế hoạch thông tin đối ngoại năm 2025"
) -> tuple[Plan, PlanVersion, Any]:
    """A plan signed on 10 March 2025 for that year, its version and one section; without tasks."""
    with unaudited("a test's own plan"):
        plan = Plan.objects.create(
            title=title,
            type="Kế hoạch",
            symbol="48/KH-SVHTT",
            number=48,
            issuer_name="Sở Văn hóa và Thể thao",
            signed_date=date(2025, 3, 10),
            period_first=date(2025, 1, 1),
            period_last=date(2025, 12, 31),
        )
        version = PlanVersion.objects.create(
            plan=plan,
            number=1,
            filename="ke-hoach.docx",
            sha256=f"{plan.pk:064d}",
            reading=as_stored(plan_document(("Một nhiệm vụ.",), ())),
            imported_at=at(date(2025, 3, 11)),
            imported_by=by,
        )
        section = PlanSection.objects.create(plan=plan, ref="II", label="II", heading="NHIỆM VỤ", order=0)
    return plan, version, section


def assigned(task: Task, unit: Unit, role: str = AssignmentRole.SUPPORT) -> Assignment:
    """The unit's assignment with the instalments that its rule asks for."""
    with unaudited("a test's own assignment"):
        row = Assignment.objects.create(task=task, unit=unit, role=role, source=AssignmentSource.PERSON)
        keep_instalments([Assignment.objects.select_related("task__plan").get(pk=row.pk)])
    return row


def _person(name: str, role: Role, unit: Unit) -> User:
    person: User = PostFactory(person=UserFactory(full_name=name), role=role, unit=unit).person
    return person
