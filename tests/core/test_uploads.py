"""Uploads on the pages that take official documents stay in memory; elsewhere Django's own rules hold."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from khuevan.core import uploads

LARGE = 3_000_000  # more than Django keeps in memory by itself


def uploaded(address: str, size: int = LARGE):
    file = BytesIO(b"x" * size)
    file.name = "van-ban.pdf"
    request = RequestFactory().post(address, {"file": file})
    return request.FILES.get("file")


@pytest.mark.parametrize(
    "view", ["documents:incoming_upload", "documents:edxml_upload", "programme:import_upload"]
)
def test_document_stays_in_memory(view):
    found = uploaded(reverse(view))
    assert isinstance(found, InMemoryUploadedFile)
    assert found.size == LARGE


def test_other_uploads_go_where_django_puts_them():
    found = uploaded("/quan-tri/images/multiple/add/")
    assert isinstance(found, TemporaryUploadedFile)
    found.close()


def test_document_too_large_for_memory_is_dropped_and_never_on_disk(monkeypatch, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(uploads, "MOST_BYTES", LARGE - 1)
    assert uploaded(reverse("documents:incoming_upload")) is None
    assert list(tmp_path.iterdir()) == []
