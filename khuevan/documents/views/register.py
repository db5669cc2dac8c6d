"""The register to look at: what went out, what came, both; and the list as a file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from khuevan.core import clock
from khuevan.core.streamed_text import in_the_pages_language
from khuevan.documents.choices import Direction
from khuevan.documents.forms.register_filter import RegisterFilterForm
from khuevan.documents.models import Document, DocumentQuerySet, DocumentType, IncomingFile, NumberBook
from khuevan.documents.permissions import can_keep_register
from khuevan.documents.presenters.register_rows import register_rows, sheet_columns, sheet_rows
from khuevan.documents.queries.reading import visible_documents
from khuevan.documents.queries.register import (
    RegisterCriteria,
    documents_asked_for,
    issuers_of,
    with_what_a_row_shows,
    years_with_numbers,
)
from khuevan.documents.views.frame import person_of, staff_page
from khuevan.people.models import Unit, User
from khuevan.plain.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, write_xlsx

ROWS_A_PAGE = 50
# The page of each direction; the empty one shows both.
PAGES = {Direction.OUT.value: "outgoing", Direction.IN.value: "incoming", "": "all_documents"}


@require_safe
def outgoing(request: HttpRequest) -> HttpResponse:
    """The outgoing documents that the person may read."""
    return _register(request, Direction.OUT)


@require_safe
def incoming(request: HttpRequest) -> HttpResponse:
    """The incoming documents that the person may read."""
    return _register(request, Direction.IN)


@require_safe
def all_documents(request: HttpRequest) -> HttpResponse:
    """Both together, for a search that does not know which way a document went."""
    return _register(request, "")


@require_safe
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """The list as CSV: exactly what the address selects, all pages of it; `direction` is one of its wishes."""
    found = _asked(request)
    rows = sheet_rows(found.rows().iterator(chunk_size=500), found.direction)
    lines = in_the_pages_language(csv_lines(sheet_columns(found.direction), rows))
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_filename(found)}.csv"'
    return response


@require_safe
def xlsx_file(request: HttpRequest) -> HttpResponseBase:
    """The list as an Excel workbook."""
    found = _asked(request)
    target = io.BytesIO()
    rows = sheet_rows(found.rows().iterator(chunk_size=500), found.direction)
    write_xlsx(target, _page_name(found.direction), sheet_columns(found.direction), rows)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=f"{_filename(found)}.xlsx", content_type=XLSX_TYPE
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The list that an address asks for."""

    form: RegisterFilterForm
    criteria: RegisterCriteria
    documents: DocumentQuerySet
    today: date

    @property
    def direction(self) -> str:
        return self.criteria.direction

    def rows(self) -> DocumentQuerySet:
        return with_what_a_row_shows(self.documents)


def _asked(request: HttpRequest, direction: str | None = None) -> _Asked:
    person, today = person_of(request), clock.today()
    if direction is None:
        wished = request.GET.get("direction", "")
        direction = wished if wished in PAGES else ""
    form = _form(request.GET, direction, person, today)
    criteria = form.criteria()
    return _Asked(form, criteria, documents_asked_for(person, criteria, today), today)


def _form(wishes: QueryDict, direction: str, person: User, today: date) -> RegisterFilterForm:
    books = NumberBook.objects.order_by("name").values_list("pk", "name")
    issuers: list[str] = []
    if direction != Direction.OUT:
        issuers = issuers_of(visible_documents(person, today).filter(direction=Direction.IN))
    return RegisterFilterForm(
        wishes,
        direction=direction,
        years=years_with_numbers(),
        types=list(DocumentType.objects.values_list("pk", "name")),
        books=list(books.filter(direction=direction) if direction else books),
        issuers=issuers,
        units=list(Unit.objects.filter(kind__in=_OWN_KINDS).order_by("path").values_list("pk", "name")),
    )


# Units that draft or deal with documents; wards and outside bodies are correspondents.
_OWN_KINDS = ("DEPARTMENT", "DIVISION", "OFFICE", "CENTRE")


def _register(request: HttpRequest, direction: str) -> HttpResponse:
    found = _asked(request, direction)
    # Keys first: to skip to the hundredth page, no row with its long texts need be read.
    sheet = Paginator(found.documents.values_list("pk", flat=True), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = with_what_a_row_shows(Document.objects.filter(pk__in=list(sheet.object_list)))
    keeps = can_keep_register(person_of(request), found.today)
    context = {
        "direction": direction,
        "page_name": _page_name(direction),
        "tabs": tabs(direction),
        "form": found.form,
        "criteria": found.criteria,
        "rows": register_rows(rows, found.today),
        "sheet": sheet,
        "page_links": page_links(sheet, request.GET),
        "list_url": reverse(f"documents:{PAGES[direction]}"),
        "csv_url": _file_url("register_csv", direction, request.GET),
        "xlsx_url": _file_url("register_xlsx", direction, request.GET),
        "keeps_register": keeps,
        "waiting": IncomingFile.objects.count() if keeps and direction == Direction.IN else 0,
    }
    crumb = (request.path, _page_name(direction))
    return staff_page(request, "documents/register/list.html", context, crumb)


def tabs(chosen: str | None) -> list[dict[str, Any]]:
    """The pages of the register beside each other."""
    return [
        {"url": reverse(f"documents:{name}"), "label": _page_name(code), "chosen": code == chosen}
        for code, name in PAGES.items()
    ]


def _page_name(direction: str) -> str:
    if direction == Direction.OUT:
        return _("Outgoing documents")
    return _("Incoming documents") if direction == Direction.IN else _("All documents")


def page_links(sheet: Page[Any], wishes: QueryDict) -> list[dict[str, Any]]:
    """The numbers of pages with their addresses; those left out are one gap."""
    kept = wishes.copy()
    links = []
    for number in sheet.paginator.get_elided_page_range(sheet.number):
        if isinstance(number, int):
            kept["page"] = str(number)
        links.append({"number": number, "url": f"?{kept.urlencode()}"})
    return links


def _file_url(name: str, direction: str, wishes: QueryDict) -> str:
    kept = wishes.copy()
    kept.pop("page", None)
    kept["direction"] = direction
    return f"{reverse(f'documents:{name}')}?{kept.urlencode()}"


def _filename(found: _Asked) -> str:
    names = {Direction.OUT.value: "van-ban-di", Direction.IN.value: "van-ban-den", "": "van-ban"}
    return f"{names[found.direction]}-{found.today:%Y-%m-%d}"
