"""PO as wagtail-localize writes it: the path of a paragraph is its context, its own words its key."""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.translation_files.units import (
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_UNITS,
    FileRefused,
    Incoming,
    Unit,
)

_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_LINE: Final = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*"((?:[^"\\]|\\.)*)"\s*$')


def po_text(units: list[Unit], *, source_language: str, target_language: str, translation: str) -> str:
    """The file's text. `translation` is the identity by which the file is known to belong to one translation."""
    headers = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": target_language,
        "X-Source-Language": source_language,
        "X-WagtailLocalize-TranslationID": translation,
    }
    head = "".join(f"{name}: {value}\n" for name, value in headers.items())
    parts = [f'msgid ""\nmsgstr ""\n{_quoted_lines(head)}\n']
    for unit in units:
        notes = "".join(f"#. {line}\n" for line in unit.note.splitlines())
        flag = "#, fuzzy\n" if unit.is_machine and unit.target else ""
        parts.append(
            f"{notes}{flag}msgctxt {_quoted(unit.path)}\nmsgid {_quoted(unit.source)}\n"
            f"msgstr {_quoted(unit.target)}\n"
        )
    return "\n".join(parts)


def read_po(content: bytes) -> tuple[str, list[Incoming]]:
    """The translation's identity (empty where the file names none) and its paragraphs; raises FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused("too_large", most=MOST_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("not_utf8") from None
    identity, found = "", []
    for entry in _entries(text):
        target = entry.get("msgstr", entry.get("msgstr[0]", ""))
        if not entry.get("msgid"):
            for line in target.splitlines():
                name, _colon, value = line.partition(":")
                if name.strip().lower() == "x-wagtaillocalize-translationid":
                    identity = value.strip()
            continue
        if target.strip():
            found.append(Incoming(None, entry.get("msgctxt", ""), entry["msgid"], target[:LONGEST_TEXT]))
        if len(found) > MOST_UNITS:
            raise FileRefused("too_many", most=MOST_UNITS)
    return identity, found


def _entries(text: str) -> list[dict[str, str]]:
    """Each entry by its keywords; obsolete ones (#~) and comments are passed over. Raises FileRefused."""
    entries: list[dict[str, str]] = []
    entry: dict[str, str] = {}
    keyword = ""
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None or (not found[1] and not keyword):
            raise FileRefused("not_po", line=number)
        value = _unquoted(found[2])
        if found[1]:
            keyword = found[1]
            begins = keyword == "msgctxt" or (keyword == "msgid" and "msgid" in entry)
            if entry and (begins or (keyword == "msgid" and "msgstr" in entry)):
                entries.append(entry)
                entry = {}
            entry[keyword] = value
        else:
            entry[keyword] += value
    if entry:
        entries.append(entry)
    return entries


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def _quoted_lines(text: str) -> str:
    return "".join(f"{_quoted(line)}\n" for line in text.splitlines(keepends=True))
