"""Pieces with links to other sites, and links that died."""

from __future__ import annotations

from datetime import UTC, datetime

from khuevan.newsroom.models import LinkCheck

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def text(*addresses: str) -> list[tuple[str, str]]:
    """A piece's body with a link to each of the addresses."""
    return [("text", " ".join(f'<p><a href="{each}">The report</a> says so.</p>' for each in addresses))]


def dead(link: LinkCheck) -> LinkCheck:
    """The link, which was gone on two days."""
    link.finding, link.status, link.failing_since = "GONE", 404, NOW
    link.failures = link.failed_days = link.gone_days = 2
    link.save()
    return link
