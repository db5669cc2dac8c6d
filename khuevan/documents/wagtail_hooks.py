"""Where official documents stand in the staff interface: their addresses and their menu."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from khuevan.documents.dispatch_permissions import can_follow_dispatches
from khuevan.documents.permissions import can_keep_register
from khuevan.documents.review_permissions import decides_on_drafts
from khuevan.documents.signing_permissions import can_hold_signature_image, signs_or_keeps_register
from khuevan.documents.viewsets import DocumentSetUpGroup
from khuevan.people.staff_menu import StaffMenuItem, register_items

documents_menu = Menu(register_hook_name="register_documents_menu_item")


class DocumentsMenuItem(StaffMenuItem):
    """One page of the documents' menu, shown to those who may open it; without `may`, to all staff."""

    namespace = "documents"


# In the order of a document's life: written, decided on, registered, sent; then what is set up once.
# (order, label, view, icon, who may)
MENU: tuple[DocumentsMenuItem, ...] = (
    DocumentsMenuItem(100, _("Drafts"), "drafts", "edit"),
    DocumentsMenuItem(200, _("For my decision"), "reviews", "circle-check", decides_on_drafts),
    DocumentsMenuItem(210, _("To be numbered"), "to_number", "list-ol", can_keep_register),
    DocumentsMenuItem(220, _("To be signed"), "to_sign", "edit", signs_or_keeps_register),
    DocumentsMenuItem(230, _("My signature"), "own_signature", "image", can_hold_signature_image),
    DocumentsMenuItem(300, _("Outgoing documents"), "outgoing", "arrow-right-full"),
    DocumentsMenuItem(310, _("Incoming documents"), "incoming", "arrow-left"),
    DocumentsMenuItem(320, _("Register a document"), "incoming_upload", "upload", can_keep_register),
    DocumentsMenuItem(400, _("Dispatch"), "dispatches", "mail", can_follow_dispatches),
    DocumentsMenuItem(410, _("Sent to us"), "received", "download"),
    DocumentsMenuItem(420, _("edXML inbox"), "edxml_inbox", "code", can_follow_dispatches),
)

register_items("register_documents_menu_item", MENU)


@hooks.register("register_admin_viewset")
def set_up_pages() -> DocumentSetUpGroup:
    """The pages of types, books of numbers and correspondents."""
    return DocumentSetUpGroup()


@hooks.register("register_admin_urls")
def documents_urls() -> list[URLResolver]:
    """The documents' pages, under the staff prefix."""
    return [path("van-ban/", include("khuevan.documents.urls"))]


@hooks.register("register_admin_menu_item")
def documents_menu_item() -> MenuItem:
    """The documents' own menu, next to the programme."""
    return SubmenuMenuItem(
        _("Official documents"), documents_menu, name="official-documents", icon_name="doc-full", order=20
    )
