"""Drawings of what moves in the streets."""

from __future__ import annotations

from khuevan.newsroom.demonstration_drawings.shapes import (
    BARK,
    BLUSH,
    CLAY,
    COBALT,
    DEEP,
    EARTH,
    GLOW,
    GOLD,
    INK,
    JADE,
    LACQUER,
    LEAF,
    MINT,
    PAPER,
    PINE,
    PINK,
    ROSE,
    SAND,
    STRAW,
    along,
    circle,
    ellipse,
    flower,
    group,
    line,
    rect,
    shape,
    sky,
    tree,
)  # fmt: skip


def metro() -> str:
    """A train of the elevated metro above trees, with houses of the city behind."""
    houses = "".join(
        rect(x, 760 - h, w, h + 100, c) + "".join(rect(x + 16 + (k % 3) * (w - 60) / 2, 784 - h + (k // 3) * 60, 26, 34, STRAW, 3, 0.8) for k in range(9))
        for x, w, h, c in (
            (20, 150, 300, "#c9b9a0"), (180, 120, 210, "#d8b98d"), (320, 170, 380, "#b9c4b5"), (520, 130, 260, "#e0c39a"), (1180, 150, 330, "#c9b9a0"), (1350, 120, 240, "#dcb98e"), (1490, 160, 400, "#b4c2b8"), (1670, 140, 290, "#d8c3a0"), (690, 140, 190, "#cfd3bd"), (850, 150, 310, "#d9c7a6"), (1030, 130, 230, "#c4cbb8"),
        )
    )  # fmt: skip
    car = (
        rect(0, 0, 560, 190, PAPER, 26)
        + rect(0, 120, 560, 26, JADE)
        + rect(0, 150, 560, 12, LEAF)
        + "".join(
            rect(x, 38, 104, 70, PINE, 10) + rect(x + 8, 46, 30, 54, MINT, 6, 0.5)
            for x in (26, 148, 308, 430)
        )
        + rect(256, 34, 48, 128, SAND, 6)
        + line("M280 36V160", EARTH, 4)
    )
    front = (
        shape("M0 0H470C540 0 600 60 616 150C620 176 606 190 580 190H0Z", PAPER)
        + shape("M0 120H608L616 146H0Z", JADE)
        + rect(0, 150, 612, 12, LEAF)
        + shape("M470 30C520 34 556 70 572 112H450V50C450 38 458 30 470 30Z", PINE)
        + "".join(
            rect(x, 38, 104, 70, PINE, 10) + rect(x + 8, 46, 30, 54, MINT, 6, 0.5) for x in (26, 148, 300)
        )
        + circle(594, 136, 12, GOLD)
    )
    pillars = "".join(
        shape(f"M{x - 150} 740H{x + 150}L{x + 56} 820V1110H{x - 56}V820Z", "#c9bfae")
        + shape(f"M{x + 20} 780L{x + 56} 820V1110H{x + 20}Z", "#a99f8e", 0.7)
        for x in (250, 900, 1550)
    )
    return (
        sky("#c9e0e0", "#e9eedd", "#f7ecd2")
        + circle(1450, 220, 110, GOLD, 0.9)
        + "".join(ellipse(x + dx, y + dy, r, r * 0.5, PAPER, 0.8) for x, y in ((300, 210), (1000, 150)) for dx, dy, r in ((0, 0, 90), (80, 14, 70), (-80, 16, 64)))
        + houses
        + rect(0, 860, 1800, 340, "#8c8278")
        + "".join(tree(x, 960, s, c) for x, s, c in ((90, 150, PINE), (430, 130, JADE), (640, 150, PINE), (1150, 140, JADE), (1340, 160, PINE), (1740, 140, JADE)))
        + pillars
        + group(car, move="translate(-190 452)")
        + group(car, move="translate(382 452)")
        + group(front, move="translate(954 452)")
        + rect(0, 640, 1800, 26, BARK)
        + rect(0, 660, 1800, 90, "#d8cebb")
        + rect(0, 730, 1800, 20, "#b3a994")
        + "".join(rect(x, 660, 5, 70, "#b3a994") for x in along(16, 60, 1740))
        + rect(0, 1060, 1800, 140, "#6f675f")
        + "".join(rect(x, 1120, 120, 12, STRAW) for x in along(9, -20, 1760))
        + group(
            circle(0, 0, 34, INK), circle(150, 0, 34, INK), circle(0, 0, 14, SAND), circle(150, 0, 14, SAND),
            shape("M-10 -20C20 -70 60 -50 110 -50L150 -10H10Z", LACQUER), line("M130 -16L116 -92L90 -98", INK, 9),
            shape("M30 -60C30 -130 80 -140 90 -96L104 -50H44Z", LEAF), circle(74, -150, 24, COBALT), rect(-34, -84, 60, 40, CLAY, 6),
            move="translate(1240 1120)",
        )
        + group(
            circle(0, 0, 40, PAPER, 0), line("M0 0a40 40 0 1 0 0.1 0M170 0a40 40 0 1 0 0.1 0M0 40L56 -30L120 40H0M56 -30L140 -34L170 40M140 -34L132 -64H156M46 -52H76", INK, 7),
            shape("M60 -58C70 -130 110 -126 116 -84L120 -50H66Z", JADE), shape("M48 -132L94 -172L140 -132Z", STRAW),
            move="translate(480 1090)",
        )
    )  # fmt: skip


def flower_bicycle() -> str:
    """A bicycle laden with flowers before a yellow wall."""
    blooms = []
    for n in range(64):
        x = 470 + (n * 89) % 560
        y = 360 + (n * 53) % 250 + abs(x - 750) * 0.16
        colour, heart = (
            (PINK, GOLD),
            (PAPER, LEAF),
            (ROSE, STRAW),
            (LEAF, DEEP),
            (BLUSH, ROSE),
            (GLOW, GOLD),
        )[n % 6]
        blooms.append(flower(x, y, 40 + (n * 7) % 18, colour, heart, 6 + n % 3))
    stems = "".join(
        line(
            f"M750 780C{740 + x * 0.2:g} 660 {750 + x * 0.7:g} 560 {750 + x} {420 + abs(x) * 0.3:g}",
            PINE if n % 2 else JADE,
            12,
        )
        for n, x in enumerate(along(17, -300, 300))
    )
    leaves = "".join(
        shape(f"M750 760C{750 + x * 0.5:g} {700 - abs(x) * 0.3:g} {750 + x} {640 + y} {750 + x * 1.2:g} {560 + y}C{750 + x * 0.7:g} {620 + y} {750 + x * 0.2:g} 700 750 760Z", c)
        for x, y, c in ((-300, 60, PINE), (-220, -60, JADE), (220, -60, JADE), (300, 60, PINE), (-130, -110, PINE), (130, -110, PINE))
    )  # fmt: skip

    def wheel(x: float) -> str:
        spokes = "".join(
            line(f"M{x} 920L{x + dx} {920 + dy}", BARK, 4)
            for dx, dy in (
                (0, -165),
                (0, 165),
                (165, 0),
                (-165, 0),
                (117, 117),
                (-117, 117),
                (117, -117),
                (-117, -117),
            )
        )
        return line(f"M{x} 745a175 175 0 1 0 0.1 0", INK, 20) + spokes + circle(x, 920, 20, BARK)

    return (
        sky("#e7ae45", "#edbd62", "#f0c878")
        + "".join(shape(f"M{x} {y}c60 -20 120 10 190 -6c-20 40 -120 60 -190 6Z", "#e2a437", 0.5) for x, y in ((120, 180), (1180, 120), (900, 300), (1500, 560), (240, 560)))
        + rect(1230, 150, 380, 560, "#c98a2c")
        + rect(1250, 170, 340, 540, PINE)
        + "".join(rect(x, 190, 142, 500, JADE, 4) + "".join(rect(x + 14, 214 + k * 40, 114, 20, PINE, 3) for k in range(12)) for x in (1270, 1428))
        + rect(1210, 700, 420, 26, SAND)
        + rect(0, 820, 1800, 40, "#b5793a")
        + rect(0, 856, 1800, 344, "#b9a58a")
        + "".join(line(f"M{900 + x} 860L{900 + x * 1.7:g} 1200", "#a38f74", 5) for x in along(13, -1080, 1080))
        + "".join(line(f"M0 {y}H1800", "#a38f74", 5) for y in (930, 1020, 1120))
        + ellipse(900, 1104, 560, 30, BARK, 0.4)
        + wheel(640)
        + wheel(1230)
        + line("M640 920L860 720L1120 720L930 920ZM860 720L930 920M830 660L930 920M1120 720L1230 920M1100 620L1120 720", LACQUER, 20)
        + line("M1100 620C1060 590 1050 600 1010 596M1100 620C1140 600 1150 610 1180 640", INK, 16)
        + shape("M770 640C800 620 880 624 910 646C890 664 800 668 770 640Z", INK)
        + line("M500 740H820M520 740L640 920M800 740L640 920", BARK, 14)
        + circle(930, 920, 36, LEAF)
        + line("M930 920L970 990M950 994H996", INK, 12)
        + stems
        + leaves
        + "".join(blooms)
        + shape("M500 720H640L620 900H520Z", "#4f7f8f")
        + shape("M500 720H640L636 752H504Z", "#6f9fae")
        + shape("M1040 660H1190L1166 760H1064Z", "#c98a4c")
        + "".join(line(f"M1048 {y}H1182", BARK, 4, 0.6) for y in (684, 708, 732))
        + "".join(flower(x, y, 30, c, GOLD) for x, y, c in ((1060, 640, PINK), (1110, 622, PAPER), (1164, 642, ROSE), (1090, 666, BLUSH), (1140, 666, PINK)))
        + shape("M1000 560L1100 500L1200 560C1150 578 1050 578 1000 560Z", STRAW)
        + line("M1000 560C1050 578 1150 578 1200 560", "#cfae72", 7)
        + "".join(ellipse(x, y, 20, 10, c) for x, y, c in ((420, 1140, PINK), (760, 1170, PAPER), (1480, 1100, ROSE), (300, 1040, LEAF)))
    )  # fmt: skip
