"""The namespaces that feeds and sitemaps are written in, by the prefixes that readers know them under."""

from __future__ import annotations

from typing import Final

XML: Final = "http://www.w3.org/XML/1998/namespace"
# RFC 4287, 1.2.
ATOM: Final = "http://www.w3.org/2005/Atom"
# RFC 6721, 2.
TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"
# Dublin Core Metadata Element Set 1.1.
DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
# RDF Site Summary 1.0 Modules: Content.
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
# Media RSS 1.5.1, with its slash at the end.
MEDIA: Final = "http://search.yahoo.com/mrss/"
# Sitemap protocol 0.9.
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP_IMAGE: Final = "http://www.google.com/schemas/sitemap-image/1.1"
SITEMAP_VIDEO: Final = "http://www.google.com/schemas/sitemap-video/1.1"
XHTML: Final = "http://www.w3.org/1999/xhtml"
