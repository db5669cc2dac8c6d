"""A real WebSub hub on loopback, as far as a publisher meets it.

    with running_hub() as hub:
        ...
        assert hub.told == ["https://news.example.vn/en/feeds/atom/"]

`hub.status` is what it answers with. What is no word of a publisher is answered with 400.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class Hub:
    """Where the hub is, what it was told, and how it answers."""

    url: str = ""
    status: int = 204
    asked: int = 0
    told: list[str] = field(default_factory=list)


@contextmanager
def running_hub() -> Iterator[Hub]:
    """The hub, until the block ends."""
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked += 1
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            is_word = (
                self.headers["Content-Type"] == "application/x-www-form-urlencoded"
                and form.get("hub.mode") == ["publish"]
                and len(form.get("hub.url", [])) == 1
            )
            status = state.status if is_word else 400
            if is_word and status < 300:
                state.told.append(form["hub.url"][0])
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/hub"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
