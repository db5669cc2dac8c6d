"""A document as one article of HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lxml import etree

from khuevan.plain.official_documents.writing import arrangement
from khuevan.plain.official_documents.writing.composition import Annex, Composition, Picture
from khuevan.plain.official_documents.writing.layout_rules import LayoutRules
from khuevan.plain.official_documents.writing.web.body import BodyWriter
from khuevan.plain.official_documents.writing.web.elements import BLOCK, h, heading

PictureAddress = Callable[[Picture], str]
_LANGUAGE: Final = "vi"


def write_html(
    composition: Composition,
    *,
    rules: LayoutRules,
    level: int = 1,
    picture_address: PictureAddress | None = None,
) -> str:
    """The document as one `article`, its title a heading of `level`, those below it following without gaps.

    `picture_address` gives the address of a picture; without it the pictures stand in the text as data.
    Raises UnwritableDocument for what no page can show, as the other writers do.
    """
    return _printed(_article(composition, rules, level, picture_address))


def html_page(
    composition: Composition,
    *,
    rules: LayoutRules,
    stylesheet: str,
    picture_address: PictureAddress | None = None,
) -> str:
    """The document as a whole page; `stylesheet` is the address of document.css."""
    head = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h(
            "title",
            f"{_symbol(composition)} {composition.title}".strip(),
        ),
        h("link", rel="stylesheet", href=stylesheet),
    )
    main = h("main", _article(composition, rules, 1, picture_address))
    return "<!DOCTYPE html>\n" + _printed(h("html", head, h("body", main), lang=_LANGUAGE))


def _printed(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html")


def _article(
    composition: Composition, rules: LayoutRules, level: int, picture_address: PictureAddress | None
) -> etree._Element:
    body = BodyWriter(picture_address)
    article = h("article", class_=BLOCK, lang=_LANGUAGE)
    article.append(_head(composition, rules, level))
    if not composition.is_letter:
        article.append(
            heading(
                level,
                h("span", composition.type.upper(), part="type"),
                " " if composition.title else None,
                h("span", composition.title, part="title") if composition.title else None,
                part="name",
            )
        )
    article.extend(_addressees(composition))
    if composition.enacting_authority:
        article.append(h("p", composition.enacting_authority.upper(), part="authority"))
    for line in arrangement.legal_basis_lines(composition):
        article.append(h("p", line, part="basis"))
    enacting = rules.enacting.get(composition.type)
    if enacting is not None:
        article.append(h("p", enacting, part="authority"))
    article.extend(body.elements(composition.sections, level + 1))
    foot = _foot(composition)
    if foot is not None:
        article.append(foot)
    if composition.contact:
        article.append(h("p", composition.contact, part="contact"))
    for annex in composition.annexes:
        article.append(_annex(composition, annex, body, level + 1))
    return article


def _head(composition: Composition, rules: LayoutRules, level: int) -> etree._Element:
    issuing = h(
        "div",
        h("p", composition.parent_body.upper(), part="parent") if composition.parent_body else None,
        h("p", composition.issuer.upper(), part="issuer"),
        h("p", arrangement.number_line(composition), part="number"),
        part="issuing",
    )
    if composition.is_letter:
        # A page needs a heading, a draft may not have its subject yet.
        subject = arrangement.letter_subject(composition) if composition.title else composition.type
        issuing.append(heading(level, subject, part="subject"))
    if arrangement.urgency_box(composition, rules) is not None:
        issuing.append(h("p", composition.urgency, part="urgency"))
    circulation = arrangement.circulation_mark(composition, rules)
    if circulation:
        issuing.append(h("p", circulation, part="circulation"))
    nation = h(
        "div",
        h("p", arrangement.NATIONAL_TITLE, part="nation"),
        h("p", arrangement.MOTTO, part="motto"),
        h("p", arrangement.place_and_date(composition), part="date"),
        part="national",
    )
    return h("header", issuing, nation, part="head")


def _addressees(composition: Composition) -> list[etree._Element]:
    names = arrangement.addressee_lines(composition)
    if not names:
        return []
    if len(names) == 1:
        return [h("p", f"{arrangement.ADDRESSEES_HEAD} {names[0]}", part="addressee")]
    return [
        h("p", arrangement.ADDRESSEES_HEAD, part="addressee"),
        h("ul", *(h("li", name) for name in names), part="addressees", role="list"),
    ]


def _foot(composition: Composition) -> etree._Element | None:
    recipients = arrangement.recipient_lines(composition)
    signatory = composition.signatory
    if not recipients and signatory is None:
        return None
    foot = h("footer", part="foot")
    if recipients:
        foot.append(
            h(
                "div",
                h("p", arrangement.RECIPIENTS_HEAD, part="recipients-head"),
                h("ul", *(h("li", line) for line in recipients), part="recipients", role="list"),
                h("p", composition.drafter_mark, part="drafter") if composition.drafter_mark else None,
                part="receiving",
            )
        )
    if signatory is not None:
        signing = h("div", *(h("p", line, part="post") for line in arrangement.signing_lines(composition)))
        signing.set("class", f"{BLOCK}__signing")
        if signatory.name:
            signing.append(h("p", signatory.name, part="signer"))
        foot.append(signing)
    return foot


def _annex(composition: Composition, annex: Annex, body: BodyWriter, level: int) -> etree._Element:
    name = heading(
        level,
        h("span", annex.label, part="annex-label") if annex.label else None,
        " " if annex.label else None,
        h("span", annex.type.upper(), part="type") if annex.type else None,
        " " if annex.type else None,
        h("span", annex.title if annex.type else annex.title.upper(), part="title"),
        part="name" if annex.type else "annex-name",
    )
    return h(
        "section",
        name,
        h("p", arrangement.annex_origin(composition, annex), part="origin"),
        *body.elements(annex.sections, level + 1),
        part="annex",
    )


def _symbol(composition: Composition) -> str:
    return arrangement.symbol_of(composition.number, composition.notation, composition.number_width)
