"""Pictures, films and documents that may be shown: each with its caption, its credit and the right to use it.

Files lie where no address leads; what the public may have is decided at each request (`khuevan.newsroom.release`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember
from wagtail.search import index

from khuevan.core.private_files import private_storage
from khuevan.newsroom.choices import Consent, RightsBasis
from khuevan.newsroom.models.vocabulary import Topic


class Rights(models.Model):
    """What must be known before something of others' hands is published.

    `alternative` says what is seen to whoever cannot see it; `expires_date` is the last day on which it may be
    shown (inclusive), after which it leaves by itself; `licence_url` leads to the licence's own words. `in_library`
    offers it for download in the public library.

    `other_words` maps a language's code to what is said in it in place of the thing's own words: an object with
    any of `title`, `alternative`, `caption` and `credit`. `words` are all of them as the library's search looks
    through them (`khuevan.newsroom.library_words`).
    """

    caption = models.TextField(_("caption"), max_length=1000, blank=True)
    alternative = models.CharField(_("alternative text"), max_length=300, blank=True)
    credit = models.CharField(_("credit line"), max_length=200, blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=200, blank=True)
    basis = models.CharField(_("by what right"), max_length=14, choices=RightsBasis, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    # A text with a validator: Django's own field would still complete an address to http.
    licence_url = models.CharField(
        _("address of the licence"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    made_date = models.DateField(_("made on"), null=True, blank=True)
    consent = models.CharField(_("people's consent"), max_length=14, choices=Consent, blank=True)
    consent_note = models.CharField(_("where the consent lies"), max_length=300, blank=True)
    expires_date = models.DateField(_("may be shown until"), null=True, blank=True)
    in_library = models.BooleanField(_("offered in the public library"), default=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    other_words = models.JSONField(_("words in other languages"), default=dict, blank=True)
    words = models.TextField(default="", blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, "title", ""))

    def is_expired_on(self, day: date) -> bool:
        """Whether the right to show it has ended."""
        return self.expires_date is not None and self.expires_date < day

    def word_in(self, language: str, name: str) -> str:
        """The title, alternative text, caption or credit line in the language, else as the thing itself says it."""
        words = self.other_words if isinstance(self.other_words, dict) else {}
        return str((words.get(language) or {}).get(name) or getattr(self, name))


class Picture(Rights, AbstractImage):  # type: ignore[django-manager-missing]
    """One picture of the library. Its original is kept but for the position and what hides behind its end.

    `keeps_position` says that the place where it was taken, which the camera wrote, is wanted in the file.
    """

    keeps_position = models.BooleanField(_("the camera's position stays in the file"), default=False)

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title", "file", "keeps_position", "collection", "alternative", "caption", "credit", "rights_holder",
        "basis", "licence", "licence_url", "consent", "consent_note", "expires_date", "place", "made_date",
        "topics", "tags", "in_library",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip
    search_fields: ClassVar[list[Any]] = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
        index.SearchField("alternative"),
        index.SearchField("credit"),
        index.SearchField("place"),
        index.FilterField("in_library"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def create_renditions(self, *filters: Any) -> dict[Any, Any]:
        """As Wagtail makes several sizes at once, but each as it is stored.

        Wagtail ignores that another process stored the same size meanwhile, and gives its own file, which no row
        names: its address would answer 404.
        """
        made: dict[Any, Any] = super().create_renditions(*filters)
        wanted = [rendition.filter_spec for rendition in made.values()]
        stored = {
            (rendition.filter_spec, rendition.focal_point_key): rendition
            for rendition in self.renditions.filter(filter_spec__in=wanted)
        }
        return {
            one: stored[rendition.filter_spec, rendition.focal_point_key] for one, rendition in made.items()
        }

    @property
    def default_alt_text(self) -> str:
        """What is read out where the piece says nothing else."""
        return self.alternative


class PictureRendition(AbstractRendition):
    """One size of a picture in one format. Its address asks `khuevan.newsroom.release` before anything is sent."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    def __str__(self) -> str:
        return str(self.file)

    @property
    def url(self) -> str:
        """Where the public gets it, once the picture may be had."""
        return reverse("newsroom:rendition", args=[self.image_id, Path(self.file.name).name])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once"
            ),
        ]


class LibraryDocument(Rights, AbstractDocument):
    """A document that readers and newsrooms may download."""

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title", "file", "collection", "caption", "credit", "rights_holder", "basis", "licence", "licence_url",
        "expires_date", "place", "made_date", "topics", "tags", "in_library",
    )  # fmt: skip

    @property
    def url(self) -> str:
        """Where it is had, once it may be."""
        return reverse("newsroom:document", args=[self.pk, self.filename])

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document of the library")
        verbose_name_plural = _("documents of the library")


def video_path(instance: models.Model, filename: str) -> str:
    """A film's place under its own digest."""
    sha256 = str(getattr(instance, "sha256"))  # noqa: B009  (the type of the model is not known here)
    return f"videos/{sha256[:2]}/{sha256}"


class Video(Rights, CollectionMember, index.Indexed, models.Model):  # type: ignore[django-manager-missing]
    """One film: its file, a still picture to show before it runs, captions in WebVTT by language.

    `duration` is in seconds, `width` and `height` in pixels. `captions` maps a language's code to the text of a
    WebVTT file; `transcript` is what is said, for whoever neither sees nor hears it (other languages' under
    `other_words`).
    """

    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(_("file"), storage=private_storage, upload_to=video_path, max_length=200)
    filename = models.CharField(_("name of the file"), max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(max_length=60)
    duration = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    still = models.ForeignKey(
        Picture, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("still picture")
    )
    captions = models.JSONField(_("captions by language"), default=dict, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("caption"),
        index.FilterField("collection_id"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where it is watched, once it may be."""
        return reverse("newsroom:video", args=[self.pk, self.filename])

    def captions_url(self, language: str) -> str:
        """Where its captions in the language are read."""
        return reverse("newsroom:captions", args=[self.pk, language])


class DownloadCount(models.Model):
    """How often something of the library was downloaded on a day: a count, and nothing about whoever did.

    `size` is the rendition's name (original, 1600 …).
    """

    day = models.DateField()
    kind = models.CharField(max_length=10)
    object_id = models.PositiveBigIntegerField()
    size = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads of a day")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "kind", "object_id", "size"], name="download_count_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["PICTURE", "DOCUMENT", "VIDEO"]), name="download_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.object_id}: {self.count}"
