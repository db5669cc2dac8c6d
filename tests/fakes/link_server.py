"""A real web server on loopback with the ways in which other people's pages answer, die and move.

    with running_site() as site:
        site.pages["/report"] = Page(404)
        ...
        assert site.asked == [("HEAD", "/report"), ("GET", "/report")]

A path without a page answers 200.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Page:
    """How a path answers.

    `head` is the status for HEAD where it differs (0 hangs up without a word). `silent` keeps whoever asks waiting
    until the server ends, `endless` sends without end.
    """

    status: int = 200
    location: str = ""
    head: int | None = None
    silent: bool = False
    endless: bool = False


@dataclass
class OtherSite:
    """Where the site is, its pages by path, what it was asked, and by whom."""

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


@contextmanager
def running_site() -> Iterator[OtherSite]:
    """The site, until the block ends."""
    state, ended = OtherSite(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            state.asked.append((self.command, self.path))
            state.agents.add(self.headers["User-Agent"])
            page = state.pages.get(self.path, Page())
            status = page.status if self.command == "GET" or page.head is None else page.head
            if page.silent:
                ended.wait()
            if page.silent or status == 0:
                self.close_connection = True
                return
            self.send_response(status)
            if page.location:
                self.send_header("Location", page.location)
            if not page.endless:
                self.send_header("Content-Length", "0")
            self.end_headers()
            if page.endless and self.command == "GET":
                with suppress(OSError):
                    while not ended.is_set():
                        self.wfile.write(b"and on " * 1000)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Closing the server then waits for whoever is still answering: nothing is left open for the next test.
    server.daemon_threads = False
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
