"""Outgoing mails for tests, queued as the programme queues them."""

from __future__ import annotations

import itertools
from typing import Any

from khuevan.outbox.actions import queue_mail
from khuevan.outbox.models import OutgoingMail

_numbers = itertools.count(1)


def queued_mail(**values: Any) -> OutgoingMail:
    """A waiting mail to lan@example.invalid, or to `person`; what is not given is the plainest there is."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "key": f"test:{number}",
        "kind": "DIGEST",
        "subject": f"Việc hôm nay {number}",
        "text": "Không có việc mới.\n",
        "reason": "Đồng chí là chuyên viên của Phòng.",
    }
    if "person" not in values:
        defaults |= {"to_name": "Nguyễn Thị Lan", "to_address": "lan@example.invalid"}
    mail = queue_mail(**{**defaults, **values})
    assert mail is not None
    return mail
