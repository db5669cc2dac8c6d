"""Pictures opened, turned, coloured, scaled and written anew; and every refusal in its own words."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, features

from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.limits import Limits
from khuevan.plain.media.raster import (
    default_plan,
    open_picture,
    picture_kind,
    reencoded,
    renditions,
)
from khuevan.plain.media.signatures import PICTURES, Kind

from . import samples
from .damaged import damaged

FILES = {
    Kind.JPEG: samples.jpeg(),
    Kind.PNG: samples.png(),
    Kind.WEBP: samples.webp(),
    Kind.AVIF: samples.avif(),
    Kind.GIF: samples.gif(),
    Kind.TIFF: samples.tiff(),
}
ANIMATED = {kind: samples.animation(kind.value, 3) for kind in (Kind.GIF, Kind.PNG, Kind.WEBP, Kind.AVIF)}
AGAIN = "open it in a picture program, save it anew and upload that."


def colours(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def near(found: tuple[int, ...], expected: tuple[int, ...], allowed: int = 12) -> bool:
    return all(abs(one - other) <= allowed for one, other in zip(found, expected, strict=True))


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(MediaError) as raised:
        open_picture(data, **({} if limits is None else {"limits": limits}))
    return str(raised.value)


def test_pillow_from_its_wheel_reads_and_writes_every_format() -> None:
    assert [
        name for name in ("avif", "webp", "jpg", "zlib", "libtiff", "littlecms2") if not features.check(name)
    ] == []
    assert set(FILES) == PICTURES


@pytest.mark.parametrize("kind", FILES)
def test_open_picture_says_what_a_picture_is(kind: Kind) -> None:
    found = open_picture(FILES[kind])
    size = (16, 12) if kind is Kind.GIF else (64, 48)

    assert (found.kind, found.width, found.height, found.frames) == (kind, *size, 1)
    assert found.pixels.size == size


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.AVIF, Kind.TIFF])
def test_open_picture_turns_a_picture_upright(kind: Kind, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = samples.picture()
    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    stored = upright if method is None else upright.transpose(method)
    options = {Kind.JPEG: {"quality": 98}, Kind.AVIF: {"quality": 98}, Kind.WEBP: {"lossless": True}}.get(
        kind, {}
    )

    # Once only: Pillow takes the orientation out of what it was given when it writes AVIF.
    data = samples.saved(stored, kind.value, exif=exif, **options)

    found, written = open_picture(data), reencoded(data)

    for image in (found.pixels.convert("RGB"), colours(written.data)):
        assert image.size == (64, 48)
        for place in ((5, 5), (5, 40), (60, 5), (60, 40)):
            assert near(image.getpixel(place), upright.getpixel(place))


def test_renditions_come_in_each_width_and_format_and_never_wider_than_the_picture() -> None:
    picture = open_picture(samples.saved(samples.picture(100, 50), "PNG"))

    found = renditions(picture, [40, 400, 300, 80])

    assert [(each.kind, each.content_type, each.width, each.height) for each in found] == [
        (kind, f"image/{kind.lower()}", width, height)
        for width, height in ((40, 20), (80, 40), (100, 50))
        for kind in (Kind.AVIF, Kind.WEBP, Kind.JPEG)
    ]
    for each in found:
        opened = open_picture(each.data)
        assert (opened.kind, opened.width, opened.height) == (each.kind, each.width, each.height)


def test_renditions_come_in_the_widths_of_the_plan_where_none_are_named() -> None:
    picture = open_picture(samples.saved(Image.new("RGB", (700, 7)), "PNG"))

    assert [each.width for each in renditions(picture)][::3] == [320, 640, 700]
    assert default_plan().widths == (320, 640, 960, 1280, 1920, 2560)


@given(
    width=st.integers(1, 90),
    height=st.integers(1, 90),
    wanted=st.lists(st.integers(1, 200), min_size=1, max_size=3),
)
@settings(max_examples=20, deadline=None)
def test_renditions_have_the_sizes_that_they_say(width: int, height: int, wanted: list[int]) -> None:
    picture = open_picture(samples.saved(Image.new("RGB", (width, height)), "PNG"))

    for each in renditions(picture, wanted):
        assert open_picture(each.data).pixels.size == (each.width, each.height)
        assert each.width <= width
        assert abs(each.height - height * each.width / width) <= 1


@pytest.mark.parametrize("widths", [[], [0], [100, -1]])
def test_renditions_refuse_widths_that_are_none(widths: list[int]) -> None:
    with pytest.raises(MediaError) as raised:
        renditions(open_picture(samples.png()), widths)
    assert str(raised.value) == (
        "A picture was asked for in no width, or in one that is no positive number: name a width."
    )


def test_renditions_keep_transparency_where_the_format_has_it_and_lay_it_on_white_elsewhere() -> None:
    clear = Image.new("RGBA", (20, 20), (10, 20, 30, 0))

    avif, webp, jpeg = renditions(open_picture(samples.saved(clear, "PNG")), [20])

    assert open_picture(avif.data).pixels.getpixel((5, 5))[3] <= 2
    assert open_picture(webp.data).pixels.getpixel((5, 5))[3] == 0
    assert near(open_picture(jpeg.data).pixels.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_renditions_are_made_of_every_mode_of_pixels(mode: str) -> None:
    drawn = samples.picture(mode="L" if mode == "I;16" else mode)
    expected = drawn.convert("RGB").getpixel((5, 5))
    if mode == "I;16":
        drawn = drawn.convert("I").point(lambda value: value * 257).convert("I;16")
    data = samples.saved(drawn, "PNG")

    opened = open_picture(renditions(open_picture(data), [64])[1].data)

    if mode not in ("LA", "RGBA"):
        assert near(opened.pixels.convert("RGB").getpixel((5, 5)), expected, 40)
    assert reencoded(data).kind is Kind.PNG


def swapped_profile() -> bytes:
    """A profile whose red is sRGB's green, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"####", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"####", b"gXYZ", 1)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF"])
def test_renditions_turn_the_colours_of_a_profile_to_srgb(kind: str) -> None:
    red = Image.new("RGB", (16, 16), (250, 0, 0))

    found = renditions(open_picture(samples.saved(red, kind, icc_profile=swapped_profile())), [16])

    for each in found:
        assert near(open_picture(each.data).pixels.convert("RGB").getpixel((8, 8)), (0, 250, 0), 20)
        assert "icc_profile" not in open_picture(each.data).pixels.info


def test_renditions_turn_the_colours_of_transparent_pictures_too() -> None:
    red = Image.new("RGBA", (16, 16), (250, 0, 0, 255))

    found = renditions(open_picture(samples.saved(red, "PNG", icc_profile=swapped_profile())), [16])

    assert near(open_picture(found[0].data).pixels.convert("RGB").getpixel((8, 8)), (0, 250, 0), 20)


def test_renditions_pass_over_a_damaged_profile() -> None:
    red = Image.new("RGB", (16, 16), (250, 0, 0))

    found = renditions(open_picture(samples.saved(red, "PNG", icc_profile=b"no profile" * 20)), [16])

    assert near(open_picture(found[0].data).pixels.getpixel((8, 8)), (250, 0, 0), 20)


def test_reencoded_keeps_the_profile_of_a_still_picture() -> None:
    profile = swapped_profile()

    for kind in ("PNG", "JPEG", "WEBP", "AVIF", "TIFF"):
        found = reencoded(samples.saved(samples.picture(), kind, icc_profile=profile))
        assert open_picture(found.data).pixels.info.get("icc_profile") == profile


def test_reencoded_turns_print_colours_to_srgb() -> None:
    found = reencoded(samples.saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG"))

    assert open_picture(found.data).pixels.mode == "RGB"
    assert near(open_picture(found.data).pixels.getpixel((8, 8)), (255, 0, 0), 20)


@pytest.mark.parametrize("kind", FILES)
def test_reencoded_carries_nothing_behind_the_picture_and_no_details(kind: Kind) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret description"
    size = (16, 12) if kind is Kind.GIF else (64, 48)
    source = samples.saved(samples.picture(*size), kind.value, **({} if kind is Kind.GIF else {"exif": exif}))

    found = reencoded(source + (b"" if kind in (Kind.AVIF, Kind.TIFF) else b"something hidden"))

    assert b"secret" not in found.data
    assert b"hidden" not in found.data
    assert found.kind is (Kind.PNG if kind in (Kind.GIF, Kind.TIFF) else kind)
    assert (found.width, found.height) == size


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.WEBP, Kind.TIFF])
def test_reencoded_loses_nothing_of_a_lossless_picture(kind: Kind) -> None:
    source = samples.saved(samples.picture(), kind.value, **({"lossless": True} if kind is Kind.WEBP else {}))

    assert colours(reencoded(source).data).tobytes() == samples.picture().tobytes()


@pytest.mark.parametrize("kind", ANIMATED)
def test_reencoded_makes_an_animated_webp_of_every_animation(kind: Kind) -> None:
    found = reencoded(ANIMATED[kind])

    assert (found.kind, found.width, found.height) == (Kind.WEBP, 16, 12)
    assert open_picture(found.data).frames == open_picture(ANIMATED[kind]).frames == 3


def test_open_picture_takes_a_picture_with_a_second_one_behind_it() -> None:
    found = open_picture(samples.jpeg() + samples.jpeg())

    assert (found.kind, found.width, found.height, found.frames) == (Kind.JPEG, 64, 48, 1)


def claiming(width: int, height: int) -> dict[Kind, bytes]:
    """Small files that claim to be large pictures."""
    little = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    png, jpeg, tiff = samples.png(), samples.jpeg(), samples.tiff()
    wide, high = width.to_bytes(4, "big"), height.to_bytes(4, "big")
    header = wide + high + png[24:29]
    frame = jpeg.index(b"\xff\xc0") + 5
    avif = samples.avif()
    size = avif.index(b"ispe") + 8
    side = tiff.index(b"\x00\x01\x04\x00\x01\x00\x00\x00") + 8
    return {
        Kind.PNG: png[:8] + samples.png_chunk(b"IHDR", header) + png[33:],
        Kind.JPEG: jpeg[:frame] + high[2:] + wide[2:] + jpeg[frame + 4 :],
        Kind.GIF: samples.gif()[:6] + little + samples.gif()[10:],
        Kind.AVIF: avif[:size] + wide + high + avif[size + 8 :],
        Kind.WEBP: samples.saved(samples.picture(mode="RGBA"), "WEBP").replace(
            b"\x3f\0\0\x2f\0\0", (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"), 1
        ),
        Kind.TIFF: tiff[:side] + wide[::-1] + tiff[side + 4 : side + 12] + high[::-1] + tiff[side + 16 :],
    }  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_open_picture_refuses_what_claims_too_many_pixels_before_decoding_any(kind: Kind) -> None:
    assert refusal(claiming(20_000, 20_000)[kind]) == (
        "The picture claims 20000 × 20000 pixels, more than the 80 megapixels that are taken:"
        " make it smaller and upload that."
    )
    assert refusal(claiming(40_000, 100)[kind]) == (
        "The picture claims 40000 × 100 pixels, and no side may be longer than 30000:"
        " make it smaller and upload that."
    )


def test_open_picture_counts_the_pictures_on_the_screen_of_a_gif() -> None:
    animation = samples.gif(3)
    last = animation.rindex(b",\0\0\0\0\x10\0\x0c\0") + 5
    wide = animation[:last] + (40_000).to_bytes(2, "little") + animation[last + 2 :]

    assert refusal(wide) == (
        "The picture claims 40000 × 12 pixels, and no side may be longer than 30000:"
        " make it smaller and upload that."
    )


def test_open_picture_refuses_a_picture_of_too_many_bytes() -> None:
    assert refusal(samples.png() + bytes(1_000_000), Limits(picture_bytes=1_000_000)) == (
        "The picture is larger than 1 MB: save it with more compression and upload that."
    )


def test_open_picture_refuses_a_picture_in_too_many_passes() -> None:
    progressive = samples.jpeg(progressive=True)

    assert open_picture(progressive, Limits(jpeg_scans=10)).width == 64
    assert refusal(progressive, Limits(jpeg_scans=5)) == (
        "The picture is stored in more than 5 passes, as no camera does: save it anew and upload that."
    )


@pytest.mark.parametrize("kind", ANIMATED)
@pytest.mark.parametrize("limits", [Limits(frames=2), Limits(animation_pixels=500)])
def test_open_picture_refuses_too_long_an_animation(kind: Kind, limits: Limits) -> None:
    assert refusal(ANIMATED[kind], limits) == (
        f"The animation has more than {limits.frames} frames or {limits.animation_pixels // 1_000_000} megapixels"
        " in all: shorten it, or upload it as MP4 or WebM."
    )


@pytest.mark.parametrize("kind", FILES)
def test_open_picture_refuses_a_picture_that_was_cut_off(kind: Kind) -> None:
    words = {Kind.AVIF: "an AVIF", Kind.WEBP: "a WebP"}.get(kind, f"a {kind.value}")

    for part in (3, 2):
        assert refusal(FILES[kind][: len(FILES[kind]) * (part - 1) // part]) == (
            f"The picture is {words} picture, but it is damaged or incomplete: {AGAIN}"
        )


@pytest.mark.parametrize("data", [b"", samples.SVG, samples.PDF, b"\x00" * 100, samples.mp4()])
def test_picture_kind_refuses_what_is_no_picture_of_pixels(data: bytes) -> None:
    with pytest.raises(MediaError) as raised:
        picture_kind(data)
    assert str(raised.value) == (
        "The picture is not JPEG, PNG, WebP, AVIF, GIF or TIFF: save it as one of these and upload that."
    )


@pytest.mark.parametrize("seed", range(240))
def test_a_damaged_picture_is_opened_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    source = chance.choice([*FILES.values(), *ANIMATED.values()])
    data = damaged(source, chance, pieces=(b"\xff\xda", b"IDAT", b"\x21\xf9\x04", b"ispe"))
    small = Limits(pixels=200_000, animation_pixels=400_000, picture_bytes=100_000)
    try:
        found = open_picture(data, small)
        written = reencoded(data, small)
    except MediaError as refused:
        outcome: object = str(refused).count("\n")
    else:
        outcome = 0 if (written.width, written.height) == (found.width, found.height) else (found, written)

    assert outcome == 0
