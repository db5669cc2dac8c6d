"""The press room: who speaks to reporters, kits, press conferences."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from khuevan.core import clock
from khuevan.core.models import Record
from khuevan.core.pages import BasePage
from khuevan.newsroom.models.library import LibraryDocument, Picture, Video
from khuevan.newsroom.models.rights_checked import RightsChecked
from khuevan.newsroom.models.stories import StoryPage
from khuevan.newsroom.spoken_languages import PressConferenceForm


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
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("contact for the press")
        verbose_name_plural = _("contacts for the press")
        ordering: ClassVar[list[str]] = ["order", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(since_date__isnull=True)
                | Q(until_date__isnull=True)
                | Q(until_date__gte=models.F("since_date")),
                name="contact_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(telephone="") | ~Q(email=""),
                name="contact_can_be_reached",
                violation_error_message=_("Give a telephone number or an e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def post_in(self, language: str) -> str:
        """The post as readers of the language read it: in Vietnamese, and in English for everybody else."""
        return self.post if language == "vi" else self.english_post or self.post


class PressRoomPage(RightsChecked, BasePage):
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
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("summary"),
        TranslatableField("seo_title"),
        TranslatableField("introduction"),
        TranslatableField("working_here"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The press room with what the template shows of it (`khuevan.newsroom.press_queries.PressRoom`)."""
        # What is public is decided above these models.
        from khuevan.newsroom.press_queries import press_room

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "room": press_room(self, clock.now())}

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")


class PressKitPage(RightsChecked, BasePage):
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
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("introduction")]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("summary"),
        TranslatableField("seo_title"),
        TranslatableField("introduction"),
        SynchronizedField("stories"),
        SynchronizedField("items"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The kit with what of it is public at this moment (`khuevan.newsroom.press_queries.KitContents`)."""
        # What is public is decided above these models.
        from khuevan.newsroom.press_queries import kit_contents

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "kit": kit_contents(self, clock.now())}

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


class PressConferencePage(RightsChecked, BasePage):
    """A press conference: when and where, who speaks, until when reporters ask for accreditation.

    `speakers` names one a line. `languages` are codes of the languages that are spoken or interpreted.
    `accreditation_until` is the moment from which no request is taken any more; without it none is taken at all.
    The pages of the other languages are one conference with this one: they share its `translation_key`.
    """

    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=300)
    speakers = models.TextField(_("speakers"), blank=True, help_text=_("One a line, with the post."))
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
        FieldPanel("languages"),
        FieldPanel("accreditation_until"),
        FieldPanel("body"),
    ]
    base_form_class = PressConferenceForm
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("venue"),
        index.SearchField("speakers"),
        index.SearchField("body"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("summary"),
        TranslatableField("seo_title"),
        TranslatableField("venue"),
        TranslatableField("speakers"),
        TranslatableField("body"),
        # One conference has one time and one deadline, whatever the language of the page.
        SynchronizedField("begins_at", overridable=False),
        SynchronizedField("ends_at", overridable=False),
        SynchronizedField("languages", overridable=False),
        SynchronizedField("accreditation_until", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The conference, with whether requests are taken now and whether it is over."""
        # The rules of accreditation look at these models.
        from khuevan.newsroom.accreditation_rules import takes_requests

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now = clock.now()
        ended = (self.ends_at or self.begins_at) < now
        return {**context, "takes_requests": takes_requests(self, now), "is_over": ended}

    def clean(self) -> None:
        """Checks the page; a deadline after the beginning would let reporters in whom nobody looked at."""
        super().clean()
        if self.accreditation_until and self.begins_at and self.accreditation_until > self.begins_at:
            raise ValidationError(
                {"accreditation_until": _("Accreditation ends before the press conference begins.")}
            )

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
