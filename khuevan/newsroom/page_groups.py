"""What posts let people do with pages: Wagtail asks groups, so that posts are turned into membership of two groups.

A group is never given by hand: who is in it follows from today's posts, each time somebody signs in, when a post is
written, and every morning.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from khuevan.core import clock
from khuevan.newsroom.permissions import can_keep_library, can_publish, can_write
from khuevan.people.models import Post, User

WRITERS: Final = "Newsroom: writers"
PUBLISHERS: Final = "Newsroom: publishers"
LIBRARIANS: Final = "Newsroom: library"
_PAGES: Final = {
    WRITERS: ("add_page", "change_page", "lock_page"),
    PUBLISHERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
_LIBRARY: Final = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


def make_groups() -> dict[str, Group]:
    """The groups with what they may do, made where they are missing; what an administrator added stays."""
    made = {name: Group.objects.get_or_create(name=name)[0] for name in (WRITERS, PUBLISHERS, LIBRARIANS)}
    root = Page.objects.filter(depth=1).first()
    collection = Collection.get_first_root_node()
    for name, codes in _PAGES.items():
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=codes
        ):
            GroupPagePermission.objects.get_or_create(group=made[name], page=root, permission=permission)
    for permission in Permission.objects.filter(codename__in=_LIBRARY):
        GroupCollectionPermission.objects.get_or_create(
            group=made[LIBRARIANS], collection=collection, permission=permission
        )
    return made


def keep_groups_of(user: User) -> bool:
    """Puts the person into the groups that today's posts give, and out of the others; whether anything changed."""
    day = clock.today()
    wanted = {
        name
        for name, may in ((WRITERS, can_write), (PUBLISHERS, can_publish), (LIBRARIANS, can_keep_library))
        if may(user, day)
    }
    groups = Group.objects.filter(name__in=(WRITERS, PUBLISHERS, LIBRARIANS))
    present = set(
        user.groups.filter(name__in=(WRITERS, PUBLISHERS, LIBRARIANS)).values_list("name", flat=True)
    )
    changed = False
    for group in groups:
        if (group.name in wanted) == (group.name in present):
            continue
        changed = True
        if group.name in wanted:
            group.user_set.add(user)
        else:
            group.user_set.remove(user)
    return changed


def keep_all_groups() -> int:
    """How many people's groups changed with the day: rights end with the post, whether or not somebody signs in."""
    ours = Q(groups__name__in=(WRITERS, PUBLISHERS, LIBRARIANS))
    held = Q(pk__in=Post.objects.on(clock.today()).values("person"))
    people = User.objects.filter(ours | held).distinct().order_by("pk")
    return sum(keep_groups_of(user) for user in people)


def keep_with_post(instance: Post, **kwargs: Any) -> None:
    """A post was written, ended or taken out: its person's groups follow, once that stands."""
    person = instance.person_id

    def follow() -> None:
        # Read anew: the person in hand may remember the posts of before.
        user = User.objects.filter(pk=person).first()
        if user is not None:
            keep_groups_of(user)

    transaction.on_commit(follow)


def keep_on_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    """Whoever signs in has the pages of today's posts."""
    keep_groups_of(user)
