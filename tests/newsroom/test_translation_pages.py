"""The pages of translators: paragraphs are saved one by one, files shown before they are taken, changes seen."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from khuevan.newsroom.choices import LanguageStanding, TranslationOrigin
from khuevan.newsroom.models import StoryPage
from khuevan.newsroom.page_groups import keep_groups_of, make_groups
from khuevan.newsroom.queries.translations import source_state
from khuevan.newsroom.reviews import make_reviews
from khuevan.newsroom.translation.paragraphs import paragraphs_of
from khuevan.newsroom.translation.sources import translation_of
from khuevan.people.choices import Role
from tests.factories.newsroom import home, let_out, published
from tests.factories.people import PostFactory, UserFactory
from tests.fakes.translation_machine import translation_machine

pytestmark = pytest.mark.django_db
BODY = [("text", "<p>It <b>opens</b> on 12 March 2026 with 1,234 maps.</p>")]


@pytest.fixture
def translator(client):
    person = UserFactory()
    PostFactory(person=person, role=Role.UNIT_OFFICER)
    make_groups()
    keep_groups_of(person)
    client.force_login(person)
    return person


def url(name: str, *arguments: object) -> str:
    return reverse(f"newsroom_desk:{name}", args=arguments)


@pytest.fixture
def french(client, translator) -> StoryPage:
    home("fr")
    original = published(body=BODY)
    answer = client.post(url("translate", original.short_id), {"languages": ["fr"]})
    page = StoryPage.objects.get(translation_key=original.translation_key, locale__language_code="fr")
    assert answer["Location"] == url("paragraphs", page.pk)
    return page


def sent(client, page) -> dict[str, str]:
    """The form of the paragraphs as it was shown."""
    html = client.get(url("paragraphs", page.pk)).content.decode()
    found = dict(re.findall(r'name="((?:was|key)-\d+)" value="([^"]*)"', html))
    texts = re.findall(r'name="(text-\d+)"[^>]*>([^<]*)</textarea>', html)
    return {**found, **dict(texts), "name": "Camille"}


def latest(page) -> StoryPage:
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def targets(page) -> dict[str, str]:
    fresh = StoryPage.objects.get(pk=page.pk)
    return {one.unit.key: one.unit.target for one in paragraphs_of(translation_of(fresh), fresh)}


def messages_of(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_paragraphs_are_saved_as_a_draft_and_submitted(client, french):
    make_reviews()
    form = sent(client, french)
    form |= {
        "text-0": "Les archives & le public",
        "text-2": "Elles <b>ouvrent</b> le 12 mars 2026.",
        "submit": "1",
    }
    client.post(url("paragraphs", french.pk), form)
    text = latest(french)
    assert (text.title, text.translated_by, str(text.body[0].value).count("<b>ouvrent</b>")) == (
        "Les archives & le public", "Camille", 1,
    )  # fmt: skip
    assert source_state(french).standing == LanguageStanding.IN_REVIEW
    shown = client.get(url("paragraphs", french.pk)).content.decode()
    assert "Les archives &amp; le public</textarea>" in shown
    assert "1,234" in shown


def test_a_paragraph_that_cannot_be_kept_keeps_all_back_and_says_why(client, french):
    form = {**sent(client, french), "text-0": "Titre", "text-2": "Elles <b>ouvrent"}
    answer = client.post(url("paragraphs", french.pk), form)
    assert (answer.status_code, set(targets(french).values())) == (200, {""})
    assert "Elles &lt;b&gt;ouvrent</textarea>" in answer.content.decode()
    assert answer.context["wrong"] == 1


def test_two_who_translate_at_once_lose_nothing(client, french):
    mine, other = sent(client, french), sent(client, french)
    client.post(url("paragraphs", french.pk), {**other, "text-0": "Autre titre", "text-1": "Un résumé."})
    answer = client.post(url("paragraphs", french.pk), {**mine, "text-0": "Mon titre"})
    assert answer.context["wrong"] == 1
    client.post(url("paragraphs", french.pk), {**mine, "text-2": "Elles ouvrent."})
    assert list(targets(french).values()) == ["Autre titre", "Un résumé.", "Elles ouvrent."]


@pytest.mark.parametrize("form", ["xlf", "po"])
def test_a_file_goes_out_comes_back_is_shown_and_taken(client, french, form):
    client.post(url("paragraphs", french.pk), {**sent(client, french), "text-0": "Avant"})
    out = client.get(url("translation_file", french.pk, form))
    assert out["Content-Disposition"].endswith(f'-fr.{form}"')
    content = out.content.replace(b"Avant", "Après".encode())
    answer = client.post(
        url("translation_file_in", french.pk),
        {"file": SimpleUploadedFile(f"back.{form}", content), "name": "Agence"},
    )
    assert [change.target for change in answer.context["preview"].changes] == ["Après"]
    assert targets(french)["title:1"] == "Avant"
    client.post(url("translation_file_in", french.pk), {"kept": answer.context["kept"]})
    assert (targets(french)["title:1"], latest(french).translated_by, latest(french).origin) == (
        "Après", "Agence", TranslationOrigin.PERSON,
    )  # fmt: skip
    again = client.post(url("translation_file_in", french.pk), {"kept": "x" + answer.context["kept"]})
    assert again.status_code == 302


def test_a_file_for_another_language_or_of_another_kind_is_refused_in_a_sentence(client, french, settings):
    out = client.get(url("translation_file", french.pk, "xlf")).content
    for name, content in (
        ("a.xlf", out.replace(b'target-language="fr"', b'target-language="ja"')),
        ("a.txt", out),
        ("a.xlf", b"<!DOCTYPE a><a/>"),
        ("a.po", b'msgid ""\nmsgstr ""\n"X-WagtailLocalize-TranslationID: other\\n"\n'),
    ):
        answer = client.post(
            url("translation_file_in", french.pk), {"file": SimpleUploadedFile(name, content), "name": "A"}
        )
        assert len(answer.context["form"].errors["file"]) == 1


def test_a_file_made_before_the_source_changed_is_not_written(client, french, translator):
    client.post(url("paragraphs", french.pk), {**sent(client, french), "text-1": "Un résumé."})
    out = client.get(url("translation_file", french.pk, "xlf")).content.replace("résumé".encode(), b"mot")
    page = url("translation_file_in", french.pk)
    before = client.post(page, {"file": SimpleUploadedFile("a.xlf", out), "name": "A"}).context["kept"]
    original = StoryPage.objects.get(
        translation_key=french.translation_key, origin=TranslationOrigin.ORIGINAL
    )
    original.summary = "Another summary of the archive."
    let_out(original.save_revision())
    changes = client.get(url("source_changes", french.pk))
    assert (changes.context["changed"], changes.content.decode().count("<ins>") > 1) == (1, True)
    client.post(url("source_changes", french.pk))
    assert not source_state(french).is_changed
    client.post(page, {"kept": before})
    assert targets(french)["summary:1"] == ""
    late = client.post(page, {"file": SimpleUploadedFile("a.xlf", out), "name": "A"})
    assert [sentence for _one, sentence in late.context["refused"]] == ["Bản gốc đã đổi từ khi tạo tệp."]


def test_a_machine_begins_what_people_finish(client, french, settings):
    assert client.post(url("machine_translation", french.pk)).status_code == 404
    with translation_machine() as service:
        settings.MACHINE_TRANSLATION_URL = service.url
        settings.MACHINE_TRANSLATION_NAME = "Máy"
        settings.MACHINE_TRANSLATION_INSIDE = True
        service.mood = "refusing"
        client.post(url("machine_translation", french.pk))
        assert set(targets(french).values()) == {""}
        service.mood = "good"
        client.post(url("machine_translation", french.pk))
    assert targets(french)["title:1"] == "[fr] Đống Đa opens its archive"
    shown = client.get(url("paragraphs", french.pk)).content.decode()
    assert shown.count("máy dịch</span>") == 3
    assert latest(french).origin == TranslationOrigin.MACHINE


def test_hints_tell_of_the_text_before_it_is_saved(client, french):
    page = StoryPage.objects.get(pk=french.pk)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'data-hints-url="{url("hints", page.pk)}"' in editor
    written = nested_form_data(
        {
            "title": "Court",
            "slug": page.slug,
            "summary": "Un résumé assez long pour que chacun sache ce qui l'attend dans ce texte.",
            "kind": "STORY",
            "body": streamfield([("text", rich_text("<h3>Trop petit</h3><p>Elles ouvrent.</p>"))]),
            "served_tasks": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    answer = client.post(url("hints", page.pk), written)
    assert not answer.context.get("problem")
    assert {"NR-30", "NR-33", "NR-35", "NR-36"} <= {hint.code for hint in answer.context["hints"]}
    assert latest(page).title == "Đống Đa opens its archive"
    half = client.post(url("hints", page.pk), {"title": "x"})
    assert half.context["problem"]
