"""Addresses of what leaves the house, and what came as edXML."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.documents.views import dispatch_lists, dispatching, exchange

urlpatterns: list[URLPattern] = [
    path("gui-di/", dispatch_lists.dispatches_page, name="dispatches"),
    path("gui-di/phieu/", dispatch_lists.delivery_sheet, name="delivery_sheet"),
    path("gui-di/<int:pk>/", dispatch_lists.dispatch, name="dispatch"),
    path("gui-di/<int:pk>/sua/", dispatching.change, name="dispatch_change"),
    path("gui-di/<int:pk>/bo/", dispatching.remove, name="dispatch_remove"),
    path("<int:pk>/gui-di/", dispatching.send, name="dispatches_send"),
    path("<int:pk>/gui-di/noi-nhan/", dispatching.prepare, name="dispatches_prepare"),
    path("<int:pk>/gui-di/thu-hoi/", dispatching.recall, name="dispatches_recall"),
    path("<int:pk>/gui-di/cap-nhat/", dispatching.update, name="dispatches_update"),
    path("gui-den-don-vi/", dispatch_lists.received, name="received"),
    path("gui-den-don-vi/<int:pk>/", dispatch_lists.confirm, name="received_confirm"),
    path("edxml/", exchange.inbox, name="edxml_inbox"),
    path("edxml/tai-len/", exchange.upload, name="edxml_upload"),
    path("edxml/<int:pk>/", exchange.message_page, name="edxml_message"),
    path("edxml/<int:pk>/vao-so/", exchange.register, name="edxml_register"),
    path("edxml/<int:pk>/tra-lai/", exchange.decline, name="edxml_decline"),
    path("edxml/<int:pk>/thu-hoi/", exchange.business, name="edxml_business"),
    path("edxml/<int:pk>/trang-thai/", exchange.tell, name="edxml_tell"),
    path("edxml/<int:pk>/tep/", exchange.message_file, name="edxml_file"),
    path("edxml/trang-thai/<int:pk>/tep/", exchange.status_file, name="edxml_status_file"),
    path(
        "edxml/trang-thai/<int:pk>/da-chuyen/", exchange.status_handed_over, name="edxml_status_handed_over"
    ),
]
