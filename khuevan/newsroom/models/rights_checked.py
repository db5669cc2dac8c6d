"""Pages that show pictures, films and documents go out only with what may be shown."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision


class RightsChecked:
    """A kind of page, named before `Page` among a page's parents, whose publication asks for every right."""

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publishes or schedules the revision; refused with every reason where something lacks a right or a word."""
        # The rules look at models.
        from khuevan.newsroom.rules import check_rights

        check_rights(revision.as_object())
        return super().publish(revision, *args, **kwargs)
