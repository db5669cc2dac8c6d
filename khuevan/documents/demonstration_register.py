"""A register to try: two books of numbers, the bodies that one writes to, a dozen invented documents that came.

Done by the same actions as a clerk's clicks, each on its day of 2025.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone

from khuevan.core import clock
from khuevan.documents.actions import (
    give_to_unit,
    keep_correspondent,
    keep_number_book,
    mark_handled,
    register_incoming,
)
from khuevan.documents.choices import Channel, Direction, Urgency
from khuevan.documents.details import DocumentDetails
from khuevan.documents.models import Correspondent, Document, DocumentType, NumberBook
from khuevan.documents.queries import correspondents_named
from khuevan.documents.received_files import ReceivedFile, read_received
from khuevan.people.choices import UnitKind
from khuevan.people.demonstration import check_demonstration_is_allowed
from khuevan.people.models import Unit, User
from khuevan.plain.folding import slug

DATA = Path(__file__).parent / "data" / "demonstration_register.toml"
OUTGOING, INCOMING = "Sổ đăng ký văn bản đi", "Sổ đăng ký văn bản đến"
DEPARTMENT = "Sở Văn hóa và Thể thao thành phố Hà Nội"
CLERK = "vanthu"
REMARK = "Văn bản minh họa, không có thật."
# The bodies of the plan's list of recipients, wards and communes, and whoever writes to the department.
_OUTSIDE = frozenset(
    {UnitKind.CITY, UnitKind.MINISTRY, UnitKind.PARTY, UnitKind.OUTSIDE, UnitKind.WARD, UnitKind.COMMUNE}
)
_INSIDE = frozenset({UnitKind.DIVISION, UnitKind.OFFICE, UnitKind.CENTRE})


def create_demonstration_register(*, by: User) -> int:
    """How many documents were registered; a second call adds nothing. Refused where demonstrations are."""
    check_demonstration_is_allowed()
    department = Unit.objects.get(name=DEPARTMENT)
    book = _books(by, department)
    _correspondents(by, department)
    if Document.objects.incoming().exists():
        return 0
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["incoming"]
    units = {unit.short_name: unit for unit in Unit.objects.exclude(short_name="")}
    clerk = User.objects.get(username=CLERK)
    types = {kind.name: kind for kind in DocumentType.objects.all()}
    known = correspondents_named([row["issuer"] for row in rows])
    registered: list[tuple[dict[str, Any], Document]] = []
    for row in rows:
        registered.append((row, _register(clerk, book, row, types, known.get(row["issuer"]))))
    for row, document in registered:
        if "gives" in row:
            _hand_out(clerk, row, document, units[row["gives"]])
    return len(registered)


def _books(by: User, department: Unit) -> NumberBook:
    """The book of incoming documents; makes both books where they are missing."""
    held = {book.name: book for book in NumberBook.objects.filter(name__in=[OUTGOING, INCOMING])}
    if OUTGOING not in held:
        keep_number_book(
            by=by,
            book=NumberBook(name=OUTGOING, direction=Direction.OUT, unit=department, body_code="SVHTT"),
        )
    if INCOMING not in held:
        book = NumberBook(name=INCOMING, direction=Direction.IN, unit=department, per_type=False)
        return keep_number_book(by=by, book=book)
    incoming: NumberBook = held[INCOMING]
    return incoming


def _correspondents(by: User, department: Unit) -> None:
    """One for each body outside and each unit of the department; nobody's e-mail address is invented."""
    held = set(Correspondent.objects.values_list("name", flat=True))
    for unit in Unit.objects.order_by("path").prefetch_related("aliases"):
        inside = unit.kind in _INSIDE and unit.path.startswith(department.path)
        if unit.name in held or not (inside or unit.kind in _OUTSIDE or unit.name.startswith("Văn phòng Ủy")):
            continue
        names = [unit.short_name, *(alias.name for alias in unit.aliases.all())]
        keep_correspondent(
            by=by,
            correspondent=Correspondent(
                name=unit.name,
                unit=unit,
                other_names="\n".join(name for name in names if name),
                channel=Channel.INTERNAL if inside else Channel.PRINTED,
                valid_to=unit.valid_to,
            ),
        )


def _register(
    clerk: User,
    book: NumberBook,
    row: dict[str, Any],
    types: dict[str, DocumentType],
    sender: Correspondent | None,
) -> Document:
    details = DocumentDetails(
        title=row["title"],
        type=types[row["type"]],
        symbol=row["symbol"],
        place="Hà Nội",
        issued_date=row["issued"],
        issuer_name=row["issuer"],
        issuer=sender.unit if sender else None,
        sender=sender,
        signer_name=row["signer"],
        signer_position=row["position"],
        urgency=row.get("urgency", Urgency.NORMAL),
        page_count=row["pages"],
        due_date=row.get("due"),
        summary=REMARK,
    )
    files = [_file(row, row["title"], row["body"])]
    if "attachment" in row:
        files.append(_file(row, row["attachment"], "I. KẾT QUẢ\n\nII. KHÓ KHĂN\n\nIII. KIẾN NGHỊ"))
    with clock.stopped_at(_moment(row["day"], 9)):
        return register_incoming(
            by=clerk, book=book, received_date=row["day"], details=details, files=files, allow_duplicate=True
        )


def _hand_out(clerk: User, row: dict[str, Any], document: Document, unit: Unit) -> None:
    with clock.stopped_at(_moment(row["day"], 10)):
        give_to_unit(by=clerk, document=document, unit=unit, words=row["words"], due_date=row["due"])
    if "ended" in row:
        with clock.stopped_at(_moment(row["ended"], 16)):
            mark_handled(by=clerk, document=document, words=row["done"])


def _file(row: dict[str, Any], title: str, body: str) -> ReceivedFile:
    """A small text in the form of a document, which says of itself that it is a sample."""
    day: date = row["issued"]
    words = (
        f"{row['issuer'].upper()}\n\nSố: {row['symbol']}\n\n"
        f"Hà Nội, ngày {day:%d} tháng {day.month} năm {day.year}\n\n"
        f"{row['type'].upper()}\n\n{title}\n\n(Văn bản minh họa của phần mềm Khuê Văn, không có thật)\n\n"
        f"{body}\n\n{row['position'].upper()}\n\n{row['signer']}\n"
    )
    return read_received(f"{slug(title)[:60].strip('-')}.txt", BytesIO(words.encode()))


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
