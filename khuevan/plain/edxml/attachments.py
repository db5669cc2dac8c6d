"""The files of a message: each with what the list in its body says of it, and what its bytes are."""

from __future__ import annotations

import re
from typing import Final

from khuevan.plain.edxml import contents, messages, texts, warnings
from khuevan.plain.edxml.envelope import NO_TYPE, Attachment
from khuevan.plain.edxml.fields import Fields
from khuevan.plain.edxml.parsing import Element

_PATH: Final = re.compile(r"[/\\]")
_NO_NAMES: Final = ("", ".", "..")
_NAME_LENGTH: Final = 255


def attachments(
    manifest: Element | None, encoded: list[Element], fields: Fields
) -> tuple[tuple[Attachment, int], ...]:
    """The files in their order, each with its line; warns where the list and the files disagree."""
    announced = manifest.all("Reference") if manifest is not None else []
    left = list(announced)
    found = []
    for number, element in enumerate(encoded, start=1):
        reference = _reference_of(element, left, fields)
        if reference is not None:
            left.remove(reference)
        name = _name(fields.text(element, "AttachmentName"), reference, number, fields)
        if reference is None and announced:
            fields.warn(warnings.NOT_ANNOUNCED, name=name)
        content = element.first("ContentTransferEncoded")
        attachment = Attachment(
            name=name,
            data=(content.data or b"") if content is not None else b"",
            content_type=_either("ContentType", element, reference, fields) or NO_TYPE,
            description=_either("Description", element, reference, fields),
        )
        found.append((attachment, element.line))
    for reference in left:
        given = fields.text(reference, "AttachmentName") or fields.text(reference, "ContentId")
        fields.warn(warnings.NO_CONTENT, name=texts.one_line(given)[:_NAME_LENGTH] or "?")
    return tuple(found)


def check_content(attachment: Attachment, line: int, fields: Fields) -> None:
    """Refuses a program, in the open or in a ZIP archive; warns where type, name and bytes disagree."""
    if contents.is_program(attachment.name, attachment.data):
        raise messages.refused(messages.PROGRAM, line=line, name=attachment.name)
    _compare(attachment, fields)


def is_file_name(name: str) -> bool:
    """Whether a file can be kept under that name without leaving its folder."""
    return name not in _NO_NAMES and _PATH.search(name) is None and len(name) <= _NAME_LENGTH


def _reference_of(element: Element, left: list[Element], fields: Fields) -> Element | None:
    """The entry of the list that belongs to a file: the one with its identifier, else with its name."""
    for name in ("ContentId", "AttachmentName"):
        wanted = _identifier(fields.text(element, name))
        for reference in left:
            if wanted and _identifier(fields.text(reference, name)) == wanted:
                return reference
    return None


def _identifier(text: str) -> str:
    # Some senders write "cid:" in the list only.
    return text.strip("<> ").removeprefix("cid:")


def _either(name: str, element: Element, reference: Element | None, fields: Fields) -> str:
    return fields.text(element, name) or fields.text(reference, name)


def _name(given: str, reference: Element | None, number: int, fields: Fields) -> str:
    """The name of a file without a path, which could lead out of the folder where it is kept."""
    whole = texts.one_line(given or fields.text(reference, "AttachmentName"))
    name = texts.one_line(_PATH.split(whole)[-1])
    if name in _NO_NAMES:
        fields.warn(warnings.NO_NAME, number=number)
        return f"attachment-{number}"
    if name != whole:
        fields.warn(warnings.NAME_SHORTENED, name=_short(name))
    if len(name) > _NAME_LENGTH:
        fields.warn(warnings.NAME_CUT, name=_short(name), maximum=_NAME_LENGTH)
    return _short(name)


def _short(name: str) -> str:
    """A name that is no longer than file systems take, with its ending."""
    if len(name) <= _NAME_LENGTH:
        return name
    ending = name[name.rfind(".") :] if "." in name[-10:] else ""
    return texts.one_line(name[: _NAME_LENGTH - len(ending)]) + ending


def _compare(attachment: Attachment, fields: Fields) -> None:
    name, declared = attachment.name, attachment.content_type.partition(";")[0].strip().lower()
    if not attachment.data:
        fields.warn(warnings.EMPTY_ATTACHMENT, name=name)
        return
    found = contents.kind_of(attachment.data)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    # Exchanges pack files and keep the name, some the declared type as well.
    if found == "ZIP" and ending != "zip":
        fields.warn(warnings.PACKED, name=name)
    elif declared in contents.BY_TYPE and found not in contents.BY_TYPE[declared]:
        if found is None:
            fields.warn(warnings.DECLARED_UNLIKE, name=name, declared=declared)
        else:
            fields.warn(warnings.DECLARED_OTHERWISE, name=name, declared=declared, found=found)
    elif ending in contents.BY_NAME and found not in contents.BY_NAME[ending]:
        if found is None:
            fields.warn(warnings.NAMED_UNLIKE, name=name)
        else:
            fields.warn(warnings.NAMED_OTHERWISE, name=name, found=found)
