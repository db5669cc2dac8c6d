"""Who signs, as it is printed: TM., Q., KT., TL., TUQ., the post, and the name without academic titles.

Source: Decree 30/2020/ND-CP, annex I, part I, II.7: authority and post in capitals, the name in lower case,
neither academic rank nor degree nor title of honour before it.
"""

from __future__ import annotations

import re
from typing import Literal

from khuevan.plain.official_documents.document import Signatory

Authority = Literal["HEAD", "COLLECTIVE", "ACTING", "DEPUTY", "BY_ORDER", "SUB_AUTHORISED"]

_TITLE = (
    r"(?:GS|PGS|TS(?:KH)?|Th\.?\s?S|Tiến\s+sĩ|Phó\s+giáo\s+sư|Giáo\s+sư|Thạc\s+sĩ|Cử\s+nhân|Kỹ\s+sư"
    r"|Bác\s+sĩ|BS(?:CK[I1]{1,2})?|CK[I1]{1,2}|CN|KS|KTS|LS|DS|NGND|NGƯT|NSND|NSƯT|TTND|TTƯT|AHLĐ)"
)
_TITLES_BEFORE = re.compile(rf"^(?:{_TITLE}(?:\s*[.,]\s*|\s+))+", re.IGNORECASE)
_TITLES_BEHIND = re.compile(rf"\s*[,(]\s*{_TITLE}\b.*$", re.IGNORECASE)
_PREFIXES = {"DEPUTY": "KT.", "BY_ORDER": "TL.", "SUB_AUTHORISED": "TUQ."}


def signatory_for(
    authority: Authority, *, name: str, post: str, head_post: str, collective: str = "", unit: str = ""
) -> Signatory:
    """The lines above and below the signature.

    `post` is the signer's own (Phó Giám đốc), `head_post` that of the body's head (Giám đốc), `collective` the
    body for which a head signs with TM. (Ủy ban nhân dân). `unit` is the unit that the signer heads: it completes
    a post that says nothing of it (Trưởng phòng).
    """
    bare = name_without_titles(name)
    match authority:
        case "HEAD":
            return Signatory(None, _capitals(post or head_post), bare)
        case "COLLECTIVE":
            return Signatory(f"TM. {_capitals(collective)}", _capitals(post or head_post), bare)
        case "ACTING":
            return Signatory(f"Q. {_capitals(head_post)}", None, bare)
        case "DEPUTY":
            return Signatory(f"KT. {_capitals(head_post)}", _capitals(post), bare)
        case _:
            whole = post_of_unit(post, unit)
            return Signatory(f"{_PREFIXES[authority]} {_capitals(head_post)}", _capitals(whole), bare)


def name_without_titles(name: str) -> str:
    """Nguyễn Thị Minh for PGS.TS. Nguyễn Thị Minh, NSƯT; a name that is nothing but titles stays."""
    plain = " ".join(name.split())
    bare = _TITLES_BEHIND.sub("", _TITLES_BEFORE.sub("", plain)).strip(" ,.")
    return bare or plain


def post_of_unit(post: str, unit: str) -> str:
    """Trưởng phòng Thông tin for the post Trưởng phòng in Phòng Thông tin; a post that names its unit as it is."""
    words, unit_words = post.split(), unit.replace("–", "-").split()
    if not words or not unit_words or words[-1].casefold() != unit_words[0].casefold():
        return " ".join(words)
    return " ".join([*words, *unit_words[1:]])


def _capitals(words: str) -> str:
    return " ".join(words.split()).upper()
