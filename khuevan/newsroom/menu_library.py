"""Where the library stands among the staff pages: films, the list of pictures, what needs somebody."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.chooser import ChooserViewSet

from khuevan.newsroom.library_viewsets import PicturesIndexView, VideoViewSet, video_chooser
from khuevan.newsroom.permissions import can_keep_library, can_see_pieces
from khuevan.people.staff_menu import StaffMenuItem, register_items


class LibraryMenuItem(StaffMenuItem):
    """What needs somebody in the library."""

    namespace = "newsroom_desk"


class FilmsMenuItem(StaffMenuItem):
    """The list of films, which is a viewset of its own."""

    namespace = "videos"


class PicturesMenuItem(StaffMenuItem):
    """Wagtail's list of pictures, beside the rest of the newsroom."""

    namespace = "wagtailimages"


class DocumentsMenuItem(StaffMenuItem):
    """Wagtail's list of documents, beside the rest of the newsroom."""

    namespace = "wagtaildocs"


# (order, label, view, icon, who may)
MENU: tuple[StaffMenuItem, ...] = (
    PicturesMenuItem(60, _("Pictures"), "index", "image", can_keep_library),
    FilmsMenuItem(61, _("Films"), "index", "media", can_keep_library),
    DocumentsMenuItem(62, _("Documents of the library"), "index", "doc-full-inverse", can_keep_library),
    LibraryMenuItem(63, _("Rights in the library"), "library", "date", can_see_pieces),
)

register_items("register_newsroom_menu_item", MENU)


@hooks.register("construct_main_menu")
def without_twins(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own items of pictures and documents stand in the newsroom's menu: not twice."""
    menu_items[:] = [item for item in menu_items if item.name not in ("images", "documents")]


# Before Wagtail's own address of the same words, which its list of pictures would have.
@hooks.register("register_admin_urls", order=-1)
def pictures_urls() -> list[URLPattern]:
    """The list of pictures with their rights, at Wagtail's own address."""
    return [
        path("images/", PicturesIndexView.as_view(), name="library_pictures"),
        path(
            "images/results/", PicturesIndexView.as_view(results_only=True), name="library_pictures_results"
        ),
    ]


@hooks.register("register_admin_viewset")
def films() -> VideoViewSet:
    """The pages of films."""
    return VideoViewSet()


@hooks.register("register_admin_viewset")
def choice_of_films() -> ChooserViewSet:
    """Where a film is chosen."""
    return video_chooser
