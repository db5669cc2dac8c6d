"""Drawings cleaned: what may stay stays as it is, what may not is gone, and every refusal in its own words."""

# ruff: noqa: E501 (drawings are quoted whole: a broken one is harder to compare than a long line)

from __future__ import annotations

import base64
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.svg import CleanedSvg, clean_svg
from khuevan.plain.media.svg_styles import clean_declarations, clean_sheet
from khuevan.plain.media.svg_vocabulary import ATTRIBUTES, ELEMENTS, SVG, XLINK

from . import samples
from .damaged import damaged
from .drawings import CLEAN, HOSTILE, ILLUSTRATOR


def drawing(inside: str, more: str = "") -> bytes:
    """A drawing with a rectangle and something else in it."""
    return (
        f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" {more}><rect width="9" height="9"/>{inside}</svg>'.encode()
    )


def cleaned(inside: str, more: str = "") -> tuple[str, tuple[str, ...]]:
    """What is left of the something else, and what is said to be gone."""
    found = clean_svg(drawing(inside, more))
    left = found.data.decode().partition('<rect width="9" height="9"/>')[2].partition("</svg>")[0]
    return left, found.removed


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(MediaError) as raised:
        clean_svg(data, **({} if limits is None else {"limits": limits}))
    return str(raised.value)


def canonical(data: bytes) -> str:
    return etree.canonicalize(data.decode(), strip_text=False)


def test_clean_svg_leaves_a_clean_drawing_as_it_is() -> None:
    found = clean_svg(CLEAN.encode())

    assert canonical(found.data) == canonical(CLEAN.encode())
    assert (found.width, found.height, found.removed) == (120.0, 80.0, ())


@pytest.mark.parametrize(
    "encoded", [CLEAN.encode("utf-8-sig"), CLEAN.replace("UTF-8", "UTF-16").encode("utf-16")]
)
def test_clean_svg_writes_utf_8_whatever_came(encoded: bytes) -> None:
    assert clean_svg(encoded) == clean_svg(CLEAN.encode())


def test_clean_svg_names_what_it_took_out_of_a_drawing_of_illustrator() -> None:
    found = clean_svg(ILLUSTRATOR.encode())

    assert (found.width, found.height, found.removed) == (200.0, 120.0, ("<foreignObject>", "style"))
    assert b".st1{clip-path:url(#SVGID_2_);fill:url(#G)}" in found.data


def test_clean_svg_leaves_only_shapes_of_a_hostile_drawing() -> None:
    found = clean_svg(HOSTILE.encode()).data

    assert [
        trace for trace in (b"window", b"127.0.0.1", b"script", b"import", b"image") if trace in found
    ] == []
    assert found.count(b"<rect") == 2


def test_clean_svg_drops_the_line_that_names_the_standard() -> None:
    standard = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'

    assert clean_svg(CLEAN.replace("?>\n", "?>\n" + standard, 1).encode()) == clean_svg(CLEAN.encode())


def test_clean_svg_gives_a_drawing_without_namespace_the_one_that_it_needs() -> None:
    found = clean_svg(b'<svg width="4" height="3px"><rect width="2"/></svg>')

    assert etree.fromstring(found.data)[0].tag == f"{{{SVG}}}rect"
    assert (found.width, found.height) == (4.0, 3.0)


@pytest.mark.parametrize(
    ("inside", "left", "removed"),
    [
        ("<script>alert(1)</script>", "", ("<script>",)),
        ('<script href="https://a.example/x.js"/>', "", ("<script>",)),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "", ("<foreignObject>",)),
        ("<p xmlns='http://www.w3.org/1999/xhtml'>x</p>", "", ("<p>",)),
        ('<circle r="4" onclick="alert(1)" ONLOAD="x"/>', '<circle r="4"/>', ("ONLOAD", "onclick")),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "", ("<set>",)),
        ('<use href="#a"><animate attributeName="href" values="data:x"/></use>', '<use href="#a"/>', ("<animate>",)),
        ('<a href="javascript:alert(1)"><circle r="4"/></a>', '<g><circle r="4"/></g>', ("<a>", "href")),
        ('<text>a<a xlink:href="https://a.example">b</a>c</text>', "<text>a<tspan>b</tspan>c</text>", ("<a>", "href")),
        ('<use href="https://a.example/b.svg#c"/><circle r="4"/>', '<use/><circle r="4"/>', ("href",)),
        ('<use xlink:href="data:image/svg+xml;base64,AAAA"/>', "<use/>", ("href",)),
        ('<image href="https://a.example/b.png"/>', "", ("<image>",)),
        ('<image href="data:image/svg+xml,%3Csvg/%3E"/>', "", ("<image>",)),
        ('<image href="data:image/png;base64,iVBORw0KGgo="/>', "", ("<image>",)),
        ('<filter id="f"><feImage href="https://a.example"/></filter>', '<filter id="f"/>', ("<feImage>",)),
        ('<circle fill="url(https://a.example#b)" r="4"/>', '<circle r="4"/>', ("fill",)),
        ('<circle fill="url(#b) red" r="4"/>', '<circle fill="url(#b) red" r="4"/>', ()),
        ('<circle style="fill:url(//a.example)" r="4"/>', '<circle style="" r="4"/>', ("style",)),
        ('<circle style="fill:red;background:url(x);r:4"/>', '<circle style="fill:red"/>', ("style",)),
        (r'<circle style="fill:u\72l(//a.example)"/>', '<circle style=""/>', ("style",)),
        ("<style>@import url(//a.example); .a{fill:red}</style>", "<style>.a{fill:red}</style>", ("<style>",)),
        ("<style>@font-face{font-family:x;src:url(//a)} .a{fill:red}</style>", "<style>.a{fill:red}</style>", ("<style>",)),
        ("<style>@media all{.a{fill:red}}</style>", "", ("<style>",)),
        ("<style>.a{fill:/* */red;/*url(*/stroke:blue}</style>", "<style>.a{fill:red;stroke:blue}</style>", ()),
        ("<style><![CDATA[.a>b{fill:red}]]></style>", "<style>.a&gt;b{fill:red}</style>", ()),
        ('<metadata><x xmlns="urn:y">Nguyễn Văn A</x></metadata>', "", ("<metadata>",)),
        ('<g xmlns:i="urn:inkscape" i:label="x"/>', "<g/>", ("label",)),
        ('<switch><g requiredExtensions="urn:x"/><circle r="1"/></switch>', '<switch><circle r="1"/></switch>', ("<g>",)),
        ("<!-- a --><?php echo 1 ?><g/>", "<g/>", ()),
        ("<iframe/><object/><embed/><handler/><listener/>", "", ("<embed>", "<handler>", "<iframe>", "<listener>", "<object>")),
    ],
)  # fmt: skip
def test_clean_svg_takes_out_what_runs_links_or_loads(
    inside: str, left: str, removed: tuple[str, ...]
) -> None:
    assert cleaned(inside) == (left, removed)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_clean_svg_keeps_a_picture_that_a_drawing_carries_in_itself(kind: str) -> None:
    pixels = base64.b64encode(samples.saved(samples.picture(), kind.upper())).decode()
    image = f'<image href="data:image/{kind};base64,{pixels}" width="4" height="3"/>'

    assert cleaned(image) == (image, ())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Line 1: the drawing is not well-formed here: export it again as plain SVG."),
        (
            b"\n<svg>\n<g>\n</svg>",
            "Line 4: the drawing is not well-formed here: export it again as plain SVG.",
        ),
        (
            b"<svg>\n&nbsp;</svg>",
            "Line 2: the drawing is not well-formed here: export it again as plain SVG.",
        ),
        (b"<svg>\xff</svg>", "The drawing holds bytes that are no text: export it again as SVG in UTF-8."),
        (b"<html/>", "The file is XML, but its first element is not <svg>: export the drawing as SVG."),
        (
            b'<svg xmlns="urn:x"/>',
            "The file is XML, but its first element is not <svg>: export the drawing as SVG.",
        ),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE svg [\n<!ENTITY a "b">]>\n<svg/>',
            "Line 2: the drawing declares entities (DOCTYPE with brackets), which can hide anything:"
            " export it again as plain SVG.",
        ),
        (
            b'<!-- <!DOCTYPE svg> -->\n<!DOCTYPE svg [<!ATTLIST rect onload CDATA "x">]><svg><rect/></svg>',
            "Line 1: the drawing declares entities (DOCTYPE with brackets), which can hide anything:"
            " export it again as plain SVG.",
        ),
    ],
)
def test_clean_svg_refuses_what_is_no_drawing(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<g/>",
        "<script/>",
        "<title>only words</title>",
        '<defs><rect width="4"/></defs>',
        '<clipPath><rect width="4"/></clipPath>',
        '<use href="https://a.example/b.svg#c"/>',
        '<image href="https://a.example/b.png"/>',
        "<foreignObject><rect/></foreignObject>",
    ],
)
def test_clean_svg_refuses_a_drawing_of_which_nothing_is_left(inside: str) -> None:
    assert refusal(f'<svg xmlns="{SVG}">{inside}</svg>'.encode()) == (
        "Nothing that can be drawn is left of the drawing once scripts, foreign content and links are taken"
        " out: export it again as plain SVG, or upload it as PNG."
    )


def uses(number: int) -> str:
    return f"<use href='#g{number}'/>" * 10


USES = (
    "The drawing repeats parts of itself without end or more than 100000 times:"
    " export it again with copies instead of references."
)


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>',
        '<mask id="m"><rect style="mask:url(#m)"/></mask>',
        "<g id='g0'><rect/></g>" + "".join(f"<g id='g{n + 1}'>{uses(n)}</g>" for n in range(9)),
    ],
)
def test_clean_svg_refuses_a_drawing_that_repeats_itself_without_end(inside: str) -> None:
    assert refusal(drawing(inside)) == USES


def test_clean_svg_refuses_what_is_over_its_bounds() -> None:
    assert refusal(drawing("<g>" * 60 + "</g>" * 60), Limits(svg_depth=50)) == (
        "The drawing nests more than 50 groups in each other: simplify it, or upload it as PNG."
    )
    assert refusal(drawing("<g/>" * 60), Limits(svg_elements=50)) == (
        "The drawing has more than 50 elements: simplify it, or upload it as PNG."
    )
    assert refusal(drawing(" " * 1_000_000), Limits(svg_bytes=1_000_000)) == (
        "The drawing is larger than 1 MB: simplify it, or upload it as PNG."
    )
    assert refusal(drawing("<g>" * 30_000 + "</g>" * 30_000)) == (
        "The drawing nests more than 80 groups in each other: simplify it, or upload it as PNG."
    )


@pytest.mark.parametrize(
    "data",
    [
        b"<svg>" + b"<!DOCTYPE " * 300_000,
        drawing("<style>" + "a{" * 300_000 + "</style>"),
        drawing("<style>" + "a{fill:red}" * 100_000 + "</style>"),
        drawing("<style>" + "/*" * 300_000 + "</style>"),
        drawing("<style>" + '"' * 300_000 + "</style>"),
        drawing('<rect fill="' + "url( " * 100_000 + '"/>'),
        drawing('<rect fill="url(' + " " * 300_000 + '"/>'),
        drawing('<rect style="' + "a:b;" * 100_000 + '"/>'),
        drawing("<title>" + "x<desc/>" * 30_000 + "</title>"),
        drawing("<rect" + "".join(f' a{number}=""' for number in range(100_000)) + "/>"),
    ],
    ids=[
        "doctype",
        "braces",
        "rules",
        "comments",
        "quotes",
        "urls",
        "spaces",
        "declarations",
        "text",
        "attributes",
    ],
)
def test_a_drawing_made_to_take_long_is_cleaned_or_refused(data: bytes) -> None:
    try:
        found: object = type(clean_svg(data))
    except MediaError as refused:
        found = type(refused)

    assert found in (CleanedSvg, MediaError)


def holds_only_what_may_stay(data: bytes) -> bool:
    """Judged anew, by another way than the cleaner's: every element and attribute of the result."""
    for element in etree.fromstring(data).iter():
        name = etree.QName(element)
        if name.namespace != SVG or name.localname not in ELEMENTS:
            return False
        for key, value in element.attrib.items():
            attribute = etree.QName(key).localname
            if attribute.lower().startswith("on") or attribute not in {*ATTRIBUTES, "href", "space", "lang"}:
                return False
            if attribute == "href" and not value.startswith(("#", "data:image/")):
                return False
        # Labels and names are read out or compared, never followed.
        values = [value for key, value in element.attrib.items() if key not in ("aria-label", "class", "id")]
        text = " ".join([*values, (element.text or "") if name.localname == "style" else ""])
        if "javascript:" in text.lower() or "url(" in text.lower().replace("url(#", "").replace("url('#", ""):
            return False
    return True


PIECES = (
    b"<script>alert(1)</script>",
    b' onload="x"',
    b"<foreignObject>",
    b'<a href="javascript:x">',
    b' href="//a.example"',
    b' fill="url(//a.example)"',
    b"@import url(x);",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE svg [",
    b"&#60;",
    b"\x00",
)


@pytest.mark.parametrize("seed", range(400))
def test_a_damaged_drawing_is_cleaned_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = damaged(CLEAN.encode(), chance, pieces=PIECES)
    try:
        found = clean_svg(data)
    except MediaError as refused:
        assert str(refused).count("\n") == 0  # noqa: PT017  (either is right)
    else:
        assert holds_only_what_may_stay(found.data)
        assert clean_svg(found.data).data == found.data


NAMES = st.sampled_from([*sorted(ELEMENTS), "script", "a", "foreignObject", "set", "animate", "image", "x:y"])
KEYS = st.sampled_from([*sorted(ATTRIBUTES), "onclick", "href", "xlink:href", "xml:base", "style"])
VALUES = st.sampled_from(["#a", "url(#a)", "URL( //x )", "javascript:a", "fill:red;x:url(y)", "data:image/png;base64,AA", "1"]) | st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters='<&"'), max_size=12
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    """An element of any name with any attributes, and others in it."""
    name = draw(NAMES)
    attributes = "".join(
        f' {key}="{value}"' for key, value in draw(st.dictionaries(KEYS, VALUES, max_size=3)).items()
    )
    inside = "".join(draw(st.lists(elements(depth + 1), max_size=2))) if depth < 3 else ""
    return f"<{name}{attributes}>{inside}</{name}>"


@settings(max_examples=150, deadline=None)
@given(elements())
def test_any_elements_are_cleaned_to_what_may_stay(inside: str) -> None:
    try:
        found = clean_svg(drawing(inside, 'xmlns:x="urn:x"'))
    except MediaError as refused:
        assert str(refused) == USES  # noqa: PT017  (a circle of references is all that can be wrong)
    else:
        assert holds_only_what_may_stay(found.data)
        assert clean_svg(found.data) == CleanedSvg(found.data, found.width, found.height, ())


def test_clean_declarations_keeps_what_is_known_and_harmless() -> None:
    assert clean_declarations(" FILL : red ; color:blue !important; x:y; font-family:'a;b' ; ") == (
        "fill:red;color:blue !important;font-family:'a;b'"
    )


def test_clean_sheet_keeps_plain_rules() -> None:
    assert clean_sheet(".a , #b:hover > c { fill : red } \\66 { fill:red } d{} e{fill:url(x)}") == (
        ".a , #b:hover > c{fill:red}"
    )
