"""A real time stamp authority (RFC 3161) on loopback, which misbehaves where it is told to.

    with running_time_stamp_server(authority) as server:
        sign_pdf(..., time_stamp_url=server.url, time_stamp_rules=TimeStampRules(allow_loopback=True))
        assert server.asked == 1

`server.answer` replaces the whole reply: a function of the right reply (DER) that gives status, headers, body.
`server.stall` is how many seconds pass between two bytes of the reply.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp, x509
from pyhanko.sign.timestamps import DummyTimeStamper

Answer = Callable[[bytes], tuple[int, dict[str, str], bytes]]
REPLY = "application/timestamp-reply"


@dataclass
class TimeStampServer:
    """What the server was asked, and how it answers."""

    url: str = ""
    asked: int = 0
    answer: Answer = lambda reply: (200, {"Content-Type": REPLY}, reply)
    stall: float = 0.0


@contextmanager
def running_time_stamp_server(
    certificate: bytes, key: bytes, *, at: datetime | None = None, context: ssl.SSLContext | None = None
) -> Iterator[TimeStampServer]:
    """The server, until the block ends. `certificate` and `key` of the authority in DER; `at`: what it stamps."""
    authority = DummyTimeStamper(
        x509.Certificate.load(certificate), keys.PrivateKeyInfo.load(key), fixed_dt=at
    )
    state = TimeStampServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            reply = authority.request_tsa_response(tsp.TimeStampReq.load(query)).dump()
            status, headers, body = state.answer(reply)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if state.stall:
                    for each in body[:20]:
                        self.wfile.write(bytes([each]))
                        self.wfile.flush()
                        time.sleep(state.stall)
                else:
                    self.wfile.write(body)
            except OSError:
                # The client went away, as it should.
                return

        def log_message(self, *arguments: object) -> None:
            """Nothing: a test's output is its own."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing: a client that does not trust the certificate, or goes away, is part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    scheme = "http" if context is None else "https"
    state.url = f"{scheme}://localhost:{server.server_address[1]}/tsa"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
