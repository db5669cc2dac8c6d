"""What the decree says of how a signature looks, from data/signature_rules.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

POINTS_A_MILLIMETRE: Final = 72 / 25.4
_FILE: Final = Path(__file__).parents[1] / "data" / "signature_rules.toml"


@dataclass(frozen=True, slots=True)
class SignatureRules:
    """How signatures are shown; lengths in points."""

    version: str
    seal_over_signature: float
    share_of_space: float
    widest_signature: float
    stamp_font: str
    stamp_size: float
    stamp_time_format: str
    stamp_time_zone: str
    stamp_top: float
    stamp_right: float
    stamp_width: float


@cache
def signature_rules() -> SignatureRules:
    """The rules in force."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    stamp = table["annex_stamp"]
    return SignatureRules(
        version=table["version"],
        seal_over_signature=table["seal"]["over_signature"],
        share_of_space=table["signature"]["share_of_space"],
        widest_signature=table["signature"]["widest_millimetres"] * POINTS_A_MILLIMETRE,
        stamp_font=stamp["font"],
        stamp_size=stamp["size_points"],
        stamp_time_format=stamp["time_format"],
        stamp_time_zone=stamp["time_zone"],
        stamp_top=stamp["top_millimetres"] * POINTS_A_MILLIMETRE,
        stamp_right=stamp["right_millimetres"] * POINTS_A_MILLIMETRE,
        stamp_width=stamp["width_millimetres"] * POINTS_A_MILLIMETRE,
    )
