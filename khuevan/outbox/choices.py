"""The states of an outgoing mail, and what can go wrong on its way."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailState(TextChoices):
    """Where a mail stands. No machine ever leads from UNCERTAIN back to WAITING; a person may."""

    WAITING = "WAITING", pgettext_lazy("mail", "waiting to be sent")
    SENDING = "SENDING", pgettext_lazy("mail", "being sent")
    SENT = "SENT", pgettext_lazy("mail", "sent")
    UNCERTAIN = "UNCERTAIN", pgettext_lazy("mail", "perhaps arrived")
    REFUSED = "REFUSED", pgettext_lazy("mail", "not taken")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("mail", "withdrawn")


# What a person may send again: the first perhaps arrived, the second did not.
MAY_BE_RESENT: frozenset[MailState] = frozenset({MailState.UNCERTAIN, MailState.REFUSED})


class Trouble(TextChoices):
    """What last went wrong with a mail. The server's own words stand beside it (`last_error`)."""

    UNREACHABLE = "UNREACHABLE", _("The mail server could not be reached.")
    DEFERRED = "DEFERRED", _("The mail server asked to try again later.")
    LOST_BEFORE = "LOST_BEFORE", _("The connection broke before the mail was handed over.")
    LOST_AFTER = "LOST_AFTER", _("The connection broke while the mail was being handed over.")
    UNCLEAR = "UNCLEAR", _("The mail was handed over, but the answer could not be understood.")
    ABANDONED = "ABANDONED", _("The sender stopped in the middle of this mail.")
    REJECTED = "REJECTED", _("The mail server refused the mail.")
    GIVEN_UP = "GIVEN_UP", _("Every attempt failed.")
    UNFIT = "UNFIT", _("The mail could not be written in the form that mail needs.")
