"""Drawings of stages and feasts."""

from __future__ import annotations

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
)  # fmt: skip

SKIN = "#f0c9a4"


def _dragon(move: str) -> str:
    body = "M-300 40C-240 -90 -160 -90 -110 0C-70 70 -10 70 40 -20C80 -90 150 -110 210 -40"
    return group(
        line(body, DEEP, 78),
        line(body, LEAF, 62),
        line(body, GOLD, 22),
        "".join(
            shape(f"M{x} {y}l26 -52l30 46Z", LACQUER)
            for x, y in ((-262, -52), (-200, -94), (-136, -60), (20, -40), (76, -108), (136, -122))
        ),
        shape("M170 -80C200 -150 290 -150 320 -90L400 -76C412 -60 400 -44 380 -44L300 -36C240 -10 180 -20 170 -80Z", LEAF),
        line("M330 -44C350 -30 372 -30 392 -44", DEEP, 8),
        circle(276, -92, 17, PAPER),
        circle(280, -92, 8, INK),
        line("M250 -134C240 -180 210 -190 190 -214M286 -138C290 -180 270 -196 262 -220", LACQUER, 11),
        line("M400 -66C450 -100 470 -40 520 -80M400 -58C440 -40 470 -10 510 -30", PAPER, 9, 0.9),
        move=move,
    )  # fmt: skip


def water_puppets() -> str:
    """The clown Tễu before a bamboo blind, with two dragons that spit water."""
    blind = "".join(
        rect(x, 330, 21, 330, "#b5772f" if n % 2 else "#c98b3e") for n, x in enumerate(along(60, 260, 1520))
    )
    cords = "".join(line(f"M262 {y}H1540", EARTH, 6) for y in (400, 500, 600))
    clown = group(
        ellipse(0, 210, 150, 22, PINE, 0.5),
        shape("M-74 200C-96 70 -70 0 0 0C70 0 96 70 74 200Z", SKIN),
        shape("M-84 200C-90 150 -84 118 -70 96C-30 120 30 120 70 96C84 118 90 150 84 200Z", LACQUER),
        shape("M-70 96C-30 120 30 120 70 96L64 128C30 146 -30 146 -64 128Z", GOLD),
        shape("M-66 8C-120 30 -160 -30 -172 -84L-142 -92C-124 -40 -96 -20 -50 -16Z", SKIN),
        circle(-158, -98, 23, SKIN),
        shape("M66 8C112 30 140 70 146 112L118 122C104 84 80 60 52 48Z", SKIN),
        circle(134, 126, 22, SKIN),
        shape("M-8 6C-56 20 -66 80 -58 120L-20 128C-40 84 -20 40 24 12Z", LACQUER),
        circle(0, -88, 92, SKIN),
        circle(-92, -84, 20, SKIN),
        circle(92, -84, 20, SKIN),
        circle(0, -186, 24, INK),
        circle(-66, -150, 18, INK),
        circle(66, -150, 18, INK),
        line("M-52 -108C-42 -122 -26 -122 -16 -108M16 -108C26 -122 42 -122 52 -108", INK, 9),
        circle(-34, -92, 8, INK),
        circle(34, -92, 8, INK),
        circle(-58, -62, 17, PINK, 0.8),
        circle(58, -62, 17, PINK, 0.8),
        shape("M-40 -54C-20 -12 20 -12 40 -54C14 -42 -14 -42 -40 -54Z", LACQUER),
        move="translate(900 600) scale(1.24)",
    )
    return (
        sky(NIGHT, "#4b3140", "#5e2f2a")
        + rect(180, 300, 1440, 390, DEEP)
        + blind
        + cords
        + "".join(rect(x, 250, 56, 560, LACQUER) + rect(x, 250, 14, 560, GLOW) for x in (150, 470, 1274, 1594))
        + rect(110, 236, 1580, 34, GOLD)
        + roof(900, 250, 860, 620, 150, "#7a2415", 70)
        + roof(900, 120, 380, 220, 96, "#93402b", 46)
        + "".join(
            glow(x, 352, 30, GOLD, 3) + ellipse(x, 352, 34, 44, GLOW) + rect(x - 16, 302, 32, 10, GOLD) + rect(x - 16, 392, 32, 10, GOLD) + line(f"M{x} 402v40", GOLD, 6)
            for x in (330, 680, 1120, 1470)
        )
        + rect(0, 690, WIDTH, 510, "#2f6a5d")
        + shape("M0 690H1800V760C1300 730 500 730 0 760Z", PINE, 0.6)
        + clown
        + _dragon("translate(356 890) scale(0.86)")
        + _dragon("translate(1444 890) scale(-0.86 0.86)")
        + shape("M0 930C300 905 500 955 800 930C1100 905 1400 955 1800 930V1200H0Z", "#2a5f54", 0.85)
        + ripples(950, 1190, MINT, 0.4)
        + "".join(ellipse(x, y, w, 12, MINT, 0.25) for x, y, w in ((900, 874, 230), (420, 960, 330), (1380, 960, 330)))
    )  # fmt: skip


def ca_tru() -> str:
    """A đàn đáy lute with its long neck, the bamboo block with two sticks, and the drum of praise."""
    frets = "".join(line(f"M{x} 466v70", SAND, 10) for x in along(9, 760, 1200))
    lute = group(
        rect(560, 474, 1000, 50, EARTH, 10),
        frets,
        shape("M1540 452H1640C1670 452 1680 490 1650 498C1680 508 1664 546 1640 546H1540Z", BARK),
        *(rect(x, y, 26, 60, INK, 8) for x, y in ((1566, 396), (1610, 540), (1566, 540))),
        shape("M190 330H600L630 670H160Z", CLAY),
        shape("M214 352H580L604 648H190Z", "#d69a63"),
        rect(270, 470, 22, 60, BARK, 4),
        circle(420, 500, 30, BARK),
        *(line(f"M282 {y}H1600", PAPER, 4) for y in (486, 500, 514)),
        move="rotate(-14 900 500)",
    )
    return (
        sky("#e9dcc2", "#f3e7cd", SHEET)
        + circle(900, 420, 360, STRAW, 0.8)
        + "".join(
            line(f"M{x} 0C{x + 40} 200 {x - 40} 400 {x} 780", SAND, 26, 0.45) for x in along(9, 40, 1760)
        )
        + shape("M0 790H1800V1200H0Z", "#a85a38")
        + "".join(line(f"M0 {y}H1800", "#93492b", 6, 0.6) for y in (850, 930, 1030, 1140))
        + ellipse(720, 850, 640, 34, DEEP, 0.3)
        + lute
        # The bamboo block with its sticks.
        + ellipse(720, 1060, 300, 30, DEEP, 0.35)
        + rect(460, 984, 520, 66, "#d7b36a", 30)
        + "".join(rect(x, 984, 10, 66, "#b08a43") for x in (590, 720, 850))
        + line("M520 930L860 976", BARK, 22)
        + line("M700 910L980 984", BARK, 22)
        # The drum.
        + ellipse(1390, 1090, 230, 30, DEEP, 0.4)
        + shape("M1190 860C1160 930 1160 1010 1190 1080H1590C1620 1010 1620 930 1590 860Z", LACQUER)
        + "".join(circle(x, 884, 9, GOLD) + circle(x, 1060, 9, GOLD) for x in along(11, 1200, 1580))
        + ellipse(1390, 858, 200, 52, BARK)
        + ellipse(1390, 850, 190, 46, STRAW)
        + line("M1300 800L1560 720", BARK, 20)
    )


def cheo() -> str:
    """A chèo actress with her fan on a flowered mat."""
    ribs = "".join(
        line(f"M0 0L{-290 + 58 * n} {-250 - (0 if n in (0, 10) else 1) * (110 - abs(n - 5) * 22)}", DEEP, 6)
        for n in range(11)
    )
    fan = group(
        shape("M0 0L-290 -250C-190 -420 190 -420 290 -250Z", PINK),
        shape("M0 0L-150 -130C-100 -216 100 -216 150 -130Z", BLUSH),
        line("M-290 -250C-190 -420 190 -420 290 -250", ROSE, 14),
        ribs,
        circle(0, 0, 16, DEEP),
        move="translate(1276 560) rotate(38)",
    )
    tiles = "".join(
        shape(f"M{x} {y}l44 -22l44 22l-44 22Z", LACQUER if (row + col) % 2 else LEAF, 0.55)
        for row, y in enumerate((960, 1020, 1090))
        for col, x in enumerate(along(14, 160 - row * 60, 1560 + row * 60))
    )
    return (
        sky("#3a2430", "#6b2f2a", LACQUER)
        + circle(900, 470, 430, "#a8452c")
        + circle(900, 470, 360, "#c0653c", 0.7)
        + shape("M0 0H300C250 260 190 480 60 660C40 690 20 700 0 700ZM1800 0H1500C1550 260 1610 480 1740 660C1760 690 1780 700 1800 700Z", DEEP)
        + line("M290 0C240 260 180 480 50 650M1510 0C1560 260 1620 480 1750 650", LEAF, 10)
        + shape("M0 900H1800V1200H0Z", "#43222a")
        + shape("M180 920H1620L1780 1150H20Z", STRAW)
        + tiles
        + line("M180 920H1620L1780 1150H20Z", LACQUER, 14)
        + ellipse(900, 1060, 330, 34, DEEP, 0.4)
        # Skirt, tunic, sash.
        + shape("M760 700C720 840 660 980 610 1060H1190C1140 980 1080 840 1040 700Z", INK)
        + shape("M750 470C700 560 700 820 640 980C700 1010 780 1000 800 980L830 700H970L1000 980C1020 1000 1100 1010 1160 980C1100 820 1100 560 1050 470Z", JADE)
        + shape("M828 470L900 640L972 470Z", GLOW)
        + shape("M850 470L900 580L950 470Z", PAPER)
        + shape("M760 668C850 700 950 700 1040 668V716C950 746 850 746 760 716Z", ROSE)
        + shape("M860 716L820 960L872 950L900 730ZM936 716L960 980L1010 960L976 724Z", PINK)
        # Arms.
        + shape("M1040 490C1130 520 1210 560 1276 540L1290 584C1190 640 1090 620 1010 580Z", JADE)
        + circle(1284, 560, 30, SKIN)
        + shape("M760 490C670 540 600 520 540 420L586 396C640 460 690 450 780 440Z", JADE)
        + circle(556, 396, 27, SKIN)
        + line("M548 384C520 350 520 330 528 312M560 376C552 340 560 320 572 306M576 386C590 356 604 346 618 342", SKIN, 13)
        + fan
        # Head with its turban.
        + rect(868, 400, 64, 90, SKIN)
        + ellipse(900, 306, 106, 122, INK)
        + ellipse(900, 336, 90, 106, SKIN)
        + shape("M806 330C806 262 850 236 900 226C950 236 994 262 994 330C976 288 940 262 900 252C860 262 824 288 806 330Z", INK)
        + line("M800 262C836 178 964 178 1000 262", LACQUER, 46)
        + line("M806 236C850 168 950 168 994 236", GOLD, 8)
        + shape("M994 250C1040 230 1060 270 1028 300C1040 340 1000 340 996 300Z", LACQUER)
        + line("M846 318C858 306 876 306 886 316M914 316C924 306 942 306 954 318", INK, 7)
        + ellipse(866, 332, 10, 7, INK)
        + ellipse(934, 332, 10, 7, INK)
        + circle(846, 366, 20, PINK, 0.6)
        + circle(954, 366, 20, PINK, 0.6)
        + line("M896 340C892 356 892 362 902 366", CLAY, 5)
        + shape("M876 392C890 384 910 384 924 392C910 410 890 410 876 392Z", LACQUER)
    )  # fmt: skip


def festival_flags() -> str:
    """Five-coloured square flags of a village feast before the communal house, among rice fields."""

    def flag(x: float, y: float, size: float, tilt: float) -> str:
        colours = (JADE, LEAF, PAPER, LACQUER, "#2f5673")
        squares = "".join(
            rect(16 + n * 17, -n * -17 - 300, 240 - n * 34, 240 - n * 34, colour, 3)
            for n, colour in enumerate(colours)
        )
        teeth = "".join(shape(f"M256 {top}l34 20l-34 20Z", GOLD) for top in range(-300, -60, 40)) + "".join(
            shape(f"M{left} -60l20 34l20 -34Z", GOLD) for left in range(16, 256, 40)
        )
        return group(
            rect(0, -340, 14, 640, BARK),
            circle(7, -350, 16, GOLD),
            teeth,
            squares,
            move=f"translate({x} {y}) rotate({tilt}) scale({size})",
        )

    house = (
        rect(560, 640, 680, 130, LACQUER)
        + "".join(rect(x, 650, 22, 120, DEEP) for x in along(9, 580, 1198))
        + rect(500, 764, 800, 26, SAND)
        + roof(900, 664, 480, 300, 200, "#7a2415", 84)
        + rect(590, 452, 620, 16, DEEP)
        + "".join(line(f"M{x} 462q24 -44 60 -20q30 24 60 -6", GOLD, 9) for x in (640,))
        + line("M1160 462q-24 -44 -60 -20q-30 24 -60 -6", GOLD, 9)
        + circle(900, 440, 24, GOLD)
    )
    fields = "".join(
        shape(f"M{-200 + n * 260} 1210L{500 + n * 90} 790h50L{-40 + n * 260} 1210Z", "#7fae6a", 0.6)
        for n in range(9)
    )
    return (
        sky("#bcd9d6", "#e7ecd6", "#f6ebd0")
        + circle(1420, 230, 110, GOLD)
        + hills(700, 110, MINT, 0.9)
        + hills(760, 70, "#8fbf9f", 0.9, 2)
        + house
        + shape("M0 790H1800V1200H0Z", "#97bf72")
        + fields
        + shape("M840 790H960L1180 1200H620Z", SAND)
        + "".join(flag(x, y, s, t) for x, y, s, t in ((520, 800, 0.6, -3), (1180, 800, 0.6, 2), (330, 900, 0.86, -2), (1330, 900, 0.86, 3)))
        + "".join(flag(x, y, s, t) for x, y, s, t in ((60, 1000, 1.25, -3), (1480, 1000, 1.25, 2)))
        + "".join(
            shape(f"M{x - 46} {y}L{x} {y - 34}L{x + 46} {y}Z", STRAW) + shape(f"M{x - 24} {y}H{x + 24}L{x + 32} {y + 90}H{x - 32}Z", c)
            for x, y, c in ((800, 880, LACQUER), (900, 860, JADE), (990, 890, BARK), (870, 960, GLOW), (960, 990, PINE))
        )
    )  # fmt: skip
