"""Writes of accreditation: a reporter asks, an officer decides, and afterwards everything is taken out."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from khuevan.core import clock
from khuevan.core.actions import action
from khuevan.core.private_files import private_storage
from khuevan.newsroom.accreditation_files import CheckedPaper
from khuevan.newsroom.accreditation_mails import key_prefix, tell_arrival, tell_decision, tell_many
from khuevan.newsroom.accreditation_rules import MANY_REQUESTS, MOST_REQUESTS, kept_until, takes_requests
from khuevan.newsroom.choices import AccreditationPaper, AccreditationState
from khuevan.newsroom.models import AccreditationFile, AccreditationRequest, PressConferencePage
from khuevan.newsroom.permissions import check_can_accredit
from khuevan.newsroom.release import public_pages
from khuevan.outbox.forgetting import are_leaving, forget_mails
from khuevan.people.models import User
from khuevan.people.queries import system_person

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class ReporterAnswers:
    """What a reporter wrote into the form."""

    name: str
    outlet: str
    country: str
    email: str
    telephone: str = ""
    press_card: str = ""
    equipment: str = ""


@action
def ask_accreditation(
    *,
    by: User,
    conference: PressConferencePage,
    answers: ReporterAnswers,
    papers: Mapping[AccreditationPaper, CheckedPaper],
    language: str,
    form_key: uuid.UUID,
) -> AccreditationRequest:
    """The reporter's request; the one that is there already where the same form, or one from the same address, came
    before, in whatever language: whoever sends it hears the same, and nobody is sent a second mail.

    The mail that it arrived is queued with it. Raises ValidationError after the deadline, to the second, for a
    conference that is not public, and where too many have asked. `by` is the installation itself.
    """
    moment = clock.now()
    # Whoever else asks for the same conference waits here, in whatever language: the count and the keys hold.
    pages = PressConferencePage.objects.filter(translation_key=conference.translation_key).order_by("pk")
    list(pages.select_for_update(of=("self",)))
    fresh = public_pages(pages.filter(pk=conference.pk), moment).first()
    if fresh is None:
        raise ValidationError(_("This press conference is not announced any more."))
    requests = AccreditationRequest.objects.filter(conference__translation_key=fresh.translation_key)
    there = requests.filter(form_key=form_key).first()
    if there is not None:
        return there
    if not takes_requests(fresh, moment):
        raise ValidationError(_("Accreditation for this press conference is closed."))
    there = requests.filter(email__iexact=answers.email).first()
    if there is not None:
        return there
    count = requests.count()
    if count >= MOST_REQUESTS:
        raise ValidationError(
            _("No more requests can be taken here. Please telephone the contacts of the press room.")
        )
    request = AccreditationRequest(
        conference=fresh,
        language=language,
        form_key=form_key,
        asked_at=moment,
        delete_after=kept_until(fresh),
        **asdict(answers),
    )
    request.save()
    _keep_papers(request, papers)
    tell_arrival(request)
    if count + 1 == MANY_REQUESTS:
        tell_many(fresh, MANY_REQUESTS)
    return request


@action
def decide_accreditation(
    *, by: User, request: AccreditationRequest, state: AccreditationState, words: str = ""
) -> AccreditationRequest:
    """The request as it was decided; the reporter is told by mail. The same decision twice tells nobody twice.

    Raises ValidationError where a refusal has no word for the reporter.
    """
    check_can_accredit(by, clock.today())
    if state not in (AccreditationState.APPROVED, AccreditationState.DECLINED):
        raise ValidationError(_("A request is approved or declined."))
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise ValidationError({"words": _("At most %d characters.") % LONGEST_WORDS})
    if state == AccreditationState.DECLINED and not said:
        raise ValidationError({"words": _("Tell the reporter why, in a sentence.")})
    fresh: AccreditationRequest = AccreditationRequest.objects.select_for_update(of=("self",)).get(
        pk=request.pk
    )
    if fresh.state == state and fresh.decision_words == said:
        return fresh
    fresh.state, fresh.decision_words = state, said
    fresh.decided_at, fresh.decided_by = clock.now(), by
    # The mail names the day, and the conference may have been moved since it was asked for.
    fresh.delete_after = kept_until(fresh.conference)
    fresh.save()
    tell_decision(fresh)
    return fresh


@action
def approve_accreditations(*, by: User, conference: PressConferencePage, requests: Collection[int]) -> int:
    """How many of the requests (by key) were approved: those of this conference that wait for a decision."""
    check_can_accredit(by, clock.today())
    waiting = AccreditationRequest.objects.filter(
        conference__translation_key=conference.translation_key,
        state=AccreditationState.ASKED,
        pk__in=list(requests),
    )
    found = list(waiting)
    for request in found:
        decide_accreditation(by=by, request=request, state=AccreditationState.APPROVED)
    return len(found)


@action
def delete_accreditation(*, by: User, request: AccreditationRequest) -> None:
    """Takes one request out before its day, because the reporter asks for it.

    Raises ValidationError while a mail to the reporter is being sent: it could not be deleted with the request.
    """
    check_can_accredit(by, clock.today())
    if not _take_out(request):
        raise ValidationError(
            _("A mail to this reporter is being sent at this moment. Please delete the request in a minute.")
        )


@action
def delete_outdated_accreditations(*, by: User, day: date) -> int:
    """How many requests were taken out: those whose last day lies before `day`, with their files and mails.

    One whose mail is being sent at this moment stays until the next night. A conference that was moved meanwhile
    moves the last day of its requests.
    """
    outdated = AccreditationRequest.objects.filter(delete_after__lt=day).select_related("conference")
    count = 0
    for request in outdated:
        last_day = kept_until(request.conference)
        if last_day >= day:
            request.delete_after = last_day
            request.save()
            continue
        count += _take_out(request)
    return count


def ask_for_reporter(
    conference: PressConferencePage,
    answers: ReporterAnswers,
    papers: Mapping[AccreditationPaper, CheckedPaper],
    *,
    language: str,
    form_key: uuid.UUID,
) -> AccreditationRequest:
    """`ask_accreditation` by the installation's own account: a reporter has none."""
    return ask_accreditation(
        by=system_person(),
        conference=conference,
        answers=answers,
        papers=papers,
        language=language,
        form_key=form_key,
    )


def _keep_papers(request: AccreditationRequest, papers: Mapping[AccreditationPaper, CheckedPaper]) -> None:
    written: list[str] = []
    try:
        for paper, checked in papers.items():
            row = AccreditationFile(
                request=request,
                paper=paper,
                filename=checked.filename,
                content_type=checked.content_type,
                size=len(checked.data),
            )
            row.file.save(checked.filename, ContentFile(checked.data), save=False)
            written.append(str(row.file.name))
            row.save()
    except BaseException:
        # What is rolled back in the database must not stay on the disk.
        for name in written:
            private_storage().delete(name)
        raise


def _take_out(request: AccreditationRequest) -> bool:
    """Whether the request is gone with all that belongs to it; nothing of it where a mail is leaving just now."""
    # A decision made beside this would queue a mail that nobody takes out.
    AccreditationRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
    prefixes = [key_prefix(request)]
    forget_mails(key_prefixes=prefixes)
    if are_leaving(key_prefixes=prefixes):
        return False
    # Files first: where this ends in the middle, the next run finds the row and goes on; the other way round a
    # file would stay that nothing leads to.
    for name in request.files.values_list("file", flat=True):
        private_storage().delete(name)
    request.delete()
    return True
