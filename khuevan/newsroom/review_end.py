"""What happens when a review has let a text go: it goes out, with the languages that it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def publish_reviewed(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publishes the text that the review let go; a piece that needs other languages waits for the last of them.

    Called by Wagtail inside its transaction (WAGTAIL_FINISH_WORKFLOW_ACTION): where one language cannot go out,
    none does, and the last step stays undecided.
    """
    # Wagtail's models look for this function while they are loaded.
    from khuevan.newsroom.models import StoryPage
    from khuevan.newsroom.reviewed import is_let_go
    from khuevan.newsroom.rules import check_in_order, embargo_of, waits_for_languages

    page = workflow_state.content_object.specific
    revision = page.get_latest_revision()
    step = workflow_state.current_task_state
    # Whoever decides may mend the text while deciding: what was let go is the text as it stands now.
    if step is not None and step.revision_id != revision.pk:
        step.revision = revision
        step.save(update_fields=["revision"])
    if not isinstance(page, StoryPage):
        revision.publish(user=user, skip_permission_checks=True)
        return
    if waits_for_languages(revision.as_object()):
        # What else is wrong is said now, and not to whoever lets the last language go.
        check_in_order(revision.as_object())
        return
    # Who may was asked by the last step, by posts and not by Wagtail's groups.
    revision.publish(user=user, skip_permission_checks=True)
    for other in StoryPage.objects.filter(translation_key=page.translation_key, live=False).exclude(
        pk=page.pk
    ):
        scheduled = other.scheduled_revision
        if scheduled is not None:
            text = scheduled.as_object()
            # Its embargo was moved in the text that has just been let go.
            if embargo_of(text) != text.embargo_until:
                scheduled.publish(user=user, skip_permission_checks=True)
            continue
        waiting = other.get_latest_revision()
        if waiting is None or other.withdrawal or not is_let_go(waiting):
            continue
        if not waits_for_languages(waiting.as_object()):
            waiting.publish(user=user, skip_permission_checks=True)
