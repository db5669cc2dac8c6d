"""Paragraphs go out to XLIFF and PO and come back as they were; what was tampered with is refused by name."""

from __future__ import annotations

import contextlib

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from khuevan.plain.translation_files import (
    Change,
    Fault,
    FileRefused,
    Unit,
    compared,
    po_text,
    read_po,
    read_xliff,
    xliff_bytes,
)
from khuevan.plain.translation_files.inline import canonical, plain_words

UNITS = [
    Unit("title:1", "title", "The archive opens", "Les archives ouvrent", "Title"),
    Unit("body.x:1", "body.x", 'Read <a id="a1">the <b>list</b></a>.<br/>Now', "", "Text"),
    Unit("body.x:2", "body.x", "1 &lt; 2 &amp; “x”", "1 &lt; 2", "Text", is_machine=True),
]


def xliff(units=UNITS) -> bytes:
    return xliff_bytes(units, original="piece-7@12", source_language="en", target_language="fr")


def po(units=UNITS) -> str:
    return po_text(units, source_language="en", target_language="fr", translation="abc")


def test_xliff_says_what_stands_in_the_piece():
    root = etree.fromstring(xliff())
    name = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    assert [unit.get("id") for unit in root.iterfind(".//x:trans-unit", name)] == [unit.key for unit in UNITS]
    marked = root.find(".//x:trans-unit[@id='body.x:1']/x:source", name)
    assert [(one.tag.rpartition("}")[2], dict(one.attrib)) for one in marked.iter() if one is not marked] == [
        ("g", {"id": "a1", "ctype": "x-html-a"}),
        ("g", {"id": "2", "ctype": "x-html-b"}),
        ("x", {"id": "3", "ctype": "lb"}),
    ]
    assert [target.get("state") for target in root.iterfind(".//x:target", name)] == [
        "translated",
        "needs-review-translation",
    ]


def test_what_comes_back_unchanged_changes_nothing():
    _source, target, incoming = read_xliff(xliff())
    assert target == "fr"
    assert compared(UNITS, incoming) == compared(UNITS, read_po(po().encode())[1])
    assert (compared(UNITS, incoming).changes, compared(UNITS, incoming).refused) == ([], [])
    assert compared(UNITS, incoming).same == 2


def test_a_translation_that_moves_marks_is_taken():
    bare = UNITS[1]
    back = Unit(bare.key, bare.path, bare.source, 'Voyez<br/><a id="a1"><b>la</b> liste</a>.')
    _source, _target, incoming = read_xliff(xliff([back]))
    assert compared(UNITS, incoming).changes == [Change(bare, 'Voyez<br/><a id="a1"><b>la</b> liste</a>.')]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"key": "body.gone:1", "path": "body.gone"}, Fault.UNKNOWN),
        ({"source": 'Read <a id="a1">the <b>book</b></a>.<br/>Now'}, Fault.SOURCE_CHANGED),
        ({"target": 'Voyez <a id="a1">la liste</a>.<br/>'}, Fault.MARKS_MISSING),
        ({"target": 'Voyez <a id="a1">la <b>l</b></a>.<br/><br/>'}, Fault.MARKS_EXTRA),
    ],
)
def test_each_paragraph_that_cannot_be_taken_is_named(change, fault):
    whole = {"key": UNITS[1].key, "path": UNITS[1].path, "source": UNITS[1].source, "target": "Voyez"}
    one = Unit(**{**whole, **change})
    found = compared(UNITS, read_po(po([one]).encode())[1])
    assert (found.changes, [refused.fault for refused in found.refused]) == ([], [fault])
    if fault is not Fault.MARKS_EXTRA:
        by_xliff = compared(UNITS, read_xliff(xliff([one]))[2])
        assert [refused.fault for refused in by_xliff.refused] == [fault]


def test_a_mark_that_the_source_has_not_is_refused():
    content = xliff().replace(b"Les archives", b'<g id="9">Les</g> archives')
    assert [one.fault for one in compared(UNITS, read_xliff(content)[2]).refused] == [Fault.MARKS_BROKEN]
    twice = compared(UNITS, [*read_xliff(xliff())[2], *read_xliff(xliff())[2]])
    assert [one.fault for one in twice.refused] == [Fault.TWICE, Fault.TWICE]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no xml", "not_xml"),
        (b"<html/>", "not_xliff"),
        (b'<!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>', "has_dtd"),
        (b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>', "has_dtd"),
        (
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "b">]><x>&e;</x>'.encode(
                "utf-16"
            ),
            "has_dtd",
        ),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "one_file"),
        (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "not_xliff"),
        (b" " * 4_000_001, "too_large"),
    ],
)
def test_a_file_that_is_no_xliff_or_a_trap_is_refused_whole(content, code):
    with pytest.raises(FileRefused) as refused:
        read_xliff(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff\xfe", "not_utf8"), (b"msgid nothing", "not_po"), (b'"x"', "not_po")]
)
def test_a_file_that_is_no_po_is_refused_whole(content, code):
    with pytest.raises(FileRefused) as refused:
        read_po(content)
    assert refused.value.code == code


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)


@st.composite
def paragraphs(draw):
    parts = list(draw(st.lists(WORDS.map(lambda word: canonical(word.replace("<", "("))), min_size=1)))
    marks = draw(st.lists(st.sampled_from(["b", "i", "br", "a"]), max_size=len(parts)))
    for number, mark in enumerate(marks):
        word = parts[number]
        named = f'<a id="a{number}">{word}</a>'
        parts[number] = {"br": f"{word}<br/>", "a": named}.get(mark, f"<{mark}>{word}</{mark}>")
    return "".join(parts)


@given(st.lists(st.tuples(paragraphs(), paragraphs()), max_size=5))
@settings(deadline=None)
def test_any_paragraphs_go_out_and_come_back(texts):
    units = [Unit(f"body.{n}:1", f"body.{n}", source, target) for n, (source, target) in enumerate(texts)]
    for incoming in (read_xliff(xliff(units))[2], read_po(po(units).encode())[1]):
        found = compared(units, incoming)
        # A translation that has marks beyond its source's cannot be told apart from a tool's mistake: refused.
        assert found.changes == []
        assert {refused.fault for refused in found.refused} <= {Fault.MARKS_BROKEN}


@given(st.binary(max_size=400))
def test_no_bytes_break_the_readers(content):
    for read in (read_xliff, read_po):
        for told in (
            content,
            b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">' + content,
        ):
            with contextlib.suppress(FileRefused):
                read(told)


@given(st.text())
def test_marks_are_read_without_an_accident(text):
    assert canonical(canonical(text)) == canonical(text)
    plain_words(text)


def test_po_is_read_by_polib_as_by_us():
    read = polib.pofile(po())
    assert [(entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy) for entry in read] == [
        (unit.path, unit.source, unit.target, unit.is_machine) for unit in UNITS
    ]
    read[1].msgstr = 'Voyez <a id="a1">la <b>liste</b></a>.<br/>«\\n»'
    assert compared(UNITS, read_po(str(read).encode())[1]).changes == [
        Change(UNITS[1], 'Voyez <a id="a1">la <b>liste</b></a>.<br/>«\\n»')
    ]
