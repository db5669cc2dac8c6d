"""Slow, obvious accounts of what the writers do: how a text is cleaned, which items stand, in which order."""

from __future__ import annotations

from khuevan.plain.feeds import Feed, FeedItem, Withdrawal


def cleaned(text: str) -> str:
    """`text` letter by letter, as any feed may carry it."""
    letters = list(text)
    kept = []
    while letters:
        letter = letters.pop(0)
        number = ord(letter)
        if 0xD800 <= number <= 0xDBFF and letters and 0xDC00 <= ord(letters[0]) <= 0xDFFF:
            low = ord(letters.pop(0))
            kept.append(chr(0x10000 + (number - 0xD800) * 0x400 + low - 0xDC00))
        elif 0xD800 <= number <= 0xDFFF or number in (0xFFFE, 0xFFFF):
            kept.append("\ufffd")
        elif (number < 0x20 and letter not in "\t\n\r") or 0x7F <= number <= 0x9F:
            kept.append(" ")
        else:
            kept.append(letter)
    return "".join(kept)


def line(text: str) -> str:
    """`text` on one line: every run of spaces, tabs and line ends is one space."""
    spaced = cleaned(text).replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return " ".join(part for part in spaced.split(" ") if part)


def block(text: str) -> str:
    """`text` with its lines, each ended by a line feed, and nothing around them."""
    text = cleaned(text).replace("\r\n", "\n").replace("\r", "\n")
    while text and text[0] in " \t\n":
        text = text[1:]
    while text and text[-1] in " \t\n":
        text = text[:-1]
    return text


def standing(feed: Feed) -> list[FeedItem]:
    """The items that readers should see, newest first."""
    found: list[FeedItem] = []
    for item in feed.items:
        same = [other for other in feed.items if other.id == item.id]
        last = max(other.changed_at for other in same)
        first_of_last = next(other for other in same if other.changed_at == last)
        taken_back = [gone for gone in feed.withdrawals if gone.id == item.id]
        if item is first_of_last and all(gone.withdrawn_at < last for gone in taken_back):
            found.append(item)
    found.sort(key=lambda item: item.id, reverse=True)
    found.sort(key=lambda item: item.published_at, reverse=True)
    return found


def gone(feed: Feed) -> list[Withdrawal]:
    """The last withdrawal of whatever does not stand, newest first."""
    standing_ids = [item.id for item in standing(feed)]
    found: list[Withdrawal] = []
    for one in feed.withdrawals:
        same = [other for other in feed.withdrawals if other.id == one.id]
        last = max(other.withdrawn_at for other in same)
        first_of_last = next(other for other in same if other.withdrawn_at == last)
        if one is first_of_last and one.id not in standing_ids:
            found.append(one)
    found.sort(key=lambda one: one.id, reverse=True)
    found.sort(key=lambda one: one.withdrawn_at, reverse=True)
    return found


def uri(address: str) -> str:
    """The absolute `address` in ASCII, letter by letter; the part up to the host is taken as it is."""
    while address and ord(address[-1]) <= 0x20:
        address = address[:-1]
    start = address.index("/", len("https://"))
    written, fragment = address[:start], False
    for place, letter in enumerate(address[start:], start):
        opens_escape = letter == "%" and is_hexadecimal(address[place + 1 : place + 3])
        stands = letter.isascii() and (letter.isalnum() or letter in "-._~:/?@!$&'()*+,;=")
        if letter in "\t\r\n":
            continue
        if letter == "#" and not fragment:
            fragment = True
            written += letter
        elif opens_escape or stands:
            written += letter
        else:
            written += "".join(f"%{byte:02X}" for byte in cleaned(letter).encode())
    return written


def is_hexadecimal(text: str) -> bool:
    """Whether `text` is two digits of an escape."""
    return len(text) == 2 and all(one in "0123456789abcdefABCDEF" for one in text)
