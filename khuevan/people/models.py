"""Accounts, units with their names over time, and posts."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from khuevan.core.models import Record, RecordQuerySet
from khuevan.core.search import SearchableRecord, folded_words
from khuevan.people.choices import Role, UnitKind


# A picture's uploader leads to a manager of Wagtail's, which has no types.
class User(index.Indexed, AbstractUser):  # type: ignore[django-manager-missing]
    """One person's account. The full name is one field in Vietnamese order: family, middle, given name.

    What the account may do comes from the person's posts, not from the account. Django's two name fields
    are gone because splitting a Vietnamese name in two is a guess.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=5, default="vi", choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )

    search_fields: ClassVar[list[Any]] = [
        *(index.SearchField(name) for name in ("full_name", "username", "email")),
        *(index.AutocompleteField(name) for name in ("full_name", "username", "email")),
        *(index.FilterField(name) for name in ("is_active", "is_superuser", "last_login")),
        index.RelatedFields("groups", [index.FilterField("id")]),
    ]

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "full_name"]

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")  # type: ignore[assignment]
        verbose_name_plural = _("accounts")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The whole name in Vietnamese order."""
        return self.full_name

    def get_short_name(self) -> str:
        """The given name, which is how people are addressed."""
        return self.full_name.rsplit(" ", 1)[-1]


class UnitQuerySet(RecordQuerySet["Unit"]):
    """Filters of units."""

    def on(self, day: datetime.date) -> UnitQuerySet:
        """Units that exist on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def below(self, unit: Unit) -> UnitQuerySet:
        """The unit and all units below it, at any time."""
        return self.filter(path__startswith=unit.path)


class Unit(SearchableRecord):
    """A body with a head (division, office, centre, ward), or a group that plans name as one.

    `valid_from` and `valid_to` are inclusive; empty means since ever, or still. A unit that ended may name
    the `successor` that took over its work. The department of this installation is the unit of kind
    DEPARTMENT without a parent of that kind.
    """

    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("abbreviation"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name=_("part of")
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
        verbose_name=_("followed by"),
    )
    order = models.PositiveIntegerField(_("order among its siblings"), default=0)
    # Order and key of every ancestor and of the unit, so that sorting by it prints the tree and a prefix
    # of it selects a subtree. Kept by people.actions.
    path = models.CharField(max_length=255, editable=False, default="", db_index=True)

    folded_fields: ClassVar[tuple[str, ...]] = ("name", "short_name", "alias_names")
    derived_fields: ClassVar[tuple[str, ...]] = ("path",)
    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering: ClassVar[list[str]] = ["path", "order", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_unit_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                violation_error_message=_("The unit cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="people_unit_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A unit cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """How far below the top of the tree the unit stands; 0 at the top."""
        return max(self.path.count("/") - 1, 0)

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the unit exists on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def alias_names(self) -> str:
        """All other names of the unit, for search."""
        return " ".join(self.aliases.values_list("name", flat=True)) if self.pk else ""


class UnitAlias(Record):
    """Another name of a unit: a former name, with the days it was used, or a shorter way of writing it.

    `folded` is the name without case, diacritics and signs; no two units may share one, because a name
    in a document must lead to one unit.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=255)
    folded = models.CharField(max_length=255, db_index=True, editable=False)
    valid_from = models.DateField(_("used from"), null=True, blank=True)
    valid_to = models.DateField(_("used until"), null=True, blank=True)

    derived_fields: ClassVar[tuple[str, ...]] = ("folded",)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_alias_once_a_unit",
                fields=["unit", "folded"],
                violation_error_message=_("The unit already has this name."),
            ),
            models.CheckConstraint(
                name="people_alias_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                violation_error_message=_("The name cannot fall out of use before it came into use."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the name with its folded form."""
        self.folded = folded_words(self.name)
        super().save(*args, **kwargs)


class PostQuerySet(RecordQuerySet["Post"]):
    """Filters of posts."""

    def on(self, day: datetime.date) -> PostQuerySet:
        """Posts that are held on the day."""
        return self.filter(Q(from_date__lte=day), Q(to_date__isnull=True) | Q(to_date__gte=day))


class Post(Record):
    """One person's post in a unit, with the role that it carries; both days inclusive, an empty end means still.

    One person may hold several posts at once, and several persons the same post one after another.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    title = models.CharField(_("title"), max_length=150, blank=True)
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering: ClassVar[list[str]] = ["unit__path", "from_date", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_post_ends_after_it_begins",
                condition=Q(to_date__isnull=True) | Q(from_date__lte=F("to_date")),
                violation_error_message=_("The post cannot end before it begins."),
            ),
            models.UniqueConstraint(
                name="people_post_once",
                fields=["person", "unit", "role", "from_date"],
                violation_error_message=_("The person already holds this post from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title or self.get_role_display()}"


class ChargeQuerySet(RecordQuerySet["Charge"]):
    """Filters of charges."""

    def on(self, day: datetime.date) -> ChargeQuerySet:
        """Charges that hold on the day."""
        return self.filter(Q(from_date__lte=day), Q(to_date__isnull=True) | Q(to_date__gte=day))


class Charge(Record):
    """A deputy director (or the director) has a unit's work in charge; both days inclusive, an empty end means still.

    Reminders that a unit and its head left unanswered go to this person.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="charges", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges", verbose_name=_("unit in charge"))
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("until"), null=True, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit in a director's charge")
        verbose_name_plural = _("units in directors' charge")
        ordering: ClassVar[list[str]] = ["unit__path", "from_date", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_charge_ends_after_it_begins",
                condition=Q(to_date__isnull=True) | Q(from_date__lte=F("to_date")),
                violation_error_message=_("The charge cannot end before it begins."),
            ),
            models.UniqueConstraint(
                name="people_charge_once",
                fields=["person", "unit", "from_date"],
                violation_error_message=_("The person already has the unit in charge from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"
