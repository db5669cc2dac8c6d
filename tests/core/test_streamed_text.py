"""Lines that are made late speak the language of the page."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from khuevan.core.streamed_text import in_the_pages_language


def test_lines_speak_the_language_in_which_they_were_begun():
    with translation.override("vi"):
        lines = in_the_pages_language(gettext("Yes") for _line in range(2))
    with translation.override("en"):
        assert list(lines) == ["Có", "Có"]
        assert gettext("Yes") == "Yes"
