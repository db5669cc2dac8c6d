"""Drawings of what the seasons bring."""

from __future__ import annotations

import math

from khuevan.newsroom.demonstration_drawings.shapes import (
    BARK,
    BLUSH,
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
    NIGHT,
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
    glow,
    group,
    hills,
    line,
    rect,
    ripples,
    shape,
    sky,
    star,
)  # fmt: skip


def _petal(turn: float, length: float, width: float, colour: str) -> str:
    d = f"M0 0C{-width} {-length * 0.35:g} {-width * 0.9:g} {-length * 0.8:g} 0 {-length}C{width * 0.9:g} {-length * 0.8:g} {width} {-length * 0.35:g} 0 0Z"
    vein = line(f"M0 {-length * 0.2:g}V{-length * 0.82:g}", ROSE, 3, 0.35)
    return group(shape(d, colour), vein, move=f"rotate({turn:g})")


def _lotus(x: float, y: float, size: float) -> str:
    return group(
        *(_petal(turn, 300, 84, "#e48fa0") for turn in (-82, 82, -58, 58, -32, 32)),
        *(_petal(turn, 320, 84, PINK) for turn in (-70, 70, -45, 45, -18, 18)),
        ellipse(0, -150, 92, 40, LEAF),
        *(circle(dx, -158 + abs(dx) * 0.12, 9, STRAW) for dx in (-60, -30, 0, 30, 60)),
        *(_petal(turn, 270, 82, BLUSH) for turn in (-56, 56, -28, 28)),
        _petal(0, 250, 86, "#fbe9e6"),
        *(group(shape("M0 0C-70 20 -150 0 -220 -50C-150 -70 -60 -50 0 0Z", c), move=m) for c, m in ((PINK, "translate(0 4)"), (BLUSH, "translate(0 4) scale(-1 1)"))),
        move=f"translate({x} {y}) scale({size})",
    )  # fmt: skip


def _pad(x: float, y: float, w: float, colour: str, vein: str) -> str:
    h = w * 0.26
    rays = "".join(
        line(
            f"M{x} {y}L{x + w * 0.86 * math.cos(turn):.0f} {y + h * 0.86 * math.sin(turn):.0f}", vein, 4, 0.6
        )
        for turn in along(12, 0, 5.76)
    )
    return (
        ellipse(x, y + 10, w, h, PINE, 0.35)
        + ellipse(x, y, w, h, colour)
        + rays
        + ellipse(x, y, w * 0.1, h * 0.14, MINT)
    )


def lotus() -> str:
    """A lotus of West Lake at first light, with pads and a pagoda far off."""
    stalks = "".join(
        line(f"M{x} {y}C{x + b} {y + 160} {x - b} {y + 300} {x + b} 1200", JADE, w)
        for x, y, b, w in ((900, 640, 30, 24), (390, 640, 20, 16), (1440, 560, -24, 17), (1190, 760, 10, 12))
    )
    pagoda = "".join(
        rect(1380 - 30 + k * 3, 420 - k * 34, 60 - k * 6, 30, "#b4776a") + shape(f"M{1338 + k * 4} {424 - k * 34}h{84 - k * 8}l-12 -12h-{60 - k * 8}Z", "#8f5a52")
        for k in range(8)
    )  # fmt: skip
    return (
        sky("#f7cdbf", "#fae3c8", "#e4ede0")
        + circle(900, 350, 250, "#fbe0b0", 0.9)
        + circle(900, 350, 180, "#f9cf8c", 0.8)
        + hills(470, 60, "#b6cdb9", 0.8)
        + pagoda
        + rect(0, 450, 1800, 750, "#a9cbbd")
        + ripples(480, 700, PAPER, 0.5)
        + _pad(220, 640, 240, "#74a98b", JADE)
        + _pad(1560, 700, 270, "#74a98b", JADE)
        + _pad(640, 760, 250, "#5f9a7c", PINE)
        + _pad(1180, 820, 280, "#5f9a7c", PINE)
        + stalks
        + group(*(_petal(turn, 210, 58, c) for turn, c in ((-22, "#e48fa0"), (22, "#e48fa0"), (0, PINK))), move="translate(390 650)")
        + group(*(_petal(turn, 180, 50, c) for turn, c in ((-18, "#e48fa0"), (18, "#e48fa0"), (0, BLUSH))), move="translate(1440 570)")
        + shape("M1136 740C1150 700 1230 700 1244 740L1220 780H1160Z", "#8ba45c") + ellipse(1190, 738, 54, 18, "#a9c06e") + "".join(circle(x, 738, 6, PINE) for x in (1156, 1180, 1204, 1226))
        + _lotus(900, 700, 1.28)
        + _pad(280, 960, 380, "#4c8a6c", PINE)
        + _pad(1560, 1010, 400, "#4c8a6c", PINE)
        + _pad(880, 1110, 430, "#3f7f6b", PINE)
        + "".join(circle(x, y, r, PAPER, 0.7) for x, y, r in ((330, 930, 14), (360, 946, 8), (1500, 990, 12), (900, 1080, 14), (940, 1100, 8)))
    )  # fmt: skip


def young_rice() -> str:
    """Young rice on a lotus leaf, tied with straw, with a banana and a box of green cake."""
    # The golden angle spreads them evenly, without rows.
    grains = "".join(
        ellipse(900 + 300 * reach * math.cos(n * 2.39996), 668 + 132 * reach * math.sin(n * 2.39996), 17, 8, ("#b5cd7c", "#c7da94", "#9dbd62", "#8aae55")[n * 7 % 4])
        for n, reach in enumerate(math.sqrt(k / 300) for k in range(300))
    )  # fmt: skip
    rays = "".join(
        line(f"M900 730L{900 + 620 * math.cos(turn):.0f} {740 + 290 * math.sin(turn):.0f}", "#2f6a56", 6, 0.6) for turn in along(22, 0, 6.0)
    )  # fmt: skip
    edge = "M270 740C250 560 430 440 620 470C760 400 1040 400 1180 470C1380 440 1560 570 1530 750C1520 920 1360 1000 1180 1010C1020 1060 760 1060 620 1010C420 1000 280 900 270 740Z"
    return (
        sky("#e6c79a", "#ddb684", "#d3a774")
        + "".join(line(f"M0 {y}C500 {y + 20} 1200 {y - 20} 1800 {y}", "#c49662", 6, 0.7) for y in range(60, 1200, 130))
        + group(shape(edge, BARK, 0.35), move="translate(0 26)")
        + shape(edge, JADE)
        + rays
        + line(edge, "#5f9a7c", 9)
        + ellipse(900, 720, 380, 150, "#7fa24a", 0.9)
        + shape("M560 730C620 560 780 500 900 500C1020 500 1180 560 1240 730C1200 850 600 850 560 730Z", "#a5c26b")
        + grains
        + "".join(ellipse(900 + dx, y, 17, 8, c) for dx, y, c in ((-300, 800, "#b5cd7c"), (-350, 770, "#9dbd62"), (320, 800, "#c7da94"), (370, 760, "#b5cd7c"), (-60, 880, "#9dbd62"), (90, 872, "#b5cd7c"), (-150, 540, "#c7da94"), (120, 520, "#c7da94"), (0, 505, "#b5cd7c")))
        # Bananas.
        + "".join(
            group(shape("M0 0C40 130 160 210 320 190C340 186 344 166 326 160C200 150 100 90 60 -16C48 -34 -8 -28 0 0Z", c), shape("M0 0C-10 -30 4 -50 16 -58L44 -46C44 -36 52 -26 60 -16C40 -6 20 -4 0 0Z", "#7d8a3c"), line("M30 -8C80 100 190 166 322 174", "#c98f1f", 6, 0.7), circle(328, 176, 12, BARK), move=m)
            for c, m in ((LEAF, "translate(120 120) rotate(14)"), (GOLD, "translate(196 66) rotate(2)"))
        )
        # The box of green cakes.
        + group(
            rect(0, 14, 330, 250, DEEP, 10, 0.4),
            rect(0, 0, 330, 250, LACQUER, 10),
            rect(18, 18, 294, 214, "none", 6),
            line("M22 22H308V228H22Z", GOLD, 6),
            circle(165, 125, 72, GOLD),
            circle(165, 125, 60, LACQUER),
            flower(165, 125, 46, PINK, GOLD, 8),
            move="translate(1370 70) rotate(8)",
        )
        + group(rect(0, 10, 170, 170, DEEP, 18, 0.3), rect(0, 0, 170, 170, "#8fb35a", 18), rect(16, 16, 138, 138, "#a5c26b", 12), move="translate(1570 380) rotate(-12)")
        + group(rect(0, 10, 170, 170, DEEP, 18, 0.3), rect(0, 0, 170, 170, "#8fb35a", 18), rect(16, 16, 138, 138, "#a5c26b", 12), move="translate(1600 960) rotate(10)")
        # Straw.
        + "".join(line(f"M{100 + k * 14} {1160 - k * 10}C{260 + k * 6} {1020 + k * 6} {420} {1090 - k * 12} {560 + k * 12} {1130 + (k * 37) % 40}", STRAW if k % 2 else GOLD, 9) for k in range(6))
    )  # fmt: skip


def lanterns() -> str:
    """Star lanterns, a carp and round lanterns above a street on the night of the full moon."""

    def star_lantern(x: float, y: float, r: float, colour: str, light: str) -> str:
        return group(
            line(f"M0 {-r}V{-y}", SAND, 4, 0.7),
            glow(0, 0, r * 0.8, GOLD, 3),
            line("M0 0m-{0} 0a{0} {0} 0 1 0 {1} 0a{0} {0} 0 1 0 -{1} 0".format(r, 2 * r), light, 8),
            star(0, 0, r, colour),
            star(0, 0, r * 0.56, light),
            circle(0, 0, r * 0.13, PAPER),
            *(line(f"M0 {r}q{dx} 34 {dx * 1.4:g} 90", GOLD, 5) for dx in (-16, 0, 16)),
            move=f"translate({x} {y})",
        )

    def round_lantern(x: float, y: float, w: float, colour: str) -> str:
        return group(
            line(f"M0 {-w}V{-y}", SAND, 4, 0.7),
            glow(0, 0, w * 0.8, GLOW, 3),
            ellipse(0, 0, w, w * 0.88, colour),
            *(line(f"M0 {-w * 0.86:g}C{dx} {-w * 0.5:g} {dx} {w * 0.5:g} 0 {w * 0.86:g}", GOLD, 4, 0.7) for dx in (-w * 0.9, -w * 0.4, w * 0.4, w * 0.9)),
            rect(-w * 0.4, -w, w * 0.8, w * 0.16, GOLD, 4),
            rect(-w * 0.4, w * 0.84, w * 0.8, w * 0.16, GOLD, 4),
            *(line(f"M{dx} {w}v70", GOLD, 5) for dx in (-16, 0, 16)),
            move=f"translate({x} {y})",
        )  # fmt: skip

    carp = group(
        line("M0 -70V-470", SAND, 4, 0.7),
        glow(0, 0, 110, GOLD, 3),
        shape("M150 0C230 -100 270 -70 290 -90C270 -20 270 20 290 90C270 70 230 100 150 0Z", LEAF),
        shape("M-200 0C-120 -110 60 -110 170 0C60 110 -120 110 -200 0Z", GLOW),
        shape("M-60 -78C-20 -140 40 -130 60 -68Z", LEAF),
        shape("M-40 80C-20 130 30 126 40 76Z", LEAF),
        *(line(f"M{x} -56q26 56 0 112", GOLD, 6) for x in (-60, -16, 28, 72)),
        circle(-134, -20, 19, PAPER), circle(-138, -20, 9, INK),
        move="translate(1310 470)",
    )  # fmt: skip
    houses = "".join(
        rect(x, y, 170, 1200 - y, c) + shape(f"M{x - 12} {y + 6}L{x + 24} {y - 70}H{x + 146}L{x + 182} {y + 6}Z", "#2a1a1e") + "".join(rect(x + 28 + k * 62, y + 50, 44, 64, GOLD if (k + int(x)) % 3 else "#6b4a3a", 4, 0.85) for k in (0, 1))
        for x, y, c in ((-30, 820, "#4a2a32"), (150, 770, "#3d2530"), (330, 850, "#523038"), (1150, 830, "#4a2a32"), (1330, 780, "#3d2530"), (1510, 850, "#523038"), (1680, 790, "#45282f"))
    )  # fmt: skip
    people = "".join(
        circle(x, y - 96, 26, INK) + shape(f"M{x - 40} {y + 60}C{x - 44} {y - 80} {x + 44} {y - 80} {x + 40} {y + 60}Z", INK) + line(f"M{x + 20} {y - 30}L{x + 66} {y - 90}", INK, 12) + line(f"M{x + 66} {y - 90}V{y - 130}", SAND, 4) + glow(x + 66, y - 150, 20, GOLD, 2) + star(x + 66, y - 150, 27, colour)
        for x, y, colour in ((640, 1110, LEAF), (800, 1140, GLOW), (960, 1104, PINK), (1090, 1146, LEAF))
    )  # fmt: skip
    return (
        sky(NIGHT, "#4a2f3c", "#7b3a2c")
        + circle(900, 470, 250, "#f8dfa4", 0.14)
        + circle(900, 470, 200, "#f9e4b4")
        + "".join(
            circle(x, y, r, "#efd08e", 0.7)
            for x, y, r in ((840, 420, 40), (960, 510, 54), (900, 580, 26), (990, 410, 20))
        )
        + "".join(circle((n * 313) % 1800, (n * 127) % 560, 3 + n % 3, STRAW, 0.6) for n in range(40))
        + houses
        + shape("M500 1200L640 960H1140L1300 1200Z", "#8a4a34")
        + rect(0, 1150, 1800, 50, "#2a1a1e", opacity=0.5)
        + star_lantern(290, 360, 170, LACQUER, LEAF)
        + round_lantern(570, 230, 78, GLOW)
        + star_lantern(1660, 250, 120, JADE, GOLD)
        + carp
        + round_lantern(60, 170, 66, LEAF)
        + round_lantern(1080, 170, 60, ROSE)
        + round_lantern(90, 640, 56, ROSE)
        + people
    )


def peach_blossom() -> str:
    """A branch of peach in a vase beside square cakes, before a red wall with a window to the spring."""
    branch = (
        line("M900 800C890 640 960 560 930 420C920 340 980 260 960 160", BARK, 26)
        + line("M930 520C820 460 720 470 620 380C560 330 520 250 480 220", BARK, 19)
        + line("M936 450C1060 420 1160 340 1260 330C1340 320 1400 260 1440 200", BARK, 17)
        + line(
            "M760 462C700 520 620 540 560 530M1120 366C1180 420 1260 440 1330 430M950 300C890 240 850 200 830 130M660 410C680 330 660 270 680 220",
            BARK,
            12,
        )
    )
    spots = [
        (960, 160), (930, 230), (985, 270), (940, 350), (830, 130), (858, 190), (905, 260), (480, 220), (520, 270), (560, 320), (610, 378), (680, 220), (668, 290), (674, 360), (740, 440), (560, 530), (620, 536), (690, 510), (820, 470), (880, 500), (1000, 440), (1060, 424), (1130, 370), (1200, 342), (1260, 330), (1340, 306), (1400, 250), (1440, 200), (1190, 420), (1260, 440), (1330, 430), (900, 600), (450, 260), (1010, 190), (720, 250), (1380, 300),
    ]  # fmt: skip
    blooms = "".join(
        flower(x, y, 34 + (n * 11) % 18, (PINK, ROSE, BLUSH)[n % 3], GOLD) for n, (x, y) in enumerate(spots)
    ) + "".join(circle(x + 40, y - 30, 12, ROSE) for x, y in spots[::3])

    def cake(x: float, y: float, size: float) -> str:
        return group(
            rect(8, 22, 220, 170, DEEP, 14, 0.4),
            rect(0, 0, 220, 180, PINE, 12),
            rect(0, 0, 220, 40, JADE, 12),
            *(line(f"M{x2} 0V180", STRAW, 7) for x2 in (74, 146)),
            *(line(f"M0 {y2}H220", STRAW, 7) for y2 in (72, 126)),
            move=f"translate({x} {y}) scale({size})",
        )

    fruit = "".join(
        circle(x, y, 40, c) + line(f"M{x} {y - 38}q6 -16 18 -20", PINE, 7) for x, y, c in ((430, 930, LEAF), (510, 936, GLOW), (350, 936, LEAF), (470, 870, LEAF), (392, 872, GLOW))
    )  # fmt: skip
    return (
        sky("#9d3a22", LACQUER, "#7d2917")
        + circle(930, 430, 400, "#b5523a")
        + circle(930, 430, 330, "#f3ddb4")
        + circle(930, 430, 330, SHEET, 0.5)
        + line("M600 430a330 330 0 1 0 660 0a330 330 0 1 0 -660 0", DEEP, 20)
        + "".join(rect(x, 60, 150, 460, "#a8452c", 6) + line(f"M{x + 14} 74h122v432h-122Z", GOLD, 5) + star(x + 75, 180, 30, GOLD) + flower(x + 75, 290, 40, GOLD, LACQUER, 6) + star(x + 75, 400, 30, GOLD) for x in (110, 1540))
        + rect(0, 960, 1800, 240, "#5d2c1c")
        + rect(0, 950, 1800, 30, EARTH)
        + rect(0, 980, 1800, 10, DEEP)
        + branch
        + blooms
        + ellipse(900, 964, 170, 18, DEEP, 0.6)
        + shape("M860 700H940C944 740 1040 780 1040 860C1040 920 980 962 950 962H850C820 962 760 920 760 860C760 780 856 740 860 700Z", "#f4efe2")
        + shape("M950 962C980 962 1040 920 1040 860C1040 780 944 740 940 700H916C924 760 990 800 984 860C980 920 930 950 912 962Z", "#d3cdbd")
        + rect(850, 690, 100, 20, "#e4ddcb", 8)
        + group(*(shape(f"M0 0C{dx} -30 {dx * 1.2:g} -60 {dx * 1.4:g} -64C{dx * 0.8:g} -60 0 -40 0 0Z", "#2f5673", 0.9) for dx in (-50, 50)), shape("M0 0C-20 -30 -16 -64 0 -80C16 -64 20 -30 0 0Z", "#2f5673"), move="translate(880 890)")
        + line("M776 830C840 846 960 846 1020 826", "#2f5673", 6)
        + cake(1190, 786, 0.98)
        + cake(1400, 800, 0.9)
        + ellipse(430, 972, 200, 14, DEEP, 0.6)
        + fruit
        + shape("M250 930H610C600 976 540 980 430 980C320 980 260 976 250 930Z", CLAY)
        + "".join(ellipse(x, y, 22, 10, PINK) for x, y in ((680, 1010), (1080, 1000), (760, 1050), (1180, 1060), (560, 1090), (980, 1120)))
    )  # fmt: skip
