"""Uploads through the staff's real pages: the same checks everywhere, one Vietnamese sentence for each refusal."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection, UploadedFile

from khuevan.newsroom.models import LibraryDocument, Picture, Video
from khuevan.newsroom.page_groups import keep_groups_of, make_groups
from khuevan.newsroom.upload_sentences import sentence
from khuevan.newsroom.uploads import checked_captions
from khuevan.people.choices import Role
from khuevan.plain.media import messages
from khuevan.plain.media.errors import MediaError
from khuevan.plain.media.kinds import _INSTEAD, IN_WORDS
from khuevan.plain.media.metadata import read_metadata
from khuevan.plain.media.signatures import Foreign
from tests.factories.library import film, offered_picture
from tests.factories.newsroom import jpeg
from tests.factories.people import person_with_role
from tests.newsroom.test_library import placed, told
from tests.plain.media import recordings_made

pytestmark = pytest.mark.django_db

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script>
<rect width="9" height="9" onclick="alert(1)"/></svg>"""
SOUND = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + (b"\xff\xfb\x90\0" + bytes(413)) * 3
# H.265, which some browsers show and others do not.
UNSEEN = recordings_made.mp4_track(b"vide", b"hvc1", 9, 9)
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nĐèn lồng\n"


@pytest.fixture
def editor(client):
    make_groups()
    person = person_with_role(Role.EDITOR)
    keep_groups_of(person)
    client.force_login(person)
    return person


def uploaded(name: str, data: bytes, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def root() -> int:
    return Collection.get_first_root_node().pk


@pytest.mark.parametrize("template", messages.TEMPLATES)
def test_every_refusal_is_a_vietnamese_sentence(template):
    names = re.findall(r"\{(\w+)\}", template)
    words = {"found": "a JPEG picture", "hidden": "a ZIP archive", "instead": "DOCX or PDF"}
    values = {name: words.get(name, f"<{name}>") for name in names}
    with translation.override("vi"):
        said = sentence(MediaError(template, **values))
    assert said != template.format(**values)
    assert re.search("[à-ỹđ]", said)
    for name in names:
        assert (f"<{name}>" in said) is (name not in words)
    assert not re.search(r"\b(picture|archive|or|the)\b", said)


@pytest.mark.parametrize("words", sorted({*IN_WORDS.values(), *Foreign, *_INSTEAD.values(), "single files"}))
def test_the_words_within_a_refusal_are_vietnamese(words):
    with translation.override("vi"):
        said = sentence(MediaError("{found}", found=str(words)))
    # Names of formats stay as they are.
    assert said != words or words.isupper()


def test_several_pictures_at_once_are_cleaned_and_their_words_taken(client, editor):
    url = reverse("wagtailimages:add_multiple")
    file = uploaded("pavilion.jpg", told(placed(jpeg())), "image/jpeg")
    answer = client.post(url, {"title": "Pavilion", "collection": root(), "files[]": file})
    assert json.loads(answer.content)["success"] is True
    made = Picture.objects.get()
    assert (made.title, made.caption, made.alternative, made.credit, made.in_library) == (
        "Pavilion", "The pavilion in autumn", "A red pavilion", "Desk", False,
    )  # fmt: skip
    with made.file.open("rb") as stream:
        assert read_metadata(stream.read()).position is None
    # The form that comes back has the fields of other languages in groups.
    assert f'name="image-{made.pk}-caption_vi"' in json.loads(answer.content)["form"]


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("a.jpg", b"MZ" + b"\0" * 300, "image/jpeg", "Tệp “a.jpg” là chương trình"),
        ("a.png", jpeg(), "image/png", "Tên “a.png” có đuôi “.png” nhưng nội dung là ảnh JPEG"),
        ("a.jpg", jpeg()[:200], "image/jpeg", "bị cắt giữa chừng"),
        ("a.svg", SVG, "image/svg+xml", "là hình vẽ SVG: đưa vào mục tài liệu"),
        ("a.jpg", b"", "image/jpeg", "rỗng"),
    ],
)
def test_what_is_no_picture_is_refused_by_the_upload_of_several_with_one_sentence(
    client, editor, name, data, kind, words
):
    url = reverse("wagtailimages:add_multiple")
    answer = client.post(url, {"title": "A", "collection": root(), "files[]": uploaded(name, data, kind)})
    told_back = json.loads(answer.content)
    assert told_back["success"] is False
    assert words in told_back["error_message"]
    assert "\n" not in told_back["error_message"]
    assert (Picture.objects.count(), UploadedFile.objects.count()) == (0, 0)


def test_a_picture_that_waits_for_its_form_is_cleaned_too(client, editor):
    url = reverse("wagtailimages:add_multiple")
    file = uploaded("pavilion.jpg", placed(jpeg()), "image/jpeg")
    answer = client.post(url, {"title": "x" * 300, "collection": root(), "files[]": file})
    waiting = UploadedFile.objects.get()
    with waiting.file.open("rb") as stream:
        assert read_metadata(stream.read()).position is None
    key = json.loads(answer.content)["uploaded_file_id"]
    filled = {f"uploaded-image-{key}-title": "Pavilion", f"uploaded-image-{key}-collection": root()}
    client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key]), filled)
    with Picture.objects.get().file.open("rb") as stream:
        assert read_metadata(stream.read()).position is None


def test_the_title_of_a_picture_is_no_job_title_wherever_it_is_uploaded(client, editor):
    for name in ("wagtailimages:add", "wagtailimages_chooser:create"):
        page = client.get(reverse(name))
        html = page.json()["htmlFragment"] if "json" in page["Content-Type"] else page.content.decode()
        label = re.search(r'<label[^>]*for="[\w-]*title"[^>]*>\s*(\w+ \w+)', html)
        assert label is not None
        assert label[1] == "Tên gọi"


def test_the_position_stays_where_it_is_wanted(client, editor):
    data = placed(jpeg())
    values = {"title": "Pavilion", "collection": root(), "keeps_position": "on", "tags": ""}
    client.post(reverse("wagtailimages:add"), {**values, "file": uploaded("a.jpg", data, "image/jpeg")})
    made = Picture.objects.get()
    with made.file.open("rb") as stream:
        assert read_metadata(stream.read()).position == read_metadata(data).position


def test_another_file_for_a_picture_is_looked_at_as_the_first_was(client, editor):
    picture = offered_picture()
    former = picture.file.name
    url = reverse("wagtailimages:edit", args=[picture.pk])
    values = {
        "title": "Pavilion",
        "collection": root(),
        "tags": "",
        "caption": "New words",
        "caption_vi": "Lời mới",
    }
    refused = client.post(url, {**values, "file": uploaded("a.jpg", b"MZ" + b"\0" * 300, "image/jpeg")})
    assert "là chương trình" in refused.content.decode()
    picture.refresh_from_db()
    assert (picture.file.name, picture.caption) == (former, "Khuê Văn Các in Văn Miếu")
    client.post(url, {**values, "file": uploaded("a.jpg", placed(jpeg(90, 30)), "image/jpeg")})
    picture.refresh_from_db()
    assert (picture.caption, picture.width, picture.other_words) == (
        "New words", 90, {"vi": {"caption": "Lời mới"}},
    )  # fmt: skip
    with picture.file.open("rb") as stream:
        assert read_metadata(stream.read()).position is None


def test_words_of_a_language_that_the_form_does_not_ask_for_stay(client, editor):
    picture = offered_picture(other_words={"vi": {"caption": "Cũ", "note": "x"}, "xx": {"caption": "y"}})
    values = {
        "title": "Pavilion",
        "collection": root(),
        "tags": "",
        "caption_vi": "",
        "credit_fr": "Le bureau",
    }
    client.post(reverse("wagtailimages:edit", args=[picture.pk]), values)
    picture.refresh_from_db()
    assert picture.other_words == {
        "vi": {"note": "x"}, "xx": {"caption": "y"}, "fr": {"credit": "Le bureau"},
    }  # fmt: skip


@pytest.mark.parametrize("several", [False, True])
def test_a_drawing_among_the_documents_is_cleaned(client, editor, several):
    file = uploaded("plan.svg", SVG, "image/svg+xml")
    if several:
        client.post(
            reverse("wagtaildocs:add_multiple"), {"title": "Plan", "collection": root(), "files[]": file}
        )
    else:
        client.post(
            reverse("wagtaildocs:add"), {"title": "Plan", "collection": root(), "tags": "", "file": file}
        )
    with LibraryDocument.objects.get().file.open("rb") as stream:
        kept = stream.read()
    assert b"<rect" in kept
    assert b"script" not in kept
    assert b"onclick" not in kept


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("a.pdf", jpeg(), "application/pdf", "nội dung là ảnh JPEG"),
        (
            "a.svg",
            SVG.replace(b"<svg", b"<!DOCTYPE a [<!ENTITY b 'c'>]><svg"),
            "image/svg+xml",
            "khai báo thực thể",
        ),
    ],
)
def test_what_is_no_document_is_refused_with_one_sentence(client, editor, name, data, kind, words):
    url = reverse("wagtaildocs:add_multiple")
    answer = client.post(url, {"title": "A", "collection": root(), "files[]": uploaded(name, data, kind)})
    assert words in json.loads(answer.content)["error_message"]
    assert LibraryDocument.objects.count() == 0


def film_values(**values):
    return {"title": "Lanterns", "consent": "NONE_SHOWN", "credit": "Desk", "basis": "OWN", **values}


def test_a_film_comes_in_with_captions_in_two_languages(client, editor):
    data = recordings_made.mp4()
    client.post(
        reverse("videos:add"),
        film_values(
            file=uploaded("lanterns.mp4", data, "video/mp4"),
            captions_vi=uploaded("vi.vtt", VTT.encode(), "text/vtt"),
            captions_en=uploaded("en.vtt", VTT.replace("Đèn lồng", "Lanterns").encode(), ""),
            title_vi="Đèn lồng",
        ),
    )
    made = Video.objects.get()
    assert (made.content_type, made.size, made.duration, made.width, made.height, made.filename) == (
        "video/mp4", len(data), 12, 640, 360, "lanterns.mp4",
    )  # fmt: skip
    assert sorted(made.captions) == ["en", "vi"]
    assert (made.other_words, made.is_expired_on(made.created_at.date())) == (
        {"vi": {"title": "Đèn lồng"}},
        False,
    )
    with made.file.open("rb") as stream:
        assert stream.read() == data
    # The same again is told, and kept once.
    again = client.post(reverse("videos:add"), film_values(file=uploaded("b.mp4", data, "video/mp4")))
    assert "Thư viện đã có đúng phim này" in again.content.decode()
    edited = film_values(no_captions_en="on", title="Other")
    client.post(reverse("videos:edit", args=[made.pk]), edited)
    made.refresh_from_db()
    assert (made.title, sorted(made.captions)) == ("Other", ["vi"])


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("a.mp4", jpeg(), "video/mp4", "nội dung là ảnh JPEG"),
        ("a.mp3", SOUND, "audio/mpeg", "không phải là phim"),
        ("a.mp4", recordings_made.mp4(UNSEEN), "video/mp4", "không phát được"),
        ("a.webm", recordings_made.webm()[:60], "video/webm", "Không đọc được phim"),
        ("a.webm", recordings_made.webm(recordings_made.webm_track(2, "A_OPUS")), "video/webm", "không có hình"),
    ],
)  # fmt: skip
def test_what_is_no_film_is_refused_with_one_sentence(client, editor, name, data, kind, words):
    answer = client.post(reverse("videos:add"), film_values(file=uploaded(name, data, kind)))
    assert words in answer.content.decode()
    assert Video.objects.count() == 0


def test_a_film_is_bounded_by_the_setting(client, editor, settings):
    settings.LARGEST_VIDEO = 50
    data = recordings_made.webm()
    answer = client.post(reverse("videos:add"), film_values(file=uploaded("a.webm", data, "video/webm")))
    assert "lớn hơn 0 MB" in answer.content.decode()
    assert Video.objects.count() == 0


def test_captions_that_a_browser_would_drop_are_refused_with_their_line(client, editor):
    wrong = VTT.replace("00:02.000", "00:00.500").encode()
    with pytest.raises(Exception, match="Dòng 3") as refused, translation.override("vi"):
        checked_captions(uploaded("vi.vtt", wrong, "text/vtt"))
    assert len(refused.value.messages) == 1
    values = film_values(
        file=uploaded("a.webm", recordings_made.webm(), "video/webm"),
        captions_vi=uploaded("vi.vtt", wrong, ""),
    )
    assert (
        "Dòng 3: phụ đề kết thúc trước khi bắt đầu"
        in client.post(reverse("videos:add"), values).content.decode()
    )
    assert Video.objects.count() == 0


def test_a_film_that_is_replaced_or_deleted_leaves_no_file(client, editor):
    video = film()
    storage, former = video.file.storage, video.file.name
    file = uploaded("a.webm", recordings_made.webm(seconds=9.0), "video/webm")
    client.post(reverse("videos:edit", args=[video.pk]), film_values(file=file))
    video.refresh_from_db()
    assert (video.duration, storage.exists(former), storage.exists(video.file.name)) == (9, False, True)
    client.post(reverse("videos:delete", args=[video.pk]))
    assert (Video.objects.count(), storage.exists(video.file.name)) == (0, False)


def test_the_list_of_pictures_and_the_report_say_what_is_missing(client, editor):
    bare = offered_picture(title="bare", credit="", consent="")
    page = client.get(reverse("wagtailimages:index")).content.decode()
    assert "thiếu 2 thông tin" in page
    form = client.get(reverse("wagtailimages:edit", args=[bare.pk])).content.decode()
    assert "“bare” chưa ghi nguồn ảnh." in form
    report = client.get(reverse("newsroom_desk:library"), {"xem": "incomplete"}).content.decode()
    assert "“bare” chưa ghi nguồn ảnh." in report
    assert reverse("wagtailimages:edit", args=[bare.pk]) in report
