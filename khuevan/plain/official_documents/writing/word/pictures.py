"""Pictures in the text: PNG and JPEG with their words for who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing.composition import Picture
from khuevan.plain.official_documents.writing.picture_files import kind_and_size
from khuevan.plain.official_documents.writing.word.names import (
    DRAWING,
    NAMESPACES,
    PICTURE,
    RELATIONSHIPS,
    WORD_DRAWING,
    paragraph,
    run,
    w,
)
from khuevan.plain.official_documents.writing.xml_text import safe

_EMU_OF_MM: Final = 36_000
# A picture leaves room for its caption on the page.
_MOST_OF_HEIGHT: Final = 0.85


class Pictures:
    """The pictures of one file: each is kept once, however often it stands in the text."""

    def __init__(self) -> None:
        self._names: dict[bytes, str] = {}
        self._shown = 0

    @property
    def parts(self) -> dict[str, bytes]:
        """The bytes by their name in the folder word."""
        return {name: data for data, name in self._names.items()}

    def elements(self, picture: Picture, width: float, height: float) -> Iterator[etree._Element]:
        """The picture in the middle of the line, its caption below; `width` and `height` of a page's text in
        millimetres.

        Raises UnwritableDocument for one that no page can show.
        """
        kind, across, down = kind_and_size(picture)
        name = self._names.setdefault(picture.data, f"media/image{len(self._names) + 1}.{kind}")
        self._shown += 1
        shown = width * min(max(picture.width, 0.05), 1.0)
        shown = min(shown, height * _MOST_OF_HEIGHT * across / down)
        size = (round(shown * _EMU_OF_MM), round(shown * down / across * _EMU_OF_MM))
        drawing = _drawing(picture, relation_of(name), self._shown, *size)
        keep = w("keepNext") if picture.caption else None
        yield paragraph(
            "ChuTrongBang",
            w("r", drawing),
            properties=(keep, w("spacing", before=120, after=60), w("jc", val="center")),
        )
        if picture.caption:
            yield paragraph("TenBang", run(picture.caption), properties=(w("spacing", before=0, after=120),))


def relation_of(name: str) -> str:
    """The identifier of the relationship to the picture of this name: media/image3.png is rIdImage3."""
    return "rIdImage" + name.rsplit("image", 1)[1].split(".", maxsplit=1)[0]


def _drawing(picture: Picture, relation: str, number: int, width: int, height: int) -> etree._Element:
    """An inline drawing (DrawingML); its description is the alternative text."""

    def element(space: str, name: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
        given = {key: str(value) for key, value in attributes.items()}
        made = etree.Element(f"{{{space}}}{name}", given, nsmap=NAMESPACES)
        made.extend(children)
        return made

    blip = element(DRAWING, "blip")
    blip.set(f"{{{RELATIONSHIPS}}}embed", relation)
    shown = element(
        PICTURE,
        "pic",
        element(
            PICTURE,
            "nvPicPr",
            element(PICTURE, "cNvPr", id=number, name=f"Hình {number}", descr=safe(picture.alternative)),
            element(PICTURE, "cNvPicPr"),
        ),
        element(PICTURE, "blipFill", blip, element(DRAWING, "stretch", element(DRAWING, "fillRect"))),
        element(
            PICTURE,
            "spPr",
            element(
                DRAWING,
                "xfrm",
                element(DRAWING, "off", x=0, y=0),
                element(DRAWING, "ext", cx=width, cy=height),
            ),
            element(DRAWING, "prstGeom", element(DRAWING, "avLst"), prst="rect"),
        ),
    )
    return w(
        "drawing",
        element(
            WORD_DRAWING,
            "inline",
            element(WORD_DRAWING, "extent", cx=width, cy=height),
            element(WORD_DRAWING, "docPr", id=number, name=f"Hình {number}", descr=safe(picture.alternative)),
            element(DRAWING, "graphic", element(DRAWING, "graphicData", shown, uri=PICTURE)),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        ),
    )
