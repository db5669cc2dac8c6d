"""A book of the register as it is printed, in the columns of Decree 30/2020, annex IV."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.documents.choices import Direction
from khuevan.documents.forms.register_filter import day_field
from khuevan.documents.models import NumberBook
from khuevan.documents.presenters.book import TITLES, kinds_of, printed_book
from khuevan.documents.queries.books import MOST_LINES, answers_to, handed_on, lines_of_book
from khuevan.documents.views.frame import person_of, staff_page


class BookForm(forms.Form):
    """Which book, of which time, in which of the decree's forms."""

    book = forms.ModelChoiceField(NumberBook.objects.none(), empty_label=None)
    kind = forms.ChoiceField()
    first = day_field(required=False)
    last = day_field(required=False)

    def __init__(self, data: QueryDict, direction: str, today: date) -> None:
        books = NumberBook.objects.filter(direction=direction)
        first = f"{date(today.year, 1, 1):%Y-%m-%d}"
        given = data.copy()
        given.setdefault("book", str(books.values_list("pk", flat=True).first() or ""))
        given.setdefault("kind", kinds_of(direction)[0])
        given.setdefault("first", first)
        given.setdefault("last", f"{today:%Y-%m-%d}")
        super().__init__(given, auto_id="book-%s")
        self.fields["book"].queryset = books  # type: ignore[attr-defined]
        self.fields["book"].label = _("Book of numbers")
        self.fields["kind"].label = _("Form")
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, TITLES[kind].capitalize()) for kind in kinds_of(direction)
        ]
        self.fields["first"].label = _("From day")
        self.fields["last"].label = _("To day")


@require_safe
def book_page(request: HttpRequest) -> HttpResponse:
    """The book that the address asks for: its lines for the screen and, by the print style, for paper."""
    today = clock.today()
    direction = Direction.IN if request.GET.get("direction") == Direction.IN else Direction.OUT
    form = BookForm(request.GET, direction, today)
    context = {"form": form, "direction": direction.value, "today": today, "most_lines": MOST_LINES}
    if form.is_valid():
        data = form.cleaned_data
        first, last = data["first"] or date(today.year, 1, 1), data["last"] or today
        documents, is_whole = lines_of_book(person_of(request), data["book"], first, last, today)
        kind = data["kind"]
        printed = printed_book(
            kind,
            documents,
            handed_on(documents) if kind != "follow-up" else {},
            answers_to(documents) if kind == "follow-up" else {},
        )
        context |= {
            "printed": printed, "book": data["book"], "first": first, "last": last, "is_whole": is_whole,
        }  # fmt: skip
    name = "outgoing" if direction == Direction.OUT else "incoming"
    label = _("Outgoing documents") if direction == Direction.OUT else _("Incoming documents")
    crumbs = ((reverse(f"documents:{name}"), label), (request.path, _("Print the book")))
    return staff_page(request, "documents/register/book.html", context, *crumbs)
