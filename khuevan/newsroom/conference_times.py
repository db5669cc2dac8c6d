"""One press conference has one time and one deadline, whatever the language of the page that says so.

The page in which it was first written leads. When it is published, the pages of the other languages say the same at
once, drafts included; and a page of another language that is published with times of its own gets those.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q
from wagtail.models import Revision
from wagtail.signals import page_published

from khuevan.newsroom.models import PressConferencePage

SHARED: Final = ("begins_at", "ends_at", "languages", "accreditation_until")


def share_times(instance: Any, **kwargs: Any) -> None:
    """Lets all pages of a conference say what the leading one says; a receiver of Wagtail's signal."""
    if not isinstance(instance, PressConferencePage):
        return
    pages = PressConferencePage.objects.filter(translation_key=instance.translation_key).order_by("pk")
    leading = pages.first()
    if leading is None:
        return
    told = leading.serializable_data()
    others = pages.exclude(pk=leading.pk)
    others.update(**{name: getattr(leading, name) for name in SHARED})
    # Their newest drafts, and what was approved and waits for its moment.
    keys = [str(pk) for pk in others.values_list("pk", flat=True)]
    newest = Q(pk__in=others.exclude(latest_revision=None).values("latest_revision"))
    waiting = Q(object_id__in=keys, approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(newest | waiting):
        revision.content = {**revision.content, **{name: told[name] for name in SHARED}}
        revision.save(update_fields=["content"])


def connect() -> None:
    """Called once, when the apps are ready."""
    page_published.connect(share_times, dispatch_uid="newsroom-conference-times")
