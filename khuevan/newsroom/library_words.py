"""The words by which things of the library are found, in all languages at once, kept beside each thing.

A column and no index of its own: a city's library is thousands of things, and one look through them is milliseconds.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q

from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.plain.search_words import index_words, query_words

_SAID: Final = ("title", "caption", "alternative", "credit", "place")


def words_of(thing: Picture | LibraryDocument | Video) -> str:
    """Every word that is said of it, folded, with a space on either side of each."""
    said = [getattr(thing, name) for name in _SAID]
    others = thing.other_words if isinstance(thing.other_words, dict) else {}
    said += [str(text) for words in others.values() if isinstance(words, dict) for text in words.values()]
    for topic in thing.topics.all():
        said += [str(name) for name in topic.names.values()] if isinstance(topic.names, dict) else []
    said += [tag.name for tag in thing.tags.all()] if not isinstance(thing, Video) else [thing.transcript]
    return f" {index_words(' '.join(said))} "


def having_words(query: str) -> Q:
    """What every thing fulfils that holds all words of the query, the last perhaps unfinished."""
    words = query_words(query)
    found = Q()
    for word in words[:-1]:
        found &= Q(words__contains=f" {word} ")
    for word in words[-1:]:
        found &= Q(words__contains=f" {word}")
    return found


def keep_words(instance: Any, **kwargs: Any) -> None:
    """Something was said anew of the thing, or it got other topics: its words follow."""
    # The signal of topics also tells of a topic's own side.
    if isinstance(instance, Picture | LibraryDocument | Video):
        type(instance)._default_manager.filter(pk=instance.pk).update(words=words_of(instance))


def keep_words_of_tagged(instance: Any, **kwargs: Any) -> None:
    """A thing got a tag, or lost one."""
    keep_words(instance.content_object)


def connect_signals() -> None:
    """Called when the apps are ready."""
    # Models of other apps can be imported only once all apps are loaded.
    from django.db.models.signals import m2m_changed, post_delete, post_save
    from taggit.models import TaggedItem

    for model in (Picture, LibraryDocument, Video):
        post_save.connect(keep_words, sender=model, dispatch_uid=f"library-words-{model.__name__}")
        m2m_changed.connect(
            keep_words, sender=model.topics.through, dispatch_uid=f"library-topics-{model.__name__}"
        )
    for signal in (post_save, post_delete):
        signal.connect(keep_words_of_tagged, sender=TaggedItem, dispatch_uid="library-tags")
