"""Where something stands on a page: counted as the page is shown, and turned into the file's own count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.errors import SigningRefused

_TOLERANCE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Placement:
    """A rectangle on a page. `page` counts from 1; points from the top left corner of the page as shown."""

    page: int
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge, in points from the left edge of the page."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge, in points from the top edge of the page."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class ShownPage:
    """The visible part of a page in the file's own space (points from the bottom left), and its turn.

    `rotation` is 0, 90, 180 or 270 degrees clockwise, by which the page is turned when it is shown.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        """How wide the page is as shown."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """How high the page is as shown."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def check_inside(self, place: Placement) -> None:
        """Nothing, for a placement on the page; refuses one that is empty or reaches outside."""
        inside = (
            place.width > 0
            and place.height > 0
            and place.left >= -_TOLERANCE
            and place.top >= -_TOLERANCE
            and place.right <= self.width + _TOLERANCE
            and place.bottom <= self.height + _TOLERANCE
        )
        if not inside:
            raise SigningRefused(
                _("The place of the signature lies outside of page {page}: choose another."), page=place.page
            )

    def rectangle(self, place: Placement) -> tuple[float, float, float, float]:
        """The placement in the file's own space: left, bottom, right, top."""
        corners = [self._point(place.left, place.top), self._point(place.right, place.bottom)]
        across, up = [x for x, _y in corners], [y for _x, y in corners]
        return min(across), min(up), max(across), max(up)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return self.left + y, self.bottom + x
        if self.rotation == 180:
            return self.right - x, self.bottom + y
        if self.rotation == 270:
            return self.right - y, self.top - x
        return self.left + x, self.top - y
