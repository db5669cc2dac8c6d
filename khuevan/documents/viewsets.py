"""Types of documents, books of numbers and correspondents in the staff pages. Written by the app's actions only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from khuevan.core.search import search_folded
from khuevan.documents import actions
from khuevan.documents.forms.routes import RouteForm
from khuevan.documents.forms.setting_up import CorrespondentForm, DocumentTypeForm, NumberBookForm
from khuevan.documents.models import Correspondent, DocumentType, NumberBook, Route
from khuevan.documents.permissions import can_set_up_documents
from khuevan.people.seat_policies import SeatPolicy, kept_by


class _SetUpViewSet(ModelViewSet):
    """What the three kinds share."""

    copy_view_enabled = False
    list_per_page = 100
    export_filename = "danh-muc"


for _model in (DocumentType, NumberBook, Correspondent, Route):
    # Clerks and administrators; what is kept is ended.
    register_permission_policy(_model, SeatPolicy(_model, kept_by(can_set_up_documents)))


class DocumentTypeCreateView(generic.CreateView):
    """A new type."""

    def save_instance(self) -> DocumentType:
        """Stores the type by its action."""
        return actions.keep_document_type(by=self.request.user, document_type=self.form.instance)


class DocumentTypeEditView(generic.EditView):
    """A type's name, code and days."""

    def save_instance(self) -> DocumentType:
        """Stores the type by its action."""
        return actions.keep_document_type(by=self.request.user, document_type=self.form.instance)


class DocumentTypeViewSet(_SetUpViewSet):
    """Types of documents."""

    model = DocumentType
    name = "document_types"
    icon = "tag"
    menu_label = _("Types of documents")
    menu_order = 300
    add_view_class = DocumentTypeCreateView
    edit_view_class = DocumentTypeEditView
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("name"), url_name="document_types:edit"),
        Column("code", label=_("code in the symbol")),
        Column("regulation", label=_("set by"), classname="listing-extra"),
        Column("valid_to", label=_("in force until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[DocumentTypeForm]:
        """The form of a type."""
        return DocumentTypeForm


class NumberBookIndexView(generic.IndexView):
    """The books of numbers."""

    def get_base_queryset(self) -> QuerySet[NumberBook]:
        """The books with their bodies loaded."""
        return NumberBook.objects.select_related("unit")


class NumberBookCreateView(generic.CreateView):
    """A new book."""

    def save_instance(self) -> NumberBook:
        """Stores the book by its action."""
        return actions.keep_number_book(by=self.request.user, book=self.form.instance)


class NumberBookEditView(generic.EditView):
    """A book's name, code and days."""

    def save_instance(self) -> NumberBook:
        """Stores the book by its action."""
        return actions.keep_number_book(by=self.request.user, book=self.form.instance)


class NumberBookViewSet(_SetUpViewSet):
    """Books of numbers."""

    model = NumberBook
    name = "number_books"
    icon = "list-ol"
    menu_label = _("Books of numbers")
    menu_order = 100
    index_view_class = NumberBookIndexView
    add_view_class = NumberBookCreateView
    edit_view_class = NumberBookEditView
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("name"), url_name="number_books:edit"),
        Column(
            "direction",
            label=pgettext_lazy("official document", "direction"),
            accessor="get_direction_display",
        ),
        Column("unit", label=_("body"), classname="listing-extra"),
        Column("body_code", label=_("body's code in the symbol")),
        Column("valid_to", label=_("in use until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[NumberBookForm]:
        """The form of a book."""
        return NumberBookForm


class CorrespondentIndexView(generic.IndexView):
    """The bodies that documents go to and come from; found without diacritics."""

    is_searchable = True

    def search_queryset(self, queryset: Any) -> Any:
        """Those that hold the words under any of their names."""
        return search_folded(queryset, self.search_query) if self.is_searching else queryset


class CorrespondentCreateView(generic.CreateView):
    """A new correspondent."""

    def save_instance(self) -> Correspondent:
        """Stores the correspondent by its action."""
        return actions.keep_correspondent(by=self.request.user, correspondent=self.form.instance)


class CorrespondentEditView(generic.EditView):
    """A correspondent's names, codes and addresses."""

    def save_instance(self) -> Correspondent:
        """Stores the correspondent by its action."""
        return actions.keep_correspondent(by=self.request.user, correspondent=self.form.instance)


class CorrespondentViewSet(_SetUpViewSet):
    """Correspondents."""

    model = Correspondent
    name = "correspondents"
    icon = "mail"
    menu_label = _("Correspondents")
    menu_order = 200
    index_view_class = CorrespondentIndexView
    add_view_class = CorrespondentCreateView
    edit_view_class = CorrespondentEditView
    list_filter: ClassVar[list[str]] = ["channel"]
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("name"), url_name="correspondents:edit"),
        Column("organ_code", label=_("code in edXML"), classname="listing-extra"),
        Column("email", label=_("e-mail address")),
        Column("channel", label=_("usual channel"), accessor="get_channel_display"),
        Column("valid_to", label=_("exists until"), classname="listing-extra"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[CorrespondentForm]:
        """The form of a correspondent."""
        return CorrespondentForm


class SeatsColumn(Column):
    """The seats of a route, one after another."""

    def get_value(self, instance: Route, parent_context: Any = None) -> str:
        """Who decides, in order; heads of named units by the unit."""
        steps = instance.steps.all()
        return " → ".join(step.unit.name if step.unit else step.get_seat_display() for step in steps)


class RouteIndexView(generic.IndexView):
    """The routes of approval."""

    def get_base_queryset(self) -> QuerySet[Route]:
        """The routes with their seats loaded."""
        return Route.objects.select_related("type").prefetch_related("steps__unit")


class RouteCreateView(generic.CreateView):
    """A new route."""

    def save_instance(self) -> Route:
        """Stores the route with its seats by its action."""
        return actions.keep_route(by=self.request.user, route=self.form.instance, seats=self.form.seats())


class RouteEditView(generic.EditView):
    """A route's name, days and seats."""

    def save_instance(self) -> Route:
        """Stores the route with its seats by its action."""
        return actions.keep_route(by=self.request.user, route=self.form.instance, seats=self.form.seats())


class RouteViewSet(_SetUpViewSet):
    """Routes of approval."""

    model = Route
    name = "routes"
    icon = "redirect"
    menu_label = _("Routes of approval")
    menu_order = 400
    index_view_class = RouteIndexView
    add_view_class = RouteCreateView
    edit_view_class = RouteEditView
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("name"), url_name="routes:edit"),
        Column("type", label=_("for the type")),
        SeatsColumn("seats", label=_("who decides")),
        Column("valid_to", label=_("in use until"), classname="listing-extra"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[RouteForm]:
        """The form of a route."""
        return RouteForm


class DocumentSetUpGroup(ViewSetGroup):
    """What is set up once, under one entry of the documents' menu."""

    menu_label = _("Books and lists")
    menu_icon = "cog"
    menu_order = 900
    menu_hook = "register_documents_menu_item"
    items = (NumberBookViewSet, CorrespondentViewSet, DocumentTypeViewSet, RouteViewSet)
