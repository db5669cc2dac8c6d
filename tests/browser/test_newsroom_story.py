"""A piece's whole way in the browser: written, translated, approved, embargoed, published, corrected, withdrawn."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from tests.browser.night_of_poems import (
    ADDRESSES,
    BODIES,
    CORRECTIONS,
    GONE,
    OPEN,
    PICTURE,
    SHUT,
    SUMMARIES,
    TITLES,
    WITHDRAWALS,
    PublicSite,
)
from tests.browser.site import DATABASE, RunningSite, sign_in
from tests.factories.newsroom import jpeg

DESK = "/quan-tri/toa-soan"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# What stands between the last approval and the moment, for a pass and for every address that must be shut.
AHEAD = timedelta(seconds=45)


def test_a_piece_is_written_translated_approved_embargoed_published_corrected_and_withdrawn(
    fresh_site: RunningSite, browser: Browser
) -> None:
    writer, editor, head, translator = (
        desk_of(browser, fresh_site, name) for name in ("canbo", "bientap", "truongphong", "kehoach")
    )
    number = write(writer, fresh_site)
    vietnamese = key_of(fresh_site, "vi")
    let_go_on(editor, fresh_site, vietnamese)

    translate(translator, fresh_site, number)
    english = key_of(fresh_site, "en")
    let_go_on(editor, fresh_site, english)
    let_go_on(head, fresh_site, english)
    # English is approved, and waits for the language that it goes out with.
    head.goto(f"{fresh_site.url}{DESK}/tin-bai/{number}/")
    expect(head.locator("#en .nr-state")).to_have_text("Đã duyệt, chờ giờ đăng")
    expect(head.locator("#vi .nr-state")).to_have_text("Trưởng phòng duyệt")

    stranger = browser.new_context(viewport={"width": 1440, "height": 900})
    reader, ask = stranger.new_page(), stranger.request
    site = PublicSite(fresh_site, ask, number, {"vi": vietnamese, "en": english})
    # Asked here for the first time, too, because feeds then make the sizes of all their pictures: half a minute.
    assert site.shows("/pictures/0/none.jpg") == SHUT

    moment = next_minute(AHEAD)
    # While deciding, the head moves the moment: later than the writer's, for both languages.
    let_go_on(head, fresh_site, vietnamese, embargo=moment)
    head.goto(f"{fresh_site.url}{DESK}/tin-bai/{number}/")
    expect(head.locator("#vi .nr-state")).to_have_text("Đã duyệt, chờ giờ đăng")
    for language in ADDRESSES:
        expect(head.locator(f"#{language} dl")).to_contain_text(f"Sẽ đăng{moment:%H:%M, %d/%m/%Y}")

    picture = read_with_a_pass(editor, reader, site)
    shown = site.shows(picture)
    assert datetime.now(UTC) < moment, "This machine was too slow for the embargo of this test."
    assert shown == SHUT

    eventually(lambda: site.status(ADDRESSES["vi"]), 200, seconds=120)
    eventually(lambda: site.shows(picture), OPEN, seconds=15)
    assert datetime.now(UTC) >= moment
    for language, address in ADDRESSES.items():
        reader.goto(f"{fresh_site.url}{address}")
        expect(reader.get_by_role("heading", level=1)).to_have_text(TITLES[language])
        expect(reader.locator(".introduction")).to_have_text(SUMMARIES[language])
        expect(reader.locator(".story__body")).to_contain_text(BODIES[language])
        lead = reader.locator("figure.shown--lead img")
        assert lead.evaluate("image => image.complete && image.naturalWidth > 0")
        expect(reader.locator(".corrections")).to_have_count(0)

    tell_readers(editor, fresh_site, number, "dinh-chinh", CORRECTIONS, "Đăng lời đính chính")
    for language, address in ADDRESSES.items():
        reader.goto(f"{fresh_site.url}{address}")
        expect(reader.locator(".corrections")).to_contain_text(CORRECTIONS[language])
        assert site.correction(language) == CORRECTIONS[language]

    tell_readers(editor, fresh_site, number, "go-bai", WITHDRAWALS, "Gỡ bài")
    eventually(lambda: site.shows(picture), GONE, seconds=15)
    for language, address in ADDRESSES.items():
        reader.goto(f"{fresh_site.url}{address}")
        expect(reader.locator("main")).to_contain_text(WITHDRAWALS[language])
        expect(reader.locator("main")).not_to_contain_text(BODIES[language])
        assert site.withdrawal(language) == WITHDRAWALS[language]


def desk_of(browser: Browser, site: RunningSite, username: str) -> Page:
    """A browser of the person's own, signed in."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, site, username)
    return page


def key_of(site: RunningSite, language: str) -> int:
    """The key of the piece's page in the language."""
    with closing(sqlite3.connect(site.data_dir / DATABASE)) as database:
        row = database.execute(
            "SELECT max(page.id) FROM wagtailcore_page page JOIN wagtailcore_locale locale"
            " ON locale.id = page.locale_id JOIN newsroom_storypage ON page_ptr_id = page.id"
            " WHERE language_code = ?",
            [language],
        ).fetchone()
    return int(row[0])


def write(page: Page, site: RunningSite) -> int:
    """Writes the piece in the editor, with a picture that is uploaded on the way, and submits it; its number."""
    page.goto(f"{site.url}{DESK}/tin-bai/")
    page.get_by_role("link", name="Viết tin, bài mới").click()
    page.get_by_label("Tiêu đề tạm").fill(TITLES["vi"])
    page.get_by_label("Chuyên mục").select_option(label="Tin tức")
    page.get_by_label("Viết bằng ngôn ngữ").select_option(label="Tiếng Việt")
    page.get_by_role("button", name="Mở trình soạn thảo").click()
    page.get_by_role("textbox", name="Tóm tắt").fill(SUMMARIES["vi"])
    choose_picture(page)
    body = page.get_by_role("region", name="Nội dung bài")
    body.get_by_title("Chèn khối").click()
    page.get_by_role("option", name="Đoạn văn", exact=True).click()
    body.locator("[contenteditable=true]").click()
    page.keyboard.type(BODIES["vi"])
    page.get_by_role("tab", name="Lịch đăng, ngôn ngữ").click()
    set_embargo(page, next_minute(timedelta()))
    for language in ("Tiếng Anh", "Tiếng Việt"):
        page.get_by_role("checkbox", name=language, exact=True).check()
    act(page, re.compile("Gửi theo quy trình"))
    expect(page.locator(".messages")).to_contain_text("Đã gửi duyệt")
    with closing(sqlite3.connect(site.data_dir / DATABASE)) as database:
        row = database.execute("SELECT max(short_id) FROM newsroom_storypage").fetchone()
    return int(row[0])


def choose_picture(page: Page) -> None:
    """Uploads a picture in the chooser, with all that publication asks for, and takes it as the leading one."""
    page.get_by_role("region", name="Ảnh chính").get_by_role("button", name="Chọn một hình ảnh").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Tải lên").click()
    form = dialog.get_by_role("tabpanel", name="Tải lên")
    form.get_by_label("Tệp", exact=False).first.set_input_files(
        {"name": "gieng.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1600, 1067)}
    )
    form.locator("[name$=-title]").fill(PICTURE)
    form.get_by_label("Mô tả thay thế ảnh", exact=True).fill("Lanterns around a well at night")
    form.get_by_label("Nguồn ảnh", exact=True).fill("Khuê Văn")
    form.get_by_label("Căn cứ quyền sử dụng").select_option(label="Do cơ quan thực hiện")
    form.get_by_label("Sự đồng ý của người trong ảnh").select_option(label="Không nhận diện được ai")
    form.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("region", name="Ảnh chính")).to_contain_text(PICTURE)


def set_embargo(page: Page, moment: datetime) -> None:
    """Writes the embargo into the editor's field."""
    field = page.get_by_role("textbox", name="Cấm vận tin đến")
    # Its calendar opens a moment after the field was entered, and would lie over what comes next.
    calendar = page.locator(".xdsoft_datetimepicker").filter(visible=True)
    field.click()
    expect(calendar).to_have_count(1)
    field.fill(f"{moment:%d/%m/%Y %H:%M}")
    field.press("Tab")
    expect(calendar).to_have_count(0)
    expect(field).to_have_value(f"{moment:%d/%m/%Y %H:%M}")


def act(page: Page, name: str | re.Pattern[str]) -> None:
    """Does in the editor what stands in its menu, and waits for the page that follows."""
    page.get_by_role("button", name="Thao tác khác").click()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def let_go_on(page: Page, site: RunningSite, key: int, embargo: datetime | None = None) -> None:
    """Decides on the piece that waits at the person's step; with another moment where one is given."""
    page.goto(f"{site.url}/quan-tri/pages/{key}/edit/")
    if embargo is not None:
        page.get_by_role("tab", name="Lịch đăng, ngôn ngữ").click()
        set_embargo(page, embargo)
    act(page, re.compile(r"^Duyệt( và cho đăng)?$"))


def translate(page: Page, site: RunningSite, number: int) -> None:
    """Translates the piece into English by paragraphs, and submits the translation."""
    page.goto(f"{site.url}{DESK}/tin-bai/{number}/dich/")
    page.get_by_role("checkbox", name="Tiếng Anh", exact=True).check()
    page.get_by_role("button", name="Bắt đầu dịch").click()
    page.wait_for_url("**/dich-theo-doan/")
    for words in (TITLES, SUMMARIES, BODIES):
        line = page.get_by_role("listitem").filter(has=page.get_by_text(words["vi"], exact=True))
        line.get_by_role("textbox").fill(words["en"])
    page.get_by_role("button", name="Lưu và gửi duyệt").click()
    expect(page.locator(".tr-marks")).to_contain_text("Đang duyệt")


def read_with_a_pass(editor: Page, reader: Page, site: PublicSite) -> str:
    """Lets a reporter in until the pass is revoked; the public address of a size of the picture that was seen."""
    editor.goto(f"{site.site.url}{DESK}/ban/{site.keys['en']}/cho-xem-truoc/")
    editor.get_by_label("Phóng viên", exact=True).fill("Jane Reporter")
    editor.get_by_label("Cơ quan báo chí").fill("The Outlet")
    editor.get_by_label("Địa chỉ thư điện tử").fill("jane@example.org")
    editor.get_by_role("button", name="Tạo địa chỉ xem trước").click()
    address = editor.get_by_label("Địa chỉ riêng, chỉ hiện một lần này").input_value()
    reader.goto(address)
    expect(reader.locator(".under-embargo")).to_be_visible()
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLES["en"])
    shown = reader.locator("figure.shown--lead img")
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")
    editor.goto(f"{site.site.url}{DESK}/tin-bai/{site.number}/")
    editor.get_by_role("button", name=re.compile("^Thu hồi.*Jane Reporter$")).click()
    expect(editor.locator(".messages")).to_contain_text("Quyền xem trước đã bị thu hồi.")
    gone = reader.goto(address)
    assert gone is not None
    assert gone.status == 404
    with closing(sqlite3.connect(site.site.data_dir / DATABASE)) as database:
        image, file = database.execute(
            "SELECT image_id, rendition.file FROM newsroom_picturerendition rendition JOIN newsroom_picture picture"
            " ON picture.id = image_id WHERE title = ? AND filter_spec = 'format-jpeg|width-960'",
            [PICTURE],
        ).fetchone()
    return f"/pictures/{image}/{file.rpartition('/')[2]}"


def tell_readers(
    page: Page, site: RunningSite, number: int, deed: str, words: dict[str, str], button: str
) -> None:
    """Corrects or withdraws the piece in all its languages."""
    page.goto(f"{site.url}{DESK}/tin-bai/{number}/{deed}/")
    for language, text in words.items():
        page.locator(f"textarea[lang={language}]").fill(text)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**{DESK}/tin-bai/{number}/")


def next_minute(ahead: timedelta) -> datetime:
    """The first whole minute that is at least so far ahead, in Hà Nội."""
    return (datetime.now(HANOI) + ahead + timedelta(minutes=1)).replace(second=0, microsecond=0)


def eventually(asked: Callable[[], object], wanted: object, *, seconds: int) -> None:
    """Asks until the answer is the wanted one, and says which it was where it never is."""
    until = time.monotonic() + seconds
    while (found := asked()) != wanted and time.monotonic() < until:
        time.sleep(0.5)
    assert found == wanted
