"""Where the published schemas lie: never in this repository, but beside the checkout or where a variable says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def standard(name: str) -> Path:
    """The file `name` of the published standards; without them the test is skipped, and says what is missing.

    They lie in the folder that TEST_STANDARDS names, or in `shared/standards` beside the checkout.
    """
    given = os.environ.get("TEST_STANDARDS")
    folder = Path(given) if given else PROJECT.parent / "shared" / "standards"
    file = folder / name
    if not file.exists():
        pytest.skip(f"the published standard {name} is neither in TEST_STANDARDS nor in ../shared/standards")
    return file
