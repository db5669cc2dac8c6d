"""Which HTML a feed may carry out of the site: what reads well anywhere and runs nothing.

Feed readers show a story far from our stylesheets and scripts, and beside other people's texts. The names
are those of the HTML Living Standard, sections 4 and 16 (obsolete features); the choice is ours.
"""

from __future__ import annotations

from typing import Final

# fmt: off
KEPT: Final = frozenset([
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br",
    "caption", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div",
    "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "picture",
    "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "section", "small", "source", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "track", "u", "ul", "var", "video", "wbr",
])
# fmt: on
# Gone with all that they hold. Of every other element the content stays; those that never hold any are among
# these others, as a parser of older HTML takes what follows them for their content.
# fmt: off
DROPPED: Final = frozenset([
    "applet", "button", "canvas", "datalist", "dialog", "fencedframe", "frameset", "head", "listing", "map",
    "math", "meter", "noembed", "noframes", "noscript", "object", "optgroup", "option", "output",
    "plaintext", "portal", "progress", "script", "select", "style", "svg", "template", "textarea", "title",
    "xmp",
])
# fmt: on
# Kept, and never with content, which the parser of older HTML does not know.
EMPTY: Final = ("source", "track", "wbr")
# An embedded page becomes a link to it.
FRAMES: Final = frozenset(["iframe"])

ATTRIBUTES: Final = frozenset(["dir", "lang", "title"])
ATTRIBUTES_OF: Final[dict[str, frozenset[str]]] = {
    "a": frozenset(["href", "hreflang", "type"]),
    "audio": frozenset(["src", "controls"]),
    "blockquote": frozenset(["cite"]),
    "col": frozenset(["span"]),
    "colgroup": frozenset(["span"]),
    "data": frozenset(["value"]),
    "del": frozenset(["cite", "datetime"]),
    "details": frozenset(["open"]),
    "img": frozenset(["src", "srcset", "sizes", "alt", "width", "height"]),
    "ins": frozenset(["cite", "datetime"]),
    "li": frozenset(["value"]),
    "ol": frozenset(["reversed", "start", "type"]),
    "q": frozenset(["cite"]),
    "source": frozenset(["src", "srcset", "sizes", "media", "type", "width", "height"]),
    "td": frozenset(["colspan", "rowspan"]),
    "th": frozenset(["abbr", "colspan", "rowspan", "scope"]),
    "time": frozenset(["datetime"]),
    "track": frozenset(["src", "kind", "label", "srclang"]),
    "video": frozenset(["src", "controls", "height", "poster", "width"]),
}
ADDRESSES: Final = frozenset(["cite", "href", "poster", "src"])
# A link may also write or call; whatever a reader's program fetches by itself comes from the web.
LINK_SCHEMES: Final = frozenset(["http", "https", "mailto", "tel"])
WEB_SCHEMES: Final = frozenset(["http", "https"])
# Languages (ISO 639) whose usual script runs from right to left.
# fmt: off
RIGHT_TO_LEFT: Final = frozenset([
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
])
# fmt: on
