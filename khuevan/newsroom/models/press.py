"""The press room: who speaks to reporters, kits, press conferences with accreditation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from khuevan.core.models import Record
from khuevan.core.pages import BasePage
from khuevan.newsroom.choices import AccreditationState
from khuevan.newsroom.models.library import LibraryDocument, Picture, Video
from khuevan.newsroom.models.stories import StoryPage


class Contact(Record):
    """Somebody whom reporters may reach: a spokesperson, or a press officer.

    `languages` are codes of the languages in which they answer. `since_date` and `until_date` are inclusive.
    """

    name = models.CharField(_("full name"), max_length=150)
    post = models.CharField(_("post"), max_length=200)
    english_post = models.CharField(_("post in English"), max_length=200, blank=True)
    is_spokesperson = models.BooleanField(_("spokesperson"), default=False)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    since_date = models.DateField(_("since"), null=True, blank=True)
    until_date = models.DateField(_("until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("contact for the press")
        verbose_name_plural = _("contacts for the press")
        ordering: ClassVar[list[str]] = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class PressRoomPage(BasePage):
    """The press room of one language: contacts, releases, kits, conferences, how foreign reporters work here."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    working_here = RichTextField(
        _("how foreign reporters work in Vietnam"),
        features=["h2", "h3", "bold", "ol", "ul", "link"],
        blank=True,
    )

    template = "newsroom/press_room.html"
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.PressKitPage", "newsroom.PressConferencePage"]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("working_here"),
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("working_here")]

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")


class PressKitPage(BasePage):
    """Everything on one subject for a newsroom to take away: pieces, pictures, films, documents."""

    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)
    stories = ParentalManyToManyField(StoryPage, blank=True, related_name="kits", verbose_name=_("pieces"))

    template = "newsroom/press_kit.html"
    parent_page_types: ClassVar[list[str]] = ["newsroom.PressRoomPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("stories"),
        InlinePanel("items", label=_("item of the kit")),
    ]

    class Meta:
        verbose_name = _("press kit")
        verbose_name_plural = _("press kits")


class PressKitItem(Orderable):
    """One picture, film or document of a press kit: exactly one of the three."""

    kit = ParentalKey(PressKitPage, on_delete=models.CASCADE, related_name="items")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+", null=True, blank=True)
    video = models.ForeignKey(Video, models.PROTECT, related_name="+", null=True, blank=True)
    document = models.ForeignKey(LibraryDocument, models.PROTECT, related_name="+", null=True, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("picture"), FieldPanel("video"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("item of a press kit")
        verbose_name_plural = _("items of a press kit")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(picture__isnull=False, video__isnull=True, document__isnull=True)
                | Q(picture__isnull=True, video__isnull=False, document__isnull=True)
                | Q(picture__isnull=True, video__isnull=True, document__isnull=False),
                name="press_kit_item_is_one_thing",
                violation_error_message=_("An item of a kit is one picture, one film or one document."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kit_id} · {self.sort_order}"


class PressConferencePage(BasePage):
    """A press conference: when and where, who speaks, until when reporters ask for accreditation."""

    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=300)
    speakers = models.TextField(_("speakers"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    accreditation_until = models.DateTimeField(_("accreditation until"), null=True, blank=True)
    body = RichTextField(_("text"), features=["h2", "bold", "italic", "ol", "ul", "link"], blank=True)

    template = "newsroom/press_conference.html"
    parent_page_types: ClassVar[list[str]] = ["newsroom.PressRoomPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("begins_at"),
        FieldPanel("ends_at"),
        FieldPanel("venue"),
        FieldPanel("speakers"),
        FieldPanel("accreditation_until"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("press conference")
        verbose_name_plural = _("press conferences")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("begins_at")),
                name="press_conference_ends_after_it_begins",
                violation_error_message=_("A press conference cannot end before it begins."),
            ),
        ]


class AccreditationRequest(Record):
    """A reporter's request to come to a press conference, with what the outlet says of him or her.

    Kept until `delete_after` and then taken out: accreditation is no register of reporters.
    """

    conference = models.ForeignKey(PressConferencePage, models.PROTECT, related_name="accreditations")
    name = models.CharField(_("full name"), max_length=150)
    outlet = models.CharField(_("outlet"), max_length=200)
    country = models.CharField(_("country of the outlet"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"))
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    press_card = models.CharField(_("press card"), max_length=80, blank=True)
    equipment = models.CharField(_("equipment"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AccreditationState, default=AccreditationState.ASKED
    )
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decision_words = models.CharField(_("what the reporter is told"), max_length=500, blank=True)
    delete_after = models.DateField(_("taken out after"))

    class Meta:
        verbose_name = _("request for accreditation")
        verbose_name_plural = _("requests for accreditation")
        ordering: ClassVar[list[str]] = ["conference", "asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=AccreditationState.ASKED, decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state=AccreditationState.ASKED) & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="accreditation_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.outlet})"
