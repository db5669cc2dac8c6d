"""The files of a document as its recipients get them: named so that they can be told apart, or as links."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from khuevan.core.private_files import private_storage
from khuevan.documents.models import Dispatch, Document, DocumentFile
from khuevan.plain.folding import slug

LINKS_LAST = timedelta(days=30)
_SALT = "khuevan.documents.dispatch"


def data_of(file: DocumentFile) -> bytes:
    """The file's bytes."""
    with private_storage().open(str(file.file.name)) as stream:
        data: bytes = stream.read()
    return data


def outward_name(document: Document, file: DocumentFile, *, first: bool) -> str:
    """The name under which a recipient gets the file: the document itself by its symbol, others by their own."""
    ending = file.filename.rpartition(".")[2].lower() if "." in file.filename else "pdf"
    if first:
        return f"{symbol_as_name(document)}.{ending}"
    return re.sub(r"[/\\]", "-", file.filename)


def symbol_as_name(document: Document) -> str:
    """The document's symbol as the name of a file: 48-KH-SVHTT."""
    plain = re.sub(r"[^\w.-]+", "-", document.symbol).strip("-.")
    return plain or slug(document.title)[:60] or f"van-ban-{document.pk}"


def link_to(dispatch: Dispatch, file: DocumentFile) -> str:
    """The address at which the recipient, who has no account, gets the file within LINKS_LAST.

    It belongs to one mail: sent anew, perhaps to another address, the links of the mail before end.
    """
    token = signing.dumps([dispatch.pk, file.pk, dispatch.mail_key], salt=_SALT, compress=True)
    return urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("document_links:file", args=[token]))


def file_of_link(token: str) -> tuple[int, int, str] | None:
    """The dispatch, the file and the mail's key of a link; None for one that is none of ours or too old."""
    try:
        dispatch, file, mail_key = signing.loads(token, salt=_SALT, max_age=LINKS_LAST)
    except (signing.BadSignature, ValueError):
        return None
    return int(dispatch), int(file), str(mail_key)
