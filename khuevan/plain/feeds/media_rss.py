"""The files of an item as Media RSS, which RSS and Atom both carry. Source: Media RSS 1.5.1 (11 December 2009)."""

from __future__ import annotations

from khuevan.plain.feeds import addresses, texts
from khuevan.plain.feeds.markup import Markup
from khuevan.plain.feeds.values import MediaFile


def write_media(markup: Markup, file: MediaFile) -> None:
    """A `media:content`: measures as attributes, within it alternative text, caption, credit, rights, licence.

    The specification has no element for the alternative text; it stands as `media:title`, which readers show
    in place of the picture, and the caption as `media:description`, which they show below it.
    """
    attributes = {
        "url": addresses.as_uri(file.address),
        "fileSize": file.size,
        "type": file.type,
        "medium": file.medium,
        "duration": file.seconds,
        "height": file.height,
        "width": file.width,
    }
    with markup.element("media:content", attributes):
        markup.field("media:title", texts.one_line(file.alternative_text), {"type": "plain"})
        markup.field("media:description", file.caption, {"type": "plain"})
        markup.field("media:credit", texts.one_line(file.credit))
        markup.field("media:copyright", texts.one_line(file.rights_holder))
        if file.licence_address:
            address = addresses.as_uri(file.licence_address)
            named = texts.one_line(file.licence) or address
            markup.field("media:license", named, {"type": "text/html", "href": address})
