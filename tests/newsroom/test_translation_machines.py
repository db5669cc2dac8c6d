"""A machine translates what is not translated, over real HTTP; when it fails nothing at all is written."""

from __future__ import annotations

import pytest

from khuevan.core.outgoing import OutgoingRefused, OutgoingRules, asked
from khuevan.newsroom.translation.machines import HttpMachine, TranslationFailed, machine, translated_by
from tests.fakes.translation_machine import translation_machine

SOURCES = {"title:1": "The archive", "body.x:1": 'It <b>opens</b> <a id="a1">on Monday</a>.'}


@pytest.fixture
def service(settings):
    with translation_machine() as found:
        settings.MACHINE_TRANSLATION_URL = found.url
        settings.MACHINE_TRANSLATION_NAME = "Fake"
        settings.MACHINE_TRANSLATION_KEY = "secret"
        settings.MACHINE_TRANSLATION_INSIDE = True
        yield found


def test_there_is_no_machine_by_default():
    assert machine() is None


def test_texts_go_out_with_their_marks_and_nothing_else(service):
    found = translated_by(machine(), SOURCES, "en", "fr")
    assert found == {key: f"[fr] {text}" for key, text in SOURCES.items()}
    assert service.asked == [
        {"source": "en", "target": "fr", "format": "html", "texts": list(SOURCES.values())}
    ]
    assert service.keys == ["Bearer secret"]


def test_a_text_whose_marks_were_lost_is_left_to_people(service):
    service.mood = "unmarked"
    assert translated_by(machine(), SOURCES, "en", "fr") == {"title:1": "[fr] The archive"}


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        ("refusing", "Fake refused (status 429)."),
        ("broken", "The answer of Fake cannot be read."),
        ("short", "Fake gave back another number of paragraphs than it got."),
        ("huge", "The answer of 127.0.0.1 is too long."),
    ],
)
def test_a_failure_is_one_sentence(service, mood, sentence):
    service.mood = mood
    with pytest.raises(TranslationFailed) as failed:
        translated_by(machine(), SOURCES, "en", "fr")
    assert str(failed.value) == sentence


def test_a_machine_that_does_not_answer_is_given_up(service):
    service.mood = "slow"
    slow = HttpMachine()
    slow._rules = OutgoingRules(seconds=0.3, inside=True)
    with pytest.raises(TranslationFailed) as failed:
        translated_by(slow, SOURCES, "en", "fr")
    assert "did not answer within" in str(failed.value)


def test_the_offices_own_network_is_not_asked_unless_said_so(service, settings):
    settings.MACHINE_TRANSLATION_INSIDE = False
    with pytest.raises(TranslationFailed):
        translated_by(machine(), SOURCES, "en", "fr")
    assert service.asked == []


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://a:b@example.org/", "http://", "http://exa mple.org/", "http://[::1"]
)
def test_an_address_that_is_none_is_not_asked(url):
    with pytest.raises(OutgoingRefused):
        asked(url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.1.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_addresses_inside_are_not_asked(host):
    with pytest.raises(OutgoingRefused):
        asked(f"http://{host}:9/")
