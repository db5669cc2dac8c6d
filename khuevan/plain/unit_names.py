"""Which registered unit a name in a document means.

A plan names units as it likes: "Phòng Tổ chức - Pháp chế" and "Phòng Tổ chức – Pháp chế" in one
file, "UBND Thành phố", "Sở VHTT", "TTBCXB". Nothing is decided here: each name gets candidates,
best first, with the reason, and an officer confirms.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from khuevan.plain.likeness import words

# Abbreviations that stand in any body's documents. What only one house uses is an alias of its unit.
ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "bcd": "ban chi dao",
    "ttdn": "thong tin doi ngoai",
    "ttcs": "thong tin co so",
    "tttt": "thong tin va truyen thong",
    "vp": "van phong",
    "vhtt": "van hoa va the thao",
    "vhttdl": "van hoa the thao va du lich",
    "vhxh": "van hoa xa hoi",
    "gddt": "giao duc va dao tao",
    "khcn": "khoa hoc va cong nghe",
    "khdt": "ke hoach va dau tu",
    "ldtbxh": "lao dong thuong binh va xa hoi",
    "nnptnt": "nong nghiep va phat trien nong thon",
    "nnmt": "nong nghiep va moi truong",
    "tnmt": "tai nguyen va moi truong",
    "gtvt": "giao thong van tai",
    "tp": "thanh pho",
    "tw": "trung uong",
    "ttx": "thong tan xa",
    "ttxvn": "thong tan xa viet nam",
}

# Candidates below this likeness are not shown: two units of one city share that much by chance.
LEAST_LIKENESS = 0.6
# More candidates than this is a list to search, not to choose from.
MOST_CANDIDATES = 6
# A short form may leave out so many last words ("… thành phố Hà Nội").
LONGEST_TAIL = 4

_COLLECTIVE = re.compile(
    r"^(cac|toan the|moi|tat ca)\b|\b(cac|nhung) (phong|don vi|so|ban|nganh|quan|huyen|xa|phuong|co quan)\b"
    r"|lien quan$"
)
_PLACES = frozenset({"WARD", "COMMUNE", "DISTRICT", "CITY"})
_KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"^van phong (uy ban|hoi dong|thanh uy|tinh uy|chinh phu|quoc hoi)",
            "OUTSIDE",
        ),
        (r"^van phong\b", "OFFICE"),
        (r"^phong\b", "DIVISION"),
        (r"^(trung tam|nha hat|bao tang|thu vien|ban quan ly)\b", "CENTRE"),
        (r"^so\b", "DEPARTMENT"),
        (r"^(uy ban nhan dan )?phuong\b", "WARD"),
        (r"^(uy ban nhan dan )?xa\b", "COMMUNE"),
        (r"^(uy ban nhan dan )?(quan|huyen|thi xa)\b", "DISTRICT"),
        (r"^(uy ban nhan dan )(thanh pho|tinh)\b", "CITY"),
        (r"^(bo|tong cuc|cuc)\b", "MINISTRY"),
        (
            r"^(ban tuyen giao|ban to chuc|ban dan van|thanh uy|tinh uy|dang uy|bo chinh tri)\b",
            "PARTY",
        ),
    )
)


class Reason(Enum):
    """Why a unit is proposed for a name, the surest first."""

    SAME_NAME = "SAME_NAME"
    ALIAS = "ALIAS"
    ABBREVIATION = "ABBREVIATION"
    SHORT_FORM = "SHORT_FORM"
    NEAR_SPELLING = "NEAR_SPELLING"
    SIMILAR = "SIMILAR"


# A name is proposed as this unit without the officer choosing; SIMILAR is only offered. One slip of
# the keyboard is not enough between places, whose names differ by a letter (Hoàn Long, Hoàng Long).
SURE = frozenset(
    {
        Reason.SAME_NAME,
        Reason.ALIAS,
        Reason.ABBREVIATION,
        Reason.SHORT_FORM,
        Reason.NEAR_SPELLING,
    }
)
_SCORES = {
    Reason.SAME_NAME: 0.99,
    Reason.ALIAS: 0.98,
    Reason.ABBREVIATION: 0.95,
    Reason.SHORT_FORM: 0.9,
    Reason.NEAR_SPELLING: 0.85,
}


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """A unit as the register has it; both days inclusive, None where it has no end (or beginning)."""

    id: int
    name: str
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def existed_on(self, day: date) -> bool:
        """Whether the unit existed on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a name may mean. `score` 0 to 1; `existed` on the day of the document."""

    unit: int
    reason: Reason
    score: float
    existed: bool


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What one printed name may mean: candidates, best first, and what a new unit would be.

    `proposed` is the unit taken unless the officer says otherwise; None where no candidate is sure,
    or two are equally good. `kind` is a guess from the name's first words, a unit kind's code.
    """

    name: str
    candidates: tuple[Candidate, ...]
    proposed: int | None
    kind: str
    collective: bool


def name_key(name: str) -> str:
    """What makes two printed names the same: words without case, diacritics, dashes and spacing."""
    return " ".join(words(name))


def match_names(names: Iterable[str], units: Sequence[RegisteredUnit], day: date) -> tuple[NameMatch, ...]:
    """One match a name, in order. `day` is the document's: units that did not exist then come last."""
    register = [_Entry(unit) for unit in units]
    return tuple(_match(name, register, day) for name in names)


def guessed_kind(name: str) -> str:
    """The kind that a new unit of this name would have: a code of unit kinds, OUTSIDE when unclear."""
    if is_collective(name):
        return "GROUP"
    key = _expanded(name)
    for pattern, kind in _KINDS:
        if pattern.search(key):
            return kind
    return "OUTSIDE"


def is_collective(name: str) -> bool:
    """Whether the name means several units at once: "Các phòng, đơn vị thuộc Sở"."""
    return _COLLECTIVE.search(name_key(name)) is not None


class _Entry:
    """A registered unit with the forms of its names worked out once."""

    __slots__ = ("abbreviations", "aliases", "counts", "exact", "expanded", "initials", "key", "unit")

    def __init__(self, unit: RegisteredUnit) -> None:
        self.unit = unit
        self.key = name_key(unit.name)
        self.exact = _with_diacritics(unit.name)
        self.aliases = frozenset(name_key(alias) for alias in unit.aliases)
        self.abbreviations = frozenset({name_key(unit.abbreviation)} - {""})
        names = (unit.name, *unit.aliases)
        self.expanded = tuple(dict.fromkeys(_expanded(name) for name in names))
        self.counts = tuple(Counter(name.split()) for name in self.expanded)
        self.initials = frozenset(form for name in self.expanded for form in _initial_forms(name))


def _match(name: str, register: Sequence[_Entry], day: date) -> NameMatch:
    key, expanded = name_key(name), _expanded(name)
    found = []
    for entry in register:
        judged = _judge(key, expanded, entry)
        if judged is not None:
            reason, score = judged
            if reason is Reason.SAME_NAME and _with_diacritics(name) == entry.exact:
                score = 1.0
            found.append(Candidate(entry.unit.id, reason, score, entry.unit.existed_on(day)))
    found.sort(key=lambda candidate: (not candidate.existed, -candidate.score, candidate.unit))
    kind = guessed_kind(name)
    return NameMatch(
        name,
        tuple(found[:MOST_CANDIDATES]),
        _proposed(found, kind),
        kind,
        is_collective(name),
    )


def _proposed(found: Sequence[Candidate], kind: str) -> int | None:
    unsure = {Reason.NEAR_SPELLING} if kind in _PLACES else set()
    sure = [candidate for candidate in found if candidate.reason in SURE - unsure]
    if not sure:
        return None
    best = sure[0]
    rivals = [c for c in sure[1:] if c.score == best.score and c.existed == best.existed]
    return None if rivals else best.unit


def _judge(key: str, expanded: str, entry: _Entry) -> tuple[Reason, float] | None:
    if not key:
        return None
    if key == entry.key:
        reason = Reason.SAME_NAME
    elif key in entry.aliases:
        reason = Reason.ALIAS
    elif key in entry.abbreviations or expanded in entry.expanded or key.replace(" ", "") in entry.initials:
        reason = Reason.ABBREVIATION
    elif any(_is_short_form(expanded, full) or _is_short_form(full, expanded) for full in entry.expanded):
        reason = Reason.SHORT_FORM
    elif any(_nearly_spelt(expanded, full) for full in entry.expanded):
        reason = Reason.NEAR_SPELLING
    else:
        own = Counter(expanded.split())
        alike = max(_alike(own, counts) for counts in entry.counts)
        return (Reason.SIMILAR, round(0.8 * alike, 4)) if alike >= LEAST_LIKENESS else None
    return reason, _SCORES[reason]


def _alike(a: Counter[str], b: Counter[str]) -> float:
    """As `likeness`, on words that are counted already: a register has hundreds of units."""
    if a.keys().isdisjoint(b):
        return 0.0
    return 2 * sum(min(count, b[word]) for word, count in a.items() if word in b) / (a.total() + b.total())


def _with_diacritics(name: str) -> str:
    """The name as it is told from one that differs by tone marks only (two communes may)."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold()))


def _expanded(name: str) -> str:
    """The name's key with abbreviations written out."""
    # "VH,TT&DL" is one abbreviation in three pieces; "TTCS&TTĐN" is two that stand together.
    joined = re.sub(r"(?<=\b[A-ZĐ]{2}),\s?(?=[A-ZĐ]{2}\b)", "", name)
    joined = re.sub(r"(?<=[A-ZĐ]{2})&(?=[A-ZĐ]{2}\b)", _ampersand, joined)
    return " ".join(ABBREVIATIONS.get(word, word) for word in words(joined))


def _ampersand(found: re.Match[str]) -> str:
    tail = found.string[found.end() : found.end() + 3]
    # "VHTT&DL" is one ministry's abbreviation; "TTCS&TTĐN" joins two.
    return "" if tail.startswith("DL") else " và "


def _initial_forms(expanded: str) -> set[str]:
    """Abbreviations by first letters: with and without the kind's word ("phong"), with it whole."""
    heads = ("van phong", "phong", "trung tam", "so", "ban", "cuc", "bo")
    forms: set[str] = set()
    for head in (*heads, ""):
        if head and not expanded.startswith(head + " "):
            continue
        rest = [word for word in expanded[len(head) :].split() if word != "va"]
        initials = "".join(word[0] for word in rest)
        if len(initials) >= 3:
            forms.add(initials)
            if head:
                forms.add(head.replace(" ", "") + initials)
    return forms


def _is_short_form(short: str, full: str) -> bool:
    """Whether `full` is `short` and then only the place: "… thành phố Hà Nội", "Hà Nội" after "thành phố"."""
    if not full.startswith(short + " ") or " " not in short:
        return False
    tail = full[len(short) + 1 :].split()
    if len(tail) > LONGEST_TAIL:
        return False
    return tail[:2] == ["thanh", "pho"] or tail[0] == "tinh" or short.endswith((" thanh pho", " tinh"))


def _nearly_spelt(a: str, b: str) -> bool:
    """Whether the names differ by one letter in one word, as a slip of the keyboard does.

    Vietnamese words are short, and a letter often makes another one: the shorter the name, the
    longer the word must be.
    """
    left, right = a.split(), b.split()
    if len(left) != len(right) or len(left) < 3:
        return False
    different = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    shortest = 4 if len(left) < 5 else 3
    return len(different) == 1 and min(map(len, different[0])) >= shortest and _one_slip(*different[0])


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter added, left out, replaced, or two neighbours swapped make `a` into `b`."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )
