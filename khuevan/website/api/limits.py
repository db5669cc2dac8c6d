"""How many requests one connection makes in a while, counted by all processes of this machine in one small file.

Django's cache in memory knows one process only, so that four processes would let four times as many through; here
all of them map the same file. A connection is a place among 65,536 in it, found by a digest under the installation's
own key: the file holds counts and times, no address, and many addresses share each place. Two connections at one
place share a limit, which at the office's size happens to nobody twice. Several machines count for themselves.
"""

from __future__ import annotations

import fcntl
import hashlib
import ipaddress
import mmap
import os
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest

PLACES: Final = 65_536
_PLACE: Final = struct.Struct("<II")
_MINUTE: Final = 60
HOUR: Final = 3600


class Counters:
    """The counts of one file, each of so many `seconds`; made where it is missing.

    `clock` gives seconds since the epoch.
    """

    def __init__(self, path: Path, *, seconds: int = _MINUTE, clock: Callable[[], float] = time.time) -> None:
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.fstat(self._file).st_size != PLACES * _PLACE.size:
            os.ftruncate(self._file, PLACES * _PLACE.size)
        self._counts = mmap.mmap(self._file, PLACES * _PLACE.size)

    def seconds_to_wait(self, place: int, most: int) -> int:
        """Counts one request; 0 where it is within `most` a minute (or `seconds`), else how long to wait."""
        now = self._clock()
        period = int(now) // self._seconds
        at = place * _PLACE.size
        # A lock of the file holds between processes, the other between threads, which share it.
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                counted, count = _PLACE.unpack_from(self._counts, at)
                count = count + 1 if counted == period else 1
                # What is over the limit is counted no further: the number must not overflow.
                _PLACE.pack_into(self._counts, at, period, min(count, most + 1))
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        return 0 if count <= most else self._seconds - int(now) % self._seconds

    def close(self) -> None:
        """Lets the file go."""
        self._counts.close()
        os.close(self._file)


def place_of(connection: str) -> int:
    """The place of a connection; of an IPv6 address, of its network, of which one household has all addresses."""
    try:
        address = ipaddress.ip_address(connection)
    except ValueError:
        named = connection
    else:
        wide = isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None
        named = str(ipaddress.ip_network(f"{address}/64", strict=False)) if wide else str(address)
    key = hashlib.sha256(f"api-counters {settings.SECRET_KEY}".encode()).digest()
    return int.from_bytes(hashlib.blake2s(named.encode(), key=key, digest_size=4).digest(), "big") % PLACES


def connection_of(request: HttpRequest) -> str:
    """The address that asks; behind a proxy the one that the proxy itself saw, the last of the list."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return address
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address


_open: dict[Path, Counters] = {}
_opening = threading.Lock()


def seconds_to_wait(request: HttpRequest) -> int:
    """How long the connection must wait before it is answered again; 0 where it need not. Counts the request."""
    most = settings.API_REQUESTS_A_MINUTE
    if most == 0:
        return 0
    return counters_in(settings.API_COUNTERS).seconds_to_wait(place_of(connection_of(request)), most)


def counters_in(path: Path, *, seconds: int = _MINUTE) -> Counters:
    """The counts of the file, opened once in this process."""
    with _opening:
        counters = _open.get(path)
        if counters is None:
            counters = _open[path] = Counters(path, seconds=seconds)
    return counters
