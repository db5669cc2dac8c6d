"""The checks of a draft on a page of their own, and the reason for which a warning may stand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.documents.actions import confirm_warning
from khuevan.documents.forms.reviewing import ReasonForm, carried_out
from khuevan.documents.presenters.checks import checks_view
from khuevan.documents.review_permissions import check_can_confirm_warning
from khuevan.documents.rules import checks_of
from khuevan.documents.views.frame import says_why
from khuevan.documents.views.reviewing import draft_page


@require_safe
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the checks find in the draft as it stands."""
    page = draft_page(request, pk)
    return page.render("documents/review/checks.html", _("Checks of the draft"), {})


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def confirm(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Asks why the warning may stand; on POST notes the reason and who answers for it."""
    page = draft_page(request, pk)
    check_can_confirm_warning(page.person, page.draft, page.today)
    found = [
        item for item in checks_of(page.draft, page.today) if item.finding.key == key and not item.is_error
    ]
    if not found:
        raise Http404(_("The draft no longer bears this warning."))
    form = ReasonForm(
        page.sent(), label=_("Why the warning may stand"), missing=_("Say why the warning may stand.")
    )  # fmt: skip

    def deed() -> None:
        confirm_warning(by=page.person, draft=page.draft, key=key, reason=form.cleaned_data["reason"])

    if request.method == "POST" and carried_out(form, deed):
        return page.done(_("The warning stands, and you answer for it."))
    subject, rules = checks_view(found).subjects[0]
    context = {
        "form": form,
        "explanation": rules[0].message,
        "quoted": rules[0].lines[0].shown,
        "note": f"{subject}. {rules[0].remedy}",
        "button": _("Let the warning stand"),
    }
    return page.render("documents/review/form.html", _("Let a warning stand"), context)
