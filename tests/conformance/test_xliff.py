"""Our XLIFF against the schema that OASIS published."""

from __future__ import annotations

from lxml import etree

from khuevan.plain.translation_files import Unit, xliff_bytes
from tests.conformance.standards import standard


def test_xliff_holds_to_the_published_schema():
    schema = etree.XMLSchema(etree.parse(standard("xliff/xliff-core-1.2-strict.xsd")))
    units = [
        Unit("title:1", "title", "The archive opens", "Les archives ouvrent", "Title"),
        Unit("body.x:1", "body.x", 'Read <a id="a1">the <b>list</b></a>.<br/>Now', "", "Text"),
        Unit("body.x:2", "body.x", "1 &lt; 2", "1 &lt; 2", "Text", is_machine=True),
    ]
    schema.assertValid(
        etree.fromstring(xliff_bytes(units, original="7@12", source_language="en", target_language="zh-hans"))
    )
