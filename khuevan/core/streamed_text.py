"""Text that is sent while it is made speaks the language of the page that began it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import translation


def in_the_pages_language(lines: Iterable[str]) -> Iterator[str]:
    """The lines, each made in the language that is active now: when they are sent, the request's is gone."""
    language = translation.get_language()

    def spoken() -> Iterator[str]:
        made = iter(lines)
        while True:
            # Not around the loop: what runs between two lines is not ours.
            with translation.override(language):
                line = next(made, None)
            if line is None:
                return
            yield line

    return spoken()
