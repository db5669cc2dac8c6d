"""The lines of Nơi nhận as the bodies that a document is sent to.

Source: Decree 30/2020/NĐ-CP, annex I, part II, point 9b.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from khuevan.plain.folding import fold
from khuevan.plain.official_documents.document import Recipient

_MARK: Final = re.compile(r"^[\s\-–—+•]+|[\s;.,]+$")
_PURPOSE: Final = re.compile(r"\(([^()]*)\)\s*$")
_LETTERS_ONLY: Final = re.compile(r"[^a-z0-9]+")


def recipients_in(lines: Sequence[str], addressees: Sequence[str] = ()) -> tuple[Recipient, ...]:
    """The recipients of the lines in their order, each once; `addressees` stand for “Như trên”.

    The line Lưu: names who keeps the original, no recipient. Where “Như trên” stands and no addressee is known, it
    is left out: whom it means is not on these lines.
    """
    found: list[Recipient] = []
    for line in lines:
        name, purpose = _parts(line)
        plain = _LETTERS_ONLY.sub(" ", fold(name)).strip()
        if not plain or plain.startswith("luu ") or plain in {"luu", "noi nhan"}:
            continue
        if plain.startswith("nhu tren") or plain == "nhu kinh gui":
            found.extend(Recipient(_parts(each)[0], purpose) for each in addressees if _parts(each)[0])
            continue
        found.append(Recipient(name, purpose))
    once = {recipient.name: recipient for recipient in reversed(found)}
    return tuple(dict.fromkeys(once[recipient.name] for recipient in found))


def _parts(line: str) -> tuple[str, str | None]:
    """The name and the purpose of a line: UBND Thành phố, để b/c."""
    words = _MARK.sub("", " ".join(line.split()))
    match = _PURPOSE.search(words)
    if match is None:
        return words, None
    return _MARK.sub("", words[: match.start()]), match[1].strip() or None
