"""Old Word files (.doc), RTF and OpenDocument text: converted to DOCX by LibreOffice, then read as that."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from khuevan.plain.official_documents.extraction import messages, programs
from khuevan.plain.official_documents.extraction.docx import extract_docx
from khuevan.plain.official_documents.limits import DEFAULT_LIMITS, Limits
from khuevan.plain.official_documents.source import Source

# No macros, no links followed, and a proxy that answers nobody: a document must not reach the network.
_SECURITY: Final = "/org.openoffice.Office.Common/Security/Scripting"
_NETWORK: Final = "/org.openoffice.Inet/Settings"
_SETTINGS: Final = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_NETWORK, "ooInetProxyType", "2"),
    (_NETWORK, "ooInetHTTPProxyName", "127.0.0.1"),
    (_NETWORK, "ooInetHTTPProxyPort", "9"),
    (_NETWORK, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_NETWORK, "ooInetHTTPSProxyPort", "9"),
)
_PROFILE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    + "</oor:items>\n"
)


def extract_legacy_word(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The paragraphs and tables of an old Word file, as those of the DOCX that LibreOffice makes of it."""
    if _is_encrypted(data):
        raise messages.unreadable(messages.ENCRYPTED_DOCX)
    program = programs.writer_path()
    if program is None:
        raise messages.missing_program(
            what="old Word files", program="LibreOffice", packages=programs.WRITER_PACKAGE
        )
    return extract_docx(_converted(program, data, limits), limits, kind="doc")


def _converted(program: str, data: bytes, limits: Limits) -> bytes:
    with tempfile.TemporaryDirectory(prefix="khuevan-word-") as folder:
        profile = Path(folder) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        given = Path(folder) / "document.doc"
        given.write_bytes(data)
        seconds = min(limits.program_seconds, limits.seconds)
        ended = programs.run(
            [
                program,
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                folder,
                str(given),
            ],
            seconds=seconds,
            environment={
                "HOME": folder,
                "http_proxy": "http://127.0.0.1:9",
                "https_proxy": "http://127.0.0.1:9",
            },
            folder=folder,
        )
        if ended is None:
            raise messages.unreadable(messages.TOO_SLOW, seconds=round(seconds))
        made = Path(folder) / "document.docx"
        if not made.is_file() or made.stat().st_size == 0:
            raise messages.unreadable(messages.BROKEN_DOC)
        if made.stat().st_size > limits.uncompressed_bytes:
            raise messages.unreadable(messages.ZIP_BOMB)
        return made.read_bytes()


def _is_encrypted(data: bytes) -> bool:
    """Whether the file information block of a .doc, which begins a sector, says that it is encrypted."""
    at = data.find(b"\xec\xa5")
    while 0 <= at < len(data) - 12:
        if at % 512 == 0:
            return bool(data[at + 11] & 0x01)
        at = data.find(b"\xec\xa5", at + 1)
    return False
