"""The package of a Word file (ISO/IEC 29500-2): the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from khuevan.plain.official_documents.writing.word.names import RELATIONSHIPS, paragraph, w
from khuevan.plain.official_documents.writing.word.pictures import relation_of
from khuevan.plain.official_documents.writing.word.styles import FONT
from khuevan.plain.official_documents.writing.xml_text import safe

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
# ZIP knows no time before 1980, and no zone: a fixed one says nothing and changes nothing.
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PARTS: Final = (
    ("rIdStyles", "styles", "styles.xml"),
    ("rIdNumbering", "numbering", "numbering.xml"),
    ("rIdSettings", "settings", "settings.xml"),
    ("rIdFonts", "fontTable", "fontTable.xml"),
    ("rIdHeader", "header", "header1.xml"),
    ("rIdHeaderEmpty", "header", "header2.xml"),
    ("rIdFooterFirst", "footer", "footer1.xml"),
    ("rIdFooterEmpty", "footer", "footer2.xml"),
)


def packed(
    *,
    document: etree._Element,
    styles: etree._Element,
    numbering: etree._Element,
    page_number: etree._Element,
    contact: etree._Element,
    pictures: Mapping[str, bytes],
    title: str,
    subject: str,
    author: str,
    created: datetime,
) -> bytes:
    """The file. `pictures` holds bytes by name in the folder word."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types().encode(),
        "_rels/.rels": _relationships(
            (
                ("rId1", f"{RELATIONSHIPS}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
                ("rId3", f"{RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
            )
        ).encode(),
        "docProps/core.xml": _core(title, subject, author, created).encode(),
        "docProps/app.xml": _application().encode(),
        "word/document.xml": _bytes(document),
        "word/_rels/document.xml.rels": _relationships(
            (
                *((relation, f"{RELATIONSHIPS}/{kind}", target) for relation, kind, target in _PARTS),
                *((relation_of(name), f"{RELATIONSHIPS}/image", name) for name in pictures),
            )
        ).encode(),
        "word/styles.xml": _bytes(styles),
        "word/numbering.xml": _bytes(numbering),
        "word/settings.xml": _bytes(_settings()),
        "word/fontTable.xml": _bytes(_fonts()),
        "word/header1.xml": _bytes(page_number),
        "word/header2.xml": _bytes(w("hdr", paragraph("SoTrang"))),
        "word/footer1.xml": _bytes(contact),
        "word/footer2.xml": _bytes(w("ftr", paragraph("DiaChi"))),
        **{f"word/{name}": data for name, data in pictures.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = (
                zipfile.ZIP_STORED if name.startswith("word/media/") else zipfile.ZIP_DEFLATED
            )
            entry.create_system = 0
            archive.writestr(entry, data, compresslevel=6)
    return stream.getvalue()


def _bytes(element: etree._Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types() -> str:
    overrides = (
        ("/word/document.xml", _KIND + "document.main+xml"),
        ("/word/styles.xml", _KIND + "styles+xml"),
        ("/word/numbering.xml", _KIND + "numbering+xml"),
        ("/word/settings.xml", _KIND + "settings+xml"),
        ("/word/fontTable.xml", _KIND + "fontTable+xml"),
        ("/word/header1.xml", _KIND + "header+xml"),
        ("/word/header2.xml", _KIND + "header+xml"),
        ("/word/footer1.xml", _KIND + "footer+xml"),
        ("/word/footer2.xml", _KIND + "footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


def _relationships(relations: tuple[tuple[str, str, str], ...]) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">'
        + "".join(
            f"<Relationship Id={quoteattr(name)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
            for name, kind, target in relations
        )
        + "</Relationships>"
    )


def _core(title: str, subject: str, author: str, created: datetime) -> str:
    when = created if created.tzinfo is None else created.astimezone(UTC)
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(safe(title))}</dc:title><dc:subject>{escape(safe(subject))}</dc:subject>"
        f"<dc:creator>{escape(safe(author))}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(safe(author))}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"{dated}<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _application() -> str:
    return (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Khuê Văn</Application></Properties>"
    )


def _settings() -> etree._Element:
    compatibility = w("compat")
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    ):
        compatibility.append(
            w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        compatibility,
        w("themeFontLang", val="vi-VN"),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def _fonts() -> etree._Element:
    """Times New Roman as Windows has it, so that a program without it takes a face of the same kind."""
    return w(
        "fonts",
        w(
            "font",
            w("panose1", val="02020603050405020304"),
            w("charset", val="00"),
            w("family", val="roman"),
            w("pitch", val="variable"),
            name=FONT,
        ),
    )
