"""Types of documents, books of numbers, and the numbers that were given."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from khuevan.core.append_only import AppendOnly
from khuevan.core.models import Record, RecordQuerySet
from khuevan.documents.choices import Direction


class ValidityQuerySet(RecordQuerySet[Any]):
    """Rows that a regulation or an order puts in force for a time; both days inclusive."""

    def on(self, day: datetime.date) -> Self:
        """Those in force on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class DocumentType(Record):
    """One type of official document: its name in sentence case, and its code in the symbol.

    `code` is empty for a letter (công văn) and a letter of thanks, whose symbols name only body and unit.
    `edxml_type` is the number under which edXML knows it; empty where none is agreed on. `regulation` says
    where the row comes from. The decree's 29 rows are there from the beginning; an office adds its own.
    """

    name = models.CharField(_("name"), max_length=100)
    code = models.CharField(_("code in the symbol"), max_length=20, blank=True)
    edxml_type = models.CharField(_("type in edXML"), max_length=10, blank=True)
    regulation = models.CharField(_("set by"), max_length=200, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("type of document")
        verbose_name_plural = _("types of documents")
        ordering: ClassVar[list[str]] = ["order", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="documents_type_once"),
            models.CheckConstraint(
                name="documents_type_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                violation_error_message=_("The type cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn: no name of a type on the page, a subject under the number."""
        return self.name == "Công văn"


class NumberBook(Record):
    """A series of numbers of one body, in or out: the office's “sổ đăng ký văn bản”.

    Numbers begin at 1 on 1 January. `per_type`: each type of document counts for itself; otherwise all
    count together. `body_code` stands in the symbol (SVHTT). `width` is how many digits a number is padded to.
    """

    name = models.CharField(_("name"), max_length=150, unique=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="number_books", verbose_name=_("body")
    )
    body_code = models.CharField(_("body's code in the symbol"), max_length=20, blank=True)
    per_type = models.BooleanField(_("each type counts for itself"), default=True)
    width = models.PositiveSmallIntegerField(_("digits"), default=2)
    valid_from = models.DateField(_("in use from"), null=True, blank=True)
    valid_to = models.DateField(_("in use until"), null=True, blank=True)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("book of numbers")
        verbose_name_plural = _("books of numbers")
        ordering: ClassVar[list[str]] = ["direction", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="documents_book_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                violation_error_message=_("The book cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="documents_book_pads_to_a_few_digits",
                condition=Q(width__gte=1, width__lte=6),
                violation_error_message=_("A number has from 1 to 6 digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def series_of(self, document_type: DocumentType | None) -> str:
        """The series within the book in which a document of the type is counted; empty for the one of all."""
        if not self.per_type or document_type is None:
            return ""
        return document_type.code or document_type.name


class NumberCounter(models.Model):
    """The last number given in one series of one year. Locked while a number is given; says nothing new.

    Not a `Record`: each number given is a row of its own (`IssuedNumber`), which tells who and when.
    """

    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="counters")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=100, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of numbers")
        verbose_name_plural = _("counters of numbers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "year", "series"], name="documents_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}/{self.year}/{self.series}: {self.last}"


class IssuedNumber(AppendOnly):
    """One number that was given to one document; it stays given whatever becomes of the document."""

    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="numbers")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="issued_number")
    issued_at = models.DateTimeField(_("given at"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    kept_as: ClassVar[str] = "Numbers that were given"

    class Meta:
        verbose_name = _("number given")
        verbose_name_plural = _("numbers given")
        ordering: ClassVar[list[str]] = ["book", "year", "series", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["book", "year", "series", "number"], name="documents_number_once"
            ),
            models.CheckConstraint(name="documents_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
