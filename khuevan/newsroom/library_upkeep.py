"""What follows when something of the library is written: words to find it by, sizes, files that go with it.

And what Wagtail's upload of several files puts aside until its form is filled in: as clean as what is kept.
"""

from __future__ import annotations

from typing import Any

from khuevan.newsroom import library_words
from khuevan.newsroom.library_downloads import forget_downloads
from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.newsroom.uploads import checked_document, cleaned_picture


def clean_put_aside(instance: Any, **kwargs: Any) -> None:
    """A file that waits for its form: its place and what could act go before it is written to disk."""
    if instance.pk is not None or not instance.file:
        return
    model = instance.for_content_type.model_class()
    if model is Picture:
        # What the file says is lost with the form that was refused; the officer is asked for it.
        instance.file = cleaned_picture(instance.file.file)[0]
    elif model is LibraryDocument and (cleaned := checked_document(instance.file.file)) is not None:
        instance.file = cleaned


def forget_film(instance: Video, **kwargs: Any) -> None:
    """The film is gone from the library, and its file with it."""
    if instance.file.name:
        instance.file.storage.delete(instance.file.name)


def connect_signals() -> None:
    """Called when the apps are ready."""
    # Models of other apps can be imported only once all apps are loaded.
    from django.db.models.signals import post_delete, post_save, pre_save
    from wagtail.models import UploadedFile

    from khuevan.newsroom.library_jobs import queue_offered_sizes

    library_words.connect_signals()
    pre_save.connect(clean_put_aside, sender=UploadedFile, dispatch_uid="library-put-aside")
    post_save.connect(queue_offered_sizes, sender=Picture, dispatch_uid="library-sizes")
    post_delete.connect(forget_downloads, sender=Picture, dispatch_uid="library-downloads")
    post_delete.connect(forget_film, sender=Video, dispatch_uid="library-films")
