"""The signed text as HTML, written by a plain loop: a template takes five times as long for a large plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from khuevan.programme.source_text import SourceParagraph


def source_html(
    paragraphs: Sequence[SourceParagraph], address_of: Callable[[str], str] | None = None
) -> SafeString:
    """The paragraphs, each item marked; `address_of` gives an item's address where items stand beside it.

    #p12 is a paragraph, #at-t3 the place of a task. Every word of the document is escaped.
    """
    # The only strings that are not escaped are written here; keys and kinds are the program's own.
    return mark_safe("".join(_lines(paragraphs, address_of)))  # noqa: S308


def _lines(paragraphs: Sequence[SourceParagraph], address_of: Callable[[str], str] | None) -> Iterator[str]:
    names = {"t": pgettext("short", "Task"), "d": pgettext("short", "Duty"), "b": pgettext("short", "Basis")}
    short = {kind: escape(name) for kind, name in names.items()}
    yield '<div class="kv-text" lang="vi">'
    for paragraph in paragraphs:
        heading = " kv-paragraph-heading" if paragraph.is_heading else ""
        yield f'<div class="kv-paragraph{heading}" id="p{paragraph.number}">'
        if address_of is not None and paragraph.items:
            yield '<span class="kv-gutter">'
            for item in paragraph.items:
                yield (
                    f'<a class="kv-jump kv-jump-{item.kind}" href="{escape(address_of(item.key))}">'
                    f"{short[item.kind]} {item.number}</a>"
                )
            yield "</span>"
        yield "<p>"
        for part in paragraph.parts:
            if not part.items:
                yield escape(part.text)
                continue
            # The mark is the place of the first item that begins with it; a second gets a place of its own.
            for key in part.anchors[1:]:
                yield f'<span class="kv-anchor" id="at-{key}"></span>'
            place = f' id="at-{part.anchors[0]}"' if part.anchors else ""
            yield (
                f'<mark{place} class="kv-mark kv-mark-{part.kind}" data-items="{part.items}">'
                f"{escape(part.text)}</mark>"
            )
        yield "</p></div>"
    yield "</div>"
