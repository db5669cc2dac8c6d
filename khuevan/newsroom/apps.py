"""The newsroom app: what the city tells the world, in many languages, with pictures that may be used."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    """Stories, press material, the library, their translation, review and release."""

    name = "khuevan.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lets published pieces prove work, and gives people the pages of their posts when they sign in."""
        # Models can be imported only once all apps are loaded.
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published

        from khuevan.newsroom.accreditation_mails import KIND as ACCREDITATION
        from khuevan.newsroom.desk_connections import connect_desk
        from khuevan.newsroom.evidence import PIECE_EVIDENCE, proofs_of_task
        from khuevan.newsroom.jobs import queue_evidence, queue_sizes
        from khuevan.newsroom.library_expiry import KIND as LIBRARY_EXPIRY
        from khuevan.newsroom.library_upkeep import connect_signals
        from khuevan.newsroom.page_groups import keep_on_sign_in, keep_with_post
        from khuevan.outbox.kinds import register_kind
        from khuevan.people.models import Post
        from khuevan.plain.media.avif_speed import encode_quickly
        from khuevan.programme.evidence import register_evidence
        from khuevan.programme.extensions import register_task_proofs

        register_kind(ACCREDITATION, _("accreditation of a reporter"))
        connect_desk()
        register_kind(LIBRARY_EXPIRY, _("right to a picture ended"))
        register_evidence(PIECE_EVIDENCE)
        connect_signals()
        encode_quickly()
        page_published.connect(queue_sizes, dispatch_uid="newsroom-sizes")
        page_published.connect(queue_evidence, dispatch_uid="newsroom-evidence")
        register_task_proofs("newsroom", proofs_of_task)
        for signal in (post_save, post_delete):
            signal.connect(keep_with_post, sender=Post, dispatch_uid="newsroom-posts")
        user_logged_in.connect(keep_on_sign_in, dispatch_uid="newsroom-groups")
