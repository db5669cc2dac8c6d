"""Who may import plans, whose tasks a person sees, and who answers, accepts, orders and splits work.

Nobody judges the work of the own unit, and an auditor writes nothing. Functions take the day, because posts
begin and end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from khuevan.people.choices import (
    ANSWERS_FOR_DESCENDANTS,
    DIRECTORS,
    DOES_THE_WORK,
    SEES_EVERYTHING,
    Role,
    UnitKind,
)
from khuevan.people.models import Post, Unit, User
from khuevan.people.queries import SYSTEM_USERNAME, posts_once, remember_roles, remembered, roles_once
from khuevan.programme.choices import AssignmentRole, ReplyState
from khuevan.programme.models import Assignment, Reply, Task

IMPORTERS = frozenset({Role.PLANNING_OFFICER, Role.ADMINISTRATOR})
ORDERS_WORK = frozenset({Role.PLANNING_OFFICER}) | DIRECTORS
MANAGES_THE_LADDER = frozenset({Role.PLANNING_OFFICER, Role.ADMINISTRATOR})


def _holds(user: User, roles: frozenset[Role], day: date) -> bool:
    return user.is_active and not roles.isdisjoint(roles_once(user, day))


def check_can_import(user: User, day: date) -> None:
    """Raises PermissionDenied, saying why, unless `user` may turn a file into a plan on `day`."""
    if not can_import(user, day):
        raise PermissionDenied(
            _("Only planning officers and administrators may put a plan into the programme.")
        )


def can_import(user: User, day: date) -> bool:
    """Whether `user` may turn a file into a plan on `day`."""
    # The installation's own account imports the sample; nobody can sign in with it.
    return user.username == SYSTEM_USERNAME or _holds(user, IMPORTERS, day)


def reads_all(user: User, day: date) -> bool:
    """Whether `user` reads every plan whole on `day`, not only the tasks of their units."""
    return _holds(user, SEES_EVERYTHING, day)


def check_can_read_source(user: User, day: date) -> None:
    """Raises PermissionDenied unless `user` may read a plan's whole signed text on `day`."""
    if not reads_all(user, day):
        raise PermissionDenied(_("You see the tasks of your own units only."))


def sees_the_directors_desk(user: User, day: date) -> bool:
    """Whether the desk that shows every unit's work is open to `user` on `day`."""
    return reads_all(user, day)


def can_order_work(user: User, day: date) -> bool:
    """Whether `user` may assign units, set deadlines and say what waits for what, on `day`."""
    return _holds(user, ORDERS_WORK, day)


def check_can_order_work(user: User, day: date) -> None:
    """Raises PermissionDenied unless `user` may assign units and set deadlines on `day`."""
    if not can_order_work(user, day):
        raise PermissionDenied(_("Only planning officers and directors assign units and set deadlines."))


def can_manage_ladder(user: User, day: date) -> bool:
    """Whether `user` may change when and whom reminders reach, on `day`."""
    return _holds(user, MANAGES_THE_LADDER, day)


def check_can_manage_ladder(user: User, day: date) -> None:
    """Raises PermissionDenied unless `user` may change the ladder of reminders on `day`."""
    if not can_manage_ladder(user, day):
        raise PermissionDenied(_("Only planning officers and administrators change the ladder of reminders."))


def answering_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units for which `user` may write replies on `day`; asked once a request.

    Those in which the person does the work, for a head also the units below, and the groups that stand beside
    them: a group has no people of its own.
    """
    return remembered(
        user, "_answers_asked", day, lambda: _answering(user, posts_once(user, day), _below, _groups_beside)
    )


def headed_unit_ids(user: User, day: date) -> frozenset[int]:
    """The units that `user` heads on `day`, with those below them; asked once a request."""
    return remembered(user, "_heads_asked", day, lambda: _headed(user, posts_once(user, day), _below))


def ask_for_all(people: Collection[User], day: date) -> None:
    """Asks at once, in two queries, for what the two functions above and the roles would ask person by person.

    The answers are remembered on these very objects. For work that goes through hundreds of people.
    """
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.filter(person__in=people).on(day).select_related("unit"):
        posts[post.person_id].append(post)
    units = list(Unit.objects.order_by("path").values_list("pk", "path", "parent", "kind"))

    def below(path: str) -> set[int]:
        return {pk for pk, unit_path, _parent, _kind in units if unit_path.startswith(path)}

    def groups_beside(parents: set[int]) -> set[int]:
        return {pk for pk, _path, parent, kind in units if kind == UnitKind.GROUP and parent in parents}

    for person in people:
        remember_roles(person, day, posts[person.pk])
        for name, found in (
            ("_answers_asked", _answering(person, posts[person.pk], below, groups_beside)),
            ("_heads_asked", _headed(person, posts[person.pk], below)),
        ):
            remembered(person, name, day, partial(frozenset, found))


def _below(path: str) -> set[int]:
    return set(Unit.objects.filter(path__startswith=path).values_list("pk", flat=True))


def _groups_beside(parents: set[int]) -> set[int]:
    return set(Unit.objects.filter(kind=UnitKind.GROUP, parent__in=parents).values_list("pk", flat=True))


def _answering(
    user: User,
    posts: Iterable[Post],
    below: Callable[[str], set[int]],
    groups_beside: Callable[[set[int]], set[int]],
) -> frozenset[int]:
    if not user.is_active:
        return frozenset()
    found: set[int] = set()
    parents: set[int] = set()
    for post in posts:
        if Role(post.role) not in DOES_THE_WORK:
            continue
        found.add(post.unit_id)
        if post.unit.parent_id is not None:
            parents.add(post.unit.parent_id)
        if post.role in ANSWERS_FOR_DESCENDANTS:
            found |= below(post.unit.path)
    return frozenset(found | (groups_beside(parents) if parents else set()))


def _headed(user: User, posts: Iterable[Post], below: Callable[[str], set[int]]) -> frozenset[int]:
    if not user.is_active:
        return frozenset()
    found: set[int] = set()
    for post in posts:
        if post.role == Role.UNIT_HEAD:
            found |= below(post.unit.path)
    return frozenset(found)


def can_reply(user: User, assignment: Assignment, day: date) -> bool:
    """Whether `user` may report for the unit of this assignment on `day`."""
    return assignment.unit_id in answering_unit_ids(user, day)


def check_can_reply(user: User, assignment: Assignment, day: date) -> None:
    """Raises PermissionDenied unless `user` may report for the unit of this assignment on `day`."""
    if not can_reply(user, assignment, day):
        raise PermissionDenied(_("Only people of the unit itself report for it."))


def can_read_reply(user: User, reply: Reply, day: date) -> bool:
    """Whether `user`, who sees the task, may read this reply: a draft is the unit's own."""
    return reply.state != ReplyState.DRAFT or can_reply(user, reply.instalment.assignment, day)


def can_judge(user: User, assignment: Assignment, lead_unit_id: int | None, day: date) -> bool:
    """Whether `user` may accept or return what the unit of this assignment reported, on `day`.

    A supporting unit's report is judged by a head of the lead unit; any report by a director, or by a planning
    officer who does not work in the reporting unit.
    """
    if _holds(user, DIRECTORS, day):
        return True
    if can_reply(user, assignment, day):
        return False
    if assignment.role == AssignmentRole.SUPPORT and lead_unit_id in headed_unit_ids(user, day):
        return True
    return _holds(user, frozenset({Role.PLANNING_OFFICER}), day)


def check_can_judge(user: User, assignment: Assignment, lead_unit_id: int | None, day: date) -> None:
    """Raises PermissionDenied, saying who may, unless `user` may accept or return this unit's report."""
    if can_judge(user, assignment, lead_unit_id, day):
        return
    if can_reply(user, assignment, day):
        raise PermissionDenied(_("Nobody accepts the work of the own unit."))
    if assignment.role == AssignmentRole.SUPPORT:
        raise PermissionDenied(
            _("The head of the lead unit accepts the work of supporting units, or the planning division.")
        )
    raise PermissionDenied(
        _("A planning officer of another unit or a director accepts the work of the lead unit.")
    )


def can_answer_difficulty(user: User, assignment: Assignment, lead_unit_id: int | None, day: date) -> bool:
    """Whether `user` may answer a difficulty that the unit of this assignment reported, on `day`."""
    return can_judge(user, assignment, lead_unit_id, day)


def can_split(user: User, lead_unit_id: int | None, day: date) -> bool:
    """Whether `user` may split a task into steps on `day`: the lead unit's head, or who orders work."""
    return can_order_work(user, day) or (
        lead_unit_id is not None and lead_unit_id in headed_unit_ids(user, day)
    )


def check_can_split(user: User, lead_unit_id: int | None, day: date) -> None:
    """Raises PermissionDenied unless `user` may split a task led by this unit into steps."""
    if not can_split(user, lead_unit_id, day):
        raise PermissionDenied(_("Only the head of the lead unit and planning officers split a task."))


def lead_unit_id(task: Task) -> int | None:
    """The unit that leads the task now; None where none does. One query."""
    leads = Assignment.objects.current().filter(task=task, role=AssignmentRole.LEAD)
    return leads.values_list("unit", flat=True).first()
