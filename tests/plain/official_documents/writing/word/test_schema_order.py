"""Word refuses a file whose elements stand in another order than the schema's: the orders of ECMA-376, part 1,
annex A, for every element that is written and has one."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from khuevan.plain.official_documents.writing.word import write_word
from tests.plain.official_documents.writing import examples
from tests.plain.official_documents.writing.compositions import RULES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers""",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right between bar",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "font": """altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic
        embedBoldItalic""",
    "settings": """writeProtection view zoom removePersonalInformation defaultTabStop autoHyphenation
        characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang
        clrSchemeMapping doNotIncludeSubdocsInStats captions shapeDefaults decimalSymbol listSeparator""",
}  # fmt: skip


@pytest.mark.parametrize("example", ["letter", "report", "decision", "regulation"])
def test_elements_stand_in_the_order_of_the_schema(example: str) -> None:
    data = write_word(getattr(examples, example)(), rules=RULES, created=datetime(2026, 1, 5, tzinfo=UTC))
    seen: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if not part.endswith(".xml") or not part.startswith("word/"):
                continue
            for element in etree.fromstring(package.read(part)).iter():
                name = str(element.tag).removeprefix(W)
                if name not in ORDERS:
                    continue
                order = ORDERS[name].split()
                seen.add(name)
                children = [str(child.tag).removeprefix(W) for child in element]
                assert [child for child in children if child not in order] == [], f"{part}: {name}"
                places = [order.index(child) for child in children]
                assert places == sorted(places) or name == "sectPr", f"{part}: {name} holds {children}"
                if name == "sectPr":
                    # Headers and footers may be mixed.
                    assert places[4:] == sorted(places[4:]), children
    assert {"pPr", "rPr", "tblPr", "sectPr", "style", "lvl", "settings"} <= seen


@pytest.mark.parametrize("example", ["letter", "report", "decision", "regulation"])
def test_every_relationship_and_content_type_has_its_part(example: str) -> None:
    data = write_word(getattr(examples, example)(), rules=RULES, created=datetime(2026, 1, 5, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {f"word/{each.get('Target')}": each.get("Id") for each in relations}
        assert set(targets) <= names
        types = etree.fromstring(package.read("[Content_Types].xml"))
        overridden = {each.get("PartName", "").lstrip("/") for each in types if each.get("PartName")}
        assert overridden <= names
        known = {each.get("Extension") for each in types if each.get("Extension")}
        assert {name.rsplit(".", 1)[1] for name in names} <= known
        document = package.read("word/document.xml").decode()
        used = {
            value
            for element in etree.fromstring(document.encode()).iter()
            for key, value in element.attrib.items()
            if str(key).startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
        }
        assert used <= set(targets.values())
        numbers = {
            each.get(W + "numId")
            for each in etree.fromstring(package.read("word/numbering.xml")).iter(W + "num")
        }
        styled = {
            each.get(W + "styleId")
            for each in etree.fromstring(package.read("word/styles.xml")).iter(W + "style")
        }
        body = etree.fromstring(document.encode())
        assert {each.get(W + "val") for each in body.iter(W + "numId")} <= numbers
        assert {each.get(W + "val") for each in body.iter(W + "pStyle")} <= styled
