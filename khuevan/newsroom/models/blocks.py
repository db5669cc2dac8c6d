"""What a piece is made of: the blocks of its body, each of which says what a reader without eyes needs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from khuevan.core import clock

# Headings begin below the piece's title; nothing that carries a style of its own.
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr", "superscript"]


def _is_shown(thing: Any) -> bool:
    """Whether the thing is there and the right to show it has not ended."""
    return thing is not None and not thing.is_expired_on(clock.today())


class PictureBlock(blocks.StructBlock):
    """A picture with its caption in this piece; credit and alternative text come from the library."""

    picture = ImageChooserBlock(label=pgettext_lazy("block", "Picture"))
    caption = blocks.TextBlock(
        label=pgettext_lazy("block", "Caption in this piece"), required=False, max_length=500
    )

    def render(self, value: Any, context: Any = None) -> str:
        """The picture; nothing once the right to show it has ended, so that the text closes over its place."""
        rendered: str = super().render(value, context) if _is_shown(value["picture"]) else ""
        return rendered

    class Meta:
        icon = "image"
        label = pgettext_lazy("block", "Picture")
        template = "newsroom/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Two pictures or more beside each other."""

    pictures = blocks.ListBlock(
        PictureBlock(), min_num=2, max_num=60, label=pgettext_lazy("block", "Pictures")
    )

    def render(self, value: Any, context: Any = None) -> str:
        """The pictures that may still be shown; nothing where there is none."""
        shown = [item for item in value["pictures"] if _is_shown(item["picture"])]
        if not shown:
            return ""
        rendered: str = super().render(blocks.StructValue(self, {**value, "pictures": shown}), context)
        return rendered

    class Meta:
        icon = "image"
        label = pgettext_lazy("block", "Gallery")
        template = "newsroom/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    quote = blocks.TextBlock(label=pgettext_lazy("block", "Quotation"), max_length=1500)
    speaker = blocks.CharBlock(label=pgettext_lazy("block", "Said by"), max_length=200)
    post = blocks.CharBlock(label=pgettext_lazy("block", "Post"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = pgettext_lazy("block", "Quotation")
        template = "newsroom/blocks/quote.html"


class ExchangeBlock(blocks.StructBlock):
    """One question of an interview with its answer."""

    question = blocks.TextBlock(label=pgettext_lazy("block", "Question"), max_length=1000)
    answer = blocks.RichTextBlock(label=pgettext_lazy("block", "Answer"), features=["bold", "italic", "link"])

    class Meta:
        icon = "help"
        label = pgettext_lazy("block", "Question and answer")
        template = "newsroom/blocks/exchange.html"


class FactBlock(blocks.StructBlock):
    """One line of a fact sheet: what, how much, and where it comes from."""

    name = blocks.CharBlock(label=pgettext_lazy("block", "What"), max_length=200)
    value = blocks.CharBlock(label=pgettext_lazy("block", "Figure"), max_length=100)
    source = blocks.CharBlock(label=pgettext_lazy("block", "Source"), max_length=300, required=False)

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Fact")


class FactsBlock(blocks.StructBlock):
    """A table of facts."""

    title = blocks.CharBlock(label=pgettext_lazy("block", "Title"), max_length=200, required=False)
    facts = blocks.ListBlock(FactBlock(), min_num=1, max_num=80, label=pgettext_lazy("block", "Facts"))

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Facts")
        template = "newsroom/blocks/facts.html"


class FileBlock(blocks.StructBlock):
    """A document of the library to download."""

    document = DocumentChooserBlock(label=pgettext_lazy("block", "Document"))
    description = blocks.CharBlock(label=pgettext_lazy("block", "What it is"), max_length=300, required=False)

    def render(self, value: Any, context: Any = None) -> str:
        """The way to the document; nothing once the right to give it out has ended."""
        rendered: str = super().render(value, context) if _is_shown(value["document"]) else ""
        return rendered

    class Meta:
        icon = "doc-full"
        label = pgettext_lazy("block", "Document")
        template = "newsroom/blocks/file.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a piece."""

    text = blocks.RichTextBlock(
        label=pgettext_lazy("block", "Text"), features=TEXT_FEATURES, template="newsroom/blocks/text.html"
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    exchange = ExchangeBlock()
    facts = FactsBlock()
    file = FileBlock()

    class Meta:
        label: Any = pgettext_lazy("block", "Body")
