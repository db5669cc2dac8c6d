"""The hints in the editor: shown with the page, and anew while somebody writes (`newsroom/hints.js`)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class HintsPanel(Panel):
    """Shows what `khuevan.newsroom.hints` says of the piece; it has no field of its own."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one piece."""

        template_name = "newsroom/hints/panel.html"

        def is_shown(self) -> bool:
            """Once the piece is stored: a new one has nothing to say anything of."""
            return bool(self.instance.pk) and bool(super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The hints of the piece as it was loaded, and where to ask while it is written."""
            # The hints look at the models, which name this panel.
            from khuevan.newsroom.hints import hints_of, reading_measure

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {
                **context,
                "hints": hints_of(self.instance),
                "measure": reading_measure(self.instance),
                "hints_url": reverse("newsroom_desk:hints", args=[self.instance.pk]),
            }
