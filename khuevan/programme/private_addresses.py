"""Keeps the secret part of private addresses out of the log."""

from __future__ import annotations

import logging
import re

_SECRET = re.compile(r"/lich/[-\w]+\.ics")


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
    return _SECRET.sub("/lich/….ics", text)


def keep_secrets_out_of_the_log() -> None:
    """Puts the filter before Django's log of requests; called once, when the app is ready."""
    logging.getLogger("django.request").addFilter(WithoutSecrets())
