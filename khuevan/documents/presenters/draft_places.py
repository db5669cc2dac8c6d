"""Where in a draft's editor a place stands that a check names."""

from __future__ import annotations

from khuevan.documents.draft_content import composition_of
from khuevan.documents.forms.draft_rows import places_of, rows_of
from khuevan.documents.models import Draft

# Parts of the head and foot → the field that holds them.
_FIELDS = {
    "title": "draft-title",
    "head": "draft-notation",
    "addressees": "draft-addressees",
    "recipients": "draft-recipients",
    "signatory": "draft-signer",
    "legal_bases": "can-cu",
    "body": "body-heading",
}


class PlaceUrls:
    """The addresses of the places of one draft, as the editor names its rows."""

    def __init__(self, draft: Draft) -> None:
        rows = rows_of(composition_of(draft.content))
        self._page = draft.get_absolute_url()
        self._rows = {
            place.ref: row.key for row, place in zip(rows, places_of(rows), strict=True) if place.ref
        }

    def of(self, place: str) -> str:
        """The address of the place, or of the nearest thing above it; the editor as a whole for an unknown one."""
        field = _FIELDS.get(place.partition(".")[0])
        if field is not None:
            return f"{self._page}#{field}"
        while place:
            if place in self._rows:
                return f"{self._page}#row-{self._rows[place]}"
            place = place.rpartition(".")[0]
        return f"{self._page}#soan"
