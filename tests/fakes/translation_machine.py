"""A machine that translates by turning words round, on a real HTTP server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class TranslationMachine:
    """What was asked, and how it answers: `mood` is good, slow, broken, short, refusing, unmarked or huge."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.mood = "good"
        self.url = ""
        self.waits = threading.Event()

    def answer(self, question: dict[str, Any]) -> tuple[int, bytes]:
        """The status and content for a question."""
        texts = [f"[{question['target']}] {text}" for text in question["texts"]]
        if self.mood == "slow":
            self.waits.wait(10)
        if self.mood == "short":
            texts = texts[1:]
        if self.mood == "unmarked":
            texts = [text.replace("<b>", "").replace("</b>", "") for text in texts]
        contents = {"broken": b"<html>", "huge": b"x" * 5_000_000}
        return (
            429 if self.mood == "refusing" else 200,
            contents.get(self.mood, json.dumps({"texts": texts}).encode()),
        )


@contextmanager
def translation_machine() -> Iterator[TranslationMachine]:
    """The machine, listening until the block ends."""
    machine = TranslationMachine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            machine.asked.append(question)
            machine.keys.append(self.headers.get("Authorization"))
            status, content = machine.answer(question)
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass

        def log_message(self, *arguments: Any) -> None:
            """Silent: a test's output is its assertions."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        machine.url = f"http://127.0.0.1:{server.server_address[1]}/texts"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield machine
        finally:
            machine.waits.set()
            server.shutdown()
            thread.join()
