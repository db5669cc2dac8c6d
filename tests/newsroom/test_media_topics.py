"""IPTC's topics are chosen by the codes that IPTC gives them, from the shipped part or from its whole export."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from khuevan.newsroom.media_topics import MediaTopic, choices_in, media_topics


def test_the_shipped_part_is_in_order():
    topics = media_topics()
    assert len(topics) == 42
    assert topics["medtop:20000044"] == MediaTopic(
        "medtop:20000044",
        "medtop:20000038",
        {
            "en": "monument and heritage site",
            "fr": "Patrimoine",
            "zh-hans": "纪念碑和遗址",
            "vi": "di tích, di sản",
        },
    )
    assert [topic for topic in topics.values() if topic.within and topic.within not in topics] == []
    assert choices_in("vi")[:2] == [
        ("medtop:01000000", "văn hóa, nghệ thuật, giải trí và truyền thông"),
        ("medtop:20000002", "– nghệ thuật và giải trí"),
    ]


def test_iptcs_own_export_takes_its_place(tmp_path, settings):
    export = {
        "conceptSet": [
            {"qcode": "medtop:20000002", "prefLabel": {"en-GB": "arts", "zh-Hans": "艺术"},
             "broader": ["http://cv.iptc.org/newscodes/mediatopic/01000000"]},
            {"qcode": "medtop:01000000", "prefLabel": {"en-GB": "culture", "en-US": "Culture"}},
            {"qcode": "medtop:20000001", "prefLabel": {"en-GB": "old"}, "retired": "2012-01-01"},
        ]
    }  # fmt: skip
    settings.MEDIA_TOPICS = tmp_path / "mediatopic.json"
    settings.MEDIA_TOPICS.write_text(json.dumps(export))
    assert choices_in("zh-hans") == [("medtop:01000000", "culture"), ("medtop:20000002", "– 艺术")]


@pytest.mark.parametrize("content", ["", "[]", '{"conceptSet": [{}]}', '{"conceptSet": [1]}'])
def test_a_file_that_is_no_list_says_so(tmp_path, settings, content):
    settings.MEDIA_TOPICS = tmp_path / "broken.json"
    settings.MEDIA_TOPICS.write_text(content)
    with pytest.raises(ImproperlyConfigured):
        media_topics()
