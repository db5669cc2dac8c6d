"""The codes that the newsroom stores, and what the screens call them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StoryKind(TextChoices):
    """What a piece of the newsroom is; its page and its review differ by it."""

    STORY = "STORY", _("Story")
    PRESS_RELEASE = "PRESS_RELEASE", _("Press release")
    FACT_SHEET = "FACT_SHEET", _("Fact sheet")
    INTERVIEW = "INTERVIEW", _("Interview")
    PICTURES = "PICTURES", _("Picture story")
    VIDEO = "VIDEO", _("Video")


class TranslationOrigin(TextChoices):
    """How the text of one language came about; a machine's text is never published before a person reviewed it."""

    ORIGINAL = "ORIGINAL", _("Written in this language")
    PERSON = "PERSON", _("Translated by a person")
    MACHINE = "MACHINE", _("Translated by a machine, not reviewed")
    REVIEWED = "REVIEWED", _("Translated by a machine, reviewed by a person")


class LanguageStanding(TextChoices):
    """Where one language of a piece stands, worst news first where several hold."""

    MISSING = "MISSING", _("Not translated")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    IN_REVIEW = "IN_REVIEW", pgettext_lazy("newsroom", "In review")
    MACHINE = "MACHINE", _("By machine, not reviewed")
    CHANGED = "CHANGED", _("Source changed since")
    PUBLISHED = "PUBLISHED", _("Published")
    WAITING = "WAITING", _("Approved, waits for its moment")
    DRAFT = "DRAFT", pgettext_lazy("newsroom", "Draft")


class ChangeKind(TextChoices):
    """What happened to a published piece."""

    CORRECTION = "CORRECTION", _("Correction")
    WITHDRAWAL = "WITHDRAWAL", _("Withdrawal")


class RightsBasis(TextChoices):
    """By what right the office may show a picture, film or document."""

    OWN = "OWN", _("Made by the office")
    LICENSED = "LICENSED", _("Licence from the rights holder")
    OPEN = "OPEN", _("Open licence")
    PUBLIC_DOMAIN = "PUBLIC_DOMAIN", _("Public domain")


class Consent(TextChoices):
    """Whether the people who can be recognised in a picture agreed to it."""

    NONE_SHOWN = "NONE_SHOWN", _("Nobody can be recognised")
    GIVEN = "GIVEN", _("Those who can be recognised agreed")
    PUBLIC_EVENT = "PUBLIC_EVENT", _("Taken at a public event")
    UNKNOWN = "UNKNOWN", _("Not known")


class AccreditationState(TextChoices):
    """Where a request for accreditation stands."""

    ASKED = "ASKED", _("Asked")
    APPROVED = "APPROVED", _("Approved")
    DECLINED = "DECLINED", _("Declined")


class AccreditationPaper(TextChoices):
    """What a paper is that a reporter sends along."""

    PRESS_CARD = "PRESS_CARD", _("Press card")
    ASSIGNMENT = "ASSIGNMENT", _("Letter of assignment")
