"""The lists of drafts, the templates, and the beginning of a new draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.core.refusals import sentences, takes_only_posts
from khuevan.core.search import search_folded
from khuevan.documents.actions import begin_draft, copy_as_draft, retire_template
from khuevan.documents.bundled_templates import bundled_templates
from khuevan.documents.choices import Direction, DraftState
from khuevan.documents.draft_beginning import Beginning, beginning_of
from khuevan.documents.models import Draft, DraftTemplate, NumberBook
from khuevan.documents.permissions import writing_unit_ids
from khuevan.documents.queries.drafting import drafts_listed, own_templates
from khuevan.documents.queries.reading import books_on, types_on
from khuevan.documents.template_permissions import can_retire_template
from khuevan.documents.views.draft_access import drafts_crumb, number
from khuevan.documents.views.frame import person_of, says_why, staff_page
from khuevan.people.models import Unit

PAGE_SIZE = 30
SCOPES = ("mine", "unit", "all")


class DraftFilterForm(forms.Form):
    """What narrows the list; read from the address, so that a list can be kept and sent."""

    q = forms.CharField(label=gettext_lazy("Words of the subject"), required=False, max_length=200)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    type = forms.TypedChoiceField(label=gettext_lazy("Type"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, types: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        state, kind = self.fields["state"], self.fields["type"]
        assert isinstance(state, forms.ChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        state.choices = [("", _("All states")), ("OPEN", _("Still in work")), *DraftState.choices]
        kind.choices = [("", _("All types")), *types]
        self.fields["q"].widget.attrs |= {"placeholder": _("With or without accents")}


@require_safe
@says_why
def drafts(request: HttpRequest) -> HttpResponse:
    """The own drafts, those of the own units, or all that the person may read; filtered, thirty a page."""
    person, day = person_of(request), clock.today()
    scope = request.GET.get("scope", "mine")
    scope = scope if scope in SCOPES else "mine"
    form = DraftFilterForm(request.GET, [(one.pk, one.name) for one in types_on(day)])
    form.is_valid()
    values = form.cleaned_data
    found = drafts_listed(person, day, scope=scope)
    if values.get("state") == "OPEN":
        found = found.filter(pk__in=Draft.objects.open().values("pk"))
    elif values.get("state"):
        found = found.filter(state=values["state"])
    if values.get("type"):
        found = found.filter(type=values["type"])
    if values.get("q"):
        found = search_folded(found, values["q"])
    # By the office's clock, which the version keeps; `updated_at` is the machine's.
    newest = found.defer("content").annotate(saved_at=Max("versions__saved_at")).order_by("-saved_at", "-pk")
    sheet = Paginator(newest, PAGE_SIZE).get_page(request.GET.get("page"))
    address = reverse("documents:drafts")
    context = {
        "form": form,
        "narrows": any(values.get(name) for name in ("q", "state", "type")),
        "scope": scope,
        "tabs": [
            {"url": f"{address}?scope={code}", "label": label, "chosen": code == scope}
            for code, label in (
                ("mine", _("My drafts")),
                ("unit", _("My unit's drafts")),
                ("all", _("All that I may read")),
            )
        ],
        "sheet": sheet,
        "page_links": _page_links(request, sheet),
        "clear_url": f"{address}?scope={scope}",
        "may_begin": bool(writing_unit_ids(person, day)),
    }
    return staff_page(request, "documents/drafts/list.html", context, ("", _("Drafts")))


def _page_links(request: HttpRequest, sheet: Any) -> list[dict[str, Any]]:
    kept = request.GET.copy()
    links = []
    for page in sheet.paginator.get_elided_page_range(sheet.number):
        kept["page"] = str(page)
        links.append({"number": page, "url": f"?{kept.urlencode()}"})
    return links


class BeginForm(forms.Form):
    """What a new draft is about, in whose name, in which book."""

    title = forms.CharField(
        label=pgettext_lazy("official document", "Subject"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What the document is about; it can be changed later."),
        error_messages={"required": gettext_lazy("Say what the document is about.")},
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("Drafting unit"), queryset=Unit.objects.none())
    book = forms.ModelChoiceField(label=gettext_lazy("Book of numbers"), queryset=NumberBook.objects.none())


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def draft_new(request: HttpRequest) -> HttpResponseBase:
    """The types and templates to begin from; with one of them chosen, the title and unit; a POST begins."""
    person, day = person_of(request), clock.today()
    if not writing_unit_ids(person, day):
        raise PermissionDenied(_("You may draft only in the name of a unit in which you hold a post."))
    beginning = beginning_of(person, day, request.GET)
    crumbs = (drafts_crumb(), ("", _("New draft")))
    if beginning is None:
        return staff_page(request, "documents/drafts/choose.html", _choices(request), *crumbs)
    form = BeginForm(request.POST or None, initial={"title": beginning.title})
    _offer(form, request, beginning)
    if request.method == "POST" and form.is_valid():
        try:
            begun = _begin(request, beginning, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("The draft is there: write it now."))
            return redirect(begun)
    context = {"form": form, "beginning": beginning, "address": request.get_full_path()}
    return staff_page(
        request, "documents/drafts/begin.html", context, *crumbs, status=422 if form.errors else 200
    )


def _offer(form: BeginForm, request: HttpRequest, beginning: Beginning) -> None:
    """Units and books to choose from; where there is one, nothing is to be chosen."""
    person, day = person_of(request), clock.today()
    units, books = form.fields["unit"], form.fields["book"]
    assert isinstance(units, forms.ModelChoiceField)
    assert isinstance(books, forms.ModelChoiceField)
    units.queryset = Unit.objects.filter(pk__in=writing_unit_ids(person, day)).order_by("path")
    books.queryset = books_on(day, Direction.OUT)
    for field, chosen in ((units, beginning.unit_id), (books, beginning.book_id)):
        keys = list(field.queryset.values_list("pk", flat=True)) if field.queryset is not None else []
        field.empty_label = None
        field.initial = chosen if chosen in keys else (keys[0] if keys else None)
        if len(keys) == 1:
            field.widget = forms.HiddenInput()
    form.no_book = not books.queryset.exists()  # type: ignore[attr-defined]


def _begin(request: HttpRequest, beginning: Beginning, values: dict[str, Any]) -> Draft:
    person = person_of(request)
    if beginning.source is not None and beginning.composition is not None:
        return copy_as_draft(
            by=person,
            source=beginning.source,
            composition=beginning.composition,
            unit=values["unit"],
            book=values["book"],
            title=values["title"],
        )
    return begin_draft(
        by=person,
        document_type=beginning.type,
        book=values["book"],
        unit=values["unit"],
        title=values["title"],
        from_template=beginning.composition,
        answers=beginning.answers,
    )


def _choices(request: HttpRequest) -> dict[str, Any]:
    """Types with their templates: those that have some first, then the others in the decree's order."""
    person, day = person_of(request), clock.today()
    types = list(types_on(day))
    own = list(own_templates(None, person, day))
    answers = number(request.GET.get("answers"))
    kept = f"&answers={answers}" if answers else ""
    groups: list[dict[str, Any]] = [
        {
            "type": one,
            "kept": kept,
            "bundled": [template for template in bundled_templates() if template.type_name == one.name],
            "own": [template for template in own if template.type_id == one.pk],
        }
        for one in types
    ]
    with_templates = [group for group in groups if group["bundled"] or group["own"]]
    # As often as an office writes them, which is the order of the files.
    with_templates.sort(key=lambda group: min((one.slug for one in group["bundled"]), default="~"))
    return {
        "groups": with_templates,
        "others": [group for group in groups if not (group["bundled"] or group["own"])],
        "answers": bool(answers),
    }


@require_safe
@says_why
def templates(request: HttpRequest) -> HttpResponse:
    """All templates: those that come with the software, and the department's own."""
    person, day = person_of(request), clock.today()
    names = {one.name: one.pk for one in types_on(day)}
    context = {
        "bundled": [
            {"template": template, "type": names.get(template.type_name)} for template in bundled_templates()
        ],
        "own": [
            {"template": template, "may_retire": can_retire_template(person, template, day)}
            for template in own_templates(None, person, day)
        ],
        "may_begin": bool(writing_unit_ids(person, day)),
    }
    return staff_page(
        request, "documents/drafts/templates.html", context, drafts_crumb(), ("", _("Templates"))
    )


@takes_only_posts
@says_why
def template_retire(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes a template of the department's out of use."""
    template = get_object_or_404(DraftTemplate, pk=pk)
    retire_template(by=person_of(request), template=template)
    messages.success(request, _("“%(name)s” is out of use.") % {"name": template.name})
    return redirect("documents:draft_templates")
