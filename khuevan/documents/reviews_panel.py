"""What of official documents waits for the person, on the staff's first page."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from wagtail.admin.ui.components import Component

from khuevan.core import clock
from khuevan.documents.permissions import can_keep_register
from khuevan.documents.queries import steps_waiting_for
from khuevan.documents.queries.reviewing import drafts_to_number
from khuevan.documents.queries.signed import documents_to_sign
from khuevan.documents.review_permissions import decides_on_drafts
from khuevan.documents.signing_permissions import signs_or_keeps_register
from khuevan.people.models import User

MOST_DRAFTS = 5


class ReviewsPanel(Component):
    """Drafts for the person's decision, by name; how many wait for a number and for a signature."""

    name = "reviews"
    order = 50
    template_name = "documents/reviews_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """`steps`: the longest waiting, `more` how many beside them; nothing is asked for who has no seat."""
        person = parent_context["request"].user
        assert isinstance(person, User)
        today = clock.today()
        steps = steps_waiting_for(person, today) if decides_on_drafts(person, today) else []
        keeps = can_keep_register(person, today)
        return {
            "steps": steps[:MOST_DRAFTS],
            "more": max(len(steps) - MOST_DRAFTS, 0),
            "to_number": drafts_to_number(person, today).count() if keeps else 0,
            "to_sign": documents_to_sign(person, today).count()
            if signs_or_keeps_register(person, today)
            else 0,
        }

    @property
    def media(self) -> Media:
        """The stylesheets of the documents' pages."""
        return Media(css={"all": ["documents/documents.css", "documents/review.css"]})
