"""Drawings of what the craft villages make."""

from __future__ import annotations

import math

from khuevan.newsroom.demonstration_drawings.shapes import (
    BARK,
    BLUSH,
    CLAY,
    COBALT,
    DEEP,
    EARTH,
    GOLD,
    JADE,
    LACQUER,
    LEAF,
    MINT,
    MIST,
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
    line,
    rect,
    shape,
    sky,
)  # fmt: skip


def bowl() -> str:
    """A white bowl of Bát Tràng with a cobalt lotus, between a jar and a vase on a shelf."""
    cracks = "".join(
        line(f"M{1392 + (n * 97) % 150} {470 + (n * 61) % 380}l{24 + n % 3 * 14} {18 + n % 4 * 9}l{-16 + n % 5 * 8} 26", "#c2b290", 3, 0.7)
        for n in range(16)
    )  # fmt: skip
    waves = "".join(line(f"M{x} 742q18 -26 36 0q18 26 36 0", COBALT, 7) for x in along(9, 580, 1150))
    return (
        sky("#e3ddcb", "#efe6d3", SHEET)
        + circle(900, 430, 380, "#f2d9a6", 0.75)
        + rect(0, 900, 1800, 300, EARTH)
        + rect(0, 900, 1800, 26, CLAY)
        + "".join(line(f"M0 {y}C600 {y + 16} 1200 {y - 16} 1800 {y}", BARK, 4, 0.5) for y in (980, 1060, 1130))
        # A brown jar.
        + ellipse(330, 912, 220, 22, BARK, 0.5)
        + shape("M210 420H450C460 470 560 540 560 680C560 820 470 906 420 906H240C190 906 100 820 100 680C100 540 200 470 210 420Z", "#7b4a2c")
        + shape("M420 906C470 906 560 820 560 680C560 540 460 470 450 420H400C420 480 500 560 490 690C484 800 430 880 380 906Z", BARK, 0.6)
        + rect(196, 396, 268, 36, "#8f5a38", 16)
        + line("M110 620C240 670 420 670 550 620", GOLD, 8)
        + line("M104 660C240 710 420 710 556 660", GOLD, 4)
        # A crackled vase.
        + ellipse(1490, 912, 170, 20, BARK, 0.5)
        + shape("M1440 250H1540C1536 350 1580 400 1630 500C1690 640 1640 820 1570 906H1410C1340 820 1290 640 1350 500C1400 400 1444 350 1440 250Z", "#e9dfc6")
        + cracks
        + shape("M1570 906C1640 820 1690 640 1630 500C1590 420 1560 380 1546 320C1560 420 1600 520 1600 640C1600 760 1550 850 1510 906Z", "#c9b894", 0.7)
        + rect(1424, 236, 132, 26, "#d9cba8", 12)
        + line("M1490 240C1500 160 1470 110 1500 40M1494 150C1540 130 1560 100 1570 60M1490 190C1450 170 1430 140 1420 110", BARK, 8)
        + "".join(flower(x, y, r, PINK, GOLD) for x, y, r in ((1500, 44, 34), (1572, 56, 28), (1418, 104, 30), (1476, 112, 24)))
        # The bowl.
        + ellipse(900, 914, 260, 24, BARK, 0.55)
        + shape("M790 880H1010L1030 912H770Z", "#e6e4da")
        + shape("M520 560C530 760 680 890 900 890C1120 890 1270 760 1280 560Z", "#fbfaf4")
        + shape("M1280 560C1270 760 1120 890 900 890C1080 860 1180 740 1190 560Z", "#dfe3dd")
        + ellipse(900, 560, 380, 74, "#eef0ea")
        + ellipse(900, 566, 350, 60, "#cfd8d4")
        + line("M520 560C520 600 700 634 900 634C1100 634 1280 600 1280 560", COBALT, 9)
        + waves
        + group(
            *(shape(f"M0 60C{dx} 40 {dx * 1.5:g} {-20 + abs(dx) * 0.35:g} {dx * 1.25:g} {-70 + abs(dx) * 0.6:g}C{dx * 0.5:g} {-40 + abs(dx) * 0.2:g} 0 0 0 60Z", COBALT, 0.85) for dx in (-110, -60, 60, 110)),
            shape("M0 62C-44 20 -34 -60 0 -92C34 -60 44 20 0 62Z", COBALT),
            move="translate(900 742) scale(0.92)",
        )
        + line("M640 700C720 660 780 690 830 740M1160 700C1080 660 1020 690 970 740", COBALT, 7)
        + rect(700, 830, 400, 8, COBALT, 4, 0.8)
    )  # fmt: skip


def conical_hat() -> str:
    """Conical hats, one in front and a stack behind, in the sun of a village yard."""
    rings = "".join(
        line(f"M{900 - w} {y}C{900 - w * 0.5} {y + w * 0.15:g} {900 + w * 0.5} {y + w * 0.15:g} {900 + w} {y}", "#cfae72", 4, 0.8)
        for w, y in ((30 + n * 35.6, 320 + n * 36.4) for n in range(1, 15))
    )  # fmt: skip
    leaves = "".join(
        line(f"M900 300C{900 + x * 0.3:g} 520 {900 + x * 0.7:g} 720 {900 + x} {838 + 74 * math.sqrt(1 - (x / 545) ** 2):.0f}", "#dcc18c", 4, 0.7)
        for x in along(13, -520, 520)
    )  # fmt: skip
    small = "".join(
        group(
            shape("M0 0L-230 150C-120 186 120 186 230 150Z", STRAW if n % 2 else "#efd8a2"),
            line("M-230 150C-120 186 120 186 230 150", "#cfae72", 8),
            move=f"translate({x} {y})",
        )
        for n, (x, y) in enumerate(((310, 560), (310, 516), (310, 472), (310, 428), (1500, 600), (1500, 556), (1500, 512)))
    )  # fmt: skip
    fringe = "".join(
        line(f"M{x} 0C{x - 26} {60 + n * 37 % 80} {x + 10} {110 + n * 53 % 90} {x - 34} {180 + n * 71 % 140}", JADE if n % 2 else PINE, 15, 0.85)
        for n, x in enumerate(along(22, -10, 760))
    )  # fmt: skip
    return (
        sky("#f4d68f", "#f8e6bd", "#f3dcae")
        + circle(1330, 260, 150, GOLD, 0.8)
        + fringe
        + rect(0, 690, 1800, 60, "#b5653e")
        + "".join(rect(x, 600, 26, 110, "#c57a4e") for x in along(24, -10, 1790))
        + rect(0, 596, 1800, 26, CLAY)
        + rect(0, 740, 1800, 460, "#e0ad74")
        + "".join(line(f"M0 {y}H1800", "#cd955c", 5, 0.7) for y in (800, 890, 1010))
        + "".join(
            line(f"M{900 + x} 740L{900 + x * 2.1:g} 1200", "#cd955c", 5, 0.7) for x in along(9, -800, 800)
        )
        + ellipse(310, 740, 240, 26, EARTH, 0.4)
        + ellipse(1500, 780, 240, 26, EARTH, 0.4)
        + small
        + ellipse(930, 950, 560, 60, EARTH, 0.45)
        + shape("M900 290L350 838C520 936 1280 936 1450 838Z", "#f7e7c0")
        + shape("M900 290L1450 838C1340 900 1180 920 1080 914C1080 700 1000 460 900 290Z", "#ecd09a", 0.75)
        + leaves
        + rings
        + line("M350 838C520 936 1280 936 1450 838", "#b98f4d", 13)
        + shape("M900 276L868 330C890 340 910 340 932 330Z", "#b98f4d")
        + line("M560 900C640 1090 1160 1090 1240 900", PINK, 26)
        + line("M900 1042C880 1090 890 1120 870 1160M904 1042C930 1090 926 1120 944 1160", ROSE, 22)
    )


def silk() -> str:
    """Bolts of silk, and two women in áo dài seen from behind on a street of the silk village."""

    def woman(x: float, tunic: str, shade: str, hair: str) -> str:
        return group(
            ellipse(0, 470, 150, 20, BARK, 0.35),
            shape("M-70 120L-92 460H-8L0 200L8 460H92L70 120Z", PAPER),
            shape("M-78 -150C-96 -60 -70 20 -62 60C-80 200 -110 320 -120 410C-60 440 60 440 120 410C110 320 80 200 62 60C70 20 96 -60 78 -150C40 -176 -40 -176 -78 -150Z", tunic),
            shape("M30 70C60 200 84 320 90 424L120 410C110 320 80 200 62 60C70 20 96 -60 78 -150C70 -90 40 0 30 70Z", shade, 0.6),
            shape("M-76 -146C-130 -70 -140 30 -128 130L-96 134C-96 40 -84 -30 -60 -80Z", tunic),
            shape("M76 -146C130 -70 140 30 128 130L96 134C96 40 84 -30 60 -80Z", shade),
            circle(-112, 146, 17, "#eec39c"),
            circle(112, 146, 17, "#eec39c"),
            rect(-22, -200, 44, 60, "#eec39c"),
            shape("M-60 -250C-70 -340 70 -340 60 -250C66 -160 50 -90 24 -20C10 0 -10 0 -24 -20C-50 -90 -66 -160 -60 -250Z", hair),
            shape("M-190 -268L0 -380L190 -268C100 -236 -100 -236 -190 -268Z", STRAW),
            line("M-190 -268C-100 -236 100 -236 190 -268M-126 -304C-70 -284 70 -284 126 -304M-66 -340C-34 -330 34 -330 66 -340", "#cfae72", 6),
            *(flower(fx, fy, 20, BLUSH, GOLD) for fx, fy in ((-64, 330), (-20, 372), (44, 350), (-88, 392), (70, 396))),
            move=f"translate({x} 640)",
        )  # fmt: skip

    bolts = "".join(
        rect(x, 150, 108, 620 - n % 3 * 70, colour)
        + rect(x + 76, 150, 32, 620 - n % 3 * 70, DEEP, opacity=0.12)
        + "".join(circle(x + 30 + (k % 2) * 40, 210 + k * 70, 14, PAPER, 0.28) for k in range(6))
        for n, (x, colour) in enumerate(
            zip(along(14, 24, 1668), (LACQUER, LEAF, PINK, JADE, MINT, COBALT, ROSE, GOLD, PINE, BLUSH, LACQUER, MINT, LEAF, COBALT), strict=True)
        )
    )  # fmt: skip
    return (
        sky("#efe0c6", "#f6ead2", SHEET)
        + bolts
        + rect(0, 118, 1800, 40, BARK)
        + rect(0, 150, 1800, 8, "#3d2a20")
        + rect(0, 820, 1800, 380, "#d9b98b")
        + rect(0, 800, 1800, 26, EARTH)
        + "".join(line(f"M{900 + x} 826L{900 + x * 1.8:g} 1200", "#c7a372", 5) for x in along(11, -1000, 1000))
        + "".join(line(f"M0 {y}H1800", "#c7a372", 5) for y in (890, 980, 1090))
        + woman(690, LACQUER, DEEP, "#1d1512")
        + woman(1130, MIST, MINT, "#1d1512")
        + "".join(
            ellipse(x, y, 22, 9, PINK, 0.9) for x, y in ((240, 1010), (330, 1120), (1490, 980), (1600, 1100), (900, 1160), (120, 900))
        )
        + rect(0, 0, 1800, 60, SAND, opacity=0.4)
    )  # fmt: skip
