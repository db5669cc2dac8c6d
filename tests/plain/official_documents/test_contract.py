"""What `khuevan read --json` printed is read back strictly."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path

import pytest

from khuevan.plain.official_documents import OfficialDocument, as_contract, read_file
from khuevan.plain.official_documents.contract import ContractLimits, UnreadableContract, from_contract
from khuevan.plain.official_documents.document import Section

HERE = Path(__file__).parent / "documents"
PLAN = Path(__file__).resolve().parents[3] / "samples" / "ke-hoach-thong-tin-doi-ngoai-2025.txt"
DOCUMENTS = [PLAN, *sorted(HERE.glob("*.txt"))]


def without_places(document: OfficialDocument) -> OfficialDocument:
    """The document as the contract knows it."""

    def plain(section: Section) -> Section:
        return dataclasses.replace(
            section, ref="", place=None, children=tuple(plain(child) for child in section.children)
        )

    def bare(items):
        return tuple(dataclasses.replace(item, place=None) for item in items)

    return dataclasses.replace(
        document,
        legal_bases=bare(document.legal_bases),
        references=bare(document.references),
        sections=tuple(plain(section) for section in document.sections),
        tasks=bare(document.tasks),
        duties=bare(document.duties),
        paragraphs=(),
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_printed_document_is_read_back(path):
    document = read_file(path)
    printed = as_contract(document)
    again = from_contract(printed)
    assert again == without_places(document)
    assert as_contract(again) == printed


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("type",), 3, "type: words were expected."),
        (("number",), "48", "number: a whole number or null was expected."),
        (("number",), True, "number: a whole number or null was expected."),
        (("date",), "19/02/2025", "date: a day as 2026-01-31 was expected."),
        (("title",), "một\nhai", "title: there is a control character in the words."),
        (("period", "to"), None, "period: two days were expected."),
        (("sections",), {}, "sections: a list was expected."),
        (("sections", 1, "heading"), [], "sections[1].heading: words were expected."),
        (("tasks", 0, "lead", 0), None, "tasks[0].lead: a list was expected."),
        (("duties", 2, "role"), "boss", "duties[2].role: one of lead, support, carry-out was expected."),
        (("signatory",), "GIÁM ĐỐC", "signatory: an object was expected."),
        (("recipients", 0, "colour"), "red", "recipients[0]: colour is not known there."),
    ],
)
def test_what_does_not_keep_the_contract_is_named_by_its_place(place, value, sentence):
    values = as_contract(read_file(PLAN))
    if place == ("tasks", 0, "lead", 0):
        place, value = place[:-1], "Sở"
    owner = values
    for step in place[:-1]:
        owner = owner[step]
    owner[place[-1]] = value
    with pytest.raises(UnreadableContract) as caught:
        from_contract(values)
    assert str(caught.value) == sentence


def test_a_missing_field_is_named():
    values = as_contract(read_file(PLAN))
    del values["sections"][0]["children"]
    with pytest.raises(UnreadableContract, match=r"^sections\[0\]: children is missing\.$"):
        from_contract(values)


def test_what_goes_over_a_bound_is_refused():
    values = as_contract(read_file(PLAN))
    deep = {"label": "", "heading": None, "paragraphs": [], "children": []}
    for _ in range(40):
        deep = {"label": "", "heading": None, "paragraphs": [], "children": [deep]}
    nested = {**copy.deepcopy(values), "sections": [deep]}
    for given, limits, sentence in (
        (values, ContractLimits(items=20), "the document has more than 20 entries."),
        (values, ContractLimits(characters=200), "the document has more than 200 characters."),
        (nested, ContractLimits(), "sections stand in one another more than 16 deep."),
    ):
        with pytest.raises(UnreadableContract) as caught:
            from_contract(given, limits=limits)
        assert str(caught.value).endswith(sentence)
