"""Drawings of the city's monuments."""

from __future__ import annotations

import math

from khuevan.newsroom.demonstration_drawings.shapes import (
    BARK,
    CLAY,
    DEEP,
    EARTH,
    GLOW,
    GOLD,
    INK,
    JADE,
    LACQUER,
    LEAF,
    MINT,
    MIST,
    PAPER,
    PINE,
    SAND,
    SHEET,
    STRAW,
    WIDTH,
    along,
    circle,
    ellipse,
    glow,
    group,
    hills,
    line,
    rect,
    ripples,
    roof,
    shape,
    sky,
    star,
    tree,
)  # fmt: skip


def _round_window(x: float, y: float, r: float) -> str:
    rays = "".join(
        line(
            f"M{x} {y}L{x + r * 0.94 * math.cos(turn):.1f} {y + r * 0.94 * math.sin(turn):.1f}",
            LACQUER,
            r * 0.06,
        )
        for turn in along(17, 0, 2 * math.pi)
    )
    return circle(x, y, r * 1.1, DEEP) + circle(x, y, r, STRAW) + rays + circle(x, y, r * 0.3, LACQUER)


def _pavilion() -> str:
    pillars = "".join(
        rect(x, 560, 84, 270, PAPER) + rect(x + 58, 560, 26, 270, SAND) + rect(x - 10, 560, 104, 24, SAND)
        for x in (664, 796, 920, 1052)
    )
    lattice = "".join(rect(x, 478, 8, 70, DEEP) for x in along(24, 672, 1118))
    return (
        rect(600, 830, 600, 34, SAND)
        + rect(560, 864, 680, 36, CLAY, opacity=0.7)
        + rect(748, 590, 304, 240, PINE, opacity=0.55)
        + pillars
        + rect(640, 534, 520, 34, DEEP)
        + rect(672, 330, 456, 212, LACQUER)
        + rect(672, 330, 34, 212, DEEP)
        + rect(1094, 330, 34, 212, DEEP)
        + lattice
        + rect(656, 466, 488, 16, DEEP)
        + _round_window(900, 408, 62)
        + roof(900, 348, 360, 190, 108, "#7a2415")
        + rect(716, 216, 368, 30, LACQUER)
        + roof(900, 236, 262, 96, 104, "#7a2415", 40)
        + rect(806, 122, 188, 14, DEEP)
        + circle(900, 106, 22, LEAF)
    )


def khue_van_cac() -> str:
    """Khuê Văn Các above the square pond, with its mirror image."""
    trees = "".join(
        tree(x, 900, size, colour)
        for x, size, colour in (
            (90, 250, PINE), (330, 190, JADE), (1500, 200, JADE), (1720, 270, PINE), (480, 120, MINT), (1350, 130, MINT),
        )
    )  # fmt: skip
    return (
        sky("#f3d99a", "#f9ecd0", SHEET)
        + glow(900, 470, 260, GOLD)
        + circle(900, 470, 330, STRAW)
        + trees
        + _pavilion()
        + rect(0, 900, WIDTH, 300, "#6f9c8a")
        + group(_pavilion(), trees, move="translate(0 1800) scale(1 -1)", opacity=0.3)
        + rect(0, 896, WIDTH, 22, SAND)
        + ripples(950, 1190, PAPER, 0.35)
    )


def _stele(x: float, y: float, size: float, stone: str, shade: str) -> str:
    marks = "".join(
        line(f"M{-62 + 31 * column} {-300 + 26 * row}h14", shade, 5, 0.75)
        for column in range(5)
        for row in range(8)
    )
    return group(
        ellipse(0, 62, 190, 20, PINE, 0.35),
        ellipse(-128, 42, 34, 22, shade),
        ellipse(110, 42, 34, 22, shade),
        shape("M128 10C160 -34 196 -52 222 -34C244 -16 226 16 190 18C166 22 150 40 120 40Z", stone),
        circle(204, -22, 6, shade),
        shape("M-168 44C-176 -34 -90 -64 0 -64C90 -64 160 -30 160 44Z", stone),
        line("M-130 20C-90 -24 70 -24 122 20M-60 -12L-40 34M30 -14L40 34", shade, 6, 0.6),
        shape("M-100 -50V-352C-100 -440 100 -440 100 -352V-50Z", stone),
        shape("M64 -50V-392C88 -382 100 -368 100 -352V-50Z", shade, 0.5),
        line("M-76 -336C-76 -404 76 -404 76 -336Z", shade, 7),
        circle(0, -362, 16, shade),
        marks,
        move=f"translate({x} {y}) scale({size})",
    )


def steles() -> str:
    """Steles on the backs of tortoises beneath a tiled shelter."""
    back = "".join(_stele(x, 770, 0.7, "#a9b0a4", "#7f8a80") for x in (170, 535, 900, 1265, 1630))
    front = "".join(_stele(x, 1040, 1.12, "#c3c6b8", "#8e978a") for x in (350, 900, 1450))
    posts = "".join(rect(x, 250, 40, 560, LACQUER) for x in (10, 340, 700, 1060, 1420, 1750))
    tiles = "".join(line(f"M{x} 60C{x} 130 {x} 170 {x} 236", "#6d2014", 7, 0.7) for x in along(46, -20, 1820))
    return (
        sky("#dfe8da", "#eef0df", SHEET)
        + rect(0, 250, WIDTH, 560, "#cfd9c6")
        + back
        + posts
        + rect(0, 40, WIDTH, 210, "#93402b")
        + tiles
        + rect(0, 232, WIDTH, 30, DEEP)
        + shape("M0 790C500 760 1300 760 1800 790V1200H0Z", "#7fa27f")
        + shape("M0 900C500 860 1300 860 1800 900V1200H0Z", "#93b28c")
        + front
    )


def citadel() -> str:
    """The gate Đoan Môn with its five arches, and the flag tower behind."""
    arch = "M{0} 900V{1}C{0} {2} {3} {2} {3} {1}V900Z"
    arches = "".join(
        shape(arch.format(x - w, top, top - w * 1.25, x + w), INK, 0.82)
        + line(arch.format(x - w, top, top - w * 1.25, x + w)[:-1], SAND, 10)
        for x, w, top in ((900, 84, 700), (690, 62, 740), (1110, 62, 740), (500, 56, 760), (1300, 56, 760))
    )
    bricks = "".join(
        line(f"M{300 + (row * 67 + col * 151) % 1180} {548 + row * 42}h56", CLAY, 5, 0.5)
        for row in range(9)
        for col in range(8)
    )
    tower = (
        shape("M1500 660L1530 470H1650L1680 660Z", CLAY)
        + shape("M1545 470L1556 250H1624L1635 470Z", "#c98a60")
        + rect(1552, 226, 76, 26, EARTH)
        + line("M1590 226V70", BARK, 8)
        + shape("M1590 74C1640 60 1680 100 1736 80V164C1690 184 1640 142 1590 160Z", LACQUER)
        + star(1662, 122, 30, GOLD)
    )
    pavilion = (
        rect(740, 350, 320, 110, LACQUER)
        + "".join(rect(x, 364, 30, 96, STRAW, opacity=0.85) for x in along(6, 764, 1006))
        + roof(900, 372, 250, 150, 84, "#7a2415", 36)
        + rect(790, 258, 220, 40, GLOW)
        + roof(900, 284, 176, 90, 72, "#7a2415", 30)
    )
    return (
        sky("#cfe0dc", "#f1e7cf", "#f7ead2")
        + circle(360, 250, 120, GOLD, 0.9)
        + hills(640, 90, MINT, 0.8)
        + tower
        + "".join(tree(x, 760, s, c) for x, s, c in ((110, 200, JADE), (250, 150, PINE), (1740, 170, PINE)))
        + pavilion
        + rect(470, 440, 860, 24, SAND)
        + rect(250, 500, 1300, 400, "#cf9a72")
        + bricks
        + rect(440, 460, 920, 60, "#d8ab86")
        + rect(230, 490, 1340, 26, SAND)
        + arches
        + shape("M0 900H1800V1200H0Z", "#9dbb8c")
        + shape("M780 900H1020L1280 1200H520Z", SAND)
        + "".join(
            line(f"M{780 - d * 0.87:g} {900 + d}H{1020 + d * 0.87:g}", "#d4bd98", 5) for d in (40, 100, 180)
        )
    )


def long_bien() -> str:
    """Long Biên bridge at dawn, with a train above the river."""

    def truss(x: float, width: float, top: float) -> str:
        chord = f"M{x} 640C{x + width * 0.2} {top} {x + width * 0.8} {top} {x + width} 640"
        parts = [line(chord, BARK, 13), line(f"M{x} 640H{x + width}", BARK, 13)]
        count = 8
        for at in range(1, count):
            share = at / count
            y = 640 - (640 - top) * 3 * share * (1 - share)
            lean = x + width * (share + (0.5 / count if share < 0.5 else -0.5 / count))
            parts.append(
                line(f"M{x + width * share:g} {y:g}V640M{x + width * share:g} {y:g}L{lean:g} 640", BARK, 6)
            )
        return "".join(parts)

    spans = truss(-160, 520, 330) + truss(360, 520, 330) + truss(1400, 520, 330)
    piers = "".join(
        shape(f"M{x - 34} 690H{x + 34}L{x + 46} 900H{x - 46}Z", CLAY) + rect(x - 46, 676, 92, 26, EARTH)
        for x in (360, 880, 1400)
    )
    windows = "".join(
        rect(x, 566, 66, 34, STRAW, 5)
        for car in (0, 1, 2)
        for x in along(3, 560 + car * 300, 740 + car * 300)
    )
    cars = "".join(rect(x, 548, 286, 84, LACQUER, 12) + rect(x, 610, 286, 10, GOLD) for x in (540, 840, 1140))
    bananas = "".join(
        line(f"M{x} 930C{x - 10} 880 {x + 8} 850 {x} 820", JADE, 10)
        + "".join(
            shape(f"M{x} 824C{x + dx * 0.5:g} {770 - dy} {x + dx} {790 - dy} {x + dx * 1.2:g} {852 - dy}C{x + dx * 0.8:g} {810 - dy} {x + dx * 0.4:g} {806 - dy} {x} 824Z", PINE)
            for dx, dy in ((-90, 0), (90, 6), (-54, 40), (58, 44))
        )
        for x in (120, 250, 1560, 1700, 1640)
    )  # fmt: skip
    return (
        sky("#f2c9b0", "#f8e0bd", "#f9edd6")
        + glow(1130, 560, 110, LEAF)
        + circle(1130, 560, 130, "#f4b860")
        + hills(720, 60, "#d9c3b0", 0.8)
        + rect(0, 740, WIDTH, 460, "#c9a58a")
        + shape("M0 1200V880C300 900 700 860 1100 900C1400 930 1600 900 1800 910V1200Z", "#b88e70")
        + piers
        + cars
        + windows
        + rect(0, 632, WIDTH, 48, BARK)
        + spans
        + line("M0 604H1800", BARK, 5)
        + "".join(line(f"M{x} 604V640", BARK, 4) for x in along(60, 0, 1800))
        + shape("M0 940C200 890 380 900 520 960H0ZM1300 960C1460 890 1650 900 1800 930V980H1300Z", "#8f9a62")
        + bananas
        + line("M1130 790H1130", "#f4b860", 1)
        + "".join(line(f"M{1130 - w} {y}h{2 * w}", "#f4c987", 8, 0.8) for y, w in ((760, 90), (800, 60), (846, 100), (900, 50), (960, 80)))
        + group(shape("M0 0C60 34 220 34 300 0L270 44H36Z", INK), line("M150 8V-96", INK, 8), circle(150, -110, 20, INK), shape("M104 -104L150 -140L196 -104Z", SAND), line("M150 -60L260 40", INK, 6), move="translate(640 1010)")
        + ripples(980, 1190, STRAW, 0.4)
    )  # fmt: skip


def _tower() -> str:
    def windows(y: float, xs: tuple[int, ...], w: float) -> str:
        return "".join(
            shape(f"M{x - w} {y}v-{w * 1.7:g}C{x - w} {y - w * 3:g} {x + w} {y - w * 3:g} {x + w} {y - w * 1.7:g}v{w * 1.7:g}Z", INK, 0.8)
            for x in xs
        )  # fmt: skip

    return (
        rect(720, 560, 360, 190, "#d8cdb2")
        + rect(1010, 560, 70, 190, "#b8ad92")
        + windows(740, (790, 900, 1010), 30)
        + rect(700, 544, 400, 24, "#9b917a")
        + rect(770, 400, 260, 146, "#d8cdb2")
        + rect(976, 400, 54, 146, "#b8ad92")
        + windows(536, (830, 970), 24)
        + rect(750, 384, 300, 22, "#9b917a")
        + rect(816, 290, 168, 96, "#d8cdb2")
        + circle(900, 340, 26, INK, 0.8)
        + roof(900, 298, 124, 44, 74, "#6d6656", 28)
        + rect(884, 196, 32, 34, "#6d6656")
    )


def turtle_tower() -> str:
    """The Tortoise Tower on its islet in Hoàn Kiếm Lake, on a morning of mist."""
    isle = ellipse(900, 760, 330, 46, "#6f8f5f") + ellipse(900, 750, 320, 34, "#8aa872")
    willow = "".join(
        line(
            f"M{x} -20C{x + 16} 120 {x - 20} {200 + (n * 71) % 160} {x + 6} {300 + (n * 97) % 260}",
            JADE,
            9,
            0.85,
        )
        + "".join(
            ellipse(x + (6 if k % 2 else -10), 40 + k * 46, 7, 20, JADE, 0.8) for k in range(4 + (n * 5) % 6)
        )
        for n, x in enumerate(along(13, 1330, 1800))
    )
    bridge = (
        line("M-40 760C120 640 300 640 470 770", LACQUER, 26)
        + "".join(
            line(f"M{x:g} {768 - 98 * math.sin((x + 40) / 510 * math.pi):g}V{836}", DEEP, 12)
            for x in along(8, 20, 440)
        )
        + line("M-40 712C120 592 300 592 470 722", LACQUER, 10)
    )
    whole = isle + _tower()
    return (
        sky("#f3d6c6", "#f3e6d3", "#dfe9e0")
        + circle(470, 330, 120, "#f3b98a", 0.9)
        + hills(640, 150, MINT, 0.7)
        + hills(690, 110, "#86ae98", 0.7, 1.4)
        + rect(0, 740, WIDTH, 460, "#9fc0b1")
        + group(_tower(), move="translate(0 1520) scale(1 -1)", opacity=0.3)
        + whole
        + group(bridge, move="translate(0 1640) scale(1 -1)", opacity=0.16)
        + bridge
        + "".join(ellipse(x, y, w, 10, MIST, 0.8) for x, y, w in ((350, 900, 260), (1290, 860, 320), (900, 980, 380)))
        + "".join(line(f"M{470 - w} {y}h{2 * w}", "#f6d3ae", 8, 0.8) for y, w in ((900, 70), (944, 40), (990, 80), (1050, 46)))
        + ripples(880, 1180, PAPER, 0.45)
        + willow
    )  # fmt: skip
