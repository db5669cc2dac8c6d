"""Drawings of streets and gates."""

from __future__ import annotations

from khuevan.newsroom.demonstration_drawings.shapes import (
    BARK,
    CLAY,
    COBALT,
    DEEP,
    DUSK,
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
    SHEET,
    STRAW,
    along,
    circle,
    ellipse,
    flower,
    group,
    hills,
    line,
    rect,
    shape,
    sky,
    tree,
)  # fmt: skip


def _tube_house(x: float, y: float, w: float, wall: str, tiles: str, storeys: int) -> str:
    """A narrow house whose eaves lie at y: stepped gable, tiles, shutters, a shop below."""
    middle = x + w / 2
    parts = [
        rect(x, y, w, 1200 - y, wall),
        rect(x + w * 0.82, y, w * 0.18, 1200 - y, INK, opacity=0.08),
        shape(f"M{x - 14} {y + 8}L{x + 22} {y - 120}H{x + w - 22}L{x + w + 14} {y + 8}Z", tiles),
        *(line(f"M{x + 22 + (w - 44) * k / 9:g} {y - 116}L{x - 8 + (w + 16) * k / 9:g} {y + 2}", DEEP, 4, 0.35) for k in range(10)),
        rect(x - 14, y - 132, 30, 150, wall),
        rect(x - 20, y - 146, 42, 18, SAND),
        rect(x + w - 16, y - 132, 30, 150, wall),
        rect(x + w - 22, y - 146, 42, 18, SAND),
        rect(x + 22, y - 130, w - 44, 14, DEEP),
    ]  # fmt: skip
    for storey in range(storeys):
        top = y + 60 + storey * 190
        for left in (middle - 70, middle + 14):
            parts.append(rect(left, top, 56, 100, PINE, 4))
            parts.append(
                "".join(rect(left + 7, top + 10 + k * 15, 42, 6, MINT, opacity=0.5) for k in range(6))
            )
        parts.append(rect(x + 16, top + 118, w - 32, 12, SAND))
        parts.append(
            "".join(rect(bar, top + 92, 5, 30, INK, opacity=0.55) for bar in along(12, x + 22, x + w - 28))
        )
        parts.append(rect(x + 16, top + 88, w - 32, 6, INK, opacity=0.6))
    return "".join(parts)


def roofs() -> str:
    """Tiled roofs and narrow houses of the Old Quarter in the late afternoon."""
    behind = "".join(
        _tube_house(x, y, 190, wall, tiles, 3)
        for x, y, wall, tiles in (
            (-40, 470, "#e7c99b", "#a2543a"), (210, 420, "#cfd8c4", "#8c4733"), (520, 480, "#edd9b3", "#a2543a"),
            (800, 400, "#e2b98d", "#93402b"), (1090, 460, "#d9dcc8", "#a2543a"), (1370, 410, "#efd3a0", "#8c4733"), (1640, 470, "#e2c5a2", "#a2543a"),
        )
    )  # fmt: skip
    front = "".join(
        _tube_house(x, y, w, wall, tiles, 2)
        for x, y, w, wall, tiles in (
            (20, 720, 270, "#f3dfae", LACQUER), (330, 790, 250, "#e9b873", "#7a2415"), (620, 700, 280, "#f6ead2", LACQUER),
            (940, 780, 260, "#dfa56c", "#7a2415"), (1240, 710, 270, "#f0d492", LACQUER), (1550, 770, 260, "#f4e3c0", "#7a2415"),
        )
    )  # fmt: skip
    awnings = "".join(
        shape(f"M{x} 1080h{w}l22 60h-{w + 44}Z", colour) + "".join(rect(x - 10 + k * (w + 20) / 6, 1080, (w + 20) / 12, 58, PAPER, opacity=0.25) for k in range(6))
        for x, w, colour in ((36, 230, JADE), (340, 220, LACQUER), (640, 240, LEAF), (950, 230, JADE), (1256, 230, ROSE), (1566, 230, COBALT))
    )  # fmt: skip
    lanterns = "".join(
        ellipse(x, 1030 + (k % 2) * 14, 15, 19, GLOW if k % 2 else LEAF)
        for k, x in enumerate(along(19, 30, 1770))
    )
    return (
        sky("#f3cf9a", "#f7e0b8", "#f9ecd2")
        + circle(1240, 230, 130, GOLD)
        + hills(470, 60, "#ead0a8", 0.8)
        + group(behind, opacity=0.75)
        + tree(480, 760, 170, PINE)
        + tree(1530, 740, 150, JADE)
        + front
        + line("M0 1004C300 1040 600 1040 900 1010C1200 980 1500 1040 1800 1008", BARK, 4)
        + lanterns
        + awnings
        + rect(0, 1150, 1800, 50, EARTH)
        + line(
            "M640 250q22 -20 40 0q20 -20 42 0M760 190q16 -16 30 0q16 -16 32 0M560 180q14 -14 26 0q14 -14 28 0",
            BARK,
            6,
        )
    )


def duong_lam() -> str:
    """The gate of a village of laterite, with its banyan and pond."""
    blocks = "".join(
        rect(
            x + (row % 2) * -45,
            600 + row * 52,
            84,
            46,
            ("#b8663c", "#a85a34", "#c07446")[(row * 3 + n) % 3],
            5,
        )
        for row in range(6)
        for n, x in enumerate(along(20, -20, 1780))
    )
    crown = "".join(
        circle(x, y, r, c)
        for x, y, r, c in (
            (330, 300, 210, PINE), (150, 380, 170, PINE), (520, 380, 160, PINE), (260, 210, 160, JADE), (430, 250, 150, JADE), (110, 300, 120, JADE),
        )
    )  # fmt: skip
    gate = (
        rect(700, 470, 140, 440, "#b8663c")
        + rect(1060, 470, 140, 440, "#b8663c")
        + "".join(
            rect(x, 480 + row * 54, 60, 46, ("#a85a34", "#c98455")[(row + n) % 2], 5)
            for row in range(8)
            for n, x in enumerate((706, 772, 1066, 1132))
        )
        + rect(700, 430, 500, 60, "#c98455")
        + shape("M840 910V600C840 540 1060 540 1060 600V910Z", "#7c5136")
        + shape("M840 910V600C840 540 1060 540 1060 600V910Z", STRAW, 0.65)
        + shape("M890 910L930 700H970L1040 910Z", "#cf9a6c")
        + shape("M640 450L730 300H1170L1260 450Z", "#8a3d28")
        + "".join(
            line(f"M{730 + 440 * k / 16:g} 304L{640 + 620 * k / 16:g} 446", DEEP, 5, 0.45) for k in range(17)
        )
        + rect(716, 284, 468, 22, DEEP)
    )
    return (
        sky("#bfdbe0", "#e4ecdc", "#f5ead0")
        + circle(1480, 210, 100, GOLD, 0.9)
        + hills(620, 120, MINT, 0.8)
        + tree(1560, 640, 170, JADE)
        + tree(1730, 650, 130, PINE)
        + shape("M280 900C300 700 280 560 240 420H420C390 560 400 700 450 900C400 880 380 900 360 906C330 890 310 900 280 900Z", BARK)
        + crown
        + "".join(line(f"M{x} 420C{x + 10} 540 {x - 16} 640 {x + 4} 760", BARK, 6, 0.8) for x in (150, 200, 470, 520))
        + rect(0, 588, 1800, 324, "#8a4a2c")
        + blocks
        + rect(0, 578, 1800, 18, "#c98455")
        + rect(640, 560, 620, 360, "#e9d6ad")
        + gate
        + shape("M0 910H1800V1200H0Z", "#d7a877")
        + shape("M0 960C300 940 760 960 860 1010C930 1060 620 1200 560 1200H0Z", "#7fa894")
        + shape("M0 960C300 940 760 960 860 1010C880 1022 876 1034 864 1046C760 990 300 966 0 986Z", "#c08d5e", 0.7)
        + "".join(line(f"M{x} {y}h{w}", PAPER, 5, 0.5) for x, y, w in ((80, 1040, 160), (330, 1090, 200), (120, 1150, 220), (560, 1060, 120)))
        + "".join(ellipse(x, y, 50, 14, JADE) for x, y in ((180, 1100), (420, 1020), (300, 1160), (620, 1100)))
        + flower(430, 1004, 24, PINK, GOLD, 7)
        + group(
            "".join(ellipse(x, 0, 56, 12, EARTH, 0.4) for x in (0, 130, 250)),
            *(shape(f"M{x - 34} -110H{x + 34}C{x + 66} -90 {x + 60} -10 {x + 34} 0H{x - 34}C{x - 60} -10 {x - 66} -90 {x - 34} -110Z", "#6b4028") + shape(f"M{x - 48} -108L{x} -150L{x + 48} -108Z", STRAW) for x in (0, 130, 250)),
            move="translate(1360 1040)",
        )
    )  # fmt: skip


def books() -> str:
    """A pavilion of the book street beneath trees, with a bench and somebody's open book."""

    def shelf(y: float, shift: int) -> str:
        colours = (LACQUER, LEAF, JADE, COBALT, ROSE, PINE, GOLD, CLAY, MINT, DUSK, PAPER)
        parts, x, n = [], 350.0, shift
        while x < 1420:
            w = 26 + (n * 17) % 26
            h = 110 + (n * 29) % 52
            parts.append(rect(x, y - h, w, h, colours[(n * 5) % 11], 3))
            parts.append(rect(x + 5, y - h + 18, w - 10, 8, PAPER, opacity=0.6))
            x += w + 4
            n += 1
        return "".join([*parts, rect(330, y, 1140, 16, BARK)])

    leaves = "".join(
        circle((n * 263) % 1900 - 50, 30 + (n * 131) % 210, 70 + (n * 37) % 60, (PINE, JADE, "#5c9a7c")[n % 3]) for n in range(26)
    )  # fmt: skip
    return (
        sky("#eadfc4", "#f3e8cf", SHEET)
        + rect(60, 260, 1680, 640, "#efe0bd")
        + rect(300, 300, 1200, 560, "#7d553b")
        + rect(330, 330, 1140, 530, "#5d3c2a")
        + shelf(508, 1)
        + shelf(686, 12)
        + shelf(862, 23)
        + rect(300, 860, 1200, 60, "#8f6344")
        + shape("M230 300H1570L1640 400H160Z", LACQUER)
        + "".join(shape(f"M{230 + 1340 * k / 12:g} 300H{230 + 1340 * (k + 0.5) / 12:g}L{160 + 1480 * (k + 0.5) / 12:g} 400H{160 + 1480 * k / 12:g}Z", STRAW) for k in range(12))
        + rect(210, 284, 1380, 22, DEEP)
        + rect(180, 400, 18, 520, BARK)
        + rect(1602, 400, 18, 520, BARK)
        + shape("M70 1200C110 800 100 500 60 200H170C150 500 150 800 190 1200ZM1640 1200C1690 800 1690 500 1640 200H1760C1730 500 1720 800 1780 1200Z", BARK)
        + leaves
        + rect(0, 920, 1800, 280, "#d2b48a")
        + "".join(line(f"M0 {y}H1800", "#bf9f74", 5, 0.8) for y in (970, 1040, 1120))
        + "".join(line(f"M{900 + x} 920L{900 + x * 1.9:g} 1200", "#bf9f74", 5, 0.8) for x in along(11, -950, 950))
        + ellipse(900, 1140, 430, 26, EARTH, 0.5)
        + rect(520, 1010, 760, 34, "#8f6344", 8)
        + rect(570, 1044, 34, 96, BARK)
        + rect(1196, 1044, 34, 96, BARK)
        + shape("M760 1000C820 960 880 966 900 990C920 966 980 960 1040 1000L1060 940C990 900 930 910 900 940C870 910 810 900 740 940Z", PAPER)
        + line("M900 942V992", SAND, 6)
        + "".join(line(f"M{x} {y}q34 -14 74 0", SAND, 5) for x, y in ((790, 944), (796, 964), (940, 944), (942, 964)))
        + rect(1096, 978, 130, 16, COBALT, 4) + rect(1086, 994, 150, 16, LEAF, 4) + rect(1104, 962, 110, 16, ROSE, 4)
        + "".join(ellipse(x, y, 20, 10, LEAF, 0.9) for x, y in ((300, 1010), (460, 1150), (1400, 1090), (1520, 990), (680, 1180)))
    )  # fmt: skip
