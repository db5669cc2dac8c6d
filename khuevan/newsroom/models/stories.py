"""Sections of the public site and the pieces in them, each a page with one translation a language."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Revision, Workflow
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from khuevan.core import clock
from khuevan.core.pages import BasePage
from khuevan.newsroom.choices import ChangeKind, StoryKind, TranslationOrigin
from khuevan.newsroom.hints_panel import HintsPanel
from khuevan.newsroom.models.blocks import BodyBlock
from khuevan.newsroom.models.changes import PublicChange
from khuevan.newsroom.models.library import Picture, Video
from khuevan.newsroom.models.page_rights import PiecePermissions, SectionPermissions
from khuevan.newsroom.models.rights_checked import RightsChecked
from khuevan.newsroom.models.vocabulary import FrameworkElement, Topic
from khuevan.newsroom.story_form import StoryPageForm

PIECES_A_PAGE = 20
# Kinds that speak for the department as such, and the review (`khuevan.newsroom.reviews`) that they pass.
REVIEWED_BY_THE_DIRECTOR = frozenset({StoryKind.PRESS_RELEASE, StoryKind.FACT_SHEET, StoryKind.INTERVIEW})
PRESS_REVIEW = "Duyệt thông cáo và tài liệu báo chí"


class SectionPage(RightsChecked, BasePage):
    """A section of the site (News, Heritage, Press releases …): what it is about, and its pieces below."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    permission_tester = SectionPermissions
    template = "newsroom/section.html"
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.StoryPage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The section with a page of its pieces, the newest first; a number that is none means the first page."""
        # What is public is decided above these models.
        from khuevan.newsroom.release import public_stories

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pieces: Any = public_stories(clock.now())
        pieces = pieces.child_of(self).select_related("picture", "locale")
        pieces = pieces.prefetch_related("picture__renditions")
        return {**context, "stories": Paginator(pieces, PIECES_A_PAGE).get_page(request.GET.get("page"))}

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class StoryPage(BasePage):
    """One piece in one language: a story, press release, fact sheet, interview, picture story or video.

    `short_id` is the piece's permanent number, the same in all languages: /s/<short_id> leads to it for ever.
    `embargo_until` is the moment before which nothing of it may be had by anybody without a pass; it goes
    live by itself then (`go_live_at` is set with it). `required_languages` are those without which it does not go
    out. `origin` says how this language's text came about; a machine's is not published before a person
    reviewed it (`reviewed_by`, `reviewed_at`). `source_revision` is the revision of the original that this
    translation was made from: where the original has a newer one, the source has changed since.
    """

    kind = models.CharField(_("kind"), max_length=14, choices=StoryKind, default=StoryKind.STORY)
    short_id = models.PositiveIntegerField(editable=False, default=0, db_index=True)
    picture = models.ForeignKey(
        Picture, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("leading picture")
    )
    video = models.ForeignKey(
        Video, models.PROTECT, related_name="stories", null=True, blank=True, verbose_name=_("video")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    byline = models.CharField(_("by"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    contact = models.CharField(_("contact for the press"), max_length=300, blank=True)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="stories", verbose_name=_("topics"))
    elements = ParentalManyToManyField(
        FrameworkElement,
        blank=True,
        related_name="stories",
        verbose_name=_("elements of the national framework"),
    )
    media_topics = models.JSONField(_("IPTC media topics"), default=list, blank=True)
    required_languages = models.JSONField(_("goes out only with these languages"), default=list, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    origin = models.CharField(
        _("how the text came about"),
        max_length=10,
        choices=TranslationOrigin,
        default=TranslationOrigin.ORIGINAL,
    )
    translated_by = models.CharField(_("translated by"), max_length=150, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    source_revision = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    permission_tester = PiecePermissions
    # A copy is a piece of its own: its own number, nobody's review, no original.
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "short_id", "origin", "translated_by", "reviewed_at", "reviewed_by", "source_revision",
    ]  # fmt: skip
    template = "newsroom/story.html"
    parent_page_types: ClassVar[list[str]] = ["newsroom.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = StoryPageForm
    # In the order in which a piece is written; headings here, for in other apps the same English means another thing.
    content_panels: ClassVar[list[Any]] = [
        FieldPanel(
            "title", classname="title", heading=_("Title"), help_text=_("What happened, in one line.")
        ),
        FieldPanel("summary", heading=_("Summary"), widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel(
            "kind",
            heading=pgettext_lazy("newsroom", "Kind"),
            help_text=_("Press releases, fact sheets and interviews are reviewed up to the director."),
        ),
        FieldPanel("picture", heading=_("Leading picture")),
        FieldPanel(
            "video", heading=_("Film"), help_text=_("For a piece of the kind “Video”; others may do without.")
        ),
        FieldPanel("body", heading=_("Text of the piece")),
        MultiFieldPanel(
            [
                FieldPanel("byline", heading=_("Author as readers see it")),
                FieldPanel(
                    "place",
                    heading=pgettext_lazy("newsroom", "Place"),
                    help_text=_("Where it was written, such as Hà Nội."),
                ),
                FieldPanel(
                    "contact", heading=_("Contact for the press"), help_text=_("Shown below press releases.")
                ),
            ],
            heading=_("Author and contact"),
        ),
        HintsPanel(heading=_("Hints")),
    ]
    classification_panels: ClassVar[list[Any]] = [
        FieldPanel("topics", heading=_("Topics"), widget=forms.CheckboxSelectMultiple),
        FieldPanel(
            "elements",
            heading=_("Elements of the national framework"),
            help_text=_(
                "What of the country the piece shows; empty where the office has not entered the framework."
            ),
            widget=forms.CheckboxSelectMultiple,
        ),
        FieldPanel("media_topics", heading=_("IPTC media topics"), classname="collapsed"),
        InlinePanel(
            "served_tasks",
            heading=_("Tasks that it serves"),
            label=_("Task"),
            help_text=_("Once published, the piece proves work on these tasks."),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("slug", heading=_("Last part of the address")),
        FieldPanel(
            "seo_title",
            heading=_("Title for search engines"),
            help_text=_("Only where the title itself is too long for them."),
        ),
    ]
    settings_panels: ClassVar[list[Any]] = [
        FieldPanel(
            "embargo_until",
            heading=_("Embargo until"),
            help_text=_(
                "Hà Nội time. Before it nobody sees the piece or its pictures, except reporters with a pass; then it "
                "goes out by itself."
            ),
        ),
        FieldPanel("required_languages"),
        # Wagtail's own: the schedule in the side panel, comments at each field.
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Piece")),
            ObjectList(classification_panels, heading=_("What it serves")),
            ObjectList(settings_panels, heading=_("Schedule and languages")),
            ObjectList(promote_panels, heading=_("Address and search")),
        ]
    )
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("kind"),
        index.FilterField("short_id"),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("summary"),
        TranslatableField("seo_title"),
        TranslatableField("body"),
        TranslatableField("byline"),
        TranslatableField("place"),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("short_id", overridable=False),
        SynchronizedField("picture"),
        SynchronizedField("video"),
        SynchronizedField("contact"),
        SynchronizedField("topics", overridable=False),
        SynchronizedField("elements", overridable=False),
        SynchronizedField("media_topics", overridable=False),
        SynchronizedField("required_languages", overridable=False),
        SynchronizedField("embargo_until", overridable=False),
        SynchronizedField("go_live_at", overridable=False),
        SynchronizedField("served_tasks", overridable=False),
    ]

    class Meta:
        verbose_name = _("piece")
        verbose_name_plural = _("pieces")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="story_reviewed_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(origin=TranslationOrigin.REVIEWED) | Q(reviewed_at__isnull=False),
                name="story_reviewed_names_who",
            ),
        ]

    @property
    def is_ready(self) -> bool:
        """Whether an approved text of this language waits only for its moment, or for other languages, or is live."""
        # What a review let go is asked above these models.
        from khuevan.newsroom.reviewed import let_go

        return bool(
            self.live
            or self.approved_schedule
            or (
                self.first_published_at is None and let_go().filter(revision=self.latest_revision_id).exists()
            )
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the piece; a new one gets the next permanent number, a translation that of its original.

        No piece begins its life in public: a copy of a published one is a draft, whatever was ticked.
        """
        # Wagtail's field has no type that is known here.
        if self._state.adding and getattr(self, "live"):  # noqa: B009
            self.live, self.has_unpublished_changes = False, True
            for name in ("live_revision", "first_published_at", "last_published_at"):
                setattr(self, name, None)
        if not self.short_id:
            newest = StoryPage.objects.aggregate(newest=models.Max("short_id"))["newest"] or 0
            siblings = StoryPage.objects.filter(translation_key=self.translation_key, short_id__gt=0)
            self.short_id = siblings.values_list("short_id", flat=True).first() or newest + 1
        goes_live: datetime | None = getattr(self, "go_live_at")  # noqa: B009  (Wagtail's field has no type)
        if self.embargo_until is not None and (goes_live is None or goes_live < self.embargo_until):
            self.go_live_at = self.embargo_until
        super().save(*args, **kwargs)

    def get_workflow(self) -> Workflow | None:
        """The review of the piece: releases, fact sheets and kits go as far as the director."""
        found: Workflow | None = None
        if self.kind in REVIEWED_BY_THE_DIRECTOR:
            found = Workflow.objects.active().filter(name=PRESS_REVIEW).first()
        return found or super().get_workflow()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The piece, or, where it was withdrawn, the piece all the same: its address then answers 410."""
        if not path_components and not self.live and self.withdrawal is not None:
            return RouteResult(self)
        result: RouteResult = super().route(request, path_components)
        return result

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The piece; 410 with the sentence that readers are told where it was withdrawn."""
        withdrawal = self.withdrawal
        if withdrawal is not None:
            context = {"page": self, "withdrawal": withdrawal}
            return TemplateResponse(request, "newsroom/withdrawn.html", context, status=410)
        # What is public is decided above these models.
        from khuevan.newsroom.release import is_public

        if not getattr(request, "is_preview", False) and not is_public(self, clock.now()):
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template shows: the piece, and its corrections, the newest first."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "corrections": self.public_changes.filter(kind=ChangeKind.CORRECTION)}

    @property
    def withdrawal(self) -> PublicChange | None:
        """The withdrawal of this page, if there is one. One query."""
        found: PublicChange | None = self.public_changes.filter(kind=ChangeKind.WITHDRAWAL).first()
        return found

    def with_content_json(self, content: dict[str, Any]) -> StoryPage:
        """The piece as a revision has it; its number is the page's own, also in a copy's older revisions."""
        found: StoryPage = super().with_content_json(content)
        found.short_id = self.short_id
        return found

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """A new revision; one that a review let go, or that is public, is never written over."""
        # What a review let go is asked above these models.
        from khuevan.newsroom.reviewed import is_let_go

        kept = overwrite_revision
        if kept is not None and (kept.pk == self.live_revision_id or is_let_go(kept)):
            kept = None
        revision: Revision = super().save_revision(*args, overwrite_revision=kept, **kwargs)
        return revision

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publishes or schedules the revision that its review let go; refused with every reason otherwise.

        Here and not in a view, so that a scheduled job, a script and the admin meet the same rules. Where the
        embargo was moved in the original or in another language, this one goes by that moment.
        """
        # The rules and the translation look at pictures and translations of this module's models.
        from khuevan.newsroom.rules import check_release, embargo_of
        from khuevan.newsroom.translation.unchanged_words import keep_translations

        piece: StoryPage = revision.as_object()
        check_release(piece, revision)
        until = embargo_of(piece)
        if any(moment is not None and moment > timezone.now() for moment in (until, piece.embargo_until)):
            opens_at: datetime | None = getattr(piece, "go_live_at")  # noqa: B009  (Wagtail's field has no type)
            # A moment of its own stays; one that is the former embargo's moves with it.
            own = None if opens_at == piece.embargo_until else opens_at
            opens_at = max((moment for moment in (own, until) if moment is not None), default=None)
            revision.content["embargo_until"] = until and until.isoformat()
            revision.content["go_live_at"] = opens_at and opens_at.isoformat()
            revision.save(update_fields=["content"])
        done = super().publish(revision, *args, **kwargs)
        if self.origin == TranslationOrigin.ORIGINAL:
            keep_translations(self, revision)
        return done


class ServedTask(Orderable):
    """A task of a plan that a piece serves: once published, the piece proves work on it."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="served_tasks")
    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="+", verbose_name=_("task"))

    panels: ClassVar[list[Any]] = [FieldPanel("task")]

    class Meta(Orderable.Meta):
        verbose_name = _("task that a piece serves")
        verbose_name_plural = _("tasks that a piece serves")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "task"], name="served_task_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.task_id}"
