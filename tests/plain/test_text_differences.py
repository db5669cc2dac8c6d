"""What changed is shown by paragraph and word, and nothing of either version is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khuevan.plain.text_differences import Deed, Paragraph, Run, differences


def test_a_changed_figure_is_shown_within_its_paragraph():
    before = ["The archive opens.", "It holds 1,200 maps of the city.", "Entry is free."]
    after = ["The archive opens.", "It holds 1,250 maps of the city.", "Bring a passport.", "Entry is free."]
    found = differences(before, after)
    assert [paragraph.is_changed for paragraph in found] == [False, True, True, False]
    assert found[1].runs == (
        Run(Deed.SAME, "It holds 1,"),
        Run(Deed.REMOVED, "200"),
        Run(Deed.ADDED, "250"),
        Run(Deed.SAME, " maps of the city."),
    )
    assert found[2] == Paragraph((Run(Deed.ADDED, "Bring a passport."),))


def test_chinese_differs_letter_by_letter():
    assert differences(["档案馆周一开放"], ["档案馆周二开放"])[0].runs == (
        Run(Deed.SAME, "档案馆周"), Run(Deed.REMOVED, "一"), Run(Deed.ADDED, "二"), Run(Deed.SAME, "开放"),
    )  # fmt: skip


TEXTS = st.lists(st.text("abc đễ\n。", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_back(before, after):
    found = differences(before, after)

    def read(without):
        texts = []
        for paragraph in found:
            kept = [run for run in paragraph.runs if run.deed is not without]
            if kept or not paragraph.runs:
                texts.append("".join(run.text for run in kept))
        return texts

    # An empty paragraph that was paired has no runs; it stands in both versions.
    assert [text for text in read(Deed.ADDED) if text] == [text for text in before if text]
    assert [text for text in read(Deed.REMOVED) if text] == [text for text in after if text]
