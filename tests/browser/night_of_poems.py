"""The piece of `test_newsroom_story`: its words in each language, and what the public gets of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import APIRequestContext, APIResponse

from tests.browser.site import RunningSite

# By language: what is written, where it stands, what readers are told of it later.
TITLES = {"vi": "Đêm thơ bên giếng Thiên Quang", "en": "A night of poems beside the well of Thiên Quang"}
ADDRESSES = {
    "vi": "/vi/tin-tuc/dem-tho-ben-gieng-thien-quang/",
    "en": "/en/news/a-night-of-poems-beside-the-well-of-thien-quang/",
}
SUMMARIES = {
    "vi": "Tối rằm, người Hà Nội đọc thơ bên giếng Thiên Quang.",
    "en": "On the night of the full moon, Hà Nội reads poems beside the well of Thiên Quang.",
}
BODIES = {
    "vi": "Đèn lồng được thắp quanh giếng, và bạn đọc nước ngoài cùng nghe thơ.",
    "en": "Lanterns are lit around the well, and readers from abroad listen to the poems as well.",
}
CORRECTIONS = {
    "vi": "Bản trước viết đêm thơ ở Hoàng thành; đúng ra là ở Văn Miếu.",
    "en": "An earlier version said that the night was at the Citadel; it was at the Temple of Literature.",
}
WITHDRAWALS = {
    "vi": "Bài bị gỡ vì đêm thơ không được tổ chức.",
    "en": "The piece was withdrawn because the night of poems did not take place.",
}
# What is looked for; and the picture's name in the library.
FOUND = {"vi": "dem tho gieng", "en": "poems well"}
PICTURE = "Giếng Thiên Quang đêm rằm"
# What everybody gets of the piece: the answers of its addresses, and the languages in which lists have it.
SHUT = {
    "pages": [404, 404], "permanent address": 404, "picture": 404, "records": [404, 404],
    "section": [], "search": [], "feed": [], "api": [], "sitemap": [],
}  # fmt: skip
OPEN = {
    "pages": [200, 200], "permanent address": 200, "picture": 200, "records": [200, 200],
    "section": ["vi", "en"], "search": ["vi", "en"], "feed": ["vi", "en"], "api": ["vi", "en"],
    "sitemap": ["vi", "en"],
}  # fmt: skip
GONE = {**SHUT, "pages": [410, 410], "permanent address": 410, "records": [410, 410]}


class PublicSite:
    """What somebody without any right gets of the piece."""

    def __init__(self, site: RunningSite, ask: APIRequestContext, number: int, keys: dict[str, int]) -> None:
        self.site, self.number, self.keys = site, number, keys
        self._ask = ask

    def status(self, path: str) -> int:
        """The status at the end of all redirects."""
        return self._ask.get(f"{self.site.url}{path}").status

    def shows(self, picture: str) -> dict[str, object]:
        """Everything at once; `picture` is the address of one size of its picture."""
        return {
            "pages": [self.status(address) for address in ADDRESSES.values()],
            "permanent address": self.status(f"/s/{self.number}/"),
            "picture": self.status(picture),
            "records": [self.status(f"/api/v1/stories/{key}/") for key in self.keys.values()],
            "section": self._languages(lambda language: self._text(self._section(language))),
            "search": self._languages(self._found),
            "feed": self._languages(lambda language: str(self._feed(language)["items"])),
            "api": self._languages(lambda language: str(self._json(f"/api/v1/stories/?language={language}"))),
            "sitemap": self._languages(lambda _language: self._text("/sitemap-1.xml")),
        }

    def correction(self, language: str) -> str:
        """The correction that the feed has of the piece."""
        item = next(item for item in self._feed(language)["items"] if item["title"] == TITLES[language])
        return str(item["_khuevan"]["correction"]["text"])

    def withdrawal(self, language: str) -> str:
        """The reason that stands in the feed in the piece's place."""
        address = f"{self.site.url}{ADDRESSES[language]}"
        gone = self._feed(language)["_khuevan"]["withdrawn"]
        return str(next(one["reason"] for one in gone if one["url"] == address))

    def _languages(self, text_in: Callable[[str], str]) -> list[str]:
        return [language for language, address in ADDRESSES.items() if address in text_in(language)]

    @staticmethod
    def _section(language: str) -> str:
        return f"{ADDRESSES[language].rsplit('/', 2)[0]}/"

    def _found(self, language: str) -> str:
        return self._text(f"/{language}/search/?q={FOUND[language].replace(' ', '+')}")

    def _feed(self, language: str) -> dict[str, Any]:
        return self._json(f"/{language}/feeds/json/")

    def _json(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self._answer(path).json()
        return found

    def _text(self, path: str) -> str:
        return self._answer(path).text()

    def _answer(self, path: str) -> APIResponse:
        answer = self._ask.get(f"{self.site.url}{path}", timeout=120_000)
        assert answer.status == 200, path
        return answer
