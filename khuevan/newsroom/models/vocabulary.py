"""Words that pieces are tagged with: the office's topics, the national framework's elements, IPTC's media topics.

An element or topic is data: the office fills and ends it; a piece that bears an ended one keeps it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from khuevan.core.models import Record


class Topic(Record):
    """What the office writes about (heritage, festivals, crafts …), with its name in each language.

    `names` maps a language's code to its name; the English one stands in for those that are missing. `slug`
    is the address of its page and feed and never changes. `media_topic` is IPTC's code (medtop:…) for partners.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    names = models.JSONField(_("names by language"), default=dict)
    media_topic = models.CharField(_("IPTC media topic"), max_length=20, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    ended = models.BooleanField(_("not used any more"), default=False)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering: ClassVar[list[str]] = ["order", "slug"]

    def __str__(self) -> str:
        return self.name_in("vi")

    def name_in(self, language: str) -> str:
        """The topic's name in the language, else in English, else its address."""
        names = self.names if isinstance(self.names, dict) else {}
        return str(names.get(language) or names.get("en") or self.slug)


class FrameworkElement(Record):
    """One element of the national framework for presenting the country's image, as the decision numbers it.

    `source` names the decision and its article; an installation without the text keeps the table empty.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=300)
    english_name = models.CharField(_("name in English"), max_length=300, blank=True)
    source = models.CharField(_("where it stands"), max_length=300)
    ended = models.BooleanField(_("not used any more"), default=False)

    class Meta:
        verbose_name = _("element of the national framework")
        verbose_name_plural = _("elements of the national framework")
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
