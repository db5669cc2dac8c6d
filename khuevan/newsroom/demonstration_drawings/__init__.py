"""The drawings of the demonstration, each a function that gives the shapes of one picture as SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from khuevan.newsroom.demonstration_drawings import crafts, monuments, seasons, stages, streets, traffic

DRAWINGS: Final[dict[str, Callable[[], str]]] = {
    "khue-van-cac": monuments.khue_van_cac,
    "steles": monuments.steles,
    "citadel": monuments.citadel,
    "long-bien": monuments.long_bien,
    "turtle-tower": monuments.turtle_tower,
    "water-puppets": stages.water_puppets,
    "ca-tru": stages.ca_tru,
    "cheo": stages.cheo,
    "festival-flags": stages.festival_flags,
    "bowl": crafts.bowl,
    "conical-hat": crafts.conical_hat,
    "silk": crafts.silk,
    "roofs": streets.roofs,
    "duong-lam": streets.duong_lam,
    "books": streets.books,
    "metro": traffic.metro,
    "flower-bicycle": traffic.flower_bicycle,
    "lotus": seasons.lotus,
    "young-rice": seasons.young_rice,
    "lanterns": seasons.lanterns,
    "peach-blossom": seasons.peach_blossom,
}
