"""The programs outside Python that widen what can be read: which are there, and how they are run."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WRITER_NAMES: Final = ("soffice", "libreoffice")
WRITER_PACKAGE: Final = "libreoffice-writer"
RECOGNISER: Final = "tesseract"
RECOGNISER_PACKAGES: Final = "tesseract-ocr tesseract-ocr-vie"
LANGUAGE: Final = "vie"

_MEMORY: Final = 4_000_000_000  # bytes of address space that a program may take


@dataclass(frozen=True, slots=True)
class OptionalProgram:
    """A program that the reader can do without: what it is for, and what brings it on Debian."""

    name: str
    purpose: str
    found: bool
    version: str | None
    package: str


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended: its exit code and what it wrote."""

    code: int
    output: bytes


def optional_programs() -> tuple[OptionalProgram, ...]:
    """The optional programs of the reader and whether each is installed here."""
    writer, recogniser = writer_path(), recogniser_path()
    return (
        OptionalProgram(
            "LibreOffice Writer", "reads old Word files (.doc, .rtf, .odt)", writer is not None,
            _version(writer), WRITER_PACKAGE,
        ),
        OptionalProgram(
            "Tesseract", "reads scanned PDF files and pictures", recogniser is not None,
            _version(recogniser), "tesseract-ocr",
        ),
        OptionalProgram(
            "Tesseract, Vietnamese", "recognises Vietnamese in scans", has_vietnamese(),
            None, "tesseract-ocr-vie",
        ),
    )  # fmt: skip


def writer_path() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return next((path for name in WRITER_NAMES if (path := shutil.which(name))), None)


def recogniser_path() -> str | None:
    """Where Tesseract is, None where it is not installed."""
    return shutil.which(RECOGNISER)


def has_vietnamese() -> bool:
    """Whether Tesseract is installed and can recognise Vietnamese."""
    program = recogniser_path()
    if program is None:
        return False
    listed = run([program, "--list-langs"], seconds=20)
    return listed is not None and LANGUAGE in listed.output.decode("utf-8", "replace").split()


def _version(program: str | None) -> str | None:
    if program is None:
        return None
    ended = run([program, "--version"], seconds=20)
    if ended is None:
        return None
    match = re.search(r"\d+(?:\.\d+)+", ended.output.decode("utf-8", "replace"))
    return match.group() if match else None


def run(
    arguments: Sequence[str],
    *,
    seconds: float,
    given: bytes | None = None,
    environment: Mapping[str, str] | None = None,
    folder: str | None = None,
    memory: int = _MEMORY,
) -> Finished | None:
    """What a program wrote and how it ended; None where it could not start or took longer than `seconds`.

    The program runs in a session of its own, which is killed whole when the time is up; it gets no more
    memory than a page or a document can need.
    """
    try:
        process = subprocess.Popen(
            list(arguments),
            stdin=subprocess.PIPE if given is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            cwd=folder,
            start_new_session=True,
        )
    except OSError:
        return None
    _bound(process.pid, memory)
    try:
        output, _ = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        # Also after a good end: LibreOffice may leave a helper behind.
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.poll() is None:
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
    return Finished(process.returncode, output)


def _bound(process: int, memory: int) -> None:
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))
