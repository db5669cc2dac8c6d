"""Items of a feed: two worked out by hand, and what Hypothesis draws, with any text in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from khuevan.plain.feeds import (
    Author,
    Correction,
    Feed,
    FeedItem,
    MediaFile,
    NewsEntry,
    Publisher,
    SitemapPage,
    Topic,
    Translation,
    Withdrawal,
)

HANOI = timezone(timedelta(hours=7))
SITE = "https://doingoai.example.vn"
ADDRESS = f"{SITE}/vi/tin/feed"
MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
BY = "https://creativecommons.org/licenses/by/4.0/"

PUBLISHER = Publisher(
    name="Sở Văn hóa và Thể thao Hà Nội",
    address=f"{SITE}/",
    logo=MediaFile(address=f"{SITE}/logo.png", type="image/png", width=600, height=60),
)
PICTURE = MediaFile(
    address=f"{SITE}/anh/khuê-văn-các.jpg",
    type="image/jpeg",
    size=184_320,
    width=1600,
    height=1067,
    caption="Khuê Văn Các lúc 6 giờ sáng,\nmùa thu.",
    alternative_text="Gác gỗ hai tầng soi bóng xuống giếng Thiên Quang",
    credit="Nguyễn Thị Ước",
    rights_holder="Sở Văn hóa và Thể thao Hà Nội",
    licence="CC BY 4.0",
    licence_address=BY,
)
FILM = MediaFile(
    address=f"{SITE}/phim/1.mp4", type="video/mp4", size=9_000_000, seconds=95, width=1920, height=1080
)
KIT = MediaFile(address=f"{SITE}/ho-so/1.pdf", type="application/pdf", caption="Hồ sơ báo chí")

STORY = FeedItem(
    id="tag:doingoai.example.vn,2026:story/48/vi",
    address=f"{SITE}/vi/tin/48-gươm",
    title="Hồ Gươm < 12 ha & “sạch” hơn",
    language="vi",
    published_at=datetime(2026, 3, 5, 9, 30, tzinfo=HANOI),
    updated_at=datetime(2026, 3, 5, 10, 0, tzinfo=HANOI),
    summary="Hồ nhỏ hơn 12 ha: 12 < 13 & 13 > 12.",
    body=(
        '<p>Xem <a href="/vi/tin/47?a=1&amp;b=2">tin trước</a> ]]&gt; <em>nữa</em>.</p>'
        '<img src="anh/ho guom.jpg" alt="Hồ" style="width:1px" onload="x()"><script>x()</script>'
    ),
    section="Văn hóa",
    authors=(
        Author(name="Trần Văn Bình", address=f"{SITE}/vi/nguoi/binh"),
        Author(name="Phòng Truyền thông số", is_department=True),
    ),
    topics=(
        Topic(name="văn hóa, nghệ thuật và giải trí", code="medtop:01000000", scheme=MEDIA_TOPICS),
        Topic(name="Hồ Gươm"),
    ),
    media=(PICTURE, FILM, KIT),
    translations=(
        Translation(language="vi", address=f"{SITE}/vi/tin/48-gươm"),
        Translation(language="en", address=f"{SITE}/en/stories/48"),
        Translation(language="x-default", address=f"{SITE}/en/stories/48"),
    ),
    correction=Correction(
        text="Đính chính: hồ rộng 12 ha, không phải 21 ha.",
        corrected_at=datetime(2026, 3, 6, 8, 0, tzinfo=HANOI),
    ),
    rights="© 2026 Sở Văn hóa và Thể thao Hà Nội",
    licence_address=BY,
)
RELEASE = FeedItem(
    id="tag:doingoai.example.vn,2026:release/7/ar",
    address=f"{SITE}/ar/7",
    title="هانوي \u202eمدينة\u202c السلام",
    language="ar",
    published_at=datetime(2026, 3, 7, 0, 0, 30, tzinfo=UTC),
    updated_at=datetime(2026, 3, 7, 0, 0, 30, tzinfo=UTC),
    body="<p>نص</p>",
)
WITHDRAWN = Withdrawal(
    id="tag:doingoai.example.vn,2026:story/46/vi",
    withdrawn_at=datetime(2026, 3, 4, 17, 0, tzinfo=HANOI),
    address=f"{SITE}/vi/tin/46-lễ-hội",
    reason="Bài được gỡ vì nhầm ngày tổ chức.",
)
FEED = Feed(
    id="tag:doingoai.example.vn,2026:feed/vi",
    home_address=f"{SITE}/vi/",
    title="Hà Nội: thông tin đối ngoại",
    language="vi",
    publisher=PUBLISHER,
    opened_at=datetime(2026, 1, 1, tzinfo=HANOI),
    items=(STORY, RELEASE),
    withdrawals=(WITHDRAWN,),
    description="Tin của thành phố",
    rights="© Sở Văn hóa và Thể thao Hà Nội",
    icon=MediaFile(address=f"{SITE}/icon.png", type="image/png", width=512, height=512),
    hubs=("https://hub.example.vn/",),
)
EMPTY_FEED = Feed(
    id="urn:uuid:7d7f2e33-5a4f-4f43-9a06-7bd1f4d2a001",
    home_address=f"{SITE}/en/",
    title="",
    language="en",
    publisher=PUBLISHER,
    opened_at=datetime(2026, 1, 1, tzinfo=HANOI),
)
PAGES = (
    SitemapPage(
        address=STORY.address,
        changed_at=STORY.changed_at,
        translations=STORY.translations,
        pictures=(PICTURE.address,),
        news=NewsEntry(
            publication="Hà Nội & thế giới",
            language="vi",
            title=STORY.title,
            published_at=STORY.published_at,
        ),
    ),
    SitemapPage(address=f"{SITE}/"),
)

# Everything that a text can be in Python: control characters, halves of pairs, both directions of writing.
texts = st.text(
    st.one_of(
        st.sampled_from(
            "ăâđêôơưẬ <>&'\"]]>\t\n\r\x00\x0b\x1b\x85\u00a0\u202e\u2028\ud83d\ude00\ufffe\ufffdעא"
        ),
        st.characters(exclude_categories=()),
    ),
    max_size=30,
)
ZONES = [UTC, HANOI, timezone(timedelta(hours=-3, minutes=-30)), timezone(timedelta(minutes=426, seconds=28))]
instants = st.datetimes(
    datetime(1901, 1, 1),
    datetime(2300, 1, 1),
    timezones=st.sampled_from(ZONES),
)
segments = st.text(st.sampled_from("abcđ😀-_ %?#[]/.,&;'\"\x01"), max_size=12)
addresses = segments.map(lambda end: f"{SITE}/{end}")
languages = st.sampled_from(["vi", "en", "zh-Hans", "ar", "fr-CA"])
maybe = st.none() | st.integers(0, 10**12)
identifiers = st.integers(1, 6).map(lambda number: f"tag:doingoai.example.vn,2026:story/{number}")
files = st.builds(
    MediaFile,
    address=addresses,
    type=st.sampled_from(["image/jpeg", "image/avif", "audio/mpeg", "video/mp4", "application/pdf"]),
    size=maybe,
    width=maybe,
    height=maybe,
    seconds=maybe,
    caption=texts,
    alternative_text=texts,
    credit=texts,
    rights_holder=texts,
    licence=texts,
    licence_address=st.just("") | addresses,
)
items = st.builds(
    FeedItem,
    id=identifiers,
    address=addresses,
    title=texts,
    language=languages,
    published_at=instants,
    updated_at=instants,
    summary=texts,
    body=texts,
    section=texts,
    authors=st.lists(
        st.builds(Author, name=texts, address=st.just("") | addresses, is_department=st.booleans()),
        max_size=2,
    ).map(tuple),
    topics=st.lists(
        st.builds(Topic, name=texts, code=texts, scheme=st.sampled_from(["", MEDIA_TOPICS])), max_size=2
    ).map(tuple),
    media=st.lists(files, max_size=2).map(tuple),
    translations=st.lists(st.builds(Translation, language=languages, address=addresses), max_size=3).map(
        tuple
    ),
    correction=st.none() | st.builds(Correction, text=texts, corrected_at=instants),
    rights=texts,
    licence_address=st.just("") | addresses,
)
feeds = st.builds(
    Feed,
    id=st.just(FEED.id),
    home_address=addresses,
    title=texts,
    language=languages,
    publisher=st.builds(Publisher, name=texts, address=addresses, logo=st.none()),
    opened_at=instants,
    items=st.lists(items, max_size=3).map(tuple),
    withdrawals=st.lists(
        st.builds(
            Withdrawal, id=identifiers, withdrawn_at=instants, address=st.just("") | addresses, reason=texts
        ),
        max_size=3,
    ).map(tuple),
    description=texts,
    rights=texts,
    icon=st.none() | files,
    hubs=st.lists(addresses, max_size=2).map(tuple),
)
