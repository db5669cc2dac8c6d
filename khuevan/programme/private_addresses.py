"""Keeps the secret part of private addresses out of the log."""

from __future__ import annotations

import logging
import re

# What a secret looks like in an address, and what stands in the log instead.
_SECRETS: dict[re.Pattern[str], str] = {re.compile(r"/lich/[-\w]+\.ics"): "/lich/….ics"}


class WithoutSecrets(logging.Filter):
    """Lets every line through, private addresses in it without their secret part.

    Django writes the path of what it refuses (a revoked address, an error) into its log; whoever reads the log
    would read the calendar.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed."""
        if isinstance(record.msg, str):
            record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(item) if isinstance(item, str) else item for item in record.args)
        return True


def _without(text: str) -> str:
    for secret, instead in _SECRETS.items():
        text = secret.sub(instead, text)
    return text


def keep_out_of_the_log(secret: re.Pattern[str], instead: str) -> None:
    """Makes the log show `instead` for what the pattern finds; for the private addresses of apps above."""
    _SECRETS[secret] = instead


def keep_secrets_out_of_the_log() -> None:
    """Puts the filter before Django's log of requests; called once, when the app is ready."""
    logging.getLogger("django.request").addFilter(WithoutSecrets())
