"""Starting Django for the commands that need the database."""

from __future__ import annotations

import os

import click


def start_django() -> None:
    """Sets Django up; a setting that is missing or wrong ends the command with its one sentence.

    Development settings, unless DJANGO_SETTINGS_MODULE names others.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.development")
    # Reading a document must not pay for Django's start, so nothing here is imported above.
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error
