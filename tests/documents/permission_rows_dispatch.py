"""Rows of the view × role table for dispatch and the edXML inbox.

The people of the table hold posts in units of their own; a unit's documents are tried in `test_dispatch_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.test import override_settings
from django.urls import reverse

from khuevan.documents.actions import (
    keep_edxml_message,
    prepare_dispatches,
    register_edxml,
    send_dispatches,
    tell_status,
)
from khuevan.documents.choices import Channel
from khuevan.documents.edxml_reading import checked_message, details_from
from khuevan.documents.models import Dispatch, EdxmlMessage
from khuevan.documents.permissions import READS_THE_REGISTER
from khuevan.people.choices import Role
from tests.documents.dispatch_scenes import DAY, Scene, at_the_day, issued, scene
from tests.permission_rows import NOBODY, STAFF, Row
from tests.plain.edxml.samples import NATIONAL

CLERK: frozenset[str] = frozenset({Role.CLERK})


def rows() -> list[Row]:
    """The clerk sends and takes in; those who read the whole register follow; a unit sees its own."""
    of_document = ("dispatches_prepare", "dispatches_send", "dispatches_recall", "dispatches_update")
    of_dispatch = ("dispatch_change", "dispatch_remove", "dispatch")
    of_message = ("edxml_register", "edxml_decline", "edxml_file")
    of_status = ("edxml_status_file", "edxml_status_handed_over")
    return [
        Row("documents:dispatches", _plain("dispatches"), READS_THE_REGISTER),
        Row("documents:delivery_sheet", _plain("delivery_sheet"), CLERK),
        Row("documents:received", _plain("received"), STAFF),
        # Only the people of the receiving unit.
        Row("documents:received_confirm", _received, NOBODY),
        Row("documents:edxml_inbox", _plain("edxml_inbox"), READS_THE_REGISTER),
        Row("documents:edxml_upload", _plain("edxml_upload"), CLERK),
        Row("documents:edxml_message", _message("edxml_message"), READS_THE_REGISTER),
        Row("documents:edxml_business", _business, CLERK),
        Row("documents:edxml_tell", _registered("edxml_tell"), CLERK),
        *(Row(f"documents:{name}", _document(name), CLERK) for name in of_document),
        *(Row(f"documents:{name}", _dispatch(name), CLERK) for name in of_dispatch),
        *(Row(f"documents:{name}", _message(name), CLERK) for name in of_message),
        *(Row(f"documents:{name}", _status(name), CLERK) for name in of_status),
    ]


def _plain(name: str) -> Callable[[], str]:
    return lambda: reverse(f"documents:{name}")


def _document(name: str) -> Callable[[], str]:
    def address() -> str:
        with at_the_day():
            return reverse(f"documents:{name}", args=[issued(scene()).pk])

    return address


def _prepared(a: Scene) -> list[Dispatch]:
    return prepare_dispatches(by=a.clerk, document=issued(a))


def _dispatch(name: str) -> Callable[[], str]:
    def address() -> str:
        with at_the_day():
            return reverse(f"documents:{name}", args=[_prepared(scene())[0].pk])

    return address


def _received() -> str:
    with at_the_day():
        a = scene()
        [row] = [row for row in _prepared(a) if row.channel == Channel.INTERNAL]
        send_dispatches(by=a.clerk, document=row.document, dispatches=[row])
        return reverse("documents:received_confirm", args=[row.pk])


def _kept(a: Scene, data: str = NATIONAL) -> EdxmlMessage:
    return keep_edxml_message(by=a.clerk, checked=checked_message("den.edxml", data.encode()))[0]


def _message(name: str) -> Callable[[], str]:
    def address() -> str:
        with at_the_day():
            return reverse(f"documents:{name}", args=[_kept(scene()).pk])

    return address


def _registered(name: str) -> Callable[[], str]:
    def address() -> str:
        with at_the_day():
            return reverse(f"documents:{name}", args=[_entered(scene()).pk])

    return address


def _entered(a: Scene) -> EdxmlMessage:
    message = _kept(a)
    register_edxml(
        by=a.clerk,
        message=message,
        book=a.office.incoming,
        received_date=DAY,
        details=details_from(checked_message("den.edxml", NATIONAL.encode()).message),  # type: ignore[arg-type]
    )
    return message


def _status(name: str) -> Callable[[], str]:
    def address() -> str:
        with at_the_day(), override_settings(ORGAN_CODE="X26.05"):
            a = scene()
            status = tell_status(by=a.clerk, message=_entered(a), code="03")
            return reverse(f"documents:{name}", args=[status.pk])

    return address


def _business() -> str:
    """A message that revokes the document that the first one brought."""
    from tests.documents.dispatch_scenes import revoking_message

    with at_the_day():
        a = scene()
        entered = _entered(a)
        kept = _kept(a, revoking_message(entered.edxml_id))
        return reverse("documents:edxml_business", args=[kept.pk])
