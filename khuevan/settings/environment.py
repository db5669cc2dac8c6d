"""Every environment variable of Khuê Văn, read once, here.

Each name below is explained in `.env.example`, and a test compares the two. A wrong value stops the
start with a sentence that says how to mend it. A file `.env` in the working directory is read first;
what the real environment says wins.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()
environ.Env.read_env(str(Path.cwd() / ".env"))


def database_from(url: str, *, seconds_kept: int) -> dict[str, Any]:
    """Django's description of the database at `url`; SQLite gets the options that several writers need."""
    try:
        database: dict[str, Any] = dict(environ.Env.db_url_config(url))
    except (environ.ImproperlyConfigured, ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be understood: write sqlite:////path/to/khuevan.sqlite3 "
            "or postgresql://user:password@host/name."
        ) from error
    engine = database.get("ENGINE", "")
    if engine.endswith("sqlite3"):
        database["OPTIONS"] = {
            # Writers queue for the lock at BEGIN instead of failing at their first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000"
            ),
        }
    elif engine.endswith("postgresql"):
        database["CONN_MAX_AGE"] = seconds_kept
        database["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL must name SQLite or PostgreSQL; both are tested, others are not."
        )
    return database


def port_from(name: str, default: int) -> int:
    """The TCP port that the variable `name` asks for, 1 to 65535."""
    try:
        port = int(env.int(name, default=default))
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise ImproperlyConfigured(f"{name} must be a port number from 1 to 65535, such as {default}.")
    return port


def seconds_from(name: str, default: float) -> float:
    """The seconds that the variable `name` asks for, 0 to 60."""
    try:
        seconds = float(env.float(name, default=default))
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 60:
        raise ImproperlyConfigured(f"{name} must be a number of seconds from 0 to 60, such as 2 or 0.5.")
    return seconds


def address_from(name: str, default: str) -> str:
    """The web address that the variable `name` gives, without a closing slash."""
    address: str = env.str(name, default=default).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be a full address, such as https://doingoai.example.vn.")
    return address


def yes_or_no(name: str, default: bool) -> bool:
    """Whether the variable `name` says yes (1, true, yes, on)."""
    value = env.str(name, default=str(default)).strip().lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off", ""}:
        raise ImproperlyConfigured(f"{name} must be true or false.")
    return value in {"1", "true", "yes", "on"}


def folder_from(name: str, value: str) -> Path | None:
    """The folder that the variable `name` gives, which is there and can be written to; None for an empty value."""
    if not value.strip():
        return None
    folder = Path(value.strip()).expanduser()
    if not folder.is_absolute() or not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"{name} must be the whole path of a folder that is there and that Khuê Văn may write to, "
            "such as /srv/khuevan/edxml/in: make it first."
        )
    return folder


def file_from(name: str, value: str, *, folder: bool = False) -> Path | None:
    """The file (or folder) that the variable `name` gives, which is there and readable; None for an empty value."""
    if not value.strip():
        return None
    path = Path(value.strip()).expanduser()
    is_there = path.is_dir() if folder else path.is_file()
    if not path.is_absolute() or not is_there or not os.access(path, os.R_OK):
        raise ImproperlyConfigured(
            f"{name} must be the whole path of a {'folder' if folder else 'file'} that is there and that Khuê Văn "
            "may read: correct the path, or give the account that runs Khuê Văn the right to read it."
        )
    return path


def addresses_from(name: str) -> list[str]:
    """The web addresses that the variable `name` gives, separated by commas; none for an empty value."""
    found = [each.strip() for each in env.str(name, default="").split(",") if each.strip()]
    for address in found:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            raise ImproperlyConfigured(
                f"{name} must be full addresses separated by commas, such as https://hub.example.vn/."
            )
    return found


def number_from(name: str, default: int, *, most: int) -> int:
    """The whole number that the variable `name` gives, 0 to `most`."""
    try:
        number = int(env.int(name, default=default))
    except ValueError:
        number = -1
    if not 0 <= number <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from 0 to {most}, such as {default}.")
    return number


def organ_code_from(name: str, value: str) -> str:
    """The code of a body in edXML that the variable `name` gives, such as H26.30; empty for none."""
    code = value.strip()
    if code and (len(code) > 35 or re.fullmatch(r"[A-Z0-9]+([.-][A-Z0-9]+)*", code) is None):
        raise ImproperlyConfigured(
            f"{name} must be the body's code in edXML, capital letters and digits in groups, such as H26.30."
        )
    return code


DATA_DIR: Path = Path(env.str("KHUEVAN_DATA_DIR", default="var")).expanduser().absolute()
DEMO: bool = yes_or_no("KHUEVAN_DEMO", default=False)
PORT: int = port_from("PORT", default=8000)
BASE_URL: str = address_from("KHUEVAN_BASE_URL", default=f"http://127.0.0.1:{PORT}")
SECRET_KEY: str = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = [host for host in env.list("ALLOWED_HOSTS", default=[]) if host]
CSRF_TRUSTED_ORIGINS: list[str] = [
    origin for origin in env.list("CSRF_TRUSTED_ORIGINS", default=[]) if origin
]
BEHIND_PROXY: bool = yes_or_no("KHUEVAN_BEHIND_PROXY", default=True)
LOG_LEVEL: str = env.str("KHUEVAN_LOG_LEVEL", default="INFO").upper()
DATABASE: dict[str, Any] = database_from(
    env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR}/khuevan.sqlite3", seconds_kept=60
)
EMAIL_URL: str = env.str("EMAIL_URL", default="")
EMAIL_PAUSE: float = seconds_from("KHUEVAN_EMAIL_PAUSE", default=0)
EMAIL_SENDER: str = env.str("KHUEVAN_EMAIL_SENDER", default="Khuê Văn <khuevan@localhost>")
ORGAN_CODE: str = organ_code_from("KHUEVAN_ORGAN_CODE", env.str("KHUEVAN_ORGAN_CODE", default=""))
EDXML_OUT: Path | None = folder_from("KHUEVAN_EDXML_OUT", env.str("KHUEVAN_EDXML_OUT", default=""))
EDXML_IN: Path | None = folder_from("KHUEVAN_EDXML_IN", env.str("KHUEVAN_EDXML_IN", default=""))
SEAL_KEY: Path | None = file_from("KHUEVAN_SEAL_KEY", env.str("KHUEVAN_SEAL_KEY", default=""))
SEAL_PASSPHRASE: str = env.str("KHUEVAN_SEAL_PASSPHRASE", default="")
SEAL_PICTURE: Path | None = file_from("KHUEVAN_SEAL_PICTURE", env.str("KHUEVAN_SEAL_PICTURE", default=""))
TOKEN_MODULE: Path | None = file_from("KHUEVAN_TOKEN_MODULE", env.str("KHUEVAN_TOKEN_MODULE", default=""))
TIME_STAMP_URL: str = (
    address_from("KHUEVAN_TIME_STAMP_URL", default="")
    if env.str("KHUEVAN_TIME_STAMP_URL", default="")
    else ""
)
TRUST_ROOTS: Path | None = file_from(
    "KHUEVAN_TRUST_ROOTS", env.str("KHUEVAN_TRUST_ROOTS", default=""), folder=True
)
WEBSUB_HUBS: list[str] = addresses_from("KHUEVAN_WEBSUB_HUBS")
MACHINE_TRANSLATION_URL: str = (
    address_from("KHUEVAN_MACHINE_TRANSLATION_URL", default="")
    if env.str("KHUEVAN_MACHINE_TRANSLATION_URL", default="")
    else ""
)
MACHINE_TRANSLATION_NAME: str = env.str("KHUEVAN_MACHINE_TRANSLATION_NAME", default="") or "Máy dịch"
MACHINE_TRANSLATION_KEY: str = env.str("KHUEVAN_MACHINE_TRANSLATION_KEY", default="")
MACHINE_TRANSLATION_INSIDE: bool = yes_or_no("KHUEVAN_MACHINE_TRANSLATION_INSIDE", default=False)
# Empty where nobody said it: then a demonstration asks nobody, and an office's installation does.
CHECK_LINKS: bool | None = (
    yes_or_no("KHUEVAN_CHECK_LINKS", default=False) if env.str("KHUEVAN_CHECK_LINKS", default="") else None
)
MEDIA_TOPICS: Path | None = file_from("KHUEVAN_MEDIA_TOPICS", env.str("KHUEVAN_MEDIA_TOPICS", default=""))
API_REQUESTS_A_MINUTE: int = number_from("KHUEVAN_API_REQUESTS_A_MINUTE", default=120, most=1_000_000)

if EDXML_OUT is not None and EDXML_IN is not None and EDXML_OUT.resolve() == EDXML_IN.resolve():
    raise ImproperlyConfigured(
        "KHUEVAN_EDXML_IN and KHUEVAN_EDXML_OUT must be two folders, or what is sent comes back."
    )
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    raise ImproperlyConfigured("KHUEVAN_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")


def email_settings() -> dict[str, Any]:
    """Django's e-mail settings for EMAIL_URL; without one, messages are printed and not sent."""
    if not EMAIL_URL:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        return dict(environ.Env.email_url_config(EMAIL_URL))
    except (environ.ImproperlyConfigured, ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be understood: write smtp+tls://user:password@host:587."
        ) from error
