"""The newsroom's pages and records."""

from __future__ import annotations

from khuevan.newsroom.models.accreditation import AccreditationFile, AccreditationRequest
from khuevan.newsroom.models.changes import EmbargoPass, PublicChange
from khuevan.newsroom.models.library import (
    DownloadCount,
    LibraryDocument,
    Picture,
    PictureRendition,
    Video,
)
from khuevan.newsroom.models.links import LinkCheck, LinkUse
from khuevan.newsroom.models.press import (
    Contact,
    PressConferencePage,
    PressKitItem,
    PressKitPage,
    PressRoomPage,
)
from khuevan.newsroom.models.proofs import TaskProof
from khuevan.newsroom.models.review import SeatTask
from khuevan.newsroom.models.stories import SectionPage, ServedTask, StoryPage
from khuevan.newsroom.models.vocabulary import FrameworkElement, Topic

__all__ = [
    "AccreditationFile", "AccreditationRequest", "Contact", "DownloadCount", "EmbargoPass", "FrameworkElement",
    "LibraryDocument", "LinkCheck", "LinkUse", "Picture", "PictureRendition", "PressConferencePage", "PressKitItem",
    "PressKitPage", "PressRoomPage", "PublicChange", "SeatTask", "SectionPage", "ServedTask", "StoryPage",
    "TaskProof", "Topic", "Video",
]  # fmt: skip
