"""XMP, the newer form of a picture's details: read into a value, and the value written into a packet.

Source: XMP part 1 (2012) and part 2; IPTC Photo Metadata Standard 2023.1; PLUS LDF 2.0.1. Looked at before
writing our own: python-xmp-toolkit (needs the library Exempi), xmpkit-py (a few months old, no packet is
edited), the exiftool bindings (need a program).
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from khuevan.plain.media import xmp_names as n
from khuevan.plain.media.dates import date_of_xmp
from khuevan.plain.media.picture_metadata import DEFAULT_LANGUAGE, ByLanguage, PictureMetadata
from khuevan.plain.media.xmp_packet import Property, XmpPacket

_LISTS = (n.RDF_ALT, n.RDF_BAG, n.RDF_SEQ)


def xmp_values(packet: XmpPacket) -> PictureMetadata:
    """What a packet says; places, owner, licence and date also from where other programs write them."""
    city, country, location = (_text(packet.find(name)) for name in (n.CITY, n.COUNTRY, n.LOCATION))
    if not (city or country or location):
        city, country, location = _place(packet)
    holders = tuple(_fields(packet.find(n.COPYRIGHT_OWNER), n.COPYRIGHT_OWNER_NAME))
    return PictureMetadata(
        description=_by_language(packet.find(n.DESCRIPTION)),
        headline=_text(packet.find(n.HEADLINE)),
        alt_text=_by_language(packet.find(n.ALT_TEXT)),
        creators=_texts(packet.find(n.CREATOR)),
        credit_line=_text(packet.find(n.CREDIT)),
        copyright_notice=_by_language(packet.find(n.RIGHTS)),
        rights_holders=holders or _texts(packet.find(n.OWNER)),
        license_url=_text(packet.find(n.WEB_STATEMENT)) or _text(packet.find(n.CC_LICENSE)),
        licensor_url=next(iter(_fields(packet.find(n.LICENSOR), n.LICENSOR_URL)), ""),
        usage_terms=_by_language(packet.find(n.USAGE_TERMS)),
        city=city,
        country=country,
        location=location,
        date_created=date_of_xmp(_text(packet.find(n.DATE))) or _text(packet.find(n.DATE_ORIGINAL)),
        keywords=_texts(packet.find(n.KEYWORDS)),
    )


def set_xmp_values(packet: XmpPacket, metadata: PictureMetadata) -> None:
    """Puts a value into a packet; everything that has no place in the value is kept.

    What other programs write in place of an empty field goes as well, so that what was emptied stays empty.
    """
    _set(packet, n.DESCRIPTION, _alternatives(n.DESCRIPTION, metadata.description))
    _set(packet, n.HEADLINE, _simple(n.HEADLINE, metadata.headline))
    _set(packet, n.ALT_TEXT, _alternatives(n.ALT_TEXT, metadata.alt_text))
    _set(packet, n.CREATOR, _list(n.CREATOR, n.RDF_SEQ, metadata.creators))
    _set(packet, n.CREDIT, _simple(n.CREDIT, metadata.credit_line))
    _set(packet, n.RIGHTS, _alternatives(n.RIGHTS, metadata.copyright_notice))
    _set_owners(packet, metadata.rights_holders)
    _set(packet, n.WEB_STATEMENT, _simple(n.WEB_STATEMENT, metadata.license_url), (n.CC_LICENSE,))
    _set_licensor(packet, metadata.licensor_url)
    _set(packet, n.USAGE_TERMS, _alternatives(n.USAGE_TERMS, metadata.usage_terms))
    _set(packet, n.CITY, _simple(n.CITY, metadata.city))
    _set(packet, n.COUNTRY, _simple(n.COUNTRY, metadata.country))
    _set(packet, n.LOCATION, _simple(n.LOCATION, metadata.location))
    if not (metadata.city or metadata.country or metadata.location):
        packet.remove(n.LOCATION_CREATED)
        packet.remove(n.LOCATION_SHOWN)
    _set(packet, n.DATE, _simple(n.DATE, metadata.date_created), (n.DATE_ORIGINAL,))
    _set(packet, n.KEYWORDS, _list(n.KEYWORDS, n.RDF_BAG, metadata.keywords))


def drop_xmp_position(packet: XmpPacket) -> None:
    """Takes the position out: exif:GPS…, what makers of drones and telephones write, at any depth."""
    packet.drop_where(lambda name: name.rpartition("}")[2].lower().startswith(("gps", "geotag")))


def _text(found: Property | None) -> str:
    """A property as one text: that of an attribute, an element, a resource, or the first of a list."""
    if found is None or isinstance(found, str):
        return found or ""
    items = _items(found)
    if items is not None:
        return next((text for _, text in items), "")
    if found.get(n.RDF_RESOURCE) is not None:
        return str(found.get(n.RDF_RESOURCE))
    value = next(found.iter(n.RDF_VALUE), None)
    if value is not None:
        return value.text or ""
    return found.text or ""


def _texts(found: Property | None) -> tuple[str, ...]:
    """A property as several texts."""
    items = _items(found) if found is not None and not isinstance(found, str) else None
    return tuple(text for _, text in items) if items is not None else (_text(found),)


def _by_language(found: Property | None) -> ByLanguage:
    """A property as a text by language."""
    items = _items(found) if found is not None and not isinstance(found, str) else None
    return ByLanguage(tuple(items)) if items is not None else ByLanguage.of(_text(found))


def _items(found: etree._Element) -> list[tuple[str, str]] | None:
    """The entries of a list, each with its language; None where the property is no list."""
    held = next((child for child in found if child.tag in _LISTS), None)
    if held is None:
        return None
    return [(li.get(n.XML_LANG) or DEFAULT_LANGUAGE, _text(li)) for li in held.iterchildren(n.RDF_LI)]


def _structures(found: Property | None) -> list[etree._Element]:
    """The structures of a property, of which each field is a child or an attribute."""
    if found is None or isinstance(found, str):
        return []
    held = next((child for child in found if child.tag in _LISTS), None)
    whole = list(held.iterchildren(n.RDF_LI)) if held is not None else [found]
    return [next(each.iterchildren(n.RDF_DESCRIPTION), each) for each in whole]


def _field(structure: etree._Element, name: str) -> str:
    return structure.get(name) or _text(structure.find(name))


def _fields(found: Property | None, name: str) -> list[str]:
    return [text for each in _structures(found) if (text := _field(each, name))]


def _place(packet: XmpPacket) -> tuple[str, str, str]:
    """City, country and place where the picture was taken, else those that it shows."""
    for name in (n.LOCATION_CREATED, n.LOCATION_SHOWN):
        for each in _structures(packet.find(name)):
            place = tuple(_field(each, field) for field in (n.SHOWN_CITY, n.SHOWN_COUNTRY, n.SHOWN_PLACE))
            if any(place):
                return place[0], place[1], place[2]
    return "", "", ""


def _set(packet: XmpPacket, name: str, element: etree._Element | None, instead: Iterable[str] = ()) -> None:
    """Replaces a property; where it is emptied, what is read in its place goes too."""
    packet.remove(name)
    if element is not None:
        packet.add(element)
        return
    for other in instead:
        packet.remove(other)


def _set_owners(packet: XmpPacket, names: tuple[str, ...]) -> None:
    """Replaces the owners where they differ, so that their identifiers stay where they do not."""
    found = packet.find(n.COPYRIGHT_OWNER)
    if names and found is not None and tuple(_fields(found, n.COPYRIGHT_OWNER_NAME)) == names:
        packet.renew(n.COPYRIGHT_OWNER)
        return
    element = _structure_list(n.COPYRIGHT_OWNER, n.COPYRIGHT_OWNER_NAME, names)
    _set(packet, n.COPYRIGHT_OWNER, element, (n.OWNER,))


def _set_licensor(packet: XmpPacket, url: str) -> None:
    """Replaces the licensor's address; what else is said of the licensor stays."""
    found = _structures(packet.find(n.LICENSOR))
    for each in found:
        each.attrib.pop(n.LICENSOR_URL, "")
        for field in each.findall(n.LICENSOR_URL):
            each.remove(field)
    packet.renew(n.LICENSOR)
    if not url:
        return
    if not found:
        _set(packet, n.LICENSOR, _structure_list(n.LICENSOR, n.LICENSOR_URL, (url,)))
    elif found[0].tag == n.RDF_DESCRIPTION or n.RDF_PARSE_TYPE in found[0].attrib:
        etree.SubElement(found[0], n.LICENSOR_URL).text = url
    else:
        found[0].set(n.LICENSOR_URL, url)


def _element(name: str) -> etree._Element:
    namespace = etree.QName(name).namespace
    return etree.Element(
        name, nsmap={key: uri for key, uri in n.PREFIXES.items() if uri in (namespace, n.RDF)}
    )


def _simple(name: str, text: str) -> etree._Element | None:
    if not text:
        return None
    element = _element(name)
    element.text = text
    return element


def _list(name: str, kind: str, texts: tuple[str, ...]) -> etree._Element | None:
    if not texts:
        return None
    element = _element(name)
    held = etree.SubElement(element, kind)
    for text in texts:
        etree.SubElement(held, n.RDF_LI).text = text
    return element


def _alternatives(name: str, text: ByLanguage) -> etree._Element | None:
    """A text by language; the default comes first, and once more under its language."""
    if not text.entries:
        return None
    element = _element(name)
    held = etree.SubElement(element, n.RDF_ALT)
    others = [entry for entry in text.entries if entry[0] != DEFAULT_LANGUAGE]
    for language, words in ((DEFAULT_LANGUAGE, text.default), *others):
        etree.SubElement(held, n.RDF_LI, {n.XML_LANG: language}).text = words
    return element


def _structure_list(name: str, field: str, texts: tuple[str, ...]) -> etree._Element | None:
    if not texts:
        return None
    element = _element(name)
    held = etree.SubElement(element, n.RDF_SEQ)
    for text in texts:
        item = etree.SubElement(held, n.RDF_LI, {n.RDF_PARSE_TYPE: "Resource"})
        etree.SubElement(item, field).text = text
    return element
