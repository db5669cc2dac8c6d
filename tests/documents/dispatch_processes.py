"""Real processes that send documents: the deeds of the outbox's fork server, and those of dispatch.

The file is both ends: the tests import it, and it is the program that is run.
"""

from __future__ import annotations

import time
from typing import Any

from tests.outbox.processes import DEEDS, MODULES, main


def sign_one() -> list[int]:
    """A signed document whose recipients are prepared: its key, and the clerk's."""
    from django.conf import settings

    from khuevan.documents.actions import prepare_dispatches
    from tests.documents.dispatch_scenes import at_the_day, issued, scene

    settings.ORGAN_CODE = "X26.05"
    with at_the_day():
        a = scene()
        document = issued(a)
        prepare_dispatches(by=a.clerk, document=document)
    return [document.pk, a.clerk.pk]


def send_document(document: int, clerk: int, at: float = 0) -> int:
    """How many dispatches left by this call, made at a moment; 0 where somebody else was quicker."""
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from khuevan.documents.actions import send_dispatches
    from khuevan.documents.models import Document
    from khuevan.people.models import User
    from tests.documents.dispatch_scenes import at_the_day

    settings.ORGAN_CODE = "X26.05"
    time.sleep(max(0, at - time.time()))
    with at_the_day():
        try:
            sent = send_dispatches(by=User.objects.get(pk=clerk), document=Document.objects.get(pk=document))
        except ValidationError:
            return 0
    return len(sent)


def follow() -> int:
    """How many dispatches moved because of their mails."""
    from khuevan.documents.actions import follow_mail_courses
    from khuevan.people.queries import system_person

    return follow_mail_courses(by=system_person())


def standing() -> dict[str, Any]:
    """The state of each channel's dispatch, and how many events, edXML files and mails there are."""
    from khuevan.documents.models import Dispatch, DispatchEvent, DocumentFile
    from khuevan.outbox.models import OutgoingMail

    return {
        "states": dict(Dispatch.objects.order_by("pk").values_list("channel", "state")),
        "events": DispatchEvent.objects.count(),
        "files": DocumentFile.objects.filter(role="ENVELOPE").count(),
        "mails": OutgoingMail.objects.count(),
    }


if __name__ == "__main__":
    main(
        {**DEEDS, **{deed.__name__: deed for deed in (sign_one, send_document, follow, standing)}},
        modules=(*MODULES, "khuevan.documents.actions", "tests.documents.dispatch_scenes"),
    )
