"""A translation beside its original, for whoever vouches for it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.core import clock
from khuevan.core.refusals import sentences
from khuevan.newsroom.actions import review_translation
from khuevan.newsroom.choices import TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.models.blocks import BodyBlock
from khuevan.newsroom.permissions import can_write, check_can_write
from khuevan.newsroom.presenters.language_cells import cell_of
from khuevan.newsroom.side_by_side import SUMMARY, TITLE, side_by_side
from khuevan.newsroom.translation.machine_text import let_machine_write
from khuevan.newsroom.views.desk import pieces_crumb
from khuevan.newsroom.views.frame import person_of, says_why, staff_page
from khuevan.newsroom.views.piece import piece_crumb, piece_of


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def vouch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The newest text of a translation beside that of its original; posted, the person vouches for a machine's."""
    short_id = StoryPage.objects.filter(pk=pk).values_list("short_id", flat=True).first()
    if short_id is None:
        raise Http404(_("There is no such piece."))
    pages = piece_of(request, short_id)
    person = person_of(request)
    page = next(each for each in pages if each.pk == pk)
    original = next((each for each in pages if each.origin == TranslationOrigin.ORIGINAL), None)
    if original is None or original.pk == pk:
        raise PermissionDenied(_("This is the original: there is nothing to compare it with."))
    if request.method == "POST":
        check_can_write(person, clock.today())
        try:
            review_translation(by=person, page=page)
        except ValidationError as error:
            messages.error(request, sentences(error))
        else:
            messages.success(
                request, _("You vouch for this translation. It can be submitted for review now.")
            )
        return redirect("newsroom_desk:piece", short_id)
    texts = [each.get_latest_revision_as_object() for each in (original, page)]
    kinds = {name: str(block.label) for name, block in BodyBlock().child_blocks.items()}
    kinds |= {TITLE: _("Title"), SUMMARY: _("Summary")}
    pairs = side_by_side(*texts)
    context = {
        "page": page,
        "original": original,
        "title": page.draft_title or page.title,
        "cell": cell_of(page.locale.language_code, page),
        "pairs": [
            {
                "pair": pair,
                "kind": {TITLE: _("Title"), SUMMARY: _("Summary")}.get(pair.kind)
                or capfirst(kinds.get(pair.kind, "")),
            }
            for pair in pairs
        ],
        "differing": sum(bool(pair.differences) for pair in pairs),
        "may_vouch": page.written_origin == TranslationOrigin.MACHINE
        and can_write(person, clock.today())
        and not let_machine_write(person, page),
        "writes": can_write(person, clock.today()),
    }
    crumb = (request.path, _("Compare with the original"))
    return staff_page(
        request, "newsroom/desk/vouch.html", context, pieces_crumb(), piece_crumb(pages[0]), crumb
    )
