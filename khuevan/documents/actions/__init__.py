"""What people do with official documents, each as one deed."""

from __future__ import annotations

from khuevan.documents.actions.issuing import issue_document

__all__ = ["issue_document"]
