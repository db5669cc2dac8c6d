"""The two folders that the installation shares with the program that exchanges edXML files.

Out: a file is written under `.waiting/` and then moved in one step, so that nobody sees half of it. Where it lies is
the record of whether it was handed out: a crash between moving and writing that down neither loses nor repeats it.

In: what was read goes to `done/` or `refused/`, the reason beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from khuevan.plain.edxml import DEFAULT_LIMITS

WAITING = ".waiting"
DONE = "done"
REFUSED = "refused"
FILES_AT_ONCE = 20
# A file that is still being written grows; programs that write well rename theirs at the end.
SETTLED_SECONDS = 5
# In bytes; disks allow 255.
_LONGEST_NAME = 240
_HALF_WRITTEN = (".tmp", ".part", ".filepart", ".swp")


def stage(folder: Path, name: str, data: bytes) -> None:
    """Lays the file under `.waiting/`, whole and on the disk; again, it is the same file."""
    waiting = folder / WAITING
    waiting.mkdir(exist_ok=True)
    half = waiting / f"{name}.tmp"
    with half.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(waiting / name)
    _sync(waiting)


def hand_out(folder: Path, name: str) -> bool:
    """Whether the staged file lies in the folder now, moved there by this call or by one before a crash."""
    staged = folder / WAITING / name
    if not staged.exists():
        return (folder / name).exists()
    staged.replace(folder / name)
    _sync(folder)
    return True


def is_staged(folder: Path, name: str) -> bool:
    """Whether the file still waits under `.waiting/`."""
    return (folder / WAITING / name).exists()


def arrived(folder: Path, limit: int = FILES_AT_ONCE) -> Iterator[Path]:
    """The files that lie in the folder whole, the oldest first, at most `limit`."""
    now = time.time()
    found = []
    for path in folder.iterdir():
        name = path.name.lower()
        if name.startswith(".") or name.endswith(_HALF_WRITTEN) or path.is_symlink() or not path.is_file():
            continue
        changed = path.stat().st_mtime
        if now - changed >= SETTLED_SECONDS:
            found.append((changed, path))
    for _changed, path in sorted(found)[:limit]:
        yield path


def content_of(path: Path) -> bytes:
    """The file's bytes; of one that is larger than a message may be only so many that it is seen."""
    with path.open("rb") as stream:
        return stream.read(DEFAULT_LIMITS.file_bytes + 1)


def shown_name(path: Path) -> str:
    """The file's name as it can be shown and stored: programs write names that are no UTF-8."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def put_away(path: Path, to: str, reason: str = "") -> Path:
    """The file's new place in a subfolder, a number behind its name where one lies there; the reason beside it."""
    target_folder = path.parent / to
    target_folder.mkdir(exist_ok=True)
    # A name as long as the disk allows leaves no room for a number or for the reason's own ending.
    stem, suffix = path.stem, path.suffix
    while len(os.fsencode(stem + suffix)) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    target = target_folder / f"{stem}{suffix}"
    number = 1
    while target.exists():
        number += 1
        target = target_folder / f"{stem}-{number}{suffix}"
    path.replace(target)
    if reason:
        target.with_name(f"{target.name}.txt").write_text(f"{reason}\n", encoding="utf-8")
    return target


def destroy(path: Path, reason: str) -> None:
    """Takes away a file that may not lie on a networked system; a note without its name or words says why."""
    path.unlink()
    folder = path.parent / REFUSED
    folder.mkdir(exist_ok=True)
    note = folder / f"{int(time.time())}-{os.getpid()}.txt"
    note.write_text(f"{reason}\n", encoding="utf-8")


def _sync(folder: Path) -> None:
    """Makes the folder's entries reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
