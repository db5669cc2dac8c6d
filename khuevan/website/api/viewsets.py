"""Wagtail's API v2 over our tables: which records, which parameters, how many at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import status
from rest_framework.fields import Field
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

from khuevan.core import clock
from khuevan.newsroom.models import LibraryDocument, Picture, PublicChange, StoryPage, Video
from khuevan.website.api.films import VIDEOS
from khuevan.website.api.library import DOCUMENTS, PICTURES, WITHDRAWALS
from khuevan.website.api.stories import STORIES
from khuevan.website.api.tables import LONGEST_PARAMETER, ApiField, ApiTable, WrongParameter

TABLES: Final = (STORIES, PICTURES, VIDEOS, DOCUMENTS, WITHDRAWALS)
MOST_AT_ONCE: Final = 50
AT_ONCE: Final = 20
# Whoever wants older pieces narrows the list; skipping tens of thousands of rows costs the database as many.
FARTHEST: Final = 10_000
PAGING: Final = ("limit", "offset", "fields")
# All names of a table fit; and no field of ours has fields within it that have fields again. Wagtail reads brackets
# by calling itself, once for each.
LONGEST_FIELDS: Final = 600
MOST_BRACKETS: Final = 2


class TableField(Field):
    """A field of a table as the serializer takes it."""

    def __init__(self, field: ApiField, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self._field = field

    def get_attribute(self, instance: Any) -> Any:
        """The record itself: the table knows what to take of it."""
        # Never None, which the serializer would take for a missing value.
        return (instance,)

    def to_representation(self, value: Any) -> Any:
        """The field's value."""
        return self._field.value(self.context["request"]._request, value[0])


class TableViewSet(BaseAPIViewSet):
    """One list of the API and its records. Nobody signs in here: all get the same."""

    table: ClassVar[ApiTable]
    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]
    schema = None

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:  # noqa: ARG003
        """The fields of a record, from the table."""
        return _fields(cls.table, meta=False)

    @classmethod
    def get_meta_fields(cls, model: Any) -> list[APIField]:  # noqa: ARG003
        """The fields within `meta`, from the table."""
        return _fields(cls.table, meta=True)

    @classmethod
    def get_listing_default_fields(cls, model: Any) -> list[str]:  # noqa: ARG003
        """The fields that a list carries without being asked."""
        return cls.table.list_names()

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """The list and, where they have addresses of their own, its records."""
        patterns: list[Any] = super().get_urlpatterns()
        kept = {"listing", "detail"} if cls.table.has_details else {"listing"}
        return [pattern for pattern in patterns if pattern.name in kept]

    def get_queryset(self) -> QuerySet[Any]:
        """All records that the public may have now."""
        return self.table.records(clock.now())

    def check_query_parameters(self, queryset: QuerySet[Any]) -> None:
        """Refuses parameters that the table does not know: a wrong name must not look like a wide question."""
        known = {*PAGING, *(each.name for each in self.table.parameters)}
        unknown = set(self.request.GET) - known
        if unknown:
            raise BadRequestError(
                f"unknown parameters: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}"
            )
        if any(
            len(value) > LONGEST_PARAMETER for name, value in self.request.GET.items() if name != "fields"
        ):
            raise BadRequestError(f"a parameter has at most {LONGEST_PARAMETER} characters")
        _check_fields(self.request)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The records that the parameters ask for; a single record is asked for by its number alone."""
        if self.action != "listing_view":
            return queryset
        given: Mapping[str, str] = self.request.GET
        for parameter in self.table.parameters:
            value = given.get(parameter.name, "").strip()
            if value and parameter.condition is not None:
                queryset = queryset.filter(parameter.condition(value, given))
        return queryset

    def listing_view(self, request: Request) -> Response:
        """A page of the list."""
        rows = self.get_queryset()
        self.check_query_parameters(rows)
        rows = self.filter_queryset(rows)
        limit = _whole_number(request.GET.get("limit", str(AT_ONCE)), "limit", 1, MOST_AT_ONCE)
        offset = _whole_number(request.GET.get("offset", "0"), "offset", 0, FARTHEST)
        total = rows.count()
        shown = self.table.prepare(request._request, rows[offset : offset + limit])
        serializer = self.get_serializer(shown, many=True)
        following = offset + limit
        meta = {
            "total_count": total,
            "next": self._address(following) if following < min(total, FARTHEST + 1) else None,
        }
        return Response({"meta": meta, "items": serializer.data})

    def detail_view(self, request: Request, pk: int) -> Response:
        """One record."""
        unknown = set(request.GET) - {"fields"}
        if unknown:
            raise BadRequestError(f"unknown parameters: {', '.join(sorted(unknown))}; known is fields")
        _check_fields(request)
        found = self.table.prepare(request._request, [self.get_object()])
        if not found:
            raise Http404("not found")
        return Response(self.get_serializer(found[0]).data)

    def handle_exception(self, exc: Exception) -> Response:
        """What went wrong, as an object with a sentence."""
        if isinstance(exc, WrongParameter):
            return Response({"message": str(exc)}, status=status.HTTP_400_BAD_REQUEST)
        if isinstance(exc, Http404):
            return Response({"message": "not found"}, status=status.HTTP_404_NOT_FOUND)
        response: Response = super().handle_exception(exc)
        if "message" not in (response.data or {}):
            response.data = {"message": str((response.data or {}).get("detail", ""))}
        return response

    def _address(self, offset: int) -> str:
        query = self.request.GET.copy()
        query["offset"] = str(offset)
        return str(self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}"))


class StoriesViewSet(TableViewSet):
    """Pieces; one that was withdrawn answers 410 with what readers are told."""

    table = STORIES
    name = "stories"
    model = StoryPage

    def detail_view(self, request: Request, pk: int) -> Response:
        """One piece, or its tombstone."""
        try:
            return super().detail_view(request, pk)
        except Http404:
            change = WITHDRAWALS.records(clock.now()).filter(page=pk).select_related("page__locale").first()
            if change is None:
                raise
            told = {each.name: each.value(request._request, change) for each in WITHDRAWALS.fields}
            return Response({"message": "withdrawn", **told}, status=status.HTTP_410_GONE)


class PicturesViewSet(TableViewSet):
    """Pictures of the public library."""

    table = PICTURES
    name = "pictures"
    model = Picture


class VideosViewSet(TableViewSet):
    """Films of the public library."""

    table = VIDEOS
    name = "videos"
    model = Video


class DocumentsViewSet(TableViewSet):
    """Documents of the public library."""

    table = DOCUMENTS
    name = "documents"
    model = LibraryDocument


class WithdrawalsViewSet(TableViewSet):
    """What was taken back."""

    table = WITHDRAWALS
    name = "withdrawals"
    model = PublicChange


def _fields(table: ApiTable, *, meta: bool) -> list[APIField]:
    return [APIField(each.name, serializer=TableField(each)) for each in table.fields if each.is_meta is meta]


def _check_fields(request: Request) -> None:
    """Refuses `fields` that nobody means, before Wagtail reads them."""
    for said in request.GET.getlist("fields"):
        if len(said) > LONGEST_FIELDS or said.count("(") > MOST_BRACKETS:
            raise BadRequestError(
                f"fields has at most {LONGEST_FIELDS} characters and {MOST_BRACKETS} opening brackets"
            )


def _whole_number(text: str, name: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise BadRequestError(f"{name} must be a whole number from {least} to {most}")
    return int(text)


router = WagtailAPIRouter("api")
for _viewset in (StoriesViewSet, PicturesViewSet, VideosViewSet, DocumentsViewSet, WithdrawalsViewSet):
    router.register_endpoint(_viewset.name, _viewset)
