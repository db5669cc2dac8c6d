"""Where the documents for reading tests are: the project's own, and the public ones that may lie beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PLAN_OF_2025 = PROJECT / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
OWN = Path(__file__).parent / "documents"
GOLD = PROJECT / "tests" / "golden"
PUBLIC = PROJECT.parent / "shared" / "samples" / "documents"
CONTRACT = PROJECT / "docs" / "contracts" / "official-document.schema.json"


def own_documents() -> list[Path]:
    """The plan of 2025 and the documents written for these tests."""
    return [PLAN_OF_2025, *sorted(OWN.glob("*.txt"))]


def public_document(number: str) -> Path:
    """The public document with that number; the test skips where the collection is not on this machine."""
    if not PUBLIC.is_dir():
        pytest.skip("the public sample documents are not beside this checkout (../shared/samples/documents)")
    return next(path for path in sorted(PUBLIC.glob(f"{number}-*")) if path.suffix == ".txt")


def gold(path: Path) -> dict[str, Any]:
    """What a careful reader found in a document."""
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found
