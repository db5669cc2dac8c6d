"""Whether text reads as Vietnamese: what decides between encodings and flags bad recognition."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ONSET: Final = r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnpqrstvx])?"
# All rhymes of written Vietnamese, tone taken away; grouped by their first letter.
_RHYMES: Final = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
oong ooc op ot ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôp uôt up ut uy uya uych
uyên uyêt uyn uynh uyt uyu uâc
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh yt
"""
_SYLLABLE: Final = re.compile(
    _ONSET + "(?:" + "|".join(sorted(set(_RHYMES.split()), key=len, reverse=True)) + r")\Z"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAMPLE_WORDS: Final = 500
_FEWEST_MARKED: Final = 6


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` is one possible syllable of Vietnamese: onset, rhyme, at most one tone; one case.

    "Hội", "HỘI" and "hội" are; "hỘi", "viÖt" and "héi" written for "hội" in TCVN3 may or may not be.
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    marks = 0
    letters: list[str] = []
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            marks += 1
        else:
            letters.append(letter)
    return marks <= 1 and _SYLLABLE.match(unicodedata.normalize("NFC", "".join(letters))) is not None


def plausibility(text: str) -> float:
    """How far the words of `text` that bear a mark are Vietnamese syllables, from 0.0 to 1.0.

    Words in plain ASCII say nothing, because every candidate encoding reads them alike; a text without
    any other word scores 0.0. Only the first words of a long text are looked at.
    """
    good, marked, _ = _counted(text)
    return good / marked if marked else 0.0


def plausibility_of_prose(text: str) -> float:
    """The plausibility of a text that has as many marked words as Vietnamese prose has, 0.0 for others.

    A few odd characters in another text (a bullet, a soft hyphen) are letters in some old encoding.
    """
    good, marked, words = _counted(text)
    return good / marked if marked >= _FEWEST_MARKED and marked >= 0.25 * words else 0.0


def _counted(text: str) -> tuple[int, int, int]:
    """Among the first words of `text`: marked ones that are syllables, marked ones, all."""
    good = marked = words = 0
    for match in _WORD.finditer(text):
        word = match.group()
        words += 1
        if word.isascii():
            continue
        marked += 1
        good += is_syllable(word)
        if marked == _SAMPLE_WORDS:
            break
    return good, marked, words
