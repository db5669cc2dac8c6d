"""What people may do with pages of the site in Wagtail's own screens, beyond what its groups say."""

from __future__ import annotations

from khuevan.core.pages import SitePermissions


class SectionPermissions(SitePermissions):
    """A section: below it are pieces, and none of them is published as it is begun or copied."""

    def can_publish_subpage(self) -> bool:
        """Never: a piece goes out at the end of its review."""
        return False


class PiecePermissions(SitePermissions):
    """A piece: its review lets it out, its withdrawal takes it out, and what was public once is not deleted."""

    def can_publish(self) -> bool:
        """Never: the end of the review publishes, whoever holds which group."""
        return False

    def can_unpublish(self) -> bool:
        """Never: withdrawing tells readers what was wrong, where unpublishing leaves them with nothing."""
        return False

    def can_unschedule(self) -> bool:
        """Whether the person may stop what waits for its moment: those who keep the site."""
        return bool(super().can_publish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whether the piece may be deleted: as Wagtail says, and only while it never was public."""
        return self.page.first_published_at is None and bool(super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        """Whether the piece may go to another section: Wagtail's own answer, also for what was public."""
        return bool(super().can_delete(ignore_bulk=True))
