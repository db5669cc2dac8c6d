"""The process in which signatures of unknown files are judged: bounded in time and memory, without a network."""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import signal
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from khuevan.documents.signatures.judging import Unreadable, judge

_OUTGOING: Final = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
)


def main() -> None:
    """Reads one line of JSON and a PDF from standard input, writes the reports or why there are none as JSON."""
    told = json.loads(sys.stdin.buffer.readline())
    _bound(told["seconds"])
    roots = [base64.b64decode(root) for root in told["roots"]]
    answer: dict[str, Any]
    try:
        reports = judge(
            sys.stdin.buffer.read(), roots, datetime.fromisoformat(told["at"]), told["signatures"]
        )
        answer = {"reports": [asdict(report) for report in reports]}
    except Unreadable as error:
        answer = {"refused": str(error)}
    except (MemoryError, RecursionError):
        answer = {"refused": "DAMAGED"}
    sys.stdout.write(json.dumps(answer, default=datetime.isoformat))


def _bound(seconds: float) -> None:
    """Ends this process also where the one that started it is gone, and keeps it off the network."""
    logging.disable(logging.CRITICAL)
    with contextlib.suppress(AttributeError, ValueError, OSError):
        # Without a handler the alarm ends the process.
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)

    def refuse_network(event: str, _arguments: object) -> None:
        if event in _OUTGOING:
            raise PermissionError(event)

    sys.addaudithook(refuse_network)


if __name__ == "__main__":
    main()
