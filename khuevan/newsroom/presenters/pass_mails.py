"""The mail that brings a reporter the private address of a piece under embargo."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.newsroom.models import EmbargoPass, StoryPage
from khuevan.outbox.actions import queue_mail

PASS = "EMBARGO_PASS"  # noqa: S105  (a kind of mail)


def key_of_mail(made: EmbargoPass) -> str:
    """The key of the mail that brings the pass; no other key begins so."""
    return f"newsroom:pass:{made.pk}:"


def tell_reporter(made: EmbargoPass, page: StoryPage, address: str) -> None:
    """Queues the mail, in Vietnamese for a Vietnamese piece, else in English; once a pass."""
    language = "vi" if page.locale.language_code == "vi" else "en"
    with translation.override(language):
        embargo = _moment(page.embargo_until)
        queue_mail(
            key=key_of_mail(made),
            kind=PASS,
            to_name=made.name,
            to_address=made.email,
            subject=_("Under embargo until %(moment)s") % {"moment": embargo},
            text="\n\n".join(
                (
                    pgettext("newsroom", "Dear %(name)s,") % {"name": made.name},
                    _("this address opens one piece for %(outlet)s before its embargo ends:")
                    % {"outlet": made.outlet},
                    address,
                    _(
                        "It opens until %(moment)s, Hà Nội time. Do not publish before %(embargo)s, Hà Nội time."
                    )
                    % {"moment": _moment(made.expires_at), "embargo": embargo},
                    _("The address is yours alone. Please do not pass it on; we may revoke it at any time."),
                    _("Department of Culture and Sports of Hà Nội"),
                )
            )
            + "\n",
            # Shown to staff, whose language is Vietnamese.
            reason=_reason(made),
        )


def _reason(made: EmbargoPass) -> str:
    with translation.override(settings.STAFF_LANGUAGE):
        return _("%(person)s lets this reporter see a piece under embargo.") % {"person": made.made_by}


def _moment(at: object) -> str:
    return date_format(timezone.localtime(at), "H:i, d/m/Y")  # type: ignore[arg-type]
