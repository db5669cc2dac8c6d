"""Films in the staff pages, and what Wagtail's list of pictures shows of their rights."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.images.views import images
from wagtail.permissions import register_permission_policy

from khuevan.newsroom.library_forms import VideoForm
from khuevan.newsroom.library_words import having_words
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.newsroom.permissions import can_keep_library, can_see_pieces
from khuevan.newsroom.rules import picture_problems
from khuevan.people.models import User
from khuevan.people.seat_policies import SeatPolicy


def _may(user: User, action: str, day: date) -> bool:
    """Whoever keeps the library adds and changes films; whoever sees pieces may choose one."""
    return (can_see_pieces if action in ("choose", "view") else can_keep_library)(user, day)


register_permission_policy(Video, SeatPolicy(Video, _may))


def state_of(thing: Picture | Video | LibraryDocument) -> str:
    """Whether the thing may be shown, in two or three words."""
    problems = list(picture_problems(thing))
    if any(problem.code == "NR-25" for problem in problems):
        return _("ended")
    if problems:
        return ngettext("%(count)d thing missing", "%(count)d things missing", len(problems)) % {
            "count": len(problems)
        }
    return _("complete")


def last_day_of(thing: Picture | Video | LibraryDocument) -> str:
    """The last day on which it may be shown; empty where there is none."""
    return date_format(thing.expires_date, "SHORT_DATE_FORMAT") if thing.expires_date is not None else ""


def is_offered_in_words(thing: Picture | Video | LibraryDocument) -> str:
    """Whether readers are offered it."""
    return _("yes") if thing.in_library else ""


# The same three columns wherever things of the library are listed.
RIGHTS: list[Column] = [
    Column("rights", label=pgettext_lazy("library", "Rights"), accessor=state_of),
    Column("last_day", label=gettext_lazy("Shown until"), accessor=last_day_of),
    Column("offered", label=gettext_lazy("In the public library"), accessor=is_offered_in_words),
]


class PicturesIndexView(images.IndexView):
    """Wagtail's list of pictures, as a list at first, with what is known of their rights."""

    @cached_property
    def layout(self) -> str:
        """A list, unless the officer wants the grid."""
        return str(self.request.GET.get("layout", "list"))

    @cached_property
    def columns(self) -> list[Any]:
        """Wagtail's columns with ours behind the title; the collection, of which there is one, gives them room."""
        theirs = [column for column in super().columns if column.name != "collection"]
        if not theirs:
            return []
        place = next(number for number, column in enumerate(theirs) if column.name == "title") + 1
        return [*theirs[:place], *RIGHTS, *theirs[place:]]


class VideoIndexView(generic.IndexView):
    """The films."""

    def get_base_queryset(self) -> QuerySet[Video]:
        """The films, the newest first."""
        return Video.objects.order_by("-created_at", "-pk")

    def search_queryset(self, queryset: QuerySet[Video]) -> QuerySet[Video]:
        """Those that hold the words in any language, marks and capitals aside."""
        return queryset.filter(having_words(self.search_query)) if self.search_query else queryset


class VideoCreateView(generic.CreateView):
    """A new film."""

    template_name = "newsroom/library/video_form.html"


class VideoEditView(generic.EditView):
    """What is said of a film, its captions, its file."""

    template_name = "newsroom/library/video_form.html"

    def save_instance(self) -> Video:
        """Stores the film; a file that was replaced goes."""
        former = Video.objects.get(pk=self.object.pk)
        saved: Video = super().save_instance()
        if former.file.name and former.file.name != saved.file.name:
            former.file.storage.delete(former.file.name)
        return saved


class VideoViewSet(ModelViewSet):
    """Films."""

    model = Video
    name = "videos"
    url_prefix = "phim"
    icon = "media"
    menu_label = gettext_lazy("Films")
    index_view_class = VideoIndexView
    add_view_class = VideoCreateView
    edit_view_class = VideoEditView
    create_template_name = "newsroom/library/video_form.html"
    edit_template_name = "newsroom/library/video_form.html"
    copy_view_enabled = False
    list_per_page = 50
    search_fields: ClassVar[list[str]] = ["title"]
    search_backend_name = None
    export_filename = "phim"
    list_display: ClassVar[list[Any]] = [
        TitleColumn("title", label=pgettext_lazy("library", "Title"), url_name="videos:edit"),
        *RIGHTS,
    ]

    def get_form_class(self, for_update: bool = False) -> type[VideoForm]:
        """The form of a film."""
        return VideoForm


class VideoChooserViewSet(ChooserViewSet):
    """Where a piece or a press kit gets its film."""

    model = Video
    icon = "media"
    choose_one_text = gettext_lazy("Choose a film")
    choose_another_text = gettext_lazy("Choose another film")
    edit_item_text = gettext_lazy("Edit this film")


video_chooser = VideoChooserViewSet("video_chooser", url_prefix="chon-phim")
