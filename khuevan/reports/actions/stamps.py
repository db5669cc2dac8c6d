"""By what two states of a composed report are told apart, for pages that somebody leaves open."""

from __future__ import annotations

import hashlib

from khuevan.reports.models import ComposedReport, Passage


def stamp_of_words(report: ComposedReport) -> str:
    """By what two states of the report's own words are told apart."""
    return _stamp(report.title, report.opening, report.assessment, report.next_steps)


def stamp_of_english(report: ComposedReport) -> str:
    """By what two states of the words of the report's English page are told apart."""
    return _stamp(report.english_issuer, report.english_words, report.english_contact)


def stamp_of_report(report: ComposedReport) -> str:
    """By what two states of all that is frozen are told apart: when figures were gathered, every word."""
    passages = Passage.objects.said().filter(report=report).order_by("order", "pk").values_list("pk", "text")
    words = (f"{key} {text}" for key, text in passages)
    return _stamp(report.composed_at.isoformat(), stamp_of_words(report), *words)


def _stamp(*texts: str) -> str:
    return hashlib.sha256("\n\n".join(texts).encode()).hexdigest()[:16]
