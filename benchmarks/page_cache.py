"""How fast is a public page? The home page and a story, from our page cache, from Django, and from nginx as a file.

The question: does the cache around the WSGI application give at least half of what nginx gives for the same bytes
as a static file? The demonstration site is set up in a folder of its own and served by `khuevan serve`; nginx serves
the very bytes that our server sent. All are asked by wrk on the same machine, in turns, round by round; a figure is
the median of its rounds, a share the median of the shares of each round, because a busy machine is busy for all.
nginx and our server have as many processes. Uncached is our server too, asked with `Cache-Control: no-cache`.

    apt install wrk nginx-light
    .venv/bin/python -m benchmarks.page_cache [rounds] [seconds] [processes]
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from benchmarks.demonstration_site import free_port, read, running, served, set_up

GOAL = 0.5
CONNECTIONS = 16
NGINX = """
worker_processes {processes}; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off; master_process on;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=100;
  gzip_static on; types {{ text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is measured: its name, its address and headers, and the peer that its share is taken of."""

    name: str
    url: str
    headers: tuple[str, ...] = ()
    peer: str = ""


def main(rounds: int, seconds: int, processes: int) -> int:
    """How it ended: 0 where every kept page reaches the goal, or where wrk or nginx is not there."""
    missing = [program for program in ("wrk", "nginx") if shutil.which(program) is None]
    if missing:
        print(f"Skipped: {' and '.join(missing)} missing (apt install wrk nginx-light).")
        return 0
    with tempfile.TemporaryDirectory(prefix="khuevan-benchmark-") as name:
        folder = Path(name)
        # nginx's workers are somebody else.
        folder.chmod(0o755)
        data = folder / "data"
        set_up(data)
        with served(data, processes) as url:
            # The piece that leads the home page.
            story = re.search(r'card__title.*?<a href="([^"]+)"', read(f"{url}/en/")[0].decode(), re.DOTALL)
            assert story is not None
            pages = {"home": f"{url}/en/", "story": urljoin(url, story[1])}
            for page, address in pages.items():
                write(folder / "files" / f"{page}.html", address)
            with nginx(folder, processes) as static:
                return measure(pages, static, rounds, seconds, processes)


@contextmanager
def nginx(folder: Path, processes: int) -> Iterator[str]:
    """The address of nginx with the files of the folder."""
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, processes=processes))
    command = ["nginx", "-e", str(folder / "nginx.log"), "-c", str(folder / "nginx.conf")]
    with running(command, f"http://127.0.0.1:{port}/home.html", dict(os.environ)):
        yield f"http://127.0.0.1:{port}"


def write(path: Path, address: str) -> None:
    """The very bytes of the page as a file, and compressed beside it as our server compresses it."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(read(address)[0])
    packed, headers = read(address, **{"Accept-Encoding": "gzip"})
    if headers.get("content-encoding") != "gzip":
        raise RuntimeError(f"{address} comes uncompressed")
    path.with_suffix(".html.gz").write_bytes(packed)


def measure(pages: dict[str, str], static: str, rounds: int, seconds: int, processes: int) -> int:
    """Asks all in turns, and prints a line for each."""
    asked: list[Asked] = []
    for page, url in pages.items():
        file = f"{static}/{page}.html"
        tag = read(url)[1]["etag"]
        gzip = ("Accept-Encoding: gzip",)
        asked += [
            Asked(f"{page}, nginx", file),
            Asked(f"{page}, kept", url, (), f"{page}, nginx"),
            Asked(f"{page}, uncached", url, ("Cache-Control: no-cache",), f"{page}, nginx"),
            Asked(f"{page}, gzip, nginx", file, gzip),
            Asked(f"{page}, gzip, kept", url, gzip, f"{page}, gzip, nginx"),
            Asked(f"{page}, 304, nginx", file, (f"If-None-Match: {read(file)[1]['etag']}",)),
            Asked(f"{page}, 304, kept", url, (f"If-None-Match: {tag}",), f"{page}, 304, nginx"),
        ]
    sizes = {page: len(read(url)[0]) for page, url in pages.items()}
    print(
        f"{processes} processes each, {CONNECTIONS} connections, {rounds} rounds of {seconds} s; bytes: {sizes}"
    )
    found: dict[str, list[float]] = {each.name: [] for each in asked}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for each in asked:
                rate = rate_of(each, seconds if number else 1, Path(folder))
                # The first round warms everything up.
                if number:
                    found[each.name].append(rate)
    print(f"{'':<22}{'requests/s':>12}{'of nginx':>10}")
    failed = False
    for each in asked:
        share = ""
        if each.peer:
            of_each_round = map(float.__truediv__, found[each.name], found[each.peer])
            value = statistics.median(of_each_round)
            share = f"{value:.3f}"
            failed |= each.name.endswith(", kept") and each.name.count(",") == 1 and value < GOAL
        print(f"{each.name:<22}{statistics.median(found[each.name]):>12,.0f}{share:>10}")
    return int(failed)


def rate_of(asked: Asked, seconds: int, folder: Path) -> float:
    """Requests answered in a second, by wrk; an answer that is an error is one here."""
    script = folder / "ask.lua"
    script.write_text(
        "done = function(summary) io.write(string.format('FOUND %d %d %d\\n', summary.requests, summary.duration, "
        "summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout)) end\n"
    )
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script)]
    for header in asked.headers:
        command += ["-H", header]
    told = subprocess.run([*command, asked.url], capture_output=True, text=True, check=True).stdout
    # Django answers to the end what nobody waits for any longer: the next one begins behind it.
    read(asked.url)
    requests, microseconds, errors = map(int, told.partition("FOUND ")[2].split())
    if errors:
        raise RuntimeError(f"{asked.name}: {errors} errors\n{told}")
    return requests / microseconds * 1e6


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:4]]
    sys.exit(main(*(given + [5, 3, os.cpu_count() or 1][len(given) :])))
