"""Reads for those who write: whose drafts there are, who may sign, what may be cited, what a head looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from khuevan.core.search import search_folded
from khuevan.documents.choices import SigningAuthority
from khuevan.documents.models import Document, DocumentType, Draft, DraftTemplate, NumberBook
from khuevan.documents.permissions import writing_unit_ids
from khuevan.documents.queries.reading import visible_documents, visible_drafts
from khuevan.people.choices import DIRECTORS, Role, UnitKind
from khuevan.people.models import Post, Unit, User
from khuevan.plain.official_documents.writing.citations import CitedDocument

# As many as one looks through; another word narrows them.
MOST_FOUND = 12
_HEAD_POSTS = {
    UnitKind.CITY: "Chủ tịch",
    UnitKind.WARD: "Chủ tịch",
    UnitKind.COMMUNE: "Chủ tịch",
    UnitKind.OFFICE: "Chánh Văn phòng",
    UnitKind.DIVISION: "Trưởng phòng",
}
_POSTS = {
    Role.DIRECTOR: "Giám đốc",
    Role.DEPUTY_DIRECTOR: "Phó Giám đốc",
    Role.UNIT_HEAD: "Trưởng phòng",
}


@dataclass(frozen=True, slots=True)
class PossibleSigner:
    """A person who may sign, in the post in which they do; `authorities` are the ways open to that post."""

    person: User
    post: str
    unit: Unit
    authorities: tuple[str, ...]


def possible_signers(body: Unit, day: date) -> list[PossibleSigner]:
    """Who may sign documents of the body on the day: its head first, then deputies, then heads below it."""
    posts = (
        Post.objects.on(day)
        .filter(
            unit__path__startswith=body.path,
            role__in=[*DIRECTORS, Role.UNIT_HEAD],
            person__is_active=True,
        )
        .select_related("person", "unit")
        .order_by("unit__path", "from_date", "pk")
    )
    found: dict[int, tuple[int, PossibleSigner]] = {}
    for post in posts:
        rank, authorities = _authorities(post, body)
        words = post.title or (
            _HEAD_POSTS.get(UnitKind(post.unit.kind), "") if post.role == Role.UNIT_HEAD else ""
        )
        signer = PossibleSigner(post.person, words or _POSTS[Role(post.role)], post.unit, authorities)
        if post.person_id not in found or rank < found[post.person_id][0]:
            found[post.person_id] = (rank, signer)
    ranked = sorted(found.values(), key=lambda pair: (pair[0], pair[1].unit.path, pair[1].person.full_name))
    return [signer for _, signer in ranked]


def _authorities(post: Post, body: Unit) -> tuple[int, tuple[str, ...]]:
    """How high the post stands, 0 the highest, and with what authority its holder signs for the body."""
    is_head = post.role == Role.DIRECTOR or (post.role == Role.UNIT_HEAD and post.unit_id == body.pk)
    if is_head:
        ways: tuple[str, ...] = (SigningAuthority.HEAD, SigningAuthority.COLLECTIVE, SigningAuthority.ACTING)
        return 0, ways
    if post.role == Role.DEPUTY_DIRECTOR:
        return 1, (SigningAuthority.DEPUTY, SigningAuthority.ACTING, SigningAuthority.SUB_AUTHORISED)
    return 2, (SigningAuthority.BY_ORDER, SigningAuthority.SUB_AUTHORISED)


def head_post_of(body: Unit, signers: list[PossibleSigner]) -> str:
    """What the head of the body is called: as the one there is, else as such bodies call theirs."""
    heads = (signer.post for signer in signers if SigningAuthority.HEAD in signer.authorities)
    return next(heads, _HEAD_POSTS.get(UnitKind(body.kind), "Giám đốc"))


def drafts_listed(user: User, day: date, *, scope: str) -> QuerySet[Draft]:
    """The drafts of a list that `user` may read: the own ones, those of the own units, or all of them."""
    drafts = visible_drafts(user, day)
    if scope == "mine":
        return drafts.filter(drafter=user)
    if scope == "unit":
        return drafts.filter(unit__in=writing_unit_ids(user, day))
    return drafts


def documents_to_cite(user: User, day: date, words: str) -> list[Document]:
    """Documents of the register that hold every word, the newest first; none without a word."""
    if not words.strip():
        return []
    found = search_folded(visible_documents(user, day), words)
    return list(found.select_related("type").defer("content", "reading")[:MOST_FOUND])


def cited(document: Document) -> CitedDocument:
    """The document as another cites it."""
    return CitedDocument(
        type=document.type_name,
        symbol=document.symbol,
        date=document.issued_date,
        issuer=document.issuer_name,
        title=document.title,
    )


def own_templates(document_type: DocumentType | None, user: User, day: date) -> QuerySet[DraftTemplate]:
    """The department's own templates in use on the day that `user` may begin from."""
    templates = DraftTemplate.objects.on(day).select_related("type", "unit", "made_by")
    found: QuerySet[DraftTemplate] = templates.filter(unit__isnull=True) | templates.filter(
        unit__in=writing_unit_ids(user, day)
    )
    return found if document_type is None else found.filter(type=document_type)


def last_of_book(book: NumberBook) -> Draft | None:
    """The draft last begun for the book: its head is how the office writes it."""
    found: Draft | None = Draft.objects.filter(book=book).order_by("-pk").first()
    return found
