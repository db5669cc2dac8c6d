"""The fields of a draft's head and foot: what stands above its body and below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.documents.choices import SigningAuthority, Urgency
from khuevan.documents.models import Draft, NumberBook
from khuevan.documents.queries.drafting import PossibleSigner
from khuevan.people.models import User
from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import Recipient
from khuevan.plain.official_documents.writing.composition import Composition

_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
# What the words in brackets behind a recipient begin with where they say what for.
_PURPOSES = (
    "de ", "b/c", "t/h", "p/h", "bao cao", "thuc hien", "phoi hop", "theo doi", "biet", "chi dao", "dang tai",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def lines(rows: int, **attributes: Any) -> forms.Textarea:
    """A field of some lines that grows with its words."""
    return forms.Textarea(attrs={"rows": rows, **attributes})


class DraftHeadForm(forms.Form):
    """Everything of a draft but its bases and its body."""

    title = forms.CharField(
        label=pgettext_lazy("official document", "Subject"),
        max_length=1000,
        widget=lines(1),
        error_messages={"required": _("Say what the document is about.")},
    )
    parent_body = forms.CharField(label=_("Body above"), required=False, max_length=255)
    issuer = forms.CharField(
        label=_("Issuing body"),
        max_length=255,
        error_messages={"required": _("Name the body that issues the document.")},
    )
    notation = forms.CharField(
        label=_("Symbol behind the number"),
        max_length=60,
        error_messages={"required": _("Give the symbol, as KH-SVHTT.")},
    )
    place = forms.CharField(label=pgettext_lazy("official document", "Place"), required=False, max_length=100)
    enacting_authority = forms.CharField(label=_("Who decides"), required=False, max_length=255)
    addressees = forms.CharField(
        label=_("Addressed to"),
        required=False,
        max_length=8000,
        widget=lines(1),
    )
    recipients = forms.CharField(
        label=_("Recipients"),
        required=False,
        max_length=12000,
        widget=lines(5),
        help_text=_(
            "One on each line, with what for in brackets; the last line says where the copy is kept."
        ),
    )
    signer = forms.TypedChoiceField(label=_("Signer"), required=False, coerce=int, empty_value=None)
    authority = forms.ChoiceField(label=_("Signs"), choices=SigningAuthority.choices)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    circulation = forms.ChoiceField(label=_("Circulation"), required=False)
    drafter_mark = forms.CharField(
        label=_("Drafter's mark and copies"), required=False, max_length=60, help_text=_("As PL.(300).")
    )
    contact = forms.CharField(
        label=_("Address at the foot of page 1"), required=False, max_length=500, widget=lines(2)
    )
    due_date = forms.DateField(
        label=_("To be issued by"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    book = forms.TypedChoiceField(label=_("Book of numbers"), coerce=int)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        signers: Sequence[PossibleSigner],
        books: Sequence[NumberBook],
        circulations: Sequence[str],
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="draft-%s")
        self._people = {signer.person.pk: signer.person for signer in signers}
        self._books = {book.pk: book for book in books}
        self._choices(
            "signer",
            [
                ("", _("– nobody yet –")),
                *((signer.person.pk, f"{signer.person.full_name} – {signer.post}") for signer in signers),
            ],
        )
        self._choices("book", [(book.pk, book.name) for book in books])
        self._choices("circulation", [("", _("– none –")), *((mark, mark) for mark in circulations)])
        for name in ("title", "addressees", "recipients", "contact"):
            self.fields[name].widget.attrs["data-grows"] = ""

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def signer_chosen(self) -> User | None:
        """The person who signs; None for nobody yet."""
        return self._people.get(self.cleaned_data["signer"])

    def book_chosen(self) -> NumberBook:
        """The book of numbers."""
        return self._books[self.cleaned_data["book"]]

    def onto(self, composition: Composition) -> dict[str, Any]:
        """The fields of the composition that this form holds, by name."""
        values = self.cleaned_data
        words = {
            name: " ".join(_CONTROL.sub(" ", values[name]).split())
            for name in (
                "title", "parent_body", "issuer", "notation", "place", "enacting_authority", "drafter_mark",
                "contact",
            )
        }  # fmt: skip
        return {
            **words,
            "circulation": values["circulation"],
            "addressees": tuple(_listed(values["addressees"])),
            "recipients": tuple(recipient_of(line) for line in _listed(values["recipients"])),
        }


def head_values(draft: Draft, composition: Composition) -> dict[str, Any]:
    """What the form shows of the draft."""
    return {
        **{
            name: getattr(composition, name)
            for name in (
                "title", "parent_body", "issuer", "notation", "place", "enacting_authority", "circulation",
                "drafter_mark", "contact",
            )
        },
        "addressees": "\n".join(composition.addressees),
        "recipients": "\n".join(
            f"{one.name} ({one.purpose})" if one.purpose else one.name for one in composition.recipients
        ),
        "signer": draft.signer_id or "",
        "authority": draft.authority,
        "urgency": draft.urgency,
        "due_date": draft.due_date,
        "book": draft.book_id,
    }  # fmt: skip


def recipient_of(line: str) -> Recipient:
    """UBND Thành phố, for what? from "UBND Thành phố (để b/c)"; brackets that say another thing stay in the name."""
    bracket = _BRACKET.search(line)
    if bracket and fold(bracket[1]).strip().startswith(_PURPOSES):
        return Recipient(line[: bracket.start()].strip(), bracket[1].strip())
    return Recipient(line, None)


def _listed(text: str) -> list[str]:
    """The lines without dashes and final marks, empty ones left out."""
    found = (
        " ".join(_CONTROL.sub(" ", line).split()).lstrip("-–•+ ").rstrip(" ;.,") for line in text.splitlines()
    )
    return [line for line in found if line]
