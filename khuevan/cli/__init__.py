"""The `khuevan` command. Django starts only for the commands that need it, so that reading a file stays quick."""

from __future__ import annotations

from khuevan.cli.commands import main

__all__ = ["main"]
