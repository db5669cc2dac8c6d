"""`khuevan audit`: the audit trail into a file, and the check that nobody changed it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

import click

from khuevan.cli.start import start_django
from khuevan.plain.audit_file import TrailFile, UnreadableTrail
from khuevan.plain.audit_walk import Finding

# What stands on the terminal; a trail rewritten from its beginning has as many breaks as lines.
MOST_FINDINGS = 20


@click.group()
def audit() -> None:
    """Take the audit trail along, and verify it.

    Every change of a record leaves an entry, and each entry is tied into a chain of digests. Export the
    chain from time to time and keep the file where those who run the installation cannot change it:
    against that file a trail that was shortened or rewritten is discovered (docs/howto/audit.md).

    \b
    Examples:
      khuevan audit export trail-2025-11.jsonl
      khuevan audit verify trail-2025-11.jsonl
      khuevan audit verify trail-2025-11.jsonl --against-database
      khuevan audit verify
    """


@audit.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
def export(file: Path | None) -> None:
    """Write the whole audit trail to FILE, or to standard output.

    Ties in what is not tied in yet, then writes one line of JSON for each entry, oldest first. A file that is
    there already is never written over: an older trail is evidence. Only its owner can read the new one.

    \b
    Exit codes:
      0  the trail was written
      2  the file or the database cannot be used; one sentence on stderr says why
    """
    with _database_or_exit():
        # Django's modules can be imported only once it has started.
        from khuevan.core.audit_chain import chain_state, export_lines, link_entries

        link_entries()
        state = chain_state()
        with _new_file(file) as target:
            target.writelines(export_lines(state, made_by=f"khuevan audit export ({_account()})"))
    click.echo(f"{_entries(state.length)}, last digest {state.head}", err=True)


@audit.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--against-database",
    "against_database",
    is_flag=True,
    help="Also verify this installation's chain, and that it still holds what FILE holds.",
)
@click.option("--holds", "noted", default=None, help="A digest noted down earlier that must be in the trail.")
def verify(file: Path | None, against_database: bool, noted: str | None) -> None:
    """Verify the audit trail in FILE, or without FILE the one of this installation.

    FILE alone needs neither database nor settings: it can be verified on any machine. Each break is told in
    one sentence with its position in the chain, the first 20 of them.

    A trail whose author also computed every digest anew is sound in itself. It is discovered by what was
    kept elsewhere: an older file (--against-database) or a digest that was noted down (--holds).

    \b
    Exit codes:
      0  sound
      1  broken: something was changed, left out, slipped in or cut off
      2  unreadable: there is no such file, it is no audit trail, or the database cannot be reached
    """
    if against_database and file is None:
        raise click.UsageError("--against-database compares a FILE: name it.")
    sound = True
    if file is not None:
        sound = _verify_file(file, noted)
    if file is None or (against_database and sound):
        with _database_or_exit():
            sound = _verify_database(file, noted) and sound
    elif against_database:
        click.echo("Not compared with the database, because the file itself is broken.")
    sys.exit(0 if sound else 1)


def _verify_file(path: Path, noted: str | None) -> bool:
    with _opened(path) as file:
        trail = TrailFile(file)
        said = (trail.installation, trail.made_at, trail.made_by)
        click.echo("{}: trail of {}, made {} by {}".format(path, *map(_printable, said)))
        sound = _told(trail.findings())
        entries, head = trail.entries, trail.head
    if sound:
        click.echo(f"The file is sound: {_entries(entries)}, last digest {head}")
    if noted is not None:

        def position() -> int | None:
            with _opened(path) as again:
                return next((at for at, digest in TrailFile(again).digests() if digest == noted), None)

        sound = _holds_noted(position, "file", noted) and sound
    return sound


def _verify_database(path: Path | None, noted: str | None) -> bool:
    # Django's modules can be imported only once it has started.
    from khuevan.core.audit_chain import chain_state, findings_in_database, first_difference, holds

    sound = _told(findings_in_database())
    state = chain_state()
    if sound:
        click.echo(
            f"The chain of this installation is sound: {_entries(state.length)}, last digest {state.head}"
        )
    if state.waiting:
        click.echo(f"Not tied in yet, so that no digest covers them: {_entries(state.waiting)}.")
    if path is not None:
        with _opened(path) as file:
            difference = first_difference(TrailFile(file).digests())
        sound = _told([difference] if difference else []) and sound
        if difference is None:
            click.echo("The chain of this installation holds everything that the file holds.")
    if noted is not None and path is None:
        sound = _holds_noted(lambda: holds(noted), "chain", noted) and sound
    return sound


def _holds_noted(position: Callable[[], int | None], what: str, noted: str) -> bool:
    found = position()
    if found is None:
        click.echo(f"BROKEN  The {what} does not hold the noted digest {noted}.")
        return False
    click.echo(f"The {what} holds the noted digest at position {found}.")
    return True


def _told(findings: Iterable[Finding]) -> bool:
    """Prints the first breaks and counts the others; whether there was none."""
    count = 0
    for count, finding in enumerate(findings, start=1):
        if count <= MOST_FINDINGS:
            click.echo(f"BROKEN  {finding}")
    if count > MOST_FINDINGS:
        click.echo(f"BROKEN  … and {count - MOST_FINDINGS} more")
    return count == 0


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file for reading; ends the command where it cannot be read or is no trail."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        _unreadable(f"{path} cannot be read: {error.strerror or error}.")
    except UnreadableTrail as error:
        _unreadable(f"{path}: {error}")


@contextmanager
def _new_file(path: Path | None) -> Iterator[BinaryIO]:
    """A file that was not there, taken away again where writing it fails; standard output for None."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        # Readable by its owner only from its first moment.
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        _unreadable(f"{path} is there already, and an older trail is evidence: choose another name.")
    except OSError as error:
        _unreadable(f"{path} cannot be written: {error.strerror or error}.")
    try:
        with file:
            yield file
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def _database_or_exit() -> Iterator[None]:
    """Starts Django; ends the command with its sentence where settings or database cannot be used."""
    try:
        start_django()
    except click.ClickException as error:
        _unreadable(error.message)
    # Django's modules can be imported only once it has started.
    from django.db import Error

    try:
        yield
    except Error as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        _unreadable(f"The database cannot be read: {reason[0]}.")
    except OSError as error:
        _unreadable(f"The trail cannot be written: {error.strerror or error}.")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _printable(text: str) -> str:
    """What a file says of itself, without signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:200])


def _account() -> str:
    """The operating system's name of who runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def _unreadable(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
