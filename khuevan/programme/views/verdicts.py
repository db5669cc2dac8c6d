"""What others say to a unit's report: accepted, returned, a difficulty answered, nothing owed any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khuevan.programme.actions import accept_reply, answer_difficulty, return_reply, waive_instalment
from khuevan.programme.choices import OPEN_STATES, InstalmentState
from khuevan.programme.evidence_search import record_links
from khuevan.programme.models import Instalment, Reply
from khuevan.programme.permissions import check_can_judge
from khuevan.programme.presenters.replies import ReplyCard, difficulty_item, reply_card
from khuevan.programme.presenters.states import due_in_words, state_sign
from khuevan.programme.reply_forms import WordsForm
from khuevan.programme.reply_queries import difficulty_seen, reply_seen
from khuevan.programme.views.access import says_why
from khuevan.programme.views.reply_pages import PartPage, nothing_here, part_page, sight_at, way_back


@dataclass(frozen=True, slots=True)
class Question:
    """A page that asks before a verdict is given: what it is called, what it says, the field, the button."""

    heading: str
    explanation: str
    label: str
    button: str
    success: str
    # Why there is nothing to ask any more; empty while there is.
    settled: str = ""
    destroys: bool = False
    help_text: str = ""
    required: bool = True


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and on POST accepts the report of completion, with a word or without."""
    page, reply = _page_of_reply(request, pk)
    card = _card(page, reply)
    question = Question(
        heading=_("Accept the report"),
        explanation=_("The instalment is done with it."),
        label=_("A word with it (may be left empty)"),
        button=_("Accept"),
        success=_("The report of %(unit)s is accepted."),
        settled=_settled(card),
        required=False,
    )

    def carry_out(words: str) -> None:
        with _still_waiting(reply):
            accept_reply(by=page.person, reply=reply, words=words)

    return _ask(page, question, carry_out, card=card)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, and on POST returns the report of completion with it."""
    page, reply = _page_of_reply(request, pk)
    card = _card(page, reply)
    question = Question(
        heading=_("Return the report"),
        explanation=_("It is the unit's turn again: it reads the reason and reports once more."),
        label=_("What is missing"),
        button=_("Return"),
        success=_("The report of %(unit)s is returned with your reason."),
        settled=_settled(card),
    )

    def carry_out(words: str) -> None:
        with _still_waiting(reply):
            return_reply(by=page.person, reply=reply, reason=words)

    return _ask(page, question, carry_out, card=card)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, and on POST says that nothing is owed for this instalment."""
    page = part_page(request, pk)
    check_can_judge(page.person, page.instalment.assignment, page.part.lead_id, page.today)
    question = Question(
        heading=_("Require no report"),
        explanation=_(
            "The unit owes nothing for this instalment. What was sent stays to be read; a draft that the unit may "
            "have begun is removed."
        ),
        label=_("Why nothing is owed"),
        help_text=_("For instance that the event did not take place."),
        button=_("Require no report"),
        success=_("Nothing is owed by %(unit)s for this instalment any more."),
        settled="" if page.instalment.state in OPEN_STATES else _("Nothing is owed here any more."),
        destroys=True,
    )

    def carry_out(words: str) -> None:
        waive_instalment(by=page.person, instalment=page.instalment, reason=words)

    return _ask(page, question, carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@says_why
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the answer to a difficulty, and on POST gives it; once."""
    _today, sight = sight_at(request)
    difficulty = difficulty_seen(sight, pk)
    if difficulty is None:
        raise nothing_here()
    page = part_page(request, difficulty.reply.instalment_id)
    check_can_judge(page.person, page.instalment.assignment, page.part.lead_id, page.today)
    question = Question(
        heading=_("Answer the difficulty"),
        explanation="",
        label=_("Answer"),
        help_text=_("What will be done about it, by whom, until when."),
        button=_("Send the answer"),
        success=_("%(unit)s has your answer."),
        settled="" if difficulty.answered_at is None else _("This difficulty has been answered meanwhile."),
    )

    def carry_out(words: str) -> None:
        answer_difficulty(by=page.person, difficulty=difficulty, answer=words)

    difficulty.reply.difficulty = difficulty
    return _ask(page, question, carry_out, difficulty=difficulty_item(difficulty.reply))


def _page_of_reply(request: HttpRequest, pk: int) -> tuple[PartPage, Reply]:
    """The sent reply with the page of its instalment; raises where the person does not see or judge it."""
    _today, sight = sight_at(request)
    reply = reply_seen(sight, pk)
    if reply is None:
        raise nothing_here()
    page = part_page(request, reply.instalment_id)
    check_can_judge(page.person, page.instalment.assignment, page.part.lead_id, page.today)
    return page, reply


@contextmanager
def _still_waiting(reply: Reply) -> Iterator[None]:
    """Holds the instalment while it is judged; raises where it was said meanwhile that nothing is owed."""
    with transaction.atomic():
        held = Instalment.objects.select_for_update(of=("self",)).get(pk=reply.instalment_id)
        if held.state == InstalmentState.CANCELLED:
            raise ValidationError(_("Nothing is owed here any more."))
        yield


def _card(page: PartPage, reply: Reply) -> ReplyCard:
    file_base = reverse("programme:evidence_file", args=[0]).removesuffix("0/tep/")
    links = record_links(page.person, reply.evidence.all())
    return reply_card(reply, instalment_state=page.instalment.state, file_base=file_base, links=links)


def _settled(card: ReplyCard) -> str:
    return "" if card.waits else _("Somebody has judged this reply meanwhile, or it waits for nobody.")


def _ask(page: PartPage, question: Question, carry_out: Callable[[str], None], **shown: Any) -> HttpResponse:
    """The page that asks; on POST the deed, then back to where the person came from."""
    request = page.request
    data = request.POST if request.method == "POST" else None
    if data is None and question.settled:
        messages.info(request, question.settled)
        return redirect(way_back(request, page.url))
    form = WordsForm(
        data,
        label=question.label,
        auto_id="ask-%s",
        help_text=question.help_text,
        required=question.required,
    )
    if data is not None and form.is_valid():
        try:
            carry_out(form.value)
        except ValidationError as error:
            if question.required and not form.value:
                form.add_error("words", list(error.messages))
            else:
                # Somebody was quicker: the instalment's page shows what stands now.
                messages.error(request, " ".join(error.messages))
                return redirect(way_back(request, page.url))
        else:
            unit = page.instalment.assignment.unit.name
            messages.success(request, question.success % {"unit": unit})
            return redirect(way_back(request, page.url))
    item = page.instalment
    context = {
        "heading": question.heading,
        "explanation": question.explanation,
        "button": question.button,
        "destroys": question.destroys,
        "form": form,
        "back": way_back(request, page.url),
        "next": way_back(request, ""),
        "sign": state_sign(item.state, item.due_date, page.today),
        "due": due_in_words(item.due_date, page.today),
        **shown,
    }
    status = 422 if form.errors else 200
    return page.render(
        "programme/replies/confirm.html", context, (request.path, question.heading), status=status
    )
