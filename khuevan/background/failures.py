"""What is kept of a failure: one sentence that names no person, address or secret. The log has the rest."""

from __future__ import annotations

import traceback
from pathlib import Path

from django.utils.translation import gettext as _

# Frames below this folder are ours; the last of them says where in our work it happened.
OURS = Path(__file__).resolve().parents[1]


class JobFailed(Exception):
    """A job's own account of why it failed: one sentence that people may read, without personal data."""


def sentence_about(error: BaseException) -> str:
    """One sentence about the error, in the language of the moment.

    Only a job's own account is repeated. Any other error is named by kind and place, because its message may
    quote an address, a row or a password.
    """
    if isinstance(error, JobFailed):
        return str(error)
    kind = type(error).__name__
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(OURS)
    ]
    if not frames:
        return _("%(kind)s; the server's log has the details.") % {"kind": kind}
    place = f"{Path(frames[-1].filename).relative_to(OURS)}:{frames[-1].lineno}"
    return _("%(kind)s in %(place)s; the server's log has the details.") % {"kind": kind, "place": place}
