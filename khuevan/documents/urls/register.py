"""Addresses of the register, its documents and their files."""

from __future__ import annotations

from django.urls import URLPattern, path

from khuevan.documents.views import books, document, files, incoming, register

urlpatterns: list[URLPattern] = [
    path("", register.outgoing, name="outgoing"),
    path("den/", register.incoming, name="incoming"),
    path("tat-ca/", register.all_documents, name="all_documents"),
    path("danh-sach.csv", register.csv_file, name="register_csv"),
    path("danh-sach.xlsx", register.xlsx_file, name="register_xlsx"),
    path("so/", books.book_page, name="book_page"),
    path("den/vao-so/", incoming.upload, name="incoming_upload"),
    path("den/vao-so/khong-tep/", incoming.incoming_new, name="incoming_new"),
    path("den/vao-so/<int:pk>/", incoming.incoming_file, name="incoming_file"),
    path("den/vao-so/<int:pk>/bo/", incoming.discard, name="incoming_discard"),
    path("di/vao-so-ban-giay/", incoming.paper_new, name="paper_new"),
    path("<int:pk>/", document.document, name="document"),
    path("<int:pk>/sua/", document.correct, name="correct"),
    path("<int:pk>/chuyen/", document.give, name="give"),
    path("<int:pk>/ket-thuc/", document.handled, name="handled"),
    path("<int:pk>/thu-hoi/", document.revoke, name="revoke"),
    path("<int:pk>/thay-the/", document.replace, name="replace"),
    path("<int:pk>/them-tep/", document.add_files, name="add_files"),
    path("<int:pk>/du-lieu-dac-ta.xml", document.metadata_xml, name="metadata_xml"),
    path("<int:pk>/du-lieu-dac-ta.json", document.metadata_json, name="metadata_json"),
    path("<int:pk>/noi-dung/", files.text, name="text"),
    path("tep/<int:pk>/", files.download, name="file"),
    path("tep/<int:pk>/xem/", files.inline, name="file_inline"),
    path("tep/<int:pk>/chu-ky/", files.signatures, name="file_signatures"),
]
