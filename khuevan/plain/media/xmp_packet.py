"""An XMP packet as a tree: parsed within bounds, its properties found, replaced and written again.

Source: XMP part 1, section 7 (the part of RDF/XML that XMP uses) and annex C (properties as attributes,
structures as attributes, rdf:value); the packet wrapper by section 7.3.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from khuevan.plain.media import xmp_names as n
from khuevan.plain.media.damage import Damage, TooManyPieces
from khuevan.plain.media.limits import DEFAULT_LIMITS, Limits

_BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = b'\n<?xpacket end="w"?>'
_UTF_16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))

Property = etree._Element | str


class XmpPacket:
    """The properties of a packet. A property is an element, or a text where it stood as an attribute."""

    def __init__(self, root: etree._Element) -> None:
        """Takes the rdf:RDF element."""
        self._root = root

    @classmethod
    def empty(cls) -> XmpPacket:
        """A packet that says nothing."""
        return cls(etree.Element(n.RDF_RDF, nsmap={"rdf": n.RDF}))

    @classmethod
    def parsed(cls, data: bytes, limits: Limits = DEFAULT_LIMITS) -> XmpPacket:
        """The packet in some bytes; raises `Damage` where they are no XMP, `TooManyPieces` over a bound."""
        if len(data) > limits.metadata_bytes:
            raise TooManyPieces
        data = _in_utf_8(data)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Damage(0)
        # Before a tree is built: an element has at most two tags.
        if data.count(b"<") > 2 * limits.metadata_elements + 1_000:
            raise TooManyPieces
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data.strip(b"\0 \t\r\n"), parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise Damage(0) from None
        _check_bounds(root, limits)
        rdf = root if root.tag == n.RDF_RDF else next(root.iter(n.RDF_RDF), None)
        if rdf is None:
            raise Damage(0)
        return cls(rdf)

    def find(self, name: str) -> Property | None:
        """The property of that name; None where there is none."""
        for description in self._descriptions():
            if name in description.attrib:
                return str(description.attrib[name])
            found = description.find(name)
            if found is not None:
                return found
        return None

    def remove(self, name: str) -> None:
        """Takes every property of that name out."""
        for description in self._descriptions():
            description.attrib.pop(name, "")
            for element in description.findall(name):
                description.remove(element)

    def add(self, element: etree._Element) -> None:
        """Puts a property in."""
        self._home().append(element)

    def renew(self, name: str) -> None:
        """Puts a property that stays behind the others, where it would stand had it been written anew."""
        found = self.find(name)
        if found is not None and not isinstance(found, str):
            self.remove(name)
            self.add(found)

    def merge(self, other: XmpPacket) -> None:
        """Takes over the properties of another packet that this one does not have."""
        home = self._home()
        names = {str(name) for description in self._descriptions() for name in description.attrib}
        names |= {element.tag for description in self._descriptions() for element in description}
        for description in other._descriptions():
            for key, value in description.attrib.items():
                if key != n.RDF_ABOUT and key not in names:
                    # As an element, for telephones write whole depth maps into attributes.
                    etree.SubElement(home, str(key)).text = str(value)
            for element in description:
                if element.tag not in names:
                    home.append(copy.deepcopy(element))

    def drop_where(self, is_gone: Callable[[str], bool]) -> None:
        """Takes out every property and every field, at any depth, whose {namespace}name is to go."""
        for element in list(self._root.iter()):
            for name in [name for name in element.attrib if is_gone(str(name))]:
                element.attrib.pop(name)
            parent = element.getparent()
            if parent is not None and element is not self._root and is_gone(element.tag):
                parent.remove(element)

    def divided(self, room: int) -> tuple[XmpPacket, XmpPacket | None]:
        """The packet, and a second one with the largest properties where the first alone is over `room` bytes."""
        if len(self.written()) <= room:
            return self, None
        first, second = XmpPacket(copy.deepcopy(self._root)), XmpPacket.empty()
        first._spell_out()
        elements = [element for description in first._descriptions() for element in description]
        sizes = {element: len(etree.tostring(element)) for element in elements}
        left = len(first.written())
        for element in sorted(elements, key=lambda each: -sizes[each]):
            # Some space for the note that points to the second packet.
            if left <= room - 200:
                break
            second.add(copy.deepcopy(element))
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            left -= sizes[element]
        return first, second

    def written(self) -> bytes:
        """The packet in UTF-8 with its wrapper, ready to be put into a file."""
        meta = etree.Element(f"{{{n.META}}}xmpmeta", nsmap={"x": n.META})
        meta.append(copy.deepcopy(self._root))
        return _BEGIN + etree.tostring(meta, encoding="utf-8") + _END

    def note_extended(self, identifier: str) -> None:
        """Says that a second packet belongs to this one, by its checksum."""
        self._home().set(n.HAS_EXTENDED, identifier)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not any(
            len(description) or any(name != n.RDF_ABOUT for name in description.attrib)
            for description in self._descriptions()
        )

    def _spell_out(self) -> None:
        """Turns properties that stand as attributes into elements, which can be moved one by one."""
        for description in self._descriptions():
            for key, value in list(description.attrib.items()):
                if key != n.RDF_ABOUT:
                    etree.SubElement(description, str(key)).text = str(value)
                    del description.attrib[key]

    def _descriptions(self) -> Iterator[etree._Element]:
        yield from self._root.iterchildren(n.RDF_DESCRIPTION)

    def _home(self) -> etree._Element:
        """The description that new properties go into."""
        found = next(self._descriptions(), None)
        if found is None:
            found = etree.SubElement(self._root, n.RDF_DESCRIPTION, {n.RDF_ABOUT: ""})
        return found


def _in_utf_8(data: bytes) -> bytes:
    """The packet in UTF-8, whichever of the two encodings that programs use it came in."""
    for start, encoding in _UTF_16:
        if data.startswith(start):
            return data.decode(encoding, "replace").encode("utf-8")
    return data


def _check_bounds(root: etree._Element, limits: Limits) -> None:
    depth = 0
    count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > limits.metadata_depth or count > limits.metadata_elements:
            raise TooManyPieces
        if len(element.attrib) > limits.attributes:
            raise TooManyPieces
