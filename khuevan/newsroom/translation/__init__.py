"""One piece in many languages: which text a translation is made from, its paragraphs, and how they become a page.

The paragraphs are kept by wagtail-localize; its own screens are not used: they publish past the review, write into
live pages, and take the text of a piece that was never published from its first version. Here a translation is
always a draft of an ordinary page, so that review, locks, comments, autosave and embargo are those of every page.
"""
