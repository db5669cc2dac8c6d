"""Steps of the review of a piece: who may let it go on is said by a role, not by a list of names."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState

from khuevan.core import clock
from khuevan.newsroom.permissions import deciding_roles, posts_that_decide
from khuevan.people.choices import Role
from khuevan.people.models import User

# Of many who may decide, the first: the sentence is read on a telephone too.
NAMES_SHOWN = 5


class SeatLock(WorkflowLock):
    """The lock of a piece in review, which says who decides now."""

    def get_message(self, user: User) -> Any:
        """For everybody but those who decide: at which step the piece waits, for whose decision."""
        if not self.for_user(user):
            return None
        names = self.task.deciders(self.object)
        return format_html(
            "{} {}",
            format_html(
                gettext(
                    "This piece waits at the step <b>“{step}”</b>. Now this role decides and may change it: "
                    "<b>{role}</b>."
                ),
                step=self.task.name,
                role=self.task.get_role_display(),
            ),
            _("Holders today: %(names)s.") % {"names": ", ".join(names)}
            if names
            else _("Nobody holds this role today: tell an administrator."),
        )


class SeatTask(Task):
    """One step of a review: whoever holds the role today lets the piece go on, or returns it with a word.

    Nobody lets the own text go on: the person who submitted the piece does not decide on it.
    """

    role = models.CharField(_("role"), max_length=20, choices=Role)

    admin_form_fields: ClassVar[list[str]] = [*Task.admin_form_fields, "role"]
    admin_form_readonly_on_edit_fields: ClassVar[list[str]] = [
        *Task.admin_form_readonly_on_edit_fields,
        "role",
    ]

    lock_class = SeatLock

    class Meta:
        verbose_name = _("step decided by a role")
        verbose_name_plural = _("steps decided by a role")

    def _decides(self, obj: Any, user: User) -> bool:
        if self.role not in deciding_roles(user, clock.today()):
            return False
        state = obj.current_workflow_state
        return state is None or state.requested_by_id != user.pk

    def deciders(self, obj: Any) -> list[str]:
        """The names of those who may decide today, at most NAMES_SHOWN; never of who submitted the piece."""
        posts = posts_that_decide(Role(self.role), clock.today())
        state = obj.current_workflow_state
        if state is not None and state.requested_by_id is not None:
            posts = posts.exclude(person=state.requested_by_id)
        names = posts.order_by("person__full_name").values_list("person__full_name", flat=True).distinct()
        return list(names[:NAMES_SHOWN])

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        """Whoever decides may open the piece, and mend it while deciding."""
        return self._decides(obj, user)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        """While the step lasts, nobody else changes what is being decided on."""
        return not self._decides(obj, user)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        """Return with a word, or let go on, with a word or without."""
        if not self._decides(obj, user):
            return []
        return [
            ("reject", _("Return"), True),
            ("approve", _("Let it go on"), False),
            ("approve", _("Let it go on with a word"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet[TaskState]:
        """The steps that wait for this person."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if self.role not in deciding_roles(user, clock.today()):
            none: models.QuerySet[TaskState] = waiting.none()
            return none
        others: models.QuerySet[TaskState] = waiting.exclude(workflow_state__requested_by=user)
        return others

    @classmethod
    def get_description(cls) -> Any:
        """What an administrator reads when choosing the kind of step."""
        return _("Holders of a role decide; nobody decides on the own text")
