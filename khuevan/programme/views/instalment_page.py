"""The page of one instalment: the story of its reports, what the person may do about it, and the unit's form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.plain.official_documents.limits import MEGABYTE
from khuevan.programme.actions.replies import MOST_EVIDENCE
from khuevan.programme.choices import OPEN_STATES, OWED_STATES, InstalmentState, Outcome, ReplyState
from khuevan.programme.evidence_files import ALLOWED, MOST_BYTES
from khuevan.programme.evidence_search import record_links, records_found
from khuevan.programme.models import Reply
from khuevan.programme.permissions import can_answer_difficulty, can_judge, can_reply
from khuevan.programme.presenters.replies import beside_lines, evidence_items, obstacle, reply_card, turn
from khuevan.programme.presenters.states import due_in_words, state_sign
from khuevan.programme.reply_forms import ReplyForm, WordsForm, stored_values, web_row
from khuevan.programme.reply_queries import heads_at, replies_of
from khuevan.programme.reply_writing import Meanwhile, Writing, seen_token
from khuevan.programme.views.reply_pages import PartPage, way_back

FIELDS = ("outcome", "percent", "text", "no_evidence_reason", "difficulty", "asks_for", "proposals")
# Rows that came back keep their numbers, which are small; the empty one after them must not share one.
EMPTY_ROW = 100


@dataclass
class Typed:
    """A form that comes back as it was typed, with what is wrong beside it.

    `words` were typed to search for a record; `finds`: the button asked for the search. `too_late`: nothing of
    the form can be kept any more.
    """

    form: ReplyForm
    writing: Writing = field(default_factory=Writing)
    words: str = ""
    finds: bool = False
    too_late: bool = False

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The key of the place on the page where something is wrong, and the sentence; in the page's order."""
        found = [("reply-form", str(text)) for text in self.form.non_field_errors()]
        found += self._of_fields("outcome", "percent", "text")
        found += [("reply-files", text) for text in self.writing.file_errors]
        for row in self.writing.rows:
            for name in row.fields:
                found += [(row[name].id_for_label, str(text)) for text in row.errors.get(name, ())]
        found += [("reply-words", text) for text in self.writing.record_errors]
        return found + self._of_fields("no_evidence_reason", "difficulty", "asks_for", "proposals")

    def _of_fields(self, *names: str) -> list[tuple[str, str]]:
        errors = [(name, str(text)) for name in names for text in self.form.errors.get(name, ())]
        # A choice has no field of its own key: the first of its buttons is led to.
        return [(f"reply-{name}_0" if name == "outcome" else f"reply-{name}", text) for name, text in errors]


def show_instalment(page: PartPage, typed: Typed | None = None, *, status: int = 200) -> HttpResponse:
    """The instalment's page, its form as it was typed, or else as the draft stands."""
    part, person, day = page.part, page.person, page.today
    item, assignment = page.instalment, page.instalment.assignment
    replies = replies_of(item)
    sent = [reply for reply in replies if reply.state != ReplyState.DRAFT]
    may_reply = can_reply(person, assignment, day)
    draft = next((reply for reply in replies if reply.state == ReplyState.DRAFT), None) if may_reply else None
    shown = [*sent, draft] if draft is not None else sent
    links = record_links(person, [piece for reply in shown for piece in reply.evidence.all()])
    file_base = reverse("programme:evidence_file", args=[0]).removesuffix("0/tep/")
    cards = [
        reply_card(reply, instalment_state=item.state, file_base=file_base, links=links) for reply in sent
    ]
    judges = can_judge(person, assignment, part.lead_id, day)
    asks_heads = item.state == InstalmentState.REPORTED and part.lead_path
    context: dict[str, Any] = {
        "sign": state_sign(item.state, item.due_date, day),
        "due": due_in_words(item.due_date, day),
        "turn": turn(part, heads_at(part.lead_path, day) if asks_heads else []),
        "cards": cards,
        "returned": cards[0] if cards and item.state == InstalmentState.RETURNED else None,
        "judges": judges,
        "may_answer": can_answer_difficulty(person, assignment, part.lead_id, day),
        "may_waive": judges and item.state in OPEN_STATES and not obstacle(part),
        "accept_form": WordsForm(
            label=_("A word with it (may be left empty)"), auto_id="accept-%s", required=False
        ),
        "return_form": WordsForm(label=_("What is missing"), auto_id="return-%s"),
        "beside": beside_lines(part.beside, item.pk, day),
        "part_base": reverse("programme:instalment", args=[0]).removesuffix("0/"),
        "next": way_back(page.request, ""),
        "too_late": typed is not None and typed.too_late,
        "lost": _written(typed) if typed is not None and typed.too_late else [],
    }
    if may_reply and not obstacle(part) and item.state in OWED_STATES:
        context |= _form(page, typed, draft, replies)
        context["draft_evidence"] = evidence_items(draft.evidence.all(), file_base, links) if draft else ()
    return page.render("programme/replies/instalment.html", context, status=status)


def _form(page: PartPage, typed: Typed | None, draft: Reply | None, replies: list[Reply]) -> dict[str, Any]:
    is_returned = page.instalment.state == InstalmentState.RETURNED
    last = next((reply for reply in replies if reply.state != ReplyState.DRAFT), None)
    stored = stored_values(draft, page.instalment, last if is_returned else None)
    form, writing = ReplyForm(initial=stored), Writing()
    words = page.request.GET.get("words", "")
    found = records_found(page.person, words) if words else None
    if typed is not None:
        form, writing, words = typed.form, typed.writing, typed.words
        found = records_found(page.person, words) if typed.finds else None
    return {
        "form": form,
        "draft": draft,
        "token": seen_token(replies),
        "problems": typed.problems if typed is not None else [],
        "theirs": _as_shown(stored) if writing.meanwhile is Meanwhile.CHANGED else [],
        "rows": [*writing.rows, web_row(EMPTY_ROW)],
        "file_errors": writing.file_errors,
        "record_errors": writing.record_errors,
        "words": words,
        "found": found,
        "open_difficulty": _holds(form, "difficulty", "asks_for"),
        "open_proposals": _holds(form, "proposals"),
        "accepted_endings": ",".join(f".{ending}" for ending in ALLOWED),
        "megabytes": MOST_BYTES // MEGABYTE,
        "most_bytes": MOST_BYTES,
        "most_files": MOST_EVIDENCE,
    }


def _holds(form: ReplyForm, *names: str) -> bool:
    """Whether one of the fields holds something, or something is wrong with it."""
    return any(form[name].value() or form[name].errors for name in names)


def _as_shown(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and value of each field that holds something, for reading."""
    labels = ReplyForm().fields
    shown = {**values, "outcome": Outcome(values["outcome"]).label, "percent": f"{values['percent']}%"}
    return [(str(labels[name].label), str(shown[name])) for name in FIELDS if shown[name]]


def _written(typed: Typed) -> list[tuple[str, str]]:
    """Label and words of each field for words that holds some, to be copied."""
    written = [(name, str(typed.form[name].value() or "").strip()) for name in FIELDS[2:]]
    return [(str(typed.form.fields[name].label), words) for name, words in written if words]
