"""A check at start that the installation's mails have a sender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from khuevan.outbox.acceptance import UnfitMail, address, one_line
from khuevan.outbox.message import sender


@register()
def check_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error where KHUEVAN_EMAIL_SENDER gives no address: every single mail would be refused."""
    name, mailbox = sender()
    try:
        address(mailbox)
        one_line(name, "KHUEVAN_EMAIL_SENDER", 150)
    except UnfitMail as error:
        return [
            Error(
                f"KHUEVAN_EMAIL_SENDER is no sender: {error}",
                hint="Write it as Khuê Văn <khuevan@example.vn>.",
                id="outbox.E001",
            )
        ]
    return []
