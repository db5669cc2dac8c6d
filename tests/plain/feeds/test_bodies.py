"""Bodies of items: what leaves the site, and what never does."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.plain.feeds.bodies import syndicated_body, syndicated_html
from khuevan.plain.feeds.body_markup import KEPT
from tests.plain.feeds import samples
from tests.plain.feeds.samples import RELEASE, STORY

BASE = "https://a.vn/vi/tin/1"
BODIES = {
    "": "",
    "  ": "",
    "chữ & < >": "chữ &amp; &lt; &gt;",
    "<p>một<p>hai<br/>ba": "<p>một</p><p>hai<br>ba</p>",
    "<b>x</b> sau <font color=red>f</font>": "<b>x</b> sau f",
    # Addresses.
    '<a href="/x?a=1&amp;b=2">x</a>': '<a href="https://a.vn/x?a=1&amp;b=2">x</a>',
    '<a href="#ghi-chu">x</a>': '<a href="https://a.vn/vi/tin/1#ghi-chu">x</a>',
    '<a href="//b.vn">x</a>': '<a href="https://b.vn">x</a>',
    '<a href="mailto:a@b.vn">x</a>': '<a href="mailto:a@b.vn">x</a>',
    '<a href="https://a:b@c.vn/">x</a>': "<a>x</a>",
    '<img src="../ảnh 1.jpg" alt="Ảnh" width="9" class="c">': (
        '<img src="https://a.vn/vi/%E1%BA%A3nh%201.jpg" alt="Ảnh" width="9">'
    ),
    '<picture><source srcset="a.webp 1x, b,c.webp 2x"><img src="a.jpg"></picture>': (
        '<picture><source srcset="https://a.vn/vi/tin/a.webp 1x, https://a.vn/vi/tin/b%2Cc.webp 2x">'
        '<img src="https://a.vn/vi/tin/a.jpg"></picture>'
    ),
    '<video poster="p.jpg" src="v.mp4" autoplay controls></video>': (
        '<video poster="https://a.vn/vi/tin/p.jpg" src="https://a.vn/vi/tin/v.mp4" controls=""></video>'
    ),
    # What runs, or pretends.
    "<script>x()</script>a<style>b</style>c": "ac",
    '<p onclick="x()" style="y" id="z" lang="en">t</p>': '<p lang="en">t</p>',
    '<a href=" java\tscript:x()">x</a><a href="data:text/html,x">y</a>': "<a>x</a><a>y</a>",
    '<img src="data:image/png;base64,x" alt="Hồ Gươm"> sau': "Hồ Gươm sau",
    '<iframe src="/phim/1" title="Phim &amp; ảnh"></iframe>': '<a href="https://a.vn/phim/1">Phim &amp; ảnh</a>',
    '<iframe src="/phim/1"></iframe>': '<a href="https://a.vn/phim/1">https://a.vn/phim/1</a>',
    '<iframe src="javascript:x()">a</iframe>b': "b",
    "<form><input value=1>giữ<textarea>bỏ</textarea></form>": "giữ",
    "<svg><a href=x>a</a></svg><math><mi>b</mi></math>c": "c",
    "<noscript><img src=x onerror=x()></noscript>a": "a",
    "<object data=x>a<embed src=y></object>b<embed src=z>c": "bc",
    "<iframe src=/x {<p>": '<a href="https://a.vn/x">https://a.vn/x</a>',
    '<p {="1" "=2 x:y=3>a': "<p>a</p>",
    # What is badly written.
    "</div></body></html>a<script>x()</script>b<wbr>c": "ab<wbr>c",
    "<html><head><title>t</title><base href='//b.vn'></head><body>a</body></html>": "a",
    "<!-- x --><?php y ?>a<![CDATA[z]]>": "a",
    "<frameset><frame></frameset>a": "a",
    "\ud83d\ude00\x00\ud800": "😀 �",
}


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_body_leaves_the_site_harmless_and_with_absolute_addresses(body: str) -> None:
    assert syndicated_html(body, base=BASE) == BODIES[body]


def test_body_nested_a_thousand_deep_is_kept() -> None:
    deep = "<div>" * 1000 + "sâu" + "</div>" * 1000 + "sau"
    assert syndicated_html(deep, base=BASE) == deep


def test_correction_stands_before_the_text() -> None:
    item = replace(STORY, body="<p>Tin</p>", address=BASE)
    assert item.correction is not None
    item = replace(item, correction=replace(item.correction, text="12 < 21\nkhông phải 21"))
    assert syndicated_body(item) == "<aside><p>12 &lt; 21<br>không phải 21</p></aside>\n<p>Tin</p>"


def test_text_from_right_to_left_says_so() -> None:
    assert syndicated_body(RELEASE) == '<div dir="rtl" lang="ar"><p>نص</p></div>'
    assert syndicated_body(replace(RELEASE, body="")) == ""


class Listener(HTMLParser):
    """The elements, addresses and other attributes that the standard library's own reader finds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.found: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {key for key, _ in attrs}
        self.found += [value or "" for key, value in attrs if key in ("href", "src", "poster", "cite")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<a href='",
            '<img src="',
            "'>",
            '">',
            "javascript:x()",
            "/x",
            "../y",
            "//b.vn/",
            "<script>",
            "</script>",
            "<style>",
            "<svg>",
            "</svg>",
            "<math>",
            "<iframe src=",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<table>",
            "<tr><td>",
            "<title>",
            "<textarea>",
            "</textarea>",
            "<xmp>",
            "<plaintext>",
            "<noscript>",
            "</noscript>",
            " onerror=x() ",
            "<video poster=",
            "<source srcset='",
            "<wbr>",
            "<select><option>",
            "<template>",
            "</div>",
            "</body>",
            "<base href=//c.vn>",
            "&lt;script&gt;",
            "&#0;",
            "&amp;",
            "&",
            "<",
            ">",
            "chữ",
            " ",
            "\x00",
            "\ud800",
            "=",
            "`",
            "<blockquote cite=",
            "<div>",
            "<mglyph>",
            "<p style='",
            "<a xlink:href=javascript:x()>",
            "<form><button formaction=javascript:x()>",
            "<frameset>",
        ]
    )
    | samples.texts,
    max_size=14,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(FRAGMENTS)
def test_nothing_that_runs_ever_leaves(body: str) -> None:
    listener = Listener()
    written = syndicated_html(body, base=BASE)
    listener.feed(written)
    listener.close()
    assert listener.tags <= KEPT
    assert not {
        name for name in listener.attributes if name.startswith("on") or name in ("style", "xlink:href")
    }
    assert all(address.startswith(("http://", "https://", "mailto:", "tel:")) for address in listener.found)
    written.encode()


@settings(deadline=None)
@given(FRAGMENTS)
def test_body_once_cleaned_keeps_its_words(body: str) -> None:
    once = syndicated_html(body, base=BASE)
    assert words_of(syndicated_html(once, base=BASE)) == words_of(once)


def words_of(written: str) -> str:
    """The text between the elements, as the standard library's reader finds it, without its spaces."""
    listener = Listener()
    listener.feed(written)
    listener.close()
    return "".join("".join(listener.words).split())
