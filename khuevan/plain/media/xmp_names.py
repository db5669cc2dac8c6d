"""The names under which XMP keeps what a picture says, as lxml writes them: {namespace}name.

Sources: XMP parts 1 and 2; technical reference of the IPTC Photo Metadata Standard; PLUS LDF 2.0.1.
"""

from __future__ import annotations

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
META: Final = "adobe:ns:meta/"
XML: Final = "http://www.w3.org/XML/1998/namespace"
EXIF: Final = "http://ns.adobe.com/exif/1.0/"
NOTE: Final = "http://ns.adobe.com/xmp/note/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
_RIGHTS: Final = "http://ns.adobe.com/xap/1.0/rights/"
_CORE: Final = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_EXTENSION: Final = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_PLUS: Final = "http://ns.useplus.org/ldf/xmp/1.0/"
_CC: Final = "http://creativecommons.org/ns#"

PREFIXES: Final = {
    "rdf": RDF,
    "x": META,
    "dc": _DC,
    "photoshop": _PHOTOSHOP,
    "xmpRights": _RIGHTS,
    "Iptc4xmpCore": _CORE,
    "Iptc4xmpExt": _EXTENSION,
    "plus": _PLUS,
    "xmpNote": NOTE,
}

DESCRIPTION: Final = f"{{{_DC}}}description"
HEADLINE: Final = f"{{{_PHOTOSHOP}}}Headline"
ALT_TEXT: Final = f"{{{_CORE}}}AltTextAccessibility"
CREATOR: Final = f"{{{_DC}}}creator"
CREDIT: Final = f"{{{_PHOTOSHOP}}}Credit"
RIGHTS: Final = f"{{{_DC}}}rights"
WEB_STATEMENT: Final = f"{{{_RIGHTS}}}WebStatement"
USAGE_TERMS: Final = f"{{{_RIGHTS}}}UsageTerms"
MARKED: Final = f"{{{_RIGHTS}}}Marked"
CITY: Final = f"{{{_PHOTOSHOP}}}City"
COUNTRY: Final = f"{{{_PHOTOSHOP}}}Country"
LOCATION: Final = f"{{{_CORE}}}Location"
DATE: Final = f"{{{_PHOTOSHOP}}}DateCreated"
KEYWORDS: Final = f"{{{_DC}}}subject"
COPYRIGHT_OWNER: Final = f"{{{_PLUS}}}CopyrightOwner"
COPYRIGHT_OWNER_NAME: Final = f"{{{_PLUS}}}CopyrightOwnerName"
LICENSOR: Final = f"{{{_PLUS}}}Licensor"
LICENSOR_URL: Final = f"{{{_PLUS}}}LicensorURL"
HAS_EXTENDED: Final = f"{{{NOTE}}}HasExtendedXMP"

# What other programs write in place of the above.
OWNER: Final = f"{{{_RIGHTS}}}Owner"
CC_LICENSE: Final = f"{{{_CC}}}license"
LOCATION_CREATED: Final = f"{{{_EXTENSION}}}LocationCreated"
LOCATION_SHOWN: Final = f"{{{_EXTENSION}}}LocationShown"
SHOWN_CITY: Final = f"{{{_EXTENSION}}}City"
SHOWN_COUNTRY: Final = f"{{{_EXTENSION}}}CountryName"
SHOWN_PLACE: Final = f"{{{_EXTENSION}}}Sublocation"
DATE_ORIGINAL: Final = f"{{{EXIF}}}DateTimeOriginal"

RDF_RDF: Final = f"{{{RDF}}}RDF"
RDF_DESCRIPTION: Final = f"{{{RDF}}}Description"
RDF_ABOUT: Final = f"{{{RDF}}}about"
RDF_RESOURCE: Final = f"{{{RDF}}}resource"
RDF_VALUE: Final = f"{{{RDF}}}value"
RDF_PARSE_TYPE: Final = f"{{{RDF}}}parseType"
RDF_LI: Final = f"{{{RDF}}}li"
RDF_ALT: Final = f"{{{RDF}}}Alt"
RDF_BAG: Final = f"{{{RDF}}}Bag"
RDF_SEQ: Final = f"{{{RDF}}}Seq"
XML_LANG: Final = f"{{{XML}}}lang"
