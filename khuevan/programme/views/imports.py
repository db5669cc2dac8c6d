"""From a file to a plan: the list, the upload, the review, the end."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from khuevan.core import clock
from khuevan.people.models import User
from khuevan.plain.official_documents import UnreadableDocument
from khuevan.plain.official_documents.extraction.messages import TOO_BIG, unreadable
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, MEGABYTE
from khuevan.programme.actions import (
    carry_out_import,
    choose_amended_plan,
    discard_import,
    save_import_choices,
    start_import,
)
from khuevan.programme.choices import ImportState
from khuevan.programme.forms import ReviewForm, UploadForm
from khuevan.programme.import_review import PagesWanted, ReviewPage, review_page
from khuevan.programme.models import Plan, PlanImport
from khuevan.programme.permissions import check_can_import
from khuevan.programme.presenters.source_html import source_html
from khuevan.programme.queries import ImportReview, imports_and_plans, imports_for_review, plans_to_amend
from khuevan.programme.reader import ReadFile, read_plan_file
from khuevan.programme.sentences import refusal_sentence
from khuevan.programme.views.access import says_why

# What a pager's button may send: the pages of tasks and duties, and where to stand on the page.
WANTED = re.compile(r"\?tasks=\d{1,4}&duties=\d{1,4}#(tasks|duties)-heading")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the staff frame has signed the person in
    return request.user


def _crumbs(*last: tuple[str, str]) -> list[dict[str, str]]:
    crumbs = [("wagtailadmin_home", _("Home")), ("programme:imports", _("Import of plans"))]
    found = [{"url": reverse(name), "label": label} for name, label in crumbs]
    return [*found, *({"url": url, "label": label} for url, label in last)]


@require_safe
@says_why
def imports(request: HttpRequest) -> HttpResponse:
    """The imports under review, and the plans that came of earlier ones."""
    check_can_import(_person(request), clock.today())
    drafts, plans = imports_and_plans()
    context = {"drafts": drafts, "plans": plans, "breadcrumbs_items": _crumbs()}
    return render(request, "programme/import/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def upload(request: HttpRequest) -> HttpResponse:
    """The form for a file; a file that can be read leads on to its review."""
    person = _person(request)
    check_can_import(person, clock.today())
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            draft, is_new = start_import(by=person, file=_read(form.cleaned_data["file"]))
        except UnreadableDocument as error:
            form.add_error("file", refusal_sentence(error))
        else:
            return _after_upload(request, draft, is_new)
    context = {
        "form": form,
        "megabytes": DEFAULT_LIMITS.file_bytes // MEGABYTE,
        "breadcrumbs_items": _crumbs((reverse("programme:import_upload"), _("New import"))),
    }
    return render(request, "programme/import/upload.html", context, status=422 if form.errors else 200)


def _read(uploaded: Any) -> ReadFile:
    if uploaded.size > DEFAULT_LIMITS.file_bytes:
        raise unreadable(TOO_BIG, megabytes=DEFAULT_LIMITS.file_bytes // MEGABYTE)
    return read_plan_file(uploaded.name, uploaded.read())


def _after_upload(request: HttpRequest, draft: PlanImport, is_new: bool) -> HttpResponse:
    if is_new:
        return redirect("programme:import_review", draft.pk)
    if draft.plan is not None:
        messages.info(request, _("This very file is in the programme already. Nothing was changed."))
        return redirect(draft.plan)
    messages.info(
        request,
        _("%(person)s has begun to import this very file. Here is the review as it was left.")
        % {"person": draft.started_by},
    )
    return redirect("programme:import_review", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The file beside what was read in it. A POST saves the choices, and with `finish` carries them out."""
    person = _person(request)
    check_can_import(person, clock.today())
    draft = get_object_or_404(imports_for_review(), pk=pk)
    if draft.state != ImportState.DRAFT:
        return _ended(request, draft)
    review = ImportReview(draft, clock.today())
    if request.method != "POST":
        return _show(request, review)
    finishing = "finish" in request.POST
    form = ReviewForm(request.POST, review.document, review.register, review.decisions, finishing=finishing)
    replanned = False
    try:
        draft = save_import_choices(by=person, plan_import=draft, units=form.units, links=form.links)
        replanned = _choose_amended(person, draft, form.amends)
        if finishing and not form.errors and not replanned and not form.outdated:
            seen = request.POST.get("seen-version", "")
            plan = carry_out_import(
                by=person, plan_import=draft, seen_version=int(seen) if seen.isdecimal() else None
            )
            messages.success(request, _("“%(plan)s” is in the programme.") % {"plan": plan.title})
            return redirect(plan)
    except ValidationError as error:
        form.errors["form"] = " ".join(error.messages)
    if request.headers.get("Accept") == "application/json":
        return _saved(form, reload=replanned or form.resolved_by_name or form.outdated)
    if finishing and not form.errors and (replanned or form.outdated):
        form.errors["form"] = _unseen(replanned=replanned)
    if form.errors:
        fresh = imports_for_review().get(pk=pk)
        if fresh.state != ImportState.DRAFT:
            return _ended(request, fresh)
        return _show(request, ImportReview(fresh, clock.today()), form.errors, request.POST)
    if "page" not in request.POST:
        messages.success(request, _("The choices are saved. Nothing is in the programme yet."))
    here = PagesWanted.from_address(request.GET).address if request.GET else ""
    return redirect(f"{reverse('programme:import_review', args=[draft.pk])}{_page_wanted(request) or here}")


def _page_wanted(request: HttpRequest) -> str:
    """The part of a long review that the officer asked for while saving, as the end of an address."""
    wanted = request.POST.get("page", "")
    return wanted if WANTED.fullmatch(wanted) else ""


def _unseen(*, replanned: bool) -> str:
    """Why nothing was carried out: the officer would get what was not on the page."""
    if replanned:
        return _("Saved. Look at what the new version adds, changes and drops, then apply it.")
    return _("Meanwhile some choices were changed elsewhere. Look at the page again, then press the button.")


def _choose_amended(person: User, draft: PlanImport, amends: str | None) -> bool:
    """Whether the choice of the amended plan was another than before; None leaves it as it is."""
    if amends is None or amends == str(draft.amends_id or ""):
        return False
    plan = Plan.objects.filter(pk=amends).first() if amends.isdigit() else None
    choose_amended_plan(by=person, plan_import=draft, plan=plan)
    return True


def _saved(form: ReviewForm, *, reload: bool) -> JsonResponse:
    if form.errors:
        return JsonResponse({"saved": False, "errors": form.errors}, status=422)
    return JsonResponse({"saved": True, "errors": {}, "reload": reload})


def _ended(request: HttpRequest, draft: PlanImport) -> HttpResponse:
    if draft.plan is not None:
        sentence = _("This import is finished: here is the plan that it made.")
    else:
        sentence = _("This import was discarded. Upload the file again.")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"saved": False, "errors": {"form": sentence}}, status=409)
    messages.info(request, sentence)
    return redirect(draft.plan or "programme:imports")


def _show(
    request: HttpRequest,
    review: ImportReview,
    errors: dict[str, str] | None = None,
    data: QueryDict | None = None,
) -> HttpResponse:
    sent: dict[str, Any] = {} if data is None else data.dict()
    typed = {key.removesuffix("-other"): str(value) for key, value in sent.items() if key.endswith("-other")}
    pages = PagesWanted.from_address(request.GET)
    page: ReviewPage = review_page(review, errors, typed, pages)
    draft: Any = review.plan_import
    context = {
        "draft": draft,
        "page": page,
        "errors": errors or {},
        "plans": [draft.amends] if draft.amends else plans_to_amend(),
        "seen_version": draft.old_version or "",
        "source": source_html(page.paragraphs, page.address_of),
        "breadcrumbs_items": _crumbs((reverse("programme:import_review", args=[draft.pk]), _("Review"))),
    }
    return render(request, "programme/import/review.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and on POST ends the import without a plan."""
    person = _person(request)
    check_can_import(person, clock.today())
    draft = get_object_or_404(PlanImport.objects.select_related("plan", "started_by").defer("reading"), pk=pk)
    if draft.state != ImportState.DRAFT:
        return _ended(request, draft)
    if request.method == "POST":
        discard_import(by=person, plan_import=draft)
        messages.success(request, _("The import is discarded; the file was removed."))
        return redirect("programme:imports")
    back = (reverse("programme:import_review", args=[pk]), _("Review"))
    context = {"draft": draft, "breadcrumbs_items": _crumbs(back, (request.path, _("Discard")))}
    return render(request, "programme/import/discard.html", context)
